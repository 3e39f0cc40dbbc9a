"""`audit doctor`: what is there and what is missing, each with what to do about it."""

import os
import shutil
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from audit import __version__
from audit.commands.places import beside, place_of_data
from audit.commands.terminal import Terminal
from audit.model.errors import AuditError
from audit.model.exchange import Key
from config.catalogue import load_catalogue
from scrapers.fetch.browser import VARIABLE, find_browser
from scrapers.fetch.keys import usable
from scrapers.fetch.proxies import RIGHT, described
from scrapers.fetch.trust import FILE, FOLDER, tls_context
from scrapers.platforms import platforms

Finding = tuple[str, bool | None, str]
"""What was looked at; True good, False to be mended, None for your information; the words."""

ROOM_BYTES = 500 * 1024 * 1024
"""An archived run of 50 companies takes about this much."""


def diagnose(file: Path) -> int:
    """Print the findings; 1 if something must be mended before a run, else 0."""
    console = Terminal()
    findings = [
        _python(),
        _catalogue(),
        _folder(file),
        _room(file),
        _clock(),
        *_proxy(os.environ),
        _certificates(os.environ),
        _rendering(os.environ),
        *_keys(os.environ),
    ]
    signs = {True: "●", False: "×", None: "○"}
    for name, state, words in findings:
        console.say(f"{signs[state]} {name:13} {words}")
    return 1 if any(state is False for _, state, _ in findings) else 0


def _python() -> Finding:
    version = ".".join(str(part) for part in sys.version_info[:3])
    return ("versions", True, f"social-audit {__version__} on Python {version}")


def _catalogue() -> Finding:
    catalogue = load_catalogue()
    count = f"{len(catalogue.platforms)} platforms, {len(catalogue.features)} feature rules"
    return ("catalogue", True, f"{catalogue.version}: {count}")


def _folder(file: Path) -> Finding:
    """Whether the folder beside the file can be used: what is there now, or what would be made."""
    try:
        data = place_of_data(file, None)
        wrong = _unusable(data)
    except AuditError as error:
        return ("data folder", False, str(error))
    except OSError as error:
        words = f"{file} cannot be looked at ({error.strerror or error}); name another file"
        return ("data folder", False, words)
    return ("data folder", not wrong, wrong or f"{data} can be used")


def _unusable(data: Path) -> str:
    """What keeps a run from using a data folder; empty if nothing does."""
    folder = data.parent
    if not folder.is_dir():
        return f"{folder} does not exist; make it or name another file"
    if not os.access(folder, os.W_OK | os.X_OK):
        return f"{folder} cannot be written to; use --data-dir and --output"
    if not os.path.lexists(data):
        return ""
    if not data.is_dir():
        return f"{data} is no folder; move it away or use --data-dir"
    if not os.access(data, os.R_OK | os.W_OK | os.X_OK):
        return f"{data} cannot be read and written to; ask for the right or use --data-dir"
    return ""


def _room(file: Path) -> Finding:
    try:
        free = shutil.disk_usage(beside(file)).free
    except (AuditError, OSError):
        return ("disk", None, "not checked")
    words = f"{free / 2**30:.1f} GiB free"
    return ("disk", free > ROOM_BYTES, words if free > ROOM_BYTES else f"{words}: make room first")


def _clock() -> Finding:
    now = datetime.now(UTC)
    built = datetime.fromtimestamp(Path(__file__).stat().st_mtime, UTC)
    if now < built:
        return ("clock", False, f"says {now:%Y-%m-%d %H:%M} UTC, before this program was installed")
    return ("clock", True, f"{now:%Y-%m-%d %H:%M} UTC")


def _proxy(environment: Mapping[str, str]) -> list[Finding]:
    found: list[Finding] = [
        (each.variable, False, f"{each.problem}; {RIGHT}")
        if each.problem
        else (each.variable, None, f"{each.place}; names are then resolved by the proxy")
        for each in described(environment)
    ]
    return found or [("proxy", None, "none; connections are made directly")]


def _certificates(environment: Mapping[str, str]) -> Finding:
    try:
        tls_context(environment)
    except AuditError as error:
        return ("certificates", False, str(error))
    named = next((each for each in (FILE, FOLDER) if environment.get(each)), "")
    return ("certificates", True, f"{named} {environment[named]}" if named else "the system's")


def _rendering(environment: Mapping[str, str]) -> Finding:
    """Which browser draws the pages that need one; none is no fault."""
    found = find_browser(environment)
    if found is not None:
        return ("browser", True, f"{found}; change it with {VARIABLE}")
    named = environment.get(VARIABLE)
    words = f"{VARIABLE} names {named}, which is not there" if named else "none found"
    return (
        "browser",
        None,
        f"{words}; install Chromium or Chrome to read pages that JavaScript draws",
    )


def _keys(environment: Mapping[str, str]) -> list[Finding]:
    """Which platforms' keys are set; a key is never shown, and none is no fault."""
    wanted = [(each.name, key) for each in platforms().values() for key in each.keys]
    found = [each for name, key in wanted if (each := _key(name, key, environment)) is not None]
    missing = {key.name for _, key in wanted if not any(environment.get(v) for v in key.variables)}
    if missing:
        said = ", ".join(sorted(missing))
        found.append(("keys not set", None, f"{said}; `audit rules` tells what each adds"))
    return found


def _key(platform: str, key: Key, environment: Mapping[str, str]) -> Finding | None:
    """Whether one key can be used; None where it is not set at all."""
    held = {name: environment.get(name, "") for name in key.variables}
    wrong = [name for name, value in held.items() if value and not usable(value)]
    unset = [name for name, value in held.items() if not value]
    if wrong:
        words = f"{' and '.join(wrong)} cannot be sent: spaces or letters beyond ASCII"
        return ("key", False, f"{words}; copy it again")
    if len(unset) == len(held):
        return None
    if unset:
        return ("key", False, f"{platform} needs {' and '.join(unset)} too")
    return ("key", True, f"{' and '.join(key.variables)}: {platform}")
