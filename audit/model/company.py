"""What a person wrote in competitors.yaml: companies, settings, and where each line stands."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path

from audit.model.brand import Brand
from audit.model.by_hand import HandRecord
from audit.model.figure_ids import figure_id
from audit.model.metric import Unit


class BrowserMode(StrEnum):
    """When pages are drawn with a browser: `auto` draws those whose text is left to scripts."""

    AUTO = "auto"
    NEVER = "never"
    ALWAYS = "always"


@dataclass(frozen=True, slots=True, kw_only=True)
class Notify:
    """Whom to tell how a run ended, and when.

    `to` are names of environment variables that hold addresses for Apprise; the addresses are
    secrets, and stand nowhere here. `when` are of `finish`, `failure` and `change`: of a change
    only where one is of `severity` (high, medium, low) or graver. `attach`: send the workbook
    along, where the channel takes files.
    """

    to: tuple[str, ...] = ()
    when: tuple[str, ...] = ("finish", "failure")
    severity: str = "high"
    attach: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The settings of a run; defaults and ranges are those of docs/configuration.md.

    Made from `settings:` in competitors.yaml. `audience_sample` 0 means that no follower is looked
    at. `saved` is the folder of saved pages, from the folder of the list. `base_urls` are (official
    address, address to use in its place), by which tests and the demo send a platform's reader to a
    server of their own; empty otherwise. `schedule` is as it was
    written (`config/timetable.py` reads it). `database` is the
    address of a team's database without its password, "" where the data folder keeps the history;
    `evidence` the folder or store of its archived pages, "" where that folder keeps them too.
    """

    lookback_days: int = 365
    max_pages_per_site: int = 40
    companies_at_once: int = 64
    delay_seconds: float = 1.0
    timeout_seconds: float = 20.0
    browser: BrowserMode = BrowserMode.AUTO
    timezone: str = "UTC"
    contact: str = ""
    profiles: bool = True
    allow_undocumented: bool = False
    audience_sample: int = 0
    saved: Path = Path("saved")
    keep_evidence: int = 8
    base_urls: tuple[tuple[str, str], ...] = ()
    schedule: str = "quarterly"
    notify: Notify = field(default_factory=Notify)
    database: str = ""
    evidence: str = ""


OF_THE_MACHINE = frozenset(
    {"companies_at_once", "database", "evidence", "keep_evidence", "notify", "saved", "schedule"}
)
"""Settings that say how and when a machine runs, and change no result; no report tells them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfiguredChannel:
    """A profile that the user already knows, with its place in the file (`FILE:LINE`)."""

    platform: str
    url: str
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ignored:
    """A finding that a person has struck out, such as `channel.pinterest`.

    `note` is the reason that the person gave, `place` where that stands (`FILE:LINE`).
    """

    finding: str
    note: str
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ManualFigure:
    """A figure that a person read off a walled channel: which, when, and by whom.

    It is shown where the program has no figure of its own (`audit/measure/manual.py`).
    """

    measure: str
    value: float
    on: date
    by: str
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PointedSection:
    """A part of a company's site that a person points at, as the rules do not see it.

    `kind` is one of `POINTABLE`, `url` its index page or its feed. `item`, `title`, `date` and
    `next` are CSS selectors: of an entry, of title and date within one, of the link to older
    entries; each is empty where the rules are to read it. `place` is `FILE:LINE`.
    """

    kind: str
    url: str
    item: str = ""
    title: str = ""
    date: str = ""
    next: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PointedFigure:
    """A number on a page of the company's that a person points at.

    At least one of `css`, `json` (a path) and `regex` is set; with `css` the others read within the
    first element that it matches. `higher_is_better` is None where neither end is. `place` is
    `FILE:LINE`.
    """

    name: str
    url: str
    css: str = ""
    json: str = ""
    regex: str = ""
    unit: Unit = Unit.COUNT
    higher_is_better: bool | None = None
    place: str = ""

    @property
    def metric(self) -> str:
        """Return the id of the figure's metric: `figure.customers` for "Customers"."""
        return figure_id(self.name)

    @property
    def is_data(self) -> bool:
        """Tell whether its address gives JSON and no page: a path into an answer as it came."""
        return bool(self.json) and not self.css


@dataclass(frozen=True, slots=True, kw_only=True)
class Overrides:
    """The settings that one company has for itself; None where those of the file hold."""

    lookback_days: int | None = None
    max_pages_per_site: int | None = None
    delay_seconds: float | None = None
    browser: BrowserMode | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Company:
    """An audited organisation, as one entry of the file; `own` marks the baseline.

    `aliases`, `channels`, `also` (further sites of theirs), `sections`, `figures`, `exclude`,
    `ignore` and `manual` are empty where the user gave none. `place` is `FILE:LINE` of the entry;
    empty for companies that were not read from a file. `by_hand` is what people told of its
    profiles beside the file; the history keeps it, and `audit/records_of_run.py` hands it to runs.
    """

    name: str
    website: str
    own: bool = False
    aliases: tuple[str, ...] = ()
    channels: tuple[ConfiguredChannel, ...] = ()
    also: tuple[str, ...] = ()
    sections: tuple[PointedSection, ...] = ()
    figures: tuple[PointedFigure, ...] = ()
    overrides: Overrides = field(default_factory=Overrides)
    exclude: tuple[str, ...] = ()
    ignore: tuple[Ignored, ...] = ()
    manual: tuple[ManualFigure, ...] = ()
    place: str = ""
    by_hand: tuple[HandRecord, ...] = ()

    def days_back(self, settings: Settings) -> int:
        """Return the days of its period: its own, else those of the settings of all."""
        own = self.overrides.lookback_days
        return settings.lookback_days if own is None else own

    @property
    def addresses(self) -> tuple[str, ...]:
        """Return every address that a person has named as the company's, the website first."""
        return (
            self.website,
            *self.also,
            *(channel.url for channel in self.channels),
            *(section.url for section in self.sections),
            *(figure.url for figure in self.figures),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """A theme to follow by name beside the discovered topics, in posts with one of its keywords."""

    name: str
    keywords: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kpi:
    """What the own company has set itself for one measure; `target` is such as ">= 1".

    `due` is None without a date. What became of it is a `KpiProgress` (`audit/model/kpi.py`).
    """

    name: str
    goal: str
    measure: str
    target: str
    due: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stakeholder:
    """A group of people and the technographic roles that it plays."""

    name: str
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Competitors:
    """The whole of competitors.yaml; companies in the order of the file.

    Made by `config/values.py`, and by the history for the list of an earlier run. `catalogue` are
    the user's own files of rules, beside those of the package. `left_out` are companies of the file
    that a run was told not to visit: they are on the list all the same. `brand` is the look that
    the reports of this list shall have.
    """

    path: Path
    companies: tuple[Company, ...]
    settings: Settings = field(default_factory=Settings)
    topics: tuple[Theme, ...] = ()
    kpis: tuple[Kpi, ...] = ()
    stakeholders: tuple[Stakeholder, ...] = ()
    catalogue: tuple[Path, ...] = ()
    left_out: tuple[Company, ...] = ()
    brand: Brand = field(default_factory=Brand)

    @property
    def in_order(self) -> tuple[Company, ...]:
        """Return the baseline first, then the competitors in the order of the file."""
        return tuple(sorted(self.companies, key=lambda company: not company.own))
