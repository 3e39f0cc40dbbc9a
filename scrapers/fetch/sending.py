"""Send one request over the network and read its answer, within the limits of size and time."""

import asyncio

import httpx

from audit.model.exchange import Failure, Request
from audit.model.value import Reason
from scrapers.fetch.answers import LIBRARY, read_answer, translated
from scrapers.fetch.guard import host_of, is_local, is_metadata, literal, refused
from scrapers.fetch.headers import request_headers
from scrapers.fetch.keys import GrantError, Keyring, Sent
from scrapers.fetch.policy import Policy
from scrapers.fetch.proxies import Proxies
from scrapers.fetch.redirects import as_sent
from scrapers.fetch.wire import Answer, Trouble, Validators, no_answer
from scrapers.session import BODY_BYTES


class SendingWire:
    """The lowest wire: one try, at once, over the client of the run."""

    def __init__(
        self, policy: Policy, client: httpx.AsyncClient, keys: Keyring, proxies: Proxies
    ) -> None:
        """Send over `client`, which goes through `proxies`; put on a request the key it names."""
        self._policy, self._client = policy, client
        self._keys, self._proxies = keys, proxies

    async def get(self, url: str, request: Request, known: Validators | None) -> Answer | Trouble:
        """Send a request to an address that may be connected to; return how that went."""
        barred = self._barred(url)
        if barred:
            return no_answer(url, Reason.BLOCKED_ADDRESS, barred)
        try:
            async with asyncio.timeout(self._policy.timeout_seconds):
                return await self._sent(url, request, known)
        except TimeoutError:
            limit = self._policy.timeout_seconds
            return no_answer(url, Reason.TIMEOUT, f"no whole answer within {limit:g} s")
        except GrantError as error:
            return no_answer(url, Reason.HTTP_401, str(error))
        except LIBRARY as error:
            reason, words = translated(error)
            if request.key is not None:
                # The library's words may quote the address that was sent, with the key in it.
                words = f"a request with {request.key.name} ended with {type(error).__name__}"
            return no_answer(url, reason, words)

    def without_asking(self, url: str, request: Request) -> None:
        """Know nothing: what is certain beforehand is known further up."""

    def turned_out(self, url: str, request: Request, failure: Failure) -> None:
        """Take no notice: each request is sent as if it were the first."""

    def slow_down(self, url: str, seconds: float) -> None:
        """Take no notice: whoever gets here has had its turn."""

    def _barred(self, url: str) -> str:
        """Say why a host is not connected to, as far as its name tells; "" where it may be.

        What its name resolves to is judged when it is connected to (`connect.py`). Through a proxy
        it never is here: the proxy resolves the name, in a network that may have its own.
        """
        host = host_of(url)
        private = host in self._policy.private_hosts
        if is_metadata(host) or (literal(host) and refused(host, allow_private=private)):
            return f"{host} is not a public address"
        target = httpx.URL(as_sent(url))
        proxy = self._proxies.of(target.scheme, host, target.port)
        if proxy is not None and is_local(host) and not private:
            return f"{host} is a name of the proxy's own network"
        return ""

    async def _sent(self, url: str, request: Request, known: Validators | None) -> Answer | Trouble:
        """Send a request with the key that it names; return the answer without that key."""
        key = request.key
        sent = await self._keys.sent(key, url, self._client) if key is not None else Sent(url, {})
        target = httpx.URL(as_sent(sent.url))
        # httpx would derive Host itself, and stumble over names that only its idna rules forbid
        host = {"Host": target.netloc.decode("ascii")}
        exchange = self._client.stream(
            "POST" if request.body else "GET",
            target,
            headers={**host, **dict(request_headers(request, known)), **sent.headers},
            content=request.body.encode() if request.body else None,
        )
        async with exchange as response:
            answer = await read_answer(url, response, BODY_BYTES[request.kind])
        if key is None or isinstance(answer, Trouble):
            return answer
        return self._keys.blotted(key, url, answer, BODY_BYTES[request.kind])
