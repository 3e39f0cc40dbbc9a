"""Times hidden in the numbers of posts, against those that the platforms themselves gave."""

import json
import re
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrapers.parse.ids import id_of_shortcode, time_of_id, time_of_tid
from tests.shared import SHARED, needs_shared

RECORDED = SHARED / "fixtures" / "platforms"

FORMULAS = {
    "x": (22, 1_288_834_974_657, 1_000),
    "linkedin": (22, 0, 1_000),
    "tiktok": (32, 0, 1),
    "instagram": (23, 1_314_220_021_721, 1_000),
    "threads": (23, 1_314_220_021_721, 1_000),
    "mastodon": (16, 0, 1_000),
    "discord": (22, 1_420_070_400_000, 1_000),
}
"""As the notes write them: bits to the right of the time, its beginning, its parts of a second."""


def test_a_status_of_x_gives_the_second_of_its_answer() -> None:
    at = time_of_id("x", "1872047986873885082")
    assert at is not None
    assert at.replace(microsecond=0) == datetime(2024, 12, 25, 22, 33, 15, tzinfo=UTC)


def test_an_activity_of_linkedin_gives_the_second_of_the_newest_card() -> None:
    at = time_of_id("linkedin", "7248246460041809920")
    assert at is not None
    assert at.replace(microsecond=0) == datetime(2024, 10, 5, 8, 23, 41, tzinfo=UTC)


def test_a_shortcode_is_the_number_of_its_post() -> None:
    assert id_of_shortcode("DQUEuM_je6s") == 3752645156739608236


def test_a_discord_number_counts_from_2015() -> None:
    day = timedelta(days=365)
    number = int(day.total_seconds() * 1_000) << 22
    assert time_of_id("discord", number) == datetime(2016, 1, 1, tzinfo=UTC)


@given(
    st.sampled_from(sorted(FORMULAS)),
    st.datetimes(datetime(2016, 1, 2), datetime(2037, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - hypothesis takes naive bounds
    st.integers(0, 2**16 - 1),
)
def test_the_time_in_a_number_comes_back(platform: str, posted_at: datetime, rest: int) -> None:
    shift, epoch, parts = FORMULAS[platform]
    since = posted_at - datetime(1970, 1, 1, tzinfo=UTC) - timedelta(milliseconds=epoch)
    number = since // timedelta(seconds=1) if parts == 1 else since // timedelta(milliseconds=1)
    at = time_of_id(platform, (number << shift) + rest)
    assert at is not None
    assert timedelta() <= posted_at - at < timedelta(seconds=1 / parts)


@given(
    st.datetimes(datetime(2016, 1, 2), datetime(2037, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - hypothesis takes naive bounds
    st.integers(0, 1_023),
)
def test_the_time_in_a_record_key_comes_back(posted_at: datetime, clock: int) -> None:
    number = (
        (posted_at - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1) << 10
    ) + clock
    signs = "234567abcdefghijklmnopqrstuvwxyz"
    key = "".join(signs[number >> 5 * place & 31] for place in reversed(range(13)))
    assert time_of_tid(key) == posted_at


@pytest.mark.parametrize(
    ("platform", "number"),
    [
        ("x", "20"),
        ("x", "29700000000"),
        ("instagram", "1234567"),
        ("mastodon", "12345"),
        ("linkedin", "0"),
        ("tiktok", "9" * 20),
        ("tiktok", "9" * 21),
        ("x", ""),
        ("x", "-1872047986873885082"),
        ("x", "18720479868738850²2"),
        ("x", "1872047986873885082 "),
        ("x", "١٨٧٢٠٤٧٩٨٦٨٧٣٨٨٥٠٨٢"),
        ("x", "seven"),
    ],
)
def test_a_number_without_a_time_gives_none(platform: str, number: str) -> None:
    assert time_of_id(platform, number) is None


@pytest.mark.parametrize(
    "key",
    ["", "self", "3l4qpz2nxqk2", "3l4qpz2nxqk2aa", "3L4QPZ2NXQK2A", "0" * 13, "2" * 13, "z" * 13],
)
def test_a_key_without_a_time_gives_none(key: str) -> None:
    assert time_of_tid(key) is None


@pytest.mark.parametrize("code", ["", "abc", "a" * 15, "DQUEuM/je6s", "DQUEuM é"])
def test_what_is_no_shortcode_has_no_number(code: str) -> None:
    assert id_of_shortcode(code) is None


@given(
    st.sampled_from([*FORMULAS, "bluesky"]), st.text() | st.integers() | st.from_regex(r"\A\d+\Z")
)
def test_nothing_raises(platform: str, number: str | int) -> None:
    at = time_of_id(platform, number)
    assert at is None or at.tzinfo is UTC
    time_of_tid(str(number))
    id_of_shortcode(str(number))


@needs_shared
def test_recorded_statuses_of_mastodon_are_a_moment_after_their_number() -> None:
    answer = (RECORDED / "mastodon" / "test_public_tl_anonymous.yaml").read_text("utf-8")
    statuses = re.findall(r'"id":"(\d{18})","created_at":"([^"]+)"', answer)
    assert len(statuses) > 3
    for number, created in statuses:
        at = time_of_id("mastodon", number)
        assert at is not None
        assert abs(datetime.fromisoformat(created) - at) < timedelta(seconds=2)


@needs_shared
def test_recorded_videos_of_tiktok_are_moments_after_their_number() -> None:
    posts = json.loads((RECORDED / "tiktok" / "derived_channel_posts.json").read_text("utf-8"))
    assert posts
    for post in posts:
        at = time_of_id("tiktok", post["id"])
        assert at is not None
        assert (
            timedelta() <= datetime.fromtimestamp(post["createTime"], UTC) - at < timedelta(days=1)
        )
    assert time_of_id("tiktok", "7424178477068258603") == datetime.fromtimestamp(1728576253, UTC)


@needs_shared
def test_recorded_posts_of_threads_are_moments_after_their_number() -> None:
    payload = json.loads((RECORDED / "threads" / "derived_profile_natgeo.json").read_text("utf-8"))
    for post in payload["threads"]:
        assert id_of_shortcode(post["code"]) == int(post["pk"])
        at = time_of_id("threads", post["pk"])
        assert at is not None
        assert -1 < post["published_on"] - at.timestamp() < 60


@needs_shared
def test_recorded_media_of_instagram_are_minutes_after_their_number_at_most() -> None:
    payload = json.loads((RECORDED / "instagram" / "medias.json").read_text("utf-8"))
    edges = payload["data"]["user"]["edge_owner_to_timeline_media"]["edges"]
    assert edges
    for node in (edge["node"] for edge in edges):
        number = id_of_shortcode(node["shortcode"])
        assert number == int(node["id"])
        at = time_of_id("instagram", number)
        assert at is not None
        assert -1 < node["taken_at_timestamp"] - at.timestamp() < 3_600
