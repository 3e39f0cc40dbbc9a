"""The same bytes are found again, everything else is read; a damaged file costs time alone."""

import base64
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from audit.model.company import PointedFigure, PointedSection
from audit.model.exchange import Kind, Loaded, Page, Request
from scrapers.kept import readings
from scrapers.kept.readings import Readings, entry_of, opened
from scrapers.kept.stamp import stamp_of
from scrapers.page.rules import Rules
from tests.analysed import answer, rules
from tests.analysed import page as analysed

HTML = "<title>Acme</title><h1>Pumps</h1><a href='/blog/'>Blog</a>"
PAGE = answer(HTML)
ASKED = Request(url=PAGE.url, why="start")
FACTS = analysed(HTML)


def kept(stamp: str = "s1") -> tuple[Readings, str]:
    """Readings after a visit that read one page, and the key of that page."""
    visit = Readings(stamp)
    key = visit.key(PAGE, ASKED)
    visit.keep(key, entry_of(FACTS, PAGE))
    return visit, key


def saved(folder: Path) -> Path:
    path = folder / "readings" / "acme.txt"
    kept()[0].save(path)
    return path


def test_the_next_visit_finds_what_the_same_bytes_said(tmp_path: Path) -> None:
    visit = opened(saved(tmp_path), "s1")
    assert visit.find(visit.key(PAGE, ASKED), PAGE) == FACTS


def test_what_was_found_is_there_for_the_visit_after_too(tmp_path: Path) -> None:
    path = saved(tmp_path)
    for _ in range(3):
        visit = opened(path, "s1")
        assert visit.find(visit.key(PAGE, ASKED), PAGE) == FACTS
        visit.save(path)


def test_what_a_visit_did_not_meet_is_gone_after_it(tmp_path: Path) -> None:
    path = saved(tmp_path)
    visit = opened(path, "s1")
    other = replace(PAGE, url="https://www.acmepumps.example/other")
    visit.keep(visit.key(other, ASKED), entry_of(FACTS, PAGE))
    visit.save(path)
    again = opened(path, "s1")
    assert again.find(again.key(PAGE, ASKED), PAGE) is None


def test_a_visit_that_read_nothing_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    path = saved(tmp_path)
    before = path.read_bytes()
    opened(path, "s1").save(path)
    assert path.read_bytes() == before


SECTION = PointedSection(kind="blog", url=PAGE.url)
FIGURES = (PointedFigure(name="Pumps", url=PAGE.url, css="h1"),)
OTHERS: dict[str, Callable[[Page, Request], tuple[Page, Request]]] = {
    "another body": lambda page, asked: (replace(page, body=page.body + b" "), asked),
    "another address": lambda page, asked: (replace(page, url=page.url + "x"), asked),
    "asked for elsewhere": lambda page, asked: (replace(page, requested_url="x"), asked),
    "cut off": lambda page, asked: (replace(page, truncated=True), asked),
    "drawn": lambda page, asked: (replace(page, drawn=True), asked),
    "drawn with a script": lambda page, asked: (
        replace(page, requests=(Loaded(url="u", kind="script", outcome="ok"),)),
        asked,
    ),
    "another header": lambda page, asked: (
        replace(page, headers=(*page.headers, ("X-Drupal-Cache", "HIT"))),
        asked,
    ),
    "another charset": lambda page, asked: (
        replace(page, headers=(("content-type", "text/html; charset=koi8-r"),)),
        asked,
    ),
    "as a feed": lambda page, asked: (page, replace(asked, kind=Kind.FEED)),
    "for another reason": lambda page, asked: (page, replace(asked, why="menu: Blog")),
    "deeper": lambda page, asked: (page, replace(asked, depth=2)),
    "by another reader": lambda page, asked: (page, replace(asked, source="wordpress")),
    "with a section": lambda page, asked: (page, replace(asked, section=SECTION)),
    "with figures": lambda page, asked: (page, replace(asked, figures=FIGURES)),
}


@pytest.mark.parametrize("name", OTHERS)
def test_whatever_a_reading_depends_on_makes_another_key(name: str) -> None:
    visit, key = kept()
    assert visit.key(*OTHERS[name](PAGE, ASKED)) != key


@pytest.mark.parametrize(
    "again",
    [
        replace(PAGE, fetched_at=PAGE.fetched_at.replace(year=2027)),
        replace(PAGE, record="archive/r9/acme.1.warc.gz#1"),
        replace(PAGE, unchanged=True),
        replace(PAGE, headers=(*PAGE.headers, ("Date", "Mon, 1 Feb 2027"), ("ETag", '"2"'))),
    ],
    ids=["another time", "another record", "a 304", "headers of the moment"],
)
def test_what_says_nothing_of_a_page_makes_none(again: Page) -> None:
    visit, key = kept()
    assert visit.key(again, ASKED) == key


def test_of_a_cookie_the_name_counts_and_not_what_it_holds() -> None:
    def with_cookie(value: str) -> Page:
        return replace(PAGE, headers=(*PAGE.headers, ("Set-Cookie", value)))

    keys = [
        Readings("s1").key(with_cookie(value), ASKED) for value in ("id=1; path=/", "id=redacted")
    ]
    assert keys[0] == keys[1] != Readings("s1").key(with_cookie("sid=1"), ASKED)


def test_a_header_of_the_moment_counts_where_a_rule_looks_at_it() -> None:
    page = replace(PAGE, headers=(*PAGE.headers, ("ETag", '"made-by-x"')))
    visit = Readings("s1")
    assert visit.key(page, ASKED) == visit.key(PAGE, ASKED)
    assert visit.key(page, ASKED, frozenset({"etag"})) != visit.key(PAGE, ASKED)


def test_no_packaged_rule_looks_at_a_header_that_is_passed_over() -> None:
    assert rules().headers & readings.OF_THE_MOMENT == set()


def test_another_stamp_finds_nothing(tmp_path: Path) -> None:
    visit = opened(saved(tmp_path), "s2")
    assert visit.find(visit.key(PAGE, ASKED), PAGE) is None


def test_the_stamp_changes_with_the_rules_and_with_what_platforms_ask_for() -> None:
    catalogue = rules().catalogue
    stamps = {
        stamp_of(rules()),
        stamp_of(Rules(replace(catalogue, version="another"))),
        stamp_of(Rules(catalogue, [("acme", "id", "widget", "data-id")])),
    }
    assert len(stamps) == 3
    assert stamp_of(rules()) in stamps


def test_without_a_stamp_nothing_is_kept_and_nothing_found(tmp_path: Path) -> None:
    visit, key = kept("")
    visit.save(tmp_path / "acme.txt")
    assert (key, visit.find(key, PAGE), list(tmp_path.iterdir())) == ("", None, [])


def test_a_missing_file_or_a_folder_in_its_place_is_no_readings(tmp_path: Path) -> None:
    for path in (tmp_path / "none.txt", tmp_path):
        visit = opened(path, "s1")
        assert visit.find(visit.key(PAGE, ASKED), PAGE) is None


def test_a_file_that_cannot_be_written_costs_itself(tmp_path: Path) -> None:
    (tmp_path / "readings").write_text("a file where the folder should be", "utf-8")
    saved(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["readings"]


def bomb() -> bytes:
    return base64.b64encode(zlib.compress(b" " * (readings.ENTRY_BYTES + 1)))


DAMAGES: dict[str, Callable[[bytes, bytes], bytes]] = {
    "a byte": lambda key, entry: key + b" " + entry[:20] + b"!" + entry[21:],
    "another letter": lambda key, entry: key + b" " + entry[:40] + entry[41:42] + entry[41:],
    "cut short": lambda key, entry: key + b" " + entry[: len(entry) // 2],
    "nothing": lambda key, entry: key + b" " + entry[:0],
    "no key": lambda key, entry: entry + key[:0],
    "another program's": lambda key, entry: b"\x80\x04cos\nsystem\n(S'ls'\ntR." + key + entry[:0],
    "no record": lambda key, entry: (
        key + b" " + base64.b64encode(zlib.compress(b'["Evidence",1]')) + entry[:0]
    ),
    "another type": lambda key, entry: (
        key + b" " + base64.b64encode(zlib.compress(b'["Reason","dns"]')) + entry[:0]
    ),
    "a bomb": lambda key, entry: key + b" " + bomb() + entry[:0],
}


@pytest.mark.parametrize("name", DAMAGES)
def test_a_damaged_line_costs_itself_alone(name: str) -> None:
    visit, key = kept()
    entry = entry_of(FACTS, PAGE)
    other = visit.key(PAGE, replace(ASKED, depth=1))
    lines = (DAMAGES[name](key.encode(), entry), other.encode() + b" " + entry)
    damaged = Readings("s1", lines)
    assert damaged.find(key, PAGE) is None
    assert damaged.find(other, PAGE) == FACTS


def test_the_file_of_one_company_is_bounded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = entry_of(FACTS, PAGE)
    monkeypatch.setattr(readings, "MOST_BYTES", 3 * len(entry))
    visit = Readings("s1")
    for number in range(9):
        visit.keep(f"{number:064}", entry)
    visit.save(tmp_path / "acme.txt")
    assert (tmp_path / "acme.txt").read_bytes().count(b"\n") == 3


def test_a_reading_that_could_not_come_back_is_not_kept() -> None:
    assert entry_of(replace(FACTS, title="\ud83d\ude00"), PAGE) == b""
