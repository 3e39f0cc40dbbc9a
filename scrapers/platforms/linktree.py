"""Linktree: the addresses that a page of links gives, so that profiles behind it are found.

The page carries its links as data for its own scripts (`#__NEXT_DATA__`, seen in public tools) and
as plain links.
"""

from collections.abc import Iterator
from urllib.parse import quote

from scrapers.parse.document import Document
from scrapers.parse.embedded import script_json
from scrapers.parse.html import read_html
from scrapers.parse.urls import host_of, join
from scrapers.platforms import kit

HOST = "linktr.ee"
MAX_LINKS = 60
"""Links of one page that are kept at most; each may become a channel that is read."""
_RULE = "platform.linktree"


def read(ask: kit.Ask) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Read the page of links; it has no followers and no posts."""
    answer = yield from kit.ask_page(f"https://{HOST}/{quote(ask.handle, safe='')}")
    if isinstance(answer, kit.Failure):
        return kit.refused_by(answer, _RULE)
    return _profile(ask, answer)


def _profile(ask: kit.Ask, page: kit.Page) -> kit.Profile | kit.Unknown:
    """Return the profile with the links of the page; unknown where it has no account either."""
    document = read_html(page)
    data = kit.field(script_json(document, "#__NEXT_DATA__"), "props", "pageProps")
    links = tuple(dict.fromkeys((*_links_in_data(data), *_links_shown(document))))[:MAX_LINKS]
    # An account without a single link is there and empty; a page without both was rebuilt.
    account = kit.text_of(kit.field(data, "account", "username"))
    if not links and not account:
        return kit.unread(kit.Outcome.PARSE_FAILED, "no links where they used to be")
    name = kit.text_of(kit.field(data, "account", "pageTitle")) or document.meta("og:title")
    return kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=(kit.Proof(page, _RULE).of(f"{ask.handle}: {len(links)} links"),),
        name=name,
        about=kit.text_of(kit.field(data, "account", "description")),
        links=links,
    )


def _links_in_data(data: object) -> Iterator[str]:
    """Give the addresses of the links, then of the icons of networks, in the order of the data.

    A link without an address, one that is no web address (`javascript:`) and one that leads to
    Linktree itself are left out.
    """
    for key in ("links", "socialLinks"):
        # The lists lie beside the account on some pages and within it on others.
        links = kit.items(kit.field(data, key)) or kit.items(kit.field(data, "account", key))
        for link in links:
            url = join(f"https://{HOST}/", kit.text_of(link.get("url")))
            if url is not None and host_of(url) != HOST:
                yield url


def _links_shown(document: Document) -> Iterator[str]:
    """Give the addresses of the page's plain links that lead away from Linktree."""
    return (link.url for link in document.links if not host_of(link.url).endswith(HOST))


PLATFORM = kit.Platform(
    name="linktree",
    read=read,
    public="the addresses that the page gives, so that further profiles are found",
    confidence=kit.Confidence.TOOLS,
    audience="",
)
