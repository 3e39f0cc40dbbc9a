"""`audit run`: check everything that can be checked first, then walk the line and report."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from types import FrameType
from zoneinfo import ZoneInfo

from audit import __version__
from audit.commands.again import note_reported
from audit.commands.last_word import INTERRUPTED, interrupted
from audit.commands.log import log_to
from audit.commands.outputs import check_clock, check_outputs, targets
from audit.commands.places import data_folder, inputs, load, place_of_data
from audit.commands.progress import watching
from audit.commands.summary import conclude
from audit.commands.terminal import Terminal
from audit.commands.typed import Typed
from audit.model.company import Competitors
from audit.model.errors import AuditError
from audit.run import Options, audit
from config.names import folded
from config.remarks import remarks
from scrapers.fetch.client import check_environment
from scrapers.fetch.guard import host_of
from scrapers.fetch.policy import Policy, user_agent
from scrapers.workers.process import start_servers

_ENDINGS = ("SIGTERM", "SIGHUP", "SIGQUIT", "SIGBREAK")
"""Signals that ask to end: from a script, a closed terminal, the keyboard."""

OLDEST = date(1990, 1, 1)
"""There was no web before, and the far ends of the calendar have no day before or after them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """The command line of a run, as it was typed."""

    file: Path
    output: Path | None
    formats: str
    data_dir: Path | None
    only: tuple[str, ...]
    resume: bool
    as_of: date | None
    allow_private_hosts: bool
    quiet: bool
    verbose: bool
    go_on: str
    """What is typed to go on after a break."""


def execute(wish: Wish) -> int:
    """Run an audit; give the exit status."""
    competitors, catalogue = load(wish.file, start_servers)
    competitors = _only(competitors, wish.only)
    check_clock(datetime.now(UTC))
    as_of = _as_of(wish.as_of, competitors.settings.timezone)
    goals = targets(wish.file, wish.output, wish.formats)
    check_outputs(goals, inputs(wish.file, competitors), place_of_data(wish.file, wish.data_dir))
    check_environment(os.environ)
    data_dir = data_folder(wish.file, wish.data_dir)
    log_to(data_dir)
    options = Options(
        data_dir=data_dir,
        as_of=as_of,
        policy=_policy(competitors, wish.allow_private_hosts),
        resume=wish.resume,
    )
    if not wish.quiet:
        Terminal(errors=True).say(*remarks(competitors))
    with _terminable() as ended:
        with watching(quiet=wish.quiet, verbose=wish.verbose) as watcher:
            snapshot = audit(competitors, catalogue, options, watcher)
        status = conclude(
            snapshot,
            goals,
            Typed(file=wish.file, data_dir=wish.data_dir, resume=wish.go_on),
            quiet=wish.quiet,
            written=lambda: note_reported(data_dir, snapshot),
        )
    if snapshot.run.finished_at is None:
        return ended.status
    return status


def _only(competitors: Competitors, names: tuple[str, ...]) -> Competitors:
    """Keep the companies named on the command line; none named means all."""
    if not names:
        return competitors
    wanted = {folded(name): name for name in names}
    kept = tuple(each for each in competitors.companies if folded(each.name) in wanted)
    for each in kept:
        wanted.pop(folded(each.name), None)
    for name in wanted.values():
        known = ", ".join(each.name for each in competitors.companies)
        raise AuditError(f'--only: no company "{name}" in the file; there are: {known}')
    return replace(competitors, companies=kept)


def _as_of(day: date | None, timezone: str) -> datetime:
    """The end of the window: now, or the last second of the day asked for."""
    if day is None:
        return datetime.now(UTC)
    newest = datetime.now(ZoneInfo(timezone)).date() + timedelta(days=1)
    if not OLDEST <= day <= newest:
        raise AuditError(f"--as-of {day}: choose a day between {OLDEST} and {newest}")
    return datetime.combine(day, time(23, 59, 59), ZoneInfo(timezone)).astimezone(UTC)


def _policy(competitors: Competitors, allow_private_hosts: bool) -> Policy:
    settings = competitors.settings
    return Policy(
        timeout_seconds=settings.timeout_seconds,
        delay_seconds=settings.delay_seconds,
        user_agent=user_agent(__version__, settings.contact),
        private_hosts=_named(competitors) if allow_private_hosts else frozenset(),
    )


def _named(competitors: Competitors) -> frozenset[str]:
    """The hosts that the file names: websites, profiles, and servers in place of platforms."""
    companies = competitors.companies
    urls = (
        *(company.website for company in companies),
        *(channel.url for company in companies for channel in company.channels),
        *(server for _, server in competitors.settings.base_urls),
    )
    return frozenset(host for url in urls if (host := host_of(url)))


@dataclass(slots=True)
class _Ended:
    """How a run that is broken off ends: its status is 128 and the number of the signal."""

    status: int = INTERRUPTED


@contextmanager
def _terminable() -> Iterator[_Ended]:
    """Treat the other signals that ask to end as Ctrl-C, and remember which it was.

    A script's shell has its background jobs ignore Ctrl-C; a run heeds it there too, or nothing
    but SIGKILL would end it. A hangup that is ignored (`nohup`) stays ignored.
    """
    ended = _Ended()

    def on_ending(number: int, _frame: FrameType | None) -> None:
        ended.status = 128 + number
        signal.raise_signal(signal.SIGINT)

    there = {name: getattr(signal, name) for name in _ENDINGS if hasattr(signal, name)}
    if signal.getsignal(there.get("SIGHUP", signal.SIGTERM)) is signal.SIG_IGN:
        there.pop("SIGHUP", None)
    before = {each: signal.signal(each, on_ending) for each in there.values()}
    before[signal.SIGINT] = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield ended
    except KeyboardInterrupt:  # a second one, or while the reports were written
        interrupted()
        raise SystemExit(ended.status) from None
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)
