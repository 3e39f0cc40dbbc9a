"""The library: an audit as a function, for programs, notebooks and the command line alike.

    from pathlib import Path
    from audit import api

    config = api.load(Path("competitors.yaml"))
    snapshot = api.run(config, api.Options(data_dir=Path("audit-data")))
    api.report(snapshot, {"xlsx": Path("competitors.xlsx")})

Each function that takes time has a twin for event loops, such as `run_async`. Nothing here prints,
asks, or ends the program. What a user can mend is an `AuditError`; what the world does is a value.
"""

import asyncio
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from audit import __version__
from audit.begun import Orders
from audit.completed import completed_run
from audit.crew.address import cluster_of
from audit.crew.trial import tried, tried_saved
from audit.crew.watcher import Silent, Watcher
from audit.evidence.opening import keep_evidence_at
from audit.listed import read_list
from audit.model.catalogue import Catalogue
from audit.model.company import Company, Competitors, Settings
from audit.model.errors import AuditError, BrokenOffError, SaveError, StoreError
from audit.model.exchange import Request
from audit.model.past import NO_PAST, Past
from audit.model.result import CompanyResult, RunInfo, Snapshot
from audit.past import known_before, past_of
from audit.plainly import plainly
from audit.plan import plan
from audit.records_of_run import with_records
from audit.replay import replay as replay_archive
from audit.reporting import write_each, write_reports
from audit.run import Audit
from audit.runs import kept_run, other_lists, run_ids, runs, runs_of_list
from audit.saved import check_there_are_some
from audit.store.files import make_data_folder
from audit.store.history import RunSummary
from audit.store.opening import keep_in_database, open_history
from config.catalogue import load_catalogue
from config.names import folded
from scrapers.fetch.client import check_environment
from scrapers.fetch.guard import host_of
from scrapers.fetch.policy import Policy, user_agent
from scrapers.trial import Trial

__all__ = [
    "AuditError",
    "Company",
    "CompanyResult",
    "Competitors",
    "Config",
    "Options",
    "Past",
    "RunInfo",
    "RunInterruptedError",
    "RunSummary",
    "Settings",
    "Silent",
    "Snapshot",
    "StoreError",
    "Watcher",
    "check",
    "fill",
    "keep_evidence_at",
    "keep_in_database",
    "kept_run",
    "load",
    "other_lists",
    "past_of",
    "replay",
    "replay_async",
    "report",
    "report_async",
    "report_each",
    "run",
    "run_async",
    "run_ids",
    "runs",
    "runs_of_list",
    "try_page",
    "try_page_async",
]

OLDEST = date(1990, 1, 1)
"""There was no web before, and the far ends of the calendar have no day before or after them."""

_YEARS = range(1980, 2107)
"""The years that a workbook, which is a zip file, can be dated with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """Whom to audit and by which rules: competitors.yaml and the catalogue that it asks for."""

    competitors: Competitors
    catalogue: Catalogue


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What is asked of a run, beside the list of companies.

    `data_dir` keeps the history and the archived pages; it is made where it is missing. `as_of`
    is the last day of the window (by default it ends now). `only` names companies of the list,
    `resume` goes on with a broken run over the same companies. `allow_private_hosts` opens
    intranet and loopback hosts that the list itself names. `only_saved` reads saved pages alone.
    `cluster` makes the visits (docs/cluster.md). `formats` will be written when it is done: what
    they are written with is loaded while other processes work.
    """

    data_dir: Path
    as_of: date | None = None
    only: tuple[str, ...] = ()
    resume: bool = False
    allow_private_hosts: bool = False
    only_saved: bool = False
    cluster: str | None = None
    formats: tuple[str, ...] = ()


class RunInterruptedError(KeyboardInterrupt):
    """A run was broken off, as by Ctrl-C: `snapshot` holds what was finished, and is saved.

    It is a KeyboardInterrupt, so that a program that does not look for it ends as it should.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        """Keep what is finished."""
        super().__init__("the run was interrupted")
        self.snapshot = snapshot


def load(file: Path) -> Config:
    """Read competitors.yaml and the catalogue that it asks for.

    Raises:
        ConfigError: a mistake in a file, with file, line, column and what to write instead.
    """
    return with_catalogue(read_list(file))


def with_catalogue(competitors: Competitors) -> Config:
    """Read the catalogue that a list asks for, which was read already.

    Raises:
        ConfigError: a mistake in a file of the catalogue.
    """
    return Config(competitors=competitors, catalogue=load_catalogue(competitors.catalogue))


def check(config: Config, options: Options) -> None:
    """Check what can be checked before anything is fetched or made.

    Raises:
        AuditError: a company of `only` that is not in the list, a day that cannot be, a clock
            that was never set, a proxy or certificates of the environment that cannot be used,
            no saved page where only those are to be read, a cluster that is no address of one.
    """
    _only(config.competitors, options.only)
    check_clock(datetime.now(UTC))
    if options.only_saved:
        check_there_are_some(config.competitors)
    _end_of_window(options.as_of, config.competitors.settings)
    check_environment(os.environ)
    cluster_of(options.cluster)


def run(config: Config, options: Options, watcher: Watcher | None = None) -> Snapshot:
    """Audit all companies: visit, measure, remember. Give everything that the run knows.

    Raises:
        AuditError: as `check`, or the data folder or history cannot be used; nothing was fetched.
        RunInterruptedError: Ctrl-C, or the cluster went away; what is finished is saved, and in its
            `snapshot`.
    """
    audit = _audit(config, options, watcher)
    try:
        return plainly(audit.run())
    except (KeyboardInterrupt, BrokenOffError):
        snapshot = audit.so_far()
        if snapshot is None:
            raise
        # `asyncio.run` has cancelled the run by now, so that what is finished is saved.
        raise RunInterruptedError(snapshot) from None


async def run_async(config: Config, options: Options, watcher: Watcher | None = None) -> Snapshot:
    """Audit all companies, as `run` does, inside a program's own event loop.

    A run that is cancelled has saved what is finished; `resume` goes on from there.
    """
    return await _audit(config, options, watcher).run()


def replay(
    config: Config, data_dir: Path, run_id: str | None = None, archives: Iterable[Path] = ()
) -> Snapshot:
    """Analyse the archived answers of a run again with today's rules; no network.

    `run_id` is one of `runs`, the last by default. `archives` are WARC files to answer from in
    place of the run's own.

    Raises:
        StoreError: there is no such run, or the history cannot be read.
    """
    return plainly(replay_async(config, data_dir, run_id, archives))


async def replay_async(
    config: Config, data_dir: Path, run_id: str | None = None, archives: Iterable[Path] = ()
) -> Snapshot:
    """Analyse a run again, as `replay` does, inside a program's own event loop."""
    snapshot = kept_run(data_dir, run_id, config.competitors)
    before = known_before(data_dir, snapshot, config.competitors)
    with open_history(data_dir) as history:
        competitors = with_records(config.competitors, history, data_dir, snapshot.run)
    return await replay_archive(
        competitors, config.catalogue, snapshot, data_dir, tuple(archives), before
    )


def fill(config: Config, data_dir: Path, snapshot: Snapshot) -> tuple[Snapshot, tuple[str, ...]]:
    """Complete a kept run by what people told of its profiles since, and save it.

    Give the run, as it was where nobody told anything, and in sentences what could not be done.

    Raises:
        StoreError: the history cannot be read.
    """
    filled = plainly(completed_run(snapshot, config.catalogue, data_dir))
    return filled.snapshot, filled.notes


def try_page(
    config: Config,
    company: Company,
    request: Request,
    *,
    allow_private_hosts: bool = False,
    saved: Path | None = None,
) -> Trial:
    """Fetch one page as a visit to a company would, and give all that is read of it.

    So are the sections and figures that the company points at there. Nothing is kept: no history,
    no archive. With `saved` the page is read from that file, and nothing is fetched.

    Raises:
        AuditError: the environment names a proxy or certificates that cannot be used.
    """
    work = try_page_async(
        config, company, request, allow_private_hosts=allow_private_hosts, saved=saved
    )
    return plainly(work)


async def try_page_async(
    config: Config,
    company: Company,
    request: Request,
    *,
    allow_private_hosts: bool = False,
    saved: Path | None = None,
) -> Trial:
    """Try one page, as `try_page` does, inside a program's own event loop."""
    check_environment(os.environ)
    competitors = replace(config.competitors, companies=(company,))
    planned = replace(plan(competitors).companies[0], start=request)
    if saved is not None:
        return await tried_saved(planned, config.catalogue, saved)
    policy = _policy(competitors, private=allow_private_hosts)
    if allow_private_hosts:
        # Whoever types an address names its host, too.
        policy = replace(policy, private_hosts=policy.private_hosts | {host_of(request.url)})
    return await tried(planned, config.catalogue, policy)


def report(
    snapshot: Snapshot, targets: Mapping[str, Path], past: Past = NO_PAST
) -> tuple[Path, ...]:
    """Write a snapshot in each format of `targets` ({"xlsx": path, "json": path}).

    With what `past_of` gives the changes since an earlier run are told, too. Gives the paths as
    they really are: a workbook that is open elsewhere is saved beside itself.

    Raises:
        SaveError: a file could not be saved where it was asked for; an older one is as it was, and
            all others are written.
    """
    return write_reports(snapshot, targets, past)


def report_each(
    snapshot: Snapshot, targets: Mapping[str, Path], past: Past = NO_PAST
) -> dict[str, Path | SaveError]:
    """Write a snapshot as `report` does; give by format where it is, or why it is not saved."""
    return write_each(snapshot, targets, past)


async def report_async(
    snapshot: Snapshot, targets: Mapping[str, Path], past: Past = NO_PAST
) -> tuple[Path, ...]:
    """Write a snapshot, as `report` does, in a thread beside a program's own event loop."""
    return await asyncio.to_thread(write_reports, snapshot, targets, past)


def check_clock(now: datetime) -> None:
    """Check that this machine knows roughly what day it is.

    Raises:
        AuditError: its clock was never set; no certificate would be valid and no post recent.
    """
    if now.year not in _YEARS:
        raise AuditError(f"the clock of this machine says {now:%d %B %Y}; set it, then run again")


def _audit(config: Config, options: Options, watcher: Watcher | None) -> Audit:
    """Check what can be checked, make the data folder, and put a run together."""
    check(config, options)
    make_data_folder(options.data_dir)  # behind all checks: a run that cannot begin leaves none
    competitors = _only(config.competitors, options.only)
    orders = Orders(
        data_dir=options.data_dir,
        as_of=_end_of_window(options.as_of, competitors.settings),
        policy=_policy(competitors, private=options.allow_private_hosts),
        resume=options.resume,
        listed=config.competitors,
        only_saved=options.only_saved,
        cluster=cluster_of(options.cluster),
        formats=options.formats,
    )
    return Audit(competitors, config.catalogue, orders, watcher or Silent())


def _only(competitors: Competitors, names: tuple[str, ...]) -> Competitors:
    """Keep the companies that are named; none named means all.

    Raises:
        AuditError: a name is not in the list; the message says which there are.
    """
    if not names:
        return competitors
    wanted = {folded(name): name for name in names}
    kept = tuple(each for each in competitors.companies if folded(each.name) in wanted)
    found = {folded(each.name) for each in kept}
    for name in (name for key, name in wanted.items() if key not in found):
        known = ", ".join(company.name for company in competitors.companies)
        raise AuditError(f'--only: no company "{name}" in the file; there are: {known}')
    others = tuple(each for each in competitors.companies if each not in kept)
    return replace(competitors, companies=kept, left_out=others)


def _end_of_window(day: date | None, settings: Settings) -> datetime:
    """Return the end of the window in UTC: now, or the last second of the day asked for.

    Raises:
        AuditError: the day lies in the future, or before there was a web.
    """
    zone = ZoneInfo(settings.timezone)
    if day is None:
        return datetime.now(UTC)
    newest = datetime.now(zone).date() + timedelta(days=1)
    if not OLDEST <= day <= newest:
        raise AuditError(f"--as-of {day}: choose a day between {OLDEST} and {newest}")
    return datetime.combine(day, time(23, 59, 59), zone).astimezone(UTC)


def _policy(competitors: Competitors, *, private: bool) -> Policy:
    """Return how a run behaves towards the web, by the settings of the list."""
    settings = competitors.settings
    return Policy(
        timeout_seconds=settings.timeout_seconds,
        delay_seconds=settings.delay_seconds,
        user_agent=user_agent(__version__, settings.contact),
        private_hosts=_hosts_named(competitors) if private else frozenset(),
    )


def _hosts_named(competitors: Competitors) -> frozenset[str]:
    """Return the hosts that the list names: sites, profiles, servers in place of platforms."""
    urls = (
        *(url for company in competitors.companies for url in company.addresses),
        *(server for _, server in competitors.settings.base_urls),
    )
    return frozenset(host for url in urls if (host := host_of(url)))
