"""How sure a feature is, and what happens in it: counts, ratings, dates."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from audit.model.value import Evidence


class Certainty(StrEnum):
    """How sure it is that readers of a site meet a feature, from the least to the most.

    `possible`: the page loads it only after consent, which is never given; `tag`: the page names
    it in its code; `loaded`: a browser or the visit asked for it, and it came; `visible`: a browser
    drew it, or what it holds was read and counted (docs/glossary.md, How a feature was met).
    """

    POSSIBLE = "possible, consent-gated"
    TAG = "tag present"
    LOADED = "loaded"
    VISIBLE = "visible"

    @property
    def rank(self) -> int:
        """Return the place in that order: 0 for possible, 3 for visible."""
        return list(Certainty).index(self)


class ActivityKind(StrEnum):
    """What is counted or dated in a feature; the values are the words that readers meet."""

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

    Made from the figures of pages (`scrapers/site/activity.py`) and from the public interfaces of
    known software (`scrapers/sources`). `at_least` is True where the pages read show this much and
    there may be more.
    """

    kind: ActivityKind
    value: float | datetime
    evidence: Evidence
    at_least: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A count, rating or date that one page gives for a feature; made in `scrapers/page`.

    `of` names what it was counted in, such as the address of a forum: the same thing met on two
    pages is counted once.
    """

    feature: str
    of: str
    activity: Activity
