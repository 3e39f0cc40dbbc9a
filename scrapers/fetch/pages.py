"""Tell a page from what a server says in its place: a refusal, a bot wall, a picture."""

from audit.model.value import Reason
from audit.model.web import Kind, Request
from scrapers.fetch.challenge import is_challenge
from scrapers.fetch.cookies import asks_for_cookies
from scrapers.fetch.limits import NO_TEXT
from scrapers.fetch.redirects import Stop
from scrapers.fetch.wire import Answer


def no_page(request: Request, answer: Answer, body: bytes) -> Stop | None:
    """Why a final answer is not what was asked for; None where it is."""
    if is_challenge(answer.status, answer.headers, body):
        return Stop(Reason.CAPTCHA, f"a bot wall (HTTP {answer.status})")
    if answer.status == 429:
        return Stop(Reason.RATE_LIMITED, "HTTP 429")
    if not 200 <= answer.status < 300:
        return Stop(Reason.of_status(answer.status), f"HTTP {answer.status}")
    if request.kind is not Kind.PAGE:
        return None
    kind = answer.header("content-type").lower()
    if kind.startswith(NO_TEXT):
        return Stop(Reason.BAD_CONTENT, f"{kind[:60]} is no web page")
    words = asks_for_cookies(answer, body)
    return Stop(Reason.BAD_CONTENT, words) if words else None
