"""The posts in which a company itself speaks, within the window: what its content is counted in."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from audit.measure.outlets import is_community
from audit.measure.subject import Brief
from audit.model.channel import Channel
from audit.model.kinds import SECTIONS
from audit.model.result import Window
from audit.model.site import Post, Section
from audit.model.value import Reason, Unknown

FEWEST_POSTS = 10
"""Of fewer posts a share tells nothing: its interval for 3 of 9 is 7 to 70 %."""

Place = tuple[str, str]
"""A section or profile: its kind or platform, and its address."""


def own_posts(brief: Brief) -> list[Post]:
    """Return the posts of the window that count, of the company's sections and own profiles.

    What others write in a forum or a community is not its own, nor is what it only passed on.
    """
    posts = [post for section in own_sections(brief) for post in section.posts]
    return [post for post in posts if is_counted(post, brief.context.window)]


def own_posts_of(
    posts: Sequence[Post], channels: Iterable[Channel], window: Window
) -> Mapping[int, Post]:
    """Return a company's own posts of the window, by their place among all of its posts."""
    own = _own_profiles(channels)
    return {
        place: post
        for place, post in enumerate(posts)
        if _is_own((post.channel, post.channel_url), own) and is_counted(post, window)
    }


def is_counted(post: Post, window: Window) -> bool:
    """Tell whether a post counts and is of the window."""
    return post.counted_at is not None and window.start <= post.counted_at


def too_few(brief: Brief, posts: Sequence[Post]) -> Unknown | None:
    """Return why there are no shares: nothing could be read, or too few posts; else None."""
    if len(posts) >= FEWEST_POSTS:
        return None
    reasons = (section.unreadable for section in own_sections(brief))
    unread = next((reason for reason in reasons if reason is not None), None)
    if not posts and unread is not None:
        return unread
    detail = f"fewer than {FEWEST_POSTS} posts with a date in the period"
    return Unknown(reason=Reason.TOO_LITTLE_DATA, detail=detail)


def own_sections(brief: Brief) -> Iterator[Section]:
    """Give the sections and profiles in which the company itself speaks."""
    own = _own_profiles(brief.visit.channels)
    for section in brief.visit.sections:
        if _is_own((section.channel, section.url), own):
            yield section


def _own_profiles(channels: Iterable[Channel]) -> frozenset[Place]:
    """Return the profiles that are the company's own and in which no others write."""
    return frozenset(
        (channel.platform, channel.url)
        for channel in channels
        if not channel.candidate and not is_community(channel)
    )


def _is_own(place: Place, profiles: frozenset[Place]) -> bool:
    """Tell whether a place is a section of the site, or one of these profiles."""
    return place[0] in SECTIONS or place in profiles
