"""Keep no cookies: what one site sets is nobody's business, not even its own next page's."""

import re
from collections.abc import Iterable
from http.cookiejar import Cookie, CookieJar
from typing import Any

from scrapers.fetch.wire import Answer

NOT_DONE = "this program keeps no cookies"
_SMALL = 8_192
"""Bytes of the longest page that may do nothing but ask for cookies."""

_LINKS = 3
_NEAR = 5
"""Words between the two at most."""

_SWITCH = (
    b"enabl",
    b"activ",
    b"aktivier",
    b"aktiver",
    b"habilit",
    b"abilit",
    b"inschakel",
    b"turn",
    b"switch",
    b"requir",
)
"""How words begin that ask to switch something on."""

_WORD = re.compile(rb"\w+")


class NoCookies(CookieJar):
    """A jar that takes nothing and gives nothing."""

    def extract_cookies(self, response: Any, request: Any) -> None:
        """Take nothing from an answer; not even read it."""

    def add_cookie_header(self, request: Any) -> None:
        """Add nothing to a request."""

    def set_cookie(self, cookie: Cookie) -> None:
        """Take nothing."""


def sets_cookie(answer: Answer) -> bool:
    """Tell whether an answer sets a cookie."""
    return bool(answer.header("set-cookie"))


def in_circles(words: str, way: Iterable[Answer]) -> str:
    """Return the words about endless redirects; where a site sets a cookie, it waits for that."""
    if any(sets_cookie(answer) for answer in way):
        return f"{words}: the site sets a cookie and asks to come back with it, and {NOT_DONE}"
    return words


def asks_for_cookies(answer: Answer, body: bytes) -> str:
    """Say why a page that only asks to switch cookies on is no page; "" for any other.

    Such a page sets a cookie itself, is short, leads hardly anywhere, and has a word for cookies
    near one for switching on, in any of the languages of `_SWITCH`.
    """
    if not sets_cookie(answer) or len(body) > _SMALL or body.lower().count(b"<a ") > _LINKS:
        return ""
    if not _speaks_of_switching_on(body):
        return ""
    return f"the site only asks to switch cookies on, and {NOT_DONE}"


def _speaks_of_switching_on(body: bytes) -> bool:
    """Tell whether a word for cookies stands near one for switching on."""
    # Word by word: one pattern over the whole text took
    # quadratic time, in the thread that everybody waits for.
    words = _WORD.findall(body.lower())
    return any(
        near.startswith(_SWITCH)
        for place, word in enumerate(words)
        if word in (b"cookie", b"cookies")
        for near in words[max(0, place - _NEAR) : place + _NEAR + 1]
    )
