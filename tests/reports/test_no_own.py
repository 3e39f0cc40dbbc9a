"""Where no company is our own there are no competitors and no "we": all are companies of the set."""

import re
from collections.abc import Iterator
from functools import cache

from reports.plain import plain_text
from reports.report import Report
from reports.sheets import sheets
from reports.sheets._base import Sheet
from reports.tables import Block, Table
from reports.telling import text_of
from tests.reports import workbook_example as example

_OURS = re.compile(r"competitors?\b(?!\.yaml)|\b(we|our|us)\b", re.IGNORECASE)
"""Words that speak of us, or of others as seen from us; the file is called competitors.yaml."""

_ABOUT_THE_FILE = frozenset({"Evidence", "Data"})


@cache
def report(*, own: bool) -> Report:
    shot = example.snapshot(own=own)
    return Report(shot, example.compared(shot))


def words(sheet: Sheet, of: Report) -> Iterator[str]:
    """All texts of a sheet: sentence, key, titles, cells, charts."""
    table = sheet.draw(of)
    yield from (table.title, text_of(table.finding), table.warning, table.strip, *table.key)
    yield from _of_block(table, of)
    for block in table.blocks:
        yield from _of_block(block, of)
    for chart in table.charts:
        yield from (chart.title, *chart.notes, *(each.legend for each in chart.series))


def _of_block(block: Table | Block, of: Report) -> Iterator[str]:
    yield block.title
    yield from (column.title for column in block.columns)
    for row in block.rows:
        for cell, column in zip(row.cells, block.columns, strict=True):
            yield plain_text(cell, column, of)


def test_without_an_own_company_nobody_is_a_competitor_and_nothing_ours() -> None:
    of = report(own=False)
    seen = [sheet for sheet in sheets() if sheet.name not in _ABOUT_THE_FILE and sheet.wanted(of)]
    assert len(seen) > 10
    ours = [(each.name, said) for each in seen for said in words(each, of) if _OURS.search(said)]
    assert ours == []


def test_with_one_the_words_are_there() -> None:
    of = report(own=True)
    told = " ".join(text for sheet in sheets() for text in words(sheet, of))
    assert "Competitor median" in told
    assert "Competitors write about" in told
