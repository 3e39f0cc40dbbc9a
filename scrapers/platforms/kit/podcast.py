"""Read the episodes of a podcast's RSS feed with what Apple's tags say of each.

Facts: https://podcasters.apple.com/support/823-podcast-requirements (itunes:episodeType).
The general feed reader keeps neither the kind of an episode nor its file, and many podcasts give
every episode the same link.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from audit.model.dated import DateSource
from audit.model.exchange import Page
from audit.model.profile import ProfilePost
from scrapers.parse.charset import decoded_as
from scrapers.parse.dates import parse_date
from scrapers.parse.text import clean, unescaped
from scrapers.parse.urls import join
from scrapers.parse.values import language_of
from scrapers.platforms.kit.proof import Proof

MAX_EPISODES = 2_000
MAX_TAG = 4_000

_ITEM = re.compile(r"<item(?=[\s>])", re.I)
_TAGS = re.compile(r"<[^<>]{0,2000}>")
_OTHER = frozenset({"trailer", "bonus"})


@dataclass(frozen=True, slots=True)
class Show:
    """A podcast as its feed tells it; `listed` counts trailers and extras too, `posts` do not."""

    title: str
    about: str
    site: str
    language: str
    listed: int
    posts: tuple[ProfilePost, ...]


@dataclass(frozen=True, slots=True)
class _Item:
    block: str
    link: str
    file: str
    kind: str
    guid: str


def read_show(found: Page, rule: str) -> Show | None:
    """Read a podcast's feed; None where the page is none."""
    source = decoded_as(found.body, found.header("content-type")).replace("\x00", "")
    head, *blocks = _ITEM.split(source, MAX_EPISODES)
    if "<rss" not in head[:20_000].lower() or "<channel" not in head.lower():
        return None
    items = [_item(block.partition("</item")[0], found.url) for block in blocks]
    language = language_of(_inside(head, "language"))
    return Show(
        title=_inside(head, "title"),
        about=_inside(head, "description") or _inside(head, "itunes:summary"),
        site=_address(found.url, _inside(head, "link")),
        language=language,
        listed=len(items),
        posts=tuple(_posts(items, Proof(found, rule), language)),
    )


def _item(block: str, base: str) -> _Item:
    tag = _tag(block, "enclosure")
    return _Item(
        block=block,
        link=_address(base, _inside(block, "link")),
        file=_address(base, _attribute(tag, "url")),
        kind=_attribute(tag, "type").lower(),
        guid=_inside(block, "guid"),
    )


def _address(base: str, said: str) -> str:
    return (join(base, said) or "") if said else ""


def _posts(items: list[_Item], proof: Proof, language: str) -> Iterator[ProfilePost]:
    """The full episodes; one whose link others share goes by its file."""
    shared = Counter(item.link for item in items)
    for item in items:
        own = item.link if shared[item.link] == 1 else ""
        url = own or item.file or join(item.guid, "") or ""
        title = _inside(item.block, "title") or _inside(item.block, "itunes:title")
        said = _inside(item.block, "itunes:episodeType").lower()
        if not url or not title or said in _OTHER:
            continue
        stamp = _inside(item.block, "pubDate")
        yield ProfilePost(
            url=url,
            title=title,
            text=_inside(item.block, "description") or _inside(item.block, "itunes:summary"),
            published=parse_date(stamp, DateSource.FEED, proof.page.fetched_at),
            evidence=proof.of(f"{stamp} {title}"),
            format="video" if item.kind.startswith("video/") else "audio",
            language=language,
        )


def _inside(block: str, name: str) -> str:
    """The text of the first element of this name, without mark-up."""
    start = _start(block, name)
    opened = block.find(">", start) if start >= 0 else -1
    closed = block.find(f"</{name}", opened) if opened >= 0 else -1
    if closed < 0 or block[opened - 1] == "/":
        return ""
    raw = block[opened + 1 : closed][:20_000]
    plain = raw.replace("<![CDATA[", "").replace("]]>", "")
    return clean(unescaped(_TAGS.sub(" ", plain if plain != raw else unescaped(raw))))


def _tag(block: str, name: str) -> str:
    start = _start(block, name)
    return block[start : start + MAX_TAG].partition(">")[0] if start >= 0 else ""


def _start(block: str, name: str) -> int:
    """Where an element of exactly this name begins; -1 for nowhere."""
    at = block.find(f"<{name}")
    while at >= 0 and block[at + len(name) + 1 : at + len(name) + 2] not in set(" \t\r\n>/"):
        at = block.find(f"<{name}", at + 1)
    return at


def _attribute(tag: str, name: str) -> str:
    found = re.search(rf"""\s{name}\s*=\s*(?:"([^"]*)"|'([^']*)')""", tag)
    return unescaped((found[1] or found[2] or "").strip()) if found is not None else ""
