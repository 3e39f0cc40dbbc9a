"""Among what garbage is looked for."""

import gc
from collections.abc import Iterator

import pytest

from audit.commands.garbage import keep_for_good


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    had_frozen = gc.get_freeze_count()
    yield
    if not had_frozen:
        gc.unfreeze()


def test_what_is_there_is_kept_and_what_comes_later_is_not() -> None:
    keep_for_good()
    later: list[object] = [[]]
    assert gc.get_freeze_count() > 1_000
    assert gc.is_tracked(later)
    assert gc.isenabled()
