"""Literals in scripts: found by one of their words, where those within them stand as well."""

import pytest

from scrapers.page.index import Literals, Mark
from tests.scrapers.page.test_signals import rule

VALUES = ("new PumpChat.open(", "PumpChat.mute(", "größePumpe(1", "__p=[")


def found_in(text: str) -> list[tuple[str, int]]:
    """The literals that stand in a text, each with its place."""
    literals = Literals()
    for value in VALUES:
        literals.add(Mark(rule("pumpchat", inline=(value,)), "inline", value))
    return [(mark.value, at) for mark, at in literals.find(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("x=new PumpChat.open(1)", [("new PumpChat.open(", 2)]),
        ("renew PumpChat.open(1)", [("new PumpChat.open(", 2)]),
        ("var größePumpe(1)", [("größePumpe(1", 4)]),
        ("__p=[]", [("__p=[", 0)]),
        ("PumpChat open, new PumpChat", []),
        ("new PumpChatter.open(1)", []),
        ("", []),
    ],
)
def test_a_literal_is_found_where_it_stands_whole(text: str, found: list[tuple[str, int]]) -> None:
    assert found_in(text) == found


def test_a_literal_that_is_added_later_is_found_in_a_text_that_was_read_before() -> None:
    literals, text = Literals(), "PumpChat.mute(1); PumpChat.open(1)"
    literals.add(Mark(rule("pumpchat", inline=("PumpChat.mute(",)), "inline", "PumpChat.mute("))
    assert [at for _, at in literals.find(text)] == [0]
    literals.add(Mark(rule("pumpchat", inline=("PumpChat.open(",)), "inline", "PumpChat.open("))
    assert sorted(at for _, at in literals.find(text)) == [0, 18]
