"""Join a channel with what its profile says: audience, posts, names, and broken promises."""

from dataclasses import replace

from audit.model.channel import Channel, ChannelHistory, Ownership, Role
from audit.model.profile import NOT_SHOWN, Profile, ProfilePost, Standing, Timeline
from audit.model.result import Window
from audit.model.site import Post, Section
from audit.model.value import Absent, Known, Moment, Number, Reason, Unknown, with_saved
from scrapers.channels.confirmed import confirmed
from scrapers.channels.owner import Owner
from scrapers.channels.promises import broken_promises

_PASSED_ON = "passed on"
"""All that is said of a post that the channel did not write."""


def with_profile(
    channel: Channel, profile: Profile | Unknown, audience: str, owner: Owner, window: Window
) -> Channel:
    """Put the channel together anew, with its profile and what follows from it.

    `audience` is the platform's word for those who follow. What could not be read keeps its
    reason, and what the site alone says stays.
    """
    if isinstance(profile, Unknown):
        unread = replace(channel, profile=profile, newest_post=profile, audience=audience)
        return replace(unread, promises=broken_promises(channel, unread, window))
    former = (channel.found.handle,) if _is_renamed(channel, profile) else ()
    ownership = confirmed(channel, profile, owner)
    read = replace(
        channel,
        ownership=ownership,
        profile=_without_posts(profile, ownership),
        history=ChannelHistory(former=former),
        newest_post=_newest(profile, window),
        audience=audience,
    )
    return replace(read, promises=broken_promises(channel, read, window))


def _without_posts(profile: Profile, ownership: Ownership) -> Profile:
    """Leave out the posts, which are kept elsewhere, and the words of what is not the company's.

    A candidate may turn out to be a person's profile, whose words are nobody's business.
    """
    bare = replace(
        profile,
        timeline=NOT_SHOWN,
        audience=_marked(profile.audience),
        figures=tuple(replace(each, value=_marked(each.value)) for each in profile.figures),
    )
    if ownership.candidate or ownership.role is Role.PERSON:
        return replace(bare, about="", links=())
    return bare


def _marked(value: Number) -> Number:
    """Return a figure marked where it was read from a saved page."""
    return with_saved(value) if isinstance(value, Known) else value


def _is_renamed(channel: Channel, profile: Profile) -> bool:
    """Tell whether a live profile goes by another handle than the one it was found by.

    A number or id is not a handle, and an address of another shape (`/user/acme`, `/@acme`) is
    another way to the same profile.
    """
    if profile.standing is not Standing.LIVE:
        return False
    now, then = _plain(profile.handle), _plain(channel.found.handle)
    # Found by its id (youtube.com/channel/UC…), it has a handle all the same.
    if not now or now == then or then == _plain(profile.account):
        return False
    return _shape(profile.url or channel.found.url, now) == _shape(channel.found.url, then)


def _plain(handle: str) -> str:
    """Return a handle as people compare it: without case, `@` and slashes at its ends."""
    return handle.casefold().strip("@/ ")


def _shape(url: str, handle: str) -> str:
    """Return an address without the handle, in one spelling."""
    return url.casefold().replace(handle, "", 1).rstrip("/")


def _newest(profile: Profile, window: Window) -> Moment:
    """Return when the newest post of its own appeared, in the window or before it, none ahead.

    Absent where the whole list was read and is empty; Unknown where the posts were not shown, or
    none of them counts: passed on, without a date, or dated too far ahead.
    """
    if (lack := profile.lack) is not None:
        return lack
    timeline = profile.timeline
    if isinstance(timeline, Unknown):
        return timeline
    dated = [
        (post.published.at, post)
        for post in timeline.posts
        if post.published is not None and not _flag(post, window)
    ]
    if dated:
        at, newest = max(dated, key=lambda pair: pair[0])
        return with_saved(Known(value=at, evidence=(newest.evidence,)))
    # A post may stand in the part not seen, or lack a date: that is not "never posted".
    if timeline.truncated or timeline.posts:
        return Unknown(reason=Reason.TOO_LITTLE_DATA, detail="no dated post of its own was seen")
    return Absent(evidence=profile.evidence, detail="never posted")


def section_of(channel: Channel, profile: Profile | Unknown, window: Window) -> Section | None:
    """Return the posts of a profile as a dated section; None where they could not be read."""
    if isinstance(profile, Unknown) or not isinstance(profile.timeline, Timeline):
        return None
    timeline = profile.timeline
    return Section(
        channel=channel.platform,
        url=channel.url,
        feeds=(),
        posts=tuple(_post(channel, post, window) for post in timeline.posts),
        truncated=timeline.truncated,
        unreadable=None,
        evidence=profile.evidence,
    )


def _post(channel: Channel, post: ProfilePost, window: Window) -> Post:
    """Take a post as the channel's; of what it only passed on, no more than that and when.

    Its words are somebody else's, and nobody's business here.
    """
    if post.repost:
        post = ProfilePost(
            url=channel.url,
            title=_PASSED_ON,
            published=post.published,
            evidence=replace(post.evidence, excerpt=_PASSED_ON),
            format=post.format,
            repost=True,
        )
    return Post(
        channel=channel.platform,
        channel_url=channel.url,
        url=post.url,
        title=post.title,
        published=post.published,
        format=post.format,
        language=post.language,
        flag=_flag(post, window),
        evidence=post.evidence,
        text=post.text,
        interactions=post.interactions,
    )


def _flag(post: ProfilePost, window: Window) -> str:
    """Return why a post does not count in cadence: "undated", "future", "repost"; else ""."""
    if post.published is None:
        return "undated"
    if window.is_ahead(post.published.at, post.evidence.fetched_at):
        return "future"
    return "repost" if post.repost else ""
