"""Recognise features that a site has built itself, by their shape rather than by a vendor."""

import re
from collections.abc import Iterator
from itertools import islice

from selectolax.lexbor import LexborNode

from audit.model.facts import Signal
from audit.model.site import OPEN_TO_EDITS, Certainty
from scrapers.page.boards import shown_boards
from scrapers.page.comments import shown_comments
from scrapers.page.podcasts import shown_podcasts
from scrapers.page.questions import shown_questions
from scrapers.page.ratings import shown_ratings
from scrapers.page.rules import Rules
from scrapers.page.searches import shown_searches
from scrapers.page.widgets import widgets
from scrapers.page.words import LinkWords
from scrapers.parse.document import Document
from scrapers.parse.text import clean
from scrapers.parse.urls import host_of, registrable, segments

Shape = tuple[str, str, bool]
"""A feature, the words of the page that show it, and whether it is supplied to others."""

_STARS = 3
"""Radio fields of one name from which on they may be stars."""

_INPUTS = 2
"""Fields for numbers from which on a page called calculator is one."""

_EMBEDDED = 4_000
"""Characters of an element that are looked through for code."""

_MAX_SHOWN = 60
"""Elements that are looked through for it."""

_EDITS = re.compile(r"[?&](?:ve)?action=edit|[?&]do=edit|/_?edit(?:/|$)|cmd=edit", re.I)
_HISTORIES = re.compile(
    r"[?&]action=(?:history|info|diff)|[?&]do=revisions|/_?history(?:/|$)|/_?revisions?(?:/|$)",
    re.I,
)
_OPEN = "edit: "
"""How the words of a wiki begin that shows its readers where to edit a page."""

_ACCESS_KEY = re.compile(r" ?\[\w\]$")
"""The key that titles of links tell: "Edit this page [e]"."""

_STAR_NAME = re.compile(r"rating|stars?$|score|bewertung|sterne|^note$|valoraci|voto|ocena", re.I)
_RATED = {
    "ratingValue": "[itemprop=ratingValue]",
    "data-rating-count": "[data-rating-count]",
    "data-average-rating": "[data-average-rating]",
}
_CODE = re.compile(
    r"<(?:iframe|script|img|a)\b[^<>]*?(?:src|href)=[\"']?(?:https?:)?//([\w.-]+)", re.I
)


def shapes(document: Document, rules: Rules) -> tuple[Signal, ...]:
    """Return every self-built feature that the page shows, each once."""
    first: dict[tuple[str, bool], Signal] = {}
    for feature, words, supplied in _all(document, rules):
        first.setdefault((feature, supplied), _signal(document, feature, words, supplied=supplied))
    return tuple(first.values())


def _all(document: Document, rules: Rules) -> Iterator[Shape]:
    """Yield the shapes of all features, some of them several times."""
    yield from _wiki(document, rules.words)
    yield from _questions(document, rules.words)
    yield from _board(document, rules.words)
    yield from _ratings(document, rules)
    yield from _events(document)
    yield from _calculator(document, rules.words)
    yield from _comments(document, rules.words)
    yield from _podcast(document, rules.words)
    yield from _embed_code(document)
    yield from _search(document, rules.words)
    yield from widgets(document)


def told_of(signal: Signal) -> str:
    """Return what a shape tells of its feature: that readers may edit the wiki; else nothing."""
    opened = signal.rule == "shape.wiki" and signal.evidence.excerpt.startswith(_OPEN)
    return OPEN_TO_EDITS if opened else ""


def _wiki(document: Document, link_words: LinkWords) -> Iterator[Shape]:
    """Yield a wiki where pages may be edited and have a history.

    Addresses alone are no proof: the links must say so too. A manual's "Edit this page" on a code
    host comes without a history. Where only the history says what it is ("Show pagesource"),
    readers may not edit.
    """
    likely = (document.links[place] for place in document.links_with(("edit",)))
    edits = [link for link in likely if "edit" in link.url and _EDITS.search(link.url)]
    past = [link for link in document.links if _HISTORIES.search(link.url)] if edits else []
    edit_words, history_words = link_words.phrases("edit"), link_words.phrases("history")
    opened = [link for link in edits if _ACCESS_KEY.sub("", link.text).casefold() in edit_words]
    if opened and past:
        yield "wiki", f"{_OPEN}{opened[0].url} history: {past[0].url}", False
    elif edits and any(link.text.casefold() in history_words for link in past):
        yield "wiki", f"source: {edits[0].url} history: {past[0].url}", False


def _questions(document: Document, link_words: LinkWords) -> Iterator[Shape]:
    """Yield answers to frequent questions, or a glossary."""
    for words in islice(shown_questions(document, link_words), 1):
        yield "knowledge-base", words, False


def _board(document: Document, link_words: LinkWords) -> Iterator[Shape]:
    """Yield a forum by its list of threads."""
    for words in islice(shown_boards(document, link_words), 1):
        yield "forum", words, False


def _ratings(document: Document, rules: Rules) -> Iterator[Shape]:
    """Yield ratings that are shown, and forms with stars to give.

    Radio fields named `rating` are stars where each name has at least three of them; a form of many
    questions has many names.
    """
    for name, selector in _RATED.items():
        present = name in document.items or name in document.names
        if present and (node := document.tree.css_first(selector)) is not None:
            yield "reviews", f"{selector} {document.words.of(node, 40)}", False
    stars = [
        name
        for form in document.forms
        for field in form.fields
        if field.startswith("radio:") and _STAR_NAME.search(name := field.split(":")[1])
    ]
    if len(stars) >= _STARS and len(set(stars)) * _STARS <= len(stars):
        yield "reviews", f"form with {len(stars)} radio fields named {stars[0]}", False
    for words in islice(shown_ratings(document, rules.words, rules.platforms), 1):
        yield "reviews", words, False


def _events(document: Document) -> Iterator[Shape]:
    """Yield the first event in microdata, or in the older hCalendar (`vevent`)."""
    typed = any(kind.endswith("schema.org/Event") for kind in document.items)
    if typed or "vevent" in document.names:
        node = document.tree.css_first('[itemtype$="schema.org/Event"],.vevent')
        if node is not None:
            yield "events", document.words.of(node, 120), False


def _calculator(document: Document, link_words: LinkWords) -> Iterator[Shape]:
    """Yield a page that calls itself a calculator and takes numbers."""
    sections = link_words.of_url(document.url) | link_words.of_text(document.title)
    last = segments(document.url)[-1:] or ("",)
    sections |= link_words.of_text(last[0].replace("-", " "))
    if "calculator" not in sections:
        return
    inputs = document.tree.css("input[type=number],input[type=range],select")
    if len(inputs) >= _INPUTS:
        yield "calculator", f"{document.title}: {len(inputs)} fields", False


def _comments(document: Document, link_words: LinkWords) -> Iterator[Shape]:
    """Yield comments of readers; an empty box for them is none."""
    for words in islice(shown_comments(document, link_words), 1):
        yield "comments", words, False


def _podcast(document: Document, link_words: LinkWords) -> Iterator[Shape]:
    """Yield a podcast by its feed or its player."""
    for words in islice(shown_podcasts(document, link_words), 1):
        yield "podcast", words, False


def _embed_code(document: Document) -> Iterator[Shape]:
    """Yield code that loads something from the site, shown for others to put on their pages."""
    own = registrable(host_of(document.url))
    nodes = document.elements("textarea", "pre", "code", "input")
    for node in islice((node for node in nodes if _may_show_code(node)), _MAX_SHOWN):
        text = node.attributes.get("value") or document.words.raw(node, _EMBEDDED)
        for host in _CODE.findall(text[:_EMBEDDED]) if "<" in text else ():
            if registrable(host.lower()) == own:
                yield "embed", clean(text, 160), True
                return


def _may_show_code(node: LexborNode) -> bool:
    """Tell whether an element may hold code that is shown; a field does that only to be copied."""
    return node.tag != "input" or "readonly" in node.attributes


def _search(document: Document, link_words: LinkWords) -> Iterator[Shape]:
    """Yield a form or field in which readers search the site."""
    for words in islice(shown_searches(document, link_words), 1):
        yield "search", words, False


def _signal(document: Document, feature: str, words: str, *, supplied: bool) -> Signal:
    """Return a shape as a signal of no vendor; on a page that a browser drew, it is visible."""
    rule = f"shape.{feature}"
    return Signal(
        rule=rule,
        feature=feature,
        vendor="",
        strong=True,
        supplies=supplied,
        place="shape",
        url=document.url,
        told=False,
        certainty=Certainty.VISIBLE if document.page.drawn else Certainty.TAG,
        evidence=document.page.proof(rule, clean(words, 200)),
    )
