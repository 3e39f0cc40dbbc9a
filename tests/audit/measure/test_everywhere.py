"""How often and how lately a company publishes anywhere, its site and its channels as one."""

from dataclasses import replace

import pytest

from audit.measure.company import measure
from audit.measure.everywhere import PAUSE, RATE, RECENCY, SUBJECT
from audit.model.bounds import bound_of
from audit.model.metric import Bound
from audit.model.site import Section
from audit.model.value import Absent, Known, Number, Qualifier, Reason, Unknown
from audit.model.visit import Note
from tests.audit.measure.test_outlets import ROBOTS, WALL, posts_of, profile
from tests.brief_example import COMPANY, PROOF, WINDOW, brief_of, figure, post, section, visit
from tests.channel_example import channel
from tests.fake_session import context

YOUTUBE = profile()
LINKEDIN = channel("linkedin", "https://l.example/a", "a", proof=(PROOF,), profile=WALL)
TRUNCATED = (Qualifier.TRUNCATED,)


def of(*sections: Section, read: bool = True, walled: bool = False) -> tuple[Number, Number]:
    """Rate and recency of a company; `read` and `walled`: on YouTube, and on LinkedIn."""
    channels = ((YOUTUBE,) if read else ()) + ((LINKEDIN,) if walled else ())
    assert SUBJECT.of_company is not None
    values = SUBJECT.of_company(brief_of(*sections, channels=channels))
    return values[RATE.id], values[RECENCY.id]


def test_site_and_channels_are_added_up_and_the_newest_post_counts() -> None:
    rate, recency = of(section(10, 20), section(400, channel="news"), posts_of(YOUTUBE, 4, 5, 6))
    assert figure(rate) == pytest.approx(5 / 52)
    assert figure(recency) == 4
    assert isinstance(rate, Known)
    assert rate.qualifiers == ()


def test_beside_one_that_could_not_be_read_rate_is_at_least_and_recency_at_most_this() -> None:
    for rate, recency in (
        of(section(10), posts_of(YOUTUBE, 4), walled=True),
        of(section(10), section(channel="news", unreadable=ROBOTS), posts_of(YOUTUBE, 4)),
    ):
        assert isinstance(rate, Known)
        assert isinstance(recency, Known)
        assert (rate.qualifiers, recency.qualifiers) == (TRUNCATED, TRUNCATED)


def test_a_list_that_is_cut_off_makes_the_rate_a_part_and_not_the_recency() -> None:
    rate, recency = of(section(3, 10, truncated=True), read=False)
    assert isinstance(rate, Known)
    assert isinstance(recency, Known)
    assert (rate.qualifiers, recency.qualifiers) == ((*TRUNCATED, Qualifier.ESTIMATE), ())


def test_the_last_post_is_this_old_at_most_where_that_of_a_section_is() -> None:
    dated = section(3, 10)
    partly = replace(dated, posts=(*dated.posts, replace(post(None, "undated"), url="")))
    rate, recency = of(partly, section(8, channel="news"), read=False)
    assert isinstance(rate, Known)
    assert isinstance(recency, Known)
    assert (rate.qualifiers, recency.qualifiers) == (TRUNCATED, TRUNCATED)


def test_where_nothing_could_be_read_the_first_reason_stands() -> None:
    assert of(section(unreadable=ROBOTS), read=False, walled=True) == (ROBOTS, ROBOTS)
    assert of(read=False, walled=True) == (WALL, WALL)


def test_who_publishes_nowhere_is_absent_with_the_proof_of_the_look() -> None:
    absent = Absent(evidence=(PROOF,), detail="nothing found that has posts")
    assert of(read=False) == (absent, absent)


def test_a_complete_list_without_a_post_is_a_rate_of_zero_and_no_last_post() -> None:
    rate, recency = of(section(), read=False)
    assert figure(rate) == 0
    assert isinstance(recency, Absent)


def test_a_section_that_has_lost_its_posts_could_not_be_read() -> None:
    drift = Unknown(reason=Reason.DRIFT, detail="9 posts were read before")
    assert SUBJECT.of_company is not None
    given = replace(brief_of(section(3)), lost={"news": drift})
    rate = SUBJECT.of_company(given)[RATE.id]
    assert isinstance(rate, Known)
    assert rate.qualifiers == TRUNCATED


def test_a_post_of_today_is_known_on_a_site_that_scripts_draw() -> None:
    drawn = Note(what="website", reason=Reason.BROWSER, detail="drawn by JavaScript")
    result = measure(COMPANY, visit(drawn, sections=(section(0),)), context(WINDOW))
    values = {each.metric: each.value for each in result.measures}
    assert figure(values["all.recency_days"]) == 0
    assert figure(values["blog.recency_days"]) == 0
    assert isinstance(values["news.recency_days"], Unknown)


def pause(*sections: Section, walled: bool = False) -> Number:
    """The longest pause of a company; `walled`: LinkedIn could not be read."""
    assert SUBJECT.of_company is not None
    channels = (YOUTUBE, LINKEDIN) if walled else (YOUTUBE,)
    return SUBJECT.of_company(brief_of(*sections, channels=channels))[PAUSE.id]


def test_a_post_on_a_channel_ends_a_pause_of_the_site() -> None:
    found = pause(section(10, 110), posts_of(YOUTUBE, 60))
    assert figure(found) == 50
    assert isinstance(found, Known)
    assert found.qualifiers == ()


def test_a_pause_that_goes_on_counts_up_to_today() -> None:
    assert figure(pause(section(90, 100), posts_of(YOUTUBE, 95))) == 90


def test_a_pause_beside_what_could_not_be_read_is_at_most_this() -> None:
    found = pause(section(10, 110), posts_of(YOUTUBE, 60), walled=True)
    assert figure(found) == 50
    assert bound_of(found, PAUSE) is Bound.MOST


def test_a_post_without_a_date_may_lie_within_the_pause() -> None:
    undated = section(10, 110, extra=(replace(post(None, "undated"), url="x"),))
    found = pause(undated, posts_of(YOUTUBE, 60))
    assert figure(found) == 50
    assert bound_of(found, PAUSE) is Bound.MOST


def test_a_pause_of_a_list_that_is_cut_off_is_about_this() -> None:
    found = pause(section(10, 40, truncated=True), posts_of(YOUTUBE, 5))
    assert bound_of(found, PAUSE) is Bound.ESTIMATE


def test_without_a_post_to_be_seen_there_is_no_pause() -> None:
    assert pause(section(unreadable=ROBOTS), walled=True) == ROBOTS
