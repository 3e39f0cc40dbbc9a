"""Store two runs of 100,000 rows in the history, and in bare SQLite tables beside it.

A row of the history is an exchange, of ten values, or a post with its proof, of 25; the bare table
has eight columns and an index that a comparison needs. `python -m tests.benchmarks.history` measures
this alone.
"""

import gc
import sqlite3
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from audit.changes.between import changes_between
from audit.model.company import Company, Competitors
from audit.model.exchange import Fetched
from audit.model.result import CompanyResult, Measure, RunInfo, Snapshot
from audit.model.site import Post
from audit.model.value import Dated, DateSource, Evidence, Known
from audit.store.sqlite import SqliteHistory
from config.catalogue import load_catalogue

ROWS, COMPANIES, ROUNDS = 100_000, 50, 3
NOW = datetime(2026, 11, 1, tzinfo=UTC)
TABLE = (
    "CREATE TABLE evidence (run INTEGER, company TEXT, signal TEXT, key TEXT, value TEXT, "
    "url TEXT, seen_at TEXT, confidence REAL)"
)
INDEX = "CREATE INDEX found ON evidence (run, company, signal, key, value)"
DIFF = (
    "SELECT b.key FROM evidence b LEFT JOIN evidence a ON a.run = 1 AND a.company = b.company AND "
    "a.signal = b.signal AND a.key = b.key WHERE b.run = 2 AND (a.key IS NULL OR a.value <> b.value)"
)


def main() -> list[tuple[str, float, str]]:
    """Measure; give the rows of the table."""
    posts = [[_result(run, number) for number in range(COMPANIES)] for run in (1, 2)]
    exchanges = [[_exchanges(result) for result in run] for run in posts]
    plain = [
        [_plain(run, post) for each in posts[run - 1] for post in each.posts] for run in (1, 2)
    ]
    load_catalogue()  # reading it is no part of a comparison
    # The values of both runs stand in memory here, which a run never has: the collector of garbage
    # would look through them again and again.
    gc.freeze()
    bare = _median(lambda: _bare(plain))
    return [
        (name, _median(case) / bare, target)
        for name, case, target in (
            (
                "H1  store two runs of 100,000 exchanges ÷ bare SQLite with its diff",
                lambda: _stored(exchanges),
                "≤ 1.5",
            ),
            ("    tell their changes ÷ the same", lambda: _compared(exchanges), ""),
            (
                "    store them and read both again ÷ the same",
                lambda: _stored(exchanges, load=True),
                "",
            ),
            ("    store two runs of 100,000 posts ÷ the same", lambda: _stored(posts), ""),
            ("    tell their changes ÷ the same", lambda: _compared(posts), ""),
        )
    ]


def _median(case: Callable[[], None]) -> float:
    return statistics.median(_seconds(case) for _ in range(ROUNDS))


def _seconds(case: Callable[[], None]) -> float:
    began = time.process_time()
    case()
    return time.process_time() - began


def _bare(runs: list[list[tuple[object, ...]]]) -> None:
    with (
        TemporaryDirectory() as folder,
        closing(sqlite3.connect(Path(folder) / "bare.db")) as bare,
    ):
        bare.execute("PRAGMA journal_mode = WAL")
        bare.execute(TABLE)
        for rows in runs:
            with bare:
                bare.executemany("INSERT INTO evidence VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)
        bare.execute(INDEX)
        bare.execute(DIFF).fetchall()


def _stored(runs: list[list[CompanyResult]], *, load: bool = False) -> None:
    listed = Competitors(path=Path("c.yaml"), companies=tuple(each.company for each in runs[0]))
    with TemporaryDirectory() as folder:
        with SqliteHistory.open(Path(folder), write=True) as history:
            for number, results in enumerate(runs):
                run = history.begin(_run(number), listed)
                for result in results:
                    history.save(run.id, result)
                history.finish(run.id, NOW)
        if load:
            with SqliteHistory.open(Path(folder)) as history:
                for name in history.ids():
                    history.load(name)


def _compared(runs: list[list[CompanyResult]]) -> None:
    listed = Competitors(path=Path("c.yaml"), companies=tuple(each.company for each in runs[0]))
    before, now = (
        Snapshot(run=_run(number), competitors=listed, results=tuple(results))
        for number, results in enumerate(runs)
    )
    changes_between(before, now, load_catalogue())


def _run(number: int) -> RunInfo:
    return RunInfo(
        id=f"r{number}",
        as_of=NOW,
        started_at=NOW,
        finished_at=None,
        version="1",
        rules_version="1",
    )


def _result(run: int, number: int) -> CompanyResult:
    company = Company(name=f"Company {number}", website=f"https://company-{number}.example/")
    posts = tuple(_posts(run, company))
    # Of a company without a figure nothing would be compared.
    measure = Measure(metric="presence.features", value=Known(value=run, evidence=()))
    return CompanyResult(company=company, posts=posts, measures=(measure,))


def _exchanges(result: CompanyResult) -> CompanyResult:
    """The same result with an exchange in place of each post."""
    fetched = (
        Fetched(
            url=post.url,
            why=post.title,
            outcome="ok",
            fetched_at=post.evidence.fetched_at,
            record=post.evidence.record,
            size=1_000,
            etag='"v1"',
            asked=post.url,
            form="0123456789abcdef",
        )
        for post in result.posts
    )
    return replace(result, posts=(), fetched=tuple(fetched))


def _posts(run: int, company: Company) -> Iterator[Post]:
    proof = Evidence(
        url=f"{company.website}blog/",
        fetched_at=NOW + timedelta(days=90 * run),
        rule="items.read",
        excerpt="Words of a list",
        record=f"archive/r{run}/company.1.warc.gz#1",
    )
    post = Post(
        channel="blog",
        channel_url=proof.url,
        url="",
        title="",
        published=None,
        format="text",
        language="en",
        flag="",
        evidence=proof,
    )
    for number in range(ROWS // COMPANIES):
        at = NOW - timedelta(hours=number + 13 * run)
        yield replace(
            post,
            url=f"{company.website}blog/{number + 100 * run}",
            title=f"Post {number} of words",
            published=Dated(at=at, source=DateSource.TIME),
        )


def _plain(run: int, post: Post) -> tuple[object, ...]:
    seen = post.evidence.fetched_at.isoformat()
    return (run, post.channel_url, post.channel, post.url, post.title, post.evidence.url, seen, 0.9)


if __name__ == "__main__":
    for name, figure, target in main():
        sys.stdout.write(f"{name:68} {figure:9.2f}   {target and 'target ' + target}\n")
