"""The tracks of a SoundCloud profile by the interface that SoundCloud's own page uses.

Not documented; users and tracks are known from recorded answers.
"""

from collections.abc import Iterator
from urllib.parse import parse_qs, quote, urlsplit

from audit.model.profile import Interaction, Outcome, ProfilePost, Reaction, Timeline, unread
from audit.model.value import Unknown
from audit.model.web import Failure
from scrapers.parse.urls import join
from scrapers.platforms._base import PAGES, Answer, Ask, Steps, answer
from scrapers.platforms._proof import Proof, timeline, why
from scrapers.platforms._values import instant, text_of, whole

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
    posts: list[ProfilePost] = []
    offset = ""
    for _ in range(PAGES):
        more = f"&offset={quote(offset, safe='')}" if offset else ""
        found = yield from answer(
            f"{API}/users/{number}/tracks?client_id={client}&limit=100&linked_partitioning=1{more}"
        )
        if isinstance(found, Failure):
            return timeline(posts, ask, truncated=True) if posts else why(found)
        if not isinstance(found.at("collection"), list):
            return unread(Outcome.PARSE_FAILED, "no list of tracks where it used to be")
        posts += _posts(found)
        offset = next(iter(parse_qs(urlsplit(found.text("next_href")).query).get("offset", ())), "")
        oldest = posts[-1].published if posts else None
        if not offset or (oldest is not None and oldest.at < ask.since):
            return timeline(posts, ask, truncated=bool(offset))
    return timeline(posts, ask, truncated=True)


def _posts(found: Answer) -> Iterator[ProfilePost]:
    proof = Proof(found.page, RULE)
    for each in found.listed("collection"):
        title, url = text_of(each.get("title")), join(text_of(each.get("permalink_url")), "")
        made = instant(each.get("display_date")) or instant(each.get("created_at"))
        if each.get("kind") != "track" or not title or url is None:
            continue
        yield ProfilePost(
            url=url,
            title=title,
            text=text_of(each.get("description")),
            published=made,
            evidence=proof.of(f"{text_of(each.get('display_date'))} {title}"),
            format="audio",
            interactions=tuple(
                Interaction(reaction=reaction, count=count)
                for reaction, key in _REACTIONS
                if (count := whole(each.get(key))) is not None
            ),
        )
