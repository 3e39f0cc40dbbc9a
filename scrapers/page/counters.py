"""Recognise counters that a script runs up from 0 on the screen: what they show is no figure."""

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborNode

_END = re.compile(
    r"data-(?:[a-z]{1,20}-){0,3}(?:count(?:er|up|to)?|target|to|value|val|number|num|end(?:val)?"
    r"|final|stop|goal|total|amount|figure|odometer)(?:-(?:to|value|end|number|target))?"
    r"|aria-valuenow"
)
"""Attributes in which a counter keeps the number that it ends at; it begins at `data-from`."""

_COUNTER = re.compile(
    r"(?<![a-z])(?:counter|count-?up|count-?to|odometer|numscroller)(?![a-z])", re.I
)
"""The class of an element that a script counts up in."""

_NUMBER = re.compile(r"[1-9]\d{0,14}(?:[.,' \u00a0]\d{1,6}){0,4}|0[.,]\d{0,6}[1-9]\d{0,6}")
_FIRST = ", with words that stand before it, as the page has more of them"
_MAX_NAMES = 300
_FEW = 10
"""Elements within a counter that are looked at."""


def counter_at_zero(node: LexborNode, words: str, source: str) -> str:
    """Say why the 0 in an element's words may be where a counter begins; "" for a plain 0.

    `<b data-count="3417">0</b>` ends at another number; of `<b class="odometer">0</b>` nobody knows
    where it ends. `source` is that of the page, in which a regular expression looks for the number.
    """
    nodes = list(_around(node))
    for element in nodes:
        for name, value in element.attributes.items():
            if value and _END.fullmatch(name) and _NUMBER.fullmatch(value.strip()):
                first = "" if source.count(f"{name}=") < 2 else _FIRST
                return (
                    f"“{words}” is where a counter begins; the number stands in `{name}`: write "
                    f"`regex: '{name}=.?([0-9.,]+)'` in place of `css`{first}"
                )
    if any(_COUNTER.search((each.attributes.get("class") or "")[:_MAX_NAMES]) for each in nodes):
        return f"“{words}” may be where a counter begins; look for the number elsewhere"
    return ""


def _around(node: LexborNode) -> Iterator[LexborNode]:
    """Yield an element, those within it, and the one around it where it holds nothing else."""
    yield node
    yield from node.css("*")[:_FEW]
    parent = node.parent
    if parent is not None and parent.text(deep=True).strip() == node.text(deep=True).strip():
        yield parent
