"""How a column writes numbers and days is decided by all its cells."""

from datetime import date, datetime

import pytest

from audit.tables.notation import (
    DateOrder,
    Notation,
    average_of,
    count_of,
    day_of,
    notation_of,
    span_in,
)
from audit.tables.rows import Cell
from audit.typed_values import TypedRead

TODAY = date(2026, 11, 29)


def counts(*cells: Cell) -> list[object]:
    """Each cell as the count that it is in the column of all of them; None for a refused one."""
    mark = notation_of(cells, ()).mark
    read = [count_of(cell, mark) for cell in cells]
    return [each.value if isinstance(each, TypedRead) else None for each in read]


def days(*cells: Cell) -> list[object]:
    """Each cell as the day that it is in the column of all of them; None for a refused one."""
    order = notation_of((), cells).order
    read = [day_of(cell, order, TODAY) for cell in cells]
    return [f"{each}" if isinstance(each, date) else None for each in read]


@pytest.mark.parametrize(
    ("cells", "read"),
    [
        (("12.400", "1.234", "7"), [12400, 1234, 7]),
        (("12,400", "1,234,567"), [12400, 1234567]),
        (("12 400", "1\u202f234", "1'234"), [12400, 1234, 1234]),
        (("12,34,567",), [1234567]),
        (("1.234,0", "1.234"), [1234, 1234]),
        (("1,234.0", "1,234"), [1234, 1234]),
        # Programs write whole numbers with decimals: then the point is the decimal mark.
        (("1234.0", "9.000"), [1234, 9]),
        (("12,4k", "1.2M", "1,5 Mio", "1.2万"), [12400, 1200000, 1500000, 12000]),
        (("１２３", "12.400 Follower"), [123, 12400]),
        ((12400, 12.0), [12400, 12]),
        (("0", 0), [0, 0]),
    ],
)
def test_a_number_is_read_as_its_column_writes_them(cells: tuple[Cell, ...], read: object) -> None:
    assert counts(*cells) == read


@pytest.mark.parametrize(
    "cell", ["-5", "(5)", "lots", "12 %", "1.2.3", "10-20", "1,5", True, -1, 12.5, float("nan")]
)
def test_what_counts_nothing_is_refused_in_words(cell: Cell) -> None:
    assert isinstance(count_of(cell, ""), str)


@pytest.mark.parametrize("cell", ["", "-", "?", "n/a", "NaN", "#N/A", "null"])
def test_a_cell_in_which_nothing_is_told_is_no_zero(cell: str) -> None:
    assert count_of(cell, "") is None


def test_an_average_may_have_decimals_of_either_kind() -> None:
    for cell, mark in (("22,5", ""), ("22.5", ""), (22.5, ""), ("22,500", ",")):
        assert average_of(cell, mark) == 22.5
    assert average_of("1.234", ",") == 1234
    assert isinstance(average_of("-2,5", ""), str)


@pytest.mark.parametrize(
    ("cells", "read"),
    [
        (("3.4.2026", "03.04.26"), ["2026-04-03", "2026-04-03"]),
        (("03/04/2026", "13/04/2026"), ["2026-04-03", "2026-04-13"]),
        (("03/04/2026", "04/13/2026"), ["2026-03-04", "2026-04-13"]),
        (("05/05/2026",), ["2026-05-05"]),
        (("26-10-03", "26-10-25", "26.10.25"), [None, None, "2025-10-26"]),
        (("29.10.", "1.12."), ["2026-10-29", "2025-12-01"]),
        (("2026-10", "10/2026", "October 2026"), ["2026-10-31"] * 3),
        (("2026-W44", "2026 KW 44"), ["2026-11-01"] * 2),
        (("29. Okt. 2026", "2026年10月29日", "Oct 29, 2026"), ["2026-10-29"] * 3),
        (("2026-10-29T23:30:00Z", "29.10.2026 14:30"), ["2026-10-29"] * 2),
        (("46324", 46324, datetime(2026, 10, 29, 9)), ["2026-10-29"] * 3),  # noqa: DTZ001 - a cell
        (("31/02/2026", "1999-01-01", "2026-12-01", "soon"), [None] * 4),
    ],
)
def test_a_day_is_read_as_its_column_writes_them(cells: tuple[Cell, ...], read: object) -> None:
    assert days(*cells) == read


def test_a_column_that_may_be_read_both_ways_is_in_doubt_until_somebody_says() -> None:
    cells = ("03/04/2026", "05/06/2026")
    assert notation_of((), cells) == Notation(order=None, doubtful="03/04/2026")
    assert notation_of((), cells, DateOrder.MONTH_FIRST).order is DateOrder.MONTH_FIRST
    both = ("13/04/2026", "04/13/2026", "03/04/2026")
    assert notation_of((), both).doubtful == "03/04/2026"
    assert isinstance(day_of("03/04/2026", None, TODAY), str)


def test_a_line_above_the_table_tells_its_span() -> None:
    assert span_in(["Report", "1.10.2026 – 31.10.2026"]) == (date(2026, 10, 31), 31)
    assert span_in(["Exported on 2 Nov 2026"]) == (date(2026, 11, 2), None)
    assert span_in(["1.10.2026 – 31.10.2026", "1.9.2026 – 30.9.2026"]) == (None, None)
    assert span_in(["03/04/2026"]) == (None, None)
    assert span_in([]) == (None, None)
