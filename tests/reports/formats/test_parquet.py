"""The folder of Parquet files, read back with pyarrow and pandas and held against that of csv."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from audit.model.errors import ReportError, SaveError
from reports.formats import csv as csv_format
from reports.formats import parquet
from reports.formats.parquet import FORMAT, own_files
from reports.harmless import harmless
from reports.report import Report
from tests.reports import workbook_example as example
from tests.reports.past_example import past

HOSTILE = '=HYPERLINK("http://x","y")\ud800'

Row = Mapping[str, object]


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example in both formats, with an own company whose name is a formula."""
    shot = example.snapshot()
    first, *others = shot.results
    named = replace(first, company=replace(first.company, name=HOSTILE))
    shot = replace(shot, results=(named, *others))
    report = Report(shot, example.compared(shot), past(shot))
    base = tmp_path_factory.mktemp("x")
    for each in (FORMAT, csv_format.FORMAT):
        each.write(report, base / each.name)
    return base


def typed(base: Path, name: str) -> Sequence[Row]:
    rows: list[Row] = pq.read_table(base / "parquet" / f"{name}.parquet").to_pylist()
    return rows


def words(base: Path, name: str) -> Sequence[Mapping[str, str]]:
    with (base / "csv" / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def names(base: Path) -> Iterator[str]:
    return (path.stem for path in (base / "csv").iterdir())


def test_it_has_the_lists_and_rows_of_csv(both: Path) -> None:
    assert own_files(both / "parquet") == {f"{name}.parquet" for name in names(both)}
    assert own_files(both / "parquet") == {path.name for path in (both / "parquet").iterdir()}
    for name in names(both):
        assert len(typed(both, name)) == len(words(both, name)) > 0


def test_each_entry_is_that_of_csv_in_the_type_of_its_column(both: Path) -> None:
    kinds = set()
    for name in set(names(both)) - {"about"}:
        for row, said in zip(typed(both, name), words(both, name), strict=True):
            for title, text in said.items():
                value = row[title.removeprefix("'")]
                kinds.add(type(value))
                assert same(value, text, row), (name, title, value, text)
    assert kinds == {str, float, date, datetime, type(None)}


def same(value: object, text: str, row: Row) -> bool:
    """Tell whether a typed entry says what that of csv does; a word may stand in the remarks."""
    match value:
        case float():
            return float(text) == value
        case datetime():
            return value.strftime("%Y-%m-%d %H:%M") == text
        case date():
            return text.startswith(value.isoformat())
        case str():
            return harmless(value) == text or value.endswith(text)
        case _:
            return text in {"", *(f"{row[day]}" for day in row if day.endswith(", day"))} or (
                text in str(row["Remarks"])
            )


def test_the_types_of_a_column_do_not_hang_on_what_is_in_it(both: Path, tmp_path: Path) -> None:
    shot = example.snapshot()
    few = replace(shot, results=shot.results[:2])
    folder = FORMAT.write(Report(few, example.compared(few)), tmp_path / "few")
    for name in ("posts", "profiles", "data", "followers", "evidence"):
        schema = pq.read_schema(folder / f"{name}.parquet")
        assert schema == pq.read_schema(both / "parquet" / f"{name}.parquet"), name
    posts = pq.read_schema(folder / "posts.parquet")
    assert posts.field("Published, UTC").type == pa.timestamp("us", tz="UTC")
    assert posts.field("Published, UTC, day").type == pa.date32()
    assert posts.field("Interactions").type == pa.float64()


def test_of_a_post_whose_hour_nobody_knows_the_day_alone_is_given(both: Path) -> None:
    posts = typed(both, "posts")
    days = [row for row in posts if row["Published, UTC"] is None and row["Published, UTC, day"]]
    exact = [row["Published, UTC"] for row in posts if row["Published, UTC"] is not None]
    assert days
    assert all(isinstance(at, datetime) and at.tzinfo is not None for at in exact)
    assert datetime(2026, 10, 29, 5, tzinfo=UTC) in exact


def test_what_is_not_known_is_null_with_its_reason(both: Path) -> None:
    rows = [row for row in typed(both, "channels") if row["Company"] == "Fjord Pumpen"]
    assert all(row["Value"] is None for row in rows)
    assert any("robots" in str(row["Remarks"]) for row in rows)


def test_a_word_in_a_column_of_numbers_stands_in_the_remarks(both: Path) -> None:
    first = typed(both, "followers")[0]
    assert first["New a week, per 1,000"] is None
    assert "New a week, per 1,000: first count" in str(first["Remarks"])
    assert "slowing" in {row["State"] for row in typed(both, "profiles")}


def test_pandas_reads_it_with_its_types(both: Path) -> None:
    data = pd.read_parquet(both / "parquet" / "data.parquet")
    listed = words(both, "data")
    assert data["Value"].notna().sum() == sum(bool(row["Value"]) for row in listed)
    assert data["Value"].sum() == pytest.approx(sum(float(row["Value"] or 0) for row in listed))
    # No file of text can hold half a surrogate pair; nothing else of a name is changed.
    assert HOSTILE[:-1] in set(data["Company"])


def test_rows_are_written_some_at_a_time(
    both: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parquet, "_AT_ONCE", 100)
    shot = example.snapshot()
    folder = FORMAT.write(Report(shot, example.compared(shot)), tmp_path / "a")
    file = pq.ParquetFile(folder / "posts.parquet")
    assert file.num_row_groups == 5
    assert file.metadata.num_rows == len(typed(both, "posts"))


def test_a_second_export_replaces_the_first_and_leaves_other_files(tmp_path: Path) -> None:
    shot = example.snapshot()
    report = Report(shot, example.compared(shot))
    folder = FORMAT.write(report, tmp_path / "a")
    (folder / "mine.txt").write_text("mine", "utf-8")
    (folder / "posts.parquet").write_bytes(b"broken")
    assert FORMAT.write(report, tmp_path / "a") == folder
    assert pq.read_table(folder / "posts.parquet").num_rows
    assert (folder / "mine.txt").is_file()


def test_nothing_is_replaced_where_a_file_cannot_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shot = example.snapshot()
    report = Report(shot, example.compared(shot))
    FORMAT.write(report, tmp_path / "a")
    before = {path.name: path.read_bytes() for path in (tmp_path / "a").iterdir()}
    monkeypatch.setattr(parquet, "_verify", _refuse)
    with pytest.raises(SaveError, match="would not be read"):
        FORMAT.write(report, tmp_path / "a")
    assert {path.name: path.read_bytes() for path in (tmp_path / "a").iterdir()} == before
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def _refuse(*_: object) -> None:
    raise OSError("it would not be read")


@pytest.mark.parametrize("content", [b"", b"PAR1", b"File\n"])
def test_a_folder_with_another_about_file_is_not_ours(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "about.parquet").write_bytes(content)
    assert own_files(tmp_path) is None


def test_a_table_of_others_with_that_name_is_not_ours(tmp_path: Path) -> None:
    pq.write_table(pa.table({"File": ["x.parquet"]}), tmp_path / "about.parquet")
    assert own_files(tmp_path) is None


def test_without_the_library_it_is_said_before_anything_is_fetched(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(parquet, "find_spec", lambda _: None)
    with pytest.raises(ReportError, match=r"pyarrow==[0-9.]+ .*\[parquet\]"):
        FORMAT.ready()
