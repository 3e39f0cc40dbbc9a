"""What each company writes about: own posts of the window alone, unknown never zero."""

import pickle
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import groupby
from typing import TypeVar

import pytest

from audit.measure.intervals import difference_interval, wilson_interval
from audit.measure.subject import Together
from audit.measure.themes.gaps import Reading, gaps
from audit.measure.topics import COVERED, NO_POSTS, SUBJECT, topics_of
from audit.model.company import Company, Theme
from audit.model.profile import Interaction, Reaction
from audit.model.result import CompanyResult, Measure, TrendDirection
from audit.model.site import Post
from audit.model.topics import NOT_LOOKED_AT, CompanyTopics, Topic, TopicCount, TopicKind
from audit.model.value import Dated, DateSource, Known, Number, Reason, Unknown
from audit.store.codec import dumps, loads
from tests.brief_example import AS_OF, PROOF, WINDOW
from tests.topics_example import corpus, seeded

RATE = Measure(metric="site.posts_per_week", value=Known(value=1.0, evidence=(PROOF,)))
T = TypeVar("T")
R = TypeVar("R")

TOGETHER = Together(overlaps={}, window=WINDOW)


def result(name: str, *posts: Post, own: bool = False) -> CompanyResult:
    """The result of a company with these posts."""
    company = Company(name=name, website=f"https://{name.lower()}-works.example/", own=own)
    return CompanyResult(company=company, posts=posts)


def results(number: int = 240) -> list[CompanyResult]:
    """The results of five companies with posts on eight subjects."""
    entries = sorted(corpus(number), key=lambda entry: entry[0])
    by_company = groupby(entries, key=lambda entry: entry[0])
    return [
        result(name, *(post for _, _, post in group), own=name == "A") for name, group in by_company
    ]


def with_topics(given: Sequence[CompanyResult], together: Together) -> tuple[CompanyResult, ...]:
    """The results with their topics, all at once."""
    assert SUBJECT.of_all is not None
    return tuple(SUBJECT.of_all(given, together))


def topics(found: CompanyResult) -> CompanyTopics:
    """The topics of a company, which must be known."""
    assert isinstance(found.topics, CompanyTopics)
    return found.topics


@pytest.mark.parametrize(("posts", "asked"), [(59, []), (60, [5])])
def test_what_takes_much_memory_is_done_where_the_run_says(
    posts: int, asked: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    handed: list[int] = []
    monkeypatch.delitem(sys.modules, "sklearn", raising=False)

    def doing(work: Callable[[Iterable[T]], R], pieces: Callable[[], Iterable[T]]) -> R:
        """Do it here, from copies, such as another process gets."""
        monkeypatch.undo()
        copies: tuple[Callable[[Iterable[T]], R], list[T]]
        copies = pickle.loads(pickle.dumps((work, list(pieces()))))  # noqa: S301 - our own
        handed.append(len(copies[1]))
        return copies[0](copies[1])

    given = results(posts)
    found = with_topics(given, replace(TOGETHER, doing=doing))
    assert handed == asked
    monkeypatch.undo()
    assert found == with_topics(given, TOGETHER)
    with_topics(given, replace(TOGETHER, doing=doing))
    assert handed == asked, "by then the library is loaded here"


def test_every_company_has_a_count_of_each_topic_of_the_run() -> None:
    found = with_topics(results(), TOGETHER)
    names = [tuple(count.topic.name for count in topics(each).counts) for each in found]
    assert len(set(names)) == 1
    assert len(names[0]) >= 6
    for each in found:
        assert topics(each).of == 48
        on_one = sum(bool(post.topics) for post in each.posts)
        assert topics(each).other == 48 - on_one
        for count in topics(each).counts:
            assert count.posts == sum(count.topic.name in post.topics for post in each.posts)
            assert len(count.examples) == min(3, count.posts)
            assert count.recent + count.before <= count.posts


def test_the_order_of_companies_changes_no_result() -> None:
    forward = with_topics(results(), TOGETHER)
    backward = with_topics(results()[::-1], TOGETHER)
    assert forward == backward[::-1]


def test_a_second_look_changes_nothing_and_gives_the_same_objects() -> None:
    once = with_topics(results(), TOGETHER)
    again = with_topics(once, replace(TOGETHER, topics=()))
    assert all(one is other for one, other in zip(once, again, strict=True))


def test_topics_are_kept_with_a_run_and_keep_their_names_in_the_next() -> None:
    before = with_topics(results(), TOGETHER)
    kept = loads(dumps(before[1]), CompanyResult)
    assert kept == before[1]
    named = topics_of([None, result("Z"), kept])
    after = with_topics(results()[:4], replace(TOGETHER, topics=named))
    names = {topic.name for topic in named}
    assert len(names & {topic.name for topic in topics_of(after)}) >= 0.9 * len(names)


def test_what_others_write_and_what_is_older_does_not_count() -> None:
    forum = replace(seeded("coffee", 1), channel="forum")
    old = replace(seeded("coffee", 2), published=None, flag="undated")
    stranger = replace(seeded("coffee", 3), channel="mastodon")
    (found,) = with_topics([result("A", forum, old, stranger)], TOGETHER)
    assert found.topics == NO_POSTS
    (short,) = with_topics(
        [result("A", seeded("coffee", 4))],
        replace(TOGETHER, window=replace(WINDOW, lookback_days=0)),
    )
    assert short.topics == NO_POSTS


def test_a_company_that_could_not_be_read_says_why() -> None:
    refused = Unknown(reason=Reason.ROBOTS, detail="asks robots to stay away")
    unread = replace(result("A"), measures=(Measure(metric="site.posts_per_week", value=refused),))
    found = with_topics([unread, *results()[1:]], TOGETHER)
    assert found[0].topics == refused
    assert isinstance(found[1].topics, CompanyTopics)


def test_few_posts_have_no_discovered_themes_and_say_so() -> None:
    own = [seeded("coffee", number) for number in range(10)]
    named = (Theme(name="Coffee", keywords=("espresso", "barista", "coffee bean", "roasting")),)
    (found,) = with_topics([result("A", *own)], replace(TOGETHER, named=named))
    (count,) = topics(found).counts
    assert count.topic.kind is TopicKind.NAMED
    assert count.posts >= 8
    assert topics(found).undiscovered is not None


def test_of_posts_in_another_language_nobody_can_tell_and_that_is_no_zero() -> None:
    swedish = [
        replace(
            seeded("coffee", number),
            title=f"Så brygger du kokkaffe på fjället, dag {number}",
            text="",
            language="sv",
        )
        for number in range(20)
    ]
    first, *others = with_topics([result("S", *swedish, own=True), *results()[1:]], TOGETHER)
    assert {count.of for count in topics(first).counts} == {0}
    assert topics(first).undiscovered is not None
    assert all(count.of == 48 for each in others for count in topics(each).counts)
    assert {gap.reading for gap in gaps([first, *others])} == {None}


def test_without_a_window_nothing_is_looked_for() -> None:
    given = results()
    assert with_topics(given, Together(overlaps={})) == tuple(given)
    assert given[0].topics == NOT_LOOKED_AT


TOPIC = Topic(name="Coffee", kind=TopicKind.DISCOVERED)


def counted(
    name: str, posts: int, of: int, *, own: bool = False, recent: int = 0, before: int = 0
) -> CompanyResult:
    """A company with so many posts on coffee."""
    count = TopicCount(topic=TOPIC, of=of, posts=posts, recent=recent, before=before)
    told = CompanyTopics(of=of, recent_of=of // 2, before_of=of // 2, other=0, counts=(count,))
    return replace(result(name, own=own), topics=told)


@pytest.mark.parametrize(
    ("own", "rival", "reading"),
    [
        (0, 20, Reading.CATCH_UP),
        (20, 0, Reading.OURS),
        (10, 11, Reading.LEVEL),
        (0, 1, Reading.LEVEL),
    ],
)
def test_a_gap_is_read_only_where_its_interval_leaves_no_doubt(
    own: int, rival: int, reading: Reading
) -> None:
    (gap,) = gaps([counted("A", own, 50, own=True), counted("B", rival, 50)])
    assert gap.reading is reading
    assert gap.gap is not None
    assert gap.interval is not None
    assert gap.gap == pytest.approx((rival - own) / 50)
    assert gap.interval[0] <= gap.gap <= gap.interval[1]


def test_a_field_is_open_where_few_write_and_readers_answer() -> None:
    def liked(number: int, likes: int, *names: str) -> Post:
        post = seeded("coffee", number)
        reaction = Interaction(reaction=Reaction.LIKES, count=likes)
        return replace(post, interactions=(reaction,), topics=names)

    posts = [liked(n, 30, "Coffee") for n in range(5)] + [liked(n, 5) for n in range(5, 40)]
    writer = replace(counted("B", 2, 40), posts=tuple(posts))
    others = [counted(name, 0, 40) for name in "CD"]
    (gap,) = gaps([counted("A", 0, 40, own=True), writer, *others])
    assert gap.pull == pytest.approx(30 / (325 / 40))
    assert (gap.writers, gap.rivals) == (1, 3)
    assert gap.reading is Reading.OPEN_FIELD


def test_without_an_own_company_there_is_no_gap_and_unknown_takes_no_part() -> None:
    (gap,) = gaps([counted("A", 5, 50), result("B")])
    assert (gap.own, gap.gap, gap.interval, gap.reading) == (None, None, None, None)
    assert gap.others.value == pytest.approx(0.1)
    assert gap.rivals == 1
    assert gaps([result("A"), result("B")]) == ()
    (alone,) = gaps([counted("A", 5, 50, own=True), result("B")])
    assert alone.gap is None


@pytest.mark.parametrize(
    ("recent", "before", "trend"),
    [
        (20, 2, TrendDirection.RISING),
        (2, 20, TrendDirection.FALLING),
        (5, 4, TrendDirection.STEADY),
    ],
)
def test_a_trend_is_one_of_shares(recent: int, before: int, trend: TrendDirection) -> None:
    (gap,) = gaps([counted("A", 22, 100, recent=recent, before=before)])
    assert gap.trend is trend


def test_examples_are_the_newest_posts() -> None:
    days = [
        replace(
            seeded("coffee", number),
            published=Dated(at=AS_OF - timedelta(days=number), source=DateSource.FEED),
            evidence=replace(PROOF, excerpt=str(number)),
            tags=("Coffee",),
        )
        for number in range(1, 11)
    ]
    posts = [*days, *(seeded("customs", number) for number in range(10))]
    (found,) = with_topics([result("A", *posts)], TOGETHER)
    (count,) = topics(found).counts
    assert [each.excerpt for each in count.examples] == ["1", "2", "3"]


def test_intervals_are_those_of_the_papers() -> None:
    assert wilson_interval(3, 10) == pytest.approx((0.1078, 0.6032), abs=1e-4)
    assert wilson_interval(0, 0) == (0.0, 1.0)
    assert difference_interval(56, 70, 48, 80) == pytest.approx((0.0524, 0.3339), abs=1e-4)
    assert difference_interval(0, 10, 0, 20) == pytest.approx((-0.1611, 0.2775), abs=1e-4)


def covered(found: CompanyResult) -> Number | None:
    """How many topics a company writes about, where that was measured."""
    return next((each.value for each in found.measures if each.metric == COVERED.id), None)


def measured(given: CompanyResult) -> CompanyResult:
    """A result of which something was measured."""
    return replace(given, measures=(RATE,))


def test_the_topics_that_a_company_covers_are_those_with_a_post_of_its_own() -> None:
    found = with_topics([measured(each) for each in results()], TOGETHER)
    for each in found:
        value = covered(each)
        assert isinstance(value, Known)
        assert value.value == sum(count.posts > 0 for count in topics(each).counts)
        assert value.evidence
        assert len([one for one in each.measures if one.metric == COVERED.id]) == 1
    again = with_topics(found, replace(TOGETHER, topics=()))
    assert all(one is other for one, other in zip(found, again, strict=True))


def test_who_writes_in_a_language_without_topics_covers_an_unknown_number() -> None:
    others = [measured(each) for each in results()]
    posts = tuple(
        replace(seeded("coffee", at), language="fi", title="", text="") for at in range(3)
    )
    found = with_topics([*others, measured(result("Z", *posts))], TOGETHER)
    assert isinstance(covered(found[-1]), Unknown)


def test_a_company_that_was_not_measured_gets_no_count() -> None:
    found = with_topics(results(), TOGETHER)
    assert all(covered(each) is None for each in found)
