"""What share each company has of the posts, and of what readers do with them, in the whole set."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from math import fsum

from audit.measure import metric_of
from audit.measure.presence import CHANNELS
from audit.measure.subject import Family, Subject, Together
from audit.measure.unmeasured import absent_after_a_look, unmeasured
from audit.measure.values import value_of
from audit.model.bounds import bound_of_sum, manual_mark, marks_of
from audit.model.engagement import EVERYWHERE, Engagement
from audit.model.metric import Bound, Metric, Phrase, Unit
from audit.model.result import CompanyResult, Measure
from audit.model.value import PROOFS, Absent, Known, Number, Reason, Unknown

_RATE = "posts_per_week"
_POSTS, _INTERACTIONS = "share_of_posts", "share_of_interactions"
_ALL, _SITE, _CHANNEL = "all", "site", "channel."
"""What a share is of: everything together, the own site, or one platform (`channel.youtube`)."""

_TITLES = {_POSTS: "Share of posts", _INTERACTIONS: "Share of interactions"}
_UNITS = {_POSTS: "of all posts", _INTERACTIONS: "of all interactions"}
_OF = {
    _POSTS: "Posts a week ÷ those of all companies together",
    _INTERACTIONS: "Interactions a week (posts a week × interactions a post) ÷ those of all "
    "companies together",
}
_WHOLES = {_ALL: "all together", _SITE: "website"}
_WHERE = {_ALL: (_POSTS, _INTERACTIONS), _SITE: (_POSTS,)}
"""Which shares there are beside those of each platform."""

_ABOUT = marks_of(Bound.ESTIMATE)
"""What a part makes of a share: more of one company is less of all others."""

_NO_RATE = Unknown(reason=Reason.NOT_CHECKED, detail="posts a week are not known")

Figures = Sequence[Number]
"""A figure of each company, in their order."""


def _metric(name: str) -> Metric | None:
    """Define the metric of a share by its id; None for any other id."""
    of, _, field = name.rpartition(".")
    platform = of.removeprefix(_CHANNEL) if of.startswith(_CHANNEL) else ""
    if field not in _TITLES or not (platform or field in _WHERE.get(of, ())):
        return None
    title = _TITLES[field]
    return Metric(
        id=name,
        # The reports put the platform's own title in place of its name, up to the comma.
        title=f"{platform}, {title.lower()}" if platform else f"{title}, {_WHOLES[of]}",
        theme="Share of voice",
        unit=Unit.SHARE,
        # The order of the shares is that of the figures they are made of, which are ranked.
        higher_is_better=None,
        definition=f"{_OF[field]}; of the companies for which that is known, if those are more "
        "than half of all.",
        phrase=Phrase(unit=_UNITS[field]),
        bound=Bound.ESTIMATE,
    )


def with_shares(results: Sequence[CompanyResult], together: Together) -> tuple[CompanyResult, ...]:
    """Add to each result its shares: over all outlets, of the own site, on each platform."""
    del together
    given: list[dict[str, Number]] = [{} for _ in results]
    for of in (_ALL, _SITE, *_platforms(results)):
        for field, figures in _figures(of, results):
            for at, share in enumerate(shares(figures)):
                given[at][f"{of}.{field}"] = share
    return tuple(_with(result, values) for result, values in zip(results, given, strict=True))


def shares(figures: Figures) -> tuple[Number, ...]:
    """Return the share of each figure in the sum of those that are known.

    What is absent has no share and leaves those of the others as they are; what is unknown keeps
    its reason. All others are unknown where half of all are, where fewer than two are known, and
    where their sum is nothing.
    """
    known = [value for value in figures if isinstance(value, Known)]
    lack = _lack(figures, known)
    if lack is not None:
        return tuple(lack if isinstance(value, Known) else value for value in figures)
    # Exactly, as companies come in the order in which their visits end.
    total = fsum(value.value for value in known)
    exact = all(value.exact for value in known)
    marks = _ABOUT if bound_of_sum(known) is not None else ()
    return tuple(
        Known(
            value=value.value / total,
            evidence=value.evidence,
            exact=exact,
            qualifiers=(*marks, *manual_mark([value])),
        )
        if isinstance(value, Known)
        else value
        for value in figures
    )


def _lack(figures: Figures, known: Sequence[Known[int] | Known[float]]) -> Unknown | None:
    """Return why no shares can be told; None where they can."""
    unread = sum(isinstance(value, Unknown) for value in figures)
    if len(known) < 2 or unread * 2 >= len(figures):
        return Unknown(reason=Reason.TOO_LITTLE_DATA, detail="known of too few companies")
    if sum(value.value for value in known) <= 0:
        return Unknown(reason=Reason.TOO_LITTLE_DATA, detail="there is nothing to have a share of")
    return None


def _platforms(results: Sequence[CompanyResult]) -> list[str]:
    """Return `channel.PLATFORM` for each platform on which the posts of two companies are known."""
    known: dict[str, int] = {}
    for result in results:
        for measure in result.measures:
            of, _, field = measure.metric.rpartition(".")
            if field == _RATE and of.startswith(_CHANNEL) and isinstance(measure.value, Known):
                known[of] = known.get(of, 0) + 1
    return sorted(of for of, count in known.items() if count > 1)


def _figures(of: str, results: Sequence[CompanyResult]) -> Iterator[tuple[str, Figures]]:
    """Give posts a week of each company, and interactions a week where platforms show them."""
    rates = [_rate(of, result) for result in results]
    yield _POSTS, rates
    if of == _ALL:
        yield _INTERACTIONS, [_of_all_channels(result) for result in results]
    elif of != _SITE:
        platform = of.removeprefix(_CHANNEL)
        pairs = zip(results, rates, strict=True)
        yield _INTERACTIONS, [_on(platform, result, rate) for result, rate in pairs]


def _rate(of: str, result: CompanyResult) -> Number:
    """Return the posts a week of a company: over all outlets, of its site, on a platform."""
    metric = metric_of(f"{of}.{_RATE}")
    return value_of(result, metric) if metric is not None else unmeasured(result)


def _of_all_channels(result: CompanyResult) -> Number:
    """Return the interactions a week over all channels of a company that show them."""
    rows = [row for row in result.engagement if row.channel != EVERYWHERE]
    if not rows:
        return absent_after_a_look(result, CHANNELS, "no public channel found")
    rates = {row.url: row.posts_per_week for row in result.cadence}
    each = [_times(rates.get(row.url, _NO_RATE), row) for row in rows]
    known = [value for value in each if isinstance(value, Known)]
    if not known:
        return next(value for value in each if isinstance(value, Unknown))
    return Known(
        value=float(sum(value.value for value in known)),
        evidence=tuple(proof for value in known for proof in value.evidence)[:PROOFS],
        exact=all(value.exact for value in known),
        qualifiers=(*marks_of(bound_of_sum(each)), *manual_mark(known)),
    )


def _on(platform: str, result: CompanyResult, rate: Number) -> Number:
    """Return the interactions a week on one platform: those of the main profile, as its rate is."""
    if not isinstance(rate, Known):
        return rate
    row = next((each for each in result.engagement if each.channel == platform), None)
    return _times(rate, row) if row is not None else unmeasured(result)


def _times(rate: Number, row: Engagement) -> Known[float] | Unknown:
    """Return posts a week × interactions a post; the reason where one of them is not known."""
    match rate, row.mean:
        case Absent(evidence=evidence), _:
            return Known(value=0.0, evidence=evidence)
        # Why a profile was not read stands with its interactions; it has no cadence then.
        case (_, Unknown() as reason) | (Unknown() as reason, _):
            return reason
        case Known() as posts, Known() as mean:
            return Known(
                value=float(posts.value * mean.value),
                evidence=mean.evidence,
                exact=posts.exact and mean.exact,
                qualifiers=(
                    *(_ABOUT if bound_of_sum((posts, mean)) is not None else ()),
                    *manual_mark((posts, mean)),
                ),
            )
        case _:
            return _NO_RATE


def _with(result: CompanyResult, values: Mapping[str, Number]) -> CompanyResult:
    """Return a result with its shares; those of an earlier measuring go.

    A company of which nothing was measured stays as it is: its visit failed, and a result that is
    saved would not be visited again by --resume.
    """
    if not result.measures:
        return result
    kept = tuple(each for each in result.measures if _metric(each.metric) is None)
    made = tuple(Measure(metric=name, value=value) for name, value in values.items())
    return replace(result, measures=(*kept, *made))


def _in_results(results: Sequence[CompanyResult]) -> Sequence[Metric]:
    """List the shares that are known of some company; those of everything first."""
    known = dict.fromkeys(
        each.metric
        for result in results
        for each in result.measures
        if isinstance(each.value, Known)
    )
    return [metric for name in known if (metric := _metric(name)) is not None]


def _missing(result: CompanyResult, metric: Metric) -> Number:
    """Return why a company has no share, where all others have been measured."""
    del metric
    return unmeasured(result)


SUBJECT = Subject(
    name="shares",
    order=46,
    family=Family(
        of=_metric,
        in_results=_in_results,
        missing=_missing,
        ids=tuple(f"{of}.{field}" for of, fields in _WHERE.items() for field in fields),
    ),
    of_all=with_shares,
    from_pages=False,
)
