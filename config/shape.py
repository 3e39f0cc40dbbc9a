"""The keys of competitors.yaml with type, range, default and description, for pydantic."""

from collections.abc import Callable
from datetime import date
from typing import Annotated, ClassVar, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError

from audit.model.kinds import POINTABLE
from config.checks import (
    MAX_URL,
    MEASURE,
    TARGET,
    breaks_a_line,
    checked_base,
    checked_colour,
    checked_contact,
    checked_date,
    checked_kind,
    checked_place,
    checked_timezone,
    checked_url,
    checked_variable,
    in_curly_quotes,
)
from config.database import checked_database
from config.evidence import checked_evidence
from config.names import folded
from config.pointers import MAX_POINTER, checked_css, checked_path, checked_regex
from config.positions import Unquoted
from config.timetable import checked_schedule


def _text(value: object) -> object:
    """Return a value as it is; refuse what YAML reads as something else than text."""
    if isinstance(value, (bool, int, float, date, Unquoted)):
        raise PydanticCustomError("quote", "must be text")
    return value


def _scalar(value: object) -> object:
    """Return a number or a date as text, for a check that refuses it with what to write instead."""
    return str(value) if isinstance(value, int | float | date) else value


def _one_line(value: str) -> str:
    """Return a name as it is; refuse several lines, curly quotes, and nothing to be seen."""
    if breaks_a_line(value):
        raise PydanticCustomError("rule", "must be one line without tabs")
    if in_curly_quotes(value):
        raise PydanticCustomError("rule", "begins and ends with curly quotes; delete them")
    if not folded(value):
        raise PydanticCustomError("rule", "must have a letter or sign that can be seen")
    return value


def _rule(check: Callable[[str], str]) -> AfterValidator:
    """Return a validator for pydantic of a check that raises `ValueError`."""

    def validate(value: str) -> str:
        """Return a checked value; pass the sentence of the check on as it is."""
        try:
            return check(value)
        except ValueError as error:
            # pydantic puts words of its own before the message of a ValueError.
            raise PydanticCustomError("rule", "{message}", {"message": str(error)}) from error

    return AfterValidator(validate)


def _day(value: object) -> date:
    """Return a date, or refuse a value that is none, in pydantic's way."""
    try:
        return checked_date(value)
    except ValueError as error:
        raise PydanticCustomError("rule", "must be a date such as 2026-10-01") from error


def _given(value: object) -> object:
    """Return a value as it is; refuse a key that has none, which may be left out altogether."""
    if value is None:
        raise PydanticCustomError("rule", "is empty; give it a value or delete the line")
    return value


_AS_TEXT, _GIVEN = BeforeValidator(_text), BeforeValidator(_given)
_STRIPPED = StringConstraints(strip_whitespace=True)
Note = Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000), _AS_TEXT]
Name = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=200),
    AfterValidator(_one_line),
    _AS_TEXT,
]
Url = Annotated[
    str,
    _STRIPPED,
    _rule(checked_url),
    _AS_TEXT,
    WithJsonSchema(
        {"type": "string", "pattern": "^[Hh][Tt][Tt][Pp][Ss]?://", "maxLength": MAX_URL}
    ),
]
_BASE = WithJsonSchema({"type": "string", "pattern": "^[Hh][Tt][Tt][Pp][Ss]?://[^?#]+$"})
Base = Annotated[str, _STRIPPED, _rule(checked_base), _AS_TEXT, _BASE]
Place = Annotated[
    str,
    _STRIPPED,
    _rule(checked_place),
    _AS_TEXT,
    WithJsonSchema(
        {"type": "string", "pattern": "^(/|[Hh][Tt][Tt][Pp][Ss]?://)", "maxLength": MAX_URL}
    ),
]
Kind = Annotated[
    str, _rule(checked_kind), _AS_TEXT, WithJsonSchema({"type": "string", "enum": list(POINTABLE)})
]
_POINTER = WithJsonSchema({"type": "string", "minLength": 1, "maxLength": MAX_POINTER})
Css = Annotated[str, _STRIPPED, _rule(checked_css), _AS_TEXT, _POINTER]
Expression = Annotated[str, _rule(checked_regex), _AS_TEXT, _POINTER]
JsonPath = Annotated[str, _rule(checked_path), _AS_TEXT, _POINTER]
Colour = Annotated[
    str,
    _STRIPPED,
    _rule(checked_colour),
    _AS_TEXT,
    WithJsonSchema({"type": "string", "pattern": "^#?[0-9A-Fa-f]{6}$"}),
]
Foot = Annotated[
    str,
    StringConstraints(strip_whitespace=True, max_length=100),
    AfterValidator(_one_line),
    _AS_TEXT,
]
Zone = Annotated[str, _rule(checked_timezone), _AS_TEXT]
Contact = Annotated[str, _STRIPPED, _rule(checked_contact), _AS_TEXT]
Timetable = Annotated[str, _rule(checked_schedule), BeforeValidator(_scalar)]
Variable = Annotated[str, _STRIPPED, _rule(checked_variable), _AS_TEXT]
Day = Annotated[date, BeforeValidator(_day), WithJsonSchema({"type": "string", "format": "date"})]
Lookback = Annotated[int, Field(ge=1, le=36500)]
Pages = Annotated[int, Field(ge=1, le=500)]
Delay = Annotated[float, Field(ge=0, le=60)]
Browser = Literal["auto", "never", "always"]
Role = Literal[
    "creators",
    "conversationalists",
    "critics",
    "collectors",
    "joiners",
    "spectators",
    "inactives",
]


class Shape(BaseModel):
    """A mapping with exactly these keys, and no conversion between types."""

    # Built when `File` is asked, with all that it holds; nobody asks another one.
    model_config: ClassVar[ConfigDict] = ConfigDict(
        extra="forbid", strict=True, allow_inf_nan=False, defer_build=True
    )


class NotifyShape(Shape):
    """Whom to tell how a run ended, by Apprise; needs the extra `notify`."""

    to: list[Variable] = Field(min_length=1)
    """Names of environment variables that hold addresses for Apprise, never the addresses."""
    when: list[Literal["finish", "failure", "change"]] = Field(
        default=["finish", "failure"], min_length=1
    )
    """After each finished run; after one that failed; after one with a change that is grave."""
    severity: Literal["high", "medium", "low"] = "high"
    """How grave a change must be at least."""
    attach: bool = True
    """Send the workbook along, where the channel takes files."""


class SettingsShape(Shape):
    """How a run behaves; every key is optional."""

    lookback_days: Lookback = 365
    """Length of the measured window, in days before the run."""
    max_pages_per_site: Pages = 40
    """Pages read at most on one company's website."""
    companies_at_once: int = Field(default=64, ge=1, le=500)
    """Companies visited at the same time; fewer where memory is short. It changes no result."""
    delay_seconds: Delay = 1.0
    """Wait between two requests to one host; a longer Crawl-delay wins, up to 10 s."""
    timeout_seconds: float = Field(default=20.0, gt=0, le=300)
    """Time for one request, from connecting to the last byte."""
    browser: Browser = "auto"
    """When pages are rendered with Chromium; auto: where the HTML alone is an empty shell."""
    timezone: Zone = "UTC"
    """Time zone of days, weekdays and hours, such as Europe/Stockholm."""
    contact: Contact = ""
    """An http(s) or mailto address that goes into the user agent."""
    profiles: bool = True
    """Read the profiles found on public platforms; false: list them only."""
    allow_undocumented: bool = False
    """Use interfaces too that platforms have not documented."""
    audience_sample: int = Field(default=0, ge=0, le=1000)
    """Followers looked at per profile for the composition of the audience; 0: none."""
    saved: Name = "saved"
    """The folder of pages saved in a browser, from the folder of this file."""
    keep_evidence: int = Field(default=8, ge=2, le=10_000)
    """Runs whose archived pages are kept, the newest; the figures of older runs stay."""
    base_urls: dict[Base, Base] = {}
    """Other servers for a platform's interface, such as {https://api.github.com: https://…}."""
    schedule: Timetable = "quarterly"
    """When `audit schedule` makes it again: quarterly, monthly, every 6 weeks, or a cron rule."""
    notify: Annotated[NotifyShape | None, _GIVEN] = None
    """Whom to tell how a run ended."""
    database: Annotated[str, _STRIPPED, _rule(checked_database), _AS_TEXT] = ""
    """The PostgreSQL database of a team that shares its history; its password never stands here."""
    evidence: Annotated[str, _STRIPPED, _rule(checked_evidence), _AS_TEXT] = ""
    """A folder or store (s3://BUCKET/FOLDER) in which a team shares the archived pages; no keys."""


class IgnoredShape(Shape):
    """A finding that is wrong and shall stay away."""

    finding: Annotated[Name, StringConstraints(pattern=MEASURE)]
    """The finding, such as channel.pinterest or feature.forum."""
    note: Note = ""
    """Why, for the next reader."""


class ManualShape(Shape):
    """A figure that a person read where the program cannot."""

    measure: Annotated[Name, StringConstraints(pattern=MEASURE)]
    """The measure, such as channel.linkedin.followers."""
    value: float = Field(ge=0, le=1e15)
    """The figure."""
    on: Day
    """The day on which it was read."""
    by: Name
    """Who read it."""


class SectionShape(Shape):
    """A part of their site that the rules do not find: a blog, a forum, a help centre."""

    kind: Kind
    """What it is, such as blog, news, forum or knowledge-base."""
    url: Place
    """Its page or its feed: a path on the website, such as /stories/, or a whole address."""
    item: Css = ""
    """A CSS selector of one entry; without it the rules read the entries."""
    title: Css = ""
    """The title within an entry; without it its heading, its link or its first words."""
    date: Css = ""
    """The date within an entry; without it what the rules find there."""
    next: Css = ""
    """The link to older entries; without it what the rules find."""


class FigureShape(Shape):
    """A number on a page of theirs, compared and followed like other measures."""

    name: Name
    """What it is called; companies with a figure of one name are compared."""
    url: Place
    """The page: a path on the website, such as /about/, or a whole address."""
    css: Css = ""
    """A CSS selector of the element; the first match counts."""
    json_path: JsonPath = Field(default="", alias="json")
    """A path such as stats.customers, into the answer or into the element of `css`."""
    regex: Expression = ""
    """A regular expression for the words of `css` or the page's source; its first group counts."""
    unit: Literal["count", "rate", "share", "days"] = "count"
    """A whole number, one with decimals, a share in per cent, or days."""
    better: Literal["higher", "lower", "neither"] = "neither"
    """Which is the better one; neither: no best, no last, no rank."""


class CompanyShape(Shape):
    """One company."""

    name: Name
    """The name as it shall stand in the workbook; no two companies share one."""
    website: Url
    """The address at which reading starts."""
    own: bool = False
    """True for your own company, the baseline; at most one."""
    aliases: list[Name] = []
    """Other names that the company posts under."""
    channels: dict[str, Url] = {}
    """Profiles known already: platform and address; found ones are added to them."""
    also: list[Url] = []
    """Further sites of theirs: a blog's domain, a country's site; what lies below is read too."""
    sections: list[SectionShape] = []
    """Blogs, news, podcasts and release notes that the rules do not find."""
    figures: list[FigureShape] = []
    """Numbers on pages of theirs, compared and followed like other measures."""
    lookback_days: Annotated[Lookback | None, _GIVEN] = None
    """In place of settings.lookback_days, for this company alone."""
    max_pages_per_site: Annotated[Pages | None, _GIVEN] = None
    """In place of settings.max_pages_per_site, for this company alone."""
    delay_seconds: Annotated[Delay | None, _GIVEN] = None
    """In place of settings.delay_seconds, for this company alone."""
    browser: Annotated[Browser | None, _GIVEN] = None
    """In place of settings.browser, for this company alone."""
    exclude: list[Url] = []
    """Addresses that are not read, with everything below them."""
    ignore: list[IgnoredShape] = []
    """Findings to strike out."""
    manual: list[ManualShape] = []
    """Figures read by a person, shown as manual."""


class TopicShape(Shape):
    """A theme to follow by name."""

    name: Name
    """The theme's name."""
    keywords: list[Name] = Field(min_length=1)
    """Words that show it, in any language."""


class KpiShape(Shape):
    """What the own company has set itself."""

    name: Name
    """The KPI's name."""
    goal: Note = ""
    """The goal that it serves."""
    measure: Annotated[Name, StringConstraints(pattern=MEASURE)]
    """The measure, such as blog.posts_per_week."""
    target: Annotated[Name, StringConstraints(pattern=TARGET)]
    """A comparison and a number, such as ">= 1"."""
    due: Day | None = None
    """The day by which it shall be reached."""


class StakeholderShape(Shape):
    """A group of people and the technographic roles that it plays."""

    name: Name
    """The group's name."""
    roles: list[Role] = Field(min_length=1)
    """Its roles."""


class ReportShape(Shape):
    """How the reports look where your own house has a say."""

    logo: Annotated[Name | None, _GIVEN] = None
    """A PNG or JPEG of at most 1 MiB, relative to this file; it is never enlarged."""
    colours: Annotated[list[Colour], Field(min_length=1, max_length=2)] | None = None
    """Your company's colour, and that of amounts and links; darkened where text needs it."""
    footer: Annotated[Foot | None, _GIVEN] = None
    """A line for the foot of every printed page, at most 100 characters."""


class File(Shape):
    """The list of companies that social-audit compares, and how."""

    settings: SettingsShape = Field(default_factory=SettingsShape)
    """How a run behaves."""
    companies: list[CompanyShape] = Field(min_length=1)
    """The companies, your own among them."""
    topics: list[TopicShape] = []
    """Themes to follow by name beside the discovered topics."""
    kpis: list[KpiShape] = []
    """What the own company has set itself."""
    stakeholders: list[StakeholderShape] = []
    """Whom each technographic role matters for."""
    report: Annotated[ReportShape | None, _GIVEN] = None
    """How the reports look: logo, colours, foot."""
    catalogue: list[Name] = []
    """Files with more platforms, vendors and vocabulary, relative to this file."""


SHAPES: dict[tuple[str, ...], type[Shape]] = {
    (): File,
    ("settings",): SettingsShape,
    ("settings", "notify"): NotifyShape,
    ("companies",): CompanyShape,
    ("companies", "sections"): SectionShape,
    ("companies", "figures"): FigureShape,
    ("companies", "ignore"): IgnoredShape,
    ("companies", "manual"): ManualShape,
    ("topics",): TopicShape,
    ("kpis",): KpiShape,
    ("stakeholders",): StakeholderShape,
    ("report",): ReportShape,
}
"""Which keys belong at which place, for the nearest valid key."""
