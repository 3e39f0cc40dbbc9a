"""What a company's posts are for: informational, educational, entertaining, promotional."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from audit.measure.intervals import share_interval
from audit.measure.judged_text import rests_on_headings
from audit.measure.judging import purposes_of
from audit.measure.own_posts import FEWEST_POSTS, own_posts, too_few
from audit.measure.subject import Brief, Subject, Values
from audit.model.bounds import marks_of
from audit.model.breakdown import Breakdown, Part
from audit.model.metric import Bound, Metric, Phrase, Unit
from audit.model.purpose import PostPurpose, Purpose, PurposeRules
from audit.model.site import Post, Section
from audit.model.value import PROOFS, Evidence, Known

PURPOSE = "purpose"
"""The id of the breakdown; its parts have metrics of their own, such as `purpose.educational`."""


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
        definition=f"Share of all posts in the period, website and own profiles, that "
        f"{_DEFINITIONS[purpose]}; from {FEWEST_POSTS} posts on.",
        phrase=Phrase(unit=f"of the posts {_DEFINITIONS[purpose]}"),
        bound=Bound.ESTIMATE,
    )


METRICS = tuple(_metric(purpose) for purpose in Purpose)


def with_purposes(sections: Sequence[Section], rules: PurposeRules) -> tuple[Section, ...]:
    """Return sections whose posts say what they are for."""
    return tuple(replace(section, posts=_judged(section.posts, rules)) for section in sections)


def _judged(posts: Sequence[Post], rules: PurposeRules) -> tuple[Post, ...]:
    """Return posts with their purposes; reposts, whose words are not kept, as they are."""
    own = [post for post in posts if post.flag != "repost"]
    purposes = iter(purposes_of(own, rules))
    return tuple(
        post if post.flag == "repost" else replace(post, purpose=next(purposes)) for post in posts
    )


def _of_company(brief: Brief) -> Values:
    """Return the share of each purpose among a company's own posts of the window."""
    breakdown = _breakdown(brief)
    if breakdown.unknown is not None:
        return {metric.id: breakdown.unknown for metric in METRICS}
    # A company that gives summaries is not to be compared with one that gives none as if both had
    # been read alike: of headings alone more is unclear, and the posts beside them decide more.
    posts = [post for post in own_posts(brief) if post.purpose is not None]
    marks = marks_of(Bound.ESTIMATE if rests_on_headings(posts) else None)
    return {
        f"{PURPOSE}.{part.name}": Known(
            value=part.share, evidence=part.evidence or brief.proof, qualifiers=marks
        )
        for part in breakdown.parts
    }


def _breakdown(brief: Brief) -> Breakdown:
    """Return the purposes of a company's own posts of the window, those that are unclear too.

    Shares are of all posts and add up to 1; each has its exact interval, which tells how far
    chance alone could carry it, and not how often the model errs.
    """
    posts = [post for post in own_posts(brief) if post.purpose is not None]
    lack = too_few(brief, posts)
    parts = () if lack is not None else tuple(_part(purpose, posts) for purpose in Purpose)
    return Breakdown(metric=PURPOSE, of=len(posts), parts=parts, unknown=lack)


def _part(purpose: Purpose, posts: Sequence[Post]) -> Part:
    """Return the share of one purpose, with the surest posts as its proof."""
    pairs = [(post, judged) for post in posts if (judged := post.purpose) is not None]
    alike = [(post, judged) for post, judged in pairs if judged.purpose is purpose]
    surest = sorted(alike, key=lambda pair: -pair[1].confidence)[:PROOFS]
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
