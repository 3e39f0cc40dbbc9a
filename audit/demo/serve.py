"""Serve the invented web on loopback: companies' websites and platforms, each on its own port."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qsl, urlsplit

from audit.demo.invented import Invented
from audit.demo.networks.answers import Answering
from audit.demo.platforms import ORIGINS, drawn
from audit.demo.web import Answer, website

DOWN = Answer(status=503, content_type="text/plain", body=b"down\n")
NOT_FOUND = Answer(status=404, content_type="text/html", body=b"<h1>Not found</h1>")


class Place:
    """One server: its address, and what it answers now."""

    def __init__(self, root: str) -> None:
        self.root = root
        self.answering: Answering = _silent


class Web:
    """What is being served; `show` turns it to another day."""

    def __init__(
        self,
        sites: Mapping[str, tuple[Invented, Place]],
        platforms: Mapping[str, Place],
        today: date,
    ) -> None:
        self._sites, self._platforms, self._today = sites, platforms, today

    def addresses(self) -> dict[str, str]:
        """The address of each company's start page, by name."""
        return {name: f"{place.root}/" for name, (_, place) in self._sites.items()}

    def base_urls(self) -> dict[str, str]:
        """The server that stands in for each origin of a platform."""
        return {origin: place.root for origin, place in self._platforms.items()}

    def show(self, day: date) -> None:
        """Show all websites and platforms as they stood on that day."""
        for company, place in self._sites.values():
            place.answering = _of_site(company, website(company, place.root, day, self._today))
        for origin, answering in drawn(self.addresses(), day, self._today).items():
            self._platforms[origin].answering = answering

    def fall_silent(self) -> None:
        """Answer nothing any more but that the server is down."""
        for place in (*(place for _, place in self._sites.values()), *self._platforms.values()):
            place.answering = _silent


def _silent(path: str, query: Mapping[str, str]) -> Answer | None:
    del path, query
    return DOWN


def _of_site(company: Invented, pages: Mapping[str, Answer]) -> Answering:
    """Answer from a site's pages; any status but 200 is a server that is down."""

    def answer(path: str, query: Mapping[str, str]) -> Answer | None:
        del query
        if company.status != 200 and path != "/robots.txt":
            return Answer(status=company.status, content_type="text/plain", body=b"down\n")
        return pages.get(path)

    return answer


@contextmanager
def serving(companies: tuple[Invented, ...], today: date) -> Iterator[Web]:
    """Serve the companies' websites and the platforms until the context is left."""
    with ExitStack() as stack:
        sites = {company.name: (company, _served(stack)) for company in companies}
        platforms = {origin: _served(stack) for origin in ORIGINS}
        yield Web(sites, platforms, today)


def _served(stack: ExitStack) -> Place:
    """Start a server that stops when the context is left."""
    place = Place("")
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(lambda: place.answering))
    stack.callback(server.server_close)
    thread = Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    stack.callback(thread.join)
    stack.callback(server.shutdown)
    place.root = f"http://127.0.0.1:{server.server_port}"
    return place


def _handler(answering: Callable[[], Answering]) -> type[BaseHTTPRequestHandler]:
    """Make a handler that says what is answered at the moment."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            query = dict(parse_qsl(parts.query))
            found = answering()(parts.path, query) or NOT_FOUND
            self.send_response(found.status)
            if found.location:
                self.send_header("Location", found.location)
            self.send_header("Content-Type", found.content_type)
            self.send_header("Content-Length", str(len(found.body)))
            self.end_headers()
            self.wfile.write(found.body)

        def log_message(self, format: str, *args: object) -> None:
            del format, args

    return Handler
