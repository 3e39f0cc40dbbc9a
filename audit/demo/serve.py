"""Serve the invented web on loopback: companies' websites and platforms, each on its own port."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qsl, urlsplit

from audit.demo.invented import Invented
from audit.demo.networks.replies import Replying
from audit.demo.platforms import ORIGINS, replies_of_platforms
from audit.demo.web import Reply, website

DOWN = Reply(status=503, content_type="text/plain", body=b"down\n")
NOT_FOUND = Reply(status=404, content_type="text/html", body=b"<h1>Not found</h1>")


class Server:
    """One server: its address, and how it replies at the moment."""

    def __init__(self, root: str) -> None:
        self.root = root
        self.replying: Replying = _silent


class Web:
    """What is being served; `show` turns it to another day."""

    def __init__(
        self,
        sites: Mapping[str, tuple[Invented, Server]],
        platforms: Mapping[str, Server],
        today: date,
    ) -> None:
        self._sites, self._platforms, self._today = sites, platforms, today

    def addresses(self) -> dict[str, str]:
        """Give the address of each company's start page, by name."""
        return {name: f"{server.root}/" for name, (_, server) in self._sites.items()}

    def base_urls(self) -> dict[str, str]:
        """Give the address of the server that stands in for each origin of a platform."""
        return {origin: server.root for origin, server in self._platforms.items()}

    def show(self, day: date) -> None:
        """Show all websites and platforms as they stood on that day."""
        for described, server in self._sites.values():
            company = described.on(today=day == self._today)
            server.replying = _of_site(company, website(company, server.root, day, self._today))
        platforms = replies_of_platforms(self.addresses(), day, self._today)
        for origin, replying in platforms.items():
            self._platforms[origin].replying = replying


def _silent(path: str, query: Mapping[str, str]) -> Reply | None:
    """Reply that the server is down, whatever is asked."""
    del path, query
    return DOWN


def _of_site(company: Invented, pages: Mapping[str, Reply]) -> Replying:
    """Reply from a site's pages; any status but 200 is a server that is down."""

    def reply(path: str, query: Mapping[str, str]) -> Reply | None:
        del query
        if company.status != 200 and path != "/robots.txt":
            return Reply(status=company.status, content_type="text/plain", body=b"down\n")
        return pages.get(path)

    return reply


@contextmanager
def serving(companies: tuple[Invented, ...], today: date) -> Iterator[Web]:
    """Serve the companies' websites and the platforms until the context is left."""
    with ExitStack() as stack:
        sites = {company.name: (company, _served(stack)) for company in companies}
        platforms = {origin: _served(stack) for origin in ORIGINS}
        yield Web(sites, platforms, today)


def _served(stack: ExitStack) -> Server:
    """Start a server that stops when the context is left."""
    server = Server("")
    listener = ThreadingHTTPServer(("127.0.0.1", 0), _handler(lambda: server.replying))
    # Undone in reverse: the server stops, its thread ends, and then its port is given back.
    stack.callback(listener.server_close)
    # Asks every 0.05 s whether to stop: half a second,
    # Python's default, would add up over all servers.
    thread = Thread(target=listener.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    stack.callback(thread.join)
    stack.callback(listener.shutdown)
    server.root = f"http://127.0.0.1:{listener.server_port}"
    return server


def _handler(replying: Callable[[], Replying]) -> type[BaseHTTPRequestHandler]:
    """Make a handler of requests; `replying` is asked each time, as the web may turn to a day."""

    class Handler(BaseHTTPRequestHandler):
        # Python's default is HTTP/1.0, which closes the connection behind each answer.
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            query = dict(parse_qsl(parts.query))
            reply = replying()(parts.path, query) or NOT_FOUND
            self.send_response(reply.status)
            if reply.location:
                self.send_header("Location", reply.location)
            self.send_header("Content-Type", reply.content_type)
            self.send_header("Content-Length", str(len(reply.body)))
            self.end_headers()
            self.wfile.write(reply.body)

        # Python's own writes a line a request on standard error.
        def log_message(self, format: str, *args: object) -> None:
            del format, args

    return Handler
