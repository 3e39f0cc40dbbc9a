"""Whose figure a row tells, by all that its cells and headings say of company and channel."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from audit.tables.headings import Header, Heading
from audit.tables.names import KnownNames, NamedProfile
from audit.tables.rows import Cell, TableRow
from config.table_words import TableField


class Lack(StrEnum):
    """Why nobody knows whose figure a row tells, or of which day."""

    COMPANY = "company"
    CHANNEL = "channel"
    CLASH = "clash"
    DAY = "day"


class Stranger(NamedTuple):
    """What a row names in place of a company or a channel that is known; "" for nothing."""

    lack: Lack
    text: str


class _Names(NamedTuple):
    """What the cells of a row say, as they are written."""

    companies: tuple[str, ...]
    addresses: tuple[str, ...]
    channel: str


@dataclass(frozen=True, slots=True)
class Default:
    """Whose figures those rows tell that do not say it themselves."""

    company: str = ""
    channel: str = ""


class Owners:
    """Tells whose figure a row tells; what was told once is remembered."""

    def __init__(self, header: Header, names: KnownNames, default: Default) -> None:
        """Take the columns that name companies, profiles and channels."""
        self._names, self._default = names, default
        self._companies = [c.index for c in header.of(TableField.COMPANY, TableField.PROFILE)]
        self._addresses = [c.index for c in header.of(TableField.ADDRESS)]
        self._channels = [c.index for c in header.of(TableField.CHANNEL)]
        self._known: dict[tuple[_Names, str, str], NamedProfile | Stranger] = {}

    def of(self, row: TableRow, heading: Heading) -> NamedProfile | Stranger:
        """Return whose figure stands in a row below a heading."""
        names = _Names(
            _texts(row.cells, self._companies),
            _texts(row.cells, self._addresses),
            next(iter(_texts(row.cells, self._channels)), ""),
        )
        key = (names, heading.company, heading.channel)
        if key not in self._known:
            self._known[key] = self._read(*key)
        return self._known[key]

    def _read(self, names: _Names, company: str, channel: str) -> NamedProfile | Stranger:
        """Return whose figure it is."""
        platform = channel or self._names.platform(names.channel)
        if names.channel and not platform:
            return Stranger(Lack.CHANNEL, names.channel)
        platform = platform or self._default.channel
        profiles_named = [
            self._names.profile(text, platform) for text in (*names.addresses, *names.companies)
        ]
        known = [each for each in profiles_named if each is not None]
        companies = {each.company for each in known if each.company} | ({company} - {""})
        if len(companies) > 1:
            return Stranger(Lack.CLASH, ", ".join((*names.companies, *names.addresses)))
        if not companies and (names.companies or _are_sites(names, known)):
            return Stranger(Lack.COMPANY, (*names.companies, *names.addresses)[0])
        whose = companies.pop() if companies else self._default.company
        profiles = [each for each in known if each.url or each.platform != platform]
        return self._joined(whose, platform, profiles)

    def _joined(
        self, company: str, platform: str, profiles: list[NamedProfile]
    ) -> NamedProfile | Stranger:
        """Return the profile of a company on a platform; its address where a cell gives it."""
        platforms = {each.platform for each in profiles if each.platform} | ({platform} - {""})
        if not company:
            return Stranger(Lack.COMPANY, "")
        if not platforms:
            return Stranger(Lack.CHANNEL, "")
        if len(platforms) > 1:
            return Stranger(Lack.CLASH, ", ".join(sorted(platforms)))
        url = next((each.url for each in profiles if each.url), "")
        return NamedProfile(company, platforms.pop(), url)


def _are_sites(names: _Names, profiles: list[NamedProfile]) -> bool:
    """Tell whether addresses name nobody that is known."""
    return bool(names.addresses) and not profiles


def _texts(cells: tuple[Cell, ...], indices: list[int]) -> tuple[str, ...]:
    """Return the texts in some cells that hold one."""
    cells_of_row = (cells[index] for index in indices if index < len(cells))
    return tuple(str(cell) for cell in cells_of_row if cell != "")
