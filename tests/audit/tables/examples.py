"""Two companies with known profiles, by which tables of tests are read."""

from datetime import date
from pathlib import Path

from audit.model.company import Company, Competitors, ConfiguredChannel
from audit.tables.headings import Mapped
from audit.tables.names import Names, names_of
from audit.tables.reading import TableRead, read_table
from audit.tables.told import Asked
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


def names() -> Names:
    """The names of the two companies and of all platforms, before any run."""
    return names_of(COMPANIES, load_platforms(), {})


def read(file: Path, asked: Asked = Asked(), mapped: Mapped | None = None) -> TableRead:  # noqa: B008 - frozen
    """Read a table on a day that is always the same."""
    return read_table(file, names(), asked, mapped or {}, TODAY, 365)


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
        for (profile, on), figures in table_read.settled.figures.items()
    }


def _plain(value: float | date | str, days: int | None, field: TableField) -> object:
    if isinstance(value, float | int):
        return (int(value), days) if field is TableField.POSTS else int(value)
    return f"{value}"
