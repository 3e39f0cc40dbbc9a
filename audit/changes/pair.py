"""Two looks at one company, and what each of them could see."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from types import MappingProxyType
from zoneinfo import ZoneInfo

from audit.model.company import Company, Settings
from audit.model.exchange import BY_HAND, RECALLED
from audit.model.result import CompanyResult, RunInfo
from audit.model.site import State
from audit.model.value import Evidence, Number, Reason

_NOTHING_THERE = frozenset({Reason.HTTP_404, Reason.HTTP_410})
_ANSWERED = frozenset({"ok", "unchanged", BY_HAND, *_NOTHING_THERE})
"""Outcomes of an address by which one knows what is there now, if anything is."""

_READ = frozenset({"ok", "unchanged", RECALLED, BY_HAND})
_NO_PAGES = ("post", "guessed feed", "advertised feed", "common path", "robots.txt", "interface")
"""What leads to posts and files of a site: fewer of them are no smaller look at it."""

_FAIR_SHARE = 3
"""A look at less than a third of the pages that another one read is no look at the whole site."""

_NOT_KEPT = frozenset({Reason.STORAGE, Reason.INTERRUPTED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What one run saw of a company, with that run and its settings."""

    run: RunInfo
    settings: Settings
    result: CompanyResult

    @property
    def company(self) -> Company:
        """Return the company as the list of that run has it."""
        return self.result.company

    @property
    def days(self) -> int:
        """Return the days of the company's period in that run."""
        return self.company.days_back(self.settings)

    @property
    def start(self) -> datetime:
        """Return the first instant of the company's period in that run."""
        return self.run.as_of - timedelta(days=self.days)

    @property
    def day(self) -> date:
        """Return the last day of the period, in the zone of the settings."""
        return self.run.as_of.astimezone(ZoneInfo(self.settings.timezone)).date()

    @property
    def pages(self) -> int:
        """Return how many pages of the company might be read."""
        own = self.company.overrides.max_pages_per_site
        return self.settings.max_pages_per_site if own is None else own

    @property
    def is_whole(self) -> bool:
        """Tell whether the website was looked at to its end: what was not met is not there.

        A page budget, a time, or pages that did not answer leave that open.
        """
        if any(note.reason is Reason.BUDGET or note.what == "time" for note in self.result.notes):
            return False
        # Where most of a site was lost, each feature that was not met is unknown
        # (`scrapers/site/features.py`); one of them alone has reasons of its own.
        states = {feature.state for feature in self.result.features}
        return State.NONE in states or State.UNKNOWN not in states

    @property
    def is_blind(self) -> bool:
        """Tell whether a browser was missing for what scripts bring into pages."""
        return any(note.reason is Reason.BROWSER for note in self.result.notes)

    def has_read(self, urls: Iterable[str]) -> bool:
        """Tell whether one of some pages was read, or answered that it is gone."""
        wanted = {_place(url) for url in urls if url}
        return any(
            _place(page.url) in wanted and page.outcome in _ANSWERED for page in self.result.fetched
        )

    def has_lost(self, url: str) -> bool:
        """Tell whether a page was asked for and answered that nothing is there."""
        gone = {_place(page.url) for page in self.result.fetched if page.outcome in _NOTHING_THERE}
        return _place(url) in gone

    def met_nothing_at(self, urls: Iterable[str]) -> bool:
        """Tell whether one of some addresses answered that nothing is there any more."""
        wanted = {_place(url) for url in urls if url}
        return any(
            _place(page.url) in wanted and page.outcome in _NOTHING_THERE
            for page in self.result.fetched
        )

    @property
    def paths(self) -> frozenset[str]:
        """Return the pages of the website that were read, by their paths; no posts and no feeds."""
        end = f".{_host(self.company.website)}"
        parts = (
            _place(page.url).partition("/")
            for page in self.result.fetched
            if page.outcome in _READ and not page.why.startswith(_NO_PAGES)
        )
        return frozenset(
            path for host, _, path in parts if f".{host.removeprefix('www.')}".endswith(end)
        )

    def is_glimpse_beside(self, other: "Look") -> bool:
        """Tell whether hardly anything was seen of what another run saw of the same website.

        One page of several, less than a third of them, or fewer and none that the other one read:
        so looks a page that stands in for a whole site, as while it is mended. Where a person asked
        for another look it is none.
        """
        if _reach(self) != _reach(other):
            return False
        pages, others = self.paths, other.paths
        if len(pages) >= len(others):
            return False
        return (
            _is_single(pages, others)
            or len(pages) * _FAIR_SHARE < len(others)
            or not pages & others
        )

    def is_single_beside(self, other: "Look") -> bool:
        """Tell whether one page at most was read of a website of which another run read several."""
        return _is_single(self.paths, other.paths)

    def denies(self, feature: str) -> bool:
        """Tell whether the run says itself that a feature is not there."""
        return any(
            each.feature == feature and each.state is State.NONE for each in self.result.features
        )

    def value(self, metric: str) -> Number | None:
        """Return the value of a metric; None where it was not measured."""
        measures = self.result.measures
        return next((each.value for each in measures if each.metric == metric), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """The same company in two runs, `before` the earlier; `titles` are the names of platforms."""

    before: Look
    now: Look
    titles: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def same_rules(self) -> bool:
        """Tell whether both runs were analysed by the same rules and readers."""
        return self.before.run.rules == self.now.run.rules

    @property
    def looks_differently(self) -> bool:
        """Tell whether a person asked for another look: more pages, other sites, a browser."""
        before, now = self.before, self.now
        return _reach(before) != _reach(now)

    def proves_gone(self, evidence: Sequence[Evidence], pages: Sequence[str] = ()) -> bool:
        """Tell whether what only the earlier run has met is not there any more.

        That is so where the whole site was looked at, or one of the pages on which it was met was
        read again; with a browser, if the earlier run had one. Where hardly anything of the site
        was seen, only an address that answers so itself proves it.
        """
        if self.now_is_glimpse:
            return self.now.met_nothing_at(proof.url for proof in evidence)
        blind = self.now.is_blind and not self.before.is_blind
        return not blind and _saw(self.now, evidence, pages)

    def why_gone(self, lack: str, evidence: Sequence[Evidence], pages: Sequence[str] = ()) -> str:
        """Say where something was looked for that only the earlier run has met.

        `lack` is what was seen of it then, such as "no forum is on it".
        """
        places = (*(proof.url for proof in evidence), *pages)
        if closed := next((url for url in places if self.now.has_lost(url)), ""):
            return f"{closed} answers that nothing is there any more"
        if self.now.is_whole:
            return f"the whole website was read, and {lack}"
        read = next((url for url in places if self.now.has_read([url])), "")
        if read:
            return f"{read} was read again, and {lack}"
        return f"the pages of the website were read, and {lack}"

    def proves_new(self, evidence: Sequence[Evidence], pages: Sequence[str] = ()) -> bool:
        """Tell whether what only the later run has met was not there before."""
        if self.before.is_single_beside(self.now):
            return False
        blind = self.before.is_blind and not self.now.is_blind
        return not blind and _saw(self.before, evidence, pages)

    @property
    def now_is_glimpse(self) -> bool:
        """Tell whether the later run saw hardly anything of what the earlier one did."""
        return self.now.is_glimpse_beside(self.before)

    def denied_now(self, feature: str) -> bool:
        """Tell whether the later run knows that a feature is not there."""
        return not self.now_is_glimpse and self.now.denies(feature)

    def denied_before(self, feature: str) -> bool:
        """Tell whether the earlier run knew that a feature was not there."""
        return not self.before.is_single_beside(self.now) and self.before.denies(feature)

    def title(self, name: str) -> str:
        """Return what readers call a platform or a feature: "YouTube", "Knowledge base"."""
        if name in self.titles:
            return self.titles[name]
        words = name.replace("-", " ")
        return name.upper() if name in {"cms", "api", "rss"} else words[:1].upper() + words[1:]


def is_readable(result: CompanyResult) -> bool:
    """Tell whether a run could read a company's website: else nothing is compared with it."""
    unread = any(note.what == "website" and note.incomplete for note in result.notes)
    return bool(result.measures) and not unread


def was_visited(result: CompanyResult) -> bool:
    """Tell whether a run visited a company: not where it was broken off, or lost its result."""
    return bool(result.measures) or not any(note.reason in _NOT_KEPT for note in result.notes)


def _saw(look: Look, evidence: Sequence[Evidence], pages: Sequence[str]) -> bool:
    """Tell whether a run looked where another one has met something."""
    return look.is_whole or look.has_read([*(proof.url for proof in evidence), *pages])


def _is_single(pages: Collection[str], others: Collection[str]) -> bool:
    """Tell whether one page at most stands beside several of another run."""
    return len(pages) <= 1 and len(others) >= _FAIR_SHARE


def _reach(look: Look) -> tuple[object, ...]:
    """Return what decides how much of a company is looked at."""
    company, settings = look.company, look.settings
    browser = company.overrides.browser or settings.browser
    return (look.pages, browser, settings.profiles, company.also, company.exclude)


def _place(url: str) -> str:
    """Return what spellings of an address have in common: no scheme, no slash at its end."""
    return url.partition("://")[2].partition("#")[0].rstrip("/").casefold()


def _host(url: str) -> str:
    """Return the host of an address, with its port and without `www.`."""
    return _place(url).partition("/")[0].removeprefix("www.")
