"""How sure a feature is, and what happens in it: counts, ratings, dates."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from audit.model.value import Evidence


class Certainty(StrEnum):
    """How sure it is that readers meet a thing, from the least to the most.

    `possible`: the page loads it only after consent, which is never given; `tag`: the page names
    it; `loaded`: it was asked for and came; `visible`: it was drawn, or what it holds was read.
    """

    POSSIBLE = "possible, consent-gated"
    TAG = "tag present"
    LOADED = "loaded"
    VISIBLE = "visible"

    @property
    def rank(self) -> int:
        """The place in that order, from 0."""
        return list(Certainty).index(self)


class ActivityKind(StrEnum):
    """What is counted or dated in a feature."""

    THREADS = "threads"
    REPLIES = "replies"
    MEMBERS = "members"
    CATEGORIES = "categories"
    LAST_POST = "last post"
    PAGES = "pages"
    EDITS = "edits"
    EDITORS = "active editors"
    LAST_CHANGE = "last change"
    ARTICLES = "articles"
    RATING = "rating"
    BEST = "best rating"
    RATINGS = "ratings"
    COMMENTS = "comments"
    POSTS = "posts"
    EPISODES = "episodes"
    LAST_EPISODE = "last episode"
    NEXT_EVENT = "next event"
    EVENTS = "events"


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """One figure of a feature: a count, a rating, or a time in UTC.

    `at_least` is True where the pages read show this much and there may be more.
    """

    kind: ActivityKind
    value: float | datetime
    evidence: Evidence
    at_least: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A count, rating or date that a page gives for a feature; `of` is what it was counted in.

    The same thing met on two pages is counted once.
    """

    feature: str
    of: str
    activity: Activity
