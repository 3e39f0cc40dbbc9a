"""`--run` and `--against`: a day, `last`, `first` or an id; a slip is told what there is."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from audit.commands.named import run_before, run_meant
from audit.commands.typed import Typed
from audit.model.errors import StoreError
from audit.store.sqlite import SqliteHistory
from tests.audit.store.examples import LIST, NOW, run

TYPED = Typed(file=Path("competitors.yaml"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A history of seven weekly runs r0 to r6 of the list, and one of another list in between."""
    data = tmp_path_factory.mktemp("data")
    with SqliteHistory.open(data, write=True) as history:
        for number in range(7):
            at = NOW + timedelta(weeks=number)
            history.begin(replace(run(f"r{number}"), as_of=at), LIST)
            history.finish(f"r{number}", at)
            if number == 3:
                history.begin(replace(run("x"), as_of=at), replace(LIST, path=Path("x.yaml")))
                history.finish("x", at)
    (data.parent / "x.yaml").write_text("", "utf-8")
    return data


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        (None, None),
        ("last", "r6"),
        ("first", "r0"),
        ("2026-11-22", "r3"),
        ("r5", "r5"),
        ("x", "x"),
    ],
)
def test_a_run_is_named_in_four_ways(folder: Path, name: str | None, meant: str | None) -> None:
    assert run_meant(folder, name, LIST, TYPED) == meant


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("yesterday", "write last, first, a day or an id; there are: r6 (2026-12-13), r5"),
        ("yesterday", "r2 (2026-11-15) and 2 older (audit history competitors.yaml)"),
        ("2026-11-23", "no run looked up to that day; there are: r6 (2026-12-13)"),
        ("22.11.2026", "write the day as 2026-11-22"),
        ("32.11.2026", "write last, first, a day or an id"),
    ],
)
def test_a_name_of_no_run_is_answered_with_those_there_are(
    folder: Path, name: str, told: str
) -> None:
    with pytest.raises(StoreError) as refused:
        run_meant(folder, name, LIST, TYPED)
    assert str(refused.value).startswith(f'--run: no run "{name}"; ')
    assert told in str(refused.value)


def test_the_last_to_compare_with_is_the_last_before(folder: Path) -> None:
    assert run_before(folder, "last", "r4", LIST, TYPED) == "r3"
    assert run_before(folder, "first", "r4", LIST, TYPED) == "r0"
    assert run_before(folder, None, "r4", LIST, TYPED) is None
    with pytest.raises(StoreError, match="no finished run before r0"):
        run_before(folder, "last", "r0", LIST, TYPED)
    with pytest.raises(StoreError, match=r"--against: no run \"r9\""):
        run_before(folder, "r9", "r4", LIST, TYPED)


def test_without_any_run_no_name_is_wrong_yet(tmp_path: Path) -> None:
    assert run_meant(tmp_path, "yesterday", LIST, TYPED) is None
