"""The demo's files: a slip in one of them is not passed over."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import pytest

from audit.demo.records import record


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Held by another."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """Holds others."""

    parts: tuple[Part, ...]
    pair: tuple[str, int] = ("", 0)
    named: Mapping[str, Part] = field(default_factory=dict)
    kind: Literal["a", "b"] | None = None
    first: Part | None = None


def test_a_record_holds_what_the_file_says() -> None:
    content = {"parts": [{"name": "x"}], "pair": ["a", 1], "named": {"y": {"name": "z"}}}
    assert record(Whole, {**content, "kind": "b", "first": {"name": "f"}}) == Whole(
        parts=(Part(name="x"),),
        pair=("a", 1),
        named={"y": Part(name="z")},
        kind="b",
        first=Part(name="f"),
    )


@pytest.mark.parametrize(
    "content",
    [
        {},
        {"parts": [{"name": 1}]},
        {"parts": [{"nmae": "x"}]},
        {"parts": [], "more": 1},
        {"parts": [], "kind": "c"},
    ],
)
def test_a_slip_in_a_file_is_refused(content: Mapping[str, object]) -> None:
    with pytest.raises(TypeError):
        record(Whole, content)
