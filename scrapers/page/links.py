"""Find the profiles that a page names: links, JSON-LD, rel=me, meta tags, plugins, inline data."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import parse_qs

from selectolax.lexbor import LexborNode

from audit.model.facts import Area, ChannelLink, ChannelSource
from audit.model.value import Evidence
from scrapers.page.addresses import PlatformIndex, ProfileAddress
from scrapers.page.link_context import Contexts, around
from scrapers.parse.areas import Areas
from scrapers.parse.html import Document
from scrapers.parse.jsonld import Thing, texts, types
from scrapers.parse.text import clean
from scrapers.parse.urls import authority_of, host_of, join, registrable, split

_HANDLE = re.compile(r"^@?[A-Za-z0-9_]{1,15}$")
_FEDIVERSE_PATH = re.compile(r"^/@[A-Za-z0-9_][\w.-]*$")
_FEDIVERSE_HANDLE = re.compile(r"^@?([\w.-]+)@([\w-]+(?:\.[\w-]+)+)$")
_INLINE = re.compile(
    r"https?:(?:\\?/){2}(?:[a-z]{1,6}\.)?(?:facebook|twitter|x|instagram|linkedin|youtube|tiktok|"
    r"pinterest|threads|bsky)\.(?:com|net|app)\\?/[^\"'`\\\s<>(){}?]{1,80}"
    r"(?:\\?/[^\"'`\\\s<>(){}?]{1,80}){0,2}",
    re.I,
)
MAX_PROFILES = 2_000
"""Links to profiles of a page; one with more is a list of other people's."""

_INLINE_BYTES = 400_000
_INLINE_LINKS = 60
_PLUGIN = "[data-href],.g-ytsubscribe,[data-screen-name]"
_PLUGINS = frozenset({"data-href", "g-ytsubscribe", "data-screen-name"})
_SUBJECTS = frozenset({"Person", "ProfilePage", "Article", "NewsArticle", "BlogPosting", "Product"})


@dataclass(frozen=True, slots=True)
class _Seen:
    """A profile as one place of the page names it, before its evidence is written."""

    profile: ProfileAddress
    source: ChannelSource
    area: Area = Area.MAIN
    text: str = ""
    context: str = ""
    icons: int = 1
    person: bool = False
    shown: str = ""


def channel_links(document: Document, index: PlatformIndex) -> tuple[ChannelLink, ...]:
    """Find every profile that the page names, once per place; share and login links are none."""
    home = registrable(host_of(document.url))
    named = [
        *_anchors(document, index),
        *_structured(document, index),
        *_metas(document, index),
        *_plugins(document, index),
        *_inline(document, index),
    ]
    seen = [each for each in named if registrable(host_of(each.profile.url)) != home]
    distinct: dict[str, set[str]] = defaultdict(set)
    for each in seen:
        if not each.person:
            distinct[each.profile.platform].add(each.profile.key)
    found = (_link(document, each, max(1, len(distinct[each.profile.platform]))) for each in seen)
    return tuple(dict.fromkeys(found))


def _link(document: Document, seen: _Seen, same: int) -> ChannelLink:
    profile = seen.profile
    return ChannelLink(
        platform=profile.platform,
        url=profile.url,
        handle=profile.handle,
        source=seen.source,
        area=seen.area,
        text=seen.text,
        locator=seen.source.value,
        person=seen.person or profile.person,
        icons=seen.icons,
        evidence=Evidence(
            url=document.url,
            fetched_at=document.page.fetched_at,
            rule=f"link.{profile.platform}",
            excerpt=clean(seen.shown or profile.url, 200),
            record=document.page.record,
        ),
        context=seen.context,
        same=same,
    )


def _anchors(document: Document, index: PlatformIndex) -> Iterator[_Seen]:
    """Links, with the words around them and the company that they keep."""
    found = _profiles(document, index)
    contexts = Contexts()
    blocks: dict[int, set[str]] = defaultdict(set)
    for number, profile in found:
        for ancestor in around(document.nodes[number]):
            blocks[ancestor.mem_id].add(profile.platform)
    for number, profile in found:
        link, node = document.links[number], document.nodes[number]
        yield _Seen(
            profile=profile,
            source=ChannelSource.REL_ME if "me" in link.rel else ChannelSource.LINK,
            area=link.area,
            text=link.text,
            context=contexts.of(node),
            icons=max((len(blocks[each.mem_id]) for each in around(node)), default=1),
            shown=f'<a href="{link.url}">{link.text}</a>',
        )
    for url in document.rel_me:
        named = index.match(url) or _fediverse(url, "'me'", index)
        if named is not None:
            yield _Seen(profile=named, source=ChannelSource.REL_ME, area=Area.HEADER)


def _profiles(document: Document, index: PlatformIndex) -> list[tuple[int, ProfileAddress]]:
    """The links of a page that lead to profiles, by their number."""
    found: list[tuple[int, ProfileAddress]] = []
    own = f"{document.url.partition('://')[0]}://{authority_of(document.url)}/"
    for number, link in enumerate(document.links):
        if link.url.startswith(own):
            continue
        if len(found) >= MAX_PROFILES:
            break
        profile = index.match(link.url)
        if profile is None and "/@" in link.url:
            profile = _fediverse(link.url, f"{link.text} {link.rel}", index)
        if profile is not None:
            found.append((number, profile))
    return found


def _fediverse(url: str, words: str, index: PlatformIndex) -> ProfileAddress | None:
    """A profile on a server that is not known as Mastodon, where the link itself says so."""
    parts = split(url)
    if not _FEDIVERSE_PATH.match(parts.path.rstrip("/")) or index.knows(parts.netloc.lower()):
        return None
    said = words.lower()
    if not any(word in said for word in ("mastodon", "fediverse", "activitypub", "'me'")):
        return None
    return _on_server(parts.netloc.lower(), parts.path.strip("/").lstrip("@"))


def _on_server(host: str, name: str) -> ProfileAddress:
    url = f"https://{host}/@{name}"
    return ProfileAddress(
        platform="mastodon", url=url, handle=name, key=url.casefold(), person=False
    )


def _structured(document: Document, index: PlatformIndex) -> Iterator[_Seen]:
    """`sameAs` of the organisation, the website, a person."""
    site = registrable(host_of(document.url))
    for thing in document.jsonld:
        addresses = texts(thing.get("sameAs"))
        if not addresses:
            continue
        kinds = types(thing)
        if _foreign(thing, site):
            continue
        for address in addresses[:60]:
            url = join(document.base, address if "//" in address else f"https://{address}")
            profile = index.match(url) if url is not None else None
            if profile is not None:
                yield _Seen(
                    profile=profile,
                    source=ChannelSource.SAME_AS,
                    area=Area.HEADER,
                    context=" ".join(kinds).lower(),
                    person=bool(_SUBJECTS.intersection(kinds)),
                    shown=f'"@type": "{" ".join(kinds)}", "sameAs": "{address}"',
                )


def _foreign(thing: Thing, site: str) -> bool:
    """Tell whether an object describes an organisation with another website."""
    addresses = [text for text in texts(thing.get("url")) if text.startswith("http")]
    return bool(addresses) and all(registrable(host_of(text)) != site for text in addresses)


def _metas(document: Document, index: PlatformIndex) -> Iterator[_Seen]:
    """Names in the head of the page: of the site, of its publisher, of the author."""
    for name, person in (
        ("twitter:site", False),
        ("twitter:creator", True),
        ("article:publisher", False),
        ("article:author", True),
        ("og:see_also", False),
        ("fediverse:creator", True),
        ("me:twitter", False),
    ):
        for content in document.metas.get(name, ()):
            profile = _named(name, content, index)
            if profile is not None:
                shown = f'<meta name="{name}" content="{content}">'
                yield _Seen(
                    profile=profile,
                    source=ChannelSource.META,
                    area=Area.HEADER,
                    context=name,
                    person=person,
                    shown=shown,
                )


def _named(name: str, content: str, index: PlatformIndex) -> ProfileAddress | None:
    """A profile from a meta tag: an address, or a bare handle where the tag is a platform's."""
    text = content.strip()
    address = text.lstrip("@")
    if address.startswith(("http://", "https://", "//", "www.")):
        return index.match(f"https://{address.split('//')[-1]}")
    if (server := _FEDIVERSE_HANDLE.match(text)) is not None:
        return _on_server(server.group(2).lower(), server.group(1))
    if name.startswith("twitter:") and _HANDLE.match(text):
        return index.match(f"https://x.com/{address}")
    return None


def _plugins(document: Document, index: PlatformIndex) -> Iterator[_Seen]:
    """Like boxes, follow buttons and embedded timelines that name a profile."""
    areas, contexts = Areas(), Contexts()
    named = not _PLUGINS.isdisjoint(document.names)
    for node in document.tree.css(_PLUGIN)[:_INLINE_LINKS] if named else ():
        for url in _plugin_urls(node):
            profile = index.match(url)
            if profile is not None:
                yield _Seen(
                    profile=profile,
                    source=ChannelSource.PLUGIN,
                    area=areas.of(node),
                    context=contexts.of(node),
                    shown=f'<{node.tag} class="{node.attributes.get("class") or ""}" {url}>',
                )
    for url in document.frames:
        profile = _framed(url, index)
        if profile is not None:
            yield _Seen(profile=profile, source=ChannelSource.PLUGIN, context="frame", shown=url)


def _plugin_urls(node: LexborNode) -> Iterator[str]:
    attributes = node.attributes
    if (address := attributes.get("data-href") or "").startswith(("http", "//")):
        yield f"https:{address}" if address.startswith("//") else address
    if channel := attributes.get("data-channel"):
        yield f"https://www.youtube.com/user/{channel}"
    if channel := attributes.get("data-channelid"):
        yield f"https://www.youtube.com/channel/{channel}"
    if name := attributes.get("data-screen-name"):
        yield f"https://x.com/{name.lstrip('@')}"


def _framed(url: str, index: PlatformIndex) -> ProfileAddress | None:
    """A profile that a frame's address carries: `href=`, `screen_name=`, a list of uploads."""
    host, query = host_of(url), parse_qs(split(url).query)
    if host.endswith("facebook.com") and "/plugins/" in url and "href" in query:
        return index.match(query["href"][0])
    if "screen_name" in query:
        return index.match(f"https://x.com/{query['screen_name'][0].lstrip('@')}")
    if query.get("listType") == ["user_uploads"] and "list" in query:
        return index.match(f"https://www.youtube.com/user/{query['list'][0]}")
    return index.match(url)


def _inline(document: Document, index: PlatformIndex) -> Iterator[_Seen]:
    """Profiles in the data that scripts carry; weak, but the only trace on some sites."""
    text = "\n".join(document.inline)[:_INLINE_BYTES]
    if ".com" not in text:
        return
    known: set[str] = set()
    for found in _INLINE.finditer(text):
        profile = index.match(found.group().replace("\\/", "/").rstrip("\\"))
        if profile is None or profile.key in known:
            continue
        known.add(profile.key)
        yield _Seen(profile=profile, source=ChannelSource.INLINE, shown=found.group())
        if len(known) >= _INLINE_LINKS:
            return
