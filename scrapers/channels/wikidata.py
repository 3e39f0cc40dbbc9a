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
API = f"{ROOT}/w/api.php?format=json&maxlag=5"
WEBSITE = "P856"
END = "P582"
ITEMS = 5


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement of an item: its property, its value, and the page that it was read on."""

    item: str
    property: str
    value: str
    page: Page


def claims_of(website: str, properties: Mapping[str, object]) -> Steps[tuple[Claim, ...] | Failure]:
    """The statements, of the wanted properties, of the item with that official website.

    An item with several of one kind is a good source of none: only what is not outdated counts.
    """
    wanted = "|".join(f"{WEBSITE}={url}" for url in _spellings(website))
    search = f"{API}&action=query&list=search&srlimit={ITEMS}&srsearch="
    found = yield from ask_json(search + quote(f"haswbstatement:{wanted}", safe=""))
    if isinstance(found, Failure):
        return found
    if found.field("error") is not None:
        return bad_content(found.page, found.text("error", "info") or "an error in place of items")
    items = [name for each in found.items("query", "search") if (name := _item(each))]
    if not items:
        return ()
    said = yield from ask_json(
        f"{API}&action=wbgetentities&props=claims%7Csitelinks&ids={'%7C'.join(items[:ITEMS])}"
    )
    if isinstance(said, Failure):
        return said
    return tuple(_claims(said, items, website, properties))


def _spellings(website: str) -> list[str]:
    """How an official website may be written: with and without www, TLS and a last slash."""
    host = split(website).netloc.lower().removeprefix("www.")
    names = [f"{scheme}://{www}{host}" for scheme in ("https", "http") for www in ("www.", "")]
    return [f"{name}{slash}" for name in names for slash in ("/", "")]


def _item(said: Json) -> str:
    title = text_of(said.get("title"))
    return title if title[:1] == "Q" and title[1:].isdigit() else ""


def _claims(
    said: JsonAnswer, items: list[str], website: str, properties: Mapping[str, object]
) -> Iterator[Claim]:
    for item in items[:ITEMS]:
        claims = said.field("entities", item, "claims")
        if not isinstance(claims, dict) or not _is_theirs(claims, website):
            continue
        for name in properties:
            for value in _values(claims.get(name)):
                yield Claim(item, name, value, said.page)


def _is_theirs(claims: Json, website: str) -> bool:
    """Tell whether an official website of the item that still holds is on the company's domain."""
    own = registrable(host_of(website))
    return any(registrable(host_of(url)) == own for url in _values(claims.get(WEBSITE)))


def _values(statements: object) -> list[str]:
    """The values of the statements that still hold; where some are preferred, only those."""
    found = [
        (each.get("rank"), value)
        for each in items(statements)
        if isinstance(value := field(each, "mainsnak", "datavalue", "value"), str)
        if each.get("rank") != "deprecated" and not field(each, "qualifiers", END)
    ]
    best = [value for rank, value in found if rank == "preferred"]
    return best or [value for _, value in found]
