"""What people told of a profile takes part like a measured figure, and says who read it when."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from audit.commands.words import seen_in_all
from audit.measure.company import measure
from audit.measure.hand_values import count_of
from audit.model.by_hand import Field, HandRecord, Source
from audit.model.channel import Channel
from audit.model.company import Company, ManualFigure
from audit.model.engagement import EVERYWHERE
from audit.model.result import Cadence, CompanyResult, Status
from audit.model.value import Absent, Known, Number, Qualifier, Reason, Unknown
from reports.seen import cut_lists, told_profiles, unread_profiles
from reports.words import day_in_words, person_note
from tests.brief_example import AS_OF, COMPANY, PROOF, WINDOW, figure, known, section, visit
from tests.channel_example import channel, live
from tests.fake_session import context

URL = "https://www.linkedin.com/company/a/"
WALLED = Unknown(reason=Reason.ROBOTS)


def record(on: date = date(2026, 10, 28), **told: object) -> HandRecord:
    usual: dict[str, object] = {
        "company": "a.example",
        "platform": "linkedin",
        "url": URL,
        "by": "Jo",
        "source": Source.WORKBOOK,
        "place": "a.xlsx, Fill in!E7",
        "entered_at": datetime(2026, 10, 29, tzinfo=UTC),
    }
    return HandRecord(on=on, **(usual | told))  # type: ignore[arg-type]


def walled(**changes: object) -> Channel:
    return replace(channel("linkedin", URL, "a", proof=(PROOF,), profile=WALLED), **changes)  # type: ignore[arg-type]


def measured(
    *records: HandRecord,
    channels: tuple[Channel, ...] = (walled(),),
    company: Company = COMPANY,
    blog: bool = True,
) -> CompanyResult:
    told = replace(company, by_hand=records)
    sections = (section(1, 8, 15),) if blog else ()
    return measure(told, visit(channels=channels, sections=sections), context(WINDOW))


def values(result: CompanyResult) -> dict[str, Number]:
    return {each.metric: each.value for each in result.measures}


def row_of(result: CompanyResult) -> Cadence:
    return next(row for row in result.cadence if row.channel == "linkedin")


def marks(value: object) -> tuple[Qualifier, ...]:
    assert isinstance(value, Known)
    return value.qualifiers


def test_a_record_gives_audience_last_post_and_posts_a_week() -> None:
    result = measured(record(followers=12400, posts=6, last_post=date(2026, 10, 25)))
    (told,) = result.channels
    assert (figure(told.followers), marks(told.followers)) == (12400, (Qualifier.MANUAL,))
    assert isinstance(told.last_post, Known)
    assert told.last_post.value == datetime(2026, 10, 25, tzinfo=UTC)
    row = row_of(result)
    assert figure(row.posts) == 6
    assert figure(row.posts_per_week) == pytest.approx(6 * 7 / 30)
    assert Qualifier.MANUAL in marks(row.posts_per_week)
    assert (row.coverage, row.truncated) == (round(30 / 364, 4), True)
    assert figure(row.recency_days) == 7
    assert isinstance(row.status, Known)
    assert row.status.value is Status.ACTIVE
    assert row.interval is not None
    given = values(result)
    assert figure(given["channel.linkedin.followers"]) == 12400
    assert figure(given["channel.linkedin.posts_per_week"]) == pytest.approx(1.4)
    assert result.company.by_hand == ()


def test_all_together_counts_what_was_told_and_says_so() -> None:
    alone = figure(values(measured())["all.posts_per_week"])
    both = measured(record(posts=6, last_post=date(2026, 10, 30)))
    total = values(both)["all.posts_per_week"]
    assert figure(total) == pytest.approx(alone + 1.4)
    assert Qualifier.MANUAL in marks(total)
    assert both.together is not None
    assert figure(both.together.posts_per_week) == pytest.approx(alone + 1.4)
    assert isinstance(both.together.longest_gap_days, Unknown)
    assert all(count is None for _, count in both.together.months)


def test_a_last_post_that_was_told_ends_a_pause_of_all_together() -> None:
    old = (section(200, 210),)
    for records, days in (((), 200), ((record(last_post=date(2026, 9, 2)),), 140)):
        told = replace(COMPANY, by_hand=records)
        result = measure(told, visit(channels=(walled(),), sections=old), context(WINDOW))
        assert figure(values(result)["all.longest_gap_days"]) == days


def test_without_anything_read_what_was_told_stands_for_all() -> None:
    result = measured(record(posts=6), blog=False)
    assert figure(values(result)["all.posts_per_week"]) == pytest.approx(1.4)
    assert result.together is not None
    assert (result.together.channel, result.together.url) == (EVERYWHERE, COMPANY.website)


def test_a_measured_value_wins() -> None:
    read = replace(walled(), profile=live(audience=known(3)))
    posts = section(2, 4, channel="linkedin", url=URL)
    told = replace(COMPANY, by_hand=(record(followers=9, posts=30),))
    result = measure(told, visit(channels=(read,), sections=(posts,)), context(WINDOW))
    assert figure(result.channels[0].followers) == 3
    assert not row_of(result).by_hand


def test_of_several_records_the_newer_day_holds_for_each_thing_that_it_tells() -> None:
    result = measured(
        record(date(2026, 10, 1), followers=9, posts=30),
        record(date(2026, 10, 20), followers=10),
    )
    assert figure(result.channels[0].followers) == 10
    assert figure(row_of(result).posts) == 30


@pytest.mark.parametrize(("day", "expected"), [(1, 10), (28, 10), (30, 77)])
def test_of_the_file_and_a_record_the_newer_one_holds(day: int, expected: int) -> None:
    figures = ManualFigure(
        measure="channel.linkedin.followers", value=77, on=date(2026, 10, day), by="E", place="c:1"
    )
    owner = replace(COMPANY, manual=(figures,))
    result = measured(record(followers=10), company=owner)
    assert figure(result.channels[0].followers) == expected


def test_a_newer_rate_of_the_file_stands_for_an_older_count_of_posts() -> None:
    rate = ManualFigure(
        measure="channel.linkedin.posts_per_week", value=5, on=date(2026, 10, 30), by="E", place="c"
    )
    result = measured(record(posts=6), company=replace(COMPANY, manual=(rate,)))
    assert figure(values(result)["channel.linkedin.posts_per_week"]) == 5
    assert [row.channel for row in result.cadence] == ["blog"]


def test_a_record_from_before_the_window_is_no_figure_of_the_run() -> None:
    result = measured(record(date(2025, 10, 1), followers=10, posts=3))
    assert isinstance(result.channels[0].followers, Unknown)
    assert [row.channel for row in result.cadence] == ["blog"]


def test_a_record_without_an_address_is_about_the_main_profile_alone() -> None:
    other = replace(
        channel("linkedin", "https://www.linkedin.com/company/b", "b", proof=(PROOF,), score=0.6),
        profile=WALLED,
    )
    result = measured(record(url="", followers=10), channels=(other, walled()))
    assert [isinstance(each.followers, Known) for each in result.channels] == [False, True]


@pytest.mark.parametrize("url", ["http://linkedin.com/company/A", URL.upper(), URL])
def test_a_record_is_about_its_profile_however_the_address_is_written(url: str) -> None:
    assert figure(measured(record(url=url, followers=10)).channels[0].followers) == 10


def test_a_candidate_gets_no_figure() -> None:
    perhaps = channel("linkedin", URL, "a", proof=(PROOF,), profile=WALLED, candidate=True)
    assert isinstance(
        measured(record(followers=1), channels=(perhaps,)).channels[0].followers, Unknown
    )


def test_no_posts_are_a_real_zero() -> None:
    row = row_of(measured(record(posts=0, last_post=date(2025, 12, 1))))
    assert figure(row.posts_per_week) == 0
    assert isinstance(row.status, Known)
    assert row.status.value is Status.DORMANT


def test_a_last_post_alone_tells_the_status_and_no_rate() -> None:
    row = row_of(measured(record(last_post=date(2026, 10, 1))))
    assert isinstance(row.posts_per_week, Unknown)
    assert isinstance(row.status, Known)


def test_reactions_to_the_last_five_posts_are_told_a_post() -> None:
    result = measured(record(followers=1000, likes=40, comments=10), blog=False)
    everywhere, linkedin = result.engagement
    assert figure(linkedin.mean) == 10
    assert (figure(linkedin.applause), figure(linkedin.conversation)) == (8, 2)
    assert isinstance(linkedin.rate, Known)
    assert linkedin.rate.value.value == pytest.approx(0.01)
    assert figure(everywhere.mean) == 10
    assert figure(values(result)["engagement.per_post"]) == 10


def test_likes_alone_are_at_least_the_interactions() -> None:
    _, linkedin = measured(record(likes=40), blog=False).engagement
    assert Qualifier.TRUNCATED in marks(linkedin.mean)
    assert isinstance(linkedin.conversation, Unknown)


def test_the_proof_names_who_read_it_when_and_where_and_the_note_its_age() -> None:
    told = record(followers=12400, rounded=(Field.FOLLOWERS,), about="valves")
    value = measured(told).channels[0].followers
    assert isinstance(value, Known)
    (proof,) = value.evidence
    assert (proof.url, proof.rule, proof.record) == (URL, "by-hand", "a.xlsx, Fill in!E7")
    assert proof.excerpt == "12,400 followers, read by Jo on 28 Oct 2026; they write about valves"
    assert not value.exact
    assert person_note(value, AS_OF).endswith(", 4 days ago; they write about valves.")
    assert person_note(Absent(), AS_OF) == ""


def test_a_figure_of_a_saved_page_says_so_beside_any_other_mark() -> None:
    saved = replace(PROOF, record="saved/a.html#sha256-1", fetched_at=AS_OF - timedelta(days=2))
    marks = (Qualifier.TRUNCATED, Qualifier.SAVED)
    value = replace(known(7), evidence=(saved,), qualifiers=marks)
    said = f"saved/a.html, a page that was saved on {day_in_words(saved.fetched_at)}, 2 days ago."
    assert person_note(value, AS_OF) == f"From {said}"
    total = replace(value, evidence=(PROOF, saved))
    assert person_note(total, AS_OF) == f"In part from {said}"


def test_a_company_whose_site_was_not_reached_keeps_what_people_told() -> None:
    unreached = replace(visit(channels=(walled(),)), start=Unknown(reason=Reason.DNS))
    told = replace(COMPANY, by_hand=(record(followers=10, posts=6),))
    given = values(measure(told, unreached, context(WINDOW)))
    assert figure(given["channel.linkedin.followers"]) == 10
    assert figure(given["channel.linkedin.posts_per_week"]) == pytest.approx(1.4)


def test_what_a_person_counted_is_no_list_that_was_cut_off_and_told_apart_from_what_is_open() -> (
    None
):
    other = replace(walled(), found=replace(walled().found, url="https://x.example/b", key="b"))
    result = measured(record(posts=6), channels=(walled(), other), blog=False)
    assert [channel.url for channel in told_profiles(result)] == [URL]
    assert "Of 1 of them the posts are filled in. See sheets Fill in and Coverage." in seen_in_all(
        (result,)
    )
    assert cut_lists(result) == []
    assert len(unread_profiles(result)) == 2


def test_a_count_that_nobody_told_is_no_zero() -> None:
    assert count_of(record(followers=0), Field.FOLLOWERS, URL).value == 0
    with pytest.raises(ValueError, match="tells no likes"):
        count_of(record(followers=0), Field.LIKES, URL)
