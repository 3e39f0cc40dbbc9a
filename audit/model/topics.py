"""What companies write about: topics, and how many posts of a company are on each."""

from dataclasses import dataclass
from enum import StrEnum

from audit.model.value import Evidence, Reason, Unknown

NOT_LOOKED_AT = Unknown(reason=Reason.NOT_CHECKED, detail="no topics were looked for")
"""What is known of the topics of a company before all companies are seen together."""


class TopicKind(StrEnum):
    """Where a topic comes from: the user's list, the authors' own categories, or the words."""

    NAMED = "named"
    CATEGORY = "category"
    DISCOVERED = "discovered"


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicWords:
    """The words by which posts of one language are known to be on a topic, with their weights.

    Words are stems, joined by a space where they stand beside each other; readers never see them.
    The squares of the weights add up to 1.
    """

    language: str
    weights: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A topic of a run: its name for readers, unique in the run, and the words it is known by.

    Kept with the run, so that the next one gives the same topic the same name. `language` is that
    of the name: a code such as "de", empty where it is not known. `new`: the run before had topics,
    and this was none of them.
    """

    name: str
    kind: TopicKind
    language: str = ""
    words: tuple[TopicWords, ...] = ()
    new: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class GoneTopic:
    """A topic of the run before that is no more; `into` names the one that speaks of it now."""

    name: str
    into: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicCount:
    """How many posts of one company are on a topic, of those that could be seen to be.

    `of` are its posts in the languages in which the topic is known: of an English post nobody can
    tell whether it is on a topic that was found in Swedish words alone. Where `of` is over 0, no
    posts are a real zero; else nothing is known. `recent` are those of the last 90 days, `before`
    those of the 90 days before. `examples` prove it: the newest posts, three at most.
    """

    topic: Topic
    of: int
    posts: int
    recent: int
    before: int
    examples: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanyTopics:
    """What one company writes about, in its own posts of the window.

    `of` is how many posts were looked at, `recent_of` and `before_of` those of the last 90 days and
    of the 90 before; `other` are those on no topic. A post may be on two topics, and on a named one
    besides, so that counts need not add up. `undiscovered` tells why no themes were looked for in
    the words of any of its posts; None where they were. `gone` are the topics of the run before
    that no company's posts are on any more.
    """

    of: int
    recent_of: int
    before_of: int
    other: int
    counts: tuple[TopicCount, ...]
    undiscovered: Unknown | None = None
    gone: tuple[GoneTopic, ...] = ()
