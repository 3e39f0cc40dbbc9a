"""Nobody is called slow for being young: what began within the period is told since then."""

from dataclasses import replace
from datetime import timedelta

import pytest

from audit.model.result import Beginning, Cadence, CompanyResult
from audit.model.value import Reason, Unknown
from reports.actions import actions
from reports.beginnings import is_outpaced, since_beginning, young_note
from reports.differences import differences
from reports.findings import behind
from reports.leaders import leaders
from reports.phrases import how_active, weak_spot
from reports.report import Report
from reports.sheets.cadence import SHEET
from reports.telling import text_of
from tests.brief_example import row
from tests.reports.advice_example import AS_OF, exactly, rated, report_of, report_on

SITE = "site.posts_per_week"


def young(rate: float | None, *, days: int = 70, channel: str = "blog") -> Cadence:
    """A blog that began so many days ago and posts so often since then."""
    told = exactly(rate) if rate is not None else Unknown(reason=Reason.TOO_LITTLE_DATA)
    began = Beginning(at=AS_OF - timedelta(days=days), posts_per_week=told)
    return replace(row(1, 8, channel=channel), posts_per_week=exactly(0.2), began=began)


def report(*rows: Cadence, own: float = 0.2) -> Report:
    """We with these rows, beside three who post twice a week."""
    first, *others = report_on(*rated(SITE, own, 2, 2, 2)).results
    results: list[CompanyResult] = [replace(first, cadence=rows), *others]
    return report_of(results)


def test_a_young_blog_that_posts_as_often_as_others_is_not_behind() -> None:
    assert [each.metric.id for each in differences(report(young(1.9)), "Acme")] == []
    assert actions(report(young(1.9))) == []
    assert "Posts" not in weak_spot(report(young(1.9)), report(young(1.9)).results[0])


def test_one_too_young_for_a_rate_is_not_behind_either() -> None:
    assert differences(report(young(None)), "Acme") == []


def test_one_that_is_slow_since_it_began_is_told_with_that() -> None:
    assert text_of(behind(report(young(0.8)))) == (
        "We publish 0.2 times a week on our website (0.8 since 14 Sep 2026); a typical competitor "
        "publishes 2.0 times."
    )


def test_an_old_blog_is_behind_as_ever() -> None:
    old = replace(young(1.9), began=None)
    assert [each.metric.id for each in differences(report(old), "Acme")] == [SITE]


def test_of_two_sections_only_the_young_one_counts_from_its_beginning_on() -> None:
    old = replace(young(1.9, channel="news"), began=None, posts_per_week=exactly(0.5))
    given = report(young(1.0), old, own=0.7)
    told = since_beginning(given, given.results[0], SITE, 0.7)
    assert told is not None
    assert told.rate == pytest.approx(1.5)
    assert told.words == "1.5 since each began"


def test_a_beginning_that_changes_no_figure_is_not_told() -> None:
    given = report(young(0.21, days=360))
    assert since_beginning(given, given.results[0], SITE, 0.2) is None
    assert "Since it began" not in [column.title for column in SHEET.draw(given).columns]


def test_the_beginning_stands_in_the_note_of_the_rate_and_on_cadence() -> None:
    given = report(young(1.9))
    assert young_note(given, given.results[0], SITE) == (
        "Over the whole period. 1.9 since 14 Sep 2026."
    )
    assert young_note(given, given.results[1], SITE) == ""
    assert "; ours is 1.9 since 14 Sep 2026" in text_of(SHEET.draw(given).finding)
    assert how_active(given, given.results[0]).startswith(
        "0.2 posts a week on its website (1.9 since 14 Sep 2026)"
    )
    titles = [column.title for column in SHEET.draw(given).columns]
    assert titles[5] == "Since it began"
    assert "Since it began" not in [
        column.title for column in SHEET.draw(report(replace(young(1.9), began=None))).columns
    ]


def test_who_posts_less_often_than_one_that_began_lately_is_not_said_to_post_most() -> None:
    first, *others = report_on(*rated(SITE, 0.2, 2, 1, 1)).results
    given = report_of([replace(first, cadence=(young(3.0),)), *others])
    assert is_outpaced(given, "Borealis", SITE)
    assert not is_outpaced(given, "Acme", SITE)
    assert not is_outpaced(given, "Borealis", "presence.features")
    assert leaders(given, SITE) == []
    slower = report_of([replace(first, cadence=(young(1.9),)), *others])
    assert leaders(slower, SITE) == ["Borealis"]
