"""Figures that a person read stand in where the program has none, and say so."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from audit.measure.manual import channels_with_manual, manual, manual_notes, with_manual
from audit.model.company import Company, ConfiguredChannel, ManualFigure
from audit.model.result import Window
from audit.model.value import Absent, Number, Qualifier, Reason, Unknown
from tests.brief_example import COMPANY, PROOF, WINDOW, figure, known
from tests.channel_example import channel, live

FOLLOWERS = "channel.linkedin.followers"
UNKNOWN = Unknown(reason=Reason.LOGIN_WALL)


def company(*figures: ManualFigure) -> Company:
    return replace(COMPANY, manual=figures)


def by_hand(measure: str, value: float, day: int = 1) -> ManualFigure:
    return ManualFigure(
        measure=measure, value=value, on=date(2026, 10, day), by="Eva", place="c.yaml:4"
    )


def test_a_persons_figure_is_marked_and_proved_by_its_line_of_the_file() -> None:
    value = manual(by_hand(FOLLOWERS, 1200.0), COMPANY)
    (proof,) = value.evidence
    assert (value.value, value.qualifiers) == (1200, (Qualifier.MANUAL,))
    assert (proof.record, proof.url) == ("c.yaml:4", COMPANY.website)
    assert proof.excerpt == "1,200 read by Eva on 2026-10-01"
    assert proof.fetched_at == datetime(2026, 10, 1, tzinfo=UTC)


def test_its_address_is_that_of_the_profile_where_the_file_names_one() -> None:
    url = "https://linkedin.com/company/a"
    known_profile = ConfiguredChannel(platform="linkedin", url=url, place="c.yaml:3")
    owner = replace(COMPANY, channels=(known_profile,))
    assert manual(by_hand(FOLLOWERS, 5), owner).evidence[0].url == url
    assert manual(by_hand("channel.x.followers", 5), owner).evidence[0].url == COMPANY.website


def test_a_share_keeps_its_fraction() -> None:
    assert manual(by_hand("blog.posts_per_week", 0.5), COMPANY).value == 0.5


def test_it_stands_in_for_what_is_unknown_or_absent_and_never_for_what_was_measured() -> None:
    owner = company(by_hand("blog.posts", 7), by_hand("news.posts", 7), by_hand("podcast.posts", 7))
    values: dict[str, Number] = {
        "blog.posts": known(3),
        "news.posts": UNKNOWN,
        "podcast.posts": Absent(),
    }
    joined = with_manual(values, owner, WINDOW)
    assert [figure(value) for value in joined.values()] == [3, 7, 7]


def test_of_several_figures_the_newest_counts_wherever_it_stands_in_the_file() -> None:
    owner = company(by_hand("blog.posts", 9, day=20), by_hand("blog.posts", 7, day=10))
    assert figure(with_manual({}, owner, WINDOW)["blog.posts"]) == 9


def until(end: str, zone: str = "UTC") -> Window:
    return replace(WINDOW, as_of=datetime.fromisoformat(end), timezone=zone)


@pytest.mark.parametrize(
    ("end", "zone", "expected"),
    [
        ("2026-10-31T23:59:59+00:00", "UTC", 12),
        ("2026-10-20T23:59:59+00:00", "UTC", 9),
        ("2026-10-19T23:59:59+00:00", "UTC", 7),
        ("2026-10-20T06:59:59+00:00", "America/Los_Angeles", 7),
        ("2026-10-19T23:59:59.500+02:00", "Europe/Berlin", 7),
        ("2026-10-20T06:00:00+00:00", "UTC", 9),
        ("2026-10-19T10:00:00+00:00", "UTC", 9),
        ("2026-10-19T09:59:58+00:00", "UTC", 7),
    ],
    ids=[
        "all",
        "its last day is the day",
        "the day after is too late",
        "the day of the settings counts",
        "a zone ahead",
        "until now",
        "somewhere it is that day",
        "nowhere it is that day",
    ],
)
def test_what_was_read_after_the_end_is_of_the_future(end: str, zone: str, expected: int) -> None:
    owner = company(*(by_hand("blog.posts", v, d) for v, d in ((12, 30), (7, 10), (9, 20))))
    window = until(end, zone)
    assert figure(with_manual({}, owner, window)["blog.posts"]) == expected
    assert manual_notes(owner, window) == []


def test_where_all_figures_are_of_the_future_there_is_none_and_that_is_told_once() -> None:
    window = until("2026-10-05T23:59:59+00:00")
    owner = company(by_hand(FOLLOWERS, 9, 20), by_hand(FOLLOWERS, 7, 10))
    assert with_manual({}, owner, window) == {}
    walled = channel("linkedin", "https://x.example/a", "a", proof=(PROOF,), profile=UNKNOWN)
    assert channels_with_manual((walled,), owner, window) == (walled,)
    (note,) = manual_notes(owner, window)
    assert (note.what, note.incomplete) == (FOLLOWERS, False)
    assert note.detail == "c.yaml:4: read on 2026-10-10, after the period ends, so it is not shown"


def test_an_old_figure_is_told_although_a_later_one_is_of_the_future() -> None:
    old = replace(by_hand(FOLLOWERS, 5), on=date(2025, 1, 1))
    owner = company(old, by_hand(FOLLOWERS, 9, 20))
    (note,) = manual_notes(owner, until("2026-10-05T23:59:59+00:00"))
    assert "read on 2025-01-01, before the period begins" in note.detail
    assert manual_notes(owner, until("2026-10-25T23:59:59+00:00")) == []


def test_a_figure_of_no_measure_is_left_out_and_told() -> None:
    owner = company(by_hand("blog.likes", 9), by_hand(FOLLOWERS, 9))
    assert list(with_manual({}, owner, WINDOW)) == [FOLLOWERS]
    (note,) = manual_notes(owner, WINDOW)
    assert (note.what, note.incomplete) == ("blog.likes", False)
    assert note.detail.startswith("c.yaml:4: no measure of that name")


def test_a_channel_takes_a_persons_figure_unless_it_has_one_or_is_a_candidate() -> None:
    url = "https://linkedin.com/company/a"
    walled = channel("linkedin", url, "a", proof=(PROOF,), profile=UNKNOWN)
    candidate = channel("linkedin", url, "a", proof=(PROOF,), profile=UNKNOWN, candidate=True)
    read = channel("linkedin", url, "a", proof=(PROOF,), profile=live(audience=known(3)))
    other = channel("x", "https://x.com/a", "a", proof=(PROOF,), profile=UNKNOWN)
    channels = channels_with_manual(
        (walled, candidate, read, other), company(by_hand(FOLLOWERS, 1200)), WINDOW
    )
    assert figure(channels[0].followers) == 1200
    assert channels[1:] == (candidate, read, other)
