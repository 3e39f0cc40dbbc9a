"""The threads of a forum: what their lists date, and what of it counts as a beginning."""

from datetime import UTC, datetime

import pytest

from audit.measure.cadence import cadence
from audit.model.kinds import ActivityKind
from audit.model.result import Window
from audit.model.site import Activity, Section
from audit.model.value import Known, Unknown
from scrapers.site.conclusion import conclude
from scrapers.site.look import Look
from tests.analysed import ACME, HOME, NOW, page, rules

WINDOW = Window(as_of=NOW, lookback_days=365, timezone="UTC")
HEAD = "<tr><th>Sujet</th><th>Réponses</th><th>{heads}</th></tr>"
ROW = '<tr class="topic"><td><a href="/forum/fil-{n}/">Fil numéro {n}</a></td><td class="replies">{n}</td>{dates}</tr>'
LAST = '<td><time datetime="2026-{n:02}-20"></time></td>'
OLD = '<td><time datetime="2014-{n:02}-20"></time></td>'


def forum(heads: str, *dates: str) -> tuple[Section, dict[ActivityKind, Activity]]:
    """Return the forum that a page with such rows is, and what goes on in it."""
    rows = "".join(ROW.format(n=n, dates=each.format(n=n)) for n, each in enumerate(dates, start=1))
    listed = page(f"<main><table>{HEAD.format(heads=heads)}{rows}</table></main>", f"{HOME}forum/")
    conclusion = conclude(rules(), Look(company=ACME, pages=(listed,)), WINDOW)
    (section,) = conclusion.sections
    (feature,) = [each for each in conclusion.features if each.feature == "forum"]
    return section, {activity.kind: activity for activity in feature.activity}


def days(section: Section) -> list[str]:
    return sorted(post.published.at.date().isoformat() for post in section.posts if post.published)


@pytest.mark.parametrize("heads", ["Dernier message", "Activité", "最終投稿"])
def test_threads_dated_by_their_last_reply_have_no_cadence_and_the_forum_a_last_post(
    heads: str,
) -> None:
    section, activity = forum(heads, *[LAST] * 5)
    assert days(section) == []
    assert {post.flag for post in section.posts} == {"undated"}
    row = cadence(section, WINDOW)
    assert isinstance(row.posts_per_week, Unknown)
    assert isinstance(row.trend, Unknown)
    assert activity[ActivityKind.THREADS].value == 5
    assert activity[ActivityKind.LAST_POST].value == datetime(2026, 5, 20, tzinfo=UTC)


@pytest.mark.parametrize("heads", ["", "Date", "Datum"])
def test_a_date_of_which_nothing_is_said_is_taken_for_the_threads(heads: str) -> None:
    section, activity = forum(heads, *[LAST] * 5)
    assert len(days(section)) == 5
    assert activity[ActivityKind.LAST_POST].value == datetime(2026, 5, 20, tzinfo=UTC)


def test_threads_whose_beginning_is_told_count_by_it() -> None:
    heads = "Commencé</th><th>Dernier message"
    began = '<td><time datetime="2026-0{n}-02"></time></td>'
    section, activity = forum(heads, *[began + LAST] * 4)
    assert days(section) == ["2026-01-02", "2026-02-02", "2026-03-02", "2026-04-02"]
    posts = cadence(section, WINDOW).posts
    assert isinstance(posts, Known)
    assert posts.value == 4
    assert activity[ActivityKind.LAST_POST].value == datetime(2026, 4, 20, tzinfo=UTC)


def test_where_some_beginnings_are_told_no_rate_is_made_of_them() -> None:
    heads = "Commencé</th><th>Dernier message"
    section, _ = forum(heads, *[OLD + LAST] * 3, f"<td>–</td>{LAST}")
    assert days(section) == []
    assert len(section.posts) == 4


def test_a_thread_that_ended_before_the_window_began_before_it() -> None:
    heads = "Commencé</th><th>Dernier message"
    section, _ = forum(heads, *[LAST + LAST] * 3, f"<td>–</td>{OLD}")
    assert len(days(section)) == 3
    assert isinstance(cadence(section, WINDOW).posts_per_week, Known)


def test_last_replies_of_the_future_are_none() -> None:
    _, activity = forum("Dernier message", *[LAST.replace("2026", "2031")] * 3, *[LAST] * 3)
    assert activity[ActivityKind.LAST_POST].value == datetime(2026, 6, 20, tzinfo=UTC)


def test_threads_below_who_began_them_are_rows_of_one_list() -> None:
    rows = "".join(
        f'<article><h2><a href="/member{chr(96 + n)}/a-leak-of-{n}-pumps-4{n}">A leak {n}</a></h2>'
        f'<time datetime="2026-0{n}-20"></time></article>'
        for n in range(1, 8)
    )
    listed = page(f"<main>{rows}</main>", "https://forum.acmepumps.example/")
    conclusion = conclude(rules(), Look(company=ACME, pages=(listed,)), WINDOW)
    (section,) = conclusion.sections
    # A start page may show but the newest of them.
    assert (len(section.posts), section.truncated) == (7, True)
