"""Ratings: the average and the number behind it, and in which country's store to look."""

from audit.model.profile import Count, Outcome, ProfileFigure, unread
from audit.model.value import Absent, Known, Number
from scrapers.parse.urls import host_of
from scrapers.platforms.kit.base import Ask
from scrapers.platforms.kit.proof import Proof

FIRST = "us"
_SECOND = "gb"
_EVERYWHERE = frozenset({"ai", "co", "cc", "eu", "fm", "gg", "io", "ly", "me", "to", "tv", "us"})
"""Endings of two letters that companies of all countries use: they say nothing of a country."""

_STORES = {"uk": "gb"}
"""Where a country's ending differs from the code of its store (ISO 3166)."""


def stores(ask: Ask) -> tuple[str, str]:
    """Return the countries whose stores are asked, in this order: "us", then the company's own.

    `acme.de` gives ("us", "de"), `acme.co.uk` and `acme.com` give ("us", "gb"). The first is the
    same for all, so that ratings of companies in many countries can be compared.
    """
    ending = host_of(ask.website).partition(":")[0].rpartition(".")[2]
    national = len(ending) == 2 and ending.isalpha() and ending not in _EVERYWHERE
    return FIRST, _STORES.get(ending, ending) if national else _SECOND


def rating_figures(
    proof: Proof, average: object, total: object
) -> tuple[ProfileFigure, ProfileFigure]:
    """Return the rating and the number of ratings as figures, from what the platform states.

    Where nobody has rated, stores state an average of 0: the rating is then absent, not zero. A
    zero without a number of ratings is not believed.
    """
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
