"""Count what a server really sends: heads, chunk sizes and trailers are bytes too."""

import ssl
from typing import Any

import httpcore

from scrapers.fetch.limits import HEADER_BYTES


# A ReadError, which httpx passes on as one of its own; `answers.translated` finds it as its cause.
class TooMuchSentError(httpcore.ReadError):
    """A server sends more around an answer than the answer is worth."""


class CountedStream(httpcore.AsyncNetworkStream):
    """A connection that stops reading where an answer has had its share of bytes.

    Until the head is read that is what a head may have, so that endless heads and interim answers
    end there; `allow` adds what the body may have. Sending a request begins the count anew.
    """

    def __init__(self, inner: httpcore.AsyncNetworkStream) -> None:
        """Count nothing yet."""
        self._inner = inner
        self._taken, self._allowed = 0, HEADER_BYTES

    def allow(self, body: int) -> None:
        """Let a body of this size come, with a quarter of it for the sizes of its chunks."""
        self._allowed = self._taken + body + body // 4 + HEADER_BYTES

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Read on.

        Raises:
            TooMuchSentError: more than allowed has come already.
        """
        if self._taken > self._allowed:
            raise TooMuchSentError(f"over {self._allowed} bytes were sent, and no end")
        received = await self._inner.read(max_bytes, timeout)
        self._taken += len(received)
        return received

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send; the next answer is counted from here."""
        self._taken, self._allowed = 0, HEADER_BYTES
        await self._inner.write(buffer, timeout)

    async def aclose(self) -> None:
        """Close the connection."""
        await self._inner.aclose()

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Return the same connection under TLS, counted too."""
        return CountedStream(await self._inner.start_tls(ssl_context, server_hostname, timeout))

    def get_extra_info(self, info: str) -> Any:
        """Return what the connection tells of itself, such as its peer's address."""
        return self._inner.get_extra_info(info)
