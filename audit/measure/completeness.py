"""How much of what could be known of a company is known."""

from audit.measure.subject import Subject, Values
from audit.model.metric import Metric, Phrase, Unit
from audit.model.value import Known, Unknown

COMPLETENESS = Metric(
    id="completeness",
    title="How much could be seen",
    theme="Coverage",
    unit=Unit.SHARE,
    # It says how well this program could see, and nothing of how well the company does.
    higher_is_better=None,
    definition="Of the measures that could have a value for the company, the share that has one.",
    phrase=Phrase(unit="of the measures", after=" could be seen"),
)


def _of_values(values: Values) -> Values:
    """Divide the values that are known or absent by all values there are for the company.

    An absence counts as read: it was looked for. The proof is that of the first value that has one.
    """
    read = [value for value in values.values() if not isinstance(value, Unknown)]
    evidence = next((value.evidence for value in read if value.evidence), ())
    return {COMPLETENESS.id: Known(value=len(read) / len(values), evidence=evidence)}


SUBJECT = Subject(name="completeness", order=90, metrics=(COMPLETENESS,), of_values=_of_values)
