"""Linktree: the addresses that a page of links gives, so that profiles behind it are found.

The page carries its links as data for its own scripts (`#__NEXT_DATA__`, seen in public tools) and
as plain links.
"""

from collections.abc import Iterator
from urllib.parse import quote

from audit.model.exchange import Failure, Page
from audit.model.profile import Outcome, Profile, Standing, unread
from audit.model.value import Unknown
from scrapers.parse.embedded import script_json
from scrapers.parse.html import Document, read_html
from scrapers.parse.urls import host_of, join
from scrapers.parse.values import at, listed, text_of
from scrapers.platforms.kit.base import Ask, Confidence, Platform, Steps, page
from scrapers.platforms.kit.proof import Proof, refused

_RULE = "platform.linktree"
_OWN = "linktr.ee"
MAX_LINKS = 60


def read(ask: Ask) -> Steps[Profile | Unknown]:
    """Read the page of links; it has no followers and no posts."""
    found = yield from page(f"https://{_OWN}/{quote(ask.handle, safe='')}")
    if isinstance(found, Failure):
        return refused(found, _RULE)
    return _shown(ask, found)


def _shown(ask: Ask, found: Page) -> Profile | Unknown:
    document = read_html(found)
    said = at(script_json(document, "#__NEXT_DATA__"), "props", "pageProps")
    links = tuple(dict.fromkeys((*_of_data(said), *_of_page(document))))[:MAX_LINKS]
    account = text_of(at(said, "account", "username"))
    if not links and not account:
        return unread(Outcome.PARSE_FAILED, "no links where they used to be")
    name = text_of(at(said, "account", "pageTitle")) or document.meta("og:title")
    return Profile(
        standing=Standing.LIVE,
        evidence=(Proof(found, _RULE).of(f"{ask.handle}: {len(links)} links"),),
        name=name,
        about=text_of(at(said, "account", "description")),
        links=links,
    )


def _of_data(said: object) -> Iterator[str]:
    """The links and the icons of networks, in their order."""
    for key in ("links", "socialLinks"):
        for each in listed(at(said, key)) or listed(at(said, "account", key)):
            url = join("https://linktr.ee/", text_of(each.get("url")))
            if url is not None and host_of(url) != _OWN:
                yield url


def _of_page(document: Document) -> Iterator[str]:
    return (link.url for link in document.links if not host_of(link.url).endswith(_OWN))


PLATFORM = Platform(
    name="linktree",
    read=read,
    public="the addresses that the page gives, so that further profiles are found",
    confidence=Confidence.TOOLS,
    audience="",
)
