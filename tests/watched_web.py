"""The invented web as its servers see a run: who asked what, when, and how many at once."""

import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock
from urllib.parse import urlencode

from audit.demo.invented import companies
from audit.demo.networks.replies import Replying
from audit.demo.serve import Server, Web, serving
from audit.demo.web import Reply
from tests.conftest import TODAY

LATENCY = 0.01


@dataclass
class Seen:
    """What one server has seen since it was last asked."""

    asked: list[str] = field(default_factory=list)
    open_now: int = 0
    most_open: int = 0
    ended: float = 0.0
    shortest: float = float("inf")
    """Seconds from the end of an answer to the next request."""
    lock: Lock = field(default_factory=Lock)

    def begin(self, address: str) -> None:
        with self.lock:
            if self.asked:
                self.shortest = min(self.shortest, time.monotonic() - self.ended)
            self.asked.append(address)
            self.open_now += 1
            self.most_open = max(self.most_open, self.open_now)

    def end(self) -> None:
        with self.lock:
            self.open_now -= 1
            self.ended = time.monotonic()

    @property
    def twice(self) -> dict[str, int]:
        """Addresses that were asked for more than once."""
        return {address: times for address, times in Counter(self.asked).items() if times > 1}


@dataclass
class Watched:
    """A web that is being served, and what its servers have seen, by their addresses."""

    web: Web
    servers: dict[str, Seen]

    def forget(self) -> None:
        """Begin anew, for another run."""
        for seen in self.servers.values():
            seen.__init__()  # type: ignore[misc]

    @property
    def visited(self) -> dict[str, Seen]:
        """Those servers that were asked for anything."""
        return {root: seen for root, seen in self.servers.items() if seen.asked}


@contextmanager
def watched_web() -> Iterator[Watched]:
    """Serve the invented web, and watch all of its servers."""
    with serving(companies(), TODAY) as web:
        web.show(TODAY)
        servers = [server for _, server in web._sites.values()] + list(web._platforms.values())
        yield Watched(web, {server.root: _watch(server) for server in servers})


def _watch(server: Server) -> Seen:
    seen = Seen()

    def replying(inner: Replying) -> Replying:
        def reply(path: str, query: Mapping[str, str]) -> Reply | None:
            held.begin(f"{path}?{urlencode(query)}" if query else path)
            try:
                time.sleep(LATENCY)
                return inner(path, query)
            finally:
                held.end()

        held = seen
        return reply

    server.replying = replying(server.replying)
    return seen
