"""Packing what came costs no more than it must: it is done in the thread that everybody waits for."""

import random
import zlib
from datetime import UTC, datetime
from pathlib import Path

from scrapers.fetch.archive import Archive
from scrapers.fetch.wire import Answer
from tests.pace import cpu_seconds

NOW = datetime(2026, 11, 24, tzinfo=UTC)


def test_packing_a_page_takes_no_longer_than_reading_it(tmp_path: Path) -> None:
    """Random a and b: the longest match is looked for at each letter, 300 times level 1's work."""
    body = bytes(random.Random(1).choices(b"ab", k=1_000_000))  # noqa: S311 - no secret
    answer = Answer(url="https://acme.example/", status=200, headers=(), wire=body, at=NOW)
    least = cpu_seconds(lambda: zlib.compress(body, level=1))
    with Archive(tmp_path, "archive/a.1.warc.gz") as archive:
        assert cpu_seconds(lambda: archive.keep(answer, ())) < 25 * least + 0.05
