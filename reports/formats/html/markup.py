"""HTML out of values: whatever is no markup of ours is escaped, so that no text becomes any."""

import re
from collections.abc import Iterable
from html import escape

# HTML forbids these characters; the second group turns the direction of what follows them.
_UNWANTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f]")

_MAX_LINK = 2_000
_VOID = frozenset({"meta", "link", "img", "br", "hr"})

Attribute = str | int | float | bool | None


class Html(str):
    """Markup that we wrote ourselves; any other text is escaped where it is put into it."""

    __slots__ = ()


Child = str | None
"""Markup, or a text to be escaped; None is nothing."""


def text(words: str) -> Html:
    """Return a text as markup that shows it and does nothing."""
    if isinstance(words, Html):
        return words
    return Html(escape(_BIDI.sub("", _UNWANTED.sub("", words)), quote=True))


def joined(children: Iterable[Child], between: str = "") -> Html:
    """Return markup and texts in a row."""
    return Html(text(between).join(text(each) for each in children if each is not None))


def tag(name: str, /, *children: Child, **attributes: Attribute) -> Html:
    """Return an element: `tag("td", "<b>", class_="own")` is `<td class="own">&lt;b&gt;</td>`.

    `_` in the name of an attribute is a hyphen, and nothing at its end. An attribute that is None
    or False is left out; one that is True has no value.
    """
    head = f"{name}{''.join(_attributes(attributes))}"
    return Html(f"<{head}>" if name in _VOID else f"<{head}>{joined(children)}</{name}>")


def _attributes(attributes: dict[str, Attribute]) -> Iterable[str]:
    """Give the attributes that have something to say, each with a blank before it."""
    for name, value in attributes.items():
        if value is None or value is False:
            continue
        written = name.rstrip("_").replace("_", "-")
        yield f" {written}" if value is True else f' {written}="{text(str(value))}"'


def classes(*names: str) -> str | None:
    """Return the names of classes in a row; None where there is none."""
    return " ".join(filter(None, names)) or None


def name(words: str) -> Html:
    """Return a name or a title in its own direction, which may be another than the page's."""
    return tag("bdi", words, dir="auto")


def linkable(url: str) -> bool:
    """Tell whether an address may become a link: of the web, and without a blank in it."""
    sound = len(url) <= _MAX_LINK and not re.search(r"[\s\x00-\x1f\\]", url)
    return sound and url[:8].lower().startswith(("http://", "https://"))


def link(url: str, *children: Child, class_: str | None = None) -> Html:
    """Return a link that does not tell whence it was followed; the bare words if it may be none."""
    if not linkable(url):
        return joined(children)
    return tag("a", *children, href=url, rel="noreferrer noopener", target="_blank", class_=class_)


def percent(share: float) -> str:
    """Return a place or a length in per cent, such as `12.5%`, held to what is drawn."""
    return f"{min(max(share, 0.0), 1.0) * 100:.2f}".rstrip("0").rstrip(".") + "%"
