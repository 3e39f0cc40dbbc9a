"""Where a company itself publishes: its sections and its own profiles, and no others."""

from dataclasses import replace

import pytest

from audit.measure.outlets import Outlet, outlets, without_mirrors
from audit.model.channel import Channel
from audit.model.profile import NOT_SHOWN
from audit.model.result import Cadence
from audit.model.site import Section
from audit.model.value import Known, Reason, Unknown
from tests.brief_example import AS_OF, PROOF, brief_of, section
from tests.channel_example import channel, live

ROBOTS = Unknown(reason=Reason.ROBOTS, detail="asked to stay away")
WALL = Unknown(reason=Reason.LOGIN_WALL, detail="shown to members")


def profile(
    platform: str = "youtube", *, community: bool = False, candidate: bool = False
) -> Channel:
    return channel(
        platform,
        f"https://{platform}.example/a",
        "a",
        proof=(PROOF,),
        profile=live(community=community),
        candidate=candidate,
        newest=Known(value=AS_OF, evidence=(PROOF,)),
    )


def posts_of(channel: Channel, *days_ago: float) -> Section:
    return section(*days_ago, channel=channel.platform, url=channel.url)


def names(*sections: Section, channels: tuple[Channel, ...] = ()) -> list[str]:
    return [each.name for each in outlets(brief_of(*sections, channels=channels))]


def the_only(*sections: Section, channels: tuple[Channel, ...] = ()) -> Outlet:
    (outlet,) = outlets(brief_of(*sections, channels=channels))
    return outlet


def test_sections_come_first_and_profiles_after_them() -> None:
    youtube = profile()
    given = names(posts_of(youtube, 3), section(1, channel="news"), channels=(youtube,))
    assert given == ["news", "youtube"]


@pytest.mark.parametrize(
    "other",
    [
        profile("reddit", community=True),
        profile("vk", candidate=True),
        replace(profile("google-play"), newest_post=NOT_SHOWN),
    ],
)
def test_where_others_write_or_nobody_does_is_no_outlet(other: Channel) -> None:
    assert names(posts_of(other, 1), channels=(other,)) == []
    assert names(section(1, channel="forum")) == []


def test_an_outlet_has_its_posts_and_their_cadence() -> None:
    youtube = profile()
    outlet = the_only(posts_of(youtube, 3, 5), channels=(youtube,))
    assert len(outlet.posts) == 2
    assert isinstance(outlet.row, Cadence)
    assert outlet.profile == youtube


def test_an_outlet_that_could_not_be_read_keeps_its_reason() -> None:
    walled = channel("linkedin", "https://l.example/a", "a", proof=(PROOF,), profile=WALL)
    assert the_only(channels=(walled,)).row == WALL
    assert the_only(section(unreadable=ROBOTS)).row == ROBOTS


def test_a_profile_that_was_read_and_lists_no_posts_is_not_public() -> None:
    row = the_only(channels=(profile(),)).row
    assert isinstance(row, Unknown)
    assert row.reason is Reason.NOT_PUBLIC


def test_a_profile_that_shows_the_posts_of_the_site_is_left_out() -> None:
    substack, blog = profile("substack"), section(1, 8, 15)
    mirror = replace(posts_of(substack, 1, 8), posts=blog.posts[:2])
    both = outlets(brief_of(blog, mirror, channels=(substack,)))
    assert [each.name for each in without_mirrors(both)] == ["blog"]
    other = outlets(brief_of(blog, posts_of(substack, 2, 3), channels=(substack,)))
    assert [each.name for each in without_mirrors(other)] == ["blog", "substack"]
