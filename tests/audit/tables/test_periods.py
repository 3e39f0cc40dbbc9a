"""How many days the posts of a table cover, and of how many posts its likes are."""

from datetime import date, timedelta

from audit.tables.figures import Figures, TableFigure
from audit.tables.headings import Of
from audit.tables.names import NamedProfile
from audit.tables.periods import with_periods
from config.table_words import TableField as F

ACME = NamedProfile("acme.example", "x", "")


def posts(*counts: int, step: int = 1, days: int | None = None, end: date = date(2026, 10, 31)):  # type: ignore[no-untyped-def]
    """A row for each count, so many days apart, the last one at the end."""
    first = len(counts) - 1
    return {
        (ACME, end - timedelta(days=step * (first - at))): {
            F.POSTS: TableFigure(float(count), days, Of.PERIOD, at + 2)
        }
        for at, count in enumerate(counts)
    }


def told(figures: Figures) -> tuple[object, object]:
    """The posts and the days that they cover."""
    return figures[F.POSTS].value, figures[F.POSTS].days


def test_daily_posts_are_added_up_and_tell_the_last_post() -> None:
    found = with_periods(posts(1, 0, 2, 0), 365)
    (figures,) = found.figures.values()
    assert told(figures) == (3, 4)
    assert figures[F.LAST_POST].value == date(2026, 10, 30)


def test_only_the_days_that_follow_each_other_to_the_end_count() -> None:
    rows = posts(1, 1, 1, 1, 1)
    del rows[ACME, date(2026, 10, 28)]
    (figures,) = with_periods(rows, 365).figures.values()
    assert told(figures) == (3, 3)


def test_weekly_posts_are_added_up_over_the_window_alone() -> None:
    (figures,) = with_periods(posts(1, 2, 3, 4, step=7), 365).figures.values()
    assert told(figures) == (10, 28)
    (figures,) = with_periods(posts(1, 2, 3, 4, step=7), 20).figures.values()
    assert told(figures) == (9, 21)


def test_months_that_are_named_by_their_first_day_end_with_their_last() -> None:
    rows = {
        (ACME, date(2026, month, 1)): {F.POSTS: TableFigure(float(month), None, Of.PERIOD, month)}
        for month in (7, 8, 9)
    }
    found = with_periods(rows, 365).figures
    assert told(found[ACME, date(2026, 9, 30)]) == (24, 92)


def test_a_running_total_is_not_added_up() -> None:
    (figures,) = with_periods(posts(3400, 3401, 3401, 3404), 365).figures.values()
    assert told(figures) == (4, 3)
    assert F.LAST_POST not in figures
    assert with_periods(posts(10, 20, 30), 365).without_days == 3  # it may be either


def test_posts_of_nobody_knows_how_many_days_are_left_aside() -> None:
    found = with_periods(posts(14), 365)
    assert (found.figures, found.without_days) == ({}, 1)
    (figures,) = with_periods(posts(14, days=30), 365).figures.values()
    assert told(figures) == (14, 30)


def test_likes_of_a_period_are_reckoned_for_five_posts() -> None:
    rows: dict[tuple[NamedProfile, date], Figures] = posts(10, days=30)
    (figures,) = rows.values()
    figures[F.LIKES] = TableFigure(40.0, 30, Of.PERIOD, 2)
    figures[F.COMMENTS] = TableFigure(7.0, None, Of.LAST_POSTS, 2)
    (found,) = with_periods(rows, 365).figures.values()
    assert (found[F.LIKES].value, found[F.COMMENTS].value) == (20, 7)
    alone: dict[tuple[NamedProfile, date], Figures] = {
        (ACME, date(2026, 10, 31)): {F.LIKES: TableFigure(40.0, 30, Of.PERIOD, 2)}
    }
    assert with_periods(alone, 365).without_posts == 1


def test_of_a_daily_export_the_last_figures_of_each_month_are_kept() -> None:
    rows: dict[tuple[NamedProfile, date], Figures] = {
        (ACME, date(2026, 8, 1) + timedelta(days=day)): {
            F.FOLLOWERS: TableFigure(float(day), None, Of.PERIOD, day)
        }
        for day in range(70)
    }
    rows[ACME, date(2026, 8, 3)][F.ABOUT] = TableFigure("pumps", None, Of.PERIOD, 3)
    found = with_periods(rows, 365)
    assert [f"{on}" for _, on in found.figures] == [
        *("2026-08-03", "2026-08-31", "2026-09-30", "2026-10-09"),
    ]
    assert list(found.figures[ACME, date(2026, 8, 3)]) == [F.ABOUT]
    assert found.thinned
