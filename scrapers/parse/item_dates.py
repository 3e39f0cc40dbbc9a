"""Give each date of a page to the title that it belongs to: that of its card, row or line."""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import NamedTuple

from selectolax.lexbor import LexborNode

from audit.model.value import Dated
from scrapers.parse.date_words import DateStyle, Told
from scrapers.parse.dated import ancestors
from scrapers.parse.document import Document
from scrapers.parse.entry_titles import ANY_HEADING, HEADINGS, Title
from scrapers.parse.thread_dates import told_of

_MOST_TITLES = 1_000
"""Titles of a flat list beyond which its dates belong to nobody."""

_CARDS = 40
"""Titles within a block, and as many beside it, that are asked whether they head a card."""

_LIST_OF_THREADS = 2
"""Entries dated by their last reply from which on a list is one of threads.

A single "Latest post" stands beside the newest entry of a blog as well.
"""


class DateOf(NamedTuple):
    """A date of an entry, with what the page calls it; None where it calls it nothing."""

    dated: Dated
    told: Told | None


@dataclass(slots=True)
class Marks:
    """Where the titles and dates of a page stand.

    `titles_in` and `dates_in` hold, for each block around them, the indexes of its titles and the
    number of its dates. `places` numbers them and the blocks in the order of the page, and
    `single_dates` lists the places at which blocks with one date begin. Elements are named by
    `mem_id`.
    """

    titles_in: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    dates_in: Counter[int] = field(default_factory=Counter)
    places: dict[int, int] = field(default_factory=dict)
    single_dates: list[int] = field(default_factory=list)
    headed: dict[int, bool] = field(default_factory=dict)

    def is_headed(self, index: int, titles: Sequence[Title]) -> bool:
        """Tell whether a title stands in a heading; each is looked at once."""
        if index not in self.headed:
            self.headed[index] = _is_headed(titles[index].node)
        return self.headed[index]

    def number(self, body: LexborNode | None) -> None:
        """Number the elements in the order of the page; once, as it walks the whole page."""
        if self.places or body is None:
            return
        marked = self.titles_in.keys() | self.dates_in.keys()
        for place, element in enumerate(body.traverse()):
            if (key := element.mem_id) in marked:
                self.places[key] = place
                self.single_dates += [place] if self.dates_in.get(key) == 1 else []


def dates_of(
    titles: list[Title],
    dates: list[tuple[LexborNode, Dated]],
    marks: Marks,
    document: Document,
    style: DateStyle,
) -> Mapping[int, Sequence[DateOf]]:
    """Return the dates of each title that has any, by its index.

    Dates of last replies are told apart only where several entries have one.
    """
    placed: list[tuple[LexborNode, int, DateOf]] = []
    for node, dated in dates:
        index = _title_for(node, marks, titles, document.tree.body)
        if index is not None:
            title = titles[index].link.text
            told = told_of(node, title, marks.dates_in, document.words, style.words)
            placed.append((node, index, DateOf(dated, told)))
    replies = [node for node, _, date in placed if date.told is Told.ACTIVE]
    replies_in = Counter(block.mem_id for node in replies for block in ancestors(node))
    found: dict[int, list[DateOf]] = defaultdict(list)
    for node, index, date in placed:
        if date.told is not Told.ACTIVE:
            found[index].append(date)
        elif len(replies) >= _LIST_OF_THREADS:
            found[_title_of_row(node, index, marks, titles, replies_in)].append(date)
        else:
            found[index].append(date._replace(told=None))
    return found


def _title_of_row(
    node: LexborNode,
    index: int,
    marks: Marks,
    titles: list[Title],
    replies_in: Mapping[int, int],
) -> int:
    """Return the thread that a last reply belongs to: the title of the row, not of its cell.

    Beside the date of a last reply stand links to that reply and to who wrote it. A row holds one
    last reply, and another date.
    """
    row = next((block for block in ancestors(node) if marks.dates_in[block.mem_id] > 1), None)
    if row is None or replies_in[row.mem_id] > 1:
        return index
    return _best(marks.titles_in.get(row.mem_id, [index]), titles)


def marks_of(titles: list[Title], dates: list[tuple[LexborNode, Dated]]) -> Marks:
    """Count titles and dates for each block around them."""
    marks = Marks()
    for index, (_, node) in enumerate(titles):
        for ancestor in ancestors(node):
            marks.titles_in[ancestor.mem_id].append(index)
    for node, _ in dates:
        for ancestor in ancestors(node):
            marks.dates_in[ancestor.mem_id] += 1
    return marks


def _title_for(
    node: LexborNode,
    marks: Marks,
    titles: list[Title],
    body: LexborNode | None,
) -> int | None:
    """Return the index of the title that a date belongs to; None where there is none.

    It stands in the largest block around the date that holds no other date, and no other card; in a
    flat list, where that block holds no title, beside the date.
    """
    block: LexborNode | None = None
    for ancestor in ancestors(node):
        if block is not None and _holds_other_cards(ancestor, block, marks, titles):
            return _best(marks.titles_in[block.mem_id], titles)
        if marks.dates_in[ancestor.mem_id] > 1:
            inside = marks.titles_in.get(block.mem_id, []) if block is not None else []
            if inside:
                return _best(inside, titles)
            marks.number(body)
            return _beside(node, ancestor, marks, titles)
        block = ancestor
    inside = marks.titles_in.get(block.mem_id, []) if block is not None else []
    # A lone date with more titles around it belongs to none of them.
    return _best(inside, titles) if inside and len(inside) <= 12 else None


def _holds_other_cards(
    around: LexborNode, block: LexborNode, marks: Marks, titles: list[Title]
) -> bool:
    """Tell whether a block has the heading of a card, and blocks like it beside it have others.

    The dates of those may be unread, as they stand in a long text; this one is none of theirs.
    """
    inside = marks.titles_in.get(block.mem_id, [])
    if not 0 < len(inside) <= _CARDS or len(marks.titles_in[around.mem_id]) == len(inside):
        return False
    own = {titles[index].link.url for index in inside if marks.is_headed(index, titles)}
    beside = (
        index
        for sibling in islice(around.iter(), _CARDS)
        if sibling.mem_id != block.mem_id and _is_alike(sibling, block)
        for index in marks.titles_in.get(sibling.mem_id, [])[:_CARDS]
    )
    return bool(own) and any(
        marks.is_headed(index, titles) and titles[index].link.url not in own for index in beside
    )


def _is_alike(one: LexborNode, other: LexborNode) -> bool:
    """Tell whether two elements are of one tag and class, as the cards of a list are."""
    return one.tag == other.tag and one.attributes.get("class") == other.attributes.get("class")


def _best(indexes: list[int], titles: list[Title]) -> int:
    """Return the index of a block's title: a link in a heading, else the one with most words."""
    for index in indexes:
        if _is_headed(titles[index].node):
            return index
    return max(indexes, key=lambda index: (len(titles[index].link.text), -index))


def _is_headed(node: LexborNode) -> bool:
    """Tell whether a link stands in a heading, or around one."""
    in_heading = any(ancestor.tag in HEADINGS for ancestor in ancestors(node))
    return in_heading or node.css_first(ANY_HEADING) is not None


def _beside(
    node: LexborNode,
    container: LexborNode,
    marks: Marks,
    titles: list[Title],
) -> int | None:
    """Return the index of the title next to a date in a flat list; None where there is none.

    It is the title before the date, or the one after it in a list whose first date comes first; the
    one after it where the date is a term (`dt`), which is followed by what it is the term of.
    """
    inside = marks.titles_in.get(container.mem_id, [])
    here, around = marks.places.get(node.mem_id), marks.places.get(container.mem_id)
    if not inside or len(inside) > _MOST_TITLES or here is None or around is None:
        return None
    places = [marks.places.get(titles[index].node.mem_id, -1) for index in inside]
    # Where the list begins: the first block with one date behind the beginning of the container.
    # There is none where each block holds several, as a line of text with two dates does.
    behind = bisect_right(marks.single_dates, around)
    first_date = marks.single_dates[behind] if behind < len(marks.single_dates) else here
    after = bisect_left(places, here)
    is_term = any(ancestor.tag == "dt" for ancestor in islice(ancestors(node), 3))
    if places[0] <= first_date and not is_term:
        return inside[after - 1] if after else None
    return inside[after] if after < len(inside) else inside[-1]
