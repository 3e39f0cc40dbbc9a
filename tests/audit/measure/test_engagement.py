"""What readers do with a company's posts: of each channel, of all, and what is compared of it."""

from dataclasses import replace

import pytest

from audit.measure import metric_of, metrics_of
from audit.measure.company import measure
from audit.measure.engagement import AMPLIFICATION, MEAN, RATE, SUBJECT, engagements
from audit.measure.subject import Brief, Values
from audit.model.channel import Channel
from audit.model.engagement import EVERYWHERE, Engagement, Formula
from audit.model.profile import Reaction
from audit.model.result import CompanyResult
from audit.model.site import Section
from audit.model.value import Absent, Known, Qualifier, Reason, Unknown
from tests.audit.measure.test_interactions import liked, with_counts
from tests.audit.measure.test_outlets import WALL, posts_of, profile
from tests.brief_example import COMPANY, WINDOW, brief_of, figure, known, reason, section, visit
from tests.channel_example import channel, live
from tests.fake_session import context
from tests.places import ROOT

LINKEDIN = channel("linkedin", "https://l.example/a", "a", proof=(), profile=WALL)


def followed(platform: str, followers: int) -> Channel:
    """A profile with so many followers."""
    return replace(profile(platform), profile=live(audience=known(followers)))


def shown(channel: Channel, *likes: int, truncated: bool = False) -> Section:
    """The posts of a profile, with so many likes."""
    return replace(posts_of(channel), posts=tuple(liked(*likes)), truncated=truncated)


YOUTUBE, BLUESKY = followed("youtube", 200), followed("bluesky", 1_000)


def of(brief: Brief) -> tuple[Engagement, ...]:
    return engagements(brief)


def values(brief: Brief) -> Values:
    assert SUBJECT.of_company is not None
    return SUBJECT.of_company(brief)


def test_each_channel_has_a_row_and_all_together_come_first() -> None:
    everywhere, youtube, bluesky = of(
        brief_of(shown(YOUTUBE, 2, 4), shown(BLUESKY, 12), channels=(YOUTUBE, BLUESKY))
    )
    assert (everywhere.channel, youtube.channel, bluesky.channel) == (
        EVERYWHERE,
        "youtube",
        "bluesky",
    )
    assert [figure(row.mean) for row in (everywhere, youtube, bluesky)] == [6, 3, 12]
    assert isinstance(everywhere.rate, Known)
    assert everywhere.rate.value.value == pytest.approx(18 / (2 * 200 + 1_000))
    assert everywhere.rate.value.formula is Formula.POOLED


def test_a_channel_that_shows_no_interactions_is_unknown_and_no_zero() -> None:
    _, youtube, bluesky = of(
        brief_of(posts_of(YOUTUBE, 20), shown(BLUESKY, 12), channels=(YOUTUBE, BLUESKY))
    )
    assert reason(youtube.mean) == Reason.NOT_PUBLIC
    assert youtube.unshown == 1
    assert figure(bluesky.mean) == 12


def test_a_channel_that_could_not_be_read_keeps_its_reason_and_marks_the_whole() -> None:
    everywhere, _, linkedin = of(brief_of(shown(YOUTUBE, 2), channels=(YOUTUBE, LINKEDIN)))
    assert (linkedin.mean, linkedin.rate, linkedin.outliers) == (WALL, WALL, WALL)
    assert isinstance(everywhere.mean, Known)
    assert everywhere.mean.qualifiers == (Qualifier.TRUNCATED,)


def test_a_list_that_is_cut_off_gives_the_figure_of_a_part() -> None:
    _, youtube = of(brief_of(shown(YOUTUBE, 2, 4, truncated=True), channels=(YOUTUBE,)))
    assert isinstance(youtube.median, Known)
    assert youtube.median.qualifiers == (Qualifier.TRUNCATED,)


def test_where_no_channel_could_be_read_the_reason_stands_for_all() -> None:
    given = values(brief_of(channels=(LINKEDIN,)))
    assert set(given.values()) == {WALL}


def test_without_followers_the_rate_is_by_views_and_not_compared_as_one_by_followers() -> None:
    hidden = profile("youtube")
    posts = (with_counts({Reaction.LIKES: 5, Reaction.VIEWS: 100}),)
    brief = brief_of(replace(posts_of(hidden), posts=posts), channels=(hidden,))
    everywhere, _ = of(brief)
    assert isinstance(everywhere.rate, Known)
    assert everywhere.rate.value.formula is Formula.VIEWS
    given = values(brief)
    assert given[MEAN.id] == everywhere.mean
    assert reason(given[RATE.id]) == Reason.NOT_PUBLIC


def test_from_the_second_run_on_followers_are_the_mean_of_both() -> None:
    earlier = CompanyResult(company=COMPANY, channels=(followed("youtube", 100),))
    brief = replace(brief_of(shown(YOUTUBE, 3), channels=(YOUTUBE,)), earlier=earlier)
    _, youtube = of(brief)
    assert isinstance(youtube.rate, Known)
    assert (youtube.rate.value.formula, youtube.rate.value.audience) == (Formula.TWO_RUNS, 150)
    assert figure(values(brief)[RATE.id]) == pytest.approx(1_000 * 3 / 150)


def test_a_run_before_that_did_not_know_the_followers_changes_nothing() -> None:
    earlier = CompanyResult(company=COMPANY, channels=(profile("youtube"),))
    given = replace(brief_of(shown(YOUTUBE, 3), channels=(YOUTUBE,)), earlier=earlier)
    _, youtube = of(given)
    assert isinstance(youtube.rate, Known)
    assert youtube.rate.value.formula is Formula.FOLLOWERS


def test_a_section_takes_part_only_where_its_posts_show_interactions() -> None:
    assert of(brief_of(section(20))) == ()
    blog = replace(section(), posts=tuple(liked(4)))
    assert [row.channel for row in of(brief_of(blog))] == [EVERYWHERE, "blog"]


def result(*sections: Section, channels: tuple[Channel, ...] = ()) -> CompanyResult:
    return measure(COMPANY, visit(sections=sections, channels=channels), context(WINDOW))


def test_engagement_is_compared_only_where_some_company_shows_it() -> None:
    assert SUBJECT.family is not None
    without, hidden = result(section(20)), result(channels=(LINKEDIN,))
    having = result(shown(YOUTUBE, 3), channels=(YOUTUBE,))
    assert not [each for each in metrics_of([without, hidden]) if each.theme == "Engagement"]
    shared = [each.id for each in metrics_of([without, having]) if each.theme == "Engagement"]
    assert shared == [
        "engagement.per_post",
        "engagement.median",
        "engagement.per_thousand_followers",
        "engagement.applause",
    ]
    assert isinstance(SUBJECT.family.missing(without, MEAN), Absent)
    assert reason(SUBJECT.family.missing(having, AMPLIFICATION)) == Reason.NOT_PUBLIC
    assert having.engagement[0].channel == EVERYWHERE


def test_every_metric_is_in_the_glossary_as_it_is_defined() -> None:
    text = (ROOT / "docs" / "glossary.md").read_text("utf-8")
    names = ("per_post", "median", "per_thousand_followers", "applause", "conversation",
             "amplification")  # fmt: skip
    for name in names:
        metric = metric_of(f"engagement.{name}")
        assert metric is not None
        assert f"| `{metric.id}` | {metric.title}. {metric.definition} |" in text


def test_a_site_that_could_not_be_reached_has_no_engagement() -> None:
    unreached = Unknown(reason=Reason.DNS, detail="d")
    gone = measure(COMPANY, replace(visit(), start=unreached), context(WINDOW))
    assert gone.engagement == ()
