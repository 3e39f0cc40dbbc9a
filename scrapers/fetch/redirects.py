"""Where an answer sends its reader, and which addresses are never asked for."""

import re
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

import ada_url
import httpx

from audit.model.exchange import Request
from audit.model.value import Reason
from scrapers.fetch.lanes import lane_of
from scrapers.fetch.limits import URL_CHARACTERS
from scrapers.fetch.wire import Answer

_BREAKS = re.compile(r"[\t\r\n]")
_UNSOUND = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]")
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
        return sound(location[:URL_CHARACTERS])
    return url.partition("#")[0]


def sound(url: str) -> str:
    """An address that can be written down: no control characters, nothing that is no character."""
    return _UNSOUND.sub("\ufffd", _BREAKS.sub("", url))


def as_sent(url: str) -> str:
    """An address as browsers send it: the host in ASCII, the rest escaped."""
    return str(ada_url.URL(url).href)


def unusable(url: str) -> Stop | None:
    """Addresses that are never asked for."""
    if not url.startswith(("http://", "https://")):
        return Stop(Reason.UNSUPPORTED_SCHEME, f"{url[:60]} is not http or https")
    if len(url) > URL_CHARACTERS:
        return Stop(Reason.BAD_CONTENT, "the address is over 2,000 characters long")
    try:
        sent = as_sent(url)
        places = (lane_of(url), lane_of(sent), httpx.URL(sent).raw_host)
    except (ValueError, httpx.InvalidURL):
        return Stop(Reason.BAD_CONTENT, f"{url[:100]} is no valid address")
    written = url.partition("://")[2].partition("/")[0]
    if not all(places) or "\\" in written:
        return Stop(Reason.BAD_CONTENT, f"{url[:100]} is no valid address")
    if "@" in written or "@" in urlsplit(sent).netloc:
        return Stop(Reason.BAD_CONTENT, "the address carries a user name")
    return None


def onward(request: Request, answer: Answer, target: str) -> Request:
    """The request as it goes on behind a redirect: what was posted is not posted elsewhere.

    RFC 9110, 15.4: 307 and 308 keep the method, here on the same host only.
    """
    same = lane_of(target) == lane_of(answer.url) != ""
    if not request.body or (answer.status in (307, 308) and same):
        return request
    return replace(request, body="")
