"""Topics for the example set of the workbook: two of words, a category, one that the user names."""

from collections.abc import Sequence
from dataclasses import replace

from audit.model.result import CompanyResult
from audit.model.site import Post
from audit.model.topics import CompanyTopics, GoneTopic, Topic, TopicCount, TopicKind
from audit.model.value import Reason, Unknown

TOPICS = (
    (Topic(name="Maintenance", kind=TopicKind.NAMED), 0.1, 0.12),
    (Topic(name="Heat pumps", kind=TopicKind.DISCOVERED, language="en", new=True), 0.02, 0.3),
    (Topic(name="Wasserstoff", kind=TopicKind.DISCOVERED, language="de"), 0.4, 0.05),
    (Topic(name="Case studies", kind=TopicKind.CATEGORY, language="en"), 0.05, 0.06),
)
"""Each with the share of our own posts, and that of the competitors'."""

GONE = (GoneTopic(name="Boilers", into="Heat pumps"), GoneTopic(name="Trade fairs"))


def told(results: Sequence[CompanyResult]) -> tuple[CompanyResult, ...]:
    """The results with topics; without posts they are not known."""
    return tuple(
        replace(result, topics=_topics(result), posts=tuple(map(_told, result.posts)))
        for result in results
    )


def _told(post: Post) -> Post:
    """A post on one topic where its title names it, on two where it names both."""
    names = tuple(topic.name for topic, *_ in TOPICS if topic.name.lower() in post.title.lower())
    return replace(post, topics=names or ("Maintenance",))


def _topics(result: CompanyResult) -> CompanyTopics | Unknown:
    """The topics of a company with a hundred posts."""
    if not result.posts:
        return Unknown(reason=Reason.ROBOTS, detail="asks robots to stay away")
    counts = tuple(
        TopicCount(
            topic=topic,
            of=0 if _is_foreign(topic, result) else 100,
            posts=(posts := _posts(topic, result, own, theirs)),
            recent=posts * 3 // 4 if topic.name == "Heat pumps" else posts // 2,
            before=posts // 4 if topic.name == "Heat pumps" else posts // 2,
            examples=tuple(post.evidence for post in result.posts[: min(3, posts)]),
        )
        for topic, own, theirs in TOPICS
    )
    return CompanyTopics(of=100, recent_of=50, before_of=50, other=31, counts=counts, gone=GONE)


def _is_foreign(topic: Topic, result: CompanyResult) -> bool:
    """Tell whether a company writes nothing in the language of a topic."""
    return topic.language == "de" and result.company.name.startswith("Corvid")


def _posts(topic: Topic, result: CompanyResult, own: float, theirs: float) -> int:
    """How many posts of a company are on a topic."""
    share = own if result.company.own else theirs
    return 0 if _is_foreign(topic, result) else round(100 * share)
