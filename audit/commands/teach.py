"""What `audit` alone says: what it is for, and what to type next in the folder one is in."""

from collections.abc import Iterator
from pathlib import Path

from audit import api
from audit.commands.places import kept_folder
from audit.commands.terminal import Terminal
from audit.commands.typed import Typed
from audit.model.errors import AuditError

_WHAT = (
    "social-audit compares your company's public channels with those of your competitors, and "
    "writes what it finds into one Excel workbook, with proof for every cell."
)
_SEE = "To see one first: audit demo (half a minute, eight invented companies, no network)."


def teach(file: Path) -> None:
    """Print what to type next; `file` is the list that would be taken."""
    console = Terminal()
    console.tell(_WHAT)
    for line in _next(file):
        console.say(line)
    console.say("", "All that can be typed: audit --help")


def _next(file: Path) -> Iterator[str]:
    """Say what comes next: a list, an audit of it, or a look at the last one."""
    if not file.is_file():
        yield f"In this folder there is no {file} yet. Begin with a list of companies:"
        yield ""
        yield "  audit init --website www.our-company.com --website www.a-competitor.com"
        yield ""
        yield f"It writes {file}, for you to look over. Then:"
        yield ""
        yield "  audit check                says whether the list is right; nothing is fetched"
        yield from _rows(file)
        yield ""
        yield _SEE
        return
    yield f"In this folder there is the list {file}{_last(file)}. What you can type:"
    yield ""
    yield "  audit check                says whether the list is right; nothing is fetched"
    yield from _rows(file)
    yield "  audit changes              tells what has changed since the audit before"
    yield "  audit schedule --install   has the audit made by itself, each quarter"


def _rows(file: Path) -> Iterator[str]:
    """Give the line of the audit itself."""
    words = f"visits the companies and writes {file.with_suffix('.xlsx')}; some minutes"
    yield f"  {Typed(file=file).command():<26} {words}"


def _last(file: Path) -> str:
    """Say up to which day the last audit looked; of a history that cannot be read nothing."""
    try:
        folder = kept_folder(file, None)
        days = [run.as_of for run in api.runs(folder) if run.finished_at and run.as_of]
    except AuditError:
        return ""
    return f", audited last on {days[-1]:%Y-%m-%d}" if days else ", not audited yet"
