"""Recognise answers to frequent questions, and glossaries, by their shape."""

from collections.abc import Iterator

from scrapers.page.called import is_called, is_headed
from scrapers.page.words import LinkWords
from scrapers.parse.document import Document
from scrapers.parse.element_names import holding

_QUESTIONS = 5
"""Questions from which on a page is one of frequent questions."""

_TERMS = 10
"""Terms from which on a list in a page called glossary is one."""

_LISTS = 100
_PLACES = "summary,dt,button,h2,h3,h4,h5"
_ANY_PLACES = f"{_PLACES},p,li,strong,b"
_MARKS = ("?", "？", "؟", "か", "か。")
"""What a question ends in; in Japanese without a sign, too."""

_GREEK = (";", "\u037e")


def shown_questions(document: Document, link_words: LinkWords) -> Iterator[str]:
    """Yield the words by which a page shows questions with their answers, or terms.

    Questions that open; or headings that ask, where something calls itself FAQ. On a page for
    support, which may be persons alone, one below a heading for them will do.
    """
    marks = (*_MARKS, *(_GREEK if document.language == "el" else ()))
    headed = is_headed(document, link_words, "questions")
    if headed and is_called(document, link_words, ("help",)):
        asked = _texts(document, _ANY_PLACES, 300)
        yield from (f"answers: {text}" for text in asked if any(mark in text for mark in marks))
    named = holding(document.names, ("faq",))
    called = headed or any("faq" in name or "FAQ" in name for name in named)
    if called or "summary" in document.tags:
        texts = _texts(document, _PLACES if called else "summary", 80)
        questions = list(dict.fromkeys(text for text in texts if text.endswith(marks)))
        if len(questions) >= _QUESTIONS:
            yield f"{len(questions)} questions: {questions[0]}"
    if "glossar" in document.url.lower():
        for node in document.tree.css("dl")[:_LISTS]:
            if len(terms := node.css("dt")) >= _TERMS:
                yield f"{len(terms)} terms"


def _texts(document: Document, places: str, limit: int) -> list[str]:
    """Return the words of the first elements of some kinds."""
    return [document.words.of(node, limit) for node in document.tree.css(places)[:200]]
