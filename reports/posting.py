"""Where a company posts how much: its rate all together, taken apart by channel."""

from collections.abc import Iterator, Mapping

from audit.measure.outlets import Outlet, is_community, without_mirrors
from audit.model.channel import Channel
from audit.model.kinds import SECTIONS
from audit.model.profile import NOT_SHOWN
from audit.model.result import Cadence, CompanyResult
from audit.model.site import Post
from audit.model.value import Known, Unknown

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


def rows_of(result: CompanyResult) -> list[Cadence]:
    """Return the cadence of each place in which a company itself publishes, as far as it was read.

    They are those whose posts make up `all.posts_per_week`.
    """
    rows = (outlet.row for outlet in without_mirrors(_outlets(result)))
    return [row for row in rows if isinstance(row, Cadence)]


def hides_posts(result: CompanyResult) -> bool:
    """Tell whether a company may have posts of any day that nobody saw.

    So it is where a section or an own profile could not be read, or shows posts without a date. A
    list that is cut off hides those of its older months only, which its own row tells.
    """
    rows = [row for row in (outlet.row for outlet in _outlets(result)) if isinstance(row, Cadence)]
    read = {(row.channel, row.url) for row in rows}
    unread = any((channel.platform, channel.url) not in read for channel in _own(result))
    return unread or any(isinstance(row.posts, Unknown) or row.undated for row in rows)


def _own(result: CompanyResult) -> Iterator[Channel]:
    """Give the company's own profiles in which it publishes, whether they could be read or not."""
    for channel in result.channels:
        if channel.is_own and not is_community(channel) and channel.last_post != NOT_SHOWN:
            yield channel


def _outlets(result: CompanyResult) -> list[Outlet]:
    """Return the sections and own profiles whose posts were read."""
    own = {(channel.platform, channel.url): channel for channel in _own(result)}
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
