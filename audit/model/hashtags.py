"""The hashtags of a company: which it uses most on a channel, and what readers did there."""

from dataclasses import dataclass

from audit.model.value import Evidence, Known, Unknown


@dataclass(frozen=True, slots=True, kw_only=True)
class Hashtag:
    """A hashtag without its sign, as it is written most often, and the `posts` that bear it.

    `interactions` is the mean of likes, comments and shares over those of them that are older than
    five days and show any.
    """

    name: str
    posts: int
    interactions: Known[float] | Unknown
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hashtags:
    """The most used hashtags of one channel, or of all together (`EVERYWHERE`), in `of` posts.

    Made by `audit/measure/hashtags.py`; `different` is how many there are in all.
    """

    channel: str
    url: str
    of: int
    different: int
    tags: tuple[Hashtag, ...]
