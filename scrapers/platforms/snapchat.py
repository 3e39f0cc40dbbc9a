"""Snapchat: subscribers and Spotlight videos from the data in the page of a public profile."""

import re
from collections.abc import Iterator
from urllib.parse import quote

from audit.model.dated import DateSource
from audit.model.exchange import Failure, Page
from audit.model.profile import (
    Outcome,
    Profile,
    ProfilePost,
    Reaction,
    Standing,
    Timeline,
    unread,
)
from audit.model.value import Known, Unknown
from scrapers.parse.embedded import script_json
from scrapers.parse.html import read_html
from scrapers.parse.urls import links_in
from scrapers.parse.values import at, headline, instant, listed, site_of, text_of, time_of, whole
from scrapers.platforms.kit.base import Ask, Confidence, Platform, Steps, page
from scrapers.platforms.kit.posts import interactions
from scrapers.platforms.kit.proof import Proof, gone, newest_first, refused, timeline

_RULE = "platform.snapchat"
_VIDEO = re.compile(r"spotlight/([\w-]+)")
_FILLERS = frozenset({"Spotlight Snap", "Another Spotlight Snap brought to you by Snapchat"})
"""What Snapchat puts where the channel wrote nothing."""
_REACTIONS = (
    (Reaction.COMMENTS, "engagementStats.commentCount"),
    (Reaction.SHARES, "engagementStats.shareCount"),
    (Reaction.VIEWS, "engagementStats.viewCount"),
)
"""-1 stands where a count is hidden and is none."""


def read(ask: Ask) -> Steps[Profile | Unknown]:
    """Read the page of a profile, with the Spotlight videos that it lists."""
    found = yield from page(f"https://www.snapchat.com/@{quote(ask.handle)}")
    if isinstance(found, Failure):
        return refused(found, _RULE)
    return _shown(ask, found)


def _shown(ask: Ask, found: Page) -> Profile | Unknown:
    said = at(script_json(read_html(found), "#__NEXT_DATA__"), "props", "pageProps")
    if "NOT_FOUND" in (
        text_of(at(said, "pageType")),
        text_of(at(said, "pageMetadata", "pageType")),
    ):
        return gone(found, _RULE)
    proof, about = Proof(found, _RULE), at(said, "userProfile", "publicProfileInfo")
    name = text_of(at(about, "title"))
    if not name:
        return _ordinary(said, proof)
    handle, bio = text_of(at(about, "username")), text_of(at(about, "bio"))
    return Profile(
        standing=Standing.LIVE,
        evidence=(proof.of(f"@{handle}: {name}"),),
        url=f"https://www.snapchat.com/@{quote(handle)}" if handle else "",
        handle=handle,
        account=text_of(at(about, "businessProfileId")),
        name=name,
        about=bio,
        audience=_subscribers(at(about, "subscriberCount"), proof),
        timeline=_videos(said, ask, proof),
        links=(*site_of(at(about, "websiteUrl")), *links_in(bio)),
        created_at=time_of(at(about, "creationTimestampMs", "value")),
        updated_at=time_of(at(about, "lastUpdateTimestampMs", "value")),
    )


def _ordinary(said: object, proof: Proof) -> Profile | Unknown:
    """An account without a public profile: its name is all that Snapchat shows."""
    handle = text_of(at(said, "userProfile", "userInfo", "username"))
    if not handle:
        return unread(Outcome.PARSE_FAILED, "no profile where it used to be")
    hidden = unread(Outcome.HIDDEN, "the account has no public profile")
    return Profile(
        standing=Standing.LIVE,
        evidence=(proof.of(f"@{handle}"),),
        handle=handle,
        name=text_of(at(said, "userProfile", "userInfo", "displayName")),
        audience=hidden,
        timeline=hidden,
    )


def _subscribers(said: object, proof: Proof) -> Known[int] | Unknown:
    """Subscribers, which Snapchat rounds to hundreds; it writes 0 where they are not shown."""
    if whole(said) == 0:
        return unread(Outcome.HIDDEN, "Snapchat shows 0 where the subscribers are hidden")
    return proof.count(said, "subscribers", exact=False)


def _videos(said: object, ask: Ask, proof: Proof) -> Timeline | Unknown:
    """The Spotlight videos that the page lists; older ones may be missing."""
    posts = newest_first(_posts(said, proof))
    if not posts and at(said, "spotlightStoryMetadata"):
        return unread(Outcome.PARSE_FAILED, "no times or addresses of the Spotlight videos")
    if not posts:
        return unread(Outcome.HIDDEN, "no Spotlight videos are listed; stories vanish in a day")
    return timeline(posts, ask, truncated=True)


def _posts(said: object, proof: Proof) -> Iterator[ProfilePost]:
    for item in listed(at(said, "spotlightStoryMetadata")):
        made = instant(at(item, "videoMetadata", "uploadDateMs"), DateSource.META)
        named = _VIDEO.search(text_of(at(item, "oneLinkParams", "deepLinkUrl")))
        if made is None or named is None:
            continue
        words = [text_of(at(item, "videoMetadata", key)) for key in ("description", "name")]
        text = next((each for each in words if each and each not in _FILLERS), "")
        yield ProfilePost(
            url=f"https://www.snapchat.com/spotlight/{named[1]}",
            title=headline(text),
            text=text,
            published=made,
            evidence=proof.dated(made, text),
            format="video",
            interactions=interactions(item, _REACTIONS),
        )


PLATFORM = Platform(
    name="snapchat",
    read=read,
    public="subscribers, rounded; the Spotlight videos on the profile's page with their figures",
    confidence=Confidence.TOOLS,
    audience="subscribers",
)
