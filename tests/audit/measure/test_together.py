"""Posts a week over all sections, and over all profiles; how many profiles are active."""

from dataclasses import replace

import pytest

from audit.measure.subject import Values
from audit.measure.together import SUBJECT
from audit.model.channel import Channel
from audit.model.profile import NOT_SHOWN
from audit.model.result import Cadence
from audit.model.value import Absent, Known, Qualifier, Reason, Unknown
from tests.brief_example import AS_OF, PROOF, brief, figure, row, unread_row
from tests.channel_example import channel, live

ROBOTS = Unknown(reason=Reason.ROBOTS, detail="asked to stay away")
WALL = Unknown(reason=Reason.LOGIN_WALL, detail="shown to members")
TRUNCATED = (Qualifier.TRUNCATED,)
ABOUT = (Qualifier.TRUNCATED, Qualifier.ESTIMATE)


def values(*rows: Cadence, channels: tuple[Channel, ...] = ()) -> Values:
    assert SUBJECT.of_company is not None
    return SUBJECT.of_company(brief(*rows, channels=channels))


def profile(platform: str, *, community: bool = False, candidate: bool = False) -> Channel:
    return channel(
        platform,
        f"https://{platform}.example/a",
        "a",
        proof=(PROOF,),
        profile=live(community=community),
        candidate=candidate,
        newest=Known(value=AS_OF, evidence=(PROOF,)),
    )


def unread(platform: str) -> Channel:
    return channel(platform, f"https://{platform}.example/a", "a", proof=(PROOF,), profile=WALL)


def row_of(profile: Channel, *days_ago: float, truncated: bool = False) -> Cadence:
    return row(*days_ago, channel=profile.platform, url=profile.url, truncated=truncated)


def test_the_rates_of_the_sites_sections_are_added_up() -> None:
    rate = values(row(1, 2), row(3, channel="news"))["site.posts_per_week"]
    assert figure(rate) == pytest.approx(3 / 52)


def test_profiles_do_not_count_for_the_site_nor_sections_for_the_channels() -> None:
    youtube = profile("youtube")
    given = values(row(1, 2), row_of(youtube, 1, 2, 3), channels=(youtube,))
    assert figure(given["site.posts_per_week"]) == pytest.approx(2 / 52)
    assert figure(given["channels.posts_per_week"]) == pytest.approx(3 / 52)


@pytest.mark.parametrize(
    ("rows", "marks"),
    [
        ((row(1, 2), unread_row(ROBOTS, "news")), TRUNCATED),
        ((row(1, 8, truncated=True), row(channel="news")), ABOUT),
        ((row(1, 8, truncated=True), unread_row(ROBOTS, "news")), ABOUT),
        ((row(1, 2), row(channel="news")), ()),
    ],
)
def test_a_site_writes_at_least_so_much_where_a_section_was_unread_and_about_where_cut_off(
    rows: tuple[Cadence, ...], marks: tuple[Qualifier, ...]
) -> None:
    rate = values(*rows)["site.posts_per_week"]
    assert isinstance(rate, Known)
    assert rate.qualifiers == marks


def test_a_site_of_which_no_section_could_be_read_keeps_the_first_reason() -> None:
    rows = (unread_row(ROBOTS), unread_row(WALL, "news"))
    assert values(*rows)["site.posts_per_week"] == ROBOTS


def test_a_site_without_sections_is_absent_with_the_proof_of_the_look() -> None:
    absent = Absent(evidence=(PROOF,), detail="no blog, news, podcast or release notes found")
    assert values()["site.posts_per_week"] == absent


def test_without_a_channel_both_figures_are_absent() -> None:
    given = values(channels=(profile("vk", candidate=True),))
    absent = Absent(evidence=(PROOF,), detail="no public channel found")
    assert (given["channels.posts_per_week"], given["channels.active"]) == (absent, absent)


def test_active_is_a_profile_with_a_post_in_the_last_30_days() -> None:
    youtube, mastodon = profile("youtube"), profile("mastodon")
    rows = (row_of(youtube, 30), row_of(mastodon, 31))
    active = values(*rows, channels=(youtube, mastodon))["channels.active"]
    assert active == Known(value=1, evidence=(PROOF, PROOF))


def test_figures_are_at_least_so_much_where_a_profile_could_not_be_read() -> None:
    youtube = profile("youtube")
    given = values(row_of(youtube, 3), channels=(youtube, unread("linkedin")))
    rate, active = given["channels.posts_per_week"], given["channels.active"]
    assert isinstance(rate, Known)
    assert isinstance(active, Known)
    assert (rate.qualifiers, active.qualifiers) == (TRUNCATED, TRUNCATED)


def test_where_no_profile_could_be_read_both_figures_keep_the_reason() -> None:
    given = values(channels=(unread("linkedin"), unread("x")))
    assert (given["channels.posts_per_week"], given["channels.active"]) == (WALL, WALL)


def test_a_community_is_no_channel_of_the_companys_own() -> None:
    forum = profile("reddit", community=True)
    assert isinstance(values(row_of(forum, 1), channels=(forum,))["channels.active"], Absent)


def test_a_page_that_has_no_posts_by_its_nature_is_left_out() -> None:
    youtube = profile("youtube")
    store = replace(profile("google-play"), newest_post=NOT_SHOWN)
    rate = values(row_of(youtube, 3), channels=(youtube, store))["channels.posts_per_week"]
    assert isinstance(rate, Known)
    assert rate.qualifiers == ()
    only_store = values(channels=(store,))
    assert only_store["channels.active"] == NOT_SHOWN
