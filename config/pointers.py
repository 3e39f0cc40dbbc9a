"""What a person points with: CSS selectors, regular expressions, paths into JSON.

They are tried when the file is checked, and read pages in `scrapers/page/pointed.py`.
"""

import re
from functools import lru_cache

MAX_POINTER = 500
"""Characters of a selector, an expression or a path."""

Steps = tuple[str | int, ...]
"""The keys and places, from the top, that lead to a value in JSON."""

_STEP = re.compile(
    r"\.?(?P<name>[^\s.\[\]\"']{1,200})"
    r"|\[(?P<place>-?\d{1,6})\]"
    r"|\[\"(?P<quoted>[^\"\]]{1,200})\"\]"
    r"|\['(?P<single>[^'\]]{1,200})'\]"
)
"""One step of a path: `.name`, `[0]`, `["odd name"]`."""

_MAX_STEPS = 30
_PIECES = re.compile(r"[^\s,>+~]+")
"""The parts of a selector between commas, spaces and signs."""


def checked_css(selector: str) -> str:
    """Return a CSS selector as it is.

    Raises:
        ValueError: it is none, or too long; names the part that cannot be read.
    """
    _refuse_long(selector, "selector")
    if not is_css(selector):
        wrong = next((part for part in _PIECES.findall(selector) if not is_css(part)), selector)
        where = f"`{wrong[:80]}` " if wrong != selector else ""
        raise ValueError(f"{where}is no CSS selector; write it as in .entry, #news li or h3 a")
    return selector


def is_css(selector: str) -> bool:
    """Tell whether a text is a CSS selector, by asking an empty page for it."""
    from selectolax.lexbor import LexborHTMLParser, SelectolaxError

    try:
        LexborHTMLParser("<p>").css_first(selector)
    except SelectolaxError:
        return False
    return True


def checked_regex(expression: str) -> str:
    """Return a regular expression as it is.

    Raises:
        ValueError: it is none, or too long; says at which of its characters.
    """
    import regex

    _refuse_long(expression, "regular expression")
    try:
        regex.compile(expression)
    except regex.error as error:
        at = f" at its character {error.pos + 1}" if error.pos is not None else ""
        raise ValueError(f"is no regular expression: {error.msg}{at}") from error
    return expression


def checked_path(path: str) -> str:
    """Return a path into JSON as it is.

    Raises:
        ValueError: it is none, or too long; says how one is written.
    """
    _refuse_long(path, "path")
    if json_steps(path) is None:
        raise ValueError('is no path into JSON; write it as in stats.customers or items[0]["a b"]')
    return path


@lru_cache(maxsize=256)
def json_steps(path: str) -> Steps | None:
    """Return the steps of a path into JSON; None for a text that is none.

    `stats.items[0]["odd name"]` is ("stats", "items", 0, "odd name"). A leading `$` may stand for
    the top, and a place may count from the end: `[-1]` is the last.
    """
    text = path.strip()
    position = 1 if text.startswith(("$.", "$[")) else 0
    steps: list[str | int] = []
    while position < len(text) and len(steps) < _MAX_STEPS:
        match = _STEP.match(text, position)
        if match is None:
            return None
        steps.append(int(match["place"]) if match["place"] else _name_in(match))
        position = match.end()
    return tuple(steps) if steps and position == len(text) else None


def _name_in(match: re.Match[str]) -> str:
    """Return the key that a step names, in whichever way it is written."""
    return match["name"] or match["quoted"] or match["single"]


def _refuse_long(text: str, what: str) -> None:
    """Raise a `ValueError` for a text that is empty or longer than anybody writes."""
    if not text.strip():
        raise ValueError(f"must not be empty; write a {what}, or delete the line")
    if len(text) > MAX_POINTER:
        raise ValueError(f"has {len(text)} characters; {MAX_POINTER} are allowed")
