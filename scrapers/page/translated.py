"""Tell which addresses are one page in several languages, by the places where languages stand."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from urllib.parse import urlsplit

_WRITTEN = (
    "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu "
    "cv cy cz da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi "
    "ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jp jv ka kg ki kj kk kl km kn ko kr "
    "ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng "
    "nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk "
    "sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz "
    "ve vi vo wa wo xh yi yo za zh zu"
)
_CODES = frozenset(_WRITTEN.split())
"""ISO 639-1, and codes of countries that sites write in their place: `jp`, `cz`, `kr`, `se`."""

_TAG = re.compile(r"([a-z]{2,3})(?:[-_](?:[a-z]{2}|[a-z]{4}|\d{3}))?", re.I)
"""A language, with its country (`pt-BR`), its script (`zh-Hans`) or its region (`es-419`)."""


def is_language(segment: str) -> bool:
    """Tell whether a part of a path is the tag of a language: `de`, `pt-br`, `zh-hans`."""
    tag = _TAG.fullmatch(segment)
    return tag is not None and tag[1].casefold() in _CODES


def distinct(urls: Collection[str], door: str) -> Mapping[str, str]:
    """Return the pages below a door, each once: what its translations have in common → an address.

    A translation has its language at the end (`Setup/de`), as wikis do, or right behind the door
    (`de/setup`). As `it` and `no` are words, too, it takes the page without a language, or with
    another one, to say so. The door in other languages (`/help/de`, `/help/fr`) is no page below
    it. A language before the door (`/de/help/`) is dropped from what they have in common, so that
    the same page of both doors is one.
    """
    common: defaultdict[str, list[str]] = defaultdict(list)
    urls = {url.rstrip("/") for url in urls}
    for url in urls:
        for without in _without_language(url, door):
            common[without].append(url)
    pages: dict[str, str] = {}
    for url in sorted(urls):
        shared = (
            each for each in _without_language(url, door) if each in urls or len(common[each]) > 1
        )
        if (page := next(shared, url)) != door:
            pages.setdefault(_from_any_door(page), url)
    return pages


def _without_language(url: str, door: str) -> Iterator[str]:
    """Give an address without the language at its end, and without that behind the door."""
    parts = url[len(door) :].split("/")
    if is_language(parts[-1]):
        yield door + "/".join(parts[:-1])
    if is_language(parts[0]) and len(parts) > 1:
        yield door + "/".join(parts[1:])


def _from_any_door(url: str) -> str:
    """Return an address without the language that its path begins with."""
    first, _, rest = urlsplit(url).path.lstrip("/").partition("/")
    host = url.partition("://")[2].partition("/")[0]
    return f"{host}/{rest}" if rest and is_language(first) else url.partition("://")[2]
