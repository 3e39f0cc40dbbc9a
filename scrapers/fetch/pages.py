"""Tell a page from what a server says in its place: a refusal, a bot wall, a picture."""

from audit.model.value import Reason
from audit.model.web import Kind, Request
from scrapers.fetch.challenge import is_challenge
from scrapers.fetch.cookies import asks_for_cookies
from scrapers.fetch.limits import NO_TEXT
from scrapers.fetch.redirects import Stop
from scrapers.fetch.wire import Answer

_BINARY = (b"%PDF-", b"PK\x03\x04", b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"\x7fELF", b"\x1f\x8b")
"""How files begin that some servers call text/html."""


def no_page(request: Request, answer: Answer, body: bytes) -> Stop | None:
    """Why a final answer is not what was asked for; None where it is."""
    if is_challenge(answer.status, answer.headers, body):
        return Stop(Reason.CAPTCHA, f"a bot wall (HTTP {answer.status})")
    if answer.status == 429:
        return Stop(Reason.RATE_LIMITED, "HTTP 429")
    if not 200 <= answer.status < 300:
        return Stop(Reason.of_status(answer.status), f"HTTP {answer.status}")
    return _no_web_page(answer, body) if request.kind is Kind.PAGE else None


def _no_web_page(answer: Answer, body: bytes) -> Stop | None:
    """Why what was answered with success is not for people to read."""
    kind = answer.header("content-type").lower()
    if kind.startswith(NO_TEXT):
        return Stop(Reason.BAD_CONTENT, f"{kind[:60]} is no web page")
    if body.startswith(_BINARY):
        return Stop(Reason.BAD_CONTENT, "the answer is a file and no web page")
    words = asks_for_cookies(answer, body)
    return Stop(Reason.BAD_CONTENT, words) if words else None
