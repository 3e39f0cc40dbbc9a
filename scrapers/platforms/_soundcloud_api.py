"""The tracks of a SoundCloud profile by the interface that SoundCloud's own page uses.

Not documented; users and tracks are known from recorded answers.
"""

from collections.abc import Iterator
from urllib.parse import parse_qs

from audit.model.profile import ProfilePost, Reaction, Timeline
from audit.model.value import Unknown
from scrapers.parse.values import instant, own_site_of, text_of
from scrapers.platforms.kit.base import Answer, Ask, Steps
from scrapers.platforms.kit.paging import Listing, onward, paged
from scrapers.platforms.kit.posts import interactions
from scrapers.platforms.kit.proof import Proof

API = "https://api-v2.soundcloud.com"
RULE = "platform.soundcloud"
_REACTIONS = (
    (Reaction.LIKES, "likes_count"),
    (Reaction.COMMENTS, "comment_count"),
    (Reaction.SHARES, "reposts_count"),
    (Reaction.VIEWS, "playback_count"),
)


def tracks(ask: Ask, client: str, number: int) -> Steps[Timeline | Unknown]:
    """Page back through the tracks by the interface of SoundCloud's own page."""
    url = f"{API}/users/{number}/tracks?client_id={client}&limit=100&linked_partitioning=1"
    listing = Listing(
        first=url,
        items=_posts,
        after=lambda found, _: onward(url, "offset", _offset(found)),
        within=("collection",),
        what="tracks",
    )
    return paged(ask, listing)


def _offset(found: Answer) -> str:
    """Where the next page begins; its whole address is not followed."""
    query = parse_qs(found.text("next_href").partition("?")[2])
    return next(iter(query.get("offset", ())), "")


def _posts(found: Answer) -> Iterator[ProfilePost]:
    proof = Proof(found.page, RULE)
    for each in found.listed("collection"):
        title = text_of(each.get("title"))
        url = own_site_of(each.get("permalink_url"), "soundcloud.com")
        made = instant(each.get("display_date")) or instant(each.get("created_at"))
        if each.get("kind") != "track" or not title or not url:
            continue
        yield ProfilePost(
            url=url,
            title=title,
            text=text_of(each.get("description")),
            published=made,
            evidence=proof.of(f"{text_of(each.get('display_date'))} {title}"),
            format="audio",
            interactions=interactions(each, _REACTIONS),
        )
