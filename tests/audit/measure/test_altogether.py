"""The cadence of site and channels as one: of the span that is seen of all, and what stays open."""

from dataclasses import replace

import pytest

from audit.measure.altogether import together
from audit.measure.cadence import cadence
from audit.measure.everywhere import RATE, RECENCY, SUBJECT
from audit.model.result import Cadence, Status
from audit.model.site import Section
from audit.model.value import Known, Qualifier, Unknown
from tests.audit.measure.test_outlets import ROBOTS, WALL, posts_of, profile
from tests.brief_example import PROOF, WINDOW, brief_of, figure, post, reason, section
from tests.channel_example import channel

YOUTUBE = profile()
LINKEDIN = channel("linkedin", "https://l.example/a", "a", proof=(PROOF,), profile=WALL)


def apart(given: Section) -> Section:
    """A section whose posts have addresses of their own."""
    posts = (replace(each, url=f"{given.url}{each.url}") for each in given.posts)
    return replace(given, posts=tuple(posts))


def of(*sections: Section, walled: bool = False) -> Cadence:
    """The cadence of a company with these sections; some are of its profile on YouTube."""
    read = any(each.channel == "youtube" for each in sections)
    channels = ((YOUTUBE,) if read else ()) + ((LINKEDIN,) if walled else ())
    row = together(brief_of(*(apart(each) for each in sections), channels=channels))
    assert row is not None
    return row


def test_posts_of_all_outlets_are_one_list() -> None:
    row = of(section(10, 30), section(20, channel="news"), posts_of(YOUTUBE, 4))
    assert (row.channel, figure(row.posts), figure(row.recency_days)) == ("all", 4, 4)
    assert figure(row.longest_gap_days) == 10
    assert figure(row.posts_per_week) == pytest.approx(4 / 52)
    assert (row.coverage, row.truncated) == (1.0, False)


def test_a_single_outlet_is_all_there_is() -> None:
    blog = apart(section(3, 10, 67, truncated=True))
    whole, alone = of(section(3, 10, 67, truncated=True)), cadence(blog, WINDOW)
    assert whole == replace(alone, channel="all", url=whole.url)


def test_rates_are_added_up_each_over_its_own_span_and_the_rest_is_of_the_common_one() -> None:
    row = of(section(10, 100, 200), posts_of_a_cut_list())
    assert figure(row.posts_per_week) == pytest.approx(3 / 52 + 4 / 4)
    assert row.coverage == pytest.approx(28 / 364, abs=1e-4)
    assert figure(row.posts) == 8
    assert dict(row.months)["2026-04"] is None
    assert isinstance(row.trend, Unknown)
    assert row.truncated
    assert row.interval is not None
    assert row.interval[0] < 3 / 52 + 1 < row.interval[1]


def posts_of_a_cut_list() -> Section:
    return replace(posts_of(YOUTUBE, 1, 7, 14, 21, 28), truncated=True)


def test_what_an_unread_outlet_could_change_is_unknown_for_its_reason() -> None:
    row = of(section(*range(40, 300, 5)), walled=True)
    assert (row.longest_gap_days, row.gap_variation, row.trend, row.status) == (WALL,) * 4
    assert {count for _, count in row.months} == {None}
    for value in (row.posts, row.posts_per_week, row.recency_days, row.weeks_with_post):
        assert isinstance(value, Known)
        assert value.qualifiers == (Qualifier.TRUNCATED,)


def test_who_is_active_on_one_outlet_is_active_whatever_the_others_hold() -> None:
    row = of(section(3), section(channel="news", unreadable=ROBOTS))
    assert isinstance(row.status, Known)
    assert row.status.value is Status.ACTIVE


def test_an_outlet_without_usable_dates_is_one_that_could_not_be_read() -> None:
    row = of(section(3), section(channel="news", extra=(post(None, "undated"),)))
    assert reason(row.longest_gap_days) == "too-little-data"
    assert row.truncated


def test_a_section_that_lost_its_posts_leaves_the_same_open() -> None:
    given = replace(brief_of(section(3, 9)), lost={"news": ROBOTS})
    row = together(given)
    assert row is not None
    assert row.trend == ROBOTS


def test_nothing_that_could_be_read_is_no_cadence() -> None:
    assert together(brief_of(channels=(LINKEDIN,))) is None
    assert together(brief_of()) is None


@pytest.mark.parametrize("walled", [False, True])
def test_rate_and_recency_are_those_that_are_compared(*, walled: bool) -> None:
    sections = (apart(section(10, 30)), apart(posts_of_a_cut_list()))
    channels = (YOUTUBE, LINKEDIN) if walled else (YOUTUBE,)
    given = brief_of(*sections, channels=channels)
    row = together(given)
    assert row is not None
    assert SUBJECT.of_company is not None
    values = SUBJECT.of_company(given)
    assert row.posts_per_week == values[RATE.id]
    assert row.recency_days == values[RECENCY.id]
