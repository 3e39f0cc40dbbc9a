"""`audit doctor`: what is there and what is missing, each with what to do about it."""

import os
import shutil
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from audit import __version__, api
from audit.browser import VARIABLE, find_browser
from audit.commands.places import beside, place_of_data
from audit.commands.remedy import what_would_help
from audit.commands.terminal import Terminal
from audit.commands.words import counted
from audit.evidence.opening import evidence_place_of, kept_evidence
from audit.model.errors import AuditError
from audit.model.exchange import Key
from audit.schedule.notify import EXTRA, is_installed, unset
from audit.store.opening import kept_in, place_of
from config.catalogue import load_catalogue
from scrapers.fetch.keys import usable
from scrapers.fetch.proxies import RIGHT, described
from scrapers.fetch.trust import FILE, FOLDER, tls_context
from scrapers.platforms import platforms

Check = tuple[str, bool | None, str]
"""What was looked at; True good, False to be mended, None for your information; the words."""

ROOM_BYTES = 500 * 1024 * 1024
"""An archived run of 50 companies takes about this much."""


def diagnose(asked: Path | None, usual: Path, data_dir: Path | None = None) -> int:
    """Print what was looked at, a line each; return 1 if something must be mended, else 0.

    The folder beside the list is looked at, the usual one where none is asked for, and need not be
    there. What would help is told of a list that is asked for alone.
    """
    file, console = asked or usual, Terminal()
    checks = [
        _python(),
        _catalogue(),
        _folder(file, data_dir),
        *_database(file, data_dir),
        *_evidence(file, data_dir),
        _room(file),
        _clock(),
        *_proxy(os.environ),
        _certificates(os.environ),
        _rendering(os.environ),
        *_keys(os.environ),
        *_notifications(file, os.environ),
    ]
    signs = {True: "●", False: "×", None: "○"}
    for name, state, words in checks:
        console.say(f"{signs[state]} {name:13} {words}")
    if asked is not None:
        console.say("", *what_would_help(asked, data_dir, os.environ))
    return 1 if any(state is False for _, state, _ in checks) else 0


def _python() -> Check:
    """Return the versions of the program and of Python."""
    version = ".".join(str(part) for part in sys.version_info[:3])
    return ("versions", True, f"social-audit {__version__} on Python {version}")


def _catalogue() -> Check:
    """Return the version of the catalogue, and what it counts."""
    catalogue = load_catalogue()
    count = f"{len(catalogue.platforms)} platforms, {len(catalogue.features)} feature rules"
    return ("catalogue", True, f"{catalogue.version}: {count}")


def _folder(file: Path, data_dir: Path | None) -> Check:
    """Tell whether the folder beside the file can be used: the one there, or one to be made."""
    try:
        data = place_of_data(file, data_dir)
        fault = _unusable(data)
    except AuditError as error:
        return ("data folder", False, str(error))
    except OSError as error:
        words = f"{file} cannot be looked at ({error.strerror or error}); name another file"
        return ("data folder", False, words)
    return ("data folder", not fault, fault or f"{data} can be used")


def _database(file: Path, data_dir: Path | None) -> list[Check]:
    """Tell whether the database of a team can be used, where one keeps the history."""
    try:
        folder = place_of_data(file, data_dir)
        if kept_in(folder) is None:
            return []
        runs = len(api.run_ids(folder))
    except AuditError as error:
        return [("database", False, str(error))]
    words = f"{place_of(folder)} can be read; {counted(runs, 'run is', 'runs are')} kept there"
    return [("database", True, words)]


def _evidence(file: Path, data_dir: Path | None) -> list[Check]:
    """Tell whether the store of a team's archived pages can be read, where there is one."""
    try:
        folder = place_of_data(file, data_dir)
        place = evidence_place_of(folder)
        if place is None:
            return []
        evidence = kept_evidence(folder)
        runs = counted(len(evidence.stored_runs()), "run", "runs")
        waiting = len(list(evidence.waiting(evidence.runs())))
    except AuditError as error:
        return [("evidence", False, str(error))]
    words = f"{place.shown} can be read; pages of {runs} are kept there"
    if waiting:
        archives = counted(waiting, "archive waits", "archives wait")
        words += f"; {archives} in {folder} for the next audit, which puts them there"
    return [("evidence", True, words)]


def _unusable(data: Path) -> str:
    """Return what keeps a run from using a data folder; an empty text if nothing does."""
    folder = data.parent
    # Nothing is written to find out: the command only looks.
    if not folder.is_dir():
        return f"{folder} does not exist; make it or name another file"
    if not os.access(folder, os.W_OK | os.X_OK):
        return f"{folder} cannot be written to; use --data-dir and --output"
    if not os.path.lexists(data):  # also a link that leads nowhere is there, and no folder
        return ""
    if not data.is_dir():
        return f"{data} is no folder; move it away or use --data-dir"
    if not os.access(data, os.R_OK | os.W_OK | os.X_OK):
        return f"{data} cannot be read and written to; ask for the right or use --data-dir"
    return ""


def _room(file: Path) -> Check:
    """Tell how much room is on the disk of the file, where that can be asked."""
    try:
        free = shutil.disk_usage(beside(file)).free
    except (AuditError, OSError):
        return ("disk", None, "not checked")
    words = f"{free / 2**30:.1f} GiB free"
    return ("disk", free > ROOM_BYTES, words if free > ROOM_BYTES else f"{words}: make room first")


def _clock() -> Check:
    """Tell the time, and whether it can be: a clock before the date of this file was never set.

    A wrong clock makes certificates invalid and puts every post into the future.
    """
    now = datetime.now(UTC)
    installed = datetime.fromtimestamp(Path(__file__).stat().st_mtime, UTC)
    if now < installed:
        return ("clock", False, f"says {now:%Y-%m-%d %H:%M} UTC, before this program was installed")
    return ("clock", True, f"{now:%Y-%m-%d %H:%M} UTC")


def _proxy(environment: Mapping[str, str]) -> list[Check]:
    """Return each variable that sets a proxy, with its place or what is wrong with it."""
    proxies: list[Check] = [
        (proxy.variable, False, f"{proxy.problem}; {RIGHT}")
        if proxy.problem
        else (proxy.variable, None, f"{proxy.place}; names are then resolved by the proxy")
        for proxy in described(environment)
    ]
    return proxies or [("proxy", None, "none; connections are made directly")]


def _certificates(environment: Mapping[str, str]) -> Check:
    """Tell whether certificates can be checked, and which variable names others to check by."""
    try:
        tls_context(environment)
    except AuditError as error:
        return ("certificates", False, str(error))
    variable = next((name for name in (FILE, FOLDER) if environment.get(name)), "")
    words = f"{variable} {environment[variable]}" if variable else "the system's"
    return ("certificates", True, words)


def _rendering(environment: Mapping[str, str]) -> Check:
    """Tell which browser draws the pages that need one; none is no fault."""
    browser = find_browser(environment)
    if browser is not None:
        return ("browser", True, f"{browser}; change it with {VARIABLE}")
    wish = environment.get(VARIABLE)
    words = f"{VARIABLE} names {wish}, which is not there" if wish else "none found"
    return (
        "browser",
        None,
        f"{words}; install Chromium or Chrome to read pages that JavaScript draws",
    )


def _keys(environment: Mapping[str, str]) -> list[Check]:
    """Tell which platforms' keys are set; a key is never shown, and none is no fault."""
    keys = [(platform.name, key) for platform in platforms().values() for key in platform.keys]
    checks = [_key(name, key, environment) for name, key in keys]
    present = [check for check in checks if check is not None]
    missing = {key.name for _, key in keys if not any(map(environment.get, key.variables))}
    if missing:
        names = ", ".join(sorted(missing))
        present.append(
            (
                "keys not set",
                None,
                f"{names}; `audit rules keys` tells what each adds, docs/keys.md how to get it",
            )
        )
    return present


def _key(platform: str, key: Key, environment: Mapping[str, str]) -> Check | None:
    """Tell whether one key can be used; None where it is not set at all.

    A key may come in two parts, such as a name and a secret; one of them alone is a mistake.
    """
    values = {name: environment.get(name, "") for name in key.variables}
    unusable = [name for name, value in values.items() if value and not usable(value)]
    unset = [name for name, value in values.items() if not value]
    if unusable:
        words = f"{' and '.join(unusable)} cannot be sent: spaces or letters beyond ASCII"
        return ("key", False, f"{words}; copy it again")
    if len(unset) == len(values):
        return None
    if unset:
        return ("key", False, f"{platform} needs {' and '.join(unset)} too")
    return ("key", True, f"{' and '.join(key.variables)}: {platform}")


def _notifications(file: Path, environment: Mapping[str, str]) -> list[Check]:
    """Tell whether those can be told whom the list names; nothing of a list that cannot be read.

    An address that is not set here is no fault: a scheduled run has it from a file of its own.
    """
    try:
        notify = api.load(file).competitors.settings.notify
    except AuditError:  # `audit check` says what is wrong with the list
        return []
    lost = unset(notify, environment)
    checks: list[Check] = [
        (
            "notify",
            name not in lost or None,
            f"{name} is not set here; name the file that sets it with --env-file"
            if name in lost
            else f"{name} is set",
        )
        for name in notify.to
    ]
    if checks and not is_installed():
        checks.append(("notify", False, f"Apprise is not installed; {EXTRA}"))
    return checks
