"""`complete` is said only where everything was seen; what was not is said in words."""

from dataclasses import replace

import pytest

from audit.commands.words import all_of_it_seen, outcome, outcome_in_short, seen_in_all, why
from audit.model.channel import Channel
from audit.model.company import Company, PointedFigure
from audit.model.result import Cadence, CompanyResult, Measure
from audit.model.value import Known, Reason, Unknown
from audit.model.visit import Note
from reports.findings import to_know
from reports.sheets.coverage import SHEET
from reports.telling import text_of
from reports.words import clause
from tests.audit.measure.test_outlets import profile
from tests.brief_example import PROOF, row, unread_row
from tests.channel_example import channel
from tests.reports.advice_example import report_of
from tests.reports.workbook_example import company_result

WALL = Unknown(reason=Reason.LOGIN_WALL, detail="shown to members")
MORE = Note(what="website", reason=Reason.BUDGET, detail="40 pages read", help="raise it")
LOST = Note(what="website", reason=Reason.DNS, detail="no such host", help="look", incomplete=True)
READ, CUT = profile("youtube"), row(1, 8, truncated=True)
WALLED = channel("linkedin", "https://l.example/a", "a", proof=(PROOF,), profile=WALL)


def result(
    *rows: Cadence, channels: tuple[Channel, ...] = (), notes: tuple[Note, ...] = ()
) -> CompanyResult:
    seen = Measure(metric="presence.channels", value=Known(value=1, evidence=(PROOF,)))
    return CompanyResult(
        company=Company(name="Acme", website="https://a.example/"),
        cadence=rows,
        channels=channels,
        notes=notes,
        measures=(seen,),
    )


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (result(row(1, 8), channels=(READ,)), "complete"),
        (result(), "complete"),
        (result(CUT), "read; one list of posts cut off"),
        (
            result(CUT, unread_row(WALL, "news")),
            "read; one list of posts cut off, one section not read",
        ),
        (result(channels=(WALLED,)), "read; one profile not read"),
        (result(notes=(MORE,)), "read; more pages than may be read"),
        (result(CUT, notes=(LOST,)), f"incomplete: the website {clause(Reason.DNS)}"),
    ],
)
def test_complete_is_said_only_where_everything_was(given: CompanyResult, told: str) -> None:
    assert outcome(given) == told
    short = "all" if told == "complete" else told.removeprefix("incomplete: ")
    assert outcome_in_short(given) == ("in part" if told.startswith("read;") else short)


def test_the_end_of_a_run_says_what_was_and_was_not_seen() -> None:
    whole = result(row(1, 8), channels=(READ,))
    assert seen_in_all([whole]) == "1 of 1 website read; 1 of 1 profile could be opened."
    told = seen_in_all([whole, result(CUT, channels=(WALLED,)), result(notes=(LOST,))])
    assert told == (
        "2 of 3 websites read; 1 of 2 profiles could be opened; 1 list of posts shows only the "
        "newest. Not opened: LinkedIn (1), which is behind a login. See sheets Fill in and Coverage."
    )


def test_profiles_that_could_not_be_opened_are_counted_by_reason_and_platform() -> None:
    closed = Unknown(reason=Reason.ROBOTS, detail="disallowed")
    rows = [("linkedin", closed), ("facebook", closed), ("linkedin", closed), ("tiktok", WALL)]
    channels = tuple(
        channel(name, f"https://l.example/{n}", f"{n}", proof=(PROOF,), profile=why)
        for n, (name, why) in enumerate(rows)
    )
    assert seen_in_all([result(channels=channels)]) == (
        "1 of 1 website read; 0 of 4 profiles could be opened. Not opened: LinkedIn (2) and "
        "Facebook (1), each of which asks robots to stay away; TikTok (1), which is behind a "
        "login. See sheets Fill in and Coverage."
    )


@pytest.mark.parametrize("reason", list(Reason))
def test_no_code_of_a_reason_is_said(reason: Reason) -> None:
    note = replace(LOST, reason=reason, detail="")
    told = outcome(result(notes=(note,)))
    assert told.startswith("incomplete: the website ")
    assert f"website {reason}" not in told
    assert "http-" not in told


def test_coverage_is_named_wherever_a_company_is_not_complete() -> None:
    whole, more = result(row(1, 8)), result(notes=(MORE,))
    assert seen_in_all([whole, more]) == "2 of 2 websites read. See sheet Coverage."
    assert all_of_it_seen([whole, more, result(CUT), result(notes=(LOST,))]) == 1


def test_the_workbook_says_that_lists_were_cut_off_though_every_site_could_be_read() -> None:
    whole, cut = report_of([result(row(1, 8))]), report_of([result(CUT)])
    assert text_of(to_know(whole)) == "Every website and every profile could be seen."
    assert text_of(to_know(cut)) == (
        "One list of posts shows only the newest: their figures are marked †."
    )
    assert "one list of posts only in part" in text_of(SHEET.draw(cut).finding)


def test_more_pages_are_advised_only_where_they_would_show_more() -> None:
    (section,) = company_result("A", sections={"blog": (20, 6, 17)}, cut="blog").cadence
    ends = replace(section, lists=tuple(replace(each, unread=0) for each in section.lists))

    def advised(*, notes: tuple[Note, ...], of: Cadence) -> list[str]:
        table = SHEET.draw(report_of([result(of, notes=notes)]))
        return [str(line.cells[5].value) for line in table.rows if line.cells[1].value == "posts"]

    assert advised(notes=(), of=ends) == ["the site lists no older posts: look there by hand"]
    for notes, of in (((MORE,), ends), ((), section)):
        assert advised(notes=notes, of=of)[0].startswith("raise max_pages_per_site")
    assert advised(
        notes=(MORE,), of=company_result("A", sections={"blog": (3, 6, 1)}).cadence[0]
    ) == [""]


@pytest.mark.parametrize(
    ("what", "told"),
    [
        ("figure.machines-in-service", "“Machines in service” was not looked at"),
        ("channel.linkedin", "its profile on LinkedIn was not looked at"),
        ("blog", "the blog was not looked at"),
    ],
)
def test_what_was_not_seen_goes_by_the_name_that_readers_know(what: str, told: str) -> None:
    figure = PointedFigure(name="Machines in service", url="https://a.example/", css="b")
    company = replace(result().company, figures=(figure,))
    note = Note(what=what, reason=Reason.NOT_CHECKED, detail="", help="")
    assert why(note, replace(result(), company=company)) == told
