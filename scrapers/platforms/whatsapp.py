"""WhatsApp channels: name and followers from the Open Graph head of the channel's page."""

import re

from scrapers.parse.document import Document
from scrapers.parse.html import read_html
from scrapers.parse.text import clean
from scrapers.parse.urls import links_in
from scrapers.platforms import kit

_RULE = "platform.whatsapp"
_TITLE = re.compile(r"\s*\|\s*WhatsApp\b.*$", re.I)
_FOLLOWERS = re.compile(r"\d[\d.,\s\u00a0\u202f]*\s?[KMB]?\s+followers?\b", re.I)
_SEPARATOR = "•"


def read(ask: kit.Ask) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Read the head of the channel's page; its posts are shown in the app only."""
    page = yield from kit.ask_page(f"https://www.whatsapp.com/channel/{ask.handle}")
    if isinstance(page, kit.Failure):
        return kit.refused_by(page, _RULE)
    return _profile(page)


def _profile(page: kit.Page) -> kit.Profile | kit.Unknown:
    """Read the channel from its title and its description.

    Example: `Acme | WhatsApp Channel` and `Channel • 1.2M followers • Pumps that last`.
    """
    document, proof = read_html(page), kit.Proof(page, _RULE)
    title = document.meta("og:title")
    name = clean(_TITLE.sub("", title))
    parts = [clean(part) for part in document.meta("og:description").split(_SEPARATOR)]
    # Where there is no channel, the head is that of every page: the title `WhatsApp Channel` and
    # a description without parts.
    if not name or name.casefold().startswith("whatsapp") or len(parts) < 2:
        return kit.unread(kit.Outcome.PARSE_FAILED, "no channel's name where it used to be")
    about = f" {_SEPARATOR} ".join(parts[2:])
    return kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=(proof.of(title),),
        name=name,
        about=about,
        audience=_followers(document, parts[1], proof),
        timeline=kit.unread(kit.Outcome.NOT_SUPPORTED, "posts are shown in the app only"),
        links=links_in(about),
    )


def _followers(document: Document, part: str, proof: kit.Proof) -> kit.Known[int] | kit.Unknown:
    """Read the followers from the second part of the description."""
    if (match := _FOLLOWERS.search(part)) is not None:
        return proof.count(clean(match[0]), "followers")
    # In a page that says it is in another language the word is not known (`3,5 Tsd. Abonnenten`):
    # there the place of the number has to do.
    translated = document.language not in ("", "en") and part[:1].isdigit()
    return proof.count(part if translated else None, "followers")


PLATFORM = kit.Platform(
    name="whatsapp",
    read=read,
    public="followers, rounded; posts are shown in the app only",
    confidence=kit.Confidence.UNVERIFIED,
)
