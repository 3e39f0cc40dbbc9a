"""Keep no cookies: what one site sets is nobody's business, not even its own next page's."""

import re
from collections.abc import Iterable
from http.cookiejar import Cookie, CookieJar
from typing import Any

from scrapers.fetch.wire import Answer

NOT_DONE = "this program keeps no cookies"
_SMALL = 8_192
_LINKS = 3
_SWITCH = rb"(?:enabl|activat|aktivier|activ|habilit|abilit|aktiver|inschakel|turn|switch|requir)"
_ASKED = re.compile(
    _SWITCH + rb"\w*(?:\W+\w+){0,4}\W+cookies?\b|\bcookies?(?:\W+\w+){0,4}\W+" + _SWITCH, re.I
)


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
    """Why a way of redirects has no end: where a site sets a cookie on it, it waits for that."""
    if any(sets_cookie(answer) for answer in way):
        return f"{words}: the site sets a cookie and asks to come back with it, and {NOT_DONE}"
    return words


def asks_for_cookies(answer: Answer, body: bytes) -> str:
    """Why a page that only asks to switch cookies on is no page; empty for any other."""
    if not sets_cookie(answer) or len(body) > _SMALL or body.lower().count(b"<a ") > _LINKS:
        return ""
    if _ASKED.search(body) is None:
        return ""
    return f"the site only asks to switch cookies on, and {NOT_DONE}"
