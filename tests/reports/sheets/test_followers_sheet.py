"""The sheet Followers, and what sheet Profiles says is to be mended."""

import json
from collections.abc import Sequence
from dataclasses import replace

import jsonschema
import pytest

from audit.measure.company import measure
from audit.model.channel import Channel
from audit.model.profile import ProfilePart
from audit.model.result import CompanyResult
from audit.model.value import Absent, Dated, Reason, Unknown
from reports.formats.json import results, results_schema
from reports.report import Report
from reports.sheets import followers, profiles
from reports.sheets._base import Sheet
from reports.tables import EMPTY, Cell
from tests.audit.measure.test_followers import profile as followed
from tests.audit.measure.test_followers import rounded, run
from tests.audit.measure.test_hygiene import ALL, HOME, fetched, profile
from tests.brief_example import COMPANY, WINDOW, visit
from tests.fake_session import context
from tests.reports import workbook_example as example

WALL = Unknown(reason=Reason.ROBOTS)


def report(*given: CompanyResult) -> Report:
    shot = example.of(given)
    return Report(shot, example.compared(shot))


def rows(sheet: Sheet, *given: CompanyResult) -> list[dict[str, Cell]]:
    """The rows of a sheet, each cell by the title of its column."""
    table = sheet.draw(report(*given))
    titles = [column.title for column in table.columns]
    return [dict(zip(titles, row.cells, strict=True)) for row in table.rows]


def sentence(*given: CompanyResult) -> str:
    return "".join(words for words, _ in followers.SHEET.draw(report(*given)).finding)


def grown(name: str, now: int, *, own: bool = False) -> CompanyResult:
    """A company whose audience has come from 1,000 to this in four weeks."""
    before = run(followed("x", 1_000))
    after = run(followed("x", now), earlier=before, weeks=4)
    return replace(after, company=replace(COMPANY, name=name, own=own))


def test_a_first_run_counts_profiles_and_says_when_growth_comes() -> None:
    first = run(followed("x", 5), followed("vk", WALL))
    assert sentence(first) == (
        "One profile shows how many follow. Growth is told of a profile from its second count on, "
        "a week later at least."
    )
    (everywhere, x, vk) = rows(followers.SHEET, first)
    assert (everywhere["Channel"].value, x["New a week, per 1,000"].value) == (
        "All together",
        "first count",
    )
    assert vk["Followers"].value == WALL
    assert vk["New a week, per 1,000"] == EMPTY


def test_the_sentence_says_whose_audience_grows_fastest_and_needs_three() -> None:
    ours, one, two = grown("A", 1_100, own=True), grown("B", 1_200), grown("C", 990)
    assert sentence(ours, one, two) == "B gains fastest: 46.6 new followers a week per 1,000."
    assert sentence(ours, one) == "We gain 24.1 followers a week per 1,000; B gains 46.6."
    assert sentence(grown("C", 990)) == "C loses 2.5 followers a week per 1,000."
    best = grown("A", 1_300, own=True)
    assert sentence(best, one, two).startswith("We gain fastest: 67.8")


def test_where_nobody_grows_or_two_grow_alike_nobody_is_named() -> None:
    falling = [grown(name, 900 - at) for at, name in enumerate("ABC")]
    assert sentence(*falling) == "No company's audience grows."
    alike = [grown("A", 1_200), grown("B", 1_200), grown("C", 1_000)]
    assert sentence(*alike) == "Three profiles show how many follow; several companies gain alike."


def test_growth_that_rounding_may_have_made_is_said_in_words_with_its_bounds() -> None:
    before = run(followed("x", rounded(12_000)))
    after = run(followed("x", rounded(12_300)), earlier=before, weeks=1)
    (_, x) = rows(followers.SHEET, after)
    assert (x["New a week, per 1,000"].value, x["Between"].value) == (
        "within rounding",
        "−20.0 – 73.9",
    )
    assert x["Give or take"].value == 50
    since = x["Since"].value
    assert isinstance(since, Dated)
    assert (since.at.date(), since.day_only) == (WINDOW.as_of.date(), True)


def test_where_rounding_may_have_made_all_growth_the_sentence_says_so() -> None:
    before = run(followed("x", rounded(12_000)))
    after = run(followed("x", rounded(12_300)), earlier=before, weeks=1)
    assert sentence(after) == (
        "One profile shows how many follow. No change is larger than the rounding of the counts."
    )


def test_a_profile_that_could_not_be_read_again_is_in_no_growth() -> None:
    first = run(followed("x", 1_000))
    second = run(followed("x", 1_100), earlier=first, weeks=4)
    third = run(followed("x", WALL), followed("vk", 500), earlier=second, weeks=8)
    everywhere, *parts = rows(followers.SHEET, third)
    assert everywhere["New a week, per 1,000"].value == "first count"
    assert {row["New a week, per 1,000"].value for row in parts} == {None, "first count"}
    assert sentence(third).startswith("One profile shows how many follow. Growth is told")


def test_a_company_without_a_channel_has_a_row_that_says_so() -> None:
    (row,) = rows(followers.SHEET, run())
    assert isinstance(row["Followers"].value, Absent)
    assert followers.SHEET.wanted is not None
    assert not followers.SHEET.wanted(report(run(followed("x", WALL))))


def with_profiles(*channels: Channel, fetches: Sequence[str] = ()) -> CompanyResult:
    """A company with these profiles; the visit found nothing at these addresses."""
    given = visit(channels=channels)
    given = replace(given, fetched=tuple(fetched(url, "http-404") for url in fetches))
    return measure(COMPANY, given, context(WINDOW))


@pytest.mark.parametrize(
    ("one", "words"),
    [
        (profile(shows=ALL), "no link, no biography, no picture, no cover"),
        (
            profile(about="a", links=("https://b.example/",), shows=(ProfilePart.LINK,)),
            "link elsewhere",
        ),
    ],
)
def test_what_a_profile_lacks_is_said_as_far_as_its_page_shows_it(one: Channel, words: str) -> None:
    (row,) = rows(profiles.SHEET, with_profiles(one))
    assert row["To mend"].value == words


def test_a_profile_that_lacks_nothing_has_a_dash_and_one_that_shows_nothing_a_reason() -> None:
    well = profile(about="a", links=(HOME,))
    unread = replace(profile("vk"), profile=WALL)
    first, second = rows(profiles.SHEET, with_profiles(well, unread))
    (bare,) = rows(profiles.SHEET, with_profiles(profile()))
    assert isinstance(first["To mend"].value, Absent)
    for row, reason in ((second, WALL.reason), (bare, Reason.NOT_PUBLIC)):
        value = row["To mend"].value
        assert isinstance(value, Unknown)
        assert value.reason is reason


def test_a_dead_link_and_another_handle_are_to_be_mended_and_proved() -> None:
    odd = profile("x", "acmehq", links=(f"{HOME}gone",))
    others = (profile("vk", "acme"), profile("tiktok", "acme"))
    first, *_ = rows(profiles.SHEET, with_profiles(odd, *others, fetches=(f"{HOME}gone",)))
    assert first["To mend"].value == "dead link, other handle"
    assert first["To mend"].to is not None


def test_all_of_it_stands_in_the_results_file_by_its_schema() -> None:
    full = with_profiles(profile(about="Pumps", links=(HOME,), shows=ALL), profile("vk", "other"))
    growing = replace(grown("B", 1_100), company=replace(COMPANY, name="B"))
    content = json.loads(json.dumps(results(report(full, growing))))
    jsonschema.validate(content, results_schema())
    one, other = content["companies"]
    kept = one["channels"][0]["hygiene"]
    assert (kept["biography"]["value"], kept["leads_home"]["value"]) == ("Pumps", True)
    assert (kept["picture"]["value"], kept["language"]["unknown"]) == (False, "too-little-data")
    assert other["audience_sizes"][1]["growth"]["weeks"] == 4
