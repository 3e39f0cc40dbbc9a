"""What a page says is written and read back exactly, as the same page would say it now."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from audit.model.company import PointedFigure, PointedSection
from audit.model.exchange import Kind, Page, Request
from audit.model.facts import MapEntry, SitemapPage
from scrapers.kept.codec import UnfitError, packed, unpacked
from scrapers.site.reading import read_answer
from tests.analysed import rules
from tests.readers import PAGE
from tests.scrapers.parse.pages import page

LATER = datetime(2027, 2, 24, 9, 30, 1, 7, tzinfo=UTC)
SECTION = PointedSection(kind="blog", url="https://www.acme.example/", item="article", place="c:3")
FIGURES = (PointedFigure(name="Pumps", url="https://www.acme.example/", css="h1", place="c:9"),)
MAP = b"<urlset><url><loc>/blog/eins</loc><lastmod>2026-10-01</lastmod></url></urlset>"
FEED = b"""<rss version="2.0"><channel><title>Acme</title><link>/news/</link><item><title>\xc3\x9c1</title>
<link>/news/1</link><pubDate>Thu, 01 Oct 2026 10:00:00 GMT</pubDate></item></channel></rss>"""
ABOUT = b'{"about": {"stats": {"topics_count": 7, "posts_count": 90, "users_count": 12}}}'

READINGS = {
    "page": (PAGE, Request(url="")),
    "page without a word": (b"", Request(url="")),
    "page that a person points at": (PAGE, Request(url="", section=SECTION, figures=FIGURES)),
    "feed": (FEED, Request(url="", kind=Kind.FEED)),
    "sitemap": (MAP, Request(url="", kind=Kind.SITEMAP)),
    "interface": (ABOUT, Request(url="", kind=Kind.DATA, source="discourse")),
    "data": (b'{"pumps": 1e3}', Request(url="", kind=Kind.DATA, figures=FIGURES)),
}


def read(name: str, answer: Page) -> object:
    return read_answer(rules(), answer, replace(READINGS[name][1], url=answer.url))


def answer_of(name: str) -> Page:
    return replace(page(READINGS[name][0]), record="archive/r1/acme.1.warc.gz#7")


@pytest.mark.parametrize("name", READINGS)
def test_a_reading_comes_back_exactly(name: str) -> None:
    answer = answer_of(name)
    reading = read(name, answer)
    again = unpacked(packed(reading, answer), answer)
    assert again == reading
    assert repr(again) == repr(reading)  # equal is not enough: 1 equals True and 1.0


@pytest.mark.parametrize("name", READINGS)
def test_it_has_the_time_and_the_record_of_the_answer_of_now(name: str) -> None:
    answer = answer_of(name)
    now = replace(answer, fetched_at=LATER, record="archive/r2/acme.1.warc.gz#9")
    assert unpacked(packed(read(name, answer), answer), now) == read(name, now)


def test_a_named_tuple_stays_one() -> None:
    entry = MapEntry("k", "https://acme.example/1", LATER)
    sitemap = SitemapPage(url="u", children=(), entries=(), truncated=False, posts=(entry,))
    again = unpacked(packed(sitemap, page("")), page(""))
    assert isinstance(again, SitemapPage)
    assert again.posts[0].at == LATER


PROOF = page("").proof("r", "")


def test_a_proof_without_a_record_would_get_that_of_the_page() -> None:
    with pytest.raises(UnfitError):
        packed(replace(PROOF, record=""), replace(page(""), record="archive/r1/acme.1.warc.gz#7"))


@pytest.mark.parametrize(
    "odd",
    [
        replace(PROOF, fetched_at=LATER),
        replace(PROOF, record="archive/other.warc.gz#1"),
        replace(PROOF, excerpt="\ud83d\ude00"),
        (b"bytes",),
        ({"a": "mapping"},),
        (["list"],),
        object(),
    ],
    ids=["another time", "another record", "two halves", "bytes", "mapping", "list", "object"],
)
def test_what_would_come_back_as_something_else_is_not_written(odd: object) -> None:
    with pytest.raises(UnfitError):
        packed(odd, page(""))


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"\xff\xfe",
        b"null",
        b"7",
        b"{}",
        b"[]",
        b"[[]]",
        b'["Popen","ls"]',
        b'["os.system","ls"]',
        b'["Evidence"]',
        b'["Reason","no such word"]',
        b'["Reason"]',
        b'["Reason",["",1]]',
        b'["@","yesterday"]',
        b'["@"]',
        b"[" * 100_000,
        b'["",' * 50_000 + b'""' + b"]" * 50_000,
        b'["_Shape","int"]',
    ],
)
def test_a_text_that_is_no_reading_is_refused_and_nothing_of_it_is_run(text: bytes) -> None:
    with pytest.raises(ValueError, match="not a reading"):
        unpacked(text, page(""))
