"""The rule which runs count as 'before' one, and what is taken from them; no history is needed."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from audit.model.channel import Channel
from audit.model.result import CompanyResult
from audit.model.visit import Note
from audit.store.history import RECENT, damage, joined, runs_before
from tests.audit.store.examples import channel, result

DAMAGED = damage("Acme", "r2", ValueError("torn"))


def _detail(known: Channel) -> str:
    return known.unread.detail if known.unread is not None else ""


def found(language: str, *handles: str) -> CompanyResult:
    """A result that is told by its language, with a channel of each handle."""
    channels = tuple(channel(handle, detail=language) for handle in handles)
    return replace(result(), languages=(language,), channels=channels)


@pytest.mark.parametrize(
    ("run_id", "before"),
    [("r1", ()), ("r3", ("r2", "r1")), ("not begun", ("r3", "r2", "r1"))],
)
def test_before_a_run_are_those_that_began_earlier_the_newest_first(
    run_id: str, before: tuple[str, ...]
) -> None:
    assert runs_before(run_id, ("r1", "r2", "r3")) == before


def test_without_an_earlier_result_nothing_is_known() -> None:
    assert joined([]).result is None
    assert joined([]).notes == ()


def test_the_newest_result_counts_with_the_channels_that_only_older_ones_have() -> None:
    earlier = joined([found("new", "@a"), found("old", "@a", "@b")]).result
    assert earlier is not None
    assert earlier.languages == ("new",)
    assert [(each.handle, _detail(each)) for each in earlier.channels] == [
        ("@a", "new"),
        ("@b", "old"),
    ]


def test_a_channel_under_a_new_handle_is_the_same_if_its_account_is() -> None:
    new = replace(result(), channels=(channel("@new", account="UC1"),))
    old = replace(result(), channels=(channel("@old", account="UC1"), channel("@OTHER")))
    older = replace(result(), channels=(channel("@other"),))
    earlier = joined([new, old, older]).result
    assert earlier is not None
    assert [each.handle for each in earlier.channels] == ["@new", "@OTHER"]


def test_a_damaged_result_is_passed_over_and_named() -> None:
    earlier = joined([DAMAGED, found("old", "@a")])
    assert earlier.result is not None
    assert earlier.result.languages == ("old",)
    assert earlier.notes == (DAMAGED,)


def test_no_more_results_are_read_than_count() -> None:
    read: list[str] = []

    def results() -> Iterator[CompanyResult | Note]:
        for number in range(10):
            read.append(f"{number}")
            yield DAMAGED if number == 1 else found(f"{number}", f"@{number}")

    earlier = joined(results())
    assert len(read) == RECENT + 1
    assert earlier.result is not None
    assert [each.handle for each in earlier.result.channels] == ["@0", "@2", "@3", "@4"]
