"""What the sheets of one workbook share: the report, and where its proofs stand."""

from datetime import datetime
from zoneinfo import ZoneInfo

from reports.formats.xlsx.grid import FIRST_ROW, MOST_ROWS
from reports.formats.xlsx.links import target_of
from reports.report import Report
from reports.tables import Target, ToProof, ToSheet, ToWeb

SUMMARY, EVIDENCE = "Summary", "Evidence"
"""The sheets that every other leads to."""


_MOST_CHANGES = 90


class Book:
    """A workbook in the making: its report, and where every proof stands on sheet Evidence."""

    def __init__(self, report: Report) -> None:
        """Take what all sheets ask for again and again."""
        self.report = report
        self.zone: ZoneInfo = report.zone
        self.since: datetime = report.since
        self.until: datetime = report.snapshot.run.as_of
        self._changes: set[str] = set()

    def with_change(self, form: str, words: str) -> str:
        """Return a number format that shows a change before the figure, in words or by its sign.

        Before it, so that digits stay below digits.
        Excel keeps some two hundred formats of a workbook: beyond `_MOST_CHANGES` of them only the
        sign is shown, and the amount is left to the note of the cell.
        """
        sign = f'"{words[:1]}  "{form}'
        whole = f'"({words})  "{form}' if len(words) > 1 else sign
        if whole not in self._changes and len(self._changes) >= _MOST_CHANGES:
            return sign
        self._changes.add(whole)
        return whole

    def name_width(self, usual: float) -> float:
        """Return the width of a column of companies: a little more where names are long."""
        longest = max((len(name) for name in self.report.companies), default=0)
        return min(usual + 4, max(usual, longest))

    def link(self, target: Target | None) -> str:
        """Return the link to a target: `#Sheet!A1` inside the workbook, an address, or ""."""
        match target:
            case ToProof(id=number):
                # Proofs are numbered from e1 on, and stand on their sheet in that order.
                at = FIRST_ROW - 1 + int(number[1:])
                return f"#{EVIDENCE}!A{at}" if at < MOST_ROWS else ""
            case ToSheet(name=name):
                return f"#{name}!A1"
            case ToWeb(url=url):
                return target_of(url)
            case None:
                return ""
