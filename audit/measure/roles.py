"""How many kinds of readers a company invites to take part: the roles of the ladder."""

from audit.measure.subject import Brief, Subject, Values
from audit.measure.technographics import ladder
from audit.model.bounds import marks_of
from audit.model.ladder import TAKING_PART
from audit.model.metric import Bound, Metric, Phrase, Unit
from audit.model.value import PROOFS, Evidence, Known, Number, Unknown

INVITED = Metric(
    id="roles.invited",
    title="Kinds of readers invited",
    theme="Presence",
    unit=Unit.COUNT,
    higher_is_better=True,
    definition=f"Of the {len(TAKING_PART)} roles of readers that take part (creators, "
    "conversationalists, critics, collectors, joiners, spectators), those that something on the "
    "website or an own profile invites; at least this where that could not be seen of one.",
    phrase=Phrase(unit="kinds of readers invited", one="kind of reader invited"),
    most=len(TAKING_PART),
)


def _of_company(brief: Brief) -> Values:
    """Count the roles that are invited; unknown where it is not known of any."""
    rungs = [rung for rung in ladder(brief) if rung.role in TAKING_PART]
    unseen = [rung.invited for rung in rungs if isinstance(rung.invited, Unknown)]
    known = [rung for rung in rungs if isinstance(rung.invited, Known)]
    if unseen and not known:
        return {INVITED.id: unseen[0]}
    invited = [rung for rung in known if isinstance(rung.invited, Known) and rung.invited.value]
    proof = tuple(each for rung in invited for each in _proof(rung.invited))[:PROOFS]
    marks = marks_of(Bound.LEAST if unseen else None)
    value = Known(value=len(invited), evidence=proof or brief.proof, qualifiers=marks)
    return {INVITED.id: value}


def _proof(value: Number) -> tuple[Evidence, ...]:
    """Return the first proof of a count."""
    return value.evidence[:1] if isinstance(value, Known) else ()


SUBJECT = Subject(name="roles", order=17, metrics=(INVITED,), of_company=_of_company)
