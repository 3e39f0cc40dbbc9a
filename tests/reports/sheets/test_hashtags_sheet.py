"""The sheet Hashtags: what companies use more than once, beside their usual interactions."""

from dataclasses import replace

from audit.measure.company import measure
from audit.model.result import CompanyResult
from audit.model.site import Post
from reports.report import Report
from reports.sheets.hashtags import SHEET
from reports.tables import EMPTY, Cell
from tests.audit.measure.test_hashtags import X, said
from tests.audit.measure.test_outlets import posts_of
from tests.brief_example import COMPANY, WINDOW, visit
from tests.fake_session import context
from tests.reports import workbook_example as example


def using(name: str, *posts: Post, own: bool = False) -> CompanyResult:
    """A company whose only profile has these posts."""
    section = replace(posts_of(X), posts=posts)
    company = replace(COMPANY, name=name, own=own)
    return measure(company, visit(sections=(section,), channels=(X,)), context(WINDOW))


OURS = using("A", said("#pumps", 4), said("#pumps #once", 8), said("plain", 0), own=True)
BRAVA = using("B", said("#Water"), said("#water #pumps"), said("#PUMPS"))
CORVID = using("C", said("#water"), said("#water"))


def report(*results: CompanyResult) -> Report:
    shot = example.of(results)
    return Report(shot, example.compared(shot))


def sentence(*results: CompanyResult) -> str:
    return "".join(words for words, _ in SHEET.draw(report(*results)).finding)


def rows(*results: CompanyResult) -> list[dict[str, Cell]]:
    """The rows of the sheet, each cell by the title of its column."""
    table = SHEET.draw(report(*results))
    titles = [column.title for column in table.columns]
    return [dict(zip(titles, row.cells, strict=True)) for row in table.rows]


def test_the_sentence_names_what_half_of_the_competitors_share_and_we_do_not() -> None:
    told = sentence(OURS, BRAVA, CORVID)
    assert told == "Two competitors use #water, which is not among our most used."
    alone = sentence(OURS, BRAVA)
    assert alone == "Two companies of 2 use a hashtag more than once."


def test_a_row_has_posts_share_interactions_and_who_else_uses_it() -> None:
    first, *others = rows(OURS, BRAVA, CORVID)
    assert (first["Hashtag"].value, first["Posts"].value) == ("#pumps", 2)
    assert first["Of their posts"].value == 2 / 3
    assert first["Interactions a post"].value == OURS.hashtags[0].tags[0].interactions
    assert first["Their usual"].value == OURS.engagement[0].mean
    assert first["Also used by"].value == "B"
    assert [(row["Company"].value, row["Hashtag"].value) for row in others] == [
        ("B", "#PUMPS"),
        ("B", "#Water"),
        ("C", "#water"),
    ]
    assert rows(CORVID)[0]["Also used by"] == EMPTY


def test_the_sheet_is_left_out_where_fewer_than_two_companies_use_one_twice() -> None:
    assert SHEET.wanted is not None
    assert not SHEET.wanted(report(OURS, using("B", said("#a"), said("#b"))))
    assert SHEET.wanted(report(OURS, CORVID))
