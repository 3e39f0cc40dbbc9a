"""Recognise a form or a field in which readers search a site, in whatever language it says so."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from selectolax.lexbor import LexborNode

from audit.model.facts import Form
from scrapers.page.words import COMPACT, LinkWords, plain_phrase
from scrapers.parse.document import Document
from scrapers.parse.element_text import opening_tag
from scrapers.parse.urls import segments

_MAX_FIELDS = 200
"""Fields of one page that are looked at."""

_SIGNS = 120
"""Characters of a name or hint that are read."""

_LABEL = 60
"""Characters of the words of a form that are the label of its field; more speak of other things."""

_GLUED = re.compile(r"(?<!re)search")
"""The word as programs join it to others (`txtSearch`, `searchbox`); research is another."""

_ENDING = re.compile(r"\.(?:html?|php|aspx?|jsp|cfm|cgi|pl)$")
_TEXT_TYPES = frozenset({"", "text", "search"})
_TEXTS = ("text:", "search:")
_BUTTONS = ("submit:", "button:")
_NOT_ASKED = (*_BUTTONS, "image:", "checkbox:", "radio:")
_FEW = 3
"""Fields that a search asks for at most; with days, rooms and guests it is one for a booking."""
_OTHER = re.compile(r"^(?:email|password|tel|textarea|file):|mail")
"""Fields of a form that does more than search, whatever a field of it is called."""

_NAMED = ("name", "id", "class")
_SAID = ("placeholder", "aria-label", "title", "value")


def shown_searches(document: Document, link_words: LinkWords) -> Iterator[str]:
    """Yield the words by which a page shows that readers can search the site.

    A form tells it by where it sends to, its name, or its label; a field by its type, its name or
    the hint within it, whether or not a form of its own is around it.
    """
    words = _searching(link_words.phrases("search"))
    for form in document.forms:
        if _is_search(form, words):
            yield f"{form.locator} {' '.join(form.fields)}"
    for node in islice(document.elements("input"), _MAX_FIELDS):
        if _is_field(node, words):
            yield opening_tag(node)


@dataclass(frozen=True, slots=True)
class _Searching:
    """The phrases for searching, as a text may begin or end with them, or hold them anywhere."""

    first: tuple[str, ...]
    last: tuple[str, ...]
    within: tuple[str, ...]

    def calls(self, text: str) -> bool:
        """Tell whether a short text begins or ends with a phrase: "Enter search terms".

        In the middle of others it may speak of anything. Scripts without spaces hold it anywhere.
        """
        if not text:
            return False
        said = plain_phrase(text[:_SIGNS])
        if f"{said} ".startswith(self.first) or f" {said}".endswith(self.last):
            return True
        return not said.isascii() and any(phrase in said for phrase in self.within)


@lru_cache(maxsize=8)
def _searching(phrases: tuple[str, ...]) -> _Searching:
    """Return phrases without capitals and accents, ready to be looked for."""
    plain = sorted(set(map(plain_phrase, phrases)))
    return _Searching(
        first=tuple(f"{phrase} " for phrase in plain),
        last=tuple(f" {phrase}" for phrase in plain),
        # Asked of the phrase as it is written: without accents Korean falls apart into its letters.
        within=tuple(plain_phrase(phrase) for phrase in phrases if COMPACT.search(phrase)),
    )


def _is_search(form: Form, words: _Searching) -> bool:
    """Tell whether a form takes a text and calls itself a search, and asks for nothing else.

    Where a form has a field for a text alone, the few words around it are its label.
    """
    if any(field.startswith("search:") for field in form.fields):
        return True
    texts = [field for field in form.fields if field.startswith(_TEXTS)]
    asked = [field for field in form.fields if not field.startswith(_NOT_ASKED)]
    if not texts or len(asked) > _FEW or any(_OTHER.search(field) for field in form.fields):
        return False
    path = [_ENDING.sub("", part.lower()) for part in segments(form.action)]
    label = form.text if len(texts) == 1 and len(form.text) <= _LABEL else ""
    buttons = (field for field in form.fields if field.startswith(_BUTTONS))
    said = (*path[-2:], *form.locator.split(), label, *buttons)
    return any(_GLUED.search(part) for part in (form.locator.lower(), *path[-2:])) or any(
        words.calls(text) for text in said
    )


def _is_field(node: LexborNode, words: _Searching) -> bool:
    """Tell whether a field for a text is called a search, or says so within it."""
    values = {name: (value or "")[:_SIGNS] for name, value in node.attributes.items()}
    kind = values.get("type", "").lower()
    if kind not in _TEXT_TYPES:
        return False
    names = " ".join(values.get(name, "") for name in _NAMED)
    if _OTHER.search(f"{names} {values.get('placeholder', '')}".lower()):
        return False
    if kind == "search" or _GLUED.search(names.lower()):
        return True
    return any(words.calls(values.get(name, "")) for name in (*_NAMED, *_SAID))
