"""Coverage tells of gaps first, and of what could be read as of no gap."""

from dataclasses import replace

from audit.model.exchange import Robots, RobotsState
from audit.model.value import Known, Reason, Unknown
from audit.model.visit import Note
from reports.findings import not_whole
from reports.remedies import Way, figure_cells, remedies, unknown_cells
from reports.report import Report
from reports.sheets.coverage import SHEET
from reports.telling import text_of
from tests.reports.workbook_example import compared, snapshot

SHOT = snapshot()
OF_PROFILES = "channels.active"


def robots(name: str, state: RobotsState, delay: float = 0.0) -> Robots:
    origin = f"https://{name}.example"
    return Robots(origin=origin, state=state, detail="", sitemaps=(), crawl_delay=delay)


def kinds(verdicts: tuple[Robots, ...]) -> list[tuple[str, str, str]]:
    """Kind, what and outcome of the rows of a company, whose servers have these robots.txt."""
    first = replace(SHOT.results[0], robots=verdicts)
    shot = replace(SHOT, results=(first, *SHOT.results[1:]))
    table = SHEET.draw(Report(shot, compared(shot)))
    return [
        (str(row.cells[1].value), str(row.cells[2].value), str(row.cells[3].value))
        for row in table.rows
        if row.subject == first.company.name
    ]


def test_robots_txt_that_could_be_read_are_one_row_behind_the_gaps() -> None:
    rows = kinds(tuple(robots(name, RobotsState.RULES) for name in "abc"))
    about = [at for at, row in enumerate(rows) if row[0] == "robots.txt"]
    assert [rows[at] for at in about] == [("robots.txt", "three servers", "rules")]
    assert about == [len(rows) - 2], "only what was read comes behind"


def test_a_robots_txt_that_could_not_be_read_stays_among_the_gaps() -> None:
    rows = kinds((robots("a", RobotsState.RULES), robots("b", RobotsState.UNREACHABLE)))
    lost = rows.index(("robots.txt", "https://b.example", "unreachable"))
    read = rows.index(("robots.txt", "https://a.example", "rules"))
    assert lost < [row[0] for row in rows].index("request") < read


def test_who_could_not_be_read_is_said_in_one_wording() -> None:
    report = Report(SHOT, compared(SHOT))
    words = text_of(not_whole(report))
    assert words == "One competitor is missing from every figure: Fjord Pumpen"
    assert text_of(SHEET.draw(report).finding).startswith(words)


def test_companies_read_in_part_are_told_apart_from_those_in_no_figure() -> None:
    note = replace(SHOT.results[-1].notes[0], what="blog")
    partly = replace(SHOT.results[1], notes=(note,))
    shot = replace(SHOT, results=(SHOT.results[0], partly, *SHOT.results[2:]))
    assert text_of(not_whole(Report(shot, compared(shot)))) == (
        "One competitor is missing from every figure: Fjord Pumpen; "
        "one competitor could not be read in full: Borealis Valves"
    )


def test_of_companies_whose_website_was_lost_by_half_that_is_said() -> None:
    note = replace(SHOT.results[-1].notes[0], what="website")
    halves = tuple(replace(each, notes=(note,)) for each in SHOT.results[1:3])
    shot = replace(SHOT, results=(SHOT.results[0], *halves, *SHOT.results[3:-1]))
    names = [each.company.name for each in halves]
    assert text_of(not_whole(Report(shot, compared(shot)))) == (
        f"Of two competitors half of the website or more could not be read: {' and '.join(names)}"
    )


def test_a_company_with_a_figure_is_not_missing_from_every_figure() -> None:
    """Its website was not looked at, and a profile of it was, as in a run of saved pages alone."""
    lost = SHOT.results[-1]
    at = next(at for at, each in enumerate(lost.measures) if each.metric == OF_PROFILES)
    told = replace(lost.measures[at], value=Known(value=900, evidence=()))
    measures = (*lost.measures[:at], told, *lost.measures[at + 1 :])
    notes = tuple(replace(each, reason=Reason.NOT_CHECKED) for each in lost.notes)
    unseen = tuple(
        replace(each, value=replace(each.value, reason=Reason.NOT_CHECKED))
        if isinstance(each.value, Unknown)
        else each
        for each in measures
    )
    shot = replace(SHOT, results=(*SHOT.results[:-1], replace(lost, measures=unseen, notes=notes)))
    report = Report(shot, compared(shot))
    assert text_of(not_whole(report)) == "One competitor could not be read in full: Fjord Pumpen"
    before = seen_of(Report(SHOT, compared(SHOT)))
    assert seen_of(report) == (before[0] + 1, before[1]), "what nobody looked at there is unseen"


def seen_of(report: Report) -> tuple[int, int]:
    """How many figures could be seen, of how many."""
    words = next(each for each in SHEET.draw(report).key if "figures could be seen" in each)
    seen, _, of = words.replace(",", "").split()[:3]
    return int(seen), int(of)


def test_a_saved_file_of_no_use_is_no_companys() -> None:
    first = SHOT.results[0]
    note = Note(what="saved/odd.html", reason=Reason.NOT_CHECKED, detail="is empty", help="")
    shot = replace(SHOT, results=(replace(first, notes=(*first.notes, note)), *SHOT.results[1:]))
    rows = SHEET.draw(Report(shot, compared(shot))).rows
    (row,) = (row for row in rows if row.cells[2].value == "saved/odd.html")
    assert row.cells[0].value == "all"


def test_how_much_a_person_could_add_is_what_the_doctor_counts() -> None:
    report = Report(SHOT, compared(SHOT))
    cells = figure_cells(SHOT.results)
    (by_hand,) = (each for each in remedies(cells, {}) if each.way is Way.BY_HAND)
    said = next(each for each in SHEET.draw(report).key if each.startswith("filling in"))
    assert f"would give {len(by_hand.cells)} of the {len(unknown_cells(cells))} audiences" in said
