"""Connect only where a request may go: names resolved once, every address judged."""

import ssl
import sys
import time
from collections.abc import Awaitable, Callable, Iterable, Mapping
from importlib.util import find_spec

import httpcore
import httpx

from scrapers.fetch.counted import CountedStream
from scrapers.fetch.guard import canonical, literal, refused
from scrapers.fetch.open_files import FEWEST_CONNECTIONS, allowed, connections
from scrapers.fetch.proxies import Proxies

Resolve = Callable[[str, int], Awaitable[Iterable[str]]]
Options = Iterable[httpcore.SOCKET_OPTION]

KEPT_SECONDS = 30.0
"""How long a connection is kept open for the next request."""

# httpcore 1.0 imports sniffio at each of its locks. Where nobody has installed that, Python looked
# through all folders each time, ten times a request; so it is told once.
if find_spec("sniffio") is None:
    sys.modules["sniffio"] = None  # type: ignore[assignment]


# Kinds of httpcore's own error, so that httpx passes them
# on; `answers.translated` finds them among the causes.
class RefusedAddressError(httpcore.ConnectError):
    """The name resolves to an address that may not be connected to."""


class UnresolvedNameError(httpcore.ConnectError):
    """The name does not resolve."""


class GuardedBackend(httpcore.AsyncNetworkBackend):
    """Resolve once, judge every address, connect to one that was judged.

    `private` names the hosts that may lead into a private network.
    """

    def __init__(self, resolver: Resolve, private: frozenset[str]) -> None:
        """Resolve names by `resolver`; nothing is connected yet."""
        self._resolve, self._private = resolver, private
        self._inner = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Options | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Connect to the first judged address that answers.

        One address that is refused bars the name: a server could name two, and have the one that
        leads inside tried when the other does not answer.

        Raises:
            RefusedAddressError: an address of the name is one that may not be connected to.
            UnresolvedNameError: the name has none.
            httpcore.ConnectError, httpcore.ConnectTimeout: none of them answers.
        """
        addresses = await self._addresses(host, port)
        for address in addresses:
            if self._refused(host, address):
                raise RefusedAddressError(f"{host} resolves to {address}")
        last: Exception = UnresolvedNameError(f"{host} has no address")
        for address in addresses:  # connected to by number, so that no name is resolved again
            try:
                return CountedStream(
                    await self._inner.connect_tcp(
                        address, port, timeout, local_address, socket_options
                    )
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                last = error
        raise last

    async def _addresses(self, host: str, port: int) -> list[str]:
        """Return the addresses of a host; one that is written as an address is not looked up."""
        if address := literal(canonical(host)):
            # Written in any way that browsers read (`0x7f.1`):
            # it is judged like what a name resolves to.
            return [address]
        try:
            return list(await self._resolve(host, port))
        except (OSError, ValueError) as error:
            raise UnresolvedNameError(f"{host} does not resolve") from error

    def _refused(self, host: str, address: str) -> bool:
        """Tell whether an address of a host may not be connected to."""
        return refused(address, allow_private=canonical(host) in self._private)


class ProxyBackend(GuardedBackend):
    """Connect to the proxy that the user has named, wherever it is."""

    def _refused(self, host: str, address: str) -> bool:
        """Refuse no address: the user has named the proxy, and may have it in the own network."""
        del host, address
        return False

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Options | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Connect to the proxy; a failure is the proxy's, not the website's."""
        try:
            return await super().connect_tcp(host, port, timeout, local_address, socket_options)
        except httpcore.ConnectError as error:
            words = f"the proxy {host}:{port} cannot be reached ({error})"
            raise httpcore.ConnectError(words) from None


class GuardedTransport(httpx.AsyncHTTPTransport):
    """httpx's own transport to one host, over the guarded backend."""

    def __init__(self, context: ssl.SSLContext, backend: httpcore.AsyncNetworkBackend) -> None:
        """Put a pool of our own in place of that of httpx 0.28, which takes no backend."""
        super().__init__(verify=context, trust_env=False)
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=context,
            max_connections=FEWEST_CONNECTIONS,
            max_keepalive_connections=FEWEST_CONNECTIONS,
            keepalive_expiry=KEPT_SECONDS,
            network_backend=backend,
        )

    @property
    def is_idle(self) -> bool:
        """Tell whether no request is under way."""
        return all(each.is_idle() or each.is_closed() for each in self._pool.connections)


class DirectTransport(httpx.AsyncBaseTransport):
    """A pool of connections for each host.

    httpcore 1.0 asks every connection of a pool whether it is still open, at the beginning and at
    the end of each request: in one pool for all, a request to one of 100 hosts cost five times as
    much as to one of ten.
    """

    def __init__(self, context: ssl.SSLContext, backend: httpcore.AsyncNetworkBackend) -> None:
        """Connect to nothing yet."""
        self._context, self._backend = context, backend
        self._hosts = dict[tuple[str, bytes], tuple[GuardedTransport, float]]()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send over the pool of the host, which from now on is the one that was used last."""
        host, now = (request.url.scheme, request.url.netloc), time.monotonic()
        known = self._hosts.pop(host, None)
        pool = known[0] if known else GuardedTransport(self._context, self._backend)
        self._hosts[host] = pool, now
        if known is None:
            await self._close_old(now)
        return await pool.handle_async_request(request)

    async def _close_old(self, now: float) -> None:
        """Close the pools that were not used for a while, and the oldest where there are many."""
        many = len(self._hosts) - connections(allowed())
        old = [
            host
            for place, (host, (pool, used)) in enumerate(self._hosts.items())
            if pool.is_idle and used < now and (place < many or now - used > KEPT_SECONDS)
        ]
        for pool, _ in [self._hosts.pop(host) for host in old]:
            await pool.aclose()

    async def aclose(self) -> None:
        """Close all connections."""
        for pool, _ in self._hosts.values():
            await pool.aclose()


class ProxiedTransport(httpx.AsyncHTTPTransport):
    """httpx's own transport through a proxy, over a backend that counts and never hangs."""

    def __init__(
        self, context: ssl.SSLContext, proxy: httpx.Proxy, backend: httpcore.AsyncNetworkBackend
    ) -> None:
        """Put a pool of our own in place of that of httpx 0.28, as `GuardedTransport` does."""
        super().__init__(verify=context, trust_env=False)
        to = proxy.url
        self._pool = httpcore.AsyncHTTPProxy(
            proxy_url=httpcore.URL(
                scheme=to.raw_scheme, host=to.raw_host, port=to.port, target=b"/"
            ),
            proxy_auth=proxy.raw_auth,
            ssl_context=context,
            proxy_ssl_context=context if to.scheme == "https" else None,
            max_connections=connections(allowed()),
            max_keepalive_connections=connections(allowed()),
            keepalive_expiry=KEPT_SECONDS,
            network_backend=backend,
        )


class RoutedTransport(httpx.AsyncBaseTransport):
    """Send each request on its way: directly, or through the proxy for it."""

    def __init__(
        self,
        direct: httpx.AsyncBaseTransport,
        proxied: Mapping[str, httpx.AsyncBaseTransport],
        proxies: Proxies,
    ) -> None:
        """Choose between `direct` and the `proxied` way of a scheme, as `proxies` say."""
        self._direct, self._proxied, self._proxies = direct, proxied, proxies

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Choose the way by scheme and host."""
        url = request.url
        host = url.raw_host.decode("ascii")
        way = self._direct
        if self._proxies.of(url.scheme, host, url.port) is not None:
            way = self._proxied[url.scheme]
        return await way.handle_async_request(request)

    async def aclose(self) -> None:
        """Close all ways."""
        for way in (self._direct, *self._proxied.values()):
            await way.aclose()


def transport(
    context: ssl.SSLContext, proxies: Proxies, resolver: Resolve, private: frozenset[str]
) -> httpx.AsyncBaseTransport:
    """Return the one way to the network of a run."""
    outside = ProxyBackend(resolver, frozenset())
    proxied = {
        scheme: ProxiedTransport(context, proxy, outside)
        for scheme, proxy in proxies.by_scheme.items()
    }
    direct = DirectTransport(context, GuardedBackend(resolver, private))
    return RoutedTransport(direct, proxied, proxies)
