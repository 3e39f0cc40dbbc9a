"""Find profiles by Wikidata: the item whose official website is the company's, and its identifiers.

Documented: https://www.wikidata.org/wiki/Wikidata:Data_access (action API), CirrusSearch's
`haswbstatement`. P856 is the official website, P582 an end date.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import quote

from audit.model.exchange import Failure, Page
from scrapers.parse.urls import host_of, registrable, split
from scrapers.parse.values import Json, field, items, text_of
from scrapers.platforms.kit.base import JsonAnswer, Steps, ask_json, bad_content

ROOT = "https://www.wikidata.org"
# maxlag=5: Wikimedia's rule for programs, to be refused while its copies lag behind by 5 seconds.
API = f"{ROOT}/w/api.php?format=json&maxlag=5"
WEBSITE = "P856"
END = "P582"
ITEMS = 5
"""Items with one official website that are looked at, at most."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement of an item: its property, its value, and the page that it was read on.

    Example: item "Q42", property "P12361" (a handle on Bluesky), value "acme.bsky.social".
    """

    item: str
    property: str
    value: str
    page: Page


def claims_of(website: str, properties: Mapping[str, object]) -> Steps[tuple[Claim, ...] | Failure]:
    """Return what the items with that official website state of the wanted properties.

    `properties` are those that name profiles, by their ids (P12361). Empty where no item has that
    website; a failure where Wikidata could not be asked.
    """
    wanted = "|".join(f"{WEBSITE}={url}" for url in _spellings(website))
    search_url = f"{API}&action=query&list=search&srlimit={ITEMS}&srsearch="
    search = yield from ask_json(search_url + quote(f"haswbstatement:{wanted}", safe=""))
    if isinstance(search, Failure):
        return search
    # The action API answers errors, and a lag above maxlag, with status 200 and an `error` in it.
    if search.field("error") is not None:
        detail = search.text("error", "info") or "an error in place of items"
        return bad_content(search.page, detail)
    titles = [title for hit in search.items("query", "search") if (title := _item(hit))]
    if not titles:
        return ()
    entities = yield from ask_json(
        f"{API}&action=wbgetentities&props=claims%7Csitelinks&ids={'%7C'.join(titles[:ITEMS])}"
    )
    if isinstance(entities, Failure):
        return entities
    return tuple(_claims(entities, titles, website, properties))


def _spellings(website: str) -> list[str]:
    """Return the eight ways to write a website: with and without www, TLS and a last slash.

    The search compares an official website letter by letter, so each is asked for.
    """
    host = split(website).netloc.lower().removeprefix("www.")
    names = [f"{scheme}://{www}{host}" for scheme in ("https", "http") for www in ("www.", "")]
    return [f"{name}{slash}" for name in names for slash in ("/", "")]


def _item(hit: Json) -> str:
    """Return the id of an item among the hits of a search; "" for pages of other kinds."""
    title = text_of(hit.get("title"))
    return title if title[:1] == "Q" and title[1:].isdigit() else ""


def _claims(
    entities: JsonAnswer, titles: list[str], website: str, properties: Mapping[str, object]
) -> Iterator[Claim]:
    """Give the wanted statements of those items that are the company's."""
    for item in titles[:ITEMS]:
        statements = entities.field("entities", item, "claims")
        if not isinstance(statements, dict) or not _is_theirs(statements, website):
            continue
        for name in properties:
            for value in _values(statements.get(name)):
                yield Claim(item, name, value, entities.page)


def _is_theirs(statements: Json, website: str) -> bool:
    """Tell whether an official website of the item that still holds is on the company's domain.

    The search also finds items that had the website once, or name it as an outdated one.
    """
    own = registrable(host_of(website))
    return any(registrable(host_of(url)) == own for url in _values(statements.get(WEBSITE)))


def _values(statements: object) -> list[str]:
    """Return the values of the statements that still hold; where some are preferred, only those.

    A statement holds unless it is marked as deprecated or has an end date: of a company's old and
    new handle the new one counts.
    """
    holding = [
        (statement.get("rank"), value)
        for statement in items(statements)
        if isinstance(value := field(statement, "mainsnak", "datavalue", "value"), str)
        if statement.get("rank") != "deprecated" and not field(statement, "qualifiers", END)
    ]
    preferred = [value for rank, value in holding if rank == "preferred"]
    return preferred or [value for _, value in holding]
