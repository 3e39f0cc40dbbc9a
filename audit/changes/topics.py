"""Topics that a company took up or left, and those it writes about more or less than before."""

from collections.abc import Iterator

from audit.changes.finder import Difference, Finder
from audit.changes.pair import Pair
from audit.changes.shares import Spans, moved, share_of, spans
from audit.model.change import ChangeType, Event
from audit.model.metric import Unit
from audit.model.site import Post
from audit.model.topics import CompanyTopics, Topic, TopicKind

FEWEST = 3
"""Posts on a topic from which on a company is said to write about it."""


def _of_company(pair: Pair) -> Iterator[Difference]:
    """Give the topics of today on which a company's posts since the earlier run are others.

    Whether a topic bore another name in the earlier run, or was not found there, does not matter.
    """
    topics = pair.now.result.topics
    if not isinstance(topics, CompanyTopics):
        return
    posts = spans(pair)
    for count in topics.counts:
        difference = _of_topic(count.topic, posts)
        if difference is not None:
            yield difference


def _of_topic(topic: Topic, posts: Spans) -> Difference | None:
    """Return what became different with one topic; None where nothing did, or chance may have."""
    whole = posts.of(lambda post: _is_seen(post, topic))
    part = posts.of(lambda post: topic.name in post.topics)
    event = _event(part, moved(part, whole))
    if event is None:
        return None
    return Difference(
        event=event,
        subject=f"topic.{topic.name}",
        what=topic.name,
        old=share_of(part.before, whole.before),
        new=share_of(part.since, whole.since),
        unit=Unit.SHARE,
        why=whole.words(),
        name=topic.kind,
    )


def _is_seen(post: Post, topic: Topic) -> bool:
    """Tell whether it could be seen if a post were on a topic: by its language, or as it is."""
    if topic.kind is TopicKind.NAMED or topic.name in post.topics or post.tags:
        return True
    languages = {words.language for words in topic.words} | {topic.language}
    return post.language.lower().partition("-")[0] in languages


def _event(part: Spans, moved_to: Event | None) -> Event | None:
    """Return what happened: taken up where no post was on it before, left where none is now."""
    if not part.before and len(part.since) >= FEWEST:
        return Event.NEW if moved_to is Event.UP else None
    if not part.since and len(part.before) >= FEWEST:
        return Event.GONE if moved_to is Event.DOWN else None
    return moved_to


FINDER = Finder(type=ChangeType.TOPIC, order=80, of_company=_of_company)
