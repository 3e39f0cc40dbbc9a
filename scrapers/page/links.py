"""Find the profiles that a page names: links, JSON-LD, rel=me, meta tags, plugins, inline data."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qs

from selectolax.lexbor import LexborNode

from audit.model.facts import Area, ChannelLink, ChannelSource, Link, Whose
from scrapers.page.addresses import PlatformIndex, ProfileAddress
from scrapers.page.credits import credited
from scrapers.page.link_context import Contexts, around
from scrapers.page.linked_profiles import fediverse, linked_profiles, on_server
from scrapers.page.others import is_named_others, under_others
from scrapers.page.whose_words import WhoseWords
from scrapers.parse.areas import Areas
from scrapers.parse.document import Document
from scrapers.parse.jsonld import texts, types
from scrapers.parse.text import clean
from scrapers.parse.urls import host_of, join, registrable, split

_HANDLE = re.compile(r"^@?[A-Za-z0-9_]{1,15}$")
"""A handle of X: up to 15 letters, digits and underscores."""

_FEDIVERSE_HANDLE = re.compile(r"^@?([\w.-]+)@([\w-]+(?:\.[\w-]+)+)$")
_INLINE = re.compile(
    r"http(?i:s?:(?:\\?/){2}(?:[a-z]{1,6}\.)?(?:facebook|twitter|x|instagram|linkedin|youtube|tiktok|"
    r"pinterest|threads|bsky)\.(?:com|net|app)\\?/[^\"'`\\\s<>(){}?]{1,80}"
    r"(?:\\?/[^\"'`\\\s<>(){}?]{1,80}){0,2})"
)
"""A profile's address in a script; what begins in small letters is found many times as fast."""

_INLINE_CHARACTERS = 400_000
_INLINE_LINKS = 60
"""Profiles taken from scripts, and elements looked at for plugins, of one page."""

_BESIDE = 5
"""Names of profiles beside another that are kept."""

_SAME_AS = 60
"""Addresses of one object of JSON-LD that are looked at."""

_IN_A_ROW = re.compile(r"[\s,;|]{1,9}(?=https?://|www\.)")
"""What stands between addresses that somebody wrote into one text instead of a list."""

_MAX_ROW = 20_000
"""Characters of such a text that are looked at."""

_TEXTS = frozenset({Area.MAIN, Area.ARTICLE, Area.ASIDE})
"""Areas of a page whose links may be about other people."""

_PLUGIN = "[data-href],.g-ytsubscribe,[data-screen-name]"
_PLUGINS = frozenset({"data-href", "g-ytsubscribe", "data-screen-name"})
"""What `_PLUGIN` needs to find: names that the page must hold."""


@dataclass(frozen=True, slots=True)
class _Mention:
    """A profile as one place of the page names it, before its evidence is written.

    `excerpt` is the element that names it, as evidence; "" for the profile's address alone.
    `near` are the words of the small block that it stands in, `beside` the names of other
    platforms' profiles there.
    """

    profile: ProfileAddress
    source: ChannelSource
    area: Area = Area.MAIN
    text: str = ""
    context: str = ""
    icons: int = 1
    person: bool = False
    excerpt: str = ""
    near: str = ""
    beside: tuple[str, ...] = ()
    whose: Whose = Whose.OPEN


def channel_links(
    document: Document, index: PlatformIndex, words: WhoseWords
) -> tuple[ChannelLink, ...]:
    """Find every profile that the page names, once per place; share and login links are none."""
    home = registrable(host_of(document.url))
    mentions = [
        mention
        for mention in _mentions(document, index, words)
        # A platform's own pages link to its profiles everywhere; a server of the Fediverse on the
        # company's own domain is no such platform.
        if registrable(host_of(mention.profile.url)) != home
        or not index.knows(host_of(mention.profile.url))
    ]
    distinct: dict[str, set[str]] = defaultdict(set)
    for mention in mentions:
        if not mention.person:
            distinct[mention.profile.platform].add(mention.profile.key)
    links = (
        _link(document, mention, max(1, len(distinct[mention.profile.platform])))
        for mention in mentions
    )
    return tuple(dict.fromkeys(links))


def _mentions(document: Document, index: PlatformIndex, words: WhoseWords) -> Iterator[_Mention]:
    """Yield what every kind of place on the page names, links first."""
    yield from _anchors(document, index, words)
    yield from _structured(document, index)
    yield from _metas(document, index)
    yield from _plugins(document, index)
    yield from _inline(document, index)


def _link(document: Document, mention: _Mention, same: int) -> ChannelLink:
    """Return a mention with its evidence; `same` profiles of its platform are on the page."""
    profile = mention.profile
    excerpt = clean(mention.excerpt or profile.url, 200)
    return ChannelLink(
        platform=profile.platform,
        url=profile.url,
        handle=profile.handle,
        source=mention.source,
        area=mention.area,
        text=mention.text,
        locator=mention.source.value,
        person=mention.person or profile.person,
        icons=mention.icons,
        evidence=document.page.proof(f"link.{profile.platform}", excerpt),
        key=profile.key,
        context=mention.context,
        same=same,
        opaque=profile.opaque,
        title=profile.title,
        near=mention.near,
        beside=mention.beside,
        whose=mention.whose,
    )


def _anchors(document: Document, index: PlatformIndex, words: WhoseWords) -> Iterator[_Mention]:
    """Yield links, with the words around them and the platforms in the same block.

    A block with icons of many platforms is a list of somebody's own profiles.
    """
    profiles = linked_profiles(document, index)
    contexts = Contexts()
    blocks: dict[int, dict[str, str]] = defaultdict(dict)
    chains: list[list[dict[str, str]]] = []
    for _, node, profile in profiles:
        name = profile.title if profile.opaque else profile.handle
        chains.append([blocks[ancestor.mem_id] for ancestor in around(node)])
        for block in chains[-1]:
            block.setdefault(profile.platform, name)
    makers = credited(
        [(node, profile.handle) for _, node, profile in profiles],
        words,
        registrable(host_of(document.url)),
    )
    others = under_others(
        document, [node for link, node, _ in profiles if link.area in _TEXTS], words
    )
    for (link, node, profile), chain in zip(profiles, chains, strict=True):
        context = contexts.of(node)
        yield _Mention(
            profile=profile,
            source=ChannelSource.REL_ME if "me" in link.rel else ChannelSource.LINK,
            area=link.area,
            text=link.text,
            context=context,
            icons=max(map(len, chain), default=1),
            excerpt=f'<a href="{link.url}">{link.text}</a>',
            near=contexts.words(node),
            beside=_beside(profile, chain),
            whose=_whose(link, node, context, makers, others),
        )
    for url in (*document.rel_me, *document.publishers):
        own = index.match(url)
        if own is None and url in document.rel_me:
            own = fediverse(url, "'me'", index)
        if own is not None:
            yield _Mention(profile=own, source=ChannelSource.REL_ME, area=Area.HEADER)


def _whose(
    link: Link, node: LexborNode, context: str, makers: Collection[int], others: Collection[int]
) -> Whose:
    """Return what the place of a link says of whose the profile is."""
    if node.mem_id in makers:
        return Whose.MAKER
    among = node.mem_id in others or is_named_others(context)
    return Whose.OTHERS if link.area in _TEXTS and among else Whose.OPEN


def _beside(profile: ProfileAddress, blocks: Sequence[Mapping[str, str]]) -> tuple[str, ...]:
    """Return what the nearest profiles of other platforms call themselves.

    They stand in the smallest of the blocks around it that holds one, given from the inside out; an
    id says nothing and is left out.
    """
    for block in blocks:
        others = [name for platform, name in block.items() if platform != profile.platform]
        if others:
            return tuple(name for name in others if name)[:_BESIDE]
    return ()


def _structured(document: Document, index: PlatformIndex) -> Iterator[_Mention]:
    """Yield the `sameAs` of the organisation, the website, a person; some lack the scheme."""
    for each in document.described:
        kinds, own = types(each.thing), each.whose is Whose.OPEN
        for address in _same_as(each.thing.get("sameAs")):
            url = join(document.base, address if "//" in address else f"https://{address}")
            profile = index.match(url) if url is not None else None
            if profile is not None:
                yield _Mention(
                    profile=profile,
                    source=ChannelSource.SAME_AS,
                    area=Area.HEADER if each.person or own else Area.MAIN,
                    text="" if own and not each.person else clean(each.name, 200),
                    context=" ".join(kinds).lower(),
                    person=each.person,
                    excerpt=f'"@type": "{" ".join(kinds)}", "sameAs": "{address}"',
                    whose=each.whose,
                )


def _same_as(value: object) -> list[str]:
    """Return the addresses of a `sameAs`, of which a text may hold several."""
    return [
        address for text in texts(value) for address in _IN_A_ROW.split(text[:_MAX_ROW], _SAME_AS)
    ][:_SAME_AS]


def _metas(document: Document, index: PlatformIndex) -> Iterator[_Mention]:
    """Yield names in the head of the page: of the site, of its publisher, of the author."""
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
            profile = _of_meta(name, content, index)
            if profile is not None:
                element = f'<meta name="{name}" content="{content}">'
                yield _Mention(
                    profile=profile,
                    source=ChannelSource.META,
                    area=Area.HEADER,
                    context=name,
                    person=person,
                    excerpt=element,
                )


def _of_meta(name: str, content: str, index: PlatformIndex) -> ProfileAddress | None:
    """Return the profile of a meta tag: by an address, or a handle where the tag is a platform's.

    Some sites write `@https://twitter.com/acme`.
    """
    text = content.strip()
    address = text.lstrip("@")
    if address.startswith(("http://", "https://", "//", "www.")):
        return index.match(f"https://{address.split('//')[-1]}")
    if (server := _FEDIVERSE_HANDLE.match(text)) is not None:
        return on_server(server.group(2).lower(), server.group(1))
    if name.startswith("twitter:") and _HANDLE.match(text):
        return index.match(f"https://x.com/{address}")
    return None


def _plugins(document: Document, index: PlatformIndex) -> Iterator[_Mention]:
    """Yield what like boxes, follow buttons and embedded timelines name."""
    areas, contexts = Areas(document.index), Contexts()
    present = not _PLUGINS.isdisjoint(document.names)
    for node in document.tree.css(_PLUGIN)[:_INLINE_LINKS] if present else ():
        for url in _plugin_urls(node):
            profile = index.match(url)
            if profile is not None:
                yield _Mention(
                    profile=profile,
                    source=ChannelSource.PLUGIN,
                    area=areas.of(node),
                    context=contexts.of(node),
                    excerpt=f'<{node.tag} class="{node.attributes.get("class") or ""}" {url}>',
                )
    for url in document.frames:
        profile = _framed(url, index)
        if profile is not None:
            yield _Mention(
                profile=profile, source=ChannelSource.PLUGIN, context="frame", excerpt=url
            )


def _plugin_urls(node: LexborNode) -> Iterator[str]:
    """Yield the addresses that a plugin's attributes stand for: Facebook's, YouTube's, X's."""
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
    """Return the profile in a frame's address: `href=`, `screen_name=`, a list of uploads."""
    host, query = host_of(url), parse_qs(split(url).query)
    if host.endswith("facebook.com") and "/plugins/" in url and "href" in query:
        return index.match(query["href"][0])
    if "screen_name" in query:
        return index.match(f"https://x.com/{query['screen_name'][0].lstrip('@')}")
    if query.get("listType") == ["user_uploads"] and "list" in query:
        return index.match(f"https://www.youtube.com/user/{query['list'][0]}")
    return index.match(url)


def _inline(document: Document, index: PlatformIndex) -> Iterator[_Mention]:
    """Yield profiles in the data that scripts carry; weak, but the only trace on some sites."""
    text = "\n".join(document.inline)[:_INLINE_CHARACTERS]
    if ".com" not in text:
        return
    known: set[str] = set()
    for match in _INLINE.finditer(text):
        # JSON within scripts writes `https:\/\/`.
        profile = index.match(match.group().replace("\\/", "/").rstrip("\\"))
        if profile is None or profile.key in known:
            continue
        known.add(profile.key)
        yield _Mention(profile=profile, source=ChannelSource.INLINE, excerpt=match.group())
        if len(known) >= _INLINE_LINKS:
            return
