"""Connect only where a request may go: names resolved once, every address judged."""

import asyncio
import socket
import ssl
from collections.abc import Awaitable, Callable, Iterable, Mapping

import httpcore
import httpx

from scrapers.fetch.guard import literal, refused

Resolve = Callable[[str, int], Awaitable[Iterable[str]]]
POOL = 64


class RefusedAddressError(httpcore.ConnectError):
    """The name resolves to an address that may not be connected to."""


class UnresolvedNameError(httpcore.ConnectError):
    """The name does not resolve."""


async def resolve(host: str, port: int) -> Iterable[str]:
    """All addresses of a name, by the system's resolver."""
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class GuardedBackend(httpcore.AsyncNetworkBackend):
    """Resolve once, judge every address, connect to one that was judged."""

    def __init__(self, resolver: Resolve, *, allow_private: bool) -> None:
        self._resolve, self._allow_private = resolver, allow_private
        self._inner = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Connect to the first judged address that answers."""
        try:
            addresses = [literal(host)] if literal(host) else await self._resolve(host, port)
        except (OSError, UnicodeError) as error:
            raise UnresolvedNameError(f"{host} does not resolve") from error
        known = [address for address in addresses if address]
        if any(refused(each, allow_private=self._allow_private) for each in known):
            raise RefusedAddressError(f"{host} resolves to {known[0]}")
        last: Exception = UnresolvedNameError(f"{host} has no address")
        for address in known:
            try:
                return await self._inner.connect_tcp(
                    address, port, timeout, local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                last = error
        raise last


class GuardedTransport(httpx.AsyncHTTPTransport):
    """httpx's own transport over the guarded backend."""

    def __init__(self, context: ssl.SSLContext, backend: httpcore.AsyncNetworkBackend) -> None:
        super().__init__(verify=context, trust_env=False)
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=context,
            max_connections=POOL,
            max_keepalive_connections=POOL,
            keepalive_expiry=30.0,
            network_backend=backend,
        )


def setting(environment: Mapping[str, str], name: str) -> str:
    """A setting of the environment under its upper-case or lower-case name."""
    return environment.get(name.upper()) or environment.get(name) or ""


def tls_context(environment: Mapping[str, str]) -> ssl.SSLContext:
    """The one TLS context of a run; certificates are always checked."""
    file, folder = environment.get("SSL_CERT_FILE"), environment.get("SSL_CERT_DIR")
    if file:
        return ssl.create_default_context(cafile=file)
    if folder:
        return ssl.create_default_context(capath=folder)
    return httpx.create_ssl_context(trust_env=False)
