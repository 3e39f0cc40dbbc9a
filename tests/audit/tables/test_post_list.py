"""A list of posts, a row each, tells of its profile what a person would count in it."""

from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from audit.tables.figures import TableHints
from audit.tables.rows import TableError
from config.table_words import TableField
from tests.audit.tables.examples import read, read_sheets, said, table

LINKEDIN = TableHints(company="acmepumps.example", channel="linkedin")
HEAD = "Post title,Post link,Posted by,Created date,Impressions,Likes,Comments,Reposts\n"
ACME = ("acmepumps.example", "linkedin")


def posts(days: list[str], likes: int = 10) -> str:
    return HEAD + "".join(
        f"New pump,https://www.linkedin.com/feed/{at},Jo Doe,{day},900,{likes + at},{at},1\n"
        for at, day in enumerate(days)
    )


DAYS = [
    *("2026-11-20", "2026-11-18", "2026-11-10", "2026-11-02"),
    *("2026-10-25", "2026-10-20", "2026-09-01"),
]


def test_posts_of_30_days_the_last_one_and_what_the_last_five_got(tmp_path: Path) -> None:
    told = said(read(table(tmp_path, posts(DAYS)), LINKEDIN))
    assert told == {
        (*ACME, "2026-11-20"): {
            "last_post": "2026-11-20",
            "posts": (5, 30),
            "likes": 10 + 11 + 12 + 13 + 14,
            "comments": 0 + 1 + 2 + 3 + 4,
        }
    }


def test_as_of_a_day_that_a_person_names_it_counts_until_then(tmp_path: Path) -> None:
    hints = TableHints(company=LINKEDIN.company, channel="linkedin", on=date(2026, 11, 28))
    told = said(read(table(tmp_path, posts(DAYS)), hints))
    assert told[(*ACME, "2026-11-28")]["posts"] == (4, 30)


def test_a_list_that_does_not_go_back_30_days_counts_no_posts(tmp_path: Path) -> None:
    told = said(read(table(tmp_path, posts(DAYS[:2])), LINKEDIN))
    assert told[(*ACME, "2026-11-20")] == {"last_post": "2026-11-20", "likes": 52, "comments": 2}


def test_lists_of_other_tools_go_by_the_same_rule(tmp_path: Path) -> None:
    """With companies and networks in columns, a column for the day, in another language."""
    text = "Unternehmen;Netzwerk;Datum;Beitragstext;Likes\n" + "".join(
        f"Borealis;Instagram;{day};Ventile;{likes}\n"
        for day, likes in (("3.10.2026", 7), ("20.11.2026", 5), ("25.11.2026", ""))
    )
    told = said(read(table(tmp_path, text)))
    assert told == {
        ("borealis.example", "instagram", "2026-11-25"): {
            "last_post": "2026-11-25",
            "posts": (2, 30),
        }
    }, "of likes that one of the last posts lacks no mean is made"


def test_the_list_of_a_workbook_goes_before_its_sums_of_days(tmp_path: Path) -> None:
    book = Workbook()
    first = book.active
    assert first is not None
    for row in (["Date", "Impressions", "Likes", "Comments"], ["2026-11-20", 90, 3, 1]):
        first.append(row)
    second = book.create_sheet("All posts")
    for line in posts(DAYS).splitlines():
        second.append(line.split(","))
    book.save(tmp_path / "content.xlsx")
    (found,) = read_sheets(tmp_path / "content.xlsx", LINKEDIN)
    assert found.sheet == "All posts"
    assert said(found)[(*ACME, "2026-11-20")]["posts"] == (5, 30)


def test_the_day_is_that_of_the_post_whatever_other_days_and_persons_there_are(
    tmp_path: Path,
) -> None:
    text = "Publish time,Posted by,Date,Permalink,Likes\n2026-11-20,Jo,2026-11-28,https://x.example/1,5\n"
    found = read(table(tmp_path, text), LINKEDIN)
    assert said(found) == {(*ACME, "2026-11-20"): {"last_post": "2026-11-20", "likes": 25}}
    (told,) = found.by_period.figures.values()
    assert not told[TableField.LIKES].exact, "five times what one post got"


def test_a_day_that_cannot_be_is_refused_and_whose_it_is_asked_for(tmp_path: Path) -> None:
    found = read(table(tmp_path, posts([*DAYS, "soon"])), LINKEDIN)
    assert [each.text for each in found.figures.refused] == ["soon"]
    with pytest.raises(TableError, match="whose figures are these"):
        read(table(tmp_path, posts(DAYS)))
