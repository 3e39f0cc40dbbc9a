"""A name that nothing is called is said, as it would do nothing in silence."""

from datetime import date
from pathlib import Path

import pytest

from audit.commands.slips import slips
from audit.model.company import Company, Competitors, Ignored, ManualFigure
from tests.analysed import rules


def told(*, measure: str = "", finding: str = "") -> tuple[str, ...]:
    by = {"on": date(2026, 11, 1), "by": "J.", "place": "c.yaml:6"}
    manual = (ManualFigure(measure=measure, value=3, **by),) if measure else ()  # type: ignore[arg-type]
    ignore = (Ignored(finding=finding, note="", place="c.yaml:9"),) if finding else ()
    company = Company(name="A", website="https://a.example/", manual=manual, ignore=ignore)
    return slips(Competitors(path=Path("c.yaml"), companies=(company,)), rules().catalogue)


@pytest.mark.parametrize(
    ("measure", "meant"),
    [
        ("channel.tiktok.folowers", "channel.tiktok.followers"),
        ("channel.linkdin.followers", "channel.linkedin.followers"),
        ("presence.chanels", "presence.channels"),
        ("blog.post_per_week", "blog.posts_per_week"),
    ],
)
def test_a_measure_that_there_is_not_is_said_with_the_one_that_was_meant(
    measure: str, meant: str
) -> None:
    assert told(measure=measure) == (
        f"c.yaml:6: no measure is called {measure}; did you mean {meant}?",
    )


@pytest.mark.parametrize(
    ("finding", "meant"),
    [
        ("feature.blogg", "feature.blog"),
        ("channel.pinterst", "channel.pinterest"),
        ("feature.knowlege-base", "feature.knowledge-base"),
        ("chanel.pinterest", "channel.pinterest"),
    ],
)
def test_a_finding_that_there_is_not_is_said_with_the_one_that_was_meant(
    finding: str, meant: str
) -> None:
    assert told(finding=finding) == (
        f"c.yaml:9: no finding is called {finding}; did you mean {meant}?",
    )


def test_a_name_that_is_near_to_none_is_said_alone() -> None:
    assert told(measure="weather") == ("c.yaml:6: no measure is called weather.",)
    assert told(finding="channel.zzzzzz") == ("c.yaml:9: no finding is called channel.zzzzzz.",)


@pytest.mark.parametrize(
    "known",
    [
        {"measure": "channel.linkedin.followers"},
        {"measure": "channel.bluesky.posts_per_week"},
        {"measure": "release-notes.posts"},
        {"measure": "figure.customers"},
        {"finding": "feature.forum"},
        {"finding": "feature.rss"},
        {"finding": "channel.mastodon"},
    ],
)
def test_right_names_are_passed_over(known: dict[str, str]) -> None:
    assert told(**known) == ()
