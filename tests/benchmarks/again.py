"""Audit a simulated web twice, and hold what the second time takes against the first.

The simulated web lies beside the checkout; without it there is nothing to measure here. Bytes are
those of bodies, as the server counts them. The CPU of the analysis is that of reading each page
that came, and of finding it again: both measured here, on the pages that the first run archived.
"""

import json
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.request import ProxyHandler, build_opener

from audit.model.exchange import Kind, Page, Request
from config.catalogue import load_catalogue
from scrapers.fetch.archive import read_archive
from scrapers.fetch.wire import Answer
from scrapers.kept.readings import Readings
from scrapers.page.rules import Rules
from scrapers.site.reading import read_and_pack, read_answer
from tests.benchmarks.whole import (
    AUDIT,
    HOSTS,
    PAGES,
    SIMULATED,
    audited_once,
    listed,
    simulated_web,
)

ROUNDS = 3
Asked = tuple[Page, Request]


def main(command: str = AUDIT, hosts: int = HOSTS) -> list[tuple[str, float, str]]:
    """Measure; give the rows of the table."""
    if not SIMULATED.is_file():
        return []
    with TemporaryDirectory() as name, simulated_web(hosts) as port:
        folder = Path(name)
        file = listed(folder, hosts, port)
        first, sent = _run(command, file, port)
        again, resent = _run(command, file, port)
        runs = sorted((folder / "audit-data" / "archive").iterdir())
        pages = list(_pages(folder / "audit-data", runs[0]))
    bare, read, found = _analysis(pages)
    resent = 100 * resent / sent
    return [
        (f"C8  second run of {hosts} × {PAGES} pages, bytes of bodies ÷ first, %", resent, "≤ 5"),
        ("C8  the same, CPU of the analysis, %", 100 * found / bare, "≤ 10"),
        (
            "    what keeping the readings adds to the first analysis, %",
            100 * (read / bare - 1),
            "",
        ),
        ("    CPU seconds of the whole run, first", first, ""),
        ("    second", again, ""),
        ("    MB of bodies, first", sent / 1e6, ""),
    ]


def _run(command: str, file: Path, port: int) -> tuple[float, float]:
    """Audit once; give CPU seconds and the bytes of bodies that the web has sent since before."""
    before = _sent(port)
    cpu, _, _ = audited_once(command, file)
    return cpu, _sent(port) - before


def _sent(port: int) -> float:
    opener = build_opener(ProxyHandler({}))
    with opener.open(f"http://127.77.0.1:{port}/__stats", timeout=10) as answer:
        return float(json.load(answer)["bytes"])


def _pages(data_dir: Path, run: Path) -> Iterator[Asked]:
    """Yield what a run has read, as it was asked for."""
    for path in sorted(run.glob("*.warc.gz")):
        for answer in read_archive(path, str(path.relative_to(data_dir))).answers:
            if not isinstance(answer, Answer) or answer.status != 200:
                continue
            if answer.url.startswith("http") and not answer.url.endswith("/robots.txt"):
                yield _asked(answer)


def _asked(answer: Answer) -> Asked:
    kind = Kind.SITEMAP if answer.url.endswith("/sitemap.xml") else Kind.PAGE
    page = Page(
        url=answer.url,
        requested_url=answer.url,
        status=answer.status,
        headers=answer.headers,
        body=answer.wire,
        fetched_at=answer.at,
        record=answer.record,
    )
    return page, Request(url=answer.url, kind=kind, why="link", depth=1)


def _analysis(pages: Sequence[Asked]) -> tuple[float, float, float]:
    """CPU seconds of reading all pages, of reading and packing them, and of finding them again."""
    rules = Rules(load_catalogue())
    visit = Readings("bench")
    packed = [(visit.key(*each), read_and_pack(rules, *each)[1]) for each in pages]
    lines = [key.encode() + b" " + entry for key, entry in packed]

    def found(each: Asked) -> None:
        key = later.key(*each, rules.headers)
        # What rests on the time of the visit is read again, as in a run.
        if later.find(key, each[0]) is None:
            read_and_pack(rules, *each)

    later = Readings("bench", lines)
    return (
        _best(lambda each: read_answer(rules, *each), pages),
        _best(lambda each: read_and_pack(rules, *each), pages),
        _best(found, pages),
    )


def _best(case: Callable[[Asked], object], pages: Sequence[Asked]) -> float:
    seconds = []
    for _ in range(ROUNDS):
        began = time.process_time()
        for each in pages:
            case(each)
        seconds.append(time.process_time() - began)
    return min(seconds)


if __name__ == "__main__":
    for name, figure, target in main(sys.argv[1] if len(sys.argv) > 1 else AUDIT):
        sys.stdout.write(f"{name:68} {figure:9.2f}   {target and 'target ' + target}\n")
