"""How many kinds of readers a company invites."""

from audit.measure.roles import INVITED, SUBJECT
from audit.measure.technographics import ladder
from audit.model.bounds import bound_of
from audit.model.ladder import TAKING_PART
from audit.model.metric import Bound
from audit.model.site import Feature, State
from audit.model.value import Known, Number, Unknown
from tests.audit.measure.test_technographics import feature, with_rules
from tests.brief_example import PROOF, brief, figure


def invited(*features: Feature) -> Number:
    """How many kinds of readers these features invite."""
    assert SUBJECT.of_company is not None
    return SUBJECT.of_company(with_rules(brief(features=features)))[INVITED.id]


def test_each_role_counts_once_and_inactives_never() -> None:
    found = invited(feature("forum"), feature("reviews"))
    rungs = ladder(with_rules(brief(features=(feature("forum"), feature("reviews")))))
    roles = [each.role for each in rungs if each.ways and each.role in TAKING_PART]
    assert figure(found) == len(roles) > 2


def test_a_site_that_invites_nobody_is_a_zero_with_the_proof_of_the_look() -> None:
    assert invited() == Known(value=0, evidence=(PROOF,))


def test_beside_what_could_not_be_seen_it_is_at_least_this() -> None:
    # What could not be looked for would invite creators, among others.
    found = invited(feature("forum"), feature("wiki", State.UNKNOWN))
    assert figure(found) == 3
    assert bound_of(found, INVITED) is Bound.LEAST


def test_where_nothing_could_be_seen_the_reason_stands() -> None:
    names = {
        line.name for rule in with_rules(brief()).context.catalogue.ladder for line in rule.invites
    }
    found = invited(*(feature(name, State.UNKNOWN) for name in sorted(names)))
    assert isinstance(found, Unknown)
