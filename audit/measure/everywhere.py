"""How often and how lately a company publishes anywhere: its site and its channels as one."""

from collections.abc import Sequence

from audit.measure.altogether import longest_pause
from audit.measure.outlets import outlets, without_mirrors
from audit.measure.subject import Brief, Subject, Values
from audit.model.bounds import bound_of_sum, manual_mark, marks_of
from audit.model.kinds import SECTIONS
from audit.model.metric import Bound, Metric, Phrase, Unit
from audit.model.value import PROOFS, Absent, Evidence, Known, Number, Unknown

RATE = Metric(
    id="all.posts_per_week",
    title="Posts a week, all together",
    theme="Activity",
    unit=Unit.RATE,
    higher_is_better=True,
    definition="Website and own profiles on social networks together, each post once; at least "
    "this where one of them could not be seen, about this where one shows only a part of its list.",
    phrase=Phrase(unit="posts a week", after=" on website and networks together"),
)
RECENCY = Metric(
    id="all.recency_days",
    title="Days since the last post anywhere",
    theme="Activity",
    unit=Unit.DAYS,
    higher_is_better=False,
    definition="Days from the newest post on the website or an own profile to the end of the "
    "period; at most this where one of them could not be seen.",
    phrase=Phrase(before="last post anywhere ", unit="days ago", one="day ago"),
    bound=Bound.MOST,
)
PAUSE = Metric(
    id="all.longest_gap_days",
    title="Longest pause anywhere, days",
    theme="Activity",
    unit=Unit.DAYS,
    higher_is_better=False,
    definition="Longest time between two posts that follow each other, on the website or an own "
    "profile; a pause that still goes on counts up to today. At most this where one of them could "
    "not be seen, about this where only a part of the list of one is public.",
    phrase=Phrase(before="a pause of ", unit="days", one="day", after=" on site and channels"),
    of_period=True,
    bound=Bound.MOST,
)
SITE_RECENCY = Metric(
    id="site.recency_days",
    title="Days since the last post, website",
    theme="Activity",
    unit=Unit.DAYS,
    higher_is_better=False,
    definition="Days from the newest post in blog, news, podcast or release notes to the end of "
    "the period; at most this where one of them could not be seen.",
    phrase=Phrase(before="last post on the website ", unit="days ago", one="day ago"),
    bound=Bound.MOST,
)


def _of_company(brief: Brief) -> Values:
    """Return the rate, the recency and the longest pause over all outlets.

    A section that had posts in the run before and has none now is one that could not be seen.
    """
    listed = without_mirrors(outlets(brief))
    lost = tuple(brief.lost.values())
    rates = [
        each.row if isinstance(each.row, Unknown) else each.row.posts_per_week for each in listed
    ]
    ages = [each.row if isinstance(each.row, Unknown) else each.row.recency_days for each in listed]
    on_site = [row.recency_days for row in brief.rows if row.channel in SECTIONS]
    return {
        RATE.id: _sum((*rates, *lost), brief.proof),
        RECENCY.id: _least((*ages, *lost), brief.proof),
        PAUSE.id: longest_pause(brief) or _none((*ages, *lost), brief.proof),
        SITE_RECENCY.id: _least((*on_site, *lost), brief.proof),
    }


def _sum(rates: Sequence[Number], proof: tuple[Evidence, ...]) -> Number:
    """Add up rates, with what each of them says of the whole."""
    known = [rate for rate in rates if isinstance(rate, Known)]
    if not known:
        return _none(rates, proof)
    evidence = tuple(each for rate in known for each in rate.evidence[:1])[:PROOFS]
    return Known(
        value=float(sum(rate.value for rate in known)),
        evidence=evidence or proof,
        # That it is a part comes first, as cells have room for one mark.
        qualifiers=(*marks_of(bound_of_sum(rates)), *manual_mark(known)),
    )


def _least(ages: Sequence[Number], proof: tuple[Evidence, ...]) -> Number:
    """Return the fewest days; at most that where one is unknown, or may itself be fewer."""
    known = [age for age in ages if isinstance(age, Known)]
    if not known:
        return _none(ages, proof)
    newest = min(known, key=lambda age: age.value)
    marks = (*(marks_of(Bound.MOST) if _partly(ages) else ()), *manual_mark([newest]))
    return Known(value=newest.value, evidence=newest.evidence, qualifiers=marks)


def _none(values: Sequence[Number], proof: tuple[Evidence, ...]) -> Number:
    """Return why there is no figure: the first reason, or that nothing is published anywhere."""
    unknown = next((value for value in values if isinstance(value, Unknown)), None)
    words = "no posts" if values else "nothing found that has posts"
    return unknown or Absent(evidence=proof, detail=words)


def _partly(values: Sequence[Number]) -> bool:
    """Tell whether something may be missing: one of the values is unknown, or of a part."""
    return bound_of_sum(values) is not None


SUBJECT = Subject(
    name="everywhere",
    order=25,
    metrics=(RATE, RECENCY, PAUSE, SITE_RECENCY),
    of_company=_of_company,
)
"""After the rates of site and channels (20), which it adds up."""
