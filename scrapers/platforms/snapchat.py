"""Snapchat: subscribers and Spotlight videos from the data in the page of a public profile."""

import re
from collections.abc import Iterator
from urllib.parse import quote

from scrapers.parse.embedded import script_json
from scrapers.parse.html import read_html
from scrapers.parse.urls import links_in
from scrapers.platforms import kit

_RULE = "platform.snapchat"
_VIDEO = re.compile(r"spotlight/([\w-]+)")
_FILLERS = frozenset({"Spotlight Snap", "Another Spotlight Snap brought to you by Snapchat"})
"""What Snapchat puts where the channel wrote nothing."""
_REACTIONS = (
    (kit.Reaction.COMMENTS, "engagementStats.commentCount"),
    (kit.Reaction.SHARES, "engagementStats.shareCount"),
    (kit.Reaction.VIEWS, "engagementStats.viewCount"),
)
"""-1 stands where a count is hidden and is none."""


def read(ask: kit.Ask) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Read the page of a profile, with the Spotlight videos that it lists."""
    found = yield from kit.ask_page(f"https://www.snapchat.com/@{quote(ask.handle)}")
    if isinstance(found, kit.Failure):
        return kit.refused_by(found, _RULE)
    return _shown(ask, found)


def _shown(ask: kit.Ask, found: kit.Page) -> kit.Profile | kit.Unknown:
    said = kit.field(script_json(read_html(found), "#__NEXT_DATA__"), "props", "pageProps")
    if "NOT_FOUND" in (
        kit.text_of(kit.field(said, "pageType")),
        kit.text_of(kit.field(said, "pageMetadata", "pageType")),
    ):
        return kit.not_found(found, _RULE)
    proof, about = kit.Proof(found, _RULE), kit.field(said, "userProfile", "publicProfileInfo")
    name = kit.text_of(kit.field(about, "title"))
    if not name:
        return _ordinary(said, proof)
    handle, bio = kit.text_of(kit.field(about, "username")), kit.text_of(kit.field(about, "bio"))
    return kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=(proof.of(f"@{handle}: {name}"),),
        url=f"https://www.snapchat.com/@{quote(handle)}" if handle else "",
        handle=handle,
        account=kit.text_of(kit.field(about, "businessProfileId")),
        name=name,
        about=bio,
        audience=_subscribers(kit.field(about, "subscriberCount"), proof),
        timeline=_videos(said, ask, proof),
        links=(*kit.site_in(kit.field(about, "websiteUrl")), *links_in(bio)),
        created_at=kit.time_of(kit.field(about, "creationTimestampMs", "value")),
        updated_at=kit.time_of(kit.field(about, "lastUpdateTimestampMs", "value")),
    )


def _ordinary(said: object, proof: kit.Proof) -> kit.Profile | kit.Unknown:
    """An account without a public profile: its name is all that Snapchat shows."""
    handle = kit.text_of(kit.field(said, "userProfile", "userInfo", "username"))
    if not handle:
        return kit.unread(kit.Outcome.PARSE_FAILED, "no profile where it used to be")
    hidden = kit.unread(kit.Outcome.HIDDEN, "the account has no public profile")
    return kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=(proof.of(f"@{handle}"),),
        handle=handle,
        name=kit.text_of(kit.field(said, "userProfile", "userInfo", "displayName")),
        audience=hidden,
        timeline=hidden,
    )


def _subscribers(said: object, proof: kit.Proof) -> kit.Known[int] | kit.Unknown:
    """Subscribers, which Snapchat rounds to hundreds; it writes 0 where they are not shown."""
    if kit.count_of(said) == 0:
        return kit.unread(kit.Outcome.HIDDEN, "Snapchat shows 0 where the subscribers are hidden")
    return proof.count(said, "subscribers", exact=False)


def _videos(said: object, ask: kit.Ask, proof: kit.Proof) -> kit.Timeline | kit.Unknown:
    """The Spotlight videos that the page lists; older ones may be missing."""
    posts = kit.newest_first(_posts(said, proof))
    if not posts and kit.field(said, "spotlightStoryMetadata"):
        return kit.unread(kit.Outcome.PARSE_FAILED, "no times or addresses of the Spotlight videos")
    if not posts:
        return kit.unread(
            kit.Outcome.HIDDEN, "no Spotlight videos are listed; stories vanish in a day"
        )
    return kit.timeline_of(posts, ask, truncated=True)


def _posts(said: object, proof: kit.Proof) -> Iterator[kit.ProfilePost]:
    for item in kit.items(kit.field(said, "spotlightStoryMetadata")):
        made = kit.dated_at(kit.field(item, "videoMetadata", "uploadDateMs"), kit.DateSource.META)
        named = _VIDEO.search(kit.text_of(kit.field(item, "oneLinkParams", "deepLinkUrl")))
        if made is None or named is None:
            continue
        words = [
            kit.text_of(kit.field(item, "videoMetadata", key)) for key in ("description", "name")
        ]
        text = next((each for each in words if each and each not in _FILLERS), "")
        yield kit.ProfilePost(
            url=f"https://www.snapchat.com/spotlight/{named[1]}",
            title=kit.headline(text),
            text=text,
            published=made,
            evidence=proof.dated(made, text),
            format="video",
            interactions=kit.interactions_of(item, _REACTIONS),
        )


PLATFORM = kit.Platform(
    name="snapchat",
    read=read,
    public="subscribers, rounded; the Spotlight videos on the profile's page with their figures",
    confidence=kit.Confidence.TOOLS,
    audience="subscribers",
)
