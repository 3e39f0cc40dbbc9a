"""What the invented platforms' answers are made of."""

import json
from collections.abc import Callable, Mapping, Sequence
from html import escape

from audit.demo.profiles import Shown
from audit.demo.web import HTML_TYPE, Answer

Answering = Callable[[str, Mapping[str, str]], Answer | None]
"""Answers a path and its query; None where there is nothing."""

NOT_FOUND = "<!doctype html><html><head><title>{}</title></head><body><h1>{}</h1></body></html>"


def html(body: str, *, status: int = 200) -> Answer:
    """A page."""
    return Answer(status=status, content_type=HTML_TYPE, body=body.encode())


def data(said: object, *, status: int = 200) -> Answer:
    """JSON, as an interface answers it."""
    text = json.dumps(said, ensure_ascii=False)
    return Answer(status=status, content_type="application/json; charset=utf-8", body=text.encode())


def document(title: str, *, meta: Mapping[str, str] = {}, head: str = "", body: str = "") -> str:
    """A page with its Open Graph; `meta` maps names or properties to what they say."""
    said = "".join(_meta(name, text) for name, text in meta.items())
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f"{said}{head}</head><body>{body}</body></html>"
    )


def _meta(name: str, text: str) -> str:
    kind = "property" if ":" in name else "name"
    return f'<meta {kind}="{escape(name)}" content="{escape(text)}">'


def script(said: object, *, name: str = "", kind: str = "application/json") -> str:
    """Data in a page, for its scripts."""
    text = json.dumps(said, ensure_ascii=False).replace("<", "\\u003c")
    place = f' id="{name}"' if name else ""
    return f'<script{place} type="{kind}">{text}</script>'


def moved(target: str) -> Answer:
    """Send the reader to another address of the same server."""
    return Answer(status=302, content_type=HTML_TYPE, body=b"", location=target)


def by_handle(accounts: Sequence[Shown]) -> dict[str, Shown]:
    """The accounts by handle in lower case, under a former one too."""
    found = {each.account.handle.casefold(): each for each in accounts}
    return found | {
        each.account.former.casefold(): each for each in accounts if each.account.former
    }


def rounded(count: int) -> str:
    """A count as platforms show it: three figures, then K or M."""
    for size, letter in ((1_000_000, "M"), (1_000, "K")):
        if count >= size:
            return f"{count / size:.3g}{letter}"
    return str(count)
