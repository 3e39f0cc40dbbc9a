"""Work in a process of its own gives what it gives here, and costs nothing where that goes wrong."""

import os
import signal
import sys
from collections.abc import Iterable, Iterator
from functools import partial
from multiprocessing import active_children

import pytest

from audit.crew.apart import Apart, apart


def _added(start: int, pieces: Iterable[int]) -> tuple[int, int]:
    """A sum, and the process in which it was made."""
    return start + sum(pieces), os.getpid()


def _modules(pieces: Iterable[str]) -> list[bool]:
    """Whether each module was loaded, which it is then."""
    there = [name in sys.modules for name in pieces]
    sys.modules["a_large_library"] = sys.modules[__name__]
    return there


def _lost_elsewhere(home: int, pieces: Iterable[int]) -> int:
    """A sum that only one process can make: another one is killed in the middle of it."""
    rest = iter(pieces)
    first = next(rest)
    if os.getpid() != home:
        os.kill(os.getpid(), signal.SIGKILL)
    return first + sum(rest)


def _wrong(pieces: Iterable[int]) -> int:
    """A fault of ours."""
    raise ZeroDivisionError(f"{sum(pieces)}")


def test_the_work_is_done_in_another_process() -> None:
    total, process = apart(partial(_added, 1), lambda: iter(range(1_000)))
    assert total == 499_501
    assert process != os.getpid()


def test_what_it_loads_is_gone_with_it() -> None:
    assert apart(_modules, lambda: ["a_large_library"]) == [False]
    assert "a_large_library" not in sys.modules


@pytest.mark.skipif(sys.platform == "win32", reason="no signals")
def test_where_its_process_is_lost_the_work_is_done_here(
    caplog: pytest.LogCaptureFixture,
) -> None:
    def pieces() -> Iterator[int]:
        return iter(range(1, 5))

    assert apart(partial(_lost_elsewhere, os.getpid()), pieces) == 10
    assert "for _lost_elsewhere (" in caplog.text


def test_a_fault_of_ours_is_raised_as_it_is() -> None:
    with pytest.raises(ZeroDivisionError, match=r"^6$"):
        apart(_wrong, lambda: [1, 2, 3])


def test_a_fault_in_making_the_pieces_ends_it() -> None:
    def pieces() -> Iterator[int]:
        yield 1
        raise KeyError("a company")

    with pytest.raises(KeyError):
        apart(partial(_added, 0), pieces)


def test_what_cannot_be_handed_over_is_done_here() -> None:
    home = os.getpid()
    assert apart(lambda pieces: (sum(pieces), os.getpid()), lambda: [1, 2]) == (3, home)


def _make_ready() -> None:
    """Load what the work will need."""
    sys.modules["a_large_library"] = sys.modules[__name__]


def _fail_to_make_ready() -> None:
    """A library that cannot be loaded."""
    raise ImportError("a_large_library")


def test_a_process_that_was_made_before_has_loaded_what_its_work_needs() -> None:
    with Apart(_make_ready) as own:
        own.make()
        own.make()
        assert own.do(_modules, lambda: ["a_large_library"]) == [True]
        assert own.do(_modules, lambda: ["a_large_library"]) == [True], "by another one"
    assert "a_large_library" not in sys.modules


def test_one_that_gets_no_work_is_ended() -> None:
    before = {each.pid for each in active_children()}
    with Apart() as own:
        own.make()
        assert {each.pid for each in active_children()} > before
    assert {each.pid for each in active_children()} == before


def test_where_it_could_not_get_ready_the_work_is_done_here() -> None:
    with Apart(_fail_to_make_ready) as own:
        own.make()
        assert own.do(partial(_added, 0), lambda: [1, 2]) == (3, os.getpid())
