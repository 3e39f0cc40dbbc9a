"""VK: communities by the VK API with a service key; without one, whether their page is there."""

import re
from urllib.parse import quote

from scrapers.parse.html import Document, read_html
from scrapers.parse.urls import segments
from scrapers.platforms import kit
from scrapers.platforms._vk_api import KEY, by_key

_RULE = "platform.vk"
_PERSON = re.compile(r"id\d{1,12}")
_UNSEEN = frozenset({"script", "style", "noscript", "template"})
_WALLS = frozenset({"login", "login.php", "join", "restore"})
_CHALLENGES = frozenset({"challenge.html", "429.html", "badbrowser.php"})


def read(ask: kit.Ask) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Read a community by its key; without one, see whether its page is there."""
    if _PERSON.fullmatch(ask.handle) is not None:
        return kit.unread(kit.Outcome.NOT_SUPPORTED, "only pages of communities are read")
    if ask.has(KEY):
        return (yield from by_key(ask, _RULE))
    found = yield from kit.ask_page(f"https://vk.com/{quote(ask.handle)}")
    if isinstance(found, kit.Failure):
        return kit.refused_by(found, _RULE)
    return _shown(found)


def _shown(found: kit.Page) -> kit.Profile | kit.Unknown:
    first = next(iter(segments(found.url)), "")
    if first in _CHALLENGES:
        return kit.unread(kit.Outcome.BLOCKED, "VK asks for a proof that a person reads")
    if first in _WALLS:
        return kit.unread(
            kit.Outcome.LOGIN_WALL, f"VK asks for a login; {KEY.name} makes it readable"
        )
    document = read_html(found)
    text = _text(document)
    if "User was deleted or banned" in text:
        return kit.absent(found, _RULE, kit.Standing.SUSPENDED, "the page was deleted or banned")
    if "This profile is private" in text:
        return kit.absent(found, _RULE, kit.Standing.PRIVATE, "the profile is private")
    name = document.meta("og:title")
    if not name or document.meta("og:type") != "profile":
        return kit.needs_key(KEY, "members and posts")
    return kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=(kit.Proof(found, _RULE).of(name),),
        name=name,
        audience=kit.needs_key(KEY, "members"),
        timeline=kit.needs_key(KEY, "posts"),
    )


def _text(document: Document) -> str:
    """What a reader of the page sees, without the words that its scripts hold."""
    body = document.tree.body
    if body is None:
        return ""
    nodes = (each for each in body.traverse(include_text=True) if each.is_text_node)
    shown = (each for each in nodes if each.parent and each.parent.tag not in _UNSEEN)
    return " ".join(each.text_content or "" for each in shown)


PLATFORM = kit.Platform(
    name="vk",
    read=read,
    public="whether the page is there; no figures",
    confidence=kit.Confidence.DOCUMENTED,
    audience="members",
    keys=(KEY,),
)
