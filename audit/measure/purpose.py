"""What a company's posts are for: informational, educational, entertaining, promotional."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from audit.measure.cues import Reader, Strengths
from audit.measure.intervals import share_interval
from audit.measure.subject import Brief, Subject, Values
from audit.model.breakdown import Breakdown, Part
from audit.model.kinds import SECTIONS
from audit.model.metric import Metric, Phrase, Unit
from audit.model.purpose import DECIDED, IN_TEXT, LinearModel, PostPurpose, Purpose, PurposeRules
from audit.model.site import Post, Section
from audit.model.value import Evidence, Known, Reason, Unknown

PURPOSE = "purpose"
"""The id of the breakdown; its parts have metrics of their own, such as `purpose.educational`."""

FEWEST_POSTS = 10
"""Of fewer posts a share tells nothing: its interval for 3 of 9 is 7 to 70 %."""

_CUES_SHOWN = 3
_PROOFS = 5

_DEFINITIONS: Mapping[Purpose, str] = {
    Purpose.INFORMATIONAL: "tell that something is so or has happened",
    Purpose.EDUCATIONAL: "let the reader do or understand something afterwards",
    Purpose.ENTERTAINING: "are read for their own sake",
    Purpose.PROMOTIONAL: "ask for something or praise it to be had",
    Purpose.UNCLEAR: "give too little evidence to say what they are for",
}
"""What the posts of each purpose do, as the end of the definition of its metric."""


def metric_id(purpose: Purpose) -> str:
    """Return the id of the metric of one purpose, such as `purpose.educational`."""
    return f"{PURPOSE}.{purpose}"


def _metric(purpose: Purpose) -> Metric:
    """Define the share of the posts of one purpose."""
    return Metric(
        id=metric_id(purpose),
        title=f"{purpose.capitalize()} posts",
        theme="Content",
        unit=Unit.SHARE,
        higher_is_better=None,
        definition=f"Share of all posts in the window, own site and own profiles, that "
        f"{_DEFINITIONS[purpose]}; from {FEWEST_POSTS} posts on.",
        phrase=Phrase(unit=f"of the posts {_DEFINITIONS[purpose]}"),
    )


METRICS = tuple(_metric(purpose) for purpose in Purpose)


def with_purposes(sections: Sequence[Section], rules: PurposeRules) -> tuple[Section, ...]:
    """Return sections whose posts say what they are for; what was only passed on is not judged."""
    return tuple(
        replace(section, posts=tuple(_judged(post, rules) for post in section.posts))
        for section in sections
    )


def _judged(post: Post, rules: PurposeRules) -> Post:
    """Return a post with its purpose; a repost, whose words are not kept, as it is."""
    return post if post.flag == "repost" else replace(post, purpose=purpose_of(post, rules))


def purpose_of(post: Post, rules: PurposeRules) -> PostPurpose:
    """Return what a post is for, with the confidence and the three strongest cues.

    It is unclear where the likeliest purpose is less likely than the threshold of the model, or
    where nothing in the post speaks for it: then only how common it is elsewhere would decide.
    Forms without a weight in the rules, such as a short title, are no evidence by themselves.
    """
    evidence, phrases = _reader(rules).evidence(post)
    chances = probabilities(evidence, rules.model)
    best = max(DECIDED, key=lambda purpose: chances[purpose])
    silent = {form for form, weights in rules.forms.items() if not weights}
    telling = {name: strength for name, strength in evidence.items() if name not in silent}
    cues = _strongest(best, telling, phrases, rules.model)
    decided = bool(cues) and chances[best] >= rules.model.threshold
    return PostPurpose(
        purpose=best if decided else Purpose.UNCLEAR,
        confidence=round(chances[best], 2),
        cues=cues,
    )


@lru_cache(maxsize=4)
def _reader(rules: PurposeRules) -> Reader:
    """Return the reader of some rules, made once: sorting the phrases takes longer than a post."""
    return Reader(rules)


def probabilities(evidence: Strengths, model: LinearModel) -> Mapping[Purpose, float]:
    """Return the probability of each purpose: the softmax of its bias and the weights of evidence.

    p(purpose) = e^s(purpose) ÷ Σ e^s, where s = bias + Σ weight · strength.
    """
    scores = {
        purpose: model.bias.get(purpose, 0.0)
        + sum(
            model.weights.get(purpose, {}).get(name, 0.0) * strength
            for name, strength in evidence.items()
        )
        for purpose in DECIDED
    }
    highest = max(scores.values())  # taken off, so that no power is beyond a float
    powers = {purpose: math.exp(score - highest) for purpose, score in scores.items()}
    total = sum(powers.values())
    return {purpose: power / total for purpose, power in powers.items()}


def _strongest(
    best: Purpose, evidence: Strengths, phrases: Mapping[str, str], model: LinearModel
) -> tuple[str, ...]:
    """Return the pieces of evidence that speak most for a purpose, above its rivals on average."""
    gains = {name: strength * _lead(best, name, model) for name, strength in evidence.items()}
    ordered = sorted((name for name in gains if gains[name] > 0), key=lambda name: -gains[name])
    shown = dict.fromkeys(_words(name, phrases) for name in ordered)  # title and text may say one
    return tuple(shown)[:_CUES_SHOWN]


def _lead(best: Purpose, name: str, model: LinearModel) -> float:
    """Return by how much evidence speaks more for a purpose than for the four on average."""
    weights = [model.weights.get(purpose, {}).get(name, 0.0) for purpose in DECIDED]
    return model.weights.get(best, {}).get(name, 0.0) - sum(weights) / len(weights)


def _words(name: str, phrases: Mapping[str, str]) -> str:
    """Return a cue as readers meet it: `tips: "checklist"`; a form has no words."""
    shown = name.removesuffix(IN_TEXT).replace("-", " ")
    return f'{shown}: "{phrases[name]}"' if name in phrases else shown


def _of_company(brief: Brief) -> Values:
    """Return the share of each purpose among a company's own posts of the window."""
    breakdown = _breakdown(brief)
    if breakdown.unknown is not None:
        return {metric.id: breakdown.unknown for metric in METRICS}
    return {
        f"{PURPOSE}.{part.name}": Known(value=part.share, evidence=part.evidence or brief.proof)
        for part in breakdown.parts
    }


def _breakdown(brief: Brief) -> Breakdown:
    """Return the purposes of a company's own posts of the window, those that are unclear too.

    Shares are of all posts and add up to 1; each has its exact interval, which tells how far
    chance alone could carry it, and not how often the model errs.
    """
    sections = tuple(_own(brief))
    posts = [post for section in sections for post in _counted(section, brief)]
    if len(posts) < FEWEST_POSTS:
        return Breakdown(
            metric=PURPOSE, of=len(posts), parts=(), unknown=_too_few(sections, len(posts))
        )
    return Breakdown(
        metric=PURPOSE,
        of=len(posts),
        parts=tuple(_part(purpose, posts) for purpose in Purpose),
    )


def _too_few(sections: Sequence[Section], number: int) -> Unknown:
    """Return why there are no shares: nothing could be read, or there are too few posts."""
    reasons = (section.unreadable for section in sections)
    unread = next((reason for reason in reasons if reason is not None), None)
    if number == 0 and unread is not None:
        return unread
    detail = f"fewer than {FEWEST_POSTS} posts with a date in the period"
    return Unknown(reason=Reason.TOO_LITTLE_DATA, detail=detail)


def _own(brief: Brief) -> Iterator[Section]:
    """Give the sections and profiles in which the company itself speaks."""
    own = {
        channel.url
        for channel in brief.visit.channels
        if not channel.candidate and not (channel.live is not None and channel.live.community)
    }
    for section in brief.visit.sections:
        if section.channel in SECTIONS or section.url in own:
            yield section


def _counted(section: Section, brief: Brief) -> Iterator[Post]:
    """Give the judged posts of a section that lie in the window."""
    for post in section.posts:
        at = post.counted_at
        if post.purpose is not None and at is not None and at >= brief.context.window.start:
            yield post


def _part(purpose: Purpose, posts: Sequence[Post]) -> Part:
    """Return the share of one purpose, with the surest posts as its proof."""
    pairs = [(post, judged) for post in posts if (judged := post.purpose) is not None]
    alike = [(post, judged) for post, judged in pairs if judged.purpose is purpose]
    surest = sorted(alike, key=lambda pair: -pair[1].confidence)[:_PROOFS]
    return Part(
        name=purpose.value,
        share=len(alike) / len(posts),
        evidence=tuple(_proof(post, judged) for post, judged in surest),
        interval=share_interval(len(alike), len(posts)),
    )


def _proof(post: Post, judged: PostPurpose) -> Evidence:
    """Return the evidence of a post with the cues by which it was judged."""
    cues = ", ".join(judged.cues) or "no cue"
    excerpt = f"{post.title} · {judged.confidence:.0%} sure; {cues}"
    return replace(post.evidence, rule=PURPOSE, excerpt=excerpt)


SUBJECT = Subject(
    name=PURPOSE,
    order=60,
    metrics=METRICS,
    of_company=_of_company,
    breakdowns_of=lambda brief: (_breakdown(brief),),
    # It rests on posts that were read, however their site is drawn.
    from_pages=False,
)
