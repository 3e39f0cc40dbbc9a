"""Read the episodes of a podcast's RSS feed with what Apple's tags say of each.

Facts: https://podcasters.apple.com/support/823-podcast-requirements (itunes:episodeType).
The general feed reader keeps neither the kind of an episode nor its file, and many podcasts give
every episode the same link.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from audit.model.exchange import Page
from audit.model.profile import ProfilePost
from audit.model.value import DateSource
from scrapers.parse.charset import decoded_as
from scrapers.parse.dates import parse_date
from scrapers.parse.text import clean, unescaped
from scrapers.parse.urls import join
from scrapers.parse.values import language_of
from scrapers.platforms.kit.proof import Proof

MAX_EPISODES = 2_000
MAX_TAG = 4_000
_HEAD = 20_000
"""Characters at the beginning of a page in which the mark of RSS must stand."""

_TEXT = 20_000
_ITEM = re.compile(r"<item(?=[\s>])", re.I)
_TAGS = re.compile(r"<[^<>]{0,2000}>")
_NO_EPISODES = frozenset({"trailer", "bonus"})


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
    """One `<item>` of a feed: its source, its link, and address and type of its file."""

    block: str
    link: str
    file: str
    kind: str
    guid: str


def read_show(page: Page, rule: str) -> Show | None:
    """Read a podcast's feed; None where the page is none: `kit.read_show(page, _RULE)`.

    The source is searched as text, not parsed as XML: a tag that is never closed costs its episode
    and not the show.
    """
    source = decoded_as(page.body, page.header("content-type")).replace("\x00", "")
    head, *blocks = _ITEM.split(source, MAX_EPISODES)
    if "<rss" not in head[:_HEAD].lower() or "<channel" not in head.lower():
        return None
    items = [_item(block.partition("</item")[0], page.url) for block in blocks]
    language = language_of(_inside(head, "language"))
    return Show(
        title=_inside(head, "title"),
        about=_inside(head, "description") or _inside(head, "itunes:summary"),
        site=_address(page.url, _inside(head, "link")),
        language=language,
        listed=len(items),
        posts=tuple(_posts(items, Proof(page, rule), language)),
    )


def _item(block: str, base: str) -> _Item:
    """Take what identifies an episode out of the source of its `<item>`."""
    tag = _tag(block, "enclosure")
    return _Item(
        block=block,
        link=_address(base, _inside(block, "link")),
        file=_address(base, _attribute(tag, "url")),
        kind=_attribute(tag, "type").lower(),
        guid=_inside(block, "guid"),
    )


def _address(base: str, text: str) -> str:
    """Return an address of the feed in full; "" where there is none."""
    return (join(base, text) or "") if text else ""


def _posts(items: list[_Item], proof: Proof, language: str) -> Iterator[ProfilePost]:
    """Give the full episodes as posts, without trailers and extras."""
    shared = Counter(item.link for item in items)
    for item in items:
        # Many shows link every episode to their first page: such an episode goes by its file.
        own = item.link if shared[item.link] == 1 else ""
        url = own or item.file or join(item.guid, "") or ""
        title = _inside(item.block, "title") or _inside(item.block, "itunes:title")
        episode_type = _inside(item.block, "itunes:episodeType").lower()
        if not url or not title or episode_type in _NO_EPISODES:
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
    """Return the text of the first element of this name, without mark-up; "" for none."""
    start = _start(block, name)
    opened = block.find(">", start) if start >= 0 else -1
    closed = block.find(f"</{name}", opened) if opened >= 0 else -1
    if closed < 0 or block[opened - 1] == "/":
        return ""
    raw = block[opened + 1 : closed][:_TEXT]
    plain = raw.replace("<![CDATA[", "").replace("]]>", "")
    # Outside of CDATA mark-up is written with references (&lt;p&gt;): resolve, then drop the tags.
    markup = plain if plain != raw else unescaped(raw)
    return clean(unescaped(_TAGS.sub(" ", markup)))


def _tag(block: str, name: str) -> str:
    """Return the first tag of this name without its end: `<enclosure url="…" type="audio/mpeg"`."""
    start = _start(block, name)
    return block[start : start + MAX_TAG].partition(">")[0] if start >= 0 else ""


def _start(block: str, name: str) -> int:
    """Return where an element of exactly this name begins, -1 for nowhere.

    `link` is not found in `<linkage>`, nor `title` in `<itunes:title>`.
    """
    at = block.find(f"<{name}")
    while at >= 0 and block[at + len(name) + 1 : at + len(name) + 2] not in set(" \t\r\n>/"):
        at = block.find(f"<{name}", at + 1)
    return at


def _attribute(tag: str, name: str) -> str:
    """Return the value of a tag's attribute, in whichever quotes; "" where it has none."""
    match = re.search(rf"""\s{name}\s*=\s*(?:"([^"]*)"|'([^']*)')""", tag)
    return unescaped((match[1] or match[2] or "").strip()) if match is not None else ""
