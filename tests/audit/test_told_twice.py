"""Of what two sources tell otherwise of one profile and day the later holds, and it is said."""

import shutil
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from audit.boxes import Boxes, read_boxes
from audit.model.by_hand import Field, HandRecord, Source
from audit.told_twice import emptied, latest_other
from config.catalogue import load_catalogue
from reports.formats.xlsx.workbook import write_workbook
from reports.people import Word
from tests.audit.test_boxes import ACME, NOW, alone, edited, filled, report, typed, with_told
from tests.reports import workbook_example as example

DAY = "2026-11-27"
ROW = (ACME, "LinkedIn")
MORNING, NOON, EVENING = (datetime(2026, 11, 28, hour, tzinfo=UTC) for hour in (8, 12, 18))


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("twice") / "acme.xlsx"
    return alone(write_workbook(report(example.snapshot()), path))


def copy(fresh: Path, tmp_path: Path, name: str, words: Mapping[str, Word | None]) -> Path:
    """A workbook in which a person typed something about Acme on LinkedIn, as of one day."""
    path = Path(shutil.copy(fresh, tmp_path / name))
    return edited(path, typed({ROW: {"Read on": DAY, **words}}))


def read(path: Path, saved: datetime, *records: HandRecord) -> Boxes:
    sheet = replace(filled(path), saved=saved, created=MORNING - timedelta(days=1))
    results = example.snapshot().results
    return read_boxes(sheet, path.name, results, records, load_catalogue(()), NOW)


def on_terminal(at: datetime) -> HandRecord:
    return HandRecord(
        company="acme.example",
        platform="linkedin",
        url="",
        on=date(2026, 11, 27),
        by="Kim",
        source=Source.TERMINAL,
        place="typed on the terminal",
        entered_at=at,
        followers=1000,
    )


def test_of_two_workbooks_the_one_that_was_saved_later_holds_in_whatever_order_they_are_read(
    fresh: Path, tmp_path: Path
) -> None:
    acme = copy(fresh, tmp_path, "acme.xlsx", {"Followers": 1000, "By whom": "Jo"})
    kim = copy(fresh, tmp_path, "kim.xlsx", {"Followers": 900, "Likes, last 5 posts": 4})
    for first, second, expected in (
        ((acme, MORNING), (kim, NOON), 900),
        ((kim, NOON), (acme, MORNING), 900),
        ((acme, NOON), (kim, MORNING), 1000),
        ((kim, MORNING), (acme, NOON), 1000),
    ):
        (one,) = read(*first).records
        later = read(*second, one)
        (told,) = later.records or (one,)
        assert (told.followers, told.likes) == (expected, 4)
        (twice,) = later.twice
        assert "1,000 followers" in twice.sentence
        assert "900 followers" in twice.sentence
        assert "acme.xlsx, Fill in!F" in twice.sentence
        assert "kim.xlsx, Fill in!F" in twice.sentence
        assert twice.is_taken == ((told.followers == 1000) == (second[0] == acme))


def test_where_two_agree_nothing_is_said(fresh: Path, tmp_path: Path) -> None:
    acme = copy(fresh, tmp_path, "acme.xlsx", {"Followers": "12.4k"})
    kim = copy(fresh, tmp_path, "kim.xlsx", {"Followers": 12_412})
    (one,) = read(acme, MORNING).records
    assert not read(kim, NOON, one).twice
    other = replace(one, rounded=())
    assert [each.field for each in read(kim, NOON, other).twice] == [Field.FOLLOWERS]


def test_what_was_typed_on_the_terminal_since_a_workbook_was_saved_holds(
    fresh: Path, tmp_path: Path
) -> None:
    path = copy(fresh, tmp_path, "acme.xlsx", {"Followers": 900, "Comments, last 5 posts": 3})
    later = read(path, NOON, on_terminal(EVENING))
    (told,) = later.records
    assert (told.followers, told.comments) == (None, 3)
    assert later.figures == 1 + 0
    (twice,) = later.twice
    assert "The second holds, as it was told later, on 28 Nov 2026" in twice.sentence
    earlier = read(path, NOON, on_terminal(MORNING))
    assert earlier.records[0].followers == 900
    assert "The first holds" in earlier.twice[0].sentence
    assert "typed on the terminal, by Kim" in earlier.twice[0].sentence


def test_what_was_cleared_since_a_workbook_was_saved_is_not_brought_back_by_it(
    fresh: Path, tmp_path: Path
) -> None:
    path = copy(fresh, tmp_path, "kim.xlsx", {"Followers": 900})
    (told,) = read(path, MORNING).records
    cleared = emptied(told, "acme.xlsx, Fill in", NOON)
    assert (cleared.id, cleared.tells, cleared.cleared) == (told.id, (), (Field.FOLLOWERS,))
    again = read(path, MORNING, cleared)
    assert not again.records
    assert "Not taken, as it was taken back since" in again.twice[0].sentence
    assert "in acme.xlsx, Fill in: 900 followers of Acme Pumps" in again.twice[0].sentence
    saved_again = read(path, EVENING, cleared)
    assert (saved_again.records[0].followers, saved_again.twice) == (900, ())


def test_what_a_workbook_was_written_with_is_older_than_a_correction_from_elsewhere(
    fresh: Path, tmp_path: Path
) -> None:
    """Nobody changed it there, however late the file was saved."""
    (told,) = read(copy(fresh, tmp_path, "acme.xlsx", {"Followers": 900}), MORNING).records
    path = tmp_path / "old.xlsx"
    alone(write_workbook(report(with_told(told)), path))
    corrected = replace(told, followers=950, place="kim.xlsx, Fill in!F7", entered_at=MORNING)
    old = read(path, EVENING, corrected)
    assert not old.records
    assert not old.emptied
    (twice,) = old.twice
    assert "900 followers (old.xlsx, Fill in!F" in twice.sentence
    assert "950 followers (kim.xlsx, Fill in!F7)" in twice.sentence


def test_what_a_table_told_since_stays_when_the_workbook_that_shows_it_is_saved_again(
    fresh: Path, tmp_path: Path
) -> None:
    words: dict[str, Word | None] = {"Followers": 900, "Likes, last 5 posts": 7}
    (told,) = read(copy(fresh, tmp_path, "kim.xlsx", words), MORNING).records
    table = replace(on_terminal(NOON), source=Source.TABLE, by="", place="suite.csv, row 2")
    path = tmp_path / "acme.xlsx"
    alone(write_workbook(report(with_told(told, table)), path))
    again = read(path, EVENING, told, table)
    assert (again.records, again.emptied, again.twice) == ((), (), ())
    more = read(edited(path, typed({ROW: {"Comments, last 5 posts": 3}})), EVENING, told, table)
    (record,) = more.records
    assert (record.on, record.tells, record.comments) == (EVENING.date(), (Field.COMMENTS,), 3)
    assert (more.emptied, more.twice) == ((), ())


def test_a_box_that_is_cleared_in_a_correction_does_not_come_back_from_an_older_copy(
    fresh: Path, tmp_path: Path
) -> None:
    words: dict[str, Word | None] = {"Followers": 900, "Likes, last 5 posts": 7}
    kim = copy(fresh, tmp_path, "kim.xlsx", words)
    (told,) = read(kim, MORNING).records
    path = tmp_path / "acme.xlsx"
    alone(write_workbook(report(with_told(told)), path))
    fix: Mapping[str, Word | None] = {"Followers": 910, "Likes, last 5 posts": None}
    at = NOON - timedelta(days=1)
    told = replace(told, entered_at=at)
    (corrected,) = read(edited(path, typed({ROW: fix})), at, told).records
    assert (corrected.followers, corrected.cleared) == (910, (Field.LIKES,))
    again = read(kim, at - timedelta(hours=1), corrected)
    assert not again.records
    assert {each.field for each in again.twice} == {Field.FOLLOWERS, Field.LIKES}


def test_posts_of_another_span_are_another_figure() -> None:
    month = replace(on_terminal(NOON), posts=6)
    week = replace(on_terminal(MORNING), posts=2, days=7, source=Source.TABLE)
    assert latest_other(month, Field.POSTS, [week]) is None
    assert latest_other(month, Field.POSTS, [replace(week, days=30)]) is not None
