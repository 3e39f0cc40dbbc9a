"""The posts in which a company itself speaks, within the window: what its content is counted in."""

from collections.abc import Iterator, Sequence

from audit.measure.outlets import is_community
from audit.measure.subject import Brief
from audit.model.kinds import SECTIONS
from audit.model.site import Post, Section
from audit.model.value import Reason, Unknown

FEWEST_POSTS = 10
"""Of fewer posts a share tells nothing: its interval for 3 of 9 is 7 to 70 %."""


def own_posts(brief: Brief) -> list[Post]:
    """Return the posts of the window that count, of the company's sections and own profiles.

    What others write in a forum or a community is not its own, nor is what it only passed on.
    """
    start = brief.context.window.start
    return [
        post
        for section in own_sections(brief)
        for post in section.posts
        if (at := post.counted_at) is not None and at >= start
    ]


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
    own = {
        channel.url
        for channel in brief.visit.channels
        if not channel.candidate and not is_community(channel)
    }
    for section in brief.visit.sections:
        if section.channel in SECTIONS or section.url in own:
            yield section
