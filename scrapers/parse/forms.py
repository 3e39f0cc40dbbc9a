"""Read the forms of a page: where they go, what they say, which fields they have."""

from selectolax.lexbor import LexborHTMLParser, LexborNode

from audit.model.facts import Form
from scrapers.parse.element_text import Words
from scrapers.parse.text import clean
from scrapers.parse.urls import join

MAX_FORMS = 40
_WORDS = 300


def read_forms(tree: LexborHTMLParser, base: str) -> tuple[Form, ...]:
    """Read the forms; `fields` are `type:name:placeholder` in lower case."""
    forms, words = [], Words()
    for node in tree.css("form")[:MAX_FORMS]:
        fields = tuple(_field(each) for each in node.css("input,textarea,select")[:30])
        shown = tuple(each for each in fields if not each.startswith("hidden:"))
        forms.append(
            Form(
                action=join(base, node.attributes.get("action") or "") or "",
                text=_words(node, words),
                fields=shown,
                locator=_named(node),
            )
        )
    return tuple(forms)


def _field(node: LexborNode) -> str:
    attributes = node.attributes
    kind = attributes.get("type") or ("text" if node.tag == "input" else node.tag or "")
    name = attributes.get("name") or attributes.get("id") or ""
    hint = attributes.get("placeholder") or attributes.get("aria-label") or ""
    value = attributes.get("value") or "" if kind in ("submit", "button") else ""
    return clean(f"{kind}:{name}:{hint}{value}", 120).lower()


def _words(node: LexborNode, words: Words) -> str:
    """What the form says, and what the heading before it says."""
    own = words.of(node, _WORDS)
    parent = node.parent
    if len(own) < 60 and parent is not None and parent.tag not in ("body", "html"):
        around = words.of(parent, 2 * _WORDS)
        if len(around) < 2 * _WORDS - 1:
            own = around
    return own


def _named(node: LexborNode) -> str:
    """The form as a person would find it: its id, class and name."""
    attributes = node.attributes
    named = (f"{key}={attributes[key]}" for key in ("id", "class", "name") if attributes.get(key))
    return clean(f"form {' '.join(named)}", 200)
