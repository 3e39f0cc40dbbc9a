"""Ratings: the average and the number behind it, and in which country's store to look."""

from audit.model.profile import Count, Outcome, ProfileFigure, unread
from audit.model.value import Absent, Known, Number
from scrapers.parse.urls import host_of
from scrapers.platforms.kit.base import Ask
from scrapers.platforms.kit.proof import Proof

FIRST = "us"
_SECOND = "gb"
_EVERYWHERE = frozenset({"ai", "co", "cc", "eu", "fm", "gg", "io", "ly", "me", "to", "tv", "us"})
_STORES = {"uk": "gb"}


def stores(ask: Ask) -> tuple[str, str]:
    """The countries to look in: always the same one first, then the one of the website's name."""
    ending = host_of(ask.website).partition(":")[0].rpartition(".")[2]
    national = len(ending) == 2 and ending.isalpha() and ending not in _EVERYWHERE
    return FIRST, _STORES.get(ending, ending) if national else _SECOND


def rating_figures(
    proof: Proof, average: object, total: object
) -> tuple[ProfileFigure, ProfileFigure]:
    """Rating and number of ratings; nobody's rating is none, not zero."""
    count = proof.count(total, "ratings")
    rating: Number = proof.share(average, "rating")
    if isinstance(count, Known) and count.value == 0:
        rating = Absent(evidence=count.evidence, detail="nobody has rated it yet")
    elif isinstance(rating, Known) and rating.value == 0:
        rating = unread(Outcome.PARSE_FAILED, "a rating of zero without a number of ratings")
    return (
        ProfileFigure(count=Count.RATING, value=rating),
        ProfileFigure(count=Count.RATINGS, value=count),
    )
