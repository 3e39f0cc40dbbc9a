"""What stands for a company that has no value of a metric: nothing there, or why nobody knows."""

from audit.model.metric import Metric
from audit.model.result import CompanyResult
from audit.model.value import Absent, Known, Number, Reason, Unknown

_NOT_MEASURED = Unknown(reason=Reason.NOT_CHECKED, detail="not measured in this run")


def unmeasured(result: CompanyResult) -> Unknown:
    """Return why a company was not measured: its visit is incomplete, or nothing was asked."""
    note = next((note for note in result.notes if note.incomplete), None)
    if note is None:
        return _NOT_MEASURED
    return Unknown(reason=note.reason, detail=note.detail)


def absent_after_a_look(result: CompanyResult, count: Metric, detail: str) -> Number:
    """Return Absent with the proof of a count that is known where somebody could look.

    Where it is not known, as a site could not be read, the reason of the count stands; `detail`
    says what is not there: "no such channel was found".
    """
    values = (measure.value for measure in result.measures if measure.metric == count.id)
    match next(values, None):
        case Known(evidence=evidence):
            return Absent(evidence=evidence, detail=detail)
        case Unknown() as unknown:
            return unknown
        case _:
            return _NOT_MEASURED
