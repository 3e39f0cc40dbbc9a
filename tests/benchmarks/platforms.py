"""Audit fifty sites whose companies have eight profiles each, and hold the time against the lanes.

A platform is one lane for all companies. So the audit can take no less than the platform that is
asked most; it should take little more, as the lanes of different platforms run side by side.

Sites and platforms are served here, each at a loopback address of its own; the platforms reply as
those of `audit demo` do. `settings.base_urls` leads to them, so that no other host is asked.
`python -m tests.benchmarks.platforms [COMMAND [COMPANIES]]` measures another `audit` command.
"""

import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from threading import Thread
from urllib.parse import parse_qsl, urlsplit

from audit.demo.networks.replies import Replying, document, html
from audit.demo.platforms import NETWORKS, OPEN, WIKIDATA
from audit.demo.profiles import DemoAccount, InventedProfile
from audit.demo.web import Reply
from scrapers.platforms import platforms
from tests.benchmarks.whole import AUDIT, audited_once

COMPANIES, DELAY, LATENCY = 50, 0.1, 0.05
"""With the usual delay of a second it would take half an hour."""

LINKS: Mapping[str, str] = {
    "youtube": "https://www.youtube.com/@{}",
    "instagram": "https://www.instagram.com/{}/",
    "facebook": "https://www.facebook.com/{}",
    "tiktok": "https://www.tiktok.com/@{}",
    "pinterest": "https://www.pinterest.com/{}/",
    "mastodon": "https://mastodon.social/@{}",
    "discord": "https://discord.gg/{}",
    "github": "https://github.com/{}",
}
FACTOR, ALLOWED_SECONDS = 1.1, 5.0
_FIRST_SITE, _FIRST_PLATFORM = ip_address("127.78.0.1"), ip_address("127.79.0.1")
_ROBOTS = Reply(status=200, content_type="text/plain", body=OPEN.encode())
_NOTHING = Reply(status=404, content_type="text/html", body=b"<h1>Not found</h1>")


def main(command: str = AUDIT, companies: int = COMPANIES) -> list[tuple[str, float, str]]:
    """Measure; give the rows of the table."""
    profiles = _profiles(companies)
    with tempfile.TemporaryDirectory() as folder, _serving(profiles, companies) as (port, asked):
        file = _listed(Path(folder), port, companies)
        began = time.monotonic()
        audited_once(command, file)
        wall = time.monotonic() - began
    name, longest = _longest_lane(asked)
    bound = FACTOR * longest + ALLOWED_SECONDS
    title = f"{companies} companies of {len(LINKS)} profiles"
    return [
        (f"S3  {title}, {sum(asked.values())} requests, seconds", wall, ""),
        (f"    the longest lane of a platform ({name}), seconds", longest, ""),
        (
            f"S3  seconds ÷ ({FACTOR} × longest lane, + {ALLOWED_SECONDS:.0f} s)",
            wall / bound,
            "≤ 1",
        ),
    ]


def _profiles(companies: int) -> list[InventedProfile]:
    """Invent a profile of each company on each platform."""
    return [
        InventedProfile(
            account=DemoAccount(
                platform=platform,
                handle=_handle(number),
                id=f"UC{_handle(number):0<22}" if platform == "youtube" else f"{10**9 + number}",
                name=f"Company {number}",
                followers=1_000 + number,
                posts=40,
                since=date(2019, 3, 4),
            ),
            about=f"What company {number} says.",
            shows="all",
            site=f"http://{_FIRST_SITE + number}/",
            followers=1_000 + number,
            posts=(),
        )
        for number in range(companies)
        for platform in LINKS
    ]


def _handle(number: int) -> str:
    return f"simulated{number:03d}"


@contextmanager
def _serving(profiles: list[InventedProfile], companies: int) -> Iterator[tuple[int, Counter[str]]]:
    """Serve sites and platforms; give the port of all of them, and how often each is asked."""
    sites = {f"{_FIRST_SITE + number}": _site(number) for number in range(companies)}
    networks = {
        address: network.replies([each for each in profiles if each.account.platform == platform])
        for network, (address, platform) in zip(NETWORKS, _addresses().values(), strict=False)
    }
    asked: Counter[str] = Counter()
    server = _Server(("", 0), _handler(sites | networks, asked))
    thread = Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield server.server_port, asked
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class _Server(ThreadingHTTPServer):
    """A server for every loopback address, and for nobody else."""

    daemon_threads = True
    request_queue_size = 256

    def verify_request(self, request: object, client_address: tuple[str, int]) -> bool:
        del request
        return client_address[0].startswith("127.")


def _addresses() -> dict[str, tuple[str, str]]:
    """Give where each origin is served, and the platform behind it."""
    origins = [(network.origin, network.platform) for network in NETWORKS]
    return {
        origin: (f"{_FIRST_PLATFORM + at}", platform)
        for at, (origin, platform) in enumerate([*origins, (WIKIDATA, "wikidata")])
    }


def _site(number: int) -> Replying:
    """Reply with a page that names all profiles of a company."""
    links = "".join(
        f'<a href="{link.format(_handle(number))}">{name}</a>' for name, link in LINKS.items()
    )
    page = html(document(f"Company {number}", body=f"<h1>Pumps</h1><footer>{links}</footer>"))
    return lambda path, _query: page if path == "/" else None


def _handler(replying: Mapping[str, Replying], asked: Counter[str]) -> type[BaseHTTPRequestHandler]:
    """Make a handler that replies for every address, a little late, and counts."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            address = str(self.headers.get("Host", "")).partition(":")[0]
            asked[address] += 1
            time.sleep(LATENCY)
            parts = urlsplit(self.path)
            reply = self._reply(address, parts.path, dict(parse_qsl(parts.query)))
            self.send_response(reply.status)
            if reply.location:
                self.send_header("Location", reply.location)
            self.send_header("Content-Type", reply.content_type)
            self.send_header("Content-Length", str(len(reply.body)))
            self.end_headers()
            self.wfile.write(reply.body)

        def _reply(self, address: str, path: str, query: Mapping[str, str]) -> Reply:
            if path == "/robots.txt":
                return _ROBOTS
            known = replying.get(address)
            return (known(path, query) if known is not None else None) or _NOTHING

        def log_message(self, format: str, *args: object) -> None:
            del format, args

    return Handler


def _listed(folder: Path, port: int, companies: int) -> Path:
    """Write a list of the companies, with the servers that stand in for the platforms."""
    origins = ", ".join(
        f"'{origin}': 'http://{address}:{port}'" for origin, (address, _) in _addresses().items()
    )
    rows = [
        f"- {{name: Company {number}, website: 'http://{_FIRST_SITE + number}:{port}/'}}"
        for number in range(companies)
    ]
    file = folder / "c.yaml"
    settings = f"{{delay_seconds: {DELAY}, base_urls: {{{origins}}}}}"
    file.write_text(f"settings: {settings}\ncompanies:\n" + "\n".join(rows), "utf-8")
    return file


def _longest_lane(asked: Counter[str]) -> tuple[str, float]:
    """Return the platform whose requests take longest one after the other, and the seconds."""
    pace = {name: platform.pace for name, platform in platforms().items()}
    lanes = {
        platform: asked[address] * (pace.get(platform, 1.0) * DELAY + LATENCY)
        for address, platform in _addresses().values()
    }
    return max(lanes.items(), key=lambda lane: lane[1])


if __name__ == "__main__":
    command, companies, *_ = (*sys.argv[1:], *(AUDIT, str(COMPANIES))[len(sys.argv) - 1 :], "")
    for name, figure, target in main(command, int(companies)):
        sys.stdout.write(f"{name:68} {figure:9.2f}   {target and 'target ' + target}\n")
