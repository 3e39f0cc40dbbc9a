"""Each host has connections of its own, which are kept for a while and then closed."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import pytest

from scrapers.fetch import connect
from scrapers.fetch.client import new_client
from scrapers.fetch.policy import Policy
from scrapers.fetch.proxies import read_proxies

HOSTS = tuple(f"127.0.0.{number}" for number in range(1, 6))
ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


class Server:
    """A server on all loopback addresses that counts connections; an answer may have to wait."""

    def __init__(self) -> None:
        self.opened, self.open_now, self.port = 0, 0, 0
        self.may_answer = asyncio.Event()
        self.may_answer.set()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one request after the other."""
        self.opened += 1
        self.open_now += 1
        try:
            while await reader.readuntil(b"\r\n\r\n"):
                await self.may_answer.wait()
                writer.write(ANSWER)
        except (asyncio.IncompleteReadError, ConnectionError):
            self.open_now -= 1
        finally:
            writer.close()


@asynccontextmanager
async def served() -> AsyncIterator[tuple[Server, httpx.AsyncClient]]:
    server = Server()
    policy = Policy(
        timeout_seconds=10.0, delay_seconds=0.0, user_agent="x", private_hosts=frozenset(HOSTS)
    )
    first = await asyncio.start_server(server.serve, HOSTS[0])
    server.port = first.sockets[0].getsockname()[1]
    async with (
        first,
        await asyncio.start_server(server.serve, HOSTS[1:], server.port),
        new_client(policy, read_proxies({}), {}) as client,
    ):
        yield server, client


async def ask(server: Server, client: httpx.AsyncClient, host: str) -> str:
    return (await client.get(f"http://{host}:{server.port}/")).text


async def until_open(server: Server, number: int) -> None:
    """Wait until the server has seen that so many connections are open."""
    async with asyncio.timeout(5):
        while server.open_now != number:
            await asyncio.sleep(0.01)


async def test_a_host_keeps_its_connection_whatever_others_do() -> None:
    async with served() as (server, client):
        for _ in range(3):
            assert [await ask(server, client, host) for host in HOSTS] == ["ok"] * 5
        assert server.opened == len(HOSTS)


async def test_of_many_hosts_the_connection_used_first_is_closed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(connect, "connections", lambda _: 2)
    async with served() as (server, client):
        for host in HOSTS:
            await ask(server, client, host)
        await until_open(server, 2)
        await ask(server, client, HOSTS[-1])
        assert server.opened == len(HOSTS)


async def test_a_connection_that_is_not_used_for_a_while_is_closed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with served() as (server, client):
        await ask(server, client, HOSTS[0])
        monkeypatch.setattr(connect, "KEPT_SECONDS", -1.0)
        await ask(server, client, HOSTS[1])
        await until_open(server, 1)


async def test_a_request_under_way_is_never_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connect, "connections", lambda _: 1)
    async with served() as (server, client):
        server.may_answer.clear()
        asked = [asyncio.create_task(ask(server, client, host)) for host in HOSTS]
        await until_open(server, len(HOSTS))
        server.may_answer.set()
        assert await asyncio.gather(*asked) == ["ok"] * 5
