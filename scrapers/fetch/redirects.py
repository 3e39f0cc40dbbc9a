"""Where an answer sends its reader, and which addresses are never asked for."""

from dataclasses import dataclass, replace
from urllib.parse import urlsplit

import ada_url

from audit.model.value import Reason
from audit.model.web import Request
from scrapers.fetch.limits import URL_CHARACTERS
from scrapers.fetch.wire import Answer

_MOVED = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True, slots=True)
class Stop:
    """An address that is not asked for, and why."""

    reason: Reason
    detail: str


def target_of(answer: Answer) -> str | None:
    """Where an answer sends the reader, or None where it is the end of the way."""
    location = answer.header("location")
    if answer.status not in _MOVED or not location:
        return None
    try:
        url: str = ada_url.join_url(answer.url, location.strip())
    except ValueError:
        return location[:URL_CHARACTERS]
    return url.partition("#")[0]


def unusable(url: str) -> Stop | None:
    """Addresses that are never asked for."""
    if not url.startswith(("http://", "https://")):
        return Stop(Reason.UNSUPPORTED_SCHEME, f"{url[:60]} is not http or https")
    if len(url) > URL_CHARACTERS:
        return Stop(Reason.BAD_CONTENT, "the address is over 2,000 characters long")
    try:
        parts = urlsplit(ada_url.URL(url).href)
    except ValueError:
        return Stop(Reason.BAD_CONTENT, f"{url[:100]} is no valid address")
    if "@" in parts.netloc:
        return Stop(Reason.BAD_CONTENT, "the address carries a user name")
    return None


def onward(request: Request, answer: Answer, target: str) -> Request:
    """The request as it goes on behind a redirect: what was posted is not posted elsewhere.

    RFC 9110, 15.4: 307 and 308 keep the method, here on the same host only.
    """
    same = urlsplit(target).netloc == urlsplit(answer.url).netloc
    if not request.body or (answer.status in (307, 308) and same):
        return request
    return replace(request, body="")
