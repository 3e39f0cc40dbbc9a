"""Apple's open lookup of apps, developers and shows, in one country's store after another.

Facts: https://performance-partners.apple.com/search-api (20 calls a minute, no key).
"""

from collections.abc import Callable
from dataclasses import dataclass

from audit.model.exchange import Failure
from audit.model.profile import Outcome, Profile, unread
from audit.model.value import Reason, Unknown
from scrapers.parse.values import Json, count_of
from scrapers.platforms.kit.base import Ask, JsonAnswer, Steps, ask_json, ask_page
from scrapers.platforms.kit.proof import reason_of, refused_by
from scrapers.platforms.kit.ratings import stores

LOOKUP = "https://itunes.apple.com/lookup"
MOST = 200
"""Entries of one answer at most."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An app, developer or show in the directory: its own part of the answer, and all of that.

    `country` is the store that has it ("us").
    """

    item: Json
    answer: JsonAnswer
    country: str


def look_up(ask: Ask, query: str, wanted: Callable[[Json], bool]) -> Steps[Entry | Unknown | None]:
    """Look up `ask.handle` and give the first entry that is `wanted`; None where no store has one.

    `query` says what is looked for, with a place for the country, such as
    "entity=podcast&country={country}". A store that refuses or answers nonsense
    ends the search with the reason.
    """
    for country in stores(ask):
        answer = yield from ask_json(f"{LOOKUP}?id={ask.handle}&{query.format(country=country)}")
        if isinstance(answer, Failure):
            return reason_of(answer)
        # A store that lacks the entry answers 200 and a count of 0; without one it is no answer.
        if count_of(answer.field("resultCount")) is None:
            return unread(Outcome.PARSE_FAILED, "no count of results where it used to be")
        item = next((result for result in answer.items("results") if wanted(result)), None)
        if item is not None:
            return Entry(item, answer, country)
    return None


def in_no_store(ask: Ask, url: str, rule: str) -> Steps[Profile | Unknown]:
    """Say what it means that no store has an entry; `url` is its page for people.

    It is missing only where that page is gone, too: it may be sold in another country's store.
    """
    page = yield from ask_page(url)
    detail = f"not in the store of {' or '.join(stores(ask)).upper()}"
    if isinstance(page, Failure):
        return refused_by(page, rule, detail)
    return Unknown(reason=Reason.BAD_CONTENT, detail=f"{detail}, though a page answers")
