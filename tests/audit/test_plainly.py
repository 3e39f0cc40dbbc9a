"""A coroutine is run to its end, and what it gives is written nowhere as a text on the way."""

import asyncio
from dataclasses import dataclass, field

import pytest

from audit.plainly import plainly


@dataclass
class Large:
    """A result that counts how often it is written as a text."""

    written: list[str] = field(default_factory=list)

    def __repr__(self) -> str:
        """Tell that somebody asked."""
        self.written.append("as text")
        return "Large()"


def test_a_large_result_is_not_written_as_a_text_when_the_loop_ends() -> None:
    large = Large()

    async def work() -> Large:
        await asyncio.sleep(0)
        return large

    assert plainly(work()) is large
    assert large.written == []


def test_a_fault_goes_through() -> None:
    async def work() -> None:
        raise LookupError("gone")

    with pytest.raises(LookupError, match="gone"):
        plainly(work())
