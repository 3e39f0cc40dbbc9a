"""Tell which links of a page lead to profiles, by their address and what they say of themselves."""

import re

from selectolax.lexbor import LexborNode

from audit.model.facts import Link
from scrapers.page.addresses import PlatformIndex, ProfileAddress
from scrapers.parse.document import Document
from scrapers.parse.urls import authority_of, passes_on, split

MAX_PROFILES = 2_000
"""Links to profiles of a page; one with more is a list of other people's."""

_NO_HOSTS = ("http://http", "https://http")
"""How an address is resolved in which the scheme stands twice."""

_NO_HOST = frozenset({"http", "https"})
"""The host of such an address."""

_FEDIVERSE_PATH = re.compile(r"^/@[A-Za-z0-9_][\w.-]*$")


def linked_profiles(
    document: Document, index: PlatformIndex
) -> list[tuple[Link, LexborNode, ProfileAddress]]:
    """Return the links of a page that lead to profiles, with their elements; those to apps last."""
    profiles: list[tuple[Link, LexborNode, ProfileAddress]] = []
    own, base = (_home(url) for url in (document.url, document.base))
    for place in _likely(document, index, base):
        if len(profiles) >= MAX_PROFILES:
            break
        link, node = document.links[place], document.nodes[place]
        url = link.url
        # Only of these may the beginning be wrong; to ask an element for its attributes takes time.
        doubtful = url.startswith(_NO_HOSTS) or (url.startswith(base) and "." in url[len(base) :])
        profile = index.meant(node.attributes.get("href") or "") if doubtful else None
        # A server of the Fediverse may be the website itself; who says so writes `rel=me`.
        if profile is None and url.startswith(own) and "me" not in link.rel:
            continue
        profile = profile or index.match(url)
        if profile is None and "/@" in link.url:
            # `rel` is a tuple and written as one: `'me'` in it is a whole word.
            profile = fediverse(link.url, f"{link.text} {link.rel}", index)
        if profile is not None:
            profiles.append((link, node, profile))
    opened = ((link, node, index.match(link.url)) for link, node in document.apps)
    return [*profiles, *((link, node, match) for link, node, match in opened if match is not None)]


def fediverse(url: str, words: str, index: PlatformIndex) -> ProfileAddress | None:
    """Return a profile on a server that is not known as Mastodon, where the link itself says so.

    `/@name` alone is no proof: Medium and others write their profiles so too. `words` are what the
    link says of itself, its text and its `rel`.
    """
    parts = split(url)
    if not _FEDIVERSE_PATH.match(parts.path.rstrip("/")) or index.knows(parts.netloc.lower()):
        return None
    lowered = words.lower()
    if not any(word in lowered for word in ("mastodon", "fediverse", "activitypub", "'me'")):
        return None
    return on_server(parts.netloc.lower(), parts.path.strip("/").lstrip("@"))


def on_server(host: str, name: str) -> ProfileAddress:
    """Return the profile of a name on a server of the Fediverse."""
    url = f"https://{host}/@{name}"
    return ProfileAddress(
        platform="mastodon", url=url, handle=name, key=url.casefold(), person=False
    )


def _likely(document: Document, index: PlatformIndex, base: str) -> list[int]:
    """Return the places of the links that may lead to profiles: by their host, or `/@` in them.

    Also of those of which the host may be wrong; `base` is how those begin on the own host.
    """
    known = document.links_on(lambda host: _is_platforms(host, index) or host in _NO_HOST)
    own = document.by_host.get(authority_of(base), ())
    wrong = (place for place in own if "." in document.links[place].url[len(base) :])
    return sorted({*known, *wrong, *document.links_with(("/@",))})


def _home(url: str) -> str:
    """Return the address of the host of another address."""
    return f"{url.partition('://')[0]}://{authority_of(url)}/"


def _is_platforms(host: str, index: PlatformIndex) -> bool:
    """Tell whether a host, with its port, is a platform's, or passes readers on to others."""
    bare = host.partition(":")[0].rstrip(".")
    return passes_on(bare) or index.knows(bare)
