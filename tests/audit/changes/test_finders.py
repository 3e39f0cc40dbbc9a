"""Rates, shares, targets and severities: when a difference is told, and how grave it is."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from audit.changes import finders
from audit.changes.audience import is_worth_telling
from audit.changes.cadence import Span, compared
from audit.changes.finder import Difference
from audit.changes.pair import Look, Pair
from audit.changes.severity import severity_of
from audit.changes.shares import Spans, moved, spans
from audit.measure.cadence import cadence
from audit.model.change import Cause, ChangeType, Event, Severity
from audit.model.company import Kpi
from audit.model.errors import ConfigError
from audit.model.kpi import NOT_BEFORE, KpiProgress, KpiStanding
from audit.model.metric import Unit
from audit.model.purpose import PostPurpose, Purpose
from audit.model.result import CompanyResult, Window
from audit.model.site import Post, Section
from audit.model.topics import CompanyTopics, Topic, TopicCount, TopicKind, TopicWords
from audit.model.value import Absent, Dated, DateSource, Known, Number
from config.catalogue import load_catalogue
from config.changes import severity_rules
from tests.audit.changes.example import FIRST, QUARTER, SITE, brief, proof, result, run, told
from tests.channel_example import channel

RULES = load_catalogue().changes


def test_each_type_but_that_of_the_list_has_a_finder() -> None:
    kinds = [finder.type for finder in finders()]
    assert sorted(kinds) == sorted(set(ChangeType) - {ChangeType.COMPANY})


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ((52, 52), (13, 13), None),
        ((52, 52), (26, 13), Event.UP),
        ((52, 52), (3, 13), Event.DOWN),
        ((52, 52), (0, 13), Event.DOWN),
        # Rates so far apart that chance makes them of a few posts.
        ((4, 52), (3, 13), None),
        # Sure, and too little to act on: a tenth more of a thousand.
        ((4000, 52), (1120, 13), None),
        ((0, 52), (0, 13), None),
        ((0, 52), (9, 13), Event.UP),
    ],
)
def test_a_rate_has_changed_where_chance_does_not_explain_it(
    old: tuple[int, int], new: tuple[int, int], expected: Event | None
) -> None:
    before, now = (Span(posts=posts, weeks=weeks) for posts, weeks in (old, new))
    assert compared(before, now) is expected


def posts(days: list[int], number: int) -> CompanyResult:
    """A company whose blog has posts so many days after the first run; cut off at that run."""
    window = Window(as_of=FIRST + QUARTER * number, lookback_days=365, timezone="UTC")
    out = [day for day in days if FIRST + timedelta(days=day) <= window.as_of]
    section = Section(
        channel="blog",
        url=f"{SITE}blog/",
        feeds=(),
        posts=tuple(_post(day) for day in out),
        truncated=False,
        unreadable=None,
        evidence=(proof("blog.list"),),
    )
    return replace(result(), posts=section.posts, cadence=(cadence(section, window),))


def _post(day: int) -> Post:
    return Post(
        channel="blog",
        channel_url=f"{SITE}blog/",
        url=f"{SITE}blog/{day}",
        title=f"Day {day}",
        published=Dated(at=FIRST + timedelta(days=day), source=DateSource.FEED),
        format="article",
        language="en",
        flag="",
        evidence=proof("blog.list", f"{SITE}blog/{day}"),
    )


def quarter_after_quarter(days: list[int]) -> list[list[str]]:
    """What is told of each quarter of a blog, from the second run on."""
    runs = [run(number, posts(days, number)) for number in range(4)]
    return [brief(told(runs[number - 1], runs[number])) for number in (1, 2, 3)]


def test_a_steady_blog_is_no_news() -> None:
    assert quarter_after_quarter(list(range(-400, 300, 7))) == [[], [], []]


def test_a_blog_that_speeds_up_is_told_once() -> None:
    days = [*range(-400, 0, 14), *range(0, 300, 3)]
    assert quarter_after_quarter(days) == [["blog.posts_per_week up real"], [], []]


def test_a_blog_that_slows_down_is_told_once() -> None:
    days = [*range(-400, 0, 3), *range(0, 300, 20)]
    assert quarter_after_quarter(days) == [["blog.posts_per_week down real"], [], []]


def test_a_silence_is_told_when_it_begins_and_when_it_ends() -> None:
    days = [*range(-400, -4, 7), *range(190, 300, 7)]
    assert quarter_after_quarter(days) == [
        ["blog.recency_days begun real"],
        [],
        ["blog.recency_days ended real"],
    ]


def test_posts_that_were_there_all_along_and_are_read_only_now_are_not_the_companys_doing() -> None:
    before = run(0, posts(list(range(-400, 1, 30)), 0))
    now = run(1, posts(list(range(-400, 92, 3)), 1))
    assert brief(told(before, now)) == ["blog.posts_per_week up access"]
    changed = run(1, posts(list(range(-400, 92, 3)), 1), rules="r2")
    assert brief(told(before, changed)) == ["blog.posts_per_week up rule"]


def test_two_runs_within_a_few_days_tell_nothing_of_rates() -> None:
    one = run(0, posts(list(range(-400, 1, 7)), 0))
    soon = replace(one, run=replace(one.run, id="run-0b", as_of=FIRST + timedelta(days=5)))
    assert told(one, soon) == ()


@pytest.mark.parametrize(
    ("before", "since", "expected"),
    [
        ((10, 100), (3, 30), None),
        ((10, 100), (15, 30), Event.UP),
        ((50, 100), (2, 30), Event.DOWN),
        # Fewer than ten posts tell nothing.
        ((10, 100), (9, 9), None),
        # Nine points are sure of thousands, and no reason to act.
        ((1000, 10000), (1900, 10000), None),
    ],
)
def test_a_share_has_moved_where_chance_does_not_explain_it(
    before: tuple[int, int], since: tuple[int, int], expected: Event | None
) -> None:
    post = _post(0)
    part = Spans(before=(post,) * before[0], since=(post,) * since[0])
    whole = Spans(before=(post,) * before[1], since=(post,) * since[1])
    assert moved(part, whole) is expected


KPI = Kpi(name="Cadence", goal="", measure="blog.posts_per_week", target=">= 1", due=None)


def with_kpi(standing: KpiStanding, kpi: Kpi = KPI) -> CompanyResult:
    figure: Number = Known(value=0.5, evidence=(proof(),))
    progress = KpiProgress(
        kpi=kpi,
        now=figure,
        last=NOT_BEFORE,
        baseline=figure,
        since=date(2026, 1, 1),
        target=1.0,
        standing=standing,
    )
    return replace(result(), kpis=(progress,))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (KpiStanding.ON_TRACK, KpiStanding.OFF_TRACK, ["kpi.blog.posts_per_week moved real"]),
        (KpiStanding.OFF_TRACK, KpiStanding.REACHED, ["kpi.blog.posts_per_week moved real"]),
        (KpiStanding.REACHED, KpiStanding.REACHED, []),
        (KpiStanding.OPEN, KpiStanding.ON_TRACK, []),
        (KpiStanding.ON_TRACK, KpiStanding.NOT_KNOWN, ["kpi.blog.posts_per_week blocked access"]),
    ],
)
def test_a_target_is_told_where_it_stands_elsewhere(
    old: KpiStanding, new: KpiStanding, expected: list[str]
) -> None:
    assert brief(told(run(0, with_kpi(old)), run(1, with_kpi(new)))) == expected


def test_another_target_is_no_progress() -> None:
    harder = replace(KPI, target=">= 2")
    now = with_kpi(KpiStanding.OFF_TRACK, harder)
    changes = told(run(0, with_kpi(KpiStanding.REACHED)), run(1, now))
    assert brief(changes) == ["kpi.blog.posts_per_week moved window"]


def audience(old: int, new: int, cause: Cause = Cause.REAL) -> Difference:
    return Difference(
        event=Event.UP,
        subject="channel.x.followers",
        what="X",
        old=Known(value=old, evidence=()),
        new=Known(value=new, evidence=()),
        unit=Unit.COUNT,
        cause=cause,
    )


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [(100, 125, Severity.HIGH), (100, 110, Severity.MEDIUM), (286, 312, Severity.LOW)],
)
def test_an_audience_matters_by_how_far_it_moved(old: int, new: int, expected: Severity) -> None:
    severity = severity_of(audience(old, new), ChangeType.AUDIENCE, own=False, rules=RULES)
    assert severity is expected


@pytest.mark.parametrize(
    ("old", "new", "told_of"),
    [
        (805, 806, False),
        (805, 826, True),
        (805, 784, True),
        # A large share of few, and many of very many.
        (20, 29, False),
        (20, 30, True),
        (100_000, 101_900, False),
        (100_000, 102_000, True),
        (0, 9, False),
        (0, 10, True),
    ],
)
def test_an_audience_that_drifts_is_no_change(old: int, new: int, told_of: bool) -> None:
    counts = (Known(value=each, evidence=()) for each in (old, new))
    assert is_worth_telling(*counts) is told_of


def test_from_nothing_to_something_is_as_far_as_can_be() -> None:
    grown = audience(0, 1)
    assert severity_of(grown, ChangeType.AUDIENCE, own=False, rules=RULES) is Severity.HIGH
    bare = replace(grown, old=Absent())
    assert severity_of(bare, ChangeType.AUDIENCE, own=False, rules=RULES) is Severity.LOW


def test_what_is_our_own_doing_is_never_grave() -> None:
    ours = audience(100, 900, Cause.WINDOW)
    assert severity_of(ours, ChangeType.AUDIENCE, own=True, rules=RULES) is Severity.LOW


def test_a_rule_of_the_users_is_asked_first() -> None:
    package = (Path("changes.yaml"), [{"type": "audience", "severity": "high", "because": "a"}])
    own = (Path("ours.yaml"), [{"event": "up", "own": True, "severity": "low", "because": "b"}])
    rules = severity_rules([package, own])
    grown = audience(1, 2)
    assert severity_of(grown, ChangeType.AUDIENCE, own=True, rules=rules) is Severity.LOW
    assert severity_of(grown, ChangeType.AUDIENCE, own=False, rules=rules) is Severity.HIGH


@pytest.mark.parametrize(
    "record",
    [
        {"severity": "high"},
        {"because": "a"},
        {"severity": "grave", "because": "a"},
        {"severity": "high", "because": "a", "type": "forum"},
        {"severity": "high", "because": "a", "at_least": "half"},
        {"severity": "high", "because": "a", "own": "yes"},
        {"severity": "high", "because": "a", "colour": "red"},
        "high",
    ],
)
def test_a_slip_in_a_rule_is_said_with_its_file_and_key(record: object) -> None:
    with pytest.raises(ConfigError, match=r"ours\.yaml"):
        severity_rules([(Path("ours.yaml"), [record])])


def written(*spans: tuple[range, str, Purpose]) -> CompanyResult:
    """A company whose posts of some days are on a topic and for a purpose."""
    section = posts([], 1)
    written_posts = tuple(
        replace(
            _post(day),
            topics=(topic,) if topic else (),
            purpose=PostPurpose(purpose=purpose, confidence=0.9, cues=()),
        )
        for days, topic, purpose in spans
        for day in days
    )
    topics = CompanyTopics(
        of=len(written_posts),
        recent_of=0,
        before_of=0,
        other=0,
        counts=tuple(
            TopicCount(topic=topic, of=1, posts=1, recent=0, before=0)
            for topic in (_topic("valves"), _topic("hinges"))
        ),
    )
    return replace(section, posts=written_posts, topics=topics)


def _topic(name: str) -> Topic:
    words = (TopicWords(language="en", weights=((name, 1.0),)),)
    return Topic(name=name, kind=TopicKind.DISCOVERED, language="en", words=words, new=True)


BEFORE, SINCE = range(-200, 0, 4), range(1, 90, 4)
TELLS, TEACHES = Purpose.INFORMATIONAL, Purpose.EDUCATIONAL


@pytest.mark.parametrize(
    ("then", "since", "expected"),
    [
        ("valves", "valves", []),
        ("valves", "hinges", ["topic.valves gone real", "topic.hinges new real"]),
        # Found for the first time, in posts that were there all along: no news.
        ("hinges", "hinges", []),
    ],
)
def test_a_topic_is_told_where_the_posts_since_are_on_another(
    then: str, since: str, expected: list[str]
) -> None:
    now = written((BEFORE, then, TELLS), (SINCE, since, TELLS))
    assert brief(told(run(0, result()), run(1, now))) == expected


def test_a_few_posts_are_no_change_of_subject() -> None:
    now = written((BEFORE, "valves", TELLS), (range(1, 90, 11), "hinges", TELLS))
    assert told(run(0, result()), run(1, now)) == ()


def test_what_posts_are_for_is_told_where_those_since_are_for_something_else() -> None:
    now = written((BEFORE, "", TELLS), (SINCE, "", TEACHES))
    assert brief(told(run(0, result()), run(1, now))) == [
        "purpose.informational down real",
        "purpose.educational up real",
    ]
    same = written((BEFORE, "", TELLS), (SINCE, "", TELLS))
    assert told(run(0, result()), run(1, same)) == ()


def test_a_post_in_another_language_says_nothing_of_a_topic() -> None:
    now = written((BEFORE, "valves", TELLS), (SINCE, "", TELLS))
    swedish = tuple(replace(post, language="sv") if not post.topics else post for post in now.posts)
    assert told(run(0, result()), run(1, replace(now, posts=swedish))) == ()


def beside(now: CompanyResult, network: range, *, cut: bool) -> CompanyResult:
    """The same company with a profile whose posts of some days teach; cut off before them or not."""
    window = Window(as_of=FIRST + QUARTER, lookback_days=365, timezone="UTC")
    url = "https://video.example/@acme"
    shown = tuple(
        replace(
            _post(day),
            channel="youtube",
            channel_url=url,
            purpose=PostPurpose(purpose=TEACHES, confidence=0.9, cues=()),
        )
        for day in network
    )
    section = Section(
        channel="youtube",
        url=url,
        feeds=(),
        posts=shown,
        truncated=cut,
        unreadable=None,
        evidence=(proof("youtube.list"),),
    )
    return replace(
        now,
        posts=(*now.posts, *shown),
        cadence=(*now.cadence, cadence(section, window)),
        channels=(channel("youtube", url, "acme", proof=(proof("youtube.link"),)),),
    )


BLOG = written((BEFORE, "", TELLS), (SINCE, "", TELLS))


def test_the_newest_posts_of_a_network_alone_make_no_other_mix() -> None:
    changes = told(run(0, result()), run(1, beside(BLOG, range(10, 90, 4), cut=True)))
    assert brief(changes) == ["channel.youtube new real"]


@pytest.mark.parametrize(("days", "cut"), [(range(10, 90, 4), False), (range(-96, 90, 4), True)])
def test_a_network_that_is_known_on_both_sides_takes_part(days: range, cut: bool) -> None:
    spoken = beside(BLOG, days, cut=cut)
    counted = spans_of(spoken)
    assert sum(post.channel == "youtube" for post in counted.since) == len(
        [day for day in days if day > 0]
    )


def test_posts_before_begin_where_all_lists_are_known() -> None:
    counted = spans_of(beside(BLOG, range(-96, 90, 4), cut=True))
    oldest = min(post.counted_at for post in counted.before if post.counted_at is not None)
    assert oldest >= FIRST - timedelta(days=97)


def spans_of(now: CompanyResult) -> Spans:
    """The posts of a company before and since the first run."""
    before, today = (
        Look(run=shot.run, settings=shot.competitors.settings, result=shot.results[0])
        for shot in (run(0, result()), run(1, now))
    )
    return spans(Pair(before=before, now=today, titles={}))
