"""The keys of competitors.yaml with type, range, default and description."""

from config.checks import (
    MAX_URL,
    breaks_a_line,
    checked_base,
    checked_colour,
    checked_contact,
    checked_date,
    checked_kind,
    checked_measure,
    checked_place,
    checked_target,
    checked_timezone,
    checked_url,
    checked_variable,
    in_curly_quotes,
)
from config.database import checked_database
from config.evidence import checked_evidence
from config.keys import (
    Day,
    Entry,
    ListOf,
    MappingOf,
    Number,
    OneOf,
    OrEmpty,
    Schema,
    Shape,
    Text,
    Truth,
    Whole,
    key,
)
from config.names import folded
from config.pointers import MAX_POINTER, checked_css, checked_path, checked_regex


def _one_line(value: str) -> str:
    """Return a name as it is; refuse several lines, curly quotes, and nothing to be seen."""
    if breaks_a_line(value):
        raise ValueError("must be one line without tabs")
    if in_curly_quotes(value):
        raise ValueError("begins and ends with curly quotes; delete them")
    if not folded(value):
        raise ValueError("must have a letter or sign that can be seen")
    return value


def _schedule(text: str) -> str:
    """Return the text of a schedule; few lists have one, and rules of days take long to load."""
    from config.timetable import checked_schedule

    return checked_schedule(text)


class _SectionKind(Text):
    """The kind of a section; which there are is asked only where one is named."""

    def schema(self) -> Schema:
        """Return the kinds that there are."""
        from audit.model.kinds import POINTABLE

        return {**super().schema(), "enum": list(POINTABLE)}


def _pattern(pattern: str, **more: object) -> dict[str, object]:
    """Return what a JSON Schema can say of a text that a check looks at."""
    return {"pattern": pattern, **more}


NOTE = Text(most=2000)
NAME = Text(_one_line, least=1, most=200)
MEASURE = Text(_one_line, checked_measure, least=1, most=200)
TARGET = Text(_one_line, checked_target, least=1, most=200)
URL = Text(checked_url, schema=_pattern("^[Hh][Tt][Tt][Pp][Ss]?://", maxLength=MAX_URL))
BASE = Text(checked_base, schema=_pattern("^[Hh][Tt][Tt][Pp][Ss]?://[^?#]+$"))
PLACE = Text(checked_place, schema=_pattern("^(/|[Hh][Tt][Tt][Pp][Ss]?://)", maxLength=MAX_URL))
SECTION = _SectionKind(checked_kind, is_stripped=False)
_POINTER = {"minLength": 1, "maxLength": MAX_POINTER}
CSS = Text(checked_css, schema=_POINTER)
EXPRESSION = Text(checked_regex, is_stripped=False, schema=_POINTER)
JSON_PATH = Text(checked_path, is_stripped=False, schema=_POINTER)
COLOUR = Text(checked_colour, schema=_pattern("^#?[0-9A-Fa-f]{6}$"))
FOOT = Text(_one_line, most=100)
ZONE = Text(checked_timezone, is_stripped=False)
TIMETABLE = Text(_schedule, is_stripped=False, takes_numbers=True)
VARIABLE = Text(checked_variable)
DAY = Day(checked_date)
LOOKBACK = Whole(1, 36500)
PAGES = Whole(1, 500)
DELAY = Number(0, 60)
BROWSER = OneOf("auto", "never", "always")
ROLES = (
    "creators",
    "conversationalists",
    "critics",
    "collectors",
    "joiners",
    "spectators",
    "inactives",
)


class NotifyShape(Shape):
    """Whom to tell how a run ended, by Apprise; needs the extra `notify`."""

    to = key(ListOf(VARIABLE, least=1))
    """Names of environment variables that hold addresses for Apprise, never the addresses."""
    when = key(ListOf(OneOf("finish", "failure", "change"), least=1), ("finish", "failure"))
    """After each finished run; after one that failed; after one with a change that is grave."""
    severity = key(OneOf("high", "medium", "low"), "high")
    """How grave a change must be at least."""
    attach = key(Truth(), True)
    """Send the workbook along, where the channel takes files."""


class SettingsShape(Shape):
    """How a run behaves; every key is optional."""

    lookback_days = key(LOOKBACK, 365)
    """Length of the measured window, in days before the run."""
    max_pages_per_site = key(PAGES, 40)
    """Pages read at most on one company's website."""
    companies_at_once = key(Whole(1, 500), 64)
    """Companies visited at the same time; fewer where memory is short. It changes no result."""
    delay_seconds = key(DELAY, 1.0)
    """Wait between two requests to one host; a longer Crawl-delay wins, up to 10 s."""
    timeout_seconds = key(Number(0, 300, is_above=True), 20.0)
    """Time for one request, from connecting to the last byte."""
    browser = key(BROWSER, "auto")
    """When pages are rendered with Chromium; auto: where the HTML alone is an empty shell."""
    timezone = key(ZONE, "UTC")
    """Time zone of days, weekdays and hours, such as Europe/Stockholm."""
    contact = key(Text(checked_contact), "")
    """An http(s) or mailto address that goes into the user agent."""
    profiles = key(Truth(), True)
    """Read the profiles found on public platforms; false: list them only."""
    allow_undocumented = key(Truth(), False)
    """Use interfaces too that platforms have not documented."""
    audience_sample = key(Whole(0, 1000), 0)
    """Followers looked at per profile for the composition of the audience; 0: none."""
    saved = key(NAME, "saved")
    """The folder of pages saved in a browser, from the folder of this file."""
    keep_evidence = key(Whole(2, 10_000), 8)
    """Runs whose archived pages are kept, the newest; the figures of older runs stay."""
    base_urls = key(MappingOf(BASE, keys=BASE), {})
    """Other servers for a platform's interface, such as {https://api.github.com: https://…}."""
    schedule = key(TIMETABLE, "quarterly")
    """When `audit schedule` makes it again: quarterly, monthly, every 6 weeks, or a cron rule."""
    notify = key(Entry(NotifyShape), None)
    """Whom to tell how a run ended."""
    database = key(Text(checked_database), "")
    """The PostgreSQL database of a team that shares its history; its password never stands here."""
    evidence = key(Text(checked_evidence), "")
    """A folder or store (s3://BUCKET/FOLDER) in which a team shares the archived pages; no keys."""


class IgnoredShape(Shape):
    """A finding that is wrong and shall stay away."""

    finding = key(MEASURE)
    """The finding, such as channel.pinterest or feature.forum."""
    note = key(NOTE, "")
    """Why, for the next reader."""


class ManualShape(Shape):
    """A figure that a person read where the program cannot."""

    measure = key(MEASURE)
    """The measure, such as channel.linkedin.followers."""
    value = key(Number(0, 1e15))
    """The figure."""
    on = key(DAY)
    """The day on which it was read."""
    by = key(NAME)
    """Who read it."""


class SectionShape(Shape):
    """A part of their site that the rules do not find: a blog, a forum, a help centre."""

    kind = key(SECTION)
    """What it is, such as blog, news, forum or knowledge-base."""
    url = key(PLACE)
    """Its page or its feed: a path on the website, such as /stories/, or a whole address."""
    item = key(CSS, "")
    """A CSS selector of one entry; without it the rules read the entries."""
    title = key(CSS, "")
    """The title within an entry; without it its heading, its link or its first words."""
    date = key(CSS, "")
    """The date within an entry; without it what the rules find there."""
    next = key(CSS, "")
    """The link to older entries; without it what the rules find."""


class FigureShape(Shape):
    """A number on a page of theirs, compared and followed like other measures."""

    name = key(NAME)
    """What it is called; companies with a figure of one name are compared."""
    url = key(PLACE)
    """The page: a path on the website, such as /about/, or a whole address."""
    css = key(CSS, "")
    """A CSS selector of the element; the first match counts."""
    json_path = key(JSON_PATH, "", name="json")
    """A path such as stats.customers, into the answer or into the element of `css`."""
    regex = key(EXPRESSION, "")
    """A regular expression for the words of `css` or the page's source; its first group counts."""
    unit = key(OneOf("count", "rate", "share", "days"), "count")
    """A whole number, one with decimals, a share in per cent, or days."""
    better = key(OneOf("higher", "lower", "neither"), "neither")
    """Which is the better one; neither: no best, no last, no rank."""


class CompanyShape(Shape):
    """One company."""

    name = key(NAME)
    """The name as it shall stand in the workbook; no two companies share one."""
    website = key(URL)
    """The address at which reading starts."""
    own = key(Truth(), False)
    """True for your own company, the baseline; at most one."""
    aliases = key(ListOf(NAME), ())
    """Other names that the company posts under."""
    channels = key(MappingOf(URL), {})
    """Profiles known already: platform and address; found ones are added to them."""
    also = key(ListOf(URL), ())
    """Further sites of theirs: a blog's domain, a country's site; what lies below is read too."""
    sections = key(ListOf(Entry(SectionShape)), ())
    """Blogs, news, podcasts and release notes that the rules do not find."""
    figures = key(ListOf(Entry(FigureShape)), ())
    """Numbers on pages of theirs, compared and followed like other measures."""
    lookback_days = key(LOOKBACK, None)
    """In place of settings.lookback_days, for this company alone."""
    max_pages_per_site = key(PAGES, None)
    """In place of settings.max_pages_per_site, for this company alone."""
    delay_seconds = key(DELAY, None)
    """In place of settings.delay_seconds, for this company alone."""
    browser = key(BROWSER, None)
    """In place of settings.browser, for this company alone."""
    exclude = key(ListOf(URL), ())
    """Addresses that are not read, with everything below them."""
    ignore = key(ListOf(Entry(IgnoredShape)), ())
    """Findings to strike out."""
    manual = key(ListOf(Entry(ManualShape)), ())
    """Figures read by a person, shown as manual."""


class TopicShape(Shape):
    """A theme to follow by name."""

    name = key(NAME)
    """The theme's name."""
    keywords = key(ListOf(NAME, least=1))
    """Words that show it, in any language."""


class KpiShape(Shape):
    """What the own company has set itself."""

    name = key(NAME)
    """The KPI's name."""
    goal = key(NOTE, "")
    """The goal that it serves."""
    measure = key(MEASURE)
    """The measure, such as blog.posts_per_week."""
    target = key(TARGET)
    """A comparison and a number, such as ">= 1"."""
    due = key(OrEmpty(DAY), None)
    """The day by which it shall be reached."""


class StakeholderShape(Shape):
    """A group of people and the technographic roles that it plays."""

    name = key(NAME)
    """The group's name."""
    roles = key(ListOf(OneOf(*ROLES), least=1))
    """Its roles."""


class ReportShape(Shape):
    """How the reports look where your own house has a say."""

    logo = key(NAME, None)
    """A PNG or JPEG of at most 1 MiB, relative to this file; it is never enlarged."""
    colours = key(OrEmpty(ListOf(COLOUR, least=1, most=2)), None)
    """Your company's colour, and that of amounts and links; darkened where text needs it."""
    footer = key(FOOT, None)
    """A line for the foot of every printed page, at most 100 characters."""


class File(Shape):
    """The list of companies that social-audit compares, and how."""

    settings = key(Entry(SettingsShape), SettingsShape())
    """How a run behaves."""
    companies = key(ListOf(Entry(CompanyShape), least=1))
    """The companies, your own among them."""
    topics = key(ListOf(Entry(TopicShape)), ())
    """Themes to follow by name beside the discovered topics."""
    kpis = key(ListOf(Entry(KpiShape)), ())
    """What the own company has set itself."""
    stakeholders = key(ListOf(Entry(StakeholderShape)), ())
    """Whom each technographic role matters for."""
    report = key(Entry(ReportShape), None)
    """How the reports look: logo, colours, foot."""
    catalogue = key(ListOf(NAME), ())
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
