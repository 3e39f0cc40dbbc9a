"""What rests on the time of the visit is told from what the bytes alone say."""

from dataclasses import replace
from datetime import timedelta

import pytest

from audit.model.exchange import Kind, Request
from audit.model.facts import PageFacts
from scrapers.parse.moment import watched
from scrapers.site.reading import read_and_pack, read_answer
from tests.analysed import rules
from tests.scrapers.parse.pages import page

LATER = timedelta(days=92)


def list_of(*dates: str, language: str = "en") -> str:
    rows = "".join(
        f'<article class="entry"><h3><a href="/news/{n}">A pump of some kind {n}</a></h3>'
        f'<span class="date">{date}</span></article>'
        for n, date in enumerate(dates)
    )
    return f'<html lang="{language}"><title>News</title><main>{rows}</main></html>'


PASSING = {
    "counted back": list_of("3 days ago", "5 days ago", "9 days ago"),
    "counted back in German": list_of("vor 3 Tagen", "vor 5 Tagen", language="de"),
    "yesterday": list_of("yesterday", "12 November 2026", "3 October 2026"),
    "without a year": list_of("Nov 12", "Oct 3", "Sep 30"),
    "too far ahead": list_of("12 May 2031", "3 October 2026"),
    "ahead in an address": '<h2><a href="/2027/02/11/pump/">A pump of some kind</a></h2>'
    '<h2><a href="/2026/10/11/pipe/">A pipe of some kind</a></h2>',
}
LASTING = {
    "whole dates": list_of("12 November 2026", "3 October 2026", "30 September 2026"),
    "whole dates in Japanese": list_of("2026年11月12日", "2026年10月3日", language="ja"),
    "an event to come": list_of("12 May 2027", "3 October 2026"),
    "before the web": list_of("12 May 1889", "3 October 2026"),
    "no date": "<h1>Pumps</h1><p>We are open 7 days a week.</p>",
    "an empty page": "",
}


@pytest.mark.parametrize("name", PASSING)
def test_a_reading_that_rests_on_when_it_was_made_is_not_packed(name: str) -> None:
    answer = page(PASSING[name])
    _, entry = read_and_pack(rules(), answer, Request(url=answer.url))
    assert entry == b""


@pytest.mark.parametrize("name", LASTING)
def test_a_reading_that_is_packed_says_the_same_three_months_later(name: str) -> None:
    answer = page(LASTING[name])
    reading, entry = read_and_pack(rules(), answer, Request(url=answer.url))
    later = replace(answer, fetched_at=answer.fetched_at + LATER)
    again = read_answer(rules(), later, Request(url=answer.url))
    assert entry
    assert isinstance(reading, PageFacts)
    assert isinstance(again, PageFacts)
    assert [item.published for item in reading.items] == [item.published for item in again.items]
    assert (reading.links, reading.published) == (again.links, again.published)


def test_the_second_page_of_the_same_instant_is_noticed_too() -> None:
    """Some of what is read of a text is remembered; whether it rests on the time is not."""
    answer = page(PASSING["counted back"])
    entries = [read_and_pack(rules(), answer, Request(url=answer.url))[1] for _ in range(2)]
    assert entries == [b"", b""]


def test_what_cannot_be_read_is_not_packed() -> None:
    answer = page("<p>no feed</p>")
    _, entry = read_and_pack(rules(), answer, Request(url=answer.url, kind=Kind.FEED))
    assert entry == b""


def test_nothing_is_noticed_outside_of_what_is_watched() -> None:
    answer = page(PASSING["counted back"])
    with watched() as outer:
        with watched() as inner:
            read_answer(rules(), answer, Request(url=answer.url))
        assert inner.by_now
    read_answer(rules(), answer, Request(url=answer.url))
    assert not outer.by_now
