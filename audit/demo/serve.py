"""Serve the invented companies' websites on loopback, each on a port of its own."""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import urlsplit

from audit.demo.invented import Invented
from audit.demo.web import Answer, website

Site = dict[str, Answer]


class Web:
    """The websites that are being served; `show` turns them to another day."""

    def __init__(self, sites: Mapping[str, tuple[Invented, Site]], today: date) -> None:
        self._sites, self._today = sites, today

    def addresses(self) -> dict[str, str]:
        """The address of each company's start page, by name."""
        return {company.name: f"{root}/" for root, (company, _) in self._sites.items()}

    def show(self, day: date) -> None:
        """Show all websites as they stood on that day."""
        for root, (company, site) in self._sites.items():
            fresh = website(company, root, day, self._today)
            site.clear()
            site.update(fresh)


@contextmanager
def serving(companies: tuple[Invented, ...], today: date) -> Iterator[Web]:
    """Serve the companies' websites until the context is left."""
    with ExitStack() as stack:
        sites: dict[str, tuple[Invented, Site]] = {}
        for company in companies:
            site: Site = {}
            server = ThreadingHTTPServer(("127.0.0.1", 0), _answering(site, company.status))
            stack.callback(server.server_close)
            thread = Thread(target=server.serve_forever, args=(0.05,), daemon=True)
            thread.start()
            stack.callback(thread.join)
            stack.callback(server.shutdown)
            sites[f"http://127.0.0.1:{server.server_port}"] = (company, site)
        yield Web(sites, today)


def _answering(site: Site, status: int) -> type[BaseHTTPRequestHandler]:
    """Make a handler that answers from a site; any status but 200 is a server that is down."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            found = site.get(urlsplit(self.path).path)
            if status != 200 and self.path != "/robots.txt":
                found = Answer(status=status, content_type="text/plain", body=b"down\n")
            if found is None:
                found = Answer(status=404, content_type="text/html", body=b"<h1>Not found</h1>")
            self.send_response(found.status)
            self.send_header("Content-Type", found.content_type)
            self.send_header("Content-Length", str(len(found.body)))
            self.end_headers()
            self.wfile.write(found.body)

        def log_message(self, format: str, *args: object) -> None:
            del format, args

    return Handler
