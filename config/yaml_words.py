"""Says in plain words what a parser of YAML stumbled over, where, and what to write instead."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from config.positions import Place

if TYPE_CHECKING:
    from ruamel.yaml.error import MarkedYAMLError, StreamMark

_QUOTE = re.compile(r"""['"]""")
_COLON = re.compile(r":\s")
_TOKEN = re.compile(r"character '(.+)' that cannot start")
_BEGINNINGS = ("anchor", "alias", "block scalar", "directive", "tag")
"""What the parser takes a text for that begins with `&`, `*`, `>`, `|`, `%` or `!`."""


def in_words(error: MarkedYAMLError, text: str) -> tuple[str, Place]:
    """The sentence for a mistake in YAML, and the place where a person would look for it."""
    mark, start = error.problem_mark or error.context_mark, error.context_mark
    problem, context = error.problem or "", error.context or ""
    place = _place(mark)
    if "quoted scalar" in context and "unexpected" in problem:
        return "the quote that opens here is never closed; close it with the same sign", _place(
            start
        )
    if "flow" in context and "stream end" in problem:
        return "the bracket that opens here is never closed; close it", _place(start)
    if any(word in context for word in _BEGINNINGS):
        return _beginning(_sign(text, start)), _place(start)
    return _at(problem, context, text, place), place


def _at(problem: str, context: str, text: str, place: Place) -> str:  # noqa: PLR0911 - a table
    """The sentence for a mistake that is where the parser stopped."""
    token = _TOKEN.search(problem)
    if "\\t" in problem or "tab" in problem:
        return "a tab stands where only spaces may; indent with spaces"
    if token is not None:
        return _beginning(token[1])
    if "mapping values are not allowed" in problem:
        return _second_colon(_line(text, place.line)[: place.column - 1])
    if "expected <block end>" in problem:
        return _misplaced(problem)
    if "flow" in context:
        return (
            "a comma or a closing bracket is missing before this; write { key: value, key: value } "
            "or [ value, value ]"
        )
    if "unknown escape" in problem:
        return "in double quotes `\\` has a meaning of its own; use single quotes: '…'"
    if "node content" in problem or "keys are not allowed" in problem:
        return _beginning(_line(text, place.line)[place.column - 1 : place.column])
    return f"this is not YAML ({problem or context}); check indentation, colons and quotes"


def _beginning(sign: str) -> str:
    return f'a text cannot begin with `{sign}` here; put it in quotes: "{sign}…"'


def _second_colon(before: str) -> str:
    unquoted = (part.lstrip() for part in _QUOTE.split(before.lstrip(" -") + " "))
    if any(_COLON.search(part, 1) for part in unquoted):
        return 'a text that holds a colon and a space must stand in quotes: "One: two"'
    return (
        "this line does not fit the line above; begin all keys of one entry in the same column, "
        "and write a colon after each key"
    )


def _misplaced(problem: str) -> str:
    if "<scalar>" in problem:
        return (
            "something follows after a text in quotes; put all of it in quotes, and write a quote "
            "inside the text with the other kind of quotes around it"
        )
    return (
        "this line does not line up with those above; begin it in the same column as the lines "
        "that it belongs to"
    )


def _line(text: str, number: int) -> str:
    return "".join(text.split("\n")[number - 1 : number])


def _sign(text: str, mark: StreamMark | None) -> str:
    place = _place(mark)
    return _line(text, place.line)[place.column - 1 : place.column]


def _place(mark: StreamMark | None) -> Place:
    return Place(mark.line + 1, mark.column + 1) if mark else Place(1, 1)
