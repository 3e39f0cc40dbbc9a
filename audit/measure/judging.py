"""What one post is for: a linear model over its evidence, in the light of the posts beside it."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from audit.measure.cues import Reader, Strengths
from audit.measure.wording import telling_word, wording_of
from audit.model.purpose import (
    DECIDED,
    IN_TEXT,
    LinearModel,
    PostPurpose,
    Purpose,
    PurposeRules,
)
from audit.model.site import Post

Chances = Mapping[Purpose, float]
"""The probability of each purpose; they add up to 1."""

USUAL_POSTS = 5
"""The posts that what is usual elsewhere counts for, against the posts of the same section."""

ROUNDS = 3
"""How often the posts beside one are weighed anew, each time in the light of those beside them."""

_BESIDE = "the other posts here"
_WORDING = "its wording"
_CUES_SHOWN = 3


def purpose_of(post: Post, rules: PurposeRules) -> PostPurpose:
    """Return what a post is for, of which no other posts are known (see `purposes_of`)."""
    return purposes_of((post,), rules)[0]


def purposes_of(posts: Sequence[Post], rules: PurposeRules) -> tuple[PostPurpose, ...]:
    """Return what the posts of one section or profile are for, with confidence and three cues.

    One is unclear where the likeliest purpose is less likely than the threshold of the model, or
    where nothing in the post speaks for it: then only how common it is elsewhere would decide.
    Forms without a weight in the rules, such as a short title, are no evidence by themselves.
    """
    read = [reader_of(rules).evidence(post) for post in posts]
    worded = [wording_of(post, rules.wording) for post in posts]
    alone = [
        probabilities(evidence, rules.model, wording, rules.wording.part)
        for (evidence, _), wording in zip(read, worded, strict=True)
    ]
    beside = common_beside(alone, rules.model.usual)
    return tuple(
        _decided(_Case(post, evidence, phrases, wording, own, here), rules)
        for post, (evidence, phrases), wording, own, here in zip(
            posts, read, worded, alone, beside, strict=True
        )
    )


@dataclass(frozen=True, slots=True)
class _Case:
    """A post before its decision: its evidence with the phrases met, its chances by that alone.

    `wording` are the log odds that its letters give each purpose, `here` is how common the purposes
    are among the posts beside it.
    """

    post: Post
    evidence: Strengths
    phrases: Mapping[str, str]
    wording: Chances
    own: Chances
    here: Chances


def _decided(case: _Case, rules: PurposeRules) -> PostPurpose:
    """Decide what one post is for."""
    usual = rules.model.usual
    chances = adjusted(case.own, case.here, usual)
    best = max(DECIDED, key=lambda purpose: chances[purpose])
    silent = {form for form, weights in rules.forms.items() if not weights}
    gains = _gains(best, case.evidence, rules.model)
    # The stronger of two that have the same words, in title and text, comes last and stays.
    rising = sorted(gains.items(), key=lambda pair: pair[1])
    cues = {_words(name, case.phrases): gain for name, gain in rising if name not in silent}
    mean = sum(case.wording.values()) / len(DECIDED)
    lead = rules.wording.part * (case.wording[best] - mean)
    if lead > 0 and (word := telling_word(case.post, rules.wording, best)):
        cues[f'{_WORDING}: "{word}"'] = lead
    decided = bool(cues) and chances[best] >= rules.model.threshold
    beside = {_BESIDE: math.log(case.here[best] / usual[best])}
    return PostPurpose(
        purpose=best if decided else Purpose.UNCLEAR,
        confidence=round(chances[best], 2),
        cues=_strongest(cues | beside if cues else cues),
    )


@lru_cache(maxsize=4)
def reader_of(rules: PurposeRules) -> Reader:
    """Return the reader of some rules, made once: sorting the phrases takes longer than a post."""
    return Reader(rules)


def probabilities(
    evidence: Strengths, model: LinearModel, wording: Chances, part: float
) -> Chances:
    """Return the probability of each purpose: the softmax of its bias and the weights of evidence.

    p(purpose) = e^s(purpose) ÷ Σ e^s, where s = bias + Σ weight · strength + part · wording.
    """
    scores = {
        purpose: model.bias.get(purpose, 0.0)
        + sum(
            model.weights.get(purpose, {}).get(name, 0.0) * strength
            for name, strength in evidence.items()
        )
        + part * wording[purpose]
        for purpose in DECIDED
    }
    highest = max(scores.values())  # taken off, so that no power is beyond a float
    return _to_one({purpose: math.exp(score - highest) for purpose, score in scores.items()})


def common_beside(chances: Sequence[Chances], usual: Chances) -> list[Chances]:
    """Return for each post how common the purposes are among the posts beside it.

    (Σ of the others' chances + 5 · usual) ÷ (their number + 5): of a post alone, what is usual. The
    others' chances are adjusted to what was found, and the sum is taken again: the EM procedure of
    Saerens, Latinne and Decaestecker (see `adjusted`), stopped after a few rounds and with a prior.
    """
    here = _common(chances, usual)
    for _ in range(ROUNDS - 1):
        seen = [adjusted(own, common, usual) for own, common in zip(chances, here, strict=True)]
        here = _common(seen, usual)
    return here


def _common(chances: Sequence[Chances], usual: Chances) -> list[Chances]:
    """Return for each post the mean chances of the others, and of posts that are as usual."""
    sums = {purpose: sum(each[purpose] for each in chances) for purpose in DECIDED}
    number = len(chances) - 1 + USUAL_POSTS
    return [
        {
            purpose: (sums[purpose] - each[purpose] + USUAL_POSTS * usual[purpose]) / number
            for purpose in DECIDED
        }
        for each in chances
    ]


def adjusted(chances: Chances, here: Chances, usual: Chances) -> Chances:
    """Return chances in a place where purposes are as common as `here` says, and not as usual.

    p(purpose) ∝ chance · here ÷ usual, the correction for another prior: Saerens, M., Latinne, P.
    and Decaestecker, C. (2002), Neural Computation 14, 21-41.
    """
    return _to_one(
        {purpose: chances[purpose] * here[purpose] / usual[purpose] for purpose in DECIDED}
    )


def _to_one(parts: Mapping[Purpose, float]) -> Chances:
    """Return parts as shares of their sum."""
    total = sum(parts.values())
    return {purpose: part / total for purpose, part in parts.items()}


def _gains(best: Purpose, evidence: Strengths, model: LinearModel) -> Mapping[str, float]:
    """Return by how much evidence speaks more for a purpose than for the four on average.

    Evidence that does not is left out.
    """
    gains: dict[str, float] = {}
    for name, strength in evidence.items():
        weights = [model.weights.get(purpose, {}).get(name, 0.0) for purpose in DECIDED]
        lead = model.weights.get(best, {}).get(name, 0.0) - sum(weights) / len(weights)
        if lead > 0:
            gains[name] = strength * lead
    return gains


def _strongest(cues: Mapping[str, float]) -> tuple[str, ...]:
    """Return the strongest cues that speak for a decision."""
    ordered = sorted((cue for cue in cues if cues[cue] > 0), key=lambda cue: -cues[cue])
    return tuple(ordered[:_CUES_SHOWN])


def _words(name: str, phrases: Mapping[str, str]) -> str:
    """Return a cue as readers meet it: `tips: "checklist"`; a form has no words."""
    shown = name.removesuffix(IN_TEXT).replace("-", " ")
    return f'{shown}: "{phrases[name]}"' if name in phrases else shown
