"""Audit a good company alone and beside a hostile one: `python -m tests.beside`.

For each body that is slow to read: is the good company's result the same, and how much longer did
its visit take? The hostile company's own reason is printed too.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from audit.browser import VARIABLE
from tests.forked import run_command
from tests.hostile import Route, page, serving

AUDIT = str(Path(sys.executable).parent / "audit")
GOOD, BAD = "Good Pumps", "Evil Valves"
PAGES = 25
DELAY = 0.2
FEED = "application/rss+xml"
AUTHOR = "a" * 32_000
QUIET = {
    VARIABLE: "/nowhere/chromium",
    "HTTP_PROXY": "http://127.0.0.1:9",
    "HTTPS_PROXY": "http://127.0.0.1:9",
    "NO_PROXY": "127.0.0.1",
}
"""No browser, and nothing beyond this machine is asked for."""


def _site(home: bytes, **more: bytes) -> dict[str, Route | list[Route]]:
    return {"/": home, **{f"/{name.replace('_', '.')}": body for name, body in more.items()}}


def _rss(inside: str) -> bytes:
    return page(f"<rss version='2.0'><channel><title>x</title>{inside}</channel></rss>", FEED)


def _attributes() -> str:
    return " ".join(f"a{number}='1'" for number in range(200_000))


HOME = page(
    "<title>Evil</title><h1>Valves</h1><link rel=alternate type=application/rss+xml href=/rss.xml>"
)

HOSTILE: dict[str, dict[str, Route | list[Route]]] = {
    "robots.txt of 500,000 line feeds": _site(
        HOME, robots_txt=page("User-agent: *\n" + "\n" * 500_000, "text/plain")
    ),
    "robots.txt of 25,000 agents for 25,000 rules": _site(
        HOME,
        robots_txt=page(
            "".join(f"user-agent:{n}\n" for n in range(20_000)) + "allow:/a\n" * 15_000,
            "text/plain",
        ),
    ),
    "one unclosed tag of five million letters": _site(page(b"<" + b"a" * 5_000_000, "text/html")),
    "five million times the beginning of a tag": _site(page(b"<a " * 1_700_000, "text/html")),
    "charset=punycode": _site(page(b"a-" * 500_000, "text/html; charset=punycode")),
    "a feed with an author of 32 KB": _site(
        HOME, rss_xml=_rss(f"<item><title>x</title><author>{AUTHOR}</author></item>")
    ),
    "a feed with 200,000 attributes": _site(
        HOME, rss_xml=_rss(f"<item {_attributes()}><title>x</title></item>")
    ),
    "52,000 metas of one name": _site(
        page("<title>x</title>" + "<meta name=a content=b>" * 52_000)
    ),
    "a page of 200,000 attributes": _site(page(f"<p {_attributes()}>x")),
    "nested 200,000 deep": _site(page("<div>" * 200_000)),
    "a page of 4 MB of braces in a script": _site(page("<script>" + "{" * 4_000_000)),
}


def _good() -> dict[str, Route | list[Route]]:
    """A site of some pages, and a blog with a feed."""
    menu = "".join(f"<a href='/p{number}/'>Page {number}</a> " for number in range(PAGES))
    items = "".join(
        f"<item><title>Post {n}</title><link>/blog/{n}</link>"
        f"<pubDate>Mon, {n:02} Nov 2026 08:00:00 GMT</pubDate></item>"
        for n in range(1, 20)
    )
    head = "<link rel=alternate type=application/rss+xml href=/blog/feed.xml>"
    body = f"<title>Good Pumps</title>{head}<nav><a href='/blog/'>Blog</a>{menu}</nav><p>Pumps</p>"
    routes: dict[str, Route | list[Route]] = {"/": page(body), "/blog/": page(body)}
    routes |= {f"/p{number}/": page(body) for number in range(PAGES)}
    routes["/blog/feed.xml"] = _rss(items)
    return routes


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run came to: the good company's row, its seconds, and how the other ended."""

    row: Mapping[str, object]
    seconds: float
    other: str


def audited(good: str, *bad: str, delay: float = DELAY) -> Outcome:
    """Audit the good company, beside bad ones where there are some; without a delay no time is told."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "c.yaml"
        rows = [f"- {{name: {GOOD}, website: {good}/, own: true}}"]
        rows += [f"- {{name: {BAD}{at or ''}, website: {url}/}}" for at, url in enumerate(bad)]
        settings = f"{{delay_seconds: {delay}, profiles: false}}"
        file.write_text(f"settings: {settings}\ncompanies:\n" + "\n".join(rows), "utf-8")
        command = [AUDIT, str(file), "--allow-private-hosts", "--as-of", "2026-11-24"]
        command += ["--format", "json", "-o", str(file.with_suffix(".json"))]
        heard = dict(_heard(command, timed=delay > 0))
        row = next(
            row
            for row in json.loads(file.with_suffix(".json").read_text("utf-8"))["companies"]
            if row["name"] == GOOD
        )
    begun, ended = (heard[f"{GOOD}: {word}"][0] for word in ("visiting", "complete"))
    others = [line for key, (_, line) in heard.items() if key.startswith(f"{BAD}: ")]
    return Outcome(row, ended - begun, others[-1] if others else "")


def _heard(command: list[str], *, timed: bool) -> Iterator[tuple[str, tuple[float, str]]]:
    """The lines that a run writes, by their first words, with the time of each where it matters."""
    environment = {k: v for k, v in os.environ.items() if "PROXY" not in k.upper()} | QUIET
    if timed:
        lines = _timed(command, environment)
    else:
        said = run_command(command, environment).stderr.splitlines()
        lines = ((0.0, line) for line in said)
    for at, line in lines:
        name, _, words = line.strip().partition(": ")
        key = f"{name}: {words.replace(',', ' ').replace(':', ' ').split(' ')[0]}"
        yield key, (at, line.strip())


def _timed(command: list[str], environment: Mapping[str, str]) -> Iterator[tuple[float, str]]:
    with subprocess.Popen(
        command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True, env=environment
    ) as running:
        assert running.stderr is not None
        for line in running.stderr:
            yield time.monotonic(), line


@contextmanager
def good_site() -> Iterator[str]:
    """The good company's site, served."""
    with serving(_good()) as site:
        yield site.url


def same(one: Outcome, other: Outcome) -> bool:
    """Tell whether the good company's results are the same apart from times and records.

    Its shares in all companies are other ones beside another company.
    """
    return plain(one.row) == plain(other.row)


def plain(value: object) -> object:
    """A result without what differs from run to run."""
    if isinstance(value, dict):
        left = ("fetched_at", "record", "at")
        return {
            key: plain(each)
            for key, each in value.items()
            if key not in left and ".share_of_" not in key
        }
    return [plain(each) for each in value] if isinstance(value, list) else value


def main() -> None:
    """Print a table, a line a body."""
    with good_site() as good:
        alone = min((audited(good) for _ in range(3)), key=lambda each: each.seconds)
        print(f"alone: {alone.seconds:.2f} s")  # noqa: T201
        for name, routes in HOSTILE.items():
            with serving(routes) as bad:
                beside = audited(good, bad.url)
            verdict = "equal" if same(alone, beside) else "DIFFERENT"
            share = beside.seconds / alone.seconds
            print(f"{share:5.2f}  {verdict:9}  {name:48} {beside.other}", flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
