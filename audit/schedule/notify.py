"""Tell people how a run ended, through Apprise; their addresses are secrets and never shown."""

import logging
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

from audit.model.change import Severity
from audit.model.company import Notify
from audit.schedule.outcome import FAILURES, Result, RunOutcome

EXTRA = (
    "install it with: pipx inject social-audit apprise==2.2.0 "
    "(or, in the checkout of social-audit: pip install '.[notify]')"
)

_LINES = 10
"""So many changes are named in a message; the workbook has all."""

_LARGEST = 20 * 1024 * 1024
"""Bytes of a workbook that is sent along; mail servers take about 25 MB, encoded."""

_TITLES = {
    Result.COMPLETE: "the audit is made",
    Result.INCOMPLETE: "the audit is made, something could not be read",
    Result.BROKEN_OFF: "the audit was broken off",
    Result.REFUSED: "the audit could not begin",
    Result.FAILED: "the audit failed",
}


def is_wanted(notify: Notify, outcome: RunOutcome) -> bool:
    """Tell whether somebody wants to hear of a run that ended so."""
    if outcome.result not in _TITLES or not notify.to:
        return False
    if outcome.result in FAILURES:
        return "failure" in notify.when
    asked = Severity(notify.severity).rank
    grave = any(change.severity.rank <= asked for change in outcome.real)
    return "finish" in notify.when or ("change" in notify.when and grave)


def send(notify: Notify, outcome: RunOutcome, environment: Mapping[str, str]) -> tuple[str, ...]:
    """Send the message to each address that is wanted; return what went wrong, a line each.

    A message that cannot be sent costs nothing else: the run is as it is.
    """
    if not is_wanted(notify, outcome):
        return ()
    problems = missing(notify, environment)
    present = [name for name in notify.to if environment.get(name, "").strip()]
    if not present or not is_installed():
        return problems
    title, body = message(outcome)
    workbook = _workbook(outcome) if notify.attach else None
    failed = [name for name in present if not _sent(environment[name], title, body, workbook)]
    return (
        *problems,
        *(
            f"{name}: the message could not be delivered; look at the address in that "
            "variable (https://appriseit.com shows how each is written), and at the network"
            for name in failed
        ),
    )


def missing(notify: Notify, environment: Mapping[str, str]) -> tuple[str, ...]:
    """Say what keeps messages from being sent: the library, or variables that are not set."""
    names = unset(notify, environment)
    return (*_library(notify), *(f"{name} is not set: nobody is told there" for name in names))


def missing_here(notify: Notify, environment: Mapping[str, str]) -> tuple[str, ...]:
    """Say what is missing in a terminal, which need not be the one that runs are started from."""
    return (
        *_library(notify),
        *(
            f"{name} is not set here: nobody is told there, unless --env-file names a file that "
            "sets it"
            for name in unset(notify, environment)
        ),
    )


def unset(notify: Notify, environment: Mapping[str, str]) -> tuple[str, ...]:
    """Return the names of variables that are to hold an address and hold none."""
    return tuple(name for name in notify.to if not environment.get(name, "").strip())


def _library(notify: Notify) -> tuple[str, ...]:
    """Say that the library is missing where somebody is to be told."""
    if is_installed() or not notify.to:
        return ()
    return (f"settings.notify needs Apprise; {EXTRA}",)


def is_installed() -> bool:
    """Tell whether Apprise is there, without loading it."""
    return find_spec("apprise") is not None


def message(outcome: RunOutcome) -> tuple[str, str]:
    """Return title and text of the message, in plain words."""
    name = Path(outcome.list_file).name
    lines = []
    if outcome.companies:
        lines.append(f"{outcome.in_full} of {outcome.companies} companies could be read in full.")
        lines += [outcome.seen] if outcome.seen else []
    lines += _changes(outcome)
    lines += outcome.words[:_LINES]
    lines += [f"{path}" for path in outcome.reports.values()]
    return f"social-audit, {name}: {_TITLES[outcome.result]}", "\n".join(lines) or name


def _changes(outcome: RunOutcome) -> list[str]:
    """Say how much has changed since the run before, and what weighs most."""
    if outcome.changes is None:
        return []
    if not outcome.real and not outcome.all_compared:
        return ["Not all could be compared with the run before; no change could be seen."]
    if not outcome.real:
        return ["Nothing has changed since the run before."]
    counts = ", ".join(f"{outcome.number_of(each)} {each}" for each in Severity)
    listed = [
        f"- {change.company}: {change.what}: {change.event}" for change in outcome.real[:_LINES]
    ]
    more = len(outcome.real) - len(listed)
    return [
        f"Changes since the run before: {counts}.",
        *listed,
        *([f"and {more} more, in the workbook"] if more else []),
    ]


def _workbook(outcome: RunOutcome) -> str | None:
    """Return the path of the workbook if it is there and small enough to be sent."""
    path = outcome.reports.get("xlsx")
    if path is None:
        return None
    try:
        return path if Path(path).stat().st_size <= _LARGEST else None
    except OSError:
        return None


def _sent(address: str, title: str, body: str, workbook: str | None) -> bool:
    """Send a message to an address, with the workbook where its channel takes files."""
    with _unlogged():
        import apprise

        channel = apprise.Apprise()
        # It says False, too, where the address means nothing to it.
        if not channel.add(address):
            return False
        kind = apprise.NotifyFormat.TEXT
        return bool(channel.notify(body=body, title=title, body_format=kind, attach=workbook))


@contextmanager
def _unlogged() -> Iterator[None]:
    """Have nobody log or warn: Apprise and urllib3 may name an address, with its password."""
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logging.disable(before)
