"""Two companies with known profiles, by which tables of tests are read."""

from datetime import date
from pathlib import Path

from audit.model.company import Company, Competitors, ConfiguredChannel
from audit.tables.figures import TableHints
from audit.tables.headings import Mapped
from audit.tables.names import KnownNames, known_names
from audit.tables.reading import TableRead, read_tables
from config.catalogue import load_platforms
from config.table_words import TableField

TODAY = date(2026, 11, 29)
LINKEDIN = "https://www.linkedin.com/company/acme-pumps"
COMPANIES = Competitors(
    path=Path("competitors.yaml"),
    companies=(
        Company(
            name="Acme Pumps",
            website="https://www.acmepumps.example/",
            own=True,
            channels=(ConfiguredChannel(platform="linkedin", url=LINKEDIN, place=""),),
        ),
        Company(name="Borealis", website="https://borealis.example/", aliases=("Borealis Valves",)),
    ),
)


def names() -> KnownNames:
    """The names of the two companies and of all platforms, before any run."""
    return known_names(COMPANIES, load_platforms(), {})


def read(file: Path, asked: TableHints = TableHints(), mapped: Mapped | None = None) -> TableRead:  # noqa: B008 - frozen
    """Read a table on a day that is always the same."""
    return read_sheets(file, asked, mapped)[0]


def read_sheets(
    file: Path,
    hints: TableHints = TableHints(),  # noqa: B008 - frozen
    mapped: Mapped | None = None,
) -> tuple[TableRead, ...]:
    """Read all sheets of one kind."""
    return read_tables(file, names(), hints, mapped or {}, TODAY, 365)


def table(folder: Path, text: str, encoding: str = "utf-8", name: str = "t.csv") -> Path:
    """A file with a table of this text."""
    file = folder / name
    file.write_bytes(text.encode(encoding))
    return file


def said(table_read: TableRead) -> dict[tuple[str, str, str], dict[str, object]]:
    """What a table tells, by company, platform and day, as plain values."""
    return {
        (profile.company, profile.platform, f"{on}"): {
            field.value: _plain(each.value, each.days, field) for field, each in figures.items()
        }
        for (profile, on), figures in table_read.by_period.figures.items()
    }


def _plain(value: float | date | str, days: int | None, field: TableField) -> object:
    if isinstance(value, float | int):
        return (int(value), days) if field is TableField.POSTS else int(value)
    return f"{value}"
