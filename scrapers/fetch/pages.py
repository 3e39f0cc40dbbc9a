"""Tell a page from what a server says in its place: a refusal, a bot wall, a picture."""

import re

from audit.model.exchange import Kind, Request
from audit.model.value import Reason
from scrapers.fetch.challenge import is_challenge
from scrapers.fetch.cookies import asks_for_cookies
from scrapers.fetch.limits import NO_TEXT
from scrapers.fetch.redirects import Stop
from scrapers.fetch.wire import Answer

_BINARY = (b"%PDF-", b"PK\x03\x04", b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"\x7fELF", b"\x1f\x8b")
"""How files begin that some servers call text/html."""

_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_NO_TEXT_BYTES = re.compile(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]")
_PAGE = re.compile(rb"<(?:!doctype|html|head|body|title|meta|script|link|div|p|a|h1)[\s>]", re.I)
_JSON = re.compile(rb"\s*+(?:\{\s*+[}\"]|\[\s*+[\[\]{\"\d-])")
_SNIFFED, _LOOKED_AT = 1_445, 4_000
"""Bytes in which the standard looks for such, and those in which a page shows a tag of its own."""


def no_page(request: Request, answer: Answer, body: bytes) -> Stop | None:
    """Return why a final answer is not what was asked for; None where it is."""
    if is_challenge(answer.status, answer.headers, body):
        return Stop(Reason.CAPTCHA, f"a bot wall (HTTP {answer.status})")
    if answer.status == 429:
        return Stop(Reason.RATE_LIMITED, "HTTP 429")
    if not 200 <= answer.status < 300:
        return Stop(Reason.of_status(answer.status), f"HTTP {answer.status}")
    return _no_web_page(answer, body) if request.kind is Kind.PAGE else None


def _is_binary(body: bytes, kind: str) -> bool:
    """Tell a file by bytes that no text holds, as https://mimesniff.spec.whatwg.org/ does.

    Beyond the standard a tag of HTML near the beginning decides for a page: some hold odd bytes.
    """
    # UTF-16 is full of zero bytes, and text all the same.
    if body.startswith(_MARKS) or "utf-16" in kind or _PAGE.search(body, 0, _LOOKED_AT):
        return False
    return _NO_TEXT_BYTES.search(body, 0, _SNIFFED) is not None


def _is_data(body: bytes) -> bool:
    """Tell JSON, which some servers call text/html too, by how it begins and ends."""
    return _JSON.match(body) is not None and body.rstrip().endswith((b"}", b"]"))


def _no_web_page(answer: Answer, body: bytes) -> Stop | None:
    """Return why what was answered with success is not for people to read; None where it is."""
    kind = answer.header("content-type").lower()
    if kind.startswith(NO_TEXT):
        return Stop(Reason.BAD_CONTENT, f"{kind[:60]} is no web page")
    if body.startswith(_BINARY) or _is_binary(body, kind):
        return Stop(Reason.BAD_CONTENT, "the answer is a file and no web page")
    if _is_data(body):
        return Stop(Reason.BAD_CONTENT, "the answer is data for programs and no web page")
    words = asks_for_cookies(answer, body)
    return Stop(Reason.BAD_CONTENT, words) if words else None
