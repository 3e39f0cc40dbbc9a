"""All signs that hold stand behind a figure and a day, in one order on every sheet."""

from datetime import UTC, datetime

import pytest

from audit.model.metric import Unit
from audit.model.value import Known, Qualifier
from reports.formats.xlsx.look import number_format
from reports.signs import Sign, qualified, tail_of
from reports.tables import Cell, signs_of

MANUAL, PART, ABOUT = Qualifier.MANUAL, Qualifier.TRUNCATED, Qualifier.ESTIMATE


@pytest.mark.parametrize(
    ("qualifiers", "tail"),
    [
        ((), ""),
        ((MANUAL,), " (m)"),
        ((PART,), "†"),
        ((MANUAL, PART), "† (m)"),
        ((PART, ABOUT, MANUAL), "† (m)"),
        ((Qualifier.SAVED, PART), "† (s)"),
    ],
)
def test_a_figure_bears_all_its_signs(qualifiers: tuple[Qualifier, ...], tail: str) -> None:
    assert tail_of(qualified(Known(value=2, evidence=(), qualifiers=qualifiers))) == tail
    form = number_format(Unit.DAYS, qualifiers=qualifiers)
    assert form == (f'#,##0"{tail}"_0' if tail else "#,##0_†_0")


def test_a_day_bears_them_too_with_the_mark_of_its_cell() -> None:
    day = datetime(2026, 11, 27, tzinfo=UTC)
    told = Known(value=day, evidence=(), qualifiers=(MANUAL,))
    assert signs_of(Cell(told, mark=Sign.TRUNCATED)) == {Sign.TRUNCATED, Sign.MANUAL}
    assert signs_of(Cell(Known(value=day, evidence=()))) == set()
