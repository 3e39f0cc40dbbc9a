"""Tell when a thread began from when somebody last wrote in it, as lists of threads date both."""

import re
from collections.abc import Iterator, Mapping

from selectolax.lexbor import LexborNode

from scrapers.parse.date_labels import words_before
from scrapers.parse.date_words import DateWords, Told, folded
from scrapers.parse.dated import ancestors
from scrapers.parse.element_text import Words

_ACTIVE_NAME = re.compile(
    # In whole names: `last-post__date` is of the newest post of a blog as often.
    r"(?:^| )(?:thread|topic)?[-_]?last[-_]?(?:post|poster|message|comment|answer)(?= |$)"
    r"|last[-_]?(?:repl|activ)|latest[-_](?:date|repl|activ)|freshness"
)
"""What forums call the place of the last reply: `lastpost`, `latestDate`, `topic-freshness`."""

_BEGUN_NAME = re.compile(
    r"start[-_]date|(?<![a-z])(?:started|asked|created)(?![a-z])"
    r"|(?:date[-_](?:published|created))|first[-_]post|topic[-_](?:poster|starter)"
)
"""What they call that of the beginning: `startDate`, `topic-poster`, `datePublished`."""

_CELLS = frozenset({"td", "th", "dd", "dt", "li", "tr", "article", "section"})
"""Elements beyond which words belong to something else than the date."""

_LONGEST = 200
"""Characters of a block that are read for words by a date."""

_MAX_NAMES = 300
_DIGIT = re.compile(r"\d")
_MAX_CELLS = 20
"""Columns of a table that are looked at for their headings."""


def told_of(
    node: LexborNode, title: str, dates_in: Mapping[int, int], texts: Words, words: DateWords
) -> Told | None:
    """Tell what a date in a list of threads is: ACTIVE, PUBLISHED, or None where nothing says so.

    By the names around it (`class="lastpost"`), by the words before it in its cell ("Last reply by
    Ann"), or by the heading of its column. The words of the thread's `title` say nothing.
    `dates_in` counts the dates in each block by its `mem_id`: what several share says nothing of
    one.
    """
    blocks = list(_cell(node, dates_in))
    return (
        _by_names(blocks)
        or _by_words(node, title, blocks, texts, words)
        or words.told_of_thread(folded(_heading_above(node, texts)))
    )


def _cell(node: LexborNode, dates_in: Mapping[int, int]) -> Iterator[LexborNode]:
    """Yield an element and those around it up to its cell, as long as they hold no other date."""
    for block in ancestors(node):
        if dates_in.get(block.mem_id, 0) > 1:
            return
        yield block
        if block.tag in _CELLS:
            return


def _by_names(blocks: list[LexborNode]) -> Told | None:
    """Tell what the names of the date's own element and of those around it say, the nearest first.

    One that holds a heading is the whole entry, whose names say nothing of the date.
    """
    for block in blocks:
        if block.css_first("h1,h2,h3,h4,h5,h6") is not None:
            return None
        called = " ".join(block.attributes.get(name) or "" for name in ("class", "id", "itemprop"))
        # "latestDate" becomes "latest-date".
        names = re.sub(r"(?<=[a-z])(?=[A-Z])", "-", called[:_MAX_NAMES]).lower()
        if _ACTIVE_NAME.search(names):
            return Told.ACTIVE
        if _BEGUN_NAME.search(names):
            return Told.PUBLISHED
    return None


def _by_words(
    node: LexborNode, title: str, blocks: list[LexborNode], texts: Words, words: DateWords
) -> Told | None:
    """Tell what the words by a date say: its own, then those before it, the nearest first.

    Between those and the date stands no other number: in "started by Ann, 14 replies, 3 May" they
    are not of the date.
    """
    own = _text(node, texts)
    if told := words.told_of_thread(folded(own)):
        return told
    labels = [words_before(node, texts)]
    if own and title:
        befores = (_text(block, texts).partition(own) for block in blocks[1:])
        labels += [before.rpartition(title)[2] for before, found, _ in befores if found]
    nearest = (_DIGIT.split(label)[-1] for label in labels if label)
    return next(filter(None, (words.told_of_thread(folded(label)) for label in nearest)), None)


def _text(node: LexborNode, texts: Words) -> str:
    """Return the words of an element where they are few; "" for a block of text."""
    text = texts.raw(node, _LONGEST + 1)
    return " ".join(text.split()) if len(text) <= _LONGEST else ""


def _heading_above(node: LexborNode, texts: Words) -> str:
    """Return the heading of the column of a table that an element stands in; "" for none."""
    cell = next((block for block in ancestors(node) if block.tag in ("td", "th")), None)
    table = next((block for block in _outwards(cell) if block.tag == "table"), None)
    if cell is None or table is None:
        return ""
    column = sum(_span(cell_before) for cell_before in _before(cell))
    first = table.css_first("tr")
    for heading in _cells_of(first) if first is not None else ():
        column -= _span(heading)
        if column < 0:
            return _text(heading, texts)
    return ""


def _outwards(node: LexborNode | None) -> Iterator[LexborNode]:
    """Yield the elements around a cell, up to its table."""
    for _ in range(4):
        node = node.parent if node is not None else None
        if node is None:
            return
        yield node


def _before(cell: LexborNode) -> Iterator[LexborNode]:
    """Yield the cells before one in its row."""
    sibling = cell.prev
    for _ in range(4 * _MAX_CELLS):
        if sibling is None:
            return
        if sibling.tag in ("td", "th"):
            yield sibling
        sibling = sibling.prev


def _cells_of(row: LexborNode) -> Iterator[LexborNode]:
    """Yield the first cells of a row; one by one, as a hostile row has a hundred thousand."""
    cell = row.child
    for _ in range(4 * _MAX_CELLS):
        if cell is None:
            return
        if cell.tag in ("td", "th"):
            yield cell
        cell = cell.next


def _span(cell: LexborNode) -> int:
    """Return how many columns a cell takes."""
    span = cell.attributes.get("colspan") or ""
    return int(span) if span.isdigit() and len(span) < 3 and int(span) else 1
