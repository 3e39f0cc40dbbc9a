"""What people did to sheet Fill in is read back as figures, or refused by its cell; nothing is lost."""

import shutil
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.worksheet.worksheet import Worksheet

from audit.boxes import Boxes, read_boxes
from audit.measure.manual import channels_with_manual
from audit.model.by_hand import Field, HandRecord, Source
from audit.model.past import Past, website_key
from audit.model.result import Snapshot
from config.catalogue import load_catalogue
from reports.formats import formats
from reports.formats.xlsx.workbook import write_workbook
from reports.people import FILL, Filled, Word
from reports.report import Report
from tests.reports import workbook_example as example

NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)
SAVED = date(2026, 11, 28)
ACME, BOREALIS, CORVID = ("Acme Pumps", "Borealis Valves", "Corvid Flow")
soffice = shutil.which("soffice")

Edit = Callable[[Workbook], None]
Row = tuple[str, str]
"""The company and the channel of a row."""


def report(snapshot: Snapshot, past: Past | None = None) -> Report:
    return Report(snapshot, example.compared(snapshot), past or Past())


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("boxes") / "acme.xlsx"
    return alone(write_workbook(report(example.snapshot()), path))


def alone(path: Path) -> Path:
    """Leave sheet Fill in alone in a workbook: to open all others each time takes a minute."""

    def only(book: Workbook) -> None:
        for name in book.sheetnames:
            if name != "Fill in":
                del book[name]

    return edited(path, only)


@pytest.fixture
def book(fresh: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(fresh, tmp_path / "acme.xlsx"))


def column(sheet: Worksheet, title: str) -> int:
    return next(at for at, cell in enumerate(sheet[5], 1) if cell.value == title)


def row_of(sheet: Worksheet, row: Row) -> int:
    cells = ([cell.value for cell in each] for each in sheet.iter_rows(min_row=6))
    return next(at for at, words in enumerate(cells, 6) if set(row) <= set(words))


def typed(words: Mapping[Row, Mapping[str, Word | None]]) -> Edit:
    """Return an edit that types into the boxes of some rows."""

    def edit(book: Workbook) -> None:
        sheet = book["Fill in"]
        for row, boxes in words.items():
            for title, word in boxes.items():
                sheet.cell(row_of(sheet, row), column(sheet, title)).value = word

    return edit


def edited(path: Path, *edits: Edit) -> Path:
    book = load_workbook(path)
    for edit in edits:
        edit(book)
    book.save(path)
    return path


def filled(path: Path, saved: date = SAVED) -> Filled:
    read = formats()["xlsx"].filled(path, None)
    assert isinstance(read, Filled), read
    return replace(read, saved=datetime(saved.year, saved.month, saved.day, tzinfo=UTC))


def boxes(path: Path, *records: HandRecord, saved: date = SAVED) -> Boxes:
    results = example.snapshot().results
    return read_boxes(filled(path, saved), path.name, results, records, load_catalogue(()), NOW)


def refused(read: Boxes) -> list[str]:
    return [each.sentence for each in read.refused]


def by_company(read: Boxes) -> dict[str, HandRecord]:
    return {record.company: record for record in read.records}


def gone(read: Boxes) -> set[str]:
    return {each.id for each in read.emptied}


def with_told(*records: HandRecord) -> Snapshot:
    """The run with what people told of it."""
    shot = example.snapshot()
    results = []
    for each in shot.results:
        key = website_key(each.company.website)
        told = tuple(record for record in records if record.company == key)
        company = replace(each.company, by_hand=told)
        channels = channels_with_manual(each.channels, company, example.WINDOW)
        results.append(replace(each, channels=channels))
    return replace(shot, results=tuple(results))


AS_PEOPLE_DO = typed(
    {
        (ACME, "LinkedIn"): {
            "Followers": " 12.400 Follower",
            "Posts, last 30 days": "6 ",
            "Last post on": "20.11.2026",
            "Likes, last 5 posts": "1,2k",
            "Comments, last 5 posts": 14,
            "What they write about": "valves",
            "Read on": datetime(2026, 11, 24),  # noqa: DTZ001  as spreadsheets have it
            "By whom": "Jo",
        },
        (BOREALIS, "LinkedIn"): {"Followers": "lots", "Posts, last 30 days": 3, "Read on": "?"},
        (CORVID, "Facebook"): {
            "Followers": "１２３",
            "Last post on": "2027-01-01",
            "Comments, last 5 posts": "120 %",
        },
        ("Delta Hydraulik", "LinkedIn"): {"Followers": "1,5 Mio", "Read on": "03/04/2026"},
    }
)
"""Typed in several locales, pasted with blanks and units, and some of it wrong."""


def check(read: Boxes, sheet: str = "Fill in") -> None:
    """Check what `AS_PEOPLE_DO` comes to, wherever its cells stand by now."""
    told = by_company(read)
    acme = told["acme.example"]
    assert (acme.followers, acme.posts, acme.last_post) == (12400, 6, date(2026, 11, 20))
    assert (acme.likes, acme.comments, acme.about) == (1200, 14, "valves")
    assert (acme.on, acme.by, acme.source) == (date(2026, 11, 24), "Jo", Source.WORKBOOK)
    assert acme.place.startswith(f"acme.xlsx, {sheet}!")
    borealis = told["borealis.example"]
    assert (borealis.followers, borealis.posts, borealis.on) == (None, 3, SAVED)
    assert (told["corvid.example"].platform, told["corvid.example"].followers) == ("facebook", 123)
    assert told["delta.example"].followers == 1_500_000
    assert len(told) == 4
    words = [each.words for each in read.refused]
    assert len(words) == 4
    for expected in ("write a number such as 12400", "not come yet", "a share", "3 Apr 2026 or"):
        assert any(expected in each for each in words)
    assert all(each.place.startswith(f"{sheet}!") for each in read.refused)


def test_what_people_type_in_any_locale_is_read_back(book: Path) -> None:
    read = boxes(edited(book, AS_PEOPLE_DO))
    check(read)
    sheet = load_workbook(book)["Fill in"]
    at = f"F{row_of(sheet, (BOREALIS, 'LinkedIn'))}"
    whose = f"{BOREALIS}, LinkedIn @borealis"
    assert f'Fill in!{at} ({whose}) says "lots": write a number such as 12400.' in refused(read)
    assert set(read.by_mark.values()) == {"", *(each.words for each in read.refused)}


def reordered(book: Workbook) -> None:
    """Sort the rows from the last to the first, delete one, put a column before all, rename."""
    sheet = book["Fill in"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=6)]
    for at, values in enumerate(reversed(rows), 6):
        for place, value in enumerate(values, 1):
            sheet.cell(at, place).value = value
    sheet.delete_rows(row_of(sheet, ("Estuary Systems", "Facebook")))
    sheet.insert_cols(2)
    sheet.cell(5, 2).value = "Mine"
    sheet.title = "Zum Ausfüllen"


def test_a_sorted_sheet_with_a_row_less_and_a_column_more_is_read_back(book: Path) -> None:
    check(boxes(edited(book, AS_PEOPLE_DO, reordered)), "Zum Ausfüllen")


def half_sorted(book: Workbook) -> None:
    """Change places of the two companies in the columns before the boxes alone."""
    sheet = book["Fill in"]
    one, two = (row_of(sheet, (company, "LinkedIn")) for company in (ACME, BOREALIS))
    for at in range(1, 5):
        first, second = sheet.cell(one, at), sheet.cell(two, at)
        first.value, second.value = second.value, first.value


def test_rows_of_which_only_some_columns_were_sorted_tell_nothing(book: Path) -> None:
    whole = by_company(boxes(edited(book, AS_PEOPLE_DO)))
    read = boxes(edited(book, half_sorted))
    assert set(by_company(read)) == {*whole} - {"acme.example", "borealis.example"}
    torn = [each for each in refused(read) if "only some columns are sorted" in each]
    assert len(torn) == 8 + 3
    assert not read.emptied


def without_ids(book: Workbook) -> None:
    sheet = book["Fill in"]
    sheet.delete_cols(5)


def test_without_the_hidden_column_the_words_of_the_row_tell(book: Path) -> None:
    check(boxes(edited(book, AS_PEOPLE_DO, without_ids)))


@pytest.mark.skipif(soffice is None, reason="no LibreOffice")
def test_saved_by_libreoffice_it_is_read_back(book: Path, tmp_path: Path) -> None:
    edited(book, AS_PEOPLE_DO, reordered)
    folder = tmp_path / "by-libreoffice"
    command = [str(soffice), "--headless", f"-env:UserInstallation=file://{tmp_path}/lo"]
    command += ["--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(folder), str(book)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    check(boxes(folder / "acme.xlsx"), "Zum Ausfüllen")


def test_an_untouched_workbook_and_its_example_tell_nothing(book: Path) -> None:
    assert boxes(book) == Boxes(has_sheet=True)


def test_what_is_typed_over_the_example_is_refused_and_kept(book: Path) -> None:
    example_row = ("Example (not counted)", "LinkedIn")
    read = boxes(edited(book, typed({example_row: {"Followers": 77}})))
    assert not read.records
    assert refused(read) == [
        'Fill in!F6 says "77": it stands in the example; type it in the row of its profile.'
    ]
    write_workbook(report(example.snapshot()), book)
    kept = load_workbook(book)["Kept notes"]
    assert 77 in [cell.value for row in kept.iter_rows() for cell in row]


def test_a_row_of_no_known_profile_is_refused(book: Path) -> None:
    def add(book: Workbook) -> None:
        sheet = book["Fill in"]
        at = sheet.max_row + 1
        sheet.cell(at, 1).value = "Somebody else"
        sheet.cell(at, 6).value = 5

    assert "no profile of the last audit" in refused(boxes(edited(book, add)))[0]


@pytest.fixture(scope="module")
def taken(
    fresh: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, tuple[HandRecord, ...]]:
    path = Path(shutil.copy(fresh, tmp_path_factory.mktemp("taken") / "acme.xlsx"))
    read = boxes(edited(path, AS_PEOPLE_DO))
    write_workbook(report(with_told(*read.records), Past(boxes=read.by_mark)), path)
    return alone(path), read.records


@pytest.fixture
def second(
    taken: tuple[Path, tuple[HandRecord, ...]], tmp_path: Path
) -> tuple[Path, tuple[HandRecord, ...]]:
    """The workbook that is written when what people typed was taken, and what that was."""
    return Path(shutil.copy(taken[0], tmp_path / "acme.xlsx")), taken[1]


def test_what_was_taken_stands_in_its_box_and_what_was_not_beside_why(
    second: tuple[Path, tuple[HandRecord, ...]],
) -> None:
    sheet = load_workbook(second[0])["Fill in"]

    def cell(row: Row, title: str) -> tuple[object, str]:
        found = sheet.cell(row_of(sheet, row), column(sheet, title))
        return found.value, found.comment.text if found.comment else ""

    assert cell((ACME, "LinkedIn"), "Followers") == (12400, "")
    assert cell((ACME, "LinkedIn"), "Last post on")[0] == datetime(2026, 11, 20)  # noqa: DTZ001
    word, note = cell((BOREALIS, "LinkedIn"), "Followers")
    assert (word, note) == ("lots", "Not taken: write a number such as 12400.")
    # Of Acme all is known by now, so that it stands below those that wait.
    assert row_of(sheet, (ACME, "LinkedIn")) > row_of(sheet, ("Delta Hydraulik", "XING"))
    missing = column(sheet, "What is missing")
    assert "read by Jo on 24 Nov 2026" in f"{cell((ACME, 'LinkedIn'), 'What is missing')[0]}"
    assert missing == 4


def test_reading_it_again_changes_nothing(second: tuple[Path, tuple[HandRecord, ...]]) -> None:
    read = boxes(second[0], *second[1], saved=date(2026, 11, 29))
    assert (read.records, read.emptied) == ((), ())
    assert len(read.refused) == 4


def test_a_correction_replaces_and_a_cleared_box_takes_back(
    second: tuple[Path, tuple[HandRecord, ...]],
) -> None:
    path, records = second
    fix: Mapping[str, Word | None] = {"Followers": 12500, "Posts, last 30 days": None}
    acme = by_company(Boxes(records=records))["acme.example"]
    earlier = [replace(each, entered_at=datetime(2026, 11, 23, tzinfo=UTC)) for each in records]
    read = boxes(edited(path, typed({(ACME, "LinkedIn"): fix})), *earlier, saved=acme.on)
    (told,) = read.records
    assert (told.followers, told.posts, told.likes) == (12500, None, 1200)
    assert (told.id, read.figures) == (acme.id, 1)
    (back,) = read.back
    assert back.sentence == "6 posts in 30 days of Acme Pumps, LinkedIn @acme on 24 Nov 2026"
    sheet = load_workbook(path)["Fill in"]
    assert back.at == f"Fill in!G{row_of(sheet, (ACME, 'LinkedIn'))}"


def test_a_box_that_is_changed_later_counts_as_of_then_and_all_others_as_before(
    second: tuple[Path, tuple[HandRecord, ...]],
) -> None:
    """Whoever adds one figure weeks later has looked at that alone, under the old day."""
    path, records = second
    late: Mapping[str, Word | None] = {"Followers": 12500, "By whom": "Kim"}
    read = boxes(edited(path, typed({(ACME, "LinkedIn"): late})), *records, saved=SAVED)
    (told,) = read.records
    assert (told.on, told.tells, told.by) == (SAVED, (Field.FOLLOWERS,), "Kim")
    assert (read.figures, read.emptied, read.back) == (1, (), ())


def test_a_refused_word_over_a_figure_changes_nothing_and_the_figure_counts(
    second: tuple[Path, tuple[HandRecord, ...]],
) -> None:
    path, records = second
    bad: Mapping[str, Word | None] = {"Followers": "lots", "Read on": "soon"}
    read = boxes(edited(path, typed({(ACME, "LinkedIn"): bad})), *records)
    assert (read.records, read.emptied, read.back) == ((), (), ())
    assert sum("Acme Pumps" in each for each in refused(read)) == 2
    write_workbook(report(with_told(*records), Past(boxes=read.by_mark)), path)
    box = load_workbook(path)["Fill in"].cell
    row = row_of(load_workbook(path)["Fill in"], (ACME, "LinkedIn"))
    assert box(row, 6).value == "lots"
    note = box(row, 6).comment
    assert note is not None
    assert "Until then 12,400 followers, read by Jo on 24 Nov 2026, counts." in note.text
    again = boxes(alone(path), *records, saved=NOW.date())
    assert (again.records, again.emptied, again.back) == ((), (), ())


def test_the_boxes_show_what_holds_figure_by_figure(
    second: tuple[Path, tuple[HandRecord, ...]],
) -> None:
    """A later table of one figure hides none of those that people typed before."""
    path, records = second
    acme = by_company(Boxes(records=records))["acme.example"]
    table = HandRecord(
        company=acme.company,
        platform=acme.platform,
        url=acme.url,
        on=date(2026, 11, 26),
        by="",
        source=Source.TABLE,
        place="suite.csv, row 2",
        entered_at=NOW,
        followers=12_777,
    )
    write_workbook(report(with_told(*records, table), Past()), edited(path, nothing_typed))
    sheet = load_workbook(path)["Fill in"]
    row = row_of(sheet, (ACME, "LinkedIn"))
    values = [sheet.cell(row, at).value for at in range(6, 14)]
    last, day = (datetime(2026, 11, each) for each in (20, 26))  # noqa: DTZ001  as in cells
    assert values == [12_777, 6, last, 1200, 14, "valves", day, "Jo"]
    read = boxes(alone(path), *records, table, saved=NOW.date())
    assert (read.records, read.emptied, read.back, read.twice) == ((), (), (), ())


def nothing_typed(book: Workbook) -> None:
    """Empty the boxes, as of a workbook that is written for the first time."""
    for row in book["Fill in"].iter_rows(min_row=7, min_col=6, max_col=13):
        for cell in row:
            cell.value = None


def test_a_row_that_was_cleared_is_gone_and_one_that_was_deleted_is_not(
    second: tuple[Path, tuple[HandRecord, ...]],
) -> None:
    path, records = second
    known = by_company(Boxes(records=records))

    def clear(book: Workbook) -> None:
        sheet = book["Fill in"]
        at = row_of(sheet, (ACME, "LinkedIn"))
        for place in range(6, 14):
            sheet.cell(at, place).value = None
        sheet.delete_rows(row_of(sheet, (CORVID, "Facebook")))

    read = boxes(edited(path, clear), *records)
    assert not read.records
    assert gone(read) == {known["acme.example"].id}


def test_a_later_reading_stands_beside_the_earlier_one_and_an_earlier_day_corrects_it(
    second: tuple[Path, tuple[HandRecord, ...]],
) -> None:
    path, records = second
    later: Mapping[str, Word | None] = {"Followers": 13000, "Read on": "28.11.2026"}
    read = boxes(edited(path, typed({(ACME, "LinkedIn"): later})), *records)
    assert ([each.on for each in read.records], read.emptied) == ([date(2026, 11, 28)], ())
    earlier: Mapping[str, Word | None] = {"Read on": "22.11.2026"}
    read = boxes(edited(path, typed({(ACME, "LinkedIn"): earlier})), *records)
    assert gone(read) == {by_company(Boxes(records=records))["acme.example"].id}


def test_figures_of_a_period_that_is_over_leave_their_boxes_and_refused_words_do_not(
    second: tuple[Path, tuple[HandRecord, ...]],
) -> None:
    path, records = second
    read = boxes(path, *records)
    write_workbook(report(example.snapshot(), Past(boxes=read.by_mark)), path)
    sheet = load_workbook(path)["Fill in"]
    words = [
        sheet.cell(at, place).value for at in range(7, sheet.max_row + 1) for place in range(6, 14)
    ]
    assert {word for word in words if word} == {"lots", "2027-01-01", "120 %", "03/04/2026", "?"}


def test_words_typed_while_the_report_was_made_are_not_taken_for_read(book: Path) -> None:
    write_workbook(report(example.snapshot(), Past(boxes={})), edited(book, AS_PEOPLE_DO))
    sheet = load_workbook(book)["Fill in"]
    assert sheet.cell(row_of(sheet, (ACME, "LinkedIn")), 6).value == " 12.400 Follower"


def test_a_comment_in_place_of_a_word_is_named_with_its_cell(
    second: tuple[Path, tuple[HandRecord, ...]],
) -> None:
    """What the program wrote on a box itself, and what stands beside a word, is none."""
    path, records = second

    def remark(book: Workbook) -> None:
        sheet = book["Fill in"]
        acme, borealis = (row_of(sheet, (each, "LinkedIn")) for each in (ACME, BOREALIS))
        at = column(sheet, "What they write about")
        sheet.cell(borealis, at).comment = Comment("Jo:\nnew valves", "Jo")
        sheet.cell(acme, at).comment = Comment("beside a word", "Jo")
        sheet.cell(borealis, column(sheet, "Followers")).value = None  # its comment is ours

    read = boxes(edited(path, remark), *records)
    (sentence,) = (each for each in refused(read) if "comment" in each)
    assert 'says "Jo: new valves": it stands in a comment on an empty box' in sentence
    assert sentence.startswith("Fill in!K")


def test_each_box_says_what_belongs_in_it(fresh: Path) -> None:
    rules = load_workbook(fresh)["Fill in"].data_validations.dataValidation
    kinds = {f"{rule.sqref}"[:1]: rule.type for rule in rules}
    assert kinds == dict.fromkeys("FGIJ", "whole") | dict.fromkeys("HL", "date") | dict.fromkeys(
        "KM", "textLength"
    )
    assert all(rule.prompt and rule.showInputMessage for rule in rules)
    assert all(len(rule.prompt) <= 255 and len(rule.promptTitle) <= 32 for rule in rules)


@pytest.mark.parametrize("content", [b"", b"no workbook", b"PK\x03\x04 cut off"])
def test_a_file_that_is_no_workbook_tells_nothing_or_why_not(
    content: bytes, tmp_path: Path
) -> None:
    path = tmp_path / "odd.xlsx"
    path.write_bytes(content)
    read = formats()["xlsx"].filled(path, None)
    assert read == Filled() if not content else isinstance(read, str)


def test_the_sheet_is_known_by_its_name_here() -> None:
    assert FILL == "fill"
