"""A web server on loopback that answers with exactly the bytes it is told to, however wrong."""

import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

Route = bytes | Callable[[socket.socket, bytes], None]
OK = b"HTTP/1.1 200 OK\r\n"


def page(body: bytes | str, kind: str = "text/html; charset=utf-8", extra: str = "") -> bytes:
    """A well-formed answer."""
    raw = body.encode() if isinstance(body, str) else body
    head = f"Content-Type: {kind}\r\nContent-Length: {len(raw)}\r\n{extra}Connection: close\r\n\r\n"
    return OK + head.encode() + raw


def status(code: int, extra: str = "", body: bytes = b"x") -> bytes:
    """An answer with a status of its own."""
    head = f"HTTP/1.1 {code} X\r\n{extra}Content-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    return head.encode() + body


@dataclass
class Site:
    """A running server: its address, and what it was asked for."""

    url: str
    requests: list[bytes] = field(default_factory=list)
    open_now: int = 0
    most_open: int = 0

    @property
    def paths(self) -> list[str]:
        """The paths asked for, in order; a question counts before its answer has ended."""
        return [head.split(b" ")[1].decode() for head in self.requests]


@dataclass
class _Server:
    """Answers connections from routes, each in a thread of its own."""

    routes: Mapping[str, Route | list[Route]]
    site: Site
    context: ssl.SSLContext | None = None
    stop: threading.Event = field(default_factory=threading.Event)
    turns: dict[str, int] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def loop(self, listener: socket.socket) -> None:
        while not self.stop.is_set():
            with suppress(TimeoutError):
                connection, _ = listener.accept()
                threading.Thread(target=self.answer, args=(connection,), daemon=True).start()

    def answer(self, plain: socket.socket) -> None:
        with plain, suppress(OSError):
            plain.settimeout(5)
            if self.context is None:
                self.speak(plain)
                return
            with self.context.wrap_socket(plain, server_side=True) as secured:
                self.speak(secured)

    def speak(self, connection: socket.socket) -> None:
        head = self.read(connection)
        if not head:
            return
        path = head.split(b" ")[1].decode()
        route = self.route(path, self.begin(path, head))
        # Whoever has an answer may ask again at once: it has ended before its last byte is sent.
        last = b"" if callable(route) else route[-1:]
        try:
            if callable(route):
                route(connection, head)
            else:
                connection.sendall(route[:-1])
        finally:
            with self.lock:
                self.site.open_now -= 1
        if last:
            connection.sendall(last)

    def read(self, connection: socket.socket) -> bytes:
        head = b""
        while b"\r\n\r\n" not in head:
            chunk = connection.recv(65_536)
            if not chunk:
                return b""
            head += chunk
        return head

    def begin(self, path: str, head: bytes) -> int:
        with self.lock:
            self.site.open_now += 1
            self.site.most_open = max(self.site.most_open, self.site.open_now)
            self.site.requests.append(head)
            turn = self.turns.get(path, 0)
            self.turns[path] = turn + 1
            return turn

    def route(self, path: str, turn: int) -> Route:
        """What is answered to a path that is asked for the so-manieth time."""
        route = self.routes.get(path, status(404))
        return route[min(turn, len(route) - 1)] if isinstance(route, list) else route


@contextmanager
def serving(
    routes: Mapping[str, Route | list[Route]], certificate: Path | None = None
) -> Iterator[Site]:
    """Serve routes on a port of their own; a list of answers is given one after the other.

    With a certificate (key and chain in one PEM file) the server speaks TLS.
    """
    listener = socket.create_server(("127.0.0.1", 0))
    listener.settimeout(0.1)
    context = None
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
    scheme = "https" if context is not None else "http"
    site = Site(url=f"{scheme}://127.0.0.1:{listener.getsockname()[1]}")
    server = _Server(routes, site, context)
    thread = threading.Thread(target=server.loop, args=(listener,), daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.stop.set()
        thread.join()
        listener.close()
