"""Self-built features told by their shape, and the figures that pages give for them."""

from datetime import UTC, datetime, timedelta

import pytest

from audit.model.facts import PageFacts
from audit.model.kinds import ActivityKind
from audit.model.result import Window
from audit.model.site import Activity
from config.catalogue import load_catalogue
from reports.activity import activity_words
from scrapers.site.activity import activities
from scrapers.site.gatherings import find_gatherings, without_threads
from scrapers.site.look import Look, Site
from scrapers.site.sections import find_sections
from tests.analysed import ACME, HOME, NOW, page

WINDOW = Window(as_of=NOW, lookback_days=365, timezone="UTC")


def shaped(html: str, url: str = HOME) -> set[tuple[str, bool]]:
    return {
        (signal.feature, signal.supplies)
        for signal in page(html, url).signals
        if signal.place == "shape"
    }


QUESTIONS = "".join(
    f"<details><summary>How does part {n} work?</summary>So.</details>" for n in range(6)
)
INPUTS = "<input type='number' name='a'><input type='range' name='b'>"
SHAPES = [
    (
        "<a href='/w/index.php?title=A&amp;action=edit'>Bearbeiten</a>"
        "<a href='/w/index.php?title=A&amp;action=history'>Versionsgeschichte</a>",
        HOME,
        ("wiki", False),
    ),
    (
        "<a href='/start?do=edit'>編集</a><a href='/start?do=revisions'>履歴</a>",
        HOME,
        ("wiki", False),
    ),
    (QUESTIONS, HOME, ("knowledge-base", False)),
    (
        "<div itemscope itemtype='https://schema.org/AggregateRating'>"
        "<b itemprop='ratingValue'>4.5</b></div>",
        HOME,
        ("reviews", False),
    ),
    (
        "<form>"
        + "".join(f"<input type='radio' name='rating' value='{n}'>" for n in range(5))
        + "</form>",
        HOME,
        ("reviews", False),
    ),
    (
        "<div itemscope itemtype='https://schema.org/Event'><b itemprop='name'>Fair</b></div>",
        HOME,
        ("events", False),
    ),
    (
        f"<title>Savings calculator</title><form>{INPUTS}</form>",
        f"{HOME}savings-calculator",
        ("calculator", False),
    ),
    (
        f"<title>Pumpen</title><form>{INPUTS}</form>",
        f"{HOME}kostenrechner/",
        ("calculator", False),
    ),
    ("<ol><li id='comment-12'>Nice</li></ol>", HOME, ("comments", False)),
    (
        '<textarea>&lt;script src="https://cdn.acmepumps.example/badge.js"&gt;&lt;/script&gt;</textarea>',
        HOME,
        ("embed", True),
    ),
]
NO_SHAPES = [
    ("<a href='https://github.example/a/edit/main/x.md'>Edit this page</a>", HOME, "wiki"),
    ("<h2>Why pumps?</h2><h2>Why valves?</h2>", HOME, "knowledge-base"),
    ("<p>Our rating is high.</p>", HOME, "reviews"),
    (f"<title>Contact us</title><form>{INPUTS}</form>", f"{HOME}contact", "calculator"),
    ("<div id='comments'><p>Comments are closed.</p></div>", HOME, "comments"),
    (
        '<pre>&lt;script src="https://cdn.other.example/a.js"&gt;&lt;/script&gt;</pre>',
        HOME,
        "embed",
    ),
]


@pytest.mark.parametrize(("html", "url", "feature"), SHAPES)
def test_a_feature_is_told_by_its_shape(html: str, url: str, feature: tuple[str, bool]) -> None:
    assert feature in shaped(html, url)


@pytest.mark.parametrize(("html", "url", "feature"), NO_SHAPES)
def test_what_only_looks_like_it_is_not(html: str, url: str, feature: str) -> None:
    assert feature not in {name for name, _ in shaped(html, url)}


def measured(*pages: PageFacts) -> dict[str, dict[ActivityKind, Activity]]:
    site = Site(ACME, pages, load_catalogue())
    gatherings = find_gatherings(site, (), WINDOW)
    own = find_sections(Look(company=ACME, pages=pages), load_catalogue(), WINDOW)
    sections = (*without_threads(own, gatherings), *gatherings)
    by_feature = activities(Look(company=ACME, pages=pages), sections, WINDOW)
    return {
        feature: {activity.kind: activity for activity in listed}
        for feature, listed in by_feature.items()
    }


def values(by_kind: dict[ActivityKind, Activity]) -> dict[str, object]:
    return {kind.value: activity.value for kind, activity in by_kind.items()}


def test_a_rating_has_its_value_best_and_count() -> None:
    data = (
        '<script type="application/ld+json">[{"@type": "AggregateRating", "ratingValue": "4,6", '
        '"bestRating": 5, "reviewCount": "1.284"}, {"@type": "AggregateRating", "ratingValue": 5, '
        '"ratingCount": 2}]</script>'
    )
    assert values(measured(page(data))["reviews"]) == {
        "rating": 4.6,
        "best rating": 5.0,
        "ratings": 1284.0,
    }


def test_a_rating_beyond_its_best_is_no_rating() -> None:
    data = '<script type="application/ld+json">{"@type": "AggregateRating", "ratingValue": 87}</script>'
    assert "reviews" not in measured(page(data))


def test_microdata_is_read_where_there_is_no_json() -> None:
    data = (
        "<div itemprop='aggregateRating' itemscope><span itemprop='ratingValue'>9.1</span>/"
        "<span itemprop='bestRating'>10</span><meta itemprop='ratingCount' content='77'></div>"
    )
    assert values(measured(page(data))["reviews"])["ratings"] == 77


def test_the_next_event_is_the_first_that_is_to_come() -> None:
    days = [NOW + timedelta(days=ahead) for ahead in (-30, 40, 12)]
    data = "".join(
        f'<script type="application/ld+json">{{"@type": "BusinessEvent", "startDate": "{day:%Y-%m-%d}"}}'
        "</script>"
        for day in days
    )
    assert values(measured(page(data))["events"]) == {"next event": days[2]}


def row(number: int, replies: int, day: str) -> str:
    return (
        f"<div class='row'><a class='t' href='/topic/{number}/how-to-{number}/'>How to mend pump {number}</a>"
        f"<span class='cat'><a href='/category/{number % 3}/x/'>Seals</a></span>"
        f"<span class='row__replies'>{replies}</span><span class='row__date' title='{day}'>then</span></div>"
    )


def forum_page(first: int, path: str, following: str = "") -> PageFacts:
    days = [f"{(NOW - timedelta(days=n)):%b. %d, %Y}" for n in range(first, first + 4)]
    rows = "".join(row(first + at, at + 1, day) for at, day in enumerate(days))
    onward = f"<a rel='next' href='{following}'>Next</a>" if following else ""
    return page(f"<main>{rows}</main>{onward}", f"{HOME}{path}")


def test_a_forum_of_own_make_is_counted_thread_by_thread() -> None:
    first = forum_page(10, "forum/", f"{HOME}forum/?page=2")
    second, again = forum_page(14, "forum/?page=2"), forum_page(10, "forum/latest/")
    forum = measured(first, second, again)["forum"]
    assert values(forum) == {
        "threads": 8,
        "replies": 20,
        "categories": 3,
        "last post": datetime(2026, 11, 14, tzinfo=UTC),
    }
    assert not forum[ActivityKind.REPLIES].at_least


def test_a_forum_that_goes_on_has_at_least_so_many_threads() -> None:
    forum = measured(forum_page(10, "forum/", f"{HOME}forum/?page=2"))["forum"]
    assert forum[ActivityKind.THREADS].at_least
    assert "at least 4 threads" in activity_words(tuple(forum.values()))


def test_the_foot_of_a_board_gives_its_figures() -> None:
    foot = "<p>Beiträge: 12.345 • Themen: 1.204 • Mitglieder: 311</p>"
    forum = values(measured(page(foot, f"{HOME}forum/"))["forum"])
    assert forum == {"threads": 1204, "posts": 12345, "replies": 11141, "members": 311}


def test_figures_in_words() -> None:
    data = '<script type="application/ld+json">{"@type": "AggregateRating", "ratingValue": 4.6, "ratingCount": 1}</script>'
    reviews = measured(page(data))["reviews"]
    assert activity_words(tuple(reviews.values())) == "rated 4.6 of 5, by 1"
