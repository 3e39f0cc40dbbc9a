"""WhatsApp channels: name and followers from the Open Graph head of the channel's page."""

import re

from scrapers.parse.html import Document, read_html
from scrapers.parse.text import clean
from scrapers.parse.urls import links_in
from scrapers.platforms import kit

_RULE = "platform.whatsapp"
_TITLE = re.compile(r"\s*\|\s*WhatsApp\b.*$", re.I)
_FOLLOWERS = re.compile(r"\d[\d.,\s\u00a0\u202f]*\s?[KMB]?\s+followers?\b", re.I)
_SEPARATOR = "•"


def read(ask: kit.Ask) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Read the head of the channel's page; its posts are shown in the app only."""
    found = yield from kit.ask_page(f"https://www.whatsapp.com/channel/{ask.handle}")
    if isinstance(found, kit.Failure):
        return kit.refused_by(found, _RULE)
    return _shown(found)


def _shown(found: kit.Page) -> kit.Profile | kit.Unknown:
    document, proof = read_html(found), kit.Proof(found, _RULE)
    title = document.meta("og:title")
    name = clean(_TITLE.sub("", title))
    said = [clean(part) for part in document.meta("og:description").split(_SEPARATOR)]
    if not name or name.casefold().startswith("whatsapp") or len(said) < 2:
        return kit.unread(kit.Outcome.PARSE_FAILED, "no channel's name where it used to be")
    about = f" {_SEPARATOR} ".join(said[2:])
    return kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=(proof.of(title),),
        name=name,
        about=about,
        audience=_followers(document, said, proof),
        timeline=kit.unread(kit.Outcome.NOT_SUPPORTED, "posts are shown in the app only"),
        links=links_in(about),
    )


def _followers(
    document: Document, said: list[str], proof: kit.Proof
) -> kit.Known[int] | kit.Unknown:
    """The second part of the description; its word is English unless the page is in another."""
    if (english := _FOLLOWERS.search(said[1])) is not None:
        return proof.count(clean(english[0]), "followers")
    translated = document.language not in ("", "en") and said[1][:1].isdigit()
    return proof.count(said[1] if translated else None, "followers")


PLATFORM = kit.Platform(
    name="whatsapp",
    read=read,
    public="followers, rounded; posts are shown in the app only",
    confidence=kit.Confidence.UNVERIFIED,
)
