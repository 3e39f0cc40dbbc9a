"""Read answers within the limits, and name the reason where there is none."""

import asyncio
import random
import re
import ssl
from collections.abc import Iterable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import anyio
import h11
import httpx
from tenacity import RetryCallState

from audit.model.value import Reason
from scrapers.fetch.connect import RefusedAddressError, UnresolvedNameError
from scrapers.fetch.counted import CountedStream, TooMuchSentError
from scrapers.fetch.limits import (
    HEADER_BYTES,
    HEADERS,
    PIECE_BYTES,
    PIECES,
    RETRY_AFTER_SECONDS,
    RETRY_STATUS,
)
from scrapers.fetch.wire import VALIDATORS, Answer, Headers, Trouble

_ODD = re.compile(rb"[^\t\x20-\x7e]")
_RETRY_REASONS = frozenset({Reason.CONNECTION, Reason.TIMEOUT, Reason.DNS})


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
    """Keep a redirect from httpx, which would read its address even where it does not follow it.

    What it cannot read it raises, and the answer would be lost.
    """
    response.extensions[_AS_SENT] = list(response.headers.raw)
    response.headers.pop("location", None)


async def read_answer(url: str, response: httpx.Response, cap: int) -> Answer | Trouble:
    """Read headers and body within the limits."""
    headers = _headers(response.extensions.get(_AS_SENT, response.headers.raw))
    size = sum(len(name) + len(value) + 4 for name, value in headers)
    if len(headers) > HEADERS or size > HEADER_BYTES:
        return no_answer(url, Reason.TOO_LARGE, f"{len(headers)} headers of {size} bytes")
    _let_come(response, cap)
    body = bytearray()
    cut = False
    if _worth_reading(response):
        try:
            cut = await _read_into(body, response, cap)
        except httpx.RemoteProtocolError:
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
    """Headers as text in ASCII, as the archive can hold them; other bytes as browsers write them.

    A validator with such bytes could not be sent back as it was, and is none.
    """
    pairs = [(name.decode("latin-1"), value) for name, value in raw]
    return tuple(
        (name, _ODD.sub(lambda odd: b"%%%02X" % odd[0][0], value).decode("ascii"))
        for name, value in pairs
        if name.lower() not in VALIDATORS or _ODD.search(value) is None
    )


def _let_come(response: httpx.Response, body: int) -> None:
    """The head is read; from here the body is counted."""
    stream = response.extensions.get("network_stream")
    if isinstance(stream, CountedStream):
        stream.allow(body)


def _worth_reading(response: httpx.Response) -> bool:
    """Pictures, sound and programs are not read."""
    kind = response.headers.get("content-type", "").lower()
    return not kind.startswith(("image/", "video/", "audio/", "font/", "application/zip"))


def worth_another_try(found: Answer | Trouble) -> bool:
    """Tell whether a second try may help, and the server would not rather be left alone."""
    if isinstance(found, Trouble):
        return found.reason in _RETRY_REASONS
    return found.status in RETRY_STATUS and retry_after(found) <= RETRY_AFTER_SECONDS


def pause(state: RetryCallState) -> float:
    """As long as the server asks, else 1 s and then 2 s, with jitter."""
    found = state.outcome.result() if state.outcome is not None else None
    asked = retry_after(found) if isinstance(found, Answer) else 0.0
    return max(asked, float(state.attempt_number)) + random.uniform(0.0, 0.25)  # noqa: S311 - jitter


def last_answer(state: RetryCallState) -> Answer | Trouble:
    """When all tries are used up, the last answer counts."""
    if state.outcome is None:
        raise RuntimeError("a retry ended without an outcome")
    found: Answer | Trouble = state.outcome.result()
    return found


def retry_after(answer: Answer) -> float:
    """Seconds that the server asks to wait: a number or a date; 0 where it says nothing."""
    said = answer.header("retry-after").strip()
    if not said or answer.status not in RETRY_STATUS:
        return 0.0
    if said.isascii() and said.isdigit():
        return float(said[:9])
    try:
        at = parsedate_to_datetime(said)
        at = at.replace(tzinfo=UTC) if at.tzinfo is None else at
        return max(0.0, (at - answer.at).total_seconds())
    except (ValueError, TypeError, OverflowError, IndexError):
        return 0.0


def no_answer(url: str, reason: Reason, detail: str) -> Trouble:
    """No answer came, and why; the time is now."""
    return Trouble(url=url, reason=reason, detail=detail, at=datetime.now(UTC))


def translated(error: Exception) -> tuple[Reason, str]:
    """The reason word for what the library raised."""
    for cause in _causes(error):
        if isinstance(cause, RefusedAddressError):
            return Reason.BLOCKED_ADDRESS, str(cause)
        if isinstance(cause, TooMuchSentError):
            return Reason.TOO_LARGE, str(cause)
        if isinstance(cause, UnresolvedNameError):
            return Reason.DNS, str(cause)
        if isinstance(cause, ssl.SSLError):
            said = getattr(cause, "verify_message", "") or cause.reason or str(cause)
            return Reason.TLS, str(said)[:200]
    return _reason(error), str(error)[:200] or type(error).__name__


def _reason(error: Exception) -> Reason:
    if isinstance(error, httpx.TimeoutException):
        return Reason.TIMEOUT
    if not isinstance(error, httpx.HTTPError | OSError | EOFError):
        return Reason.BAD_CONTENT
    said = str(error).lower()
    if isinstance(error, httpx.RemoteProtocolError) and any(
        word in said for word in ("too large", "too long", "exceed")
    ):
        return Reason.TOO_LARGE
    return Reason.CONNECTION


def _causes(error: BaseException | None) -> Iterable[BaseException]:
    seen = 0
    while error is not None and seen < 10:
        yield error
        error, seen = error.__cause__ or error.__context__, seen + 1
