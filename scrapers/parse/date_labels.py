"""Tell the date of a change from that of a publication, by names and words around an element."""

import re

from selectolax.lexbor import LexborNode

from scrapers.parse.date_words import DateWords, Told, folded
from scrapers.parse.element_text import Words
from scrapers.parse.remembered import remembered

_CHANGED_NAME = re.compile(
    r"(?<![a-z])(?:updated|modified|edited|revised|(?:last|date)[-_]?update|update[-_]?(?:date|time))"
)
"""In a class, id or property: "updated", "last-modified", "dateModified"; an "update" is a post."""

_DATE_NAME = re.compile(r"date|time|publish|post|entry|created")
_LABEL = 60
"""Characters before or behind a date in which a word for it stands."""

_YEAR = re.compile(r"(?:19|20)\d{2}")
_BLOCKS = "h1 h2 h3 h4 h5 h6 a p ul ol table time article section"
_NO_LABELS = frozenset(_BLOCKS.split())
"""Elements that hold titles and texts, or dates of their own, and no words for the next date."""

_ENDS = frozenset({"body", "main", "article", "section", "li", "tr"})
_LONGEST = 2_000
"""Characters of a neighbour that are read; its last ones count."""

_MAX_STEPS = 3
"""Elements around a date, and neighbours of each, that are looked at for words."""


def is_of_change(node: LexborNode, words: DateWords, texts: Words) -> bool:
    """Tell whether an element that holds a date holds that of a change.

    Its names say so (`class="updated"`, `dateModified`), its own words, or those beside it:
    "Updated <time>". WordPress's `entry-date updated` is a date of publication. `texts` reads the
    words of the page's elements.
    """
    itemprop = (node.attributes.get("itemprop") or "").lower()
    if "datepublished" in itemprop:
        return False
    if _is_named_so(node) or (_is_named_so(node.parent) and _is_short(node.parent, texts)):
        return True
    told = words.told_in(folded(_text(node, texts)))
    told = told or words.told_at_end(words_before(node, texts))
    if told is not None:
        return told is Told.CHANGED
    return words.changed.match(_behind(node, texts)) is not None


def is_of_reply(node: LexborNode, words: DateWords, texts: Words) -> bool:
    """Tell whether an element holds the date of the last reply to a page, by words beside it.

    "Last reply by Ann on 3 May" stands at the head of a thread that began long before.
    """
    own = words.told_of_thread(folded(_text(node, texts)))
    return (own or words.told_of_thread(words_before(node, texts))) is Told.ACTIVE


def _is_named_so(node: LexborNode | None) -> bool:
    """Tell whether the names of an element speak of a change and of no other date."""
    if node is None:
        return False
    attributes = node.attributes
    values = (attributes.get(name) or "" for name in ("class", "id", "itemprop"))
    return _speaks_of_change(" ".join(values)[:500])


# The elements of a list have the same names.
@remembered(4_096)
def _speaks_of_change(called: str) -> bool:
    """Tell whether the names of an element speak of a change and of no other date."""
    # "dateModified" becomes "date-modified".
    names = re.sub(r"(?<=[a-z])(?=[A-Z])", "-", called).lower().split()
    changed = {name for name in names if _CHANGED_NAME.search(name)}
    others = (name for name in names if name not in changed)
    return bool(changed) and not any(_DATE_NAME.search(name) for name in others)


def _is_short(node: LexborNode | None, texts: Words) -> bool:
    """Tell whether an element holds little more than a date."""
    return node is not None and len(texts.raw(node, 2 * _LABEL + 1)) <= 2 * _LABEL


def _text(node: LexborNode, texts: Words) -> str:
    """Return the words of an element where they are few; "" for a block of text."""
    text = texts.raw(node, 2 * _LABEL + 1)
    return " ".join(text.split()) if len(text) <= 2 * _LABEL else ""


def words_before(node: LexborNode, texts: Words) -> str:
    """Return the words just before an element, `folded`; "" where a title or a date stands there.

    They stand beside it, or beside what holds it alone.
    """
    current: LexborNode | None = node
    for _ in range(_MAX_STEPS):
        if current is None or current.tag in _ENDS:
            return ""
        text = _neighbours(current, texts)
        if text.strip():
            return folded(" ".join(text.split())[-_LABEL:])
        current = current.parent
    return ""


def _neighbours(node: LexborNode, texts: Words) -> str:
    """Return the words of what stands before an element in the same parent."""
    text, sibling = "", node.prev
    for _ in range(2 * _MAX_STEPS):
        if sibling is None or sibling.tag in _NO_LABELS:
            break
        piece = _piece(sibling, texts)[-2 * _LABEL :]
        if _YEAR.search(piece):
            # Behind another date's words only what follows that date is this one's.
            text = _YEAR.split(piece)[-1] + text
            break
        text = f"{piece} {text}"
        sibling = sibling.prev
    return text


def _piece(node: LexborNode, texts: Words) -> str:
    """Return the words of a text or of an element."""
    return (node.text_content or "") if node.is_text_node else texts.raw(node, _LONGEST)


def _behind(node: LexborNode, texts: Words) -> str:
    """Return the words just behind an element, `folded`; "" where they belong to another date."""
    following = node.next
    if following is None or not following.is_text_node:
        return ""
    after = following.next
    if after is not None and (after.tag == "time" or _YEAR.search(_piece(after, texts)[:_LABEL])):
        return ""
    return folded(" ".join((following.text_content or "")[:_LABEL].split()).lstrip(" (,（·|-"))
