"""Tell whom each object of a page's structured data describes: the site's own organisation or not.

A page names many organisations in JSON-LD: who publishes it, who is written about, whose product is
sold, who organises the fair. What an object is for the page follows from where it hangs
(https://schema.org/docs/datamodel.html): each property of another object that holds it, or that
points at its `@id`, says how the two belong together.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from audit.model.facts import Whose
from scrapers.parse.jsonld import MAX_NESTING, Thing, named, texts, types
from scrapers.parse.urls import host_of, registrable, segments

_PUBLISHING = frozenset({"publisher", "copyrightHolder", "sourceOrganization"})
"""Properties of a page or article that name whose it is."""

_PAGES = ("WebSite", "Page", "Article", "Posting", "Blog")
"""How the types of objects end that are the page itself, its site or what stands on it."""

_PERSONAL = frozenset({"Person", "ProfilePage", "Product"})
_PERSONAL_ENDINGS = ("Article", "Posting", "Event", "Festival")
"""Types whose `sameAs` is a person's, an author's, a maker's or a fair's, not the site's."""

NAMED = ("Organization", "Corporation", "WebSite")
"""What the types of objects hold whose name is what the site calls itself."""

_LANGUAGE = re.compile(r"[a-z]{2}(?:[-_][a-z]{2,4})?", re.I)
"""The part of an address that names a language, as in `/de/` and `/pt-BR/`."""

_INDEX = re.compile(r"(?:index|default|home)(?:\.\w{2,5})?", re.I)


@dataclass(frozen=True, slots=True)
class Description:
    """An object of structured data, what it says of whose it is, and whether it is of a person.

    `whose` is OPEN for the site's own, and ANOTHER where nothing but its `name` ties it to the
    site.
    """

    thing: Thing
    whose: Whose
    person: bool
    name: str


def descriptions(things: Sequence[Thing], url: str) -> tuple[Description, ...]:
    """Return the objects that a page describes, without those whose address is another site's.

    `things` are all objects of its structured data, `url` is its own address.

    An object is the site's own where a page of it has it as its publisher, where its `url` is the
    site's, or where it is the only organisation that hangs on no other object.
    """
    if not things:
        return ()
    site = registrable(host_of(url))
    places = _Places(things, site)
    here = [thing for thing in things if not _is_elsewhere(thing, site)]
    own = {id(thing) for thing in here if places.is_published(thing) or _at_home(thing, url)}
    bodies = [thing for thing in here if _is_organisation(thing)]
    alone = [thing for thing in bodies if places.is_alone(thing)]
    known = any(id(thing) in own for thing in bodies)
    # Two plug-ins may both describe it.
    if not known and len({named(thing) for thing in alone}) == 1:
        own.update(map(id, alone))
    return tuple(
        Description(
            thing=thing,
            whose=Whose.OPEN if id(thing) in own or _is_page(thing) else Whose.ANOTHER,
            person=_is_personal(thing) and not places.has_site(thing),
            name=named(thing),
        )
        for thing in here
    )


class _Places:
    """By which properties of which objects each object of a page is held or pointed at."""

    def __init__(self, things: Sequence[Thing], site: str) -> None:
        """Walk through the objects once; what lies deeper than MAX_NESTING is left out."""
        self._held: dict[int, list[tuple[str, Thing]]] = defaultdict(list)
        self._pointed: dict[str, list[tuple[str, Thing]]] = defaultdict(list)
        self._site = site
        for thing in things:
            for name, value in thing.items():
                for held in _held_by(value, 0) if not name.startswith("@") else ():
                    self._held[id(held)].append((name, thing))
                    if isinstance(identity := held.get("@id"), str):
                        self._pointed[identity].append((name, thing))

    def is_alone(self, thing: Thing) -> bool:
        """Tell whether an object hangs on no other."""
        return not self._of(thing)

    def is_published(self, thing: Thing) -> bool:
        """Tell whether a page or article of the site has an object as its publisher."""
        return any(
            name in _PUBLISHING and _is_page(holder) and not _is_elsewhere(holder, self._site)
            for name, holder in self._of(thing)
        )

    def has_site(self, thing: Thing) -> bool:
        """Tell whether the website itself, and not only an article, has an object as its publisher.

        Of a person's own site the person is: the profiles are the site's.
        """
        return any(
            name in _PUBLISHING and "WebSite" in types(holder) for name, holder in self._of(thing)
        )

    def _of(self, thing: Thing) -> list[tuple[str, Thing]]:
        """Return the properties that hold an object or point at it, with whose they are."""
        identity = thing.get("@id")
        pointed = self._pointed.get(identity, []) if isinstance(identity, str) else []
        return [*self._held.get(id(thing), ()), *pointed]


def _held_by(value: object, depth: int) -> Iterator[Thing]:
    """Yield the next objects within a value that have a type or an `@id`."""
    if depth > MAX_NESTING:
        return
    if isinstance(value, list):
        for inner in value:
            yield from _held_by(inner, depth + 1)
    elif isinstance(value, Mapping):
        if "@type" in value or "@id" in value:
            yield value
        else:
            for inner in value.values():
                yield from _held_by(inner, depth + 1)


def _is_elsewhere(thing: Thing, site: str) -> bool:
    """Tell whether an object has a website, and it is another than this one."""
    addresses = _addresses(thing)
    return bool(addresses) and all(registrable(host_of(text)) != site for text in addresses)


def _at_home(thing: Thing, url: str) -> bool:
    """Tell whether an object has the site's start page as its address.

    A page of the site may be about anybody: members and customers have one there. Of a site that
    is a part of a host, `/institute/` is the start of `/institute/news/`.
    """
    site, here = registrable(host_of(url)), segments(url)
    for text in _addresses(thing):
        path = segments(text)
        home = all(_LANGUAGE.fullmatch(part) or _INDEX.fullmatch(part) for part in path)
        above = len(path) < len(here) and here[: len(path)] == path
        if registrable(host_of(text)) == site and (home or above):
            return True
    return False


def _addresses(thing: Thing) -> list[str]:
    """Return the whole addresses among the `url` of an object."""
    return [text for text in texts(thing.get("url")) if text.startswith("http")]


def _is_organisation(thing: Thing) -> bool:
    """Tell whether an object is an organisation, by its type or by its profiles.

    Of shops and practices there are a hundred types; one has profiles, and is no page or person.
    """
    if _is_page(thing) or _is_personal(thing):
        return False
    kinds = " ".join(types(thing))
    return bool(thing.get("sameAs")) or any(name in kinds for name in NAMED)


def _is_page(thing: Thing) -> bool:
    """Tell whether an object is the site, a page of it or an article."""
    return any(kind.endswith(_PAGES) for kind in types(thing))


def _is_personal(thing: Thing) -> bool:
    """Tell whether the `sameAs` of an object is somebody's beside the site."""
    return any(kind in _PERSONAL or kind.endswith(_PERSONAL_ENDINGS) for kind in types(thing))
