"""The demo as somebody uses it who fills in what robots may not read, and saves two pages.

    python -m tests.filled_demo FOLDER

writes the demo's workbook there, with boxes typed and pages saved between both quarters.
"""

import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from audit.demo.show import demonstrate

LEFT_EMPTY = 2
"""So many rows, the last ones of the sheet, nobody fills in."""

SAVED = 2
"""So many, the first ones, a person saves in the browser in place of typing."""

_BOXES = ("Followers", "Posts, last 30 days", "Last post on", "Likes, last 5 posts",
          "Comments, last 5 posts", "What they write about", "Read on", "By whom")  # fmt: skip


def main() -> None:
    """Write the filled demo into the folder that is named."""
    folder = Path(sys.argv[1])
    sys.exit(filled_demo(folder / "demo.xlsx"))


def filled_demo(output: Path) -> int:
    """Run the demo, and be its user between the quarters; return the exit status."""
    return demonstrate(output, quiet=True, meanwhile=lambda: _be_a_user(output))


def _be_a_user(output: Path) -> None:
    """Save the pages of the first rows of sheet Fill in, and type into the boxes of the others."""
    day = datetime.now(UTC) - timedelta(days=9)
    with closing(load_workbook(output)) as book:
        sheet = book["Fill in"]
        rows = list(_rows(sheet))
        for number, row in enumerate(rows[:SAVED]):
            _save(output.parent / "saved", number, _link(sheet, row), day)
        for number, row in enumerate(rows[SAVED:-LEFT_EMPTY]):
            _type(sheet, row, number, day)
        book.save(output)


def _columns(sheet: Worksheet) -> dict[str, int]:
    """Return the columns of the sheet by their titles."""
    heads = next(row for row in sheet.iter_rows() if any(c.value == "Open this page" for c in row))
    return {str(cell.value): cell.column for cell in heads if cell.value is not None}


def _rows(sheet: Worksheet) -> Iterator[int]:
    """Yield the rows of profiles: those with a link; the example has none."""
    column = _columns(sheet)["Open this page"]
    for (cell,) in sheet.iter_rows(min_col=column, max_col=column):
        if cell.row is not None and cell.hyperlink is not None and cell.hyperlink.target:
            yield cell.row


def _link(sheet: Worksheet, row: int) -> str:
    """Return the address that a row leads to."""
    link = sheet.cell(row, _columns(sheet)["Open this page"]).hyperlink
    assert link is not None
    assert link.target is not None
    return link.target


def _type(sheet: Worksheet, row: int, number: int, day: datetime) -> None:
    """Type into the boxes of a row, as people do: with spaces, points and a k."""
    midnight = datetime(day.year, day.month, day.day)  # noqa: DTZ001 - a workbook has no zones
    followers = (f"{2 + number},4k", f" {3_120 + number} ", f"{1 + number}.250", 900 + number)
    typed = (
        followers[number % len(followers)],
        4 + number % 5,
        midnight - timedelta(days=1 + number),
        60 + number,
        5,
        "coffee, repairs",
        midnight,
        "A. Example",
    )
    columns = _columns(sheet)
    for title, value in zip(_BOXES, typed, strict=True):
        sheet.cell(row, columns[title]).value = value


def _save(folder: Path, number: int, url: str, day: datetime) -> None:
    """Save a page as SingleFile does: its address and day stand in the first comment."""
    folder.mkdir(exist_ok=True)
    posts = "".join(
        f"<article><p>News of the roastery</p><time datetime='{day - timedelta(days=each):%Y-%m-%d}'>"
        f"</time><span>{10 + each} likes</span></article>"
        for each in (2, 11, 20)
    )
    (folder / f"page-{number}.html").write_text(
        f"<!DOCTYPE html><html lang='en'><!--\n Page saved with SingleFile\n url: {url}\n"
        f" saved date: {day:%a %b %d %Y %H:%M:%S} GMT+0000\n--><head><title>Demo</title></head>"
        f"<body><main><h1>Demo</h1><p>{4_812 + number:,} followers</p>{posts}</main></body></html>",
        encoding="utf-8",
    )


if __name__ == "__main__":
    main()
