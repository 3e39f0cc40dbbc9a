"""The sending wire over a server in memory: one try, with the key that a request names."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import httpx
import pytest

from audit.model.exchange import Key, Request
from audit.model.value import Reason
from scrapers.fetch.keys import Keyring
from scrapers.fetch.policy import Policy
from scrapers.fetch.proxies import Proxies
from scrapers.fetch.sending import SendingWire
from scrapers.fetch.wire import Answer, Trouble, Validators

URL = "https://acme.example/"
KEY = Key(variables=("ACME_KEY",), host="acme.example", adds="all", query="key={ACME_KEY}")
POLICY = Policy(timeout_seconds=2.0, delay_seconds=0.0, user_agent="x")


@dataclass
class Server(httpx.AsyncBaseTransport):
    """Answers every request alike, or not at all; keeps what came."""

    status: int = 200
    body: bytes = b"x"
    fails: Exception | None = None
    requests: list[httpx.Request] = field(default_factory=list)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        if self.fails is not None:
            raise self.fails
        return httpx.Response(self.status, stream=httpx.ByteStream(self.body))


@pytest.fixture
def server() -> Server:
    return Server()


@pytest.fixture
async def wire(server: Server) -> AsyncIterator[SendingWire]:
    async with httpx.AsyncClient(transport=server) as client:
        keys = Keyring({"ACME_KEY": "s3cr3t-value"})
        yield SendingWire(POLICY, client, keys, Proxies({}, ()))


async def test_a_refusal_is_an_answer_and_is_sent_once(server: Server, wire: SendingWire) -> None:
    server.status = 503
    answer = await wire.get(URL, Request(url=URL), None)
    assert isinstance(answer, Answer)
    assert answer.status == 503
    assert len(server.requests) == 1, "tries belong to the wire above"


async def test_a_known_page_is_asked_for_on_condition(server: Server, wire: SendingWire) -> None:
    known = Validators(etag='"v1"', last_modified="yesterday", record="a#1", form="f")
    await wire.get(URL, Request(url=URL), known)
    headers = server.requests[0].headers
    assert (headers["if-none-match"], headers["if-modified-since"]) == ('"v1"', "yesterday")


async def test_a_key_is_put_on_when_it_is_sent_and_taken_out_of_the_answer(
    server: Server, wire: SendingWire
) -> None:
    server.body = b"you are s3cr3t-value"
    answer = await wire.get(URL, Request(url=URL, key=KEY), None)
    assert str(server.requests[0].url) == f"{URL}?key=s3cr3t-value"
    assert isinstance(answer, Answer)
    assert (answer.url, answer.wire) == (URL, b"you are redacted")


async def test_a_failure_with_a_key_does_not_repeat_the_librarys_words(
    server: Server, wire: SendingWire
) -> None:
    server.fails = httpx.ConnectError(f"cannot reach {URL}?key=s3cr3t-value")
    trouble = await wire.get(URL, Request(url=URL, key=KEY), None)
    assert isinstance(trouble, Trouble)
    assert trouble.detail == "a request with ACME_KEY ended with ConnectError"


@pytest.mark.parametrize("host", ["127.0.0.1", "169.254.169.254", "metadata.google.internal"])
async def test_an_address_that_is_barred_is_never_sent_to(
    server: Server, wire: SendingWire, host: str
) -> None:
    url = f"http://{host}/"
    barred = await wire.get(url, Request(url=url), None)
    assert isinstance(barred, Trouble)
    assert (barred.reason, barred.detail) == (
        Reason.BLOCKED_ADDRESS,
        f"{host} is not a public address",
    )
    assert server.requests == []
