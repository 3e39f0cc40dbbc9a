"""Where an answer sends its reader, and which addresses are never asked for."""

import re
from dataclasses import dataclass, replace
from urllib.parse import quote, unquote_to_bytes, urlsplit

import ada_url
import httpx

from audit.model.exchange import Request
from audit.model.value import Reason
from scrapers.fetch.lanes import lane_of
from scrapers.fetch.limits import URL_CHARACTERS
from scrapers.fetch.wire import Answer

_BREAKS = re.compile(r"[\t\r\n]")
_UNSOUND = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]")
_ESCAPED = re.compile(r"(?:%[89A-Fa-f][0-9A-Fa-f]){1,500}")
"""Escapes of bytes beyond ASCII, as `answers.py` writes those that a header holds."""

_BROKEN = "\ufffd"
"""Stands for what was not encoded twice; no header, being ASCII by now, holds it."""

_MOVED = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True, slots=True)
class Stop:
    """An address that is not asked for, and why."""

    reason: Reason
    detail: str


def target_of(answer: Answer) -> str | None:
    """Return where an answer sends the reader, or None where it is the end of the way.

    A fragment is left out: it is for the reader and never sent. An address that is none comes as it
    is written, so that the reason can name it.
    """
    location = answer.header("location")
    if answer.status not in _MOVED or not location:
        return None
    try:
        url: str = ada_url.join_url(answer.url, _encoded_once(location.strip()))
    except ValueError:
        return sound(location[:URL_CHARACTERS])
    return url.partition("#")[0]


def _encoded_once(location: str) -> str:
    """Return an address whose UTF-8 some server took for Latin-1 and encoded again, encoded once.

    `/caf%C3%83%C2%A9` is `/caf%C3%A9`. Every sign beyond ASCII has to be so: nobody means `Ã©`.
    """
    written = _ESCAPED.sub(_twice_encoded, location)
    return location if _BROKEN in written else written


def _twice_encoded(escapes: re.Match[str]) -> str:
    """Return a run of escapes as it was before it was encoded a second time, or `_BROKEN`."""
    try:
        # Latin-1 takes each sign for the byte that it was made of.
        once = unquote_to_bytes(escapes[0]).decode("utf-8").encode("latin-1").decode("utf-8")
    except UnicodeError:
        return _BROKEN
    return quote(once)


def sound(url: str) -> str:
    """Return an address that can be written down: line ends and tabs gone, as browsers do it.

    Control characters and what is no character (`U+FFFE`, halves of pairs) become `U+FFFD`; XML,
    and so the workbook, could not hold them.
    """
    return _UNSOUND.sub("\ufffd", _BREAKS.sub("", url))


def as_sent(url: str) -> str:
    """Return an address as browsers send it: the host in ASCII, the rest escaped.

    Raises:
        ValueError: no browser could read it.
    """
    return str(ada_url.URL(url).href)


def unusable(url: str) -> Stop | None:
    """Return why an address is never asked for; None for one that may be.

    A backslash or `@` in the host is refused though browsers read it: programs differ in which host
    they take it for, and the one that was judged has to be the one that is asked.
    """
    if not url.startswith(("http://", "https://")):
        return Stop(Reason.UNSUPPORTED_SCHEME, f"{url[:60]} is not http or https")
    if len(url) > URL_CHARACTERS:
        return Stop(Reason.BAD_CONTENT, "the address is over 2,000 characters long")
    try:
        sent = as_sent(url)
        # Each of these reads the address on its way to the network; what one of them cannot read
        # would raise there, or be taken for another host.
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
    """Return the request as it goes on behind a redirect: what was posted is not posted elsewhere.

    RFC 9110, 15.4: 307 and 308 keep the method, here on the same host only.
    """
    same = lane_of(target) == lane_of(answer.url) != ""
    if not request.body or (answer.status in (307, 308) and same):
        return request
    return replace(request, body="")
