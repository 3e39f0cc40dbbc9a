"""Read the forms of a page: where they go, what they say, which fields they have."""

import re
from collections.abc import Iterator
from itertools import islice

from selectolax.lexbor import LexborNode

from audit.model.facts import Form
from scrapers.parse.around import around
from scrapers.parse.element_index import ElementIndex
from scrapers.parse.element_text import Words
from scrapers.parse.text import clean
from scrapers.parse.urls import join

MAX_FORMS = 40
"""Forms of one page that are read."""

_MAX_WORDS = 300
"""Characters of what a form says."""

_FIELDS = "input,textarea,select"
_MAX_FIELDS = 30
_HEIGHT = 4
"""Elements around a field that may hold it with its button, or hide it."""

_DEPTH = 200
"""Elements around a field among which is its form; a page has no more (`scrapers.parse.tame`)."""

_UNSEEN = re.compile(
    r"display\s?:\s?none|visibility\s?:\s?hidden|opacity\s?:\s?0(?:[;.]|\s|$)"
    r"|(?:left|top|right|bottom|margin-left|text-indent)\s?:\s?-\d{3}"
)
"""Styles by which a field is kept from people, and left to programs that fill in everything."""

_TRAP = re.compile(
    r"(?:^|[\s_-])(?:h[o0]ne?y\w{0,12}|hp[_-](?:field|input)|(?:field|input)[_-]hp"
    r"|gform_validation_container"
    r"|(?:no|anti)[_-]?spam|spam[_-]?trap)(?:$|[\s_-])",
    re.I,
)
"""Names of fields, and of what holds them, that only programs fill in."""


def read_forms(index: ElementIndex, base: str) -> tuple[Form, ...]:
    """Read the forms of a page, in its order, then fields for an address without a form.

    `fields` are `type:name:placeholder` in small letters, without hidden ones and without traps for
    programs, which no person sees. `action` is absolute, empty where the form names none that can
    be used.
    """
    words = Words()
    nodes = (*index.tagged("form")[:MAX_FORMS], *_without_form(index))
    return tuple(_form(node, base, words) for node in nodes[:MAX_FORMS])


def _form(node: LexborNode, base: str, words: Words) -> Form:
    """Return an element with fields as a form."""
    seen = (field for field in node.css(_FIELDS)[:_MAX_FIELDS] if not _is_trap(field, node))
    fields = (_field(field) for field in seen)
    return Form(
        action=join(base, node.attributes.get("action") or "") or "",
        text=_form_text(node, words),
        fields=tuple(field for field in fields if not field.startswith("hidden:")),
        locator=_locator(node),
    )


def _without_form(index: ElementIndex) -> Iterator[LexborNode]:
    """Yield what holds a field for an address and a button, where scripts need no form."""
    fields = (node for node in index.tagged("input") if _takes_an_address(node))
    for field in islice(fields, MAX_FORMS):
        blocks = list(around(field, _DEPTH))[1:]
        if not any(node.tag == "form" for node in blocks):
            held = (node for node in blocks[:_HEIGHT] if node.css_first("button,[type=submit]"))
            yield from islice(held, 1)


def _takes_an_address(field: LexborNode) -> bool:
    """Tell whether a field is one for an e-mail address."""
    return (field.attributes.get("type") or "").lower() == "email"


def _is_trap(field: LexborNode, form: LexborNode) -> bool:
    """Tell whether a field is there for programs alone: it, or what holds it, is not to be seen.

    Boxes and buttons are hidden to be drawn anew, and the field for an address is nobody's trap.
    """
    if field.tag == "input" and (field.attributes.get("type") or "text") != "text":
        return False
    if (field.attributes.get("aria-hidden") or "") == "true":
        return True
    for node in around(field, _HEIGHT):
        if node.mem_id == form.mem_id:
            return False
        values = node.attributes
        if "hidden" in values or _UNSEEN.search((values.get("style") or "").lower()):
            return True
        if _TRAP.search(" ".join(values.get(name) or "" for name in ("class", "id", "name"))):
            return True
    return False


def _field(node: LexborNode) -> str:
    """Return a field as `type:name:placeholder` and, for a button, what stands on it."""
    attributes = node.attributes
    kind = attributes.get("type") or ("text" if node.tag == "input" else node.tag or "")
    name = attributes.get("name") or attributes.get("id") or ""
    hint = attributes.get("placeholder") or attributes.get("aria-label") or ""
    value = attributes.get("value") or "" if kind in ("submit", "button") else ""
    return clean(f"{kind}:{name}:{hint}{value}", 120).lower()


def _form_text(node: LexborNode, words: Words) -> str:
    """Return what a form says; of one with few words, what the block around it says."""
    own = words.of(node, _MAX_WORDS)
    parent = node.parent
    # Newsletter forms hold an address field and a button; what they are for stands above them.
    if len(own) < 60 and parent is not None and parent.tag not in ("body", "html"):
        around = words.of(parent, 2 * _MAX_WORDS)
        # A longer block is no longer about the form: it was cut.
        if len(around) < 2 * _MAX_WORDS - 1:
            own = around
    return own


def _locator(node: LexborNode) -> str:
    """Return a form as a person would find it: its id, class and name."""
    attributes = node.attributes
    marks = (f"{key}={attributes[key]}" for key in ("id", "class", "name") if attributes.get(key))
    return clean(f"form {' '.join(marks)}", 200)
