"""What a company's posts are for, where that mix is another than before."""

from collections.abc import Iterator

from audit.changes.finder import Difference, Finder
from audit.changes.pair import Pair
from audit.changes.shares import Spans, moved, share_of, spans
from audit.measure.purpose import metric_id
from audit.model.change import ChangeType
from audit.model.metric import Unit
from audit.model.purpose import Purpose


def _of_company(pair: Pair) -> Iterator[Difference]:
    """Give the purposes whose share of the posts since the earlier run is another than before.

    That of posts whose purpose is unclear is none.
    """
    posts = spans(pair).of(lambda post: post.purpose is not None)
    for purpose in Purpose:
        difference = _of_purpose(purpose, posts) if purpose is not Purpose.UNCLEAR else None
        if difference is not None:
            yield difference


def _of_purpose(purpose: Purpose, posts: Spans) -> Difference | None:
    """Return that the share of one purpose has moved; None where chance may have moved it."""
    part = posts.of(lambda post: post.purpose is not None and post.purpose.purpose is purpose)
    event = moved(part, posts)
    if event is None:
        return None
    return Difference(
        event=event,
        subject=metric_id(purpose),
        what=f"{purpose.capitalize()} posts",
        old=share_of(part.before, posts.before),
        new=share_of(part.since, posts.since),
        unit=Unit.SHARE,
        why=posts.words(),
        name=purpose,
    )


FINDER = Finder(type=ChangeType.PURPOSE, order=90, of_company=_of_company)
