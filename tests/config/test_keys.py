"""What stands behind a key: taken as it is, or refused with every mistake in it and its place."""

from datetime import date
from typing import Any

import pytest

from config.checks import checked_date
from config.keys import (
    Day,
    Entry,
    Fault,
    Kind,
    ListOf,
    MappingOf,
    Mistake,
    Number,
    OneOf,
    OrEmpty,
    RefusedError,
    Shape,
    Text,
    Truth,
    Whole,
    key,
)
from config.positions import Unquoted


def _short(text: str) -> str:
    if len(text) > 5:
        raise ValueError("is long")
    return text.upper()


class Inner(Shape):
    """Held by another."""

    size = key(Whole(1, 9))
    note = key(Text(), "none")


class Outer(Shape):
    """Holds others."""

    inner = key(Entry(Inner), None)
    many = key(ListOf(Entry(Inner)), ())
    names = key(MappingOf(Text(_short), keys=Text(_short)), {})
    from_ = key(Truth(), False, name="from")


def mistakes(kind: Kind[Any], value: object) -> tuple[Mistake, ...]:
    """What is wrong with a value."""
    with pytest.raises(RefusedError) as caught:
        kind.taken(value)
    return caught.value.mistakes


def test_every_mistake_is_found_with_the_way_to_it() -> None:
    found = mistakes(
        Entry(Outer),
        {
            "inner": {"size": 10, "colour": 1},
            "many": [{"size": 1}, {}, {"size": "x"}, 3],
            "names": {"a": "too long", "too long": "b"},
            "from_": True,
        },
    )
    assert [each.steps for each in found] == [
        ("inner", "size"),
        ("inner", "colour"),
        ("many", 1, "size"),
        ("many", 2, "size"),
        ("many", 3),
        ("names", "a"),
        ("names", "too long", "[key]"),
        ("from_",),
    ]
    assert [each.steps for each in found if each.fault is Fault.UNKNOWN] == [
        ("inner", "colour"),
        ("from_",),
    ]


def test_what_is_right_is_taken_and_what_is_left_out_has_its_default() -> None:
    taken = Entry(Outer).taken(
        {"many": [{"size": 2, "note": " x "}], "names": {"a": "b"}, "from": True}
    )
    assert (taken.inner, taken.names, taken.from_) == (None, {"A": "B"}, True)
    assert [(each.size, each.note) for each in taken.many] == [(2, "x")]
    assert Entry(Inner).taken({"size": 9}).note == "none"


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (Text(), Unquoted("no")),
        (Text(), 1),
        (Text(), None),
        (Text(), ["x"]),
        (Text(least=1), "  "),
        (Text(most=2), "abc"),
        (Text(_short), "abcdef"),
        (Truth(), 1),
        (Truth(), "true"),
        (Whole(1, 9), True),
        (Whole(1, 9), 2.0),
        (Whole(1, 9), 0),
        (Whole(1, 9), 10),
        (Number(0, 1), True),
        (Number(0, 1), "0.5"),
        (Number(0, 1), float("nan")),
        (Number(0, 1), float("inf")),
        (Number(0, 1), 1.01),
        (Number(0, 1, is_above=True), 0),
        (OneOf("a", "b"), "A"),
        (OneOf("a", "b"), None),
        (Day(checked_date), "2026-1-1"),
        (OrEmpty(Day(checked_date)), ""),
        (ListOf(Text(), least=1), []),
        (ListOf(Text(), most=1), ["a", "b"]),
        (ListOf(Text()), ("a",)),
        (MappingOf(Text()), []),
        (Entry(Inner), []),
    ],
)
def test_a_value_of_another_kind_is_refused(kind: Kind[Any], value: object) -> None:
    (mistake,) = mistakes(kind, value)
    assert mistake.steps == ()
    assert mistake.message


@pytest.mark.parametrize(
    ("kind", "value", "taken"),
    [
        (Text(_short, most=5), " abc ", "ABC"),
        (Text(is_stripped=False), " a", " a"),
        (Text(takes_numbers=True), 7, "7"),
        (Text(takes_numbers=True), Unquoted("on"), "on"),
        (Whole(1, 9), 9, 9),
        (Number(0, 1), 1, 1.0),
        (OrEmpty(Day(checked_date)), None, None),
        (Day(checked_date), "2026-10-01", date(2026, 10, 1)),
        (ListOf(OneOf("a", "b")), ["b", "b"], ("b", "b")),
    ],
)
def test_a_value_of_a_kind_is_taken(kind: Kind[Any], value: object, taken: object) -> None:
    assert kind.taken(value) == taken
    assert type(kind.taken(value)) is type(taken)
