"""Audit the invented companies over real HTTP, twice with a quarter between."""

import shutil
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from rich.console import Console
from ruamel.yaml import YAML

from audit.commands.run import Wish, execute
from audit.demo.invented import companies
from audit.demo.serve import serving
from audit.model.errors import AuditError
from reports.save import check_output

QUARTER = timedelta(days=91)
BY_DESIGN = {0, 1}
"""Two of the companies cannot be read, which is what the demo shows: 1 is no failure here."""


def demonstrate(output: Path, *, quiet: bool) -> int:
    """Serve the small web, audit it as it stood a quarter ago and as it stands today.

    The folder of `output` also gets the competitors.yaml that was used, and the history.

    Raises:
        AuditError: the folder cannot be made.
    """
    console = Console()
    today = datetime.now(UTC).date()
    folder = output.resolve().parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise AuditError(f"{folder}: cannot be made ({error.strerror})") from error
    check_output(output)
    shutil.rmtree(folder / "audit-data", ignore_errors=True)
    file = folder / "competitors.yaml"
    with serving(companies(), today) as web:
        _write(file, web.addresses())
        for day in (today - QUARTER, today):
            _say(console, f"The invented web as of {day:%d %B %Y}:", quiet)
            web.show(day)
            status = execute(_wish(file, output, day, quiet=quiet))
            if status not in BY_DESIGN:
                return status
    _say(console, "", quiet)
    _say(console, f"The workbook of the demo: {output}", quiet)
    _say(console, f"The list behind it: {file} (two companies are unreadable by design)", quiet)
    return 0


def _write(file: Path, addresses: dict[str, str]) -> None:
    """Write the list of companies as a user would."""
    own = {company.name for company in companies() if company.own}
    listed = [
        {"name": name, "website": address, **({"own": True} if name in own else {})}
        for name, address in addresses.items()
    ]
    settings = {"delay_seconds": 0, "contact": "https://example.com/about-our-audit"}
    with file.open("w", encoding="utf-8") as out:
        YAML().dump({"settings": settings, "companies": listed}, out)


def _wish(file: Path, output: Path, day: date, *, quiet: bool) -> Wish:
    return Wish(
        file=file,
        output=output,
        formats="xlsx,json",
        data_dir=None,
        only=(),
        resume=False,
        as_of=day,
        allow_private_hosts=True,
        quiet=quiet,
        verbose=False,
    )


def _say(console: Console, line: str, quiet: bool) -> None:
    if not quiet:
        console.print(line, markup=False, highlight=False, soft_wrap=True)
