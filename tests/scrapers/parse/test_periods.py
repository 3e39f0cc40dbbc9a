"""Which year or month an archive page is for."""

import pytest

from audit.model.facts import Period
from scrapers.parse.periods import period_of


@pytest.mark.parametrize(
    ("path", "period"),
    [
        ("/blog/2026/10/", Period(2026, 10, "/blog")),
        ("/blog/2026/1", Period(2026, 1, "/blog")),
        ("/2026/10/", Period(2026, 10, "")),
        ("/news/2025/", Period(2025, 0, "/news")),
        ("/news/2025-11/", Period(2025, 11, "/news")),
        ("/news/archive/2025_11.html", Period(2025, 11, "/news/archive")),
        ("/?m=202610", Period(2026, 10, "")),
        ("/blog?month=2026-10", Period(2026, 10, "/blog")),
        ("/blog?year=2026&month=10", Period(2026, 10, "/blog")),
        ("/blog?year=2026", Period(2026, 0, "/blog")),
    ],
)
def test_a_year_or_a_month_is_read(path: str, period: Period) -> None:
    assert period_of(f"https://www.acme.example{path}") == period


@pytest.mark.parametrize(
    "path",
    [
        "/blog/2026/10/29/",
        "/blog/2026/13/",
        "/blog/1850/",
        "/blog/2026/10/a-new-hall",
        "/blog/20261/",
        "/products/2026x",
        "/blog?m=2026",
        "/blog?year=26",
        "/blog?id=202610",
        "/" + "2026/" * 400,
        "/",
    ],
)
def test_other_addresses_are_for_none(path: str) -> None:
    assert period_of(f"https://www.acme.example{path}") is None


def test_a_period_ends_where_the_next_begins() -> None:
    assert Period(2026, 12, "").end == Period(2027, 1, "").start == Period(2026, 0, "").end
    assert Period(2026, 0, "").start < Period(2026, 1, "").end < Period(2026, 0, "").end
