"""Audit the invented companies over real HTTP, twice with a quarter between."""

import os
import shlex
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap

from audit.commands.beginning import begin
from audit.commands.outputs import check_outputs, targets
from audit.commands.places import beside
from audit.commands.terminal import Terminal
from audit.commands.typed import Typed
from audit.commands.wish import Wish
from audit.demo.invented import companies
from audit.demo.profiles import by_hand
from audit.demo.serve import Web, serving
from audit.model.errors import AuditError
from scrapers.platforms import platforms

QUARTER = timedelta(days=91)
BY_DESIGN = {0, 1}
"""Two of the companies cannot be read, which is what the demo shows: 1 is no failure here."""

FORMATS = "xlsx,json"
MARK = "# The invented companies of `audit demo`; the next demo in this folder writes it anew.\n"
"""The first line of the demo's list, by which it is known from a person's."""

_LINE = 140
"""Characters of a line of the demo's list, so that what points at a page stands on one."""

NOWHERE = "http://127.0.0.1:9"
"""A proxy that nobody runs: port 9 is the one for discarding."""

_PROXIES = frozenset({"HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"})


def demonstrate(output: Path, *, quiet: bool, meanwhile: Callable[[], None] = lambda: None) -> int:
    """Serve the small web, audit it as it stood a quarter ago and as it stands today.

    The folder of `output` also gets the competitors.yaml that was used, and the history.
    `meanwhile` is called between the quarters, as a user may fill in a workbook then.

    Raises:
        AuditError: the folder cannot be made, or holds the history of real companies.
    """
    console = Terminal()
    today = datetime.now(UTC).date()
    folder = beside(output)
    file, history = folder / "competitors.yaml", folder / "audit-data"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _refuse_real(file, history)
    except OSError as error:
        raise AuditError(f"{folder}: cannot be used ({error.strerror})") from error
    check_outputs(targets(file, output, FORMATS), [file], history)
    # Behind `_refuse_real`, which alone tells a history of the demo's from a person's.
    shutil.rmtree(history, ignore_errors=True)
    with sealed(), serving(companies(), today) as web:
        for day in (today - QUARTER, today):
            _say(console, f"The invented web as of {day:%d %B %Y}:", quiet)
            web.show(day)
            _write(file, web, day, today)
            before = _written_at(output)
            status = begin(_wish(file, output, day, quiet=quiet))
            if status not in BY_DESIGN or _written_at(output) == before:
                return status or 1
            if day != today:
                meanwhile()
    _say(console, "", quiet)
    _say(console, f"The workbook of the demo: {output}", quiet)
    _say(console, f"The list behind it: {file} (two companies are unreadable by design)", quiet)
    again = Typed(file=file).command("-o", str(output), name="report")
    _say(console, f"What you type on its sheet Fill in is shown by: {again}", quiet)
    return 0


def _written_at(file: Path) -> int:
    """Return when a file was written, in nanoseconds; 0 where there is none."""
    return file.stat().st_mtime_ns if file.exists() else 0


@contextmanager
def sealed() -> Iterator[None]:
    """Let nothing leave this machine: no keys, and a proxy that does not exist but for loopback."""
    before = dict(os.environ)
    keys = {
        variable
        for platform in platforms().values()
        for key in platform.keys
        for variable in key.variables
    }
    for name in before:
        if name.upper() in _PROXIES or name in keys:
            del os.environ[name]
    os.environ |= {"http_proxy": NOWHERE, "https_proxy": NOWHERE, "no_proxy": "127.0.0.1"}
    try:
        yield
    finally:
        os.environ.clear()
        os.environ |= before


def _refuse_real(file: Path, history: Path) -> None:
    """Refuse a folder with a list or a history that no demo wrote: both would be lost."""
    if file.exists() or history.exists():
        first = file.read_bytes()[: len(MARK)] if file.is_file() else b""
        if first != MARK.encode():
            raise AuditError(
                f"{file.parent}: holds a list or a history of yours, and the demo writes its own; "
                "name another folder with -o"
            )


def _write(file: Path, web: Web, day: date, today: date) -> None:
    """Write the list of companies as a user would, with the servers that stand in for platforms."""
    settings = {
        "delay_seconds": 0,
        "contact": "https://example.com/about-our-audit",
        "base_urls": web.base_urls(),
    }
    rows = [_row(name, address, day, today) for name, address in web.addresses().items()]
    with file.open("w", encoding="utf-8") as out:
        out.write(MARK)
        yaml = YAML()
        yaml.width = _LINE
        yaml.dump({"settings": settings, "companies": rows}, out)


def _row(name: str, address: str, day: date, today: date) -> dict[str, object]:
    """Give a company as it stands in the file, with what a person has read until that day."""
    own = {company.name for company in companies() if company.own}
    dated = [(figure, today - timedelta(figure.days_ago)) for figure in by_hand().get(name, ())]
    figures = [
        {"measure": figure.measure, "value": figure.value, "on": f"{on}", "by": "A. Example"}
        for figure, on in dated
        if on <= day
    ]
    return {
        "name": name,
        "website": address,
        **({"own": True} if name in own else {}),
        **({"manual": figures} if figures else {}),
        **_pointed(name),
    }


def _pointed(name: str) -> dict[str, object]:
    """Give what a person points at on a company's site, one entry a line as a person writes it."""
    lists: dict[str, object] = {}
    for company in companies():
        for key, entries in company.pointed.items() if company.name == name else ():
            rows = [CommentedMap(entry) for entry in entries]
            for row in rows:
                row.fa.set_flow_style()
            lists[key] = rows
    return lists


def _wish(file: Path, output: Path, day: date, *, quiet: bool) -> Wish:
    """Say what a user would ask for to audit the web as it stood on a day."""
    return Wish(
        file=file,
        output=output,
        formats=FORMATS,
        data_dir=None,
        only=(),
        resume=False,
        as_of=day,
        allow_private_hosts=True,
        quiet=quiet,
        verbose=False,
        go_on=shlex.join(["audit", "demo", "-o", str(output)]),
    )


def _say(console: Terminal, line: str, quiet: bool) -> None:
    """Print a line, or nothing where only faults are to be told."""
    if not quiet:
        console.say(line)
