"""robots.txt as RFC 9309 asks; the recorded cases are run where they are present."""

import csv
from datetime import UTC, datetime

import pytest

from audit.model.exchange import RobotsState
from audit.model.value import Reason
from scrapers.fetch import robots
from scrapers.fetch.wire import Answer, Trouble
from tests.shared import SHARED, needs_shared

NOW = datetime(2026, 11, 1, tzinfo=UTC)
ORIGIN = "https://www.acme.example"
CASES = SHARED / "fixtures" / "robots"


def allows(text: bytes, path: str) -> bool:
    return robots.parse(ORIGIN, text).allows(ORIGIN + path)


@pytest.mark.parametrize(
    ("text", "path", "expected"),
    [
        (b"User-agent: *\nDisallow: /shop\nAllow: /shop/blog", "/shop/blog/1", True),
        (b"User-agent: *\nDisallow: /shop\nAllow: /shop/blog", "/shopping", False),
        (b"User-agent: *\nDisallow: /tie\nAllow: /tie", "/tie/x", True),
        (b"User-agent: *\nDisallow: /*.pdf$", "/a.pdf", False),
        (b"User-agent: *\nDisallow: /*.pdf$", "/a.pdf?x=1", True),
        (b"User-agent: *\nDisallow: /\n\nUser-agent: Social-Audit\nDisallow: /own", "/any", True),
        (b"User-agent: *\nAllow: /\n\nUser-agent: social-audit/2.0\nDisallow: /own", "/own", False),
        (b"\xef\xbb\xbfUser-agent: *\nDisallow: /", "/x", False),
        (b"<html><body>Not found</body></html>", "/x", True),
        (b"", "/x", True),
        (b"User-agent: *\nDisallow:", "/x", True),
        (b"User-agent: *\nDisallow: /", "/robots.txt", True),
        (b"\x00\xff\xfe garbage \x80", "/x", True),
    ],
)
def test_rules_are_read_as_the_standard_asks(text: bytes, path: str, expected: bool) -> None:
    assert allows(text, path) is expected


def test_only_the_first_500_kib_count() -> None:
    text = b"User-agent: *\nDisallow: /a\n" + b"#" * 600_000 + b"\nDisallow: /b\n"
    assert not allows(text, "/a")
    assert allows(text, "/b")


@pytest.mark.parametrize(
    ("code", "state"),
    [
        (404, RobotsState.NO_RULES),
        (401, RobotsState.NO_RULES),
        (429, RobotsState.UNREACHABLE),
        (500, RobotsState.UNREACHABLE),
        (503, RobotsState.UNREACHABLE),
    ],
)
def test_the_answer_to_the_fetch_decides(code: int, state: RobotsState) -> None:
    answer = Answer(url=f"{ORIGIN}/robots.txt", status=code, headers=(), wire=b"", at=NOW)
    assert robots.judge(ORIGIN, answer).robots.state is state


@pytest.mark.parametrize(
    ("reason", "expected"),
    [
        (Reason.TIMEOUT, Reason.ROBOTS_UNREACHABLE),
        (Reason.DNS, Reason.DNS),
        (Reason.TLS, Reason.TLS),
        (Reason.BLOCKED_ADDRESS, Reason.BLOCKED_ADDRESS),
    ],
)
def test_where_no_answer_came_nothing_may_be_fetched(reason: Reason, expected: Reason) -> None:
    trouble = Trouble(url=f"{ORIGIN}/robots.txt", reason=reason, detail="", at=NOW)
    rules = robots.judge(ORIGIN, trouble)
    assert rules.robots.state is RobotsState.UNREACHABLE
    assert rules.reason is expected
    assert not rules.allows(f"{ORIGIN}/")


def test_sitemaps_and_crawl_delay_are_read() -> None:
    text = b"Sitemap: https://www.acme.example/s.xml\nUser-agent: *\nCrawl-delay: 3"
    verdict = robots.parse(ORIGIN, text).robots
    assert verdict.sitemaps == ("https://www.acme.example/s.xml",)
    assert verdict.crawl_delay == 3.0


@pytest.mark.parametrize(
    ("text", "maps"),
    [
        ("Sitemap https://www.acme.example/s.xml", ["/s.xml"]),
        ("sitemap:s.xml\r\nUser-agent: *\r\n", ["/s.xml"]),
        ("Sitemap: www.acme.example/s.xml # ours", ["/s.xml"]),
        ("Sitemap: /a.xml, /b.xml\nSitemap: /a.xml", ["/a.xml", "/b.xml"]),
        ("Sitemap: http://\nSitemap:\nSitemap: /s.xml", ["/s.xml"]),
        ("<p>Sitemap: /s.xml</p>", []),
    ],
)
@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16"])
def test_lines_of_sitemaps_are_read_as_people_write_them(
    text: str, maps: list[str], codec: str
) -> None:
    verdict = robots.parse(ORIGIN, text.encode(codec)).robots
    assert list(verdict.sitemaps) == [ORIGIN + path for path in maps]


def test_rules_in_utf_16_are_kept() -> None:
    assert not allows("User-agent: *\r\nDisallow: /intern".encode("utf-16"), "/intern/x")


@needs_shared
def test_the_recorded_cases_agree(monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = []
    with (CASES / "expected.tsv").open(encoding="utf-8") as table:
        for row in csv.DictReader(table, delimiter="\t"):
            monkeypatch.setattr(robots, "TOKEN", row["agent"])
            allowed = allows((CASES / row["file"]).read_bytes(), row["path"])
            if row["allowed"] != "either" and allowed != (row["allowed"] == "yes"):
                wrong.append(row)
    assert wrong == []
