"""Where a company itself publishes: the sections of its site, and its own profiles."""

from collections.abc import Sequence
from dataclasses import dataclass

from audit.measure.subject import Brief
from audit.model.channel import Channel
from audit.model.kinds import SECTIONS
from audit.model.profile import NOT_SHOWN
from audit.model.result import Cadence
from audit.model.site import Post, Section
from audit.model.value import Absent, Known, Reason, Unknown

_NO_LIST = Unknown(reason=Reason.NOT_PUBLIC, detail="the platform shows no list of posts")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """A place in which a company itself publishes, with its posts and their cadence.

    `name` is the kind of a section (`blog`) or a platform (`youtube`), `profile` the profile of the
    latter; None for a section. `row` is the reason where the posts could not be read.
    """

    name: str
    url: str
    posts: tuple[Post, ...]
    row: Cadence | Unknown
    profile: Channel | None = None


def outlets(brief: Brief) -> tuple[Outlet, ...]:
    """Return all outlets of a company: its sections in their order, then its own profiles.

    Forum, wiki and communities are none, as others write there; neither are profiles that have no
    posts by their nature (an app store), nor candidates.
    """
    read = tuple(zip(brief.visit.sections, brief.rows, strict=True))
    sections = tuple(
        Outlet(name=section.channel, url=section.url, posts=section.posts, row=_told(section, row))
        for section, row in read
        if section.channel in SECTIONS
    )
    by_place = {(section.channel, section.url): (section, row) for section, row in read}
    profiles = tuple(
        _profile(channel, by_place.get((channel.platform, channel.url)))
        for channel in brief.visit.channels
        if channel.is_own and not is_community(channel) and channel.last_post != NOT_SHOWN
    )
    return (*sections, *profiles)


def without_mirrors(given: Sequence[Outlet]) -> tuple[Outlet, ...]:
    """Leave out the profiles that show the posts of the site itself, told by their addresses.

    A blog on Substack is a section and a profile at once: its posts are not published twice.
    """
    on_site = {post.url for each in given if each.profile is None for post in each.posts}
    return tuple(
        each for each in given if each.profile is None or not _mirrors(each.posts, on_site)
    )


def is_community(channel: Channel) -> bool:
    """Tell whether others write the posts of a profile."""
    return channel.live is not None and channel.live.community


def _mirrors(posts: Sequence[Post], on_site: set[str]) -> bool:
    """Tell whether more than half of the posts that have an address stand on the site, too."""
    urls = {post.url for post in posts if post.url}
    return len(urls & on_site) * 2 > len(urls)


def _told(section: Section, row: Cadence) -> Cadence | Unknown:
    """Return the cadence of a section, or why it could not be read."""
    return section.unreadable if section.unreadable is not None else row


def _profile(channel: Channel, read: tuple[Section, Cadence] | None) -> Outlet:
    """Return an own profile as an outlet; one without a list of posts says why."""
    posts: tuple[Post, ...] = ()
    row: Cadence | Unknown
    if read is not None:
        posts, row = read[0].posts, _told(*read)
    else:
        row = _unread(channel)
    return Outlet(name=channel.platform, url=channel.url, posts=posts, row=row, profile=channel)


def _unread(channel: Channel) -> Unknown:
    """Return why the posts of a profile could not be read."""
    match channel.last_post:
        case Unknown():
            return channel.last_post
        case Known() | Absent():
            return _NO_LIST
