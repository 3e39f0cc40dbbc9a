"""The workbook as a file: it opens, its text is text, its look is the agreed one."""

import re
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree
from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell, MergedCell

from audit.model.channel import Channel
from audit.model.profile import Profile
from audit.model.result import CompanyResult, Snapshot
from audit.model.value import Known, Reason
from reports.formats.xlsx.stream import MAX_LINKS
from reports.formats.xlsx.workbook import write_workbook
from reports.report import Report
from reports.sheets import sheets
from tests.places import ROOT
from tests.reports import workbook_example as example
from tests.reports.past_example import past

HOSTILE = (
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "#N/A",
    "NaN",
    "a\x00b\x0bc",
    "\ufffe\uffff",
    "\ud800 lone",
    "\u202egnp.exe",
    "x" * 40_000,
    "\U0001f600" * 20_000,
    "line\n" * 300,
    "_x000A_",
    "&A <b>bold</b> ]]>",
    "' OR 1=1",
)
RAW = ("Posts", "Evidence", "Data")
SELDOM = {"All companies", "Kept notes"}
"""Sheets of very many companies, and of what people wrote and nothing is left for."""

SHEETS = [sheet.name for sheet in sheets() if sheet.name not in SELDOM]
"""Those of the example, which replaces no workbook."""


HOSTILE_COMPANY = example.company_result(
    "Acme Pumps",
    own=True,
    sections={"blog": (5, 9, 9)},
    channels=(("linkedin", 0.9),),
    features=(("chat", "Intercom"),),
)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    shot = example.snapshot()
    folder = tmp_path_factory.mktemp("plain")
    return write_workbook(Report(shot, example.compared(shot), past(shot)), folder / "a.xlsx")


@pytest.fixture(scope="module")
def book(path: Path) -> Workbook:
    return load_workbook(path)


def written(shot: Snapshot, path: Path) -> Workbook:
    report = Report(shot, example.compared(shot), past(shot))
    return load_workbook(write_workbook(report, path), rich_text=False)


def cells(book: Workbook) -> Iterator[Cell | MergedCell]:
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            yield from row


def hostile(*contents: str) -> Snapshot:
    """A snapshot in which sites and a list of companies send these texts wherever they can."""
    sending = (_sending(content, own=not at) for at, content in enumerate(contents))
    return example.of((*sending, example.unreadable("Bora", Reason.DNS)))


def _sending(content: str, *, own: bool) -> CompanyResult:
    """What is read of a company that sends a text wherever it can."""
    first = HOSTILE_COMPANY
    evil = replace(first.posts[0].evidence, excerpt=content, url=content, rule=content)
    return replace(
        first,
        company=replace(first.company, name=content, own=own),
        posts=tuple(replace(p, title=content, url=content, evidence=evil) for p in first.posts),
        channels=tuple(_called(channel, content) for channel in first.channels),
        features=tuple(replace(f, vendor=content, detail=content) for f in first.features),
        notes=tuple(replace(n, detail=content, what=content) for n in first.notes),
    )


def _called(channel: Channel, content: str) -> Channel:
    """The channel under another handle and address."""
    found = replace(channel.found, handle=content, url=content)
    profile = channel.profile
    if isinstance(profile, Profile):
        profile = replace(profile, handle=content, url=content)
    return replace(channel, found=found, profile=profile)


def test_hostile_text_stays_text_and_every_part_is_xml(tmp_path: Path) -> None:
    book = written(hostile(*HOSTILE), tmp_path / "a.xlsx")
    assert [cell for cell in cells(book) if cell.data_type not in ("s", "n", "d")] == []
    # Each has arrived: as the name of a company it stands in rows of its own.
    assert len({row[1].value for row in book["Posts"].iter_rows()}) >= len(HOSTILE)
    with zipfile.ZipFile(tmp_path / "a.xlsx") as archive:
        for name in archive.namelist():
            etree.fromstring(archive.read(name))


def test_text_that_looks_like_a_formula_is_marked_as_text(tmp_path: Path) -> None:
    starts = ("=", "+", "-", "@", "\t", "\r")
    book = written(
        hostile(*(f"{start}{at}cmd" for at, start in enumerate(starts))), tmp_path / "a.xlsx"
    )
    for at in range(len(starts)):
        words = [c for c in cells(book) if f"{c.value}".strip().endswith(f"{at}cmd")]
        risky = [c for c in words if f"{c.value}".startswith(("=", "+", "-", "@", "\t", "\n"))]
        assert risky, starts[at]
        assert all(cell.quotePrefix for cell in risky), starts[at]


def test_no_sheet_holds_a_formula(path: Path) -> None:
    with zipfile.ZipFile(path) as archive:
        sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
        assert not [name for name in sheets if b"<f>" in archive.read(name)]


def test_only_http_addresses_become_links(tmp_path: Path) -> None:
    others = ("javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "ftp://a.example/")
    book = written(hostile(*others, "//a"), tmp_path / "a.xlsx")
    targets = [c.hyperlink.target for c in cells(book) if c.hyperlink and c.hyperlink.target]
    assert targets
    assert all(target.startswith(("http://", "https://")) for target in targets)


def test_a_link_of_more_than_2000_characters_is_text_only(tmp_path: Path) -> None:
    book = written(hostile("https://a.example/" + "x" * 2000), tmp_path / "a.xlsx")
    targets = [c.hyperlink.target for c in cells(book) if c.hyperlink and c.hyperlink.target]
    assert max(len(target) for target in targets) <= 2000


def test_links_inside_lead_to_the_row_of_the_proof(book: Workbook) -> None:
    cell = book["Comparison"]["C6"]
    place = cell.hyperlink.location
    assert re.fullmatch(r"'Evidence'!A\d+", place)
    row = int(place.rpartition("A")[2])
    assert book["Evidence"].cell(row, 2).value == "Acme Pumps"


def test_links_of_one_sheet_stop_at_the_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert MAX_LINKS < 65_530  # what Excel takes
    monkeypatch.setattr("reports.formats.xlsx.stream.MAX_LINKS", 100)
    many = example.company_result("Acme Pumps", own=True, sections={"blog": (300, 1, 1)})
    book = written(example.of([many]), tmp_path / "a.xlsx")
    linked = [c for row in book["Posts"].iter_rows() for c in row if c.hyperlink]
    assert len(linked) == 100


def formats_of(book: Workbook) -> set[str]:
    """The number formats of a workbook, of which Office takes about two hundred."""
    return {cell.number_format for cell in cells(book)}


def test_few_enough_number_formats_for_office(book: Workbook) -> None:
    assert len(formats_of(book)) <= 150


def test_the_sheets_stand_in_their_order(book: Workbook) -> None:
    assert book.sheetnames == SHEETS
    assert (SHEETS[0], SHEETS[-2:]) == ("Summary", ["Evidence", "Method"])


def test_every_sheet_prints_in_landscape_with_a_foot(book: Workbook) -> None:
    for sheet in book.worksheets:
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert sheet.oddFooter is not None
        assert "P of &N" in f"{sheet.oddFooter.right.text}"


def test_table_sheets_fit_one_page_wide_and_repeat_their_header(book: Workbook) -> None:
    for name in SHEETS[1:-1]:
        sheet = book[name]
        setup = sheet.sheet_properties.pageSetUpPr
        assert setup is not None
        assert setup.fitToPage
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.print_title_rows == (None if name in RAW else "$5:$5")


def test_of_long_lists_only_the_head_is_printed(book: Workbook) -> None:
    for sheet in book.worksheets:
        head = re.fullmatch(r"'(.+)'!\$A\$1:\$[A-Z]+\$3", sheet.print_area or "")
        assert (head is not None) == (sheet.title in RAW), sheet.title


def test_table_sheets_have_panes_filters_and_a_way_back(book: Workbook) -> None:
    for name in SHEETS[1:-1]:
        sheet = book[name]
        assert sheet.freeze_panes
        assert sheet.auto_filter.ref.startswith("A5:")
        back = [c for c in sheet[1] if c.value == "◄ Summary"]
        assert back[0].hyperlink is not None
        assert back[0].hyperlink.location == "'Summary'!A1"


def test_reading_sheets_fit_the_screen(book: Workbook) -> None:
    for name in ("Summary", "Channels", "Profiles", "Site features", "Cadence", "Plan", "SWOT"):
        columns = list(book[name].column_dimensions.values())
        # On Profiles what is to be read fits, and what people fill in stands to the right of it.
        read = next(
            (at for at, each in enumerate(columns) if each.hidden and not each.outlineLevel),
            len(columns),
        )
        shown = columns[:read] if name == "Profiles" else columns
        seen = [each.width for each in shown if not each.hidden]
        assert sum(seen) <= 178, name


def test_notes_stand_on_unknowns_on_changes_without_room_and_on_figures_by_hand(
    book: Workbook,
) -> None:
    noted = [cell for cell in cells(book) if cell.comment]
    assert noted
    figures = [
        cell
        for cell in noted
        if not f"{cell.value}".startswith(("?", "there")) and "there" not in cell.number_format
    ]
    told = ("since the last run", "read by")  # what changed, and who read it by hand
    assert all(any(words in f"{cell.comment}" for words in told) for cell in figures)


def test_one_note_a_reason_and_row(book: Workbook) -> None:
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            noted = [cell.comment.text for cell in row if cell.comment]
            assert len(noted) == len(set(noted))


def test_charts_are_native_and_tell_excel_that_they_have_no_title(path: Path) -> None:
    with zipfile.ZipFile(path) as archive:
        charts = [archive.read(n) for n in archive.namelist() if n.startswith("xl/charts/")]
    assert len(charts) == 4
    assert all(b'autoTitleDeleted val="1"' in chart and b"<ser>" in chart for chart in charts)


def test_charts_draw_the_figures_of_the_scoreboard(book: Workbook) -> None:
    board = {row[1].value: row[2].value for row in book["Summary"].iter_rows(max_row=20)}
    rows = list(book["Method"].iter_rows())
    top = next(at for at, row in enumerate(rows) if row[0].value == "Chart: Posts a week")
    drawn = {f"{row[0].value}".rstrip("*"): row for row in rows[top + 1 : top + 6]}
    assert len(drawn) == 5
    for name, row in drawn.items():
        figures = [cell.value for cell in row[2:] if cell.has_style]
        *parts, typical = [each if isinstance(each, int | float) else 0 for each in figures]
        assert sum(parts) == pytest.approx(board[name], abs=0.1), name
        assert typical == board["Typical competitor"]


def test_a_company_without_a_figure_has_no_bar_and_is_named_below_the_chart(book: Workbook) -> None:
    names = [row[0].value for row in book["Method"].iter_rows() if row[0].value]
    charts = names[names.index("Chart: Posts a week") :]
    assert not [name for name in charts if "Fjord" in f"{name}"]
    summary = [f"{c.value}" for row in book["Summary"].iter_rows() for c in row]
    assert any("not known: Fjord Pumpen" in words for words in summary)


def test_an_interrupted_run_says_so_on_summary_and_method(tmp_path: Path) -> None:
    book = written(example.snapshot(finished=False), tmp_path / "a.xlsx")
    for name in ("Summary", "Method"):
        texts = [f"{c.value}" for row in book[name].iter_rows() for c in row if c.value]
        assert any("partial: interrupted" in text for text in texts)


def test_without_an_own_company_there_is_no_rank(tmp_path: Path) -> None:
    book = written(example.snapshot(own=False), tmp_path / "a.xlsx")
    texts = {
        f"{c.value}"
        for name in ("Summary", "Comparison")
        for row in book[name].iter_rows()
        for c in row
    }
    assert not {"Our rank", "Ahead", "Behind"} & texts
    assert "Most active" in texts


def fifty() -> Snapshot:
    results = [
        example.company_result(
            f"Company {number} Works",
            own=number == 0,
            sections={"blog": (number + 3, 7, number % 40)},
            channels=(("linkedin", 0.9),),
        )
        for number in range(50)
    ]
    return example.of(results)


def single() -> Snapshot:
    return example.of(
        [example.company_result("Acme Pumps", own=True, sections={"blog": (9, 9, 9)})]
    )


def nobody() -> Snapshot:
    return example.of([])


def silent() -> Snapshot:
    return example.of([example.company_result("Bora"), example.unreadable("Acme", Reason.TLS)])


def dark() -> Snapshot:
    results: list[CompanyResult] = [
        example.unreadable(name, Reason.DNS, own=name == "Acme")
        for name in ("Acme", "Bora", "Corvi")
    ]
    return example.of(results)


@pytest.mark.parametrize(
    "made",
    [
        pytest.param(single, id="one company"),
        pytest.param(fifty, id="fifty companies"),
        pytest.param(dark, id="nothing known"),
        pytest.param(nobody, id="no company"),
        pytest.param(silent, id="no own company, no post"),
    ],
)
def test_any_set_of_companies_gives_a_workbook(
    made: Callable[[], Snapshot], tmp_path: Path
) -> None:
    shot = made()
    timed = any(isinstance(each.pattern, Known) for each in shot.results)
    engaged = any(row.posts for each in shot.results for row in each.engagement)
    # Without a site that could be looked at, nobody is known to be invited to anything.
    invited = any(result.ladder for result in shot.results)
    shown = {"Audience": False, "Topics": False, "Timing": timed, "Engagement": engaged}
    shown["Content"] = any(
        each.metric == "formats" and each.parts
        for result in shot.results
        for each in result.breakdowns
    )
    # Without an own company beside others there is nobody to advise.
    advised = any(each.company.own for each in shot.results) and len(shot.results) > 1
    shown |= {"Technographics": invited, "Actions": advised, "KPIs": False}
    shown |= {"Plan": advised, "SWOT": advised}
    shown["Followers"] = any(
        isinstance(size.value, Known) for each in shot.results for size in each.sizes
    )
    tagged = [each for each in shot.results if each.hashtags and each.hashtags[0].tags[0].posts > 1]
    shown["Hashtags"] = len(tagged) > 1
    shown["Fill in"] = any(
        channel.is_own and not channel.found.listing and channel.live is None
        for each in shot.results
        for channel in each.channels
    )
    wanted = [name for name in SHEETS if shown.get(name, True)]
    book = written(shot, tmp_path / "a.xlsx")
    assert book.sheetnames == wanted
    assert len(formats_of(book)) <= 150


@pytest.mark.skipif(sys.platform == "win32", reason="needs RLIMIT_FSIZE")
def test_a_full_disk_is_said_in_one_line(tmp_path: Path) -> None:
    code = (
        "import resource, signal, sys; from pathlib import Path\n"
        "from audit.model.errors import SaveError; from reports.report import Report\n"
        "from reports.formats.xlsx.workbook import write_workbook\n"
        "from tests.reports import workbook_example as example\n"
        "shot = example.snapshot(); rows = example.compared(shot)\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))\n"
        "try: write_workbook(Report(shot, rows), Path(sys.argv[1]))\n"
        "except SaveError as error: print(error)\n"
    )
    path = tmp_path / "a.xlsx"
    done = subprocess.run(
        [sys.executable, "-c", code, str(path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.startswith(f"{path}: could not be saved (")
    assert done.stderr == ""
    assert not list(tmp_path.iterdir())


def test_days_have_room_and_words_in_columns_of_their_own_are_not_cut_on_the_left(
    path: Path,
) -> None:
    book = load_workbook(path)
    days = 0
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if (
                    isinstance(cell, Cell)
                    and cell.is_date
                    and "yyyy" in cell.number_format
                    and "h" not in cell.number_format
                ):
                    days += 1
                    assert sheet.column_dimensions[cell.column_letter].width >= 13, cell
    assert days
    evidence = book["Evidence"]
    at = [cell.value for cell in evidence[5]].index("Value")
    values = [row[at] for row in evidence.iter_rows(min_row=6)]
    assert values
    assert all(cell.alignment.horizontal != "right" for cell in values)
