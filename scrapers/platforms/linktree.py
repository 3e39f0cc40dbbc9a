"""Linktree: the addresses that a page of links gives, so that profiles behind it are found.

The page carries its links as data for its own scripts (`#__NEXT_DATA__`, seen in public tools) and
as plain links.
"""

from collections.abc import Iterator
from urllib.parse import quote

from scrapers.parse.embedded import script_json
from scrapers.parse.html import Document, read_html
from scrapers.parse.urls import host_of, join
from scrapers.platforms import kit

_RULE = "platform.linktree"
_OWN = "linktr.ee"
MAX_LINKS = 60


def read(ask: kit.Ask) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Read the page of links; it has no followers and no posts."""
    found = yield from kit.ask_page(f"https://{_OWN}/{quote(ask.handle, safe='')}")
    if isinstance(found, kit.Failure):
        return kit.refused_by(found, _RULE)
    return _shown(ask, found)


def _shown(ask: kit.Ask, found: kit.Page) -> kit.Profile | kit.Unknown:
    document = read_html(found)
    said = kit.field(script_json(document, "#__NEXT_DATA__"), "props", "pageProps")
    links = tuple(dict.fromkeys((*_of_data(said), *_of_page(document))))[:MAX_LINKS]
    account = kit.text_of(kit.field(said, "account", "username"))
    if not links and not account:
        return kit.unread(kit.Outcome.PARSE_FAILED, "no links where they used to be")
    name = kit.text_of(kit.field(said, "account", "pageTitle")) or document.meta("og:title")
    return kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=(kit.Proof(found, _RULE).of(f"{ask.handle}: {len(links)} links"),),
        name=name,
        about=kit.text_of(kit.field(said, "account", "description")),
        links=links,
    )


def _of_data(said: object) -> Iterator[str]:
    """The links and the icons of networks, in their order."""
    for key in ("links", "socialLinks"):
        for each in kit.items(kit.field(said, key)) or kit.items(kit.field(said, "account", key)):
            url = join("https://linktr.ee/", kit.text_of(each.get("url")))
            if url is not None and host_of(url) != _OWN:
                yield url


def _of_page(document: Document) -> Iterator[str]:
    return (link.url for link in document.links if not host_of(link.url).endswith(_OWN))


PLATFORM = kit.Platform(
    name="linktree",
    read=read,
    public="the addresses that the page gives, so that further profiles are found",
    confidence=kit.Confidence.TOOLS,
    audience="",
)
