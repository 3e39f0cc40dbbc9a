"""What is said of a company: only what matters, as it is shown, and marked where it is a part."""

from dataclasses import replace
from datetime import timedelta

import pytest

from audit.model.kinds import SECTION_KINDS
from audit.model.value import Number, Reason, Unknown
from audit.model.visit import Note
from reports.differences import differences
from reports.findings import (
    ahead,
    behind,
    leader,
    pair,
    to_know,
)
from reports.phrases import (
    NO_STRENGTH,
    NO_WEAKNESS,
    NOT_COMPARED,
    how_active,
    stands_out,
    weak_spot,
)
from reports.report import Report
from reports.seen import told_by_feed
from reports.telling import text_of
from reports.words import day_in_words
from tests.reports import workbook_example as example
from tests.reports.advice_example import (
    AS_OF,
    NONE,
    ROBOTS,
    Given,
    exactly,
    part,
    rated,
    report_of,
    report_on,
)
from tests.reports.test_leaders import posted

SITE = "site.posts_per_week"
NETWORKS = "channels.posts_per_week"


def told(metric: str, *values: Number | float) -> list[tuple[str, bool]]:
    """The measures that are told of our own company, and whether we are better in them."""
    found = differences(report_on(*rated(metric, *values)), "Acme")
    return [(each.metric.id, each.better) for each in found]


def test_a_figure_that_is_far_from_the_typical_one_is_told() -> None:
    assert told(SITE, 3, 1, 1, 1) == [(SITE, True)]
    assert told(SITE, 0.2, 1, 1, 1) == [(SITE, False)]


@pytest.mark.parametrize(
    ("metric", "own", "others"),
    [
        (SITE, 1.1, 1),  # less than a quarter
        (SITE, 0.4, 0.2),  # twice as much, and one post in five weeks
        ("all.recency_days", 5, 3),  # two days are no finding
        ("all.recency_days", 600, 900),  # a shorter silence is no strength
        ("presence.features", 5, 4),  # counts: two apart
        ("presence.channels", 0, 1),
        (SITE, 0.04, 0.01),  # both are shown as 0.0
    ],
)
def test_what_nobody_would_act_on_is_not_told(metric: str, own: float, others: float) -> None:
    assert told(metric, own, others, others, others) == []


def test_figures_are_compared_as_they_are_shown() -> None:
    # 0.649 and 0.951 are 0.302 apart and shown as 0.6 and 1.0; 0.65 and 0.94 as 0.7 and 0.9.
    assert told(SITE, 0.649, 0.951, 0.951, 0.951) == [(SITE, False)]
    assert told(SITE, 0.65, 0.949, 0.949, 0.949) == []


def test_fewer_than_three_competitors_or_half_of_them_are_nobody_typical() -> None:
    assert told(SITE, 3, 1, 1) == []
    assert told(SITE, 3, 1, 1, 1, ROBOTS, ROBOTS, ROBOTS) == []
    assert told(SITE, 3, 1, 1, 1, ROBOTS, ROBOTS) == [(SITE, True)]


def test_a_section_that_few_have_is_nothing_that_we_lack() -> None:
    assert told(SITE, NONE, 1, 1, 1, NONE, NONE, NONE) == []
    assert told(SITE, NONE, 1, 1, 1, NONE) == [(SITE, False)]


def test_what_is_unknown_is_not_told() -> None:
    assert told(SITE, ROBOTS, 1, 1, 1) == []


@pytest.mark.parametrize("metric", ["completeness", "presence.candidates", "presence.languages"])
def test_nothing_is_said_of_how_well_this_program_saw(metric: str) -> None:
    assert told(metric, 0.9, 0.1, 0.1, 0.1) == []


def test_followers_are_never_told() -> None:
    assert told("channel.youtube.followers", 90_000, 100, 100, 100) == []


def test_a_part_that_may_be_more_is_not_behind_what_is_whole() -> None:
    assert told(NETWORKS, part(0.2), 2, 2, 2) == []
    assert told(NETWORKS, part(0.2), part(2), part(2), part(2)) == [(NETWORKS, False)]
    assert told(NETWORKS, part(3), 1, 1, 1) == [(NETWORKS, True)]


def test_a_website_of_which_most_pages_were_lost_is_not_behind_in_what_stands_on_pages() -> None:
    features = "presence.features"
    first, *others = report_on(*rated(features, part(2), part(7), part(7), part(7))).results
    lost = Note(what="website", reason=Reason.HTTP_404, detail="24 of 25 pages", incomplete=True)
    seen, half_seen = (
        differences(report_of([replace(first, notes=notes), *others]), "Acme")
        for notes in ((), (lost,))
    )
    assert [(each.metric.id, each.better) for each in seen] == [(features, False)]
    assert half_seen == []
    own, *rest = report_on(*rated(features, part(9), part(2), part(2), part(2))).results
    ahead_of = [
        differences(
            report_of(
                [own, *(replace(each, notes=(lost,) * (at < many)) for at, each in enumerate(rest))]
            ),
            "Acme",
        )
        for many in (1, 2)
    ]
    assert [len(found) for found in ahead_of] == [1, 0]


def test_at_least_none_is_nothing_that_was_seen() -> None:
    assert told(NETWORKS, part(0), part(2), part(2), part(2)) == []


def test_no_post_a_week_is_told_as_a_silence() -> None:
    figures = {SITE: (0.0, 1.0), "site.recency_days": (412, 3)}
    given = [
        Given(figures={name: exactly(pair[at > 0]) for name, pair in figures.items()})
        for at in range(4)
    ]
    found = differences(report_on(*given), "Acme")
    assert [each.metric.id for each in found] == ["site.recency_days"]


def test_what_may_be_otherwise_counts_less() -> None:
    whole, parts = (
        differences(report_on(*rated(NETWORKS, 3, *others)), "Acme")[0].score
        for others in ([1, 1, 1], [part(1), part(1), 1])
    )
    assert parts == pytest.approx(whole * 0.8)


def paired(**figures: tuple[float, float]) -> tuple[str, str]:
    """What we are told to be best and worst in, by our figure and that of all others."""
    names = {"site": SITE, "networks": NETWORKS, "active": "channels.active"}
    given = [
        Given(figures={names[of]: exactly(values[at > 0]) for of, values in figures.items()})
        for at in range(4)
    ]
    found = pair(report_on(*given), "Acme")
    better, worse = found.better, found.worse
    return better.metric.id if better else "", worse.metric.id if worse else ""


def test_strength_and_weakness_are_of_two_themes() -> None:
    # The narrower lead on the website is told, as the wider one is of the weakness's own theme.
    told = paired(networks=(0.1, 4), active=(9, 1), site=(2, 1))
    assert told == (SITE, NETWORKS)


def test_the_only_strength_is_told_also_where_it_is_of_the_theme_of_the_weakness() -> None:
    assert paired(networks=(0.1, 4), active=(9, 1)) == ("channels.active", NETWORKS)


def test_a_weakness_alone_is_told_alone() -> None:
    assert paired(networks=(0.1, 4)) == ("", NETWORKS)


def test_where_nothing_matters_nothing_is_said() -> None:
    report = report_on(*rated(SITE, 1, 1, 1, 1))
    own = report.results[0]
    assert (
        text_of(ahead(report)) == "Nothing in which we are clearly ahead of a typical competitor."
    )
    assert text_of(behind(report)) == "Nothing in which we clearly trail a typical competitor."
    assert (stands_out(report, own), weak_spot(report, own)) == (NO_STRENGTH, NO_WEAKNESS)


def test_two_competitors_are_too_few_to_compare_with() -> None:
    report = report_on(*rated(SITE, 3, 1, 1))
    assert text_of(ahead(report)) == "Fewer than three competitors have figures to compare with."
    assert text_of(behind(report)) == "Fewer than three competitors have figures to compare with."


def test_without_an_own_company_the_best_and_the_last_are_told_where_they_stand_out() -> None:
    report = report_on(*rated(SITE, 9.0, 3.0, 3.0, 3.0, 1.0), own=False)
    assert text_of(leader(report, SITE)) == "Acme posts 9.0 times a week on its site (typical 3.0)."
    assert text_of(leader(report, SITE, last=True)).startswith("Estuary posts 1.0 times")
    level = report_on(*rated(SITE, 3.2, 3, 3, 3, 2.9), own=False)
    assert text_of(leader(level, SITE)) == "No company stands out from the others."
    assert text_of(leader(level, SITE, last=True)) == "No company stands out from the others."


def unread(*names: int) -> Report:
    """A report in which the websites of some companies could not be read."""
    return report_on(*(Given(unread=at in names, on=("youtube",)) for at in range(4)))


def test_what_could_not_be_read_is_told_in_words() -> None:
    assert text_of(to_know(unread(1))) == (
        "One competitor is missing from every figure: Borealis asks robots to stay away."
    )
    assert text_of(to_know(unread(1, 2, 3))).startswith(
        "Three competitors are missing from every figure: "
    )
    assert text_of(to_know(unread(1, 2))) == (
        "Missing from every figure: Borealis asks robots to stay away, Corvid asks robots to stay "
        "away."
    )
    assert text_of(to_know(unread(0))) == (
        "Our own website asks robots to stay away: nothing to compare."
    )
    assert text_of(ahead(unread(0))) == text_of(behind(unread(0)))
    assert text_of(ahead(unread(0))).startswith("Our own website could not be read")


def test_a_company_that_could_not_be_read_has_its_reason_and_no_weak_spot() -> None:
    report = unread(1)
    assert stands_out(report, report.results[1]) == "? asks robots to stay away"
    assert weak_spot(report, report.results[1]) == "? asks robots to stay away"
    shot = example.snapshot()
    lost = Report(shot, example.compared(shot)).results[-1]
    whole = Report(shot, example.compared(shot))
    assert lost.notes[0].what == "website"
    assert how_active(whole, lost) == weak_spot(whole, lost)


def test_of_many_with_long_names_it_is_said_how_many_and_no_name_is_cut() -> None:
    note = Note(what="website", reason=Reason.HTTP_404, detail="gone", incomplete=True)
    long = [
        replace(
            each,
            company=replace(each.company, name=f"{each.company.name} {'Chancellor ' * 4}Office"),
            notes=(note,),
        )
        for each in report_on(*rated(SITE, 1, 1, 1, 1)).results
    ]
    assert text_of(to_know(report_of(long))) == (
        "Of four companies half of the website or more could not be read."
    )


def test_every_sentence_fits_its_line() -> None:
    shot = example.snapshot()
    report = Report(shot, example.compared(shot))
    for sentence in (ahead(report), behind(report), to_know(report)):
        assert len(text_of(sentence)) <= 105
    for result in report.results:
        for words in (stands_out(report, result), weak_spot(report, result)):
            assert len(words) <= 52, words


@pytest.mark.parametrize(
    ("days", "words"),
    [(0, "the last today"), (1, "the last yesterday"), (14, "the last 14 days ago")],
)
def test_how_long_ago_the_last_post_was_is_said_as_people_say_it(days: int, words: str) -> None:
    figures = {SITE: exactly(2.0), "site.recency_days": exactly(days)}
    report = report_on(Given(figures=figures))
    assert how_active(report, report.results[0]).endswith(words)


@pytest.mark.parametrize("reason", [Reason.TOO_LITTLE_DATA, Reason.HTTP_404])
def test_what_kept_a_whole_website_from_being_read_is_not_said_of_its_blog(reason: Reason) -> None:
    gone = "half of the site's links or more lead to no page: 14 of 15, such as https://a.example/x"
    little = Unknown(reason=Reason.TOO_LITTLE_DATA, detail=gone)
    first, *others = report_on(*[Given(figures={SITE: little})] * 4).results
    note = Note(what="website", reason=reason, detail=gone, incomplete=True)
    first = replace(first, cadence=(posted("blog"),))
    of_the_blog = report_of([first, *others])
    assert how_active(of_the_blog, of_the_blog.results[0]).startswith("? its blog ")
    of_the_site = report_of([replace(first, notes=(note,)), *others])
    said = how_active(of_the_site, of_the_site.results[0])
    assert said == "? half of its website or more could not be read"
    for words in (stands_out, weak_spot):
        assert words(of_the_site, of_the_site.results[0]) == "? too little of its website was seen"
    half = replace(first, notes=(note,), company=replace(first.company, own=True))
    ours = report_of([half, *others])
    for sentence in (ahead(ours), behind(ours)):
        assert text_of(sentence) == "Too little of our own website could be read to compare it."


def test_of_picks_no_silence_is_told_but_the_newest_that_was_seen() -> None:
    day = AS_OF - timedelta(days=200)
    figures: dict[str, Number] = {"site.recency_days": exactly(200), SITE: part(0.1)}
    first, *others = report_on(*[Given(figures=figures)] * 4).results
    row = posted("blog", 200, 230, 260, 290, truncated=True)
    row = replace(row, posts_per_week=part(0.1))
    report = report_of([replace(first, cadence=(row,)), *others])
    assert how_active(report, report.results[0]) == f"Newest post seen: {day_in_words(day)}"
    assert weak_spot(report, report.results[0]) in (NO_WEAKNESS, NOT_COMPARED)
    whole = replace(row, truncated=False)
    report = report_of([replace(first, cadence=(whole,)), *others])
    assert how_active(report, report.results[0]) == "Site silent for 200 days"
    assert weak_spot(report, report.results[0]) == "Site silent for 200 days"


@pytest.mark.parametrize(
    ("rules", "feed_alone"),
    [
        (("section.blog.feed",), True),
        (("section.blog.feed", "section.blog.link"), False),
        (("section.blog.link",), False),
    ],
)
def test_of_a_blog_that_a_feed_alone_promised_the_feed_is_said_to_be_gone(
    rules: tuple[str, ...], feed_alone: bool
) -> None:
    result = example.company_result("Acme Pumps", features=(("blog", ""),))
    (blog,) = (each for each in result.features if each.feature == "blog")
    proofs = tuple(replace(blog.evidence[0], rule=rule) for rule in rules)
    told = replace(result, features=(replace(blog, evidence=proofs),))
    kind = next(kind for kind in SECTION_KINDS if kind.name == "blog")
    assert told_by_feed(told, kind) is feed_alone
