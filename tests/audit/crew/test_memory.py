"""How many companies are visited at once, by the memory that is free."""

import gc
from pathlib import Path
from weakref import ref

import pytest

from audit.crew import memory
from audit.crew.memory import (
    AHEAD_BYTES,
    BYTES_A_VISIT,
    at_once,
    free_bytes,
    give_back,
    has_room_ahead,
)


@pytest.mark.parametrize(
    ("free", "visits"),
    [
        (None, 64),
        (10**12, 64),
        (20 * BYTES_A_VISIT, 10),
        (2 * BYTES_A_VISIT, 1),
        (0, 1),
    ],
)
def test_half_of_the_free_memory_is_shared_out_and_one_visit_there_always_is(
    free: int | None, visits: int
) -> None:
    assert at_once(64, free) == visits


def test_a_small_wish_stays_small() -> None:
    assert at_once(3, 10**12) == 3


@pytest.mark.parametrize(
    ("limit", "used", "free"),
    [("max", "5", 2048 * 1024), ("3000", "1000", 2000), ("1000", "3000", 0)],
)
def test_the_limit_of_a_container_counts_where_it_is_lower(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, used: str, free: int
) -> None:
    (tmp_path / "meminfo").write_text("MemTotal: 9999 kB\nMemAvailable:    2048 kB\n", "ascii")
    (tmp_path / "max").write_text(f"{limit}\n", "ascii")
    (tmp_path / "current").write_text(f"{used}\n", "ascii")
    monkeypatch.setattr(memory, "_MEMORY", tmp_path / "meminfo")
    monkeypatch.setattr(memory, "_GROUPS", ((tmp_path / "max", tmp_path / "current"),))
    assert free_bytes() == free


def test_a_system_that_does_not_tell_is_taken_at_the_wish(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(memory, "_MEMORY", tmp_path / "nowhere")
    monkeypatch.setattr(memory, "_GROUPS", ())
    assert free_bytes() is None


@pytest.mark.parametrize(
    ("free", "may"), [(None, True), (AHEAD_BYTES, True), (AHEAD_BYTES - 1, False), (0, False)]
)
def test_nothing_is_loaded_ahead_where_memory_is_short(free: int | None, may: bool) -> None:
    assert has_room_ahead(free) is may


def test_what_holds_itself_in_a_circle_is_given_back() -> None:
    class Visit:
        """Something that is done with."""

        def __init__(self) -> None:
            self.itself = self

    gc.disable()
    try:
        gone = ref(Visit())
        assert gone() is not None
        give_back()
        assert gone() is None
    finally:
        gc.enable()
