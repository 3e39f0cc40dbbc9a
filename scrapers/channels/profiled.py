"""Join a channel with what its profile says: audience, posts, names, and broken promises."""

from dataclasses import replace
from datetime import timedelta

from audit.model.channel import Channel, Promise
from audit.model.dated import TOO_FAR_AHEAD
from audit.model.profile import Profile, ProfilePost, Standing, Timeline
from audit.model.result import Window
from audit.model.site import Post, Section, State
from audit.model.value import Absent, Evidence, Known, Moment, Reason, Unknown

DORMANT_DAYS = 90
MAX_PROOFS = 5


def profiled(
    channel: Channel, profile: Profile | Unknown, audience: str, window: Window
) -> Channel:
    """The channel as its profile shows it; what could not be read keeps its reason."""
    if isinstance(profile, Unknown):
        return replace(
            channel,
            audience=audience,
            reason=profile.reason,
            detail=profile.detail,
            followers=profile,
            last_post=profile,
        )
    if profile.standing is not Standing.LIVE:
        return _gone(replace(channel, audience=audience), profile)
    handle = profile.handle or channel.handle
    renamed = _is_renamed(channel, profile)
    return replace(
        channel,
        url=profile.url or channel.url,
        handle=handle,
        former=(channel.handle,) if renamed else (),
        state=State.KNOWN,
        reason=None,
        detail="",
        audience=audience,
        followers=profile.audience,
        figures=profile.figures,
        name=profile.name,
        account=profile.account,
        created_at=profile.created_at,
        updated_at=profile.updated_at,
        verified=profile.verified,
        community=profile.community,
        last_post=_last(profile, window),
        evidence=_proofs(profile.evidence, channel.evidence),
    )


def _gone(channel: Channel, profile: Profile) -> Channel:
    """A profile that is missing, suspended or private."""
    said = profile.audience if isinstance(profile.audience, Unknown) else Unknown(
        reason=Reason.HTTP_404, detail=profile.standing
    )  # fmt: skip
    return replace(
        channel,
        reason=said.reason,
        detail=f"{profile.standing}: {said.detail}",
        followers=said,
        last_post=said,
        name=profile.name,
        promises=() if profile.standing is Standing.PRIVATE else (Promise.DEAD,),
        evidence=_proofs(profile.evidence, channel.evidence),
    )


def _is_renamed(channel: Channel, profile: Profile) -> bool:
    """Tell whether a profile goes by another handle than the one it was found by.

    A number or id is not a handle, and an address of another shape (`/user/acme`, `/@acme`) is
    another way to the same profile.
    """
    now, then = _plain(profile.handle), _plain(channel.handle)
    if not now or now == then or then == _plain(profile.account):
        return False
    return _shape(profile.url or channel.url, now) == _shape(channel.url, then)


def _plain(handle: str) -> str:
    return handle.casefold().strip("@/ ")


def _shape(url: str, handle: str) -> str:
    """An address without the handle, in one spelling."""
    return url.casefold().replace(handle, "", 1).rstrip("/")


def _proofs(first: tuple[Evidence, ...], then: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
    return tuple(dict.fromkeys((*first, *then)))[:MAX_PROOFS]


def _last(profile: Profile, window: Window) -> Moment:
    """The newest post of the channel itself, whether in the window or before it, none ahead."""
    line = profile.timeline
    if isinstance(line, Unknown):
        return line
    own = [
        (post.published.at, post)
        for post in line.posts
        if post.published is not None and not _flag(post, window)
    ]
    if own:
        at, newest = max(own, key=lambda pair: pair[0])
        return Known(value=at, evidence=(newest.evidence,))
    if line.truncated or line.posts:
        return Unknown(reason=Reason.TOO_LITTLE_DATA, detail="no dated post of its own was seen")
    return Absent(evidence=profile.evidence, detail="never posted")


def dormant(channel: Channel, window: Window) -> Channel:
    """The channel with its promise broken where nothing is new for 90 days."""
    last = channel.last_post
    if not isinstance(last, Known) or window.as_of - last.value <= timedelta(days=DORMANT_DAYS):
        return channel
    return replace(channel, promises=(*channel.promises, Promise.DORMANT))


def section_of(channel: Channel, profile: Profile | Unknown, window: Window) -> Section | None:
    """The posts of a profile as a dated section; None where it has none that could be read."""
    if isinstance(profile, Unknown) or not isinstance(profile.timeline, Timeline):
        return None
    line = profile.timeline
    return Section(
        channel=channel.platform,
        url=channel.url,
        feeds=(),
        posts=tuple(_post(channel, each, window) for each in line.posts),
        truncated=line.truncated,
        unreadable=None,
        evidence=profile.evidence,
    )


def _post(channel: Channel, said: ProfilePost, window: Window) -> Post:
    """A post of the channel; of what somebody else wrote only that and when it was passed on."""
    if said.repost:
        proof = replace(said.evidence, excerpt="passed on")
        said = ProfilePost(
            url=channel.url, title="passed on", published=said.published, evidence=proof,
            format=said.format, repost=True,
        )  # fmt: skip
    return Post(
        channel=channel.platform,
        channel_url=channel.url,
        url=said.url,
        title=said.title,
        published=said.published,
        format=said.format,
        language=said.language,
        flag=_flag(said, window),
        evidence=said.evidence,
        text=said.text,
        interactions=said.interactions,
    )


def _flag(said: ProfilePost, window: Window) -> str:
    if said.published is None:
        return "undated"
    if said.published.at > window.as_of + TOO_FAR_AHEAD:
        return "future"
    return "repost" if said.repost else ""
