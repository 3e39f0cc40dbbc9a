"""Of the measures of a company, the share that could be read."""

from audit.measure.completeness import SUBJECT
from audit.model.value import Absent, Known, Number, Reason, Unknown
from tests.brief_example import PROOF, known

UNKNOWN = Unknown(reason=Reason.ROBOTS)


def completeness(*values: Number) -> Number:
    assert SUBJECT.of_values is not None
    given = SUBJECT.of_values({f"m{place}": value for place, value in enumerate(values)})
    return given["completeness"]


def test_what_is_absent_was_read_as_what_is_known_was() -> None:
    share = completeness(known(1), Absent(), UNKNOWN, UNKNOWN)
    assert share == Known(value=0.5, evidence=(PROOF,))


def test_where_nothing_could_be_read_it_is_a_zero_and_not_unknown() -> None:
    assert completeness(UNKNOWN, UNKNOWN) == Known(value=0.0, evidence=())
