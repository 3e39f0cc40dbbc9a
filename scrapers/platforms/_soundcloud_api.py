"""The tracks of a SoundCloud profile by the interface that SoundCloud's own page uses.

Not documented; users and tracks are known from recorded answers.
"""

from collections.abc import Iterator
from urllib.parse import parse_qs

from scrapers.platforms import kit

API = "https://api-v2.soundcloud.com"
RULE = "platform.soundcloud"
_REACTIONS = (
    (kit.Reaction.LIKES, "likes_count"),
    (kit.Reaction.COMMENTS, "comment_count"),
    (kit.Reaction.SHARES, "reposts_count"),
    (kit.Reaction.VIEWS, "playback_count"),
)


def tracks(ask: kit.Ask, client: str, number: int) -> kit.Steps[kit.Timeline | kit.Unknown]:
    """Page back through the tracks by the interface of SoundCloud's own page."""
    url = f"{API}/users/{number}/tracks?client_id={client}&limit=100&linked_partitioning=1"
    listing = kit.Listing(
        first=url,
        items=_posts,
        after=lambda found, _: kit.at_cursor(url, "offset", _offset(found)),
        within=("collection",),
        what="tracks",
    )
    return kit.read_posts(ask, listing)


def _offset(found: kit.JsonAnswer) -> str:
    """Where the next page begins; its whole address is not followed."""
    query = parse_qs(found.text("next_href").partition("?")[2])
    return next(iter(query.get("offset", ())), "")


def _posts(found: kit.JsonAnswer) -> Iterator[kit.ProfilePost]:
    proof = kit.Proof(found.page, RULE)
    for each in found.items("collection"):
        title = kit.text_of(each.get("title"))
        url = kit.own_site_of(each.get("permalink_url"), "soundcloud.com")
        made = kit.dated_at(each.get("display_date")) or kit.dated_at(each.get("created_at"))
        if each.get("kind") != "track" or not title or not url:
            continue
        yield kit.ProfilePost(
            url=url,
            title=title,
            text=kit.text_of(each.get("description")),
            published=made,
            evidence=proof.of(f"{kit.text_of(each.get('display_date'))} {title}"),
            format="audio",
            interactions=kit.interactions_of(each, _REACTIONS),
        )
