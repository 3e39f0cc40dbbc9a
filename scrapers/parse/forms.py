"""Read the forms of a page: where they go, what they say, which fields they have."""

from selectolax.lexbor import LexborHTMLParser, LexborNode

from audit.model.facts import Form
from scrapers.parse.element_text import Words
from scrapers.parse.text import clean
from scrapers.parse.urls import join

MAX_FORMS = 40
"""Forms of one page that are read."""

_MAX_WORDS = 300
"""Characters of what a form says."""


def read_forms(tree: LexborHTMLParser, base: str) -> tuple[Form, ...]:
    """Read the forms of a page, in its order.

    `fields` are `type:name:placeholder` in small letters, without hidden ones. `action` is
    absolute, empty where the form names none that can be used.
    """
    forms, words = [], Words()
    for node in tree.css("form")[:MAX_FORMS]:
        fields = tuple(_field(field) for field in node.css("input,textarea,select")[:30])
        visible = tuple(field for field in fields if not field.startswith("hidden:"))
        forms.append(
            Form(
                action=join(base, node.attributes.get("action") or "") or "",
                text=_form_text(node, words),
                fields=visible,
                locator=_locator(node),
            )
        )
    return tuple(forms)


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
