"""What is asked of `audit explain` may be called as the workbook calls it."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from audit.commands.explain import _show_proof, _with_reason, how, name_of, without_page
from audit.commands.terminal import Terminal
from audit.commands.titles import by_title
from audit.measure import metric_of
from audit.model.errors import AuditError
from audit.model.result import CompanyResult
from audit.model.value import Absent, Evidence, Known, Number, Qualifier
from tests.reports.workbook_example import snapshot

KNOWN = ("blog.posts_per_week", "presence.features", "channel.youtube", "feature.forum")


def result() -> CompanyResult:
    """A company whose blog has a rate."""
    return next(
        each for each in snapshot().results if any(row.channel == "blog" for row in each.cadence)
    )


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("blog.posts_per_week", "blog.posts_per_week"),
        ("Blog posts a week", "blog.posts_per_week"),
        ("  blog  POSTS a week", "blog.posts_per_week"),
        ("Website features", "presence.features"),
        ("Feature.Forum", "feature.forum"),
    ],
)
def test_a_measure_is_found_by_its_name_or_its_title(asked: str, name: str) -> None:
    assert name_of(asked, KNOWN, result()) == name


def test_a_figure_of_a_network_is_found_as_the_workbook_heads_it() -> None:
    audience = metric_of("channel.x.followers")
    assert audience is not None
    assert by_title([audience])["x (twitter), audience"] is audience


def test_a_proof_that_a_person_wrote_is_no_saved_copy(capsys: pytest.CaptureFixture[str]) -> None:
    at = datetime(2026, 10, 3, tzinfo=UTC)
    for record in ("acme.xlsx, Fill in!F7", "saved/page.html"):
        proof = Evidence(
            url="https://x.example/a", fetched_at=at, rule="r", excerpt="", record=record
        )
        _show_proof(Terminal(), proof, Path())
    written, saved = (line.split() for line in capsys.readouterr().out.splitlines()[4::5])
    assert written == ["written", "in", "acme.xlsx,", "Fill", "in!F7"]
    assert saved == ["saved", "copy", "saved/page.html"]


def test_a_slip_is_answered_with_what_was_probably_meant_and_no_wall_of_names() -> None:
    with pytest.raises(AuditError) as slip:
        name_of("blog.post_per_week", KNOWN, result())
    assert "did you mean blog.posts_per_week" in str(slip.value)
    with pytest.raises(AuditError) as far:
        name_of("weather", KNOWN, result())
    assert "there are 4, such as" in str(far.value)
    assert len(str(far.value)) < 250


def test_a_rate_says_its_formula_and_of_how_many_posts_and_days_it_is_made() -> None:
    lines = list(how("blog.posts_per_week", result(), snapshot().competitors))
    assert lines[0].startswith("  formula  Posts ÷ weeks")
    assert "posts in" in lines[1]
    assert "days seen" in lines[1]
    assert list(how("channel.youtube", result(), snapshot().competitors)) == []


@pytest.mark.parametrize(
    ("value", "metric", "words"),
    [
        (Known(value=0.82, evidence=()), "blog.posts_per_week", "0.8"),
        (Known(value=1200, evidence=(), exact=False), None, "about 1,200"),
        (Known(value=4.5, evidence=()), None, "4.5"),
        (Known(value=3, evidence=(), qualifiers=(Qualifier.TRUNCATED,)), None, "at least 3"),
        (
            Known(value=3, evidence=(), qualifiers=(Qualifier.TRUNCATED,)),
            "all.recency_days",
            "at most 3",
        ),
        (Known(value=5, evidence=(), qualifiers=(Qualifier.MANUAL,)), None, "5 (m) by hand"),
        (Absent(), None, "none"),
    ],
)
def test_a_figure_is_told_with_what_it_says_of_the_whole(
    value: Number, metric: str | None, words: str
) -> None:
    assert _with_reason(value, metric_of(metric) if metric else None) == words


def test_what_is_not_there_says_where_it_was_looked_for() -> None:
    seen = next(
        each for each in snapshot().results if any(page.outcome == "ok" for page in each.fetched)
    )
    said = without_page("none", seen)
    assert "read on 23 Nov 2026, and it is on none of them" in said
    assert without_page("unknown http-403", seen) == "no page to show: see the reason above"
