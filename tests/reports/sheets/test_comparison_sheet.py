"""The sheet Comparison: what its sentence says of a first place that others have, or may have."""

import pytest

from audit.model.value import Number
from reports.sheets.comparison import SHEET
from reports.telling import text_of
from tests.reports.advice_example import part, rated, report_on


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ((6, 6, 4, 4), "we lead in none, share the first place in 1 and"),
        ((6, part(6.0), 4, 4), "we lead in none, share the first place in 1 and"),
        ((6, part(5.0), part(5.0), 4), "we lead in none, may share the first place in 1 and"),
        ((6, 5, 4, 4), "we lead in 1 and"),
    ],
    ids=["a tie", "a tie at the top of the scale", "others may have it, too", "ours alone"],
)
def test_a_first_place_is_shared_with_those_who_are_known_to_have_it(
    values: tuple[Number | float, ...], told: str
) -> None:
    report = report_on(*rated("roles.invited", *values))
    assert told in text_of(SHEET.draw(report).finding)
