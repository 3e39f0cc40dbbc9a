"""What the invented platforms' replies are made of."""

import json
from collections.abc import Callable, Mapping, Sequence
from html import escape

from audit.demo.profiles import InventedProfile
from audit.demo.web import HTML_TYPE, Reply

Replying = Callable[[str, Mapping[str, str]], Reply | None]
"""Replies to a path and its query; None where there is nothing."""

NOT_FOUND = "<!doctype html><html><head><title>{}</title></head><body><h1>{}</h1></body></html>"


def html(body: str, *, status: int = 200) -> Reply:
    """Reply with a page."""
    return Reply(status=status, content_type=HTML_TYPE, body=body.encode())


def data(payload: object, *, status: int = 200) -> Reply:
    """Reply with JSON, as an interface does."""
    text = json.dumps(payload, ensure_ascii=False)
    return Reply(status=status, content_type="application/json; charset=utf-8", body=text.encode())


def document(title: str, *, meta: Mapping[str, str] = {}, head: str = "", body: str = "") -> str:
    """Write a page with its Open Graph; `meta` maps names or properties to their contents."""
    tags = "".join(_meta(name, content) for name, content in meta.items())
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f"{tags}{head}</head><body>{body}</body></html>"
    )


def _meta(name: str, content: str) -> str:
    """Write a meta element; Open Graph's `og:title` is a property, `description` a name."""
    attribute = "property" if ":" in name else "name"
    return f'<meta {attribute}="{escape(name)}" content="{escape(content)}">'


def script(payload: object, *, name: str = "", kind: str = "application/json") -> str:
    """Write data into a page, for its scripts; `name` is the id of the element.

    `<` is escaped, as the text of a post could otherwise close the element.
    """
    text = json.dumps(payload, ensure_ascii=False).replace("<", "\\u003c")
    identity = f' id="{name}"' if name else ""
    return f'<script{identity} type="{kind}">{text}</script>'


def moved(target: str) -> Reply:
    """Send the reader to another address of the same server."""
    return Reply(status=302, content_type=HTML_TYPE, body=b"", location=target)


def by_handle(profiles: Sequence[InventedProfile]) -> dict[str, InventedProfile]:
    """Give the profiles by handle in lower case, under a former one too."""
    current = {each.account.handle.casefold(): each for each in profiles}
    former = {each.account.former.casefold(): each for each in profiles if each.account.former}
    return current | former


def rounded(count: int) -> str:
    """Write a count as platforms show it: three figures, then K or M, as in 48.3K."""
    for size, letter in ((1_000_000, "M"), (1_000, "K")):
        if count >= size:
            return f"{count / size:.3g}{letter}"
    return str(count)
