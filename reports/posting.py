"""Where a company posts how much: its rate all together, taken apart by channel."""

from collections.abc import Mapping

from audit.measure.outlets import Outlet, is_community, without_mirrors
from audit.model.kinds import SECTIONS
from audit.model.profile import NOT_SHOWN
from audit.model.result import Cadence, CompanyResult
from audit.model.site import Post
from audit.model.value import Known

WEBSITE = "website"
"""What all sections of the own site stand as."""


def rates_by_channel(result: CompanyResult) -> Mapping[str, float]:
    """Return the posts a week of the website and of each platform, as far as they are known.

    Together they are `all.posts_per_week`: what shows the posts of the site itself is left out, and
    several profiles on one platform are added up.
    """
    rates: dict[str, float] = {}
    for outlet in without_mirrors(_outlets(result)):
        rate = outlet.row.posts_per_week if isinstance(outlet.row, Cadence) else outlet.row
        if isinstance(rate, Known):
            name = outlet.name if outlet.profile is not None else WEBSITE
            rates[name] = rates.get(name, 0.0) + rate.value
    return rates


def _outlets(result: CompanyResult) -> list[Outlet]:
    """Return the sections and own profiles whose posts were read."""
    own = {
        (channel.platform, channel.url): channel
        for channel in result.channels
        if channel.is_own and not is_community(channel) and channel.last_post != NOT_SHOWN
    }
    posts: dict[tuple[str, str], list[Post]] = {}
    for post in result.posts:
        posts.setdefault((post.channel, post.channel_url), []).append(post)
    return [
        Outlet(
            name=row.channel,
            url=row.url,
            posts=tuple(posts.get((row.channel, row.url), ())),
            row=row,
            profile=own.get((row.channel, row.url)),
        )
        for row in result.cadence
        if row.channel in SECTIONS or (row.channel, row.url) in own
    ]
