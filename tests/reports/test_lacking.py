"""Which profiles wait for a figure, in which order, and what is known of them already."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

from audit.measure.company import measure
from audit.model.by_hand import Field, HandRecord, Source
from audit.model.channel import Channel, ChannelHistory
from audit.model.company import Company
from audit.model.profile import NOT_SHOWN
from audit.model.result import CompanyResult
from audit.model.value import Qualifier, Reason, Unknown
from reports.lacking import ToFill, minutes, to_fill
from tests.brief_example import PROOF, WINDOW, known, section, visit
from tests.channel_example import channel, live
from tests.fake_session import context

WALLED = Unknown(reason=Reason.ROBOTS)
ALL = (Field.FOLLOWERS, Field.LAST, Field.POSTS)


def walled(platform: str, name: str, **changes: object) -> Channel:
    url = f"https://{platform}.example/{name}"
    return replace(channel(platform, url, name, proof=(PROOF,), profile=WALLED), **changes)  # type: ignore[arg-type]


def result(name: str, *channels: Channel, own: bool = False) -> CompanyResult:
    company = Company(name=name, website=f"https://{name}.example/", own=own)
    return measure(company, visit(channels=channels), context(WINDOW))


def told(company: str, platform: str, on: date, **fields: object) -> HandRecord:
    return HandRecord(
        company=f"{company}.example",
        platform=platform,
        on=on,
        by="Jo",
        source=Source.TERMINAL,
        place="",
        entered_at=datetime(2026, 11, 1, tzinfo=UTC),
        **fields,  # type: ignore[arg-type]
    )


def listed(rows: Sequence[ToFill]) -> list[tuple[str, str]]:
    return [(each.company, each.channel.platform) for each in rows]


def waiting(*results: CompanyResult, records: Sequence[HandRecord] = ()) -> tuple[ToFill, ...]:
    return to_fill(results, records, date(2026, 1, 1))


def test_what_makes_most_companies_comparable_comes_first_then_our_own() -> None:
    rows = waiting(
        result("b", walled("xing", "b"), walled("linkedin", "b"), walled("facebook", "b")),
        result("a", walled("linkedin", "a"), own=True),
        result("c", walled("facebook", "c"), walled("linkedin", "c")),
    )
    assert listed(rows) == [
        ("a", "linkedin"),
        ("b", "linkedin"),
        ("c", "linkedin"),
        ("b", "facebook"),
        ("c", "facebook"),
        ("b", "xing"),
    ]
    assert all(each.lacks == ALL for each in rows)


def test_an_unknown_audience_comes_before_unknown_posts() -> None:
    read = replace(walled("linkedin", "a"), profile=live(audience=known(3)))
    rows = waiting(result("a", read), result("b", walled("linkedin", "b")))
    assert [(each.company, each.lacks) for each in rows] == [("b", ALL), ("a", ALL[1:])]


def test_what_is_known_or_cannot_be_is_not_asked_for() -> None:
    url = "https://youtube.example/a"
    known_all = replace(walled("youtube", "a"), profile=live(audience=known(3)))
    posts = section(2, channel="youtube", url=url)
    company = Company(name="a", website="https://a.example/")
    read = replace(known_all, newest_post=known_all.newest_post)
    shown = measure(company, visit(channels=(read,), sections=(posts,)), context(WINDOW))
    assert [each.lacks for each in waiting(shown)] == [(Field.LAST,)]
    no_posts = walled("store", "a", newest_post=NOT_SHOWN, audience="")
    assert waiting(result("a", no_posts)) == ()


def test_listings_and_candidates_are_left_out() -> None:
    listing = channel("yelp", "https://yelp.example/a", "a", proof=(PROOF,), listing=True)
    perhaps = channel("x", "https://x.example/a", "a", proof=(PROOF,), candidate=True)
    assert waiting(result("a", listing, perhaps)) == ()


def test_what_people_told_is_no_lack_while_it_is_new_and_comes_last() -> None:
    results = (result("a", walled("linkedin", "a")), result("b", walled("linkedin", "b")))
    new = told("a", "linkedin", date(2026, 10, 1), followers=9, posts=1, last_post=date(2026, 9, 9))
    rows = waiting(*results, records=[new])
    assert listed(rows) == [("b", "linkedin"), ("a", "linkedin")]
    assert (rows[1].lacks, rows[1].by_hand, rows[1].asks) == ((), ALL, ALL)
    assert rows[1].records == (new,)
    old = replace(new, on=date(2025, 10, 1))
    (first, _) = waiting(*results, records=[old])
    assert (first.company, first.lacks, first.earlier) == ("a", ALL, (9, date(2025, 10, 1)))


def test_an_audience_that_stands_in_the_list_is_no_lack() -> None:
    listed = replace(known(2140), qualifiers=(Qualifier.MANUAL,))
    (row,) = waiting(result("a", walled("linkedin", "a", by_hand=listed)))
    assert row.lacks == (Field.LAST, Field.POSTS)
    assert row.by_hand == (Field.FOLLOWERS,)


def test_an_audience_of_an_earlier_run_is_told() -> None:
    before = walled("linkedin", "a", history=ChannelHistory(previous=known(12)))
    assert waiting(result("a", before))[0].earlier == (12, None)


def test_the_time_it_takes_is_told_in_whole_minutes() -> None:
    assert [minutes(count) for count in (1, 10)] == [2, 15]
