"""Recognise a forum or a board of questions by its list of threads, whatever it is called."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from selectolax.lexbor import LexborNode

from scrapers.page.called import is_called
from scrapers.page.counted import counted_everywhere, nouns_of
from scrapers.page.words import LinkWords
from scrapers.parse.document import Document

_TALKS = ("forum", "community", "talk")
"""Sections of the vocabulary by which pages are called on which readers ask and answer."""

_ROWS = 2
"""Threads with a number of replies from which on a list is one of threads."""

_TABLES = 20
_MAX_ROWS = 60
_MAX_CELLS = 12
_LONGEST = 40
_DIGIT = re.compile(r"\d")


def shown_boards(document: Document, link_words: LinkWords) -> Iterator[str]:
    """Yield the words by which a page shows a list of threads.

    A table whose columns are headed by replies and by the last post is one, wherever it stands.
    Replies alone count where the page calls itself a forum, a community or questions: blogs number
    their comments so too.
    """
    talks = is_called(document, link_words, _TALKS)
    for table in document.elements("table")[:_TABLES]:
        if words := _threads_of(table, document, link_words, talks=talks):
            yield words
    if talks:
        replies = list(islice(counted_everywhere(document, link_words, "count_replies"), _ROWS))
        if len(replies) == _ROWS:
            yield f"threads with {replies[0]}, {replies[1]}"


def _threads_of(
    table: LexborNode, document: Document, link_words: LinkWords, *, talks: bool
) -> str:
    """Return the headings of a table of threads; "" where it is none."""
    rows = table.css("tr")[:_MAX_ROWS]
    # A table within each cell of another has all their cells in its first row.
    cells = rows[0].css("th,td")[:_MAX_CELLS] if rows else []
    heads = [document.words.of(cell, _LONGEST) for cell in cells]
    replies = _column(heads, link_words, "count_replies")
    posts = _column(heads, link_words, "count_posts")
    last = _column(heads, link_words, "date_active") is not None
    topics = _column(heads, link_words, "count_threads") is not None
    # "Topics" and "Posts" alone head a list of keywords as well.
    column = posts if replies is None and last else replies
    if column is None or not (last or (topics and talks)):
        return ""
    numbered = sum(_has_number(row, column, document) for row in rows[1:])
    return " · ".join(head for head in heads if head) if numbered >= _ROWS else ""


def _column(heads: Sequence[str], link_words: LinkWords, section: str) -> int | None:
    """Return the first column whose heading holds a word of a section; None where none does."""
    nouns = nouns_of(link_words.phrases(section))
    return next((place for place, head in enumerate(heads) if nouns.within(head)), None)


def _has_number(row: LexborNode, column: int, document: Document) -> bool:
    """Tell whether a row leads somewhere and has a number in a column."""
    cells = row.css("th,td")[: _MAX_CELLS + 1]
    if column >= len(cells) or row.css_first("a[href]") is None:
        return False
    return _DIGIT.search(document.words.of(cells[column], _LONGEST)) is not None
