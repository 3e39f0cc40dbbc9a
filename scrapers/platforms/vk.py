"""VK: communities by the VK API with a service key; without one, whether their page is there."""

import re
from urllib.parse import quote

from audit.model.exchange import Failure, Page
from audit.model.profile import Outcome, Profile, Standing, unread
from audit.model.value import Unknown
from scrapers.parse.html import Document, read_html
from scrapers.parse.urls import segments
from scrapers.platforms._vk_api import KEY, by_key
from scrapers.platforms.kit.base import Ask, Confidence, Platform, Steps, page
from scrapers.platforms.kit.proof import Proof, absent, needs, refused

_RULE = "platform.vk"
_PERSON = re.compile(r"id\d{1,12}")
_UNSEEN = frozenset({"script", "style", "noscript", "template"})
_WALLS = frozenset({"login", "login.php", "join", "restore"})
_CHALLENGES = frozenset({"challenge.html", "429.html", "badbrowser.php"})


def read(ask: Ask) -> Steps[Profile | Unknown]:
    """Read a community by its key; without one, see whether its page is there."""
    if _PERSON.fullmatch(ask.handle) is not None:
        return unread(Outcome.NOT_SUPPORTED, "only pages of communities are read")
    if ask.has(KEY):
        return (yield from by_key(ask, _RULE))
    found = yield from page(f"https://vk.com/{quote(ask.handle)}")
    if isinstance(found, Failure):
        return refused(found, _RULE)
    return _shown(found)


def _shown(found: Page) -> Profile | Unknown:
    first = next(iter(segments(found.url)), "")
    if first in _CHALLENGES:
        return unread(Outcome.BLOCKED, "VK asks for a proof that a person reads")
    if first in _WALLS:
        return unread(Outcome.LOGIN_WALL, f"VK asks for a login; {KEY.name} makes it readable")
    document = read_html(found)
    text = _text(document)
    if "User was deleted or banned" in text:
        return absent(found, _RULE, Standing.SUSPENDED, "the page was deleted or banned")
    if "This profile is private" in text:
        return absent(found, _RULE, Standing.PRIVATE, "the profile is private")
    name = document.meta("og:title")
    if not name or document.meta("og:type") != "profile":
        return needs(KEY, "members and posts")
    return Profile(
        standing=Standing.LIVE,
        evidence=(Proof(found, _RULE).of(name),),
        name=name,
        audience=needs(KEY, "members"),
        timeline=needs(KEY, "posts"),
    )


def _text(document: Document) -> str:
    """What a reader of the page sees, without the words that its scripts hold."""
    body = document.tree.body
    if body is None:
        return ""
    nodes = (each for each in body.traverse(include_text=True) if each.is_text_node)
    shown = (each for each in nodes if each.parent and each.parent.tag not in _UNSEEN)
    return " ".join(each.text_content or "" for each in shown)


PLATFORM = Platform(
    name="vk",
    read=read,
    public="whether the page is there; no figures",
    confidence=Confidence.DOCUMENTED,
    audience="members",
    keys=(KEY,),
)
