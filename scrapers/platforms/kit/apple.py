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
    """An entry of the first country's store that has it, and the whole answer."""

    said: Json
    found: JsonAnswer
    country: str


def look_up(ask: Ask, query: str, wanted: Callable[[Json], bool]) -> Steps[Entry | Unknown | None]:
    """Look for the first wanted entry; None where no store has one.

    `query` says what is looked for, with a place for the country.
    """
    for country in stores(ask):
        found = yield from ask_json(f"{LOOKUP}?id={ask.handle}&{query.format(country=country)}")
        if isinstance(found, Failure):
            return reason_of(found)
        if count_of(found.field("resultCount")) is None:
            return unread(Outcome.PARSE_FAILED, "no count of results where it used to be")
        entry = next((each for each in found.items("results") if wanted(each)), None)
        if entry is not None:
            return Entry(entry, found, country)
    return None


def in_no_store(ask: Ask, url: str, rule: str) -> Steps[Profile | Unknown]:
    """That it is gone is certain only where its page is gone too."""
    found = yield from ask_page(url)
    said = f"not in the store of {' or '.join(stores(ask)).upper()}"
    if isinstance(found, Failure):
        return refused_by(found, rule, said)
    return Unknown(reason=Reason.BAD_CONTENT, detail=f"{said}, though a page answers")
