"""Sheet Fill in from the command line: filled in, taken by report or run, shown, saved, told."""

import json
import shutil
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from audit import api
from audit.model.value import Known
from audit.store.sqlite import SqliteHistory
from reports.people import Word
from tests.audit.test_run import run
from tests.hostile import page, serving

TODAY = datetime.now(UTC).date()
LINKS = (
    '<a href="https://www.linkedin.com/company/acme-example/">LinkedIn</a>'
    '<a href="https://www.facebook.com/acmeexample/">Facebook</a>'
)
PAGES = {
    "/": page(f"<html lang='en'><title>Acme</title><body><p>Pumps.</p><footer>{LINKS}</footer>"),
    "/robots.txt": page("User-agent: *\nAllow: /", kind="text/plain"),
}


@contextmanager
def audited(folder: Path) -> Iterator[Path]:
    """Audit a small website; give the list, and keep the website there."""
    with serving(PAGES) as site:
        file = folder / "acme.yaml"
        file.write_text(
            "settings: {delay_seconds: 0, max_pages_per_site: 2}\n"
            f"companies:\n- {{name: Acme, website: '{site.url}/', own: true}}\n",
            "utf-8",
        )
        done = run(file, "--allow-private-hosts")
        assert "Traceback" not in done.stderr, done.stderr
        yield file


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    with audited(tmp_path_factory.mktemp("filling")) as file:
        yield file


@pytest.fixture
def audit(first: Path, tmp_path: Path) -> Path:
    """The list of an audit that a test may do anything to."""
    return Path(shutil.copytree(first.parent, tmp_path / "audit")) / first.name


def fill(workbook: Path, boxes: Mapping[str, Word | None], channel: str = "LinkedIn") -> None:
    """Type into the boxes of a profile, as a person does."""
    book = load_workbook(workbook)
    sheet = book["Fill in"]
    heads = [cell.value for cell in sheet[5]]
    row = next(
        at
        for at, cells in enumerate(sheet.iter_rows(min_row=7, values_only=True), 7)
        if channel in cells
    )
    for title, word in boxes.items():
        sheet.cell(row, heads.index(title) + 1).value = word
    book.save(workbook)


def followers(file: Path, platform: str = "linkedin") -> object:
    """Return what the history knows of the audience on a platform."""
    (result,) = api.kept_run(file.with_name("audit-data")).results
    value = next(each.followers for each in result.channels if each.platform == platform)
    return value.value if isinstance(value, Known) else None


def test_report_takes_what_was_filled_in_shows_it_and_saves_it(audit: Path) -> None:
    workbook = audit.with_suffix(".xlsx")
    fill(workbook, {"Followers": "12,4k", "Posts, last 30 days": 6, "Likes, last 5 posts": "lots"})
    fill(workbook, {"Followers": "900", "By whom": "Jo"}, "Facebook")
    done = run("report", audit, "--format", "xlsx,json")
    assert "Taken from acme.xlsx: 3 figures of 2 profiles." in done.stderr
    assert 'says "lots": write a number such as 12400.' in done.stderr
    assert followers(audit) == 12400
    assert followers(audit, "facebook") == 900
    results = json.loads(audit.with_suffix(".json").read_text("utf-8"))
    assert "by-hand" in json.dumps(results)
    again = run("report", audit)
    assert "Taken from" not in again.stderr
    assert "lots" in again.stderr
    explained = run("explain", audit, "Acme", "channel.linkedin.followers")
    assert "12,400 followers, read by hand" in explained.stdout, explained.stdout + explained.stderr
    fill(workbook, {"Followers": None, "Posts, last 30 days": None, "Read on": None,
                    "Likes, last 5 posts": None})  # fmt: skip
    back = run("report", audit)
    told = " ".join(back.stderr.split())
    assert "Taken back: 12,400 followers of Acme, LinkedIn acme-example on " in told
    assert told.count("Taken back: ") == 2
    assert "(Fill in!F" in told
    assert followers(audit) is None


def test_another_workbook_is_read_as_well(audit: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy of a colleague.xlsx"
    copy.write_bytes(audit.with_suffix(".xlsx").read_bytes())
    fill(copy, {"Followers": 77, "By whom": "Kim"})
    done = run("report", audit, "--fill", copy)
    assert "Taken from copy of a colleague.xlsx: 1 figure of 1 profile." in done.stderr
    assert followers(audit) == 77


def test_a_workbook_that_tells_nothing_is_told_with_what_to_do(audit: Path, tmp_path: Path) -> None:
    copy, other = tmp_path / "kim.xlsx", tmp_path / "other.xlsx"
    copy.write_bytes(audit.with_suffix(".xlsx").read_bytes())
    done = run("report", audit, "--format", "csv", "--fill", copy)
    assert "Nothing is filled in on sheet Fill in of kim.xlsx: type there" in done.stderr
    fill(copy, {"Followers": 77})
    assert "Taken from kim.xlsx" in run("report", audit, "--format", "csv", "--fill", copy).stderr
    done = run("report", audit, "--format", "csv", "--fill", copy)
    assert "Nothing new in kim.xlsx: what is filled in there was taken before." in done.stderr
    Workbook().save(other)
    done = run("report", audit, "--format", "csv", "--fill", other)
    assert "other.xlsx has no sheet Fill in with profiles of this list" in done.stderr


def test_where_several_workbooks_are_read_a_cell_is_named_with_its_workbook(
    audit: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "kim.xlsx"
    copy.write_bytes(audit.with_suffix(".xlsx").read_bytes())
    fill(audit.with_suffix(".xlsx"), {"Followers": "some"})
    fill(copy, {"Followers": "lots"})
    done = run("report", audit, "--fill", copy)
    assert "Not taken: acme.xlsx, Fill in!" in done.stderr
    assert "Not taken: kim.xlsx, Fill in!" in done.stderr
    assert "Not taken: Fill in!" in run("report", audit).stderr


def test_an_older_copy_brings_nothing_back_that_was_cleared_since(
    audit: Path, tmp_path: Path
) -> None:
    workbook, copy = audit.with_suffix(".xlsx"), tmp_path / "kim.xlsx"
    fill(workbook, {"Followers": 900, "Read on": f"{TODAY}"})
    copy.write_bytes(workbook.read_bytes())
    run("report", audit)
    time.sleep(1.1)  # workbooks tell seconds
    fill(workbook, {"Followers": None, "Read on": None})
    assert "Taken back" in run("report", audit).stderr
    done = run("report", audit, "--fill", copy)
    assert "Not taken, as it was taken back since, on " in done.stderr
    assert "in acme.xlsx, Fill in: 900 followers of Acme, LinkedIn" in done.stderr
    assert followers(audit) is None


def test_two_people_who_fill_in_one_profile_on_one_day_lose_nothing(
    audit: Path, tmp_path: Path
) -> None:
    workbook, copy = audit.with_suffix(".xlsx"), tmp_path / "kim.xlsx"
    copy.write_bytes(workbook.read_bytes())
    fill(workbook, {"Followers": "1,2k", "Read on": f"{TODAY}", "By whom": "Jo"})
    fill(copy, {"Likes, last 5 posts": 40, "Read on": f"{TODAY}", "By whom": "Kim"})
    done = run("report", audit, "--fill", copy)
    assert "Taken from kim.xlsx: 1 figure of 1 profile." in done.stderr
    for _ in range(2):
        with SqliteHistory.open(audit.with_name("audit-data")) as history:
            (record,) = history.by_hand()
        assert (record.followers, record.likes, record.by) == (1200, 40, "Jo, Kim")
        assert [f"{each}" for each in record.rounded] == ["followers"]
        assert "Taken" not in run("report", audit, "--fill", copy).stderr


def test_what_came_from_elsewhere_since_is_not_taken_back_by_the_workbook(
    audit: Path, tmp_path: Path
) -> None:
    """It stands in no box of the workbook, so that nobody can have cleared it there."""
    fill(audit.with_suffix(".xlsx"), {"Followers": 1000, "Read on": f"{TODAY}"})
    run("report", audit)
    table = tmp_path / "table.csv"
    table.write_text(f"company,channel,day,followers\nAcme,LinkedIn,{TODAY},3000\n", "utf-8")
    imported = run("import", table, audit)
    assert imported.returncode == 0
    assert "3,000 followers (table.csv, row 2) and 1,000 followers (acme.xlsx" in imported.stdout
    for _ in range(2):
        done = run("report", audit)
        assert "Taken back" not in done.stderr
        assert "Told twice" not in done.stderr
        assert followers(audit) == 3000
    with SqliteHistory.open(audit.with_name("audit-data")) as history:
        assert sorted(each.followers or 0 for each in history.by_hand()) == [1000, 3000]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("gone.xlsx", None, "there is no such file"),
        ("a.xlsx", b"no workbook", "a.xlsx"),
        ("a.csv", b"company,followers", "take its figures with: audit import"),
    ],
)
def test_a_workbook_that_was_named_and_cannot_be_read_is_a_mistake(
    audit: Path, tmp_path: Path, name: str, content: bytes | None, words: str
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    done = run("report", audit, "--format", "csv", "--fill", tmp_path / name)
    assert done.returncode == 2, done.stderr
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_a_run_takes_what_was_filled_in_before_it_visits(audit: Path) -> None:
    fill(audit.with_suffix(".xlsx"), {"Followers": "3.1k", "Read on": f"{TODAY}"})
    done = run(audit, "--allow-private-hosts")
    assert "Taken from acme.xlsx: 1 figure of 1 profile." in done.stderr
    assert followers(audit) == 3100
    with SqliteHistory.open(audit.with_name("audit-data")) as history:
        (record,) = history.by_hand()
    assert (record.followers, record.on) == (3100, TODAY)


def test_without_the_kept_pages_the_report_says_from_when_on_it_shows(audit: Path) -> None:
    for archive in audit.with_name("audit-data").rglob("*.warc.gz"):
        archive.unlink()
    fill(audit.with_suffix(".xlsx"), {"Followers": 5})
    done = run("report", audit)
    assert "Taken from acme.xlsx" in done.stderr
    assert "shows from the next audit on" in " ".join(done.stderr.split())
    assert followers(audit) is None


def test_a_history_that_cannot_be_written_costs_no_word(audit: Path) -> None:
    workbook = audit.with_suffix(".xlsx")
    fill(workbook, {"Followers": "12,4k"})
    with SqliteHistory.open(audit.with_name("audit-data"), write=True):  # as by a run under way
        done = run("report", audit)
    assert "not taken yet" in done.stderr, done.stderr
    assert followers(audit) is None
    cells = load_workbook(workbook)["Fill in"].iter_rows(min_row=7, values_only=True)
    assert "12,4k" in {cell for row in cells for cell in row}
