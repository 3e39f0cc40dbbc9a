"""On how much text the purposes of a company's posts rest: headings alone tell less."""

from collections.abc import Sequence

from audit.measure.own_posts import own_posts, too_few
from audit.measure.subject import Brief, Subject, Values
from audit.model.kinds import SECTIONS
from audit.model.metric import Metric, Phrase, Unit
from audit.model.site import Post
from audit.model.value import Known

_HALF = 0.5

WITH_TEXT = Metric(
    id="purpose.with_text",
    title="Posts judged by more than a heading",
    theme="Content",
    unit=Unit.SHARE,
    # What a feed gives, and nothing of how well the company writes.
    higher_is_better=None,
    definition="Share of the posts that were judged by their purpose of which a summary or text "
    "could be seen; where that is less than half, the shares of purposes are about so much.",
    phrase=Phrase(unit="of the posts with a text"),
)


def share_with_text(posts: Sequence[Post]) -> float:
    """Return the share of posts of which more than the heading is known; 0 of none."""
    return sum(_has_text(post) for post in posts) / len(posts) if posts else 0.0


def rests_on_headings(posts: Sequence[Post]) -> bool:
    """Tell whether fewer than half of some posts have a text to judge them by."""
    return share_with_text(posts) < _HALF


def _has_text(post: Post) -> bool:
    """Tell whether a post was read beyond its heading; on a network the heading is the text."""
    text = post.text.strip()
    return post.channel not in SECTIONS or (bool(text) and text != post.title.strip())


def _of_company(brief: Brief) -> Values:
    """Return the share of a company; unknown where its purposes are."""
    posts = [post for post in own_posts(brief) if post.purpose is not None]
    lack = too_few(brief, posts)
    if lack is not None:
        return {WITH_TEXT.id: lack}
    proof = tuple(post.evidence for post in posts if _has_text(post))[:1] or brief.proof
    return {WITH_TEXT.id: Known(value=share_with_text(posts), evidence=proof)}


SUBJECT = Subject(
    name="judged_text",
    order=61,
    metrics=(WITH_TEXT,),
    of_company=_of_company,
    # It rests on posts that were read, however their site is drawn.
    from_pages=False,
)
"""After the purposes (60), whose shares it stands beside."""
