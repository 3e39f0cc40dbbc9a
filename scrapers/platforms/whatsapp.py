"""WhatsApp channels: name and followers from the Open Graph head of the channel's page."""

import re

from audit.model.exchange import Failure, Page
from audit.model.profile import Outcome, Profile, Standing, unread
from audit.model.value import Known, Unknown
from scrapers.parse.html import Document, read_html
from scrapers.parse.text import clean
from scrapers.parse.urls import links_in
from scrapers.platforms.kit.base import Ask, Confidence, Platform, Steps, page
from scrapers.platforms.kit.proof import Proof, refused

_RULE = "platform.whatsapp"
_TITLE = re.compile(r"\s*\|\s*WhatsApp\b.*$", re.I)
_FOLLOWERS = re.compile(r"\d[\d.,\s\u00a0\u202f]*\s?[KMB]?\s+followers?\b", re.I)
_SEPARATOR = "•"


def read(ask: Ask) -> Steps[Profile | Unknown]:
    """Read the head of the channel's page; its posts are shown in the app only."""
    found = yield from page(f"https://www.whatsapp.com/channel/{ask.handle}")
    if isinstance(found, Failure):
        return refused(found, _RULE)
    return _shown(found)


def _shown(found: Page) -> Profile | Unknown:
    document, proof = read_html(found), Proof(found, _RULE)
    title = document.meta("og:title")
    name = clean(_TITLE.sub("", title))
    said = [clean(part) for part in document.meta("og:description").split(_SEPARATOR)]
    if not name or name.casefold().startswith("whatsapp") or len(said) < 2:
        return unread(Outcome.PARSE_FAILED, "no channel's name where it used to be")
    about = f" {_SEPARATOR} ".join(said[2:])
    return Profile(
        standing=Standing.LIVE,
        evidence=(proof.of(title),),
        name=name,
        about=about,
        audience=_followers(document, said, proof),
        timeline=unread(Outcome.NOT_SUPPORTED, "posts are shown in the app only"),
        links=links_in(about),
    )


def _followers(document: Document, said: list[str], proof: Proof) -> Known[int] | Unknown:
    """The second part of the description; its word is English unless the page is in another."""
    if (english := _FOLLOWERS.search(said[1])) is not None:
        return proof.count(clean(english[0]), "followers")
    translated = document.language not in ("", "en") and said[1][:1].isdigit()
    return proof.count(said[1] if translated else None, "followers")


PLATFORM = Platform(
    name="whatsapp",
    read=read,
    public="followers, rounded; posts are shown in the app only",
    confidence=Confidence.UNVERIFIED,
)
