"""`audit import`: what it says, what it keeps, and that a wrong table changes nothing."""

import csv
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from openpyxl import Workbook

from audit.commands.import_table import ImportOptions, take_table
from audit.model.by_hand import Field, HandRecord, Source
from audit.model.errors import AuditError
from audit.store.sqlite import SqliteHistory
from tests.audit.store.examples import COMPANIES, LIST, NOW, channel, result
from tests.audit.store.examples import run as begun
from tests.audit.test_run import run

LONG = """company,channel,measure,value,on
Acme,LinkedIn,followers,"12,400",2026-10-31
Acme,LinkedIn,posts (30 days),14,2026-10-31
Acme,LinkedIn,impressions,9,2026-10-31
Borealis,YouTube,subscribers,5.2K,2026-10-31
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A list of two companies, in a folder of its own."""
    (tmp_path / "t.csv").write_text(LONG, "utf-8")
    listed = tmp_path / "competitors.yaml"
    listed.write_text(
        "companies:\n"
        + "".join(f"  - {{name: {each.name}, website: {each.website}}}\n" for each in COMPANIES),
        "utf-8",
    )
    return listed


def kept(file: Path) -> tuple[HandRecord, ...]:
    """The records in the history beside a list; none where there is no history."""
    folder = file.with_name("audit-data")
    if not folder.is_dir():
        return ()
    with SqliteHistory.open(folder) as history:
        return history.by_hand()


def take(file: Path, wanted: ImportOptions = ImportOptions(), name: str = "t.csv") -> int:  # noqa: B008 - frozen
    return take_table(file.with_name(name), file, wanted, None)


def test_a_table_goes_into_the_history_and_is_told(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert take(file) == 0
    acme, borealis = kept(file)
    assert (acme.company, acme.platform, acme.url) == ("acme.example", "linkedin", "")
    assert (acme.followers, acme.posts, acme.days, f"{acme.on}") == (12400, 14, 30, "2026-10-31")
    assert (acme.source, acme.place, acme.by) == (Source.TABLE, "t.csv, row 2", "")
    assert acme.whence == "from t.csv"
    assert (borealis.followers, borealis.rounded) == (5200, (Field.FOLLOWERS,))
    said = capsys.readouterr().out
    assert "4 rows below the headings in row 1 (UTF-8, a comma between cells)" in said
    assert (
        "Acme on LinkedIn, 31 Oct 2026: 12,400 followers and 14 posts in 30 days (row 2)." in said
    )
    assert "Left aside, as nothing is compared by it: “impressions” (1)." in said
    assert "Taken: 3 figures of 2 profiles." in said
    assert "audit report" in said


def test_a_column_that_may_be_a_company_is_not_only_called_a_measure(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wide = "Date,Acme,Borealis,Corvid\n2026-10-31,1,2,3\n"
    file.with_name("wide.csv").write_text(wide, "utf-8")
    take(file, ImportOptions(channel="linkedin", measure="followers"), name="wide.csv")
    said = capsys.readouterr().out
    assert "Not understood: “Corvid”." in said
    assert "If it is a company, add the name under `aliases:` of that company." in said


def test_a_dry_run_says_the_same_and_changes_nothing(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert take(file, ImportOptions(dry_run=True)) == 0
    shown = capsys.readouterr().out
    assert not file.with_name("audit-data").exists()
    assert "3 figures of 2 profiles would be taken. Nothing was changed (--dry-run)." in shown
    take(file)
    done = capsys.readouterr().out
    assert shown.splitlines()[:6] == done.splitlines()[:6]


def test_the_same_table_twice_changes_nothing(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    take(file)
    before, content = (
        kept(file),
        file.with_name("audit-data").joinpath("history.sqlite3").read_bytes(),
    )
    file.with_name("t.csv").rename(file.with_name("renamed.csv"))
    assert take(file, name="renamed.csv") == 0
    assert kept(file) == before
    assert file.with_name("audit-data").joinpath("history.sqlite3").read_bytes() == content
    assert "Nothing is new; 3 were there already. Nothing was changed." in capsys.readouterr().out


def test_a_second_table_adds_to_the_first_and_corrects_it(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    take(file)
    assert "Told twice" not in capsys.readouterr().out
    more = "company,channel,followers,comments per post,on\nAcme,LinkedIn,12500,2,31.10.2026\n"
    file.with_name("more.csv").write_text(more, "utf-8")
    take(file, ImportOptions(by="Jo"), name="more.csv")
    acme = next(each for each in kept(file) if each.company == "acme.example")
    assert (acme.followers, acme.posts, acme.comments, acme.by) == (12500, 14, 10, "Jo")
    assert acme.whence == "from more.csv, given by Jo"
    (twice,) = (line for line in capsys.readouterr().out.splitlines() if "Told twice" in line)
    assert (
        "for Acme, LinkedIn on 31 Oct 2026: 12,500 followers (more.csv, row 2) and "
        "12,400 followers (t.csv, row 2). The first holds, as it was told later, on " in twice
    )


def test_sheets_of_one_kind_are_told_and_two_of_one_day_too(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = Workbook()
    for name, day, followers in (
        ("September", "2026-09-30", 10),
        ("October", "2026-10-31", 20),
        ("October again", "2026-10-31", 30),
        ("October once more", "2026-10-31", 30),
    ):
        sheet = book.create_sheet(name)
        sheet.append(("company", "channel", "followers", "on"))
        sheet.append(("Acme", "LinkedIn", followers, day))
    book.save(file.with_name("monthly.xlsx"))
    assert take(file, name="monthly.xlsx") == 0
    said = capsys.readouterr().out
    assert (
        "Sheets with the same columns, and their rows: “October” (1), “October again” (1)" in said
    )
    assert "30 followers (monthly.xlsx, October again, row 2) and 20 followers (monthly" in said
    assert said.count("Told twice") == 1
    assert [each.followers for each in kept(file)] == [10, 30]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("a,b\n1,2\n", ImportOptions()),
        ("", ImportOptions()),
        (LONG.replace("on\n", "when exactly\n"), ImportOptions()),
        (LONG.replace("2026-10-31", "03/04/2026"), ImportOptions()),
        (LONG.replace("Acme", "Granite").replace("Borealis", "Granite"), ImportOptions()),
        (LONG, ImportOptions(company="Nobody")),
        (LONG, ImportOptions(channel="nowhere")),
        (LONG, ImportOptions(maps=("a=b",))),
        (LONG, ImportOptions(on="2999-01-01")),
        (LONG, ImportOptions(dates="ymd")),
    ],
)
def test_a_wrong_table_changes_nothing(file: Path, text: str, wanted: ImportOptions) -> None:
    file.with_name("wrong.csv").write_text(text, "utf-8")
    with pytest.raises(AuditError):
        take(file, wanted, name="wrong.csv")
    assert not file.with_name("audit-data").exists()
    take(file)
    before = kept(file)
    with pytest.raises(AuditError):
        take(file, wanted, name="wrong.csv")
    assert kept(file) == before


def test_what_is_refused_is_told_by_row_and_by_the_exit_status(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = "Acme,LinkedIn,followers,lots,2026-09-30\nGranite,X,followers,3,2026-09-30\n"
    file.with_name("t.csv").write_text(LONG + rows, "utf-8")
    assert take(file) == 1
    said = capsys.readouterr().out
    assert 'row 6, value says "lots": write a number such as 12400.' in said
    assert "Not taken, as not in the list: “Granite” (1 figure)" in said
    assert len(kept(file)) == 2


def test_fifty_thousand_rows_are_taken_in_seconds_and_few_are_kept(file: Path) -> None:
    with file.with_name("big.csv").open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream)
        writer.writerow(["Company", "Network", "Date", "Followers", "Impressions"])
        writer.writerows(_daily(50_000))
    began = time.process_time()
    assert take(file, name="big.csv") == 0
    assert time.process_time() - began < 30  # about four; a machine of tests may be slow
    records = kept(file)
    assert len(
        {(each.company, each.platform, each.on.year, each.on.month) for each in records}
    ) == len(records)
    assert max(each.followers or 0 for each in records) == 12_499


def _daily(rows: int) -> Iterator[tuple[str, str, str, int, int]]:
    """Yield rows of four profiles, a day each."""
    profiles = [(name, net) for name in ("Acme", "Borealis") for net in ("LinkedIn", "Facebook")]
    for company, network in profiles:
        for day in range(rows // len(profiles)):
            on = date(2026, 10, 31) - timedelta(days=day % 2_500)
            yield company, network, f"{on}", 12_499 - day % 2_500, 9


def test_a_profile_that_no_run_has_found_is_told(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = file.with_name("audit-data")
    folder.mkdir()
    with SqliteHistory.open(folder, write=True) as history:
        history.begin(begun(), replace(LIST, path=file))
        history.save("r1", replace(result(), channels=(channel("@acme"),)))
        history.save("r1", result(COMPANIES[1]))
        history.finish("r1", NOW)
    rows = (
        "url,followers,on\nhttps://youtube.com/@acme/videos,7,2026-10-31\nx.com/acme,8,2026-10-31\n"
    )
    file.with_name("urls.csv").write_text(rows, "utf-8")
    assert take(file, ImportOptions(company="Acme"), name="urls.csv") == 0
    assert [each.url for each in kept(file)] == [
        "https://www.youtube.com/@acme",
        "https://x.com/acme",
    ]
    assert "No run has found these profiles yet: https://x.com/acme." in capsys.readouterr().out


def test_the_command_is_told_apart_from_that_of_histories(file: Path) -> None:
    done = run("import", file.with_name("t.csv"), file)
    assert (done.returncode, len(kept(file))) == (0, 2)
    assert "did you mean import?" in run("imprt", "x").stderr
    assert "did you mean import-history?" in run("import-histroy", "x").stderr
    assert "audit import" in run("import-history", file.with_name("t.csv"), file).stderr
