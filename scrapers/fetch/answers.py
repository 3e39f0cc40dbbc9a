"""Read answers within the limits, and name the reason where a library raises instead."""

import asyncio
import re
import ssl
from collections.abc import Iterable
from datetime import UTC, datetime

import anyio
import h11
import httpx

from audit.model.value import Reason
from scrapers.fetch.connect import RefusedAddressError, UnresolvedNameError
from scrapers.fetch.counted import CountedStream, TooMuchSentError
from scrapers.fetch.limits import HEADER_BYTES, HEADERS, PIECE_BYTES, PIECES
from scrapers.fetch.wire import VALIDATORS, Answer, Headers, Trouble, no_answer

_ODD = re.compile(rb"[^\t\x20-\x7e]")

LIBRARY = (
    httpx.HTTPError,
    httpx.InvalidURL,
    httpx.StreamError,
    h11.ProtocolError,
    anyio.BrokenResourceError,
    anyio.ClosedResourceError,
    anyio.EndOfStream,
    OSError,
    EOFError,
    ValueError,
    OverflowError,
)
"""What the libraries raise for what the world sends; httpx does not translate all of it.

h11 refuses what it is told to send, anyio a connection that goes while it is closed, the ssl module
a handshake (OSError), idna and Unicode a name or header (ValueError).
"""


_AS_SENT = "headers as sent"
_BREATH = 200
"""Pieces of a body that are taken in one go."""


async def own_redirects(response: httpx.Response) -> None:
    """Take the Location of an answer away from httpx, and keep all headers as they were sent.

    httpx 0.28 builds the next request of a redirect even where it does not follow it. For an
    address that it cannot read it raises, and the answer would be lost.
    """
    response.extensions[_AS_SENT] = list(response.headers.raw)
    # Taken from httpx only: `_headers` reads what was
    # kept above, so that `redirects.target_of` has it.
    response.headers.pop("location", None)


async def read_answer(url: str, response: httpx.Response, cap: int) -> Answer | Trouble:
    """Read headers and body within the limits; the body ends after `cap` bytes.

    Raises:
        Exception: one of `LIBRARY`, where the connection fails before there is a body.
    """
    headers = _headers(response.extensions.get(_AS_SENT, response.headers.raw))
    # 4 for the colon, the space and the end of the line.
    size = sum(len(name) + len(value) + 4 for name, value in headers)
    if len(headers) > HEADERS or size > HEADER_BYTES:
        return no_answer(url, Reason.TOO_LARGE, f"{len(headers)} headers of {size} bytes")
    _let_come(response, cap)
    body = bytearray()
    cut = False
    if _worth_reading(response):
        try:
            cut = await _read_into(body, response, cap)
        except httpx.RemoteProtocolError:  # it closed early: what has come is a page cut off
            if not body:
                raise
            cut = True
        except _CrumbsError as error:
            return no_answer(url, Reason.BAD_CONTENT, str(error))
    return Answer(
        url=url,
        status=response.status_code,
        headers=headers,
        wire=bytes(body),
        at=datetime.now(UTC),
        cut=cut,
    )


class _CrumbsError(Exception):
    """A body comes in pieces so small that taking them apart costs more than reading it."""


async def _read_into(body: bytearray, response: httpx.Response, cap: int) -> bool:
    """Read the body up to its cap; tell whether there was more.

    A piece costs h11 0.015 ms whatever its size. Pieces that have come already are handed out
    without a pause, so one is made now and then: others wait for the same thread.
    """
    pieces = 0
    # Raw: httpx would unpack without a bound, and `decode.py` has one.
    async for piece in response.aiter_raw():
        body += piece
        pieces += 1
        if len(body) > cap:
            del body[cap:]
            return True
        if pieces % _BREATH == 0:
            await asyncio.sleep(0)
        if pieces > PIECES and len(body) < pieces * PIECE_BYTES:
            raise _CrumbsError(f"sent in over {PIECES:,} pieces of {len(body) // pieces} bytes")
    return False


def _headers(raw: Iterable[tuple[bytes, bytes]]) -> Headers:
    """Return headers as text in ASCII, as the archive can hold them; other bytes as `%XX`.

    A validator with such bytes could not be sent back as it was, and is left out.
    """
    pairs = [(name.decode("latin-1"), value) for name, value in raw]
    return tuple(
        (name, _ODD.sub(lambda odd: b"%%%02X" % odd[0][0], value).decode("ascii"))
        for name, value in pairs
        if name.lower() not in VALIDATORS or _ODD.search(value) is None
    )


def _let_come(response: httpx.Response, body: int) -> None:
    """Tell the counted connection that the head is read, and how large a body may come."""
    stream = response.extensions.get("network_stream")
    if isinstance(stream, CountedStream):
        stream.allow(body)


def _worth_reading(response: httpx.Response) -> bool:
    """Tell whether the body is read: pictures, sound and packed files are not."""
    kind = response.headers.get("content-type", "").lower()
    return not kind.startswith(("image/", "video/", "audio/", "font/", "application/zip"))


def translated(error: Exception) -> tuple[Reason, str]:
    """Return the reason word for what a library raised, and words for the workbook.

    httpx wraps what the layers below it raise; the innermost cause that we know decides.
    """
    for cause in _causes(error):
        if isinstance(cause, RefusedAddressError):
            return Reason.BLOCKED_ADDRESS, str(cause)
        if isinstance(cause, TooMuchSentError):
            return Reason.TOO_LARGE, str(cause)
        if isinstance(cause, UnresolvedNameError):
            return Reason.DNS, str(cause)
        if isinstance(cause, ssl.SSLError):
            words = getattr(cause, "verify_message", "") or cause.reason or str(cause)
            return Reason.TLS, str(words)[:200]
    return _reason(error), str(error)[:200] or type(error).__name__


def _reason(error: Exception) -> Reason:
    """Return the reason word for an exception whose causes say nothing more exact.

    Of h11's error for a head over its limit httpx passes on nothing but the words.
    """
    if isinstance(error, httpx.TimeoutException):
        return Reason.TIMEOUT
    if not isinstance(error, httpx.HTTPError | OSError | EOFError):
        return Reason.BAD_CONTENT
    message = str(error).lower()
    if isinstance(error, httpx.RemoteProtocolError) and any(
        word in message for word in ("too large", "too long", "exceed")
    ):
        return Reason.TOO_LARGE
    return Reason.CONNECTION


def _causes(error: BaseException | None) -> Iterable[BaseException]:
    """Yield an exception and what led to it, ten at most: contexts can form a circle."""
    for _ in range(10):
        if error is None:
            return
        yield error
        error = error.__cause__ or error.__context__
