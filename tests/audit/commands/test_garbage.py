"""How often garbage is looked for, and among what."""

import gc
from collections.abc import Iterator

import pytest

from audit.commands.garbage import keep_for_good, look_rarely


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    before, had_frozen = gc.get_threshold(), gc.get_freeze_count()
    yield
    gc.set_threshold(*before)
    if not had_frozen:
        gc.unfreeze()


def test_new_objects_are_looked_through_rarely_and_still_are() -> None:
    usual = gc.get_threshold()
    gc.set_threshold(700, *usual[1:])
    look_rarely()
    assert 700 < gc.get_threshold()[0] < 100_000
    assert gc.get_threshold()[1:] == usual[1:]
    assert gc.isenabled()


def test_what_is_there_is_kept_and_what_comes_later_is_not() -> None:
    keep_for_good()
    later: list[object] = [[]]
    assert gc.get_freeze_count() > 1_000
    assert gc.is_tracked(later)
