"""Measure page analysis against a bare parse of the same pages, and how it grows; then the workbook, audits, a history.

Pages: the corpus beside the checkout where it is present, else pages drawn here. Each case runs on
every page before the next round; the median of the rounds counts.
"""

import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from audit.model.catalogue import Catalogue
from audit.model.exchange import Page, Request
from config.catalogue import load_catalogue
from scrapers.page.analyse import analyse
from scrapers.page.rules import Rules
from scrapers.workers.process import collect_seldom
from tests.benchmarks.again import main as audit_again
from tests.benchmarks.history import main as history
from tests.benchmarks.starting import main as starting
from tests.benchmarks.whole import main as whole_audit
from tests.benchmarks.workbook import main as workbook
from tests.topics import seconds, texts_of_feeds
from tests.topics_example import corpus, texts_of

CORPUS = Path(__file__).resolve().parents[2].parent / "shared" / "corpus" / "pages"
NOW = datetime(2026, 11, 1, tzinfo=UTC)
ROUNDS = 3


def main() -> None:
    """Print the table."""
    pages = [_page(body) for body in _bodies()]
    catalogue = load_catalogue()
    rules = Rules(catalogue)
    # As the processes do that read pages.
    collect_seldom()
    bare = _times(lambda page: LexborHTMLParser(_plain(page.body)), pages)
    raw = _times(lambda page: LexborHTMLParser(page.body), pages)
    whole = _times(lambda page: analyse(page, _asked(page), rules), pages)
    ratios = sorted(after / before for after, before in zip(whole, bare, strict=True))
    few, many = (Rules(_grown(catalogue, size)) for size in (400, 4_000))
    growth = sum(_times(lambda page: analyse(page, _asked(page), many), pages)) / sum(
        _times(lambda page: analyse(page, _asked(page), few), pages)
    )
    rows = [
        ("P1  page analysis ÷ decode and parse, sum", sum(whole) / sum(bare), "≤ 5"),
        ("P1  the same, 95th percentile page", ratios[int(len(ratios) * 0.95)], "≤ 8"),
        ("    page analysis ÷ parse of the bytes", sum(whole) / sum(raw), "≤ 5"),
        ("P2  4,000 fingerprints ÷ 400", growth, "≤ 1.5"),
        ("P3  slowest page, ms", max(whole) * 1_000, "≤ 50"),
        ("P3  5 MiB page, ms", _once(_page(_large()), rules) * 1_000, "≤ 250"),
        (
            "P3  100,000 links ÷ 10,000 links",
            _links(100_000, rules) / _links(10_000, rules),
            "~ 10",
        ),
        ("P3  50,000 open elements, ms", _once(_page(b"<div>" * 50_000), rules) * 1_000, "bounded"),
    ]
    posts = texts_of_feeds() or texts_of(corpus(320))
    rows.append(("T1  topics of 2,000 posts, CPU seconds beyond imports", seconds(posts), "≤ 1"))
    _say(f"{len(pages)} pages, {sum(len(page.body) for page in pages) / 2**20:.1f} MiB")
    parts = (starting, workbook, whole_audit, audit_again, history)
    for name, figure, target in (*rows, *(row for part in parts for row in part())):
        _say(f"{name:68} {figure:9.2f}   {target and 'target ' + target}")


def _bodies() -> list[bytes]:
    found = [path.read_bytes() for path in sorted(CORPUS.glob("*.html"))[:100]]
    return found or [_drawn(size) for size in range(20, 420, 8)]


def _plain(body: bytes) -> str:
    """Return a page decoded as simply as can be: the yardstick is no part of what is measured."""
    return body.decode("utf-8", "replace").replace("\0", "")


def _drawn(rows: int) -> bytes:
    items = "".join(
        f"<article class='card post'><h2><a href='/news/{n}'>Title {n}</a></h2><time datetime='2026-01-"
        f"{n % 28 + 1:02d}'></time><p>Some words about pumps and valves, number {n}.</p></article>"
        for n in range(rows)
    )
    return f"<html><body><nav><a href='/blog'>Blog</a></nav><main>{items}</main></body></html>".encode()


def _large() -> bytes:
    return (b"<p class='text'>" + b"word " * 200 + b"</p>") * 5_150


def _links(number: int, rules: Rules) -> float:
    body = "".join(f"<a href='/p/{n}'>link {n}</a>" for n in range(number)).encode()
    return _once(_page(body), rules)


def _page(body: bytes) -> Page:
    url = "https://www.acme.example/"
    headers = (("content-type", "text/html"),)
    return Page(
        url=url,
        requested_url=url,
        status=200,
        headers=headers,
        body=body,
        fetched_at=NOW,
        record="",
    )


def _asked(page: Page) -> Request:
    return Request(url=page.url, why="start")


def _once(page: Page, rules: Rules) -> float:
    return min(_times(lambda each: analyse(each, _asked(each), rules), [page] * 2))


def _times(case: Callable[[Page], object], pages: Sequence[Page]) -> list[float]:
    """Seconds of CPU per page: the median over the rounds."""
    rounds = []
    for _ in range(ROUNDS):
        row = []
        for page in pages:
            began = time.process_time()
            case(page)
            row.append(time.process_time() - began)
        rounds.append(row)
    return [statistics.median(column) for column in zip(*rounds, strict=True)]


def _grown(catalogue: Catalogue, size: int) -> Catalogue:
    """The catalogue with as many fingerprints as asked for, each on hosts and names of its own."""
    rules = [
        replace(
            rule,
            id=f"{rule.id}.{turn}",
            script=tuple(f"x{turn}.{place}" for place in rule.script if place[0] != "/"),
            inline=tuple(f"{place}X{turn}" for place in rule.inline),
            meta=(),
            css=tuple(f".x{turn}-{place[1:]}" for place in rule.css if place[0] == "."),
        )
        for turn in range(size)
        for rule in catalogue.features
    ]
    return replace(catalogue, features=tuple(rules[:size]))


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")


if __name__ == "__main__":
    main()
