"""Say in plain words what a parser of YAML stumbled over, where, and what to write instead."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from config.positions import Place

if TYPE_CHECKING:
    from ruamel.yaml.error import MarkedYAMLError, StreamMark

_QUOTE = re.compile(r"""['"]""")
_QUOTED = re.compile(r"'[^']{0,500}'|\"[^\"]{0,500}\"")
_REMARK = re.compile(r"(?<=\s)(#[^\s,\]}]{1,200})[^\]}]{0,500}[\]}]")
"""What YAML takes for a remark, with a bracket in it that was meant to close."""

_LINES = 50
"""Lines above the place where the parser gave up that are looked at."""

_MAX_LINE = 2_000
_COLON = re.compile(r":\s")
_TOKEN = re.compile(r"character '(.+)' that cannot start")
_SIGN_CONTEXTS = ("anchor", "alias", "block scalar", "directive", "tag")
"""What the parser takes a text for that begins with `&`, `*`, `>`, `|`, `%` or `!`."""


def in_words(error: MarkedYAMLError, text: str) -> tuple[str, Place]:
    """Return the sentence for a mistake in YAML, and the place where a person would look for it.

    `text` is the whole file; the parser's own place is often where it gave up, far below.
    """
    mark, start = error.problem_mark or error.context_mark, error.context_mark
    problem, context = error.problem or "", error.context or ""
    place = _place_of(mark)
    if "flow" in context and (remark := _remark_in_flow(text, place.line)) is not None:
        return (
            "a `#` behind a space begins a remark, which hides the rest of the line; put the text "
            f'in quotes: "{remark[0]}"',
            remark[1],
        )
    if "quoted scalar" in context and "unexpected" in problem:
        return "the quote that opens here is never closed; close it with the same sign", _place_of(
            start
        )
    if "flow" in context and "stream end" in problem:
        return "the bracket that opens here is never closed; close it", _place_of(start)
    if "expected ':'" in problem and start is not None:
        # The parser notices it a line later: `own true` may have gone on there.
        key = _line(text, _place_of(start).line).split()
        word = next((part for part in key if part != "-"), "")[:40]
        return f"a colon is missing: write `{word}: …`", _place_of(start)
    if any(word in context for word in _SIGN_CONTEXTS):
        return _refused_sign(_sign(text, start)), _place_of(start)
    return _sentence_at(problem, context, text, place), place


def _remark_in_flow(text: str, last: int) -> tuple[str, Place] | None:
    """Return what was meant where a remark hides the end of a bracket, and its place, or None.

    In `{css: #news}` the bracket is never closed: `#news}` is a remark. The parser gives up some
    lines below, at line `last`.
    """
    for number in range(last, max(0, last - _LINES), -1):
        line = _line(text, number)[:_MAX_LINE]
        bare = _QUOTED.sub(lambda match: "_" * len(match[0]), line)
        remark = _REMARK.search(bare)
        before = bare[: remark.start()] if remark is not None else ""
        opened = before.count("{") + before.count("[") > before.count("}") + before.count("]")
        if remark is not None and opened:
            return line[remark.start(1) : remark.end(1)], Place(number, remark.start(1) + 1)
    return None


def _sentence_at(problem: str, context: str, text: str, place: Place) -> str:  # noqa: PLR0911 - a table
    """Return the sentence for a mistake that is where the parser stopped."""
    token = _TOKEN.search(problem)
    if "\\t" in problem or "tab" in problem:
        return "a tab stands where only spaces may; indent with spaces"
    if token is not None:
        return _refused_sign(token[1])
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
        return _refused_sign(_line(text, place.line)[place.column - 1 : place.column])
    return (
        "this line cannot be understood; compare it with those above: the same spaces before each "
        "key, a colon and a space behind it, and quotes around a text that holds signs"
    )


def _refused_sign(sign: str) -> str:
    """Return the sentence for a text that begins with a sign of YAML."""
    return f'a text cannot begin with `{sign}` here; put it in quotes: "{sign}…"'


def _second_colon(before: str) -> str:
    """Return the sentence for a second `: ` in a line, by what stands before it."""
    if "\u00a0" in before:
        return "a no-break space stands where only usual ones may; type the spaces anew"
    # Part by part, since one pattern over a line of a megabyte of colons takes minutes.
    unquoted = (part.lstrip() for part in _QUOTE.split(before.lstrip(" -") + " "))
    if any(_COLON.search(part, 1) for part in unquoted):
        return 'a text that holds a colon and a space must stand in quotes: "One: two"'
    return (
        "this line does not fit the line above; begin all keys of one entry in the same column, "
        "and write a colon after each key"
    )


def _misplaced(problem: str) -> str:
    """Return the sentence for what stands where no entry or key can."""
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
    """Return a line of the text, counted from 1; empty beyond the last."""
    # `splitlines` would also split at signs that YAML takes for part of a line.
    return "".join(text.split("\n")[number - 1 : number])


def _sign(text: str, mark: StreamMark | None) -> str:
    """Return the sign at a mark of the parser."""
    place = _place_of(mark)
    return _line(text, place.line)[place.column - 1 : place.column]


def _place_of(mark: StreamMark | None) -> Place:
    """Return the place of a mark of the parser, which counts from 0; the first place for none."""
    return Place(mark.line + 1, mark.column + 1) if mark else Place(1, 1)
