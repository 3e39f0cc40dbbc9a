"""What Channels and Cadence say of places of which less is known than that they are there."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from audit.measure.cadence import cadence
from audit.model.kinds import ActivityKind
from audit.model.result import CompanyResult, Window
from audit.model.site import Activity, Post, Section, State
from audit.model.value import Absent, Known, Reason, Unknown
from audit.model.visit import Note
from reports.activity import last_seen
from reports.report import Report
from reports.sheets import sheets
from reports.signs import Sign
from reports.tables import Cell
from tests.reports import workbook_example as example
from tests.reports.advice_example import AS_OF, PROOF, Given, report_of, report_on

TITLE = "Competitors active"


def rows(name: str, report: Report) -> list[dict[str, Cell]]:
    """The rows of a sheet, each cell by the title of its column."""
    table = next(each for each in sheets() if each.name == name).draw(report)
    titles = [column.title for column in table.columns]
    return [dict(zip(titles, row.cells, strict=True)) for row in table.rows]


def network(*rivals: Given) -> object:
    """What the last column says of the network of these competitors."""
    table = rows("Channels", report_on(Given(on=("instagram",)), *rivals))
    return next(row for row in table if row["Kind"].value == "Social network")[TITLE].value


def test_a_network_of_which_no_profile_could_be_read_is_not_known_to_be_silent() -> None:
    there, elsewhere = Given(on=("instagram",)), Given()
    assert network(there, there, elsewhere, elsewhere) == "not known"
    assert network(there, there) == "none was seen"


def test_where_nobody_is_there_nobody_is_active() -> None:
    assert plain_of(network(Given(), Given())) == "0 of 2 read"
    assert plain_of(network(Given(), Given(unread=True))) == "0 of 1 read"
    assert plain_of(network(Given(), Given(perhaps_on=("instagram",)))) == "0 of 2 read"


def test_the_sign_of_a_rounded_figure_stands_in_the_key_where_it_occurs() -> None:
    shot = example.snapshot()
    first, *others = shot.results
    exact, rough = (
        tuple(
            replace(row, posts_per_week=replace(row.posts_per_week, exact=exact))
            if isinstance(row.posts_per_week, Known)
            else row
            for row in first.cadence
        )
        for exact in (True, False)
    )
    assert exact != rough
    for cadence_rows, shown in ((exact, False), (rough, True)):
        results = (replace(first, cadence=cadence_rows), *others)
        assert ("≈ rounded" in key(report_of(results))) is shown


def key(report: Report) -> list[str]:
    """What the key of the sheet says."""
    return [
        f"{each}" for each in next(s for s in sheets() if s.name == "Channels").draw(report).key
    ]


def plain_of(value: object) -> str:
    """A part of a whole in words."""
    return f"{getattr(value, 'count', '')} of {getattr(value, 'whole', '')} read"


def forum(last: datetime | None, *, features: bool = True) -> Report:
    """Companies of which the second has a forum whose posts bear no date."""
    report = report_on(Given(), Given(features=("forum",) if features else ()), Given())
    first, second, third = report.results
    return report_of([first, _with_forum(second, last), third])


def _with_forum(result: CompanyResult, last: datetime | None) -> CompanyResult:
    url = "https://borealis.example/forum/"
    thread = Post(channel="forum", channel_url=url, url=f"{url}1", title="t", published=None,
                  format="text", language="en", flag="undated", evidence=PROOF)  # fmt: skip
    section = Section(channel="forum", url=url, feeds=(), posts=(thread,), truncated=False,
                      unreadable=None, evidence=(PROOF,))  # fmt: skip
    row = cadence(section, Window(as_of=AS_OF, lookback_days=365, timezone="UTC"))
    counted = Activity(kind=ActivityKind.THREADS, value=8, evidence=PROOF)
    shown = [Activity(kind=ActivityKind.LAST_POST, value=last, evidence=PROOF)] if last else []
    features = tuple(
        replace(each, activity=(counted, *shown)) if each.feature == "forum" else each
        for each in result.features
    )
    return replace(result, cadence=(row,), features=features)


@pytest.mark.parametrize(
    ("days", "state"), [(4, "active"), (60, "slowing"), (200, "dormant"), (500, "abandoned")]
)
def test_a_forum_without_dates_has_the_last_post_that_it_shows(days: int, state: str) -> None:
    report = forum(AS_OF - timedelta(days=days))
    row = next(each for each in rows("Cadence", report) if each["Channel"].value == "Forum")
    assert row["Status"].value == state
    assert row["Posts"].value is None
    assert getattr(row["Last post"].value, "at", None) == AS_OF - timedelta(days=days)
    cell = next(each for each in rows("Channels", report) if each["Channel"].value == "Forum")
    assert (cell["Borealis"].value, cell["Borealis"].mark) == (None, Sign.FOUND)


def test_a_forum_that_shows_no_last_post_says_why_nothing_is_known() -> None:
    for report in (forum(None), forum(AS_OF, features=False)):
        row = next(each for each in rows("Cadence", report) if each["Channel"].value == "Forum")
        assert isinstance(row["Status"].value, Unknown)
        assert row["Last post"].value is None


def test_of_several_dates_the_newest_is_the_last_post() -> None:
    result = report_on(Given(features=("forum",))).results[0]
    days = [datetime(2026, 11, day, tzinfo=UTC) for day in (3, 20, 11)]
    dated = tuple(Activity(kind=ActivityKind.LAST_POST, value=at, evidence=PROOF) for at in days)
    edited = Activity(kind=ActivityKind.LAST_CHANGE, value=AS_OF, evidence=PROOF)
    features = tuple(replace(each, activity=(*dated, edited)) for each in result.features)
    found = last_seen(replace(result, features=features), "forum")
    assert found is not None
    assert found.value == days[1]
    assert last_seen(result, "forum") is None


def test_what_was_not_seen_where_nothing_is_known_to_be_absent_is_not_absent() -> None:
    """Most pages of the second site are gone: it may have the search that the first one has."""
    report = report_on(Given(features=("search",)), Given(), Given())
    first, second, third = report.results
    doubts = tuple(
        replace(each, state=State.UNKNOWN, reason=Reason.TOO_LITTLE_DATA)
        for each in second.features
    )
    told = report_of([first, replace(second, features=doubts), third])
    row = next(each for each in rows("Channels", told) if each["Kind"].value == "Website feature")
    cells = [row[company] for company in report.companies]
    assert isinstance(cells[1].value, Unknown)
    assert isinstance(cells[2].value, Absent)


def test_of_a_site_half_of_which_was_lost_no_network_is_said_to_be_absent() -> None:
    report = report_on(Given(on=("instagram",)), Given(), Given())
    first, second, third = report.results
    detail = "half of the site's links or more lead to no page: 9 of 12, such as https://x.example/"
    note = Note(what="website", reason=Reason.HTTP_404, detail=detail, incomplete=True)
    told = report_of([first, replace(second, notes=(note,)), third])
    row = next(each for each in rows("Channels", told) if each["Kind"].value == "Social network")
    cells = [row[company] for company in report.companies]
    assert cells[1].value == Unknown(reason=Reason.HTTP_404, detail=detail)
    assert isinstance(cells[2].value, Absent)


def test_a_podcast_that_is_a_player_alone_is_there() -> None:
    shown = example.company_result("Acme Pumps", own=True, features=(("podcast", "Transistor"),))
    other = example.company_result("Bora", sections={"podcast": (20, 9, 9)})
    shot = example.of([shown, other])
    podcast = next(
        row
        for row in rows("Channels", Report(shot, example.compared(shot)))
        if row["Channel"].value == "Podcast" and row["Kind"].value != "Website feature"
    )
    assert podcast["Acme Pumps"].mark is Sign.FOUND
