"""What every section is drawn on: the report, its sheets drawn once, and what can be filtered."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from reports.report import Report
from reports.sheets import sheets
from reports.tables import Row, Table, Target, ToProof, ToWeb


class _Kept(Iterable[Row]):
    """The rows of a sheet, made when they are first asked for and kept for the next time.

    Of some sheets the page tells the finding alone; those of all posts cost more than all else.
    """

    def __init__(self, rows: Iterable[Row]) -> None:
        """Take rows that may be gone through once only."""
        self._rows, self._made = rows, False

    def __iter__(self) -> Iterator[Row]:
        """Give the rows, as often as wanted."""
        if not self._made:
            self._rows, self._made = list(self._rows), True
        return iter(self._rows)


@dataclass(frozen=True)
class Paper:
    """A report on its way to the page; what is looked up again and again is looked up once."""

    report: Report

    def sheet(self, name: str) -> Table | None:
        """Return a sheet of the workbook as values; None where it has nothing to show."""
        if name not in self._sheets:
            sheet = next((each for each in sheets() if each.name == name), None)
            wanted = sheet is not None and sheet.wanted(self.report)
            table = sheet.draw(self.report) if sheet is not None and wanted else None
            self._sheets[name] = replace(table, rows=_Kept(table.rows)) if table else None
        return self._sheets[name]

    @cached_property
    def _sheets(self) -> dict[str, Table | None]:
        """Keep what was drawn."""
        return {}

    @cached_property
    def companies(self) -> Mapping[str, int]:
        """Return the companies with their numbers in the filter."""
        return {name: at for at, name in enumerate(self.report.companies)}

    @cached_property
    def channels(self) -> Mapping[str, int]:
        """Return the channels that have posts, as readers know them, with their numbers."""
        names = self.report.names
        results = self.report.results
        found = {names.channel(post.channel) for result in results for post in result.posts}
        found |= {names.channel(row.channel) for result in results for row in result.cadence}
        return {name: at for at, name in enumerate(sorted(found, key=str.casefold))}

    @cached_property
    def topics(self) -> Mapping[str, int]:
        """Return the topics that are compared, in the order of their sheet, with their numbers."""
        return {gap.topic.name: at for at, gap in enumerate(self.report.topic_gaps)}

    @cached_property
    def _pages(self) -> Mapping[str, str]:
        """Return the address that each piece of evidence was read at, by its number."""
        return {row.id: row.evidence.url for row in self.report.evidence.rows()}

    def address(self, target: Target | None) -> str:
        """Return the web address that a cell leads to: of a proof the page on which it was seen."""
        match target:
            case ToWeb(url=url):
                return url
            case ToProof(id=number):
                return self._pages.get(number, "")
            case _:
                return ""
