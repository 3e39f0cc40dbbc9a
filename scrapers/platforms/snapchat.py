"""Snapchat: subscribers and Spotlight videos from the data in the page of a public profile."""

import re
from collections.abc import Iterator
from urllib.parse import quote

from scrapers.parse.embedded import script_json
from scrapers.parse.html import read_html
from scrapers.parse.urls import links_in
from scrapers.platforms import kit

_RULE = "platform.snapchat"
_PARTS = {
    "bio": kit.ProfilePart.BIOGRAPHY,
    "websiteUrl": kit.ProfilePart.LINK,
}
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
    answer = yield from kit.ask_page(f"https://www.snapchat.com/@{quote(ask.handle)}")
    if isinstance(answer, kit.Failure):
        return kit.refused_by(answer, _RULE)
    return _profile(ask, answer)


def _profile(ask: kit.Ask, page: kit.Page) -> kit.Profile | kit.Unknown:
    """Return the profile from the data in the page, or why there is none."""
    data = kit.field(script_json(read_html(page), "#__NEXT_DATA__"), "props", "pageProps")
    # The page of a name that nobody has comes with status 200; its type says so, in either place.
    types = (kit.field(data, "pageType"), kit.field(data, "pageMetadata", "pageType"))
    if "NOT_FOUND" in map(kit.text_of, types):
        return kit.not_found(page, _RULE)
    proof, public = kit.Proof(page, _RULE), kit.field(data, "userProfile", "publicProfileInfo")
    name = kit.text_of(kit.field(public, "title"))
    if not name:
        return _ordinary(data, proof)
    handle, bio = kit.text_of(kit.field(public, "username")), kit.text_of(kit.field(public, "bio"))
    return kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=(proof.of(f"@{handle}: {name}"),),
        url=f"https://www.snapchat.com/@{quote(handle)}" if handle else "",
        handle=handle,
        account=kit.text_of(kit.field(public, "businessProfileId")),
        name=name,
        about=bio,
        audience=_subscribers(kit.field(public, "subscriberCount"), proof),
        timeline=_timeline(data, ask, proof),
        links=(*kit.site_in(kit.field(public, "websiteUrl")), *links_in(bio)),
        created_at=kit.time_of(kit.field(public, "creationTimestampMs", "value")),
        updated_at=kit.time_of(kit.field(public, "lastUpdateTimestampMs", "value")),
        shows=kit.parts_in(public, _PARTS),
    )


def _ordinary(data: object, proof: kit.Proof) -> kit.Profile | kit.Unknown:
    """Return an account without a public profile: its name is all that Snapchat shows."""
    user = kit.field(data, "userProfile", "userInfo")
    handle = kit.text_of(kit.field(user, "username"))
    if not handle:
        return kit.unread(kit.Outcome.PARSE_FAILED, "no profile where it used to be")
    hidden = kit.unread(kit.Outcome.HIDDEN, "the account has no public profile")
    return kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=(proof.of(f"@{handle}"),),
        handle=handle,
        name=kit.text_of(kit.field(user, "displayName")),
        audience=hidden,
        timeline=hidden,
    )


def _subscribers(count: object, proof: kit.Proof) -> kit.Known[int] | kit.Unknown:
    """Return the subscribers, which Snapchat rounds to hundreds ("141300")."""
    # A public profile may hide its subscribers; Snapchat then writes 0.
    if kit.count_of(count) == 0:
        return kit.unread(kit.Outcome.HIDDEN, "Snapchat shows 0 where the subscribers are hidden")
    return proof.count(count, "subscribers", exact=False)


def _timeline(data: object, ask: kit.Ask, proof: kit.Proof) -> kit.Timeline | kit.Unknown:
    """Return the Spotlight videos that the page lists; older ones may be missing."""
    posts = kit.newest_first(_posts(data, proof))
    if not posts and kit.field(data, "spotlightStoryMetadata"):
        return kit.unread(kit.Outcome.PARSE_FAILED, "no times or addresses of the Spotlight videos")
    if not posts:
        return kit.unread(
            kit.Outcome.HIDDEN, "no Spotlight videos are listed; stories vanish in a day"
        )
    return kit.timeline_of(posts, ask, truncated=True)


def _posts(data: object, proof: kit.Proof) -> Iterator[kit.ProfilePost]:
    """Give the Spotlight videos in the order of the page; one without time or address is none."""
    for item in kit.items(kit.field(data, "spotlightStoryMetadata")):
        video = kit.field(item, "videoMetadata")
        published = kit.dated_at(kit.field(video, "uploadDateMs"), kit.DateSource.META)
        # The address is only in a link for the app, which may be `snapchat://spotlight/…`.
        link = kit.text_of(kit.field(item, "oneLinkParams", "deepLinkUrl"))
        match = _VIDEO.search(link)
        if published is None or match is None:
            continue
        texts = (kit.text_of(kit.field(video, key)) for key in ("description", "name"))
        text = next((each for each in texts if each and each not in _FILLERS), "")
        yield kit.ProfilePost(
            url=f"https://www.snapchat.com/spotlight/{match[1]}",
            title=kit.headline(text),
            text=text,
            published=published,
            evidence=proof.dated(published, text),
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
