"""The sheet Engagement: what stands where a figure is not shown, and which posts stand out."""

from dataclasses import replace

from audit.measure.company import measure
from audit.model.channel import Channel
from audit.model.engagement import Formula
from audit.model.profile import Reaction
from audit.model.result import CompanyResult
from audit.model.site import Post
from audit.model.value import Absent, Reason, Unknown
from reports.report import Report
from reports.sheets.engagement import FORMULAS, SHEET
from reports.tables import EMPTY, Cell, Tone, ToWeb
from tests.audit.measure.test_interactions import liked, with_counts
from tests.audit.measure.test_outlets import posts_of, profile
from tests.brief_example import COMPANY, WINDOW, visit
from tests.fake_session import context
from tests.reports import workbook_example as example

YOUTUBE = profile("youtube")


def with_posts(*posts: Post, own: bool = True, name: str = "A") -> CompanyResult:
    """A company whose only profile has these posts; without any it has no profile."""
    channels: tuple[Channel, ...] = (YOUTUBE,) if posts else ()
    sections = (replace(posts_of(YOUTUBE), posts=posts),) if posts else ()
    company = replace(COMPANY, name=name, own=own)
    return measure(company, visit(sections=sections, channels=channels), context(WINDOW))


def report(*results: CompanyResult) -> Report:
    shot = example.of(results)
    return Report(shot, example.compared(shot))


def rows(*results: CompanyResult) -> list[dict[str, Cell]]:
    """The rows of the sheet, each cell by the title of its column."""
    table = SHEET.draw(report(*results))
    titles = [column.title for column in table.columns]
    return [dict(zip(titles, row.cells, strict=True)) for row in table.rows]


def sentence(*results: CompanyResult) -> str:
    return "".join(words for words, _ in SHEET.draw(report(*results)).finding)


def test_the_sentence_says_who_gets_most_and_what_we_get() -> None:
    ours, theirs = with_posts(*liked(2)), with_posts(*liked(9), own=False, name="Brava")
    third = with_posts(*liked(4), own=False, name="Corvid")
    told = sentence(ours, theirs, third)
    assert told == "Brava gets most: 9.0 interactions a post; we get 2.0."
    assert sentence(ours, theirs) == "We get 2.0 interactions a post; Brava gets 9.0."
    assert (
        sentence(theirs, third, with_posts(*liked(9, 29)))
        == "We get most: 19.0 interactions a post."
    )


def test_a_count_that_the_platform_does_not_show_has_the_reason() -> None:
    whole, youtube = rows(with_posts(*liked(2)))
    for row in (whole, youtube):
        for title in ("Conversation", "Amplification"):
            value = row[title].value
            assert isinstance(value, Unknown)
            assert value.reason is Reason.NOT_PUBLIC
        assert row["Applause"].value == row["Interactions a post"].value


def test_a_rate_stands_beside_its_formula_and_none_without_an_audience() -> None:
    viewed, _ = rows(with_posts(with_counts({Reaction.LIKES: 5, Reaction.VIEWS: 100})))
    assert viewed["Formula"].value == "per view"
    unknown, _ = rows(with_posts(*liked(2)))
    assert isinstance(unknown["Per 1,000"].value, Unknown)
    assert unknown["Formula"] == EMPTY


def test_a_channel_that_shows_nothing_says_why_once() -> None:
    hidden = with_posts(with_counts({Reaction.VIEWS: 100}))
    _, youtube = rows(hidden)
    given = [cell for cell in youtube.values() if isinstance(cell.value, Unknown)]
    assert given == [youtube["Interactions a post"]]
    assert not SHEET.wanted(report(hidden))


def test_a_company_without_a_channel_has_none() -> None:
    _, _, nothing = rows(with_posts(*liked(2)), with_posts(own=False, name="Brava"))
    assert isinstance(nothing["Interactions a post"].value, Absent)


def test_the_top_post_is_a_link_and_bold_where_it_is_an_outlier() -> None:
    usual = [1, 2, 3, 4, 5] * 4
    plain, _ = rows(with_posts(*liked(*usual)))
    outlier, _ = rows(with_posts(*liked(*usual, 40)))
    assert (plain["Top post"].tone, outlier["Top post"].tone) == (Tone.PLAIN, Tone.STRONG)
    assert str(outlier["Top post"].value).startswith("40: ")
    assert isinstance(outlier["Top post"].to, ToWeb)


def test_every_formula_has_words_and_no_code() -> None:
    for formula in Formula:
        assert "-" not in FORMULAS[formula]
