"""Who is said to have most: never of two companies, and never where all are alike."""

from dataclasses import replace
from datetime import timedelta

import pytest

from audit.measure.cadence import cadence
from audit.model.metric import Unit
from audit.model.result import Cadence, Window
from audit.model.site import Post, Section
from audit.model.value import Dated, DateSource, Number, Qualifier
from reports.leaders import Headline, leaders, most_told
from reports.sheets import sheets
from reports.telling import figure_words, text_of
from reports.words import day_in_words, figure
from tests.reports.advice_example import (
    AS_OF,
    PROOF,
    ROBOTS,
    Given,
    exactly,
    part,
    rated,
    report_of,
    report_on,
)

SITE = "site.posts_per_week"
POSTING = Headline(
    one="posts", many="post", words=lambda each: figure(each.value, Unit.RATE), unit=" a week"
)


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ((0.8, 3.3, 1), "Borealis posts most: 3.3 a week; we post 0.8"),
        ((3.3, 0.8, 1), "We post most: 3.3 a week"),
        ((0.8, 3.3, 3.31), "Borealis and Corvid post most: 3.3 a week; we post 0.8"),
        ((0.8, 3.3), "We post 0.8 a week; Borealis posts 3.3"),
        ((0.8, 3.3, ROBOTS), "We post 0.8 a week; Borealis posts 3.3"),
        ((ROBOTS, 3.3), "Borealis posts 3.3 a week"),
        ((2.0, 2.0, 2.0), "All three companies post alike: 2.0 a week"),
        ((ROBOTS, ROBOTS), ""),
    ],
)
def test_most_is_said_of_three_known_figures_as_they_are_shown(
    values: tuple[Number | float, ...], told: str
) -> None:
    report = report_on(*rated(SITE, *values))
    assert text_of(tuple(most_told(report, SITE, POSTING))) == told


@pytest.mark.parametrize(
    ("values", "told"),
    [
        (
            (part(2.0), 1.2, part(0.5), 0.4),
            "We post at least 2.0 a week; a typical competitor posts at least 0.5",
        ),
        (
            (3.3, part(0.8), 1.0),
            "We post 3.3 a week; Borealis posts at least 0.8; Corvid posts 1.0",
        ),
        ((ROBOTS, 3.3, part(0.8), 1.0), "A typical competitor posts at least 1.0 a week"),
        (
            (part(2.0), part(2.0), part(2.0), 2.0),
            "We post at least 2.0 a week; a typical competitor posts at least 2.0",
        ),
        ((part(3.3), 0.8, 1.0), "We post most: at least 3.3 a week"),
        # Of two, what may be more or less than the other is not set beside it.
        ((ROBOTS, part(0.05), 0.3), "Corvid posts 0.3 a week"),
        ((ROBOTS, part(3.0), 0.5), "Borealis posts at least 3.0 a week; Corvid posts 0.5"),
    ],
)
def test_most_is_not_said_where_another_may_have_more(
    values: tuple[Number | float, ...], told: str
) -> None:
    report = report_on(*rated(SITE, *values))
    posting = Headline(
        one="posts",
        many="post",
        words=lambda each: figure_words(each, report.metric(SITE)),
        unit=" a week",
    )
    assert text_of(tuple(most_told(report, SITE, posting))) == told


def test_of_two_companies_nobody_leads() -> None:
    assert leaders(report_on(*rated(SITE, 1, 2)), SITE) == []
    assert leaders(report_on(*rated(SITE, 1, 2, part(3))), SITE) == ["Corvid"]
    assert leaders(report_on(), "no.such.metric") == []


@pytest.mark.parametrize("own", [True, False])
def test_no_sheet_of_two_companies_says_best_last_most_or_nobody(own: bool) -> None:
    metrics = (SITE, "presence.features", "engagement.per_post", "all.recency_days")
    given = [Given(figures=dict.fromkeys(metrics, exactly(value))) for value in (9, 2)]
    report = report_on(*given, own=own)
    compared = report.comparisons[SITE]
    assert (compared.best, compared.last, compared.rank) == ("", "", None)
    for sheet in sheets():
        if sheet.name in ("Summary", "Comparison", "Cadence", "Site features", "Channels"):
            line = text_of(sheet.draw(report).finding).replace("the last 12 months", "")
            assert not {"best", "last", "most", "Nobody"} & set(line.split()), sheet.name


def cadence_line(**figures: tuple[Number | float, ...]) -> str:
    """The sentence of sheet Cadence, by the figures of three companies."""
    names = {"site": SITE, "networks": "channels.posts_per_week", "all": "all.posts_per_week"}
    given = [
        Given(
            figures={
                names[of]: exactly(value) if isinstance(value, int | float) else value
                for of, values in figures.items()
                for value in [values[at]]
            }
        )
        for at in range(3)
    ]
    sheet = next(each for each in sheets() if each.name == "Cadence")
    return text_of(sheet.draw(report_on(*given)).finding)


def test_cadence_speaks_of_networks_too_where_they_could_be_read() -> None:
    walled, site = (ROBOTS,) * 3, (0.8, 3.3, 1.0)
    assert cadence_line(site=site, networks=walled, all=(part(0.8), part(3.3), part(1.0))) == (
        "Borealis posts most: 3.3 a week on the website; we post 0.8."
    )
    networks = (2.0, ROBOTS, 0.0)
    assert cadence_line(site=site, networks=networks, all=(2.8, part(3.3), 1.0)) == (
        "Borealis posts most: at least 3.3 a week on website and networks together; we post 2.8."
    )


def posted(channel: str, *days: int, truncated: bool = False) -> Cadence:
    """The cadence of a section or profile with a post on each of these days before the run."""
    url = f"https://{channel}.example/"
    posts = tuple(
        Post(
            channel=channel,
            channel_url=url,
            url=f"{url}{each}",
            title="t",
            published=Dated(at=AS_OF - timedelta(days=each), source=DateSource.FEED),
            format="text",
            language="en",
            flag="",
            evidence=PROOF,
        )
        for each in days
    )
    section = Section(
        channel=channel,
        url=url,
        feeds=(),
        posts=posts,
        truncated=truncated,
        unreadable=None,
        evidence=(PROOF,),
    )
    return cadence(section, Window(as_of=AS_OF, lookback_days=365, timezone="UTC"))


def silence_told(networks: float, *rows: Cadence, pause: Number | None = None) -> str:
    metrics: dict[str, Number] = {
        SITE: exactly(1.0),
        "channels.posts_per_week": exactly(networks),
        "all.posts_per_week": exactly(1.0),
        **({"all.longest_gap_days": pause} if pause is not None else {}),
    }
    report = report_on(*[Given(figures=metrics)] * 3)
    first, *others = report.results
    results = [replace(first, cadence=rows), *others]
    sheet = next(each for each in sheets() if each.name == "Cadence")
    return text_of(sheet.draw(report_of(results)).finding).rpartition("; ")[2]


def test_the_longest_silence_is_that_of_all_that_the_line_speaks_of() -> None:
    """Of website and networks together it is the one of the Summary."""
    both = (posted("blog", 1, 14), posted("youtube", 2, 90))
    assert silence_told(0.0, *both, pause=exactly(12)) == (
        "our longest pause is 13 days, on the blog."
    )
    assert silence_told(1.0, *both, pause=exactly(12)) == "our longest pause is 12 days."
    assert silence_told(1.0, *both, pause=exactly(1)) == "our longest pause is 1 day."
    assert "pause" not in silence_told(1.0, *both)


def test_who_has_been_silent_is_told_so_and_not_at_which_rate_it_once_posted() -> None:
    """AS_OF less 200 days; a list whose newest post is not known may have one of yesterday."""
    day = AS_OF - timedelta(days=200)
    told = f"we have posted nothing on the website since {day_in_words(day)}."
    old = (posted("blog", 200, 220), posted("news", 300))
    assert silence_told(0.0, *old) == told
    assert "nothing" not in silence_told(0.0, *old, posted("podcast", 3))
    unseen = replace(posted("podcast", 3), newest=ROBOTS)
    assert "nothing" not in silence_told(0.0, *old, unseen)
    assert silence_told(1.0, *old, posted("youtube", 2), pause=exactly(12)) == (
        "our longest pause is 12 days."
    )


def test_where_only_parts_were_seen_no_rate_begins_the_sheet() -> None:
    three = (part(0.1), part(0.2), part(0.3))
    line = cadence_line(site=three, networks=(ROBOTS,) * 3, all=three)
    assert line == "Only a part of their posts could be seen, so nobody can tell who posts most."


def test_a_part_that_comes_to_hardly_any_begins_no_sheet_as_less_than_something() -> None:
    tiny = replace(part(0.0156), qualifiers=(Qualifier.TRUNCATED, Qualifier.ESTIMATE))
    line = cadence_line(site=(tiny, ROBOTS, ROBOTS), networks=(ROBOTS,) * 3, all=(ROBOTS,) * 3)
    assert line == "Only a part of their posts could be seen, so nobody can tell who posts most."


def test_a_silence_of_which_a_part_was_not_seen_is_at_most_so_long() -> None:
    cut = replace(exactly(21), qualifiers=(Qualifier.TRUNCATED,))
    assert silence_told(1.0, posted("blog", 1, 2), pause=cut) == (
        "our longest pause is at most 21 days."
    )


def test_the_chart_of_the_own_site_says_that_it_is_of_the_site() -> None:
    report = report_on(*rated(SITE, 1, 2, 3))
    first, *others = report.results
    with_posts = report_of([replace(first, cadence=(posted("blog", 1, 14, 40),)), *others])
    sheet = next(each for each in sheets() if each.name == "Cadence")
    assert sheet.draw(with_posts).charts[0].title == "Posts a month on the website"


def test_of_the_only_one_that_posted_it_is_told_since_when_it_does_not() -> None:
    only = [Given(figures={SITE: ROBOTS}), Given(figures={SITE: exactly(0.4)})]
    first, second = report_on(*only, Given(figures={SITE: ROBOTS})).results[:2]
    for row, told in (
        (posted("blog", 600, 640), ", and nothing since "),
        (posted("blog", 3, 9), " posts 0.4 a week on the website."),
    ):
        report = report_of([first, replace(second, cadence=(row,))])
        sheet = next(each for each in sheets() if each.name == "Cadence")
        assert told in text_of(sheet.draw(report).finding)


def test_the_only_rate_that_is_told_of_who_fell_silent_has_its_end() -> None:
    """A second one that is at least so much, and less, is not set beside it."""
    given = [Given(), Given(figures={SITE: exactly(0.2)}), Given(figures={SITE: part(0.01)})]
    first, silent, other = report_on(*given).results
    shot = report_of([first, replace(silent, cadence=(posted("blog", 400, 500, 600, 700),)), other])
    sheet = next(each for each in sheets() if each.name == "Cadence")
    last = day_in_words(AS_OF - timedelta(days=400))
    assert text_of(sheet.draw(shot).finding) == (
        f"Borealis posts 0.2 a week on the website, and nothing since {last}."
    )


def test_where_a_forum_alone_was_measured_it_is_said() -> None:
    first, second = report_on(Given(), Given()).results
    forum = replace(second, cadence=(posted("forum", 5, 12, 19, 26),))
    sheet = next(each for each in sheets() if each.name == "Cadence")
    assert text_of(sheet.draw(report_of([first, forum])).finding) == (
        "No blog, news, podcast or release notes could be measured; below stands Borealis (forum)."
    )
