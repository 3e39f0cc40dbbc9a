"""What to do: only what most competitors do and we were seen not to, under no other name."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from audit.measure.cadence import cadence
from audit.model.advice import Effort
from audit.model.company import Kpi
from audit.model.kinds import ActivityKind
from audit.model.kpi import NOT_BEFORE, KpiProgress, KpiStanding
from audit.model.result import CompanyResult, Measure, Window
from audit.model.site import Activity, Post, Section
from audit.model.topics import CompanyTopics, Topic, TopicCount, TopicKind
from audit.model.value import Dated, DateSource, Reason
from audit.model.visit import Note
from reports.actions import MOST, Action, actions
from reports.gaps.scene import names_from
from reports.report import Report
from tests.reports.advice_example import (
    AS_OF,
    NONE,
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
BLOG, NEWS = Given(features=("blog",)), Given(features=("news",))


def told(own: Given, *rivals: Given) -> list[str]:
    """What is advised to a company beside these competitors."""
    return [each.do for each in actions(report_on(own, *rivals))]


def first(report: Report) -> Action:
    return actions(report)[0]


def test_who_has_neither_blog_nor_news_is_told_once_whichever_the_others_have() -> None:
    assert told(Given(), BLOG, NEWS, BLOG) == ["Start a blog or a news section"]
    action = first(report_on(Given(), BLOG, NEWS, BLOG))
    assert action.reason == "3 of 3 competitors have a blog or news; we have neither"
    assert action.who == "Borealis, Corvid and 1 more"
    assert (action.proof, action.effort) == ((PROOF,), Effort.LARGE)


def test_who_has_a_feature_is_named_by_what_the_action_is_about() -> None:
    busy = Given(features=("blog",), figures={SITE: exactly(3.3)})
    quiet = Given(features=("news",), figures={SITE: part(0.5)})
    assert first(report_on(Given(), quiet, busy, BLOG)).who == (
        "Corvid (3.3 posts a week), Borealis and 1 more"
    )
    assert first(report_on(Given(), quiet, BLOG, BLOG)).who == (
        "Borealis (at least 0.5 posts a week) and 2 more"
    )
    none = Given(features=("blog",), figures={SITE: exactly(0.0)})
    assert first(report_on(Given(), none, BLOG, BLOG)).who == "Borealis, Corvid and 1 more"


def test_a_forum_is_named_by_its_replies() -> None:
    forum = Given(features=("forum",))
    given = report_on(Given(), forum, forum, forum)
    results = list(given.results)
    counted = Activity(kind=ActivityKind.REPLIES, value=108, evidence=PROOF)
    features = tuple(
        replace(each, activity=(counted,)) if each.feature == "forum" else each
        for each in results[2].features
    )
    results[2] = replace(results[2], features=features)
    assert first(report_of(results)).who == "Corvid (108 replies), Borealis and 1 more"


def test_the_busiest_is_told_of_three_whose_posts_were_read() -> None:
    rate = "channel.instagram.posts_per_week"
    rivals = [Given(on=("instagram",), figures={rate: exactly(each)}) for each in (1.0, 2.0, 3.0)]
    assert first(report_on(Given(), *rivals)).reason == (
        "3 of 3 competitors are there; the busiest posts 3.0 times a week"
    )
    unread = [*rivals, Given(on=("instagram",), figures={rate: ROBOTS})]
    assert first(report_on(Given(), *unread)).reason == (
        "4 of 4 competitors are there; Delta posts 3.0 times a week"
    )


@pytest.mark.parametrize(
    "own", [BLOG, NEWS, Given(on=("medium",)), Given(perhaps_on=("substack",))]
)
def test_nobody_is_told_to_begin_what_is_done_under_another_name(own: Given) -> None:
    assert not [each for each in told(own, BLOG, NEWS, BLOG) if "blog" in each]


@pytest.mark.parametrize(
    ("feature", "own"),
    [
        ("forum", Given(features=("community",))),
        ("forum", Given(on=("discord",))),
        ("reviews", Given(on=("trustpilot",))),
        ("podcast", Given(on=("spotify",))),
        ("newsletter", Given(on=("substack",))),
        ("chat", Given(on=("whatsapp",))),
        ("knowledge-base", Given(features=("wiki",))),
        ("comments", Given(features=("blog", "forum"))),
        ("comments", Given()),  # without articles there is nothing to comment on
    ],
)
def test_the_same_under_another_name_is_no_gap(feature: str, own: Given) -> None:
    assert told(own, *[Given(features=(feature,))] * 3) == []


def test_what_is_unknown_of_us_is_no_gap() -> None:
    assert told(Given(unknown=("newsletter",)), *[Given(features=("newsletter",))] * 3) == []


def test_fewer_than_half_or_fewer_than_three_are_no_reason() -> None:
    having, lacking = Given(features=("newsletter",)), Given()
    assert told(Given(), having, having) == []
    assert told(Given(), having, lacking, lacking) == []
    assert told(Given(), having, having, lacking, lacking, lacking) == []
    assert told(Given(), having, having, lacking, lacking) == ["Offer a newsletter"]


def test_a_competitor_of_whom_it_is_unknown_is_not_counted() -> None:
    having, unknown = Given(features=("newsletter",)), Given(unknown=("newsletter",))
    assert told(Given(), having, having, unknown) == []
    report = report_on(Given(), having, having, having, unknown)
    assert first(report).reason.startswith("3 of 3 competitors")


def test_a_company_whose_site_could_not_be_read_takes_no_part() -> None:
    having, unread = Given(on=("facebook",)), Given(unread=True)
    assert told(unread, having, having, having) == []
    assert told(Given(), having, having, unread, unread) == []


def test_a_network_is_considered_with_the_pace_of_the_busiest_there() -> None:
    busy = Given(on=("instagram",), figures={"channel.instagram.posts_per_week": exactly(2.3)})
    report = report_on(Given(), Given(on=("instagram",)), busy, Given(on=("x", "youtube")))
    assert first(report).do == "Consider Instagram"
    assert first(report).reason == "2 of 3 competitors are there; Corvid posts 2.3 times a week"
    assert first(report).who == "Corvid (2.3 a week) and Borealis"


@pytest.mark.parametrize(
    "own",
    [
        Given(on=("instagram",)),
        Given(perhaps_on=("instagram",)),
        Given(ignored=("channel.instagram",)),
    ],
)
def test_no_network_is_advised_where_we_may_be_or_that_a_person_has_struck_out(own: Given) -> None:
    assert told(own, *[Given(on=("instagram",))] * 3) == []


@pytest.mark.parametrize(
    "platform", ["google-plus", "app-store", "wikipedia", "glassdoor", "patreon"]
)
def test_dead_networks_and_pages_that_are_no_channels_are_not_advised(platform: str) -> None:
    assert told(Given(), *[Given(on=(platform,))] * 3) == []


def test_a_place_for_developers_is_advised_only_to_those_who_offer_them_something() -> None:
    rivals = [Given(on=("github",))] * 3
    assert told(Given(), *rivals) == []
    assert told(Given(features=("api",)), *rivals) == ["Consider GitHub"]


def test_a_dead_profile_is_mended_and_not_opened_anew() -> None:
    own = Given(on=("youtube",), dead=("x",))
    (action,) = actions(report_on(own, *[Given(on=("x", "youtube"))] * 3))
    assert action.do == "Mend or remove the links to X (Twitter)"
    assert action.reason.startswith("1 of 2 profiles that our site links leads nowhere")


def test_a_struck_out_feature_is_not_advised() -> None:
    own = Given(ignored=("feature.newsletter",))
    assert told(own, *[Given(features=("newsletter",))] * 3) == []


def test_we_are_told_to_publish_more_only_where_the_others_do_by_a_quarter() -> None:
    (action,) = actions(report_on(*rated(SITE, 0.4, 1.1, 1.2, 3.0)))
    assert action.do == "Publish more often on the website"
    assert action.reason == "We have 0.4 posts a week; a typical competitor has 1.2"
    assert action.who == "Delta (3.0 posts a week)"
    assert actions(report_on(*rated(SITE, 1.0, 1.1, 1.2, 1.2))) == []


def test_who_publishes_nothing_is_not_told_to_publish_more_often() -> None:
    assert actions(report_on(*rated(SITE, NONE, 1.1, 1.2, 3.0))) == []


def test_figures_that_are_parts_are_told_as_such() -> None:
    (action,) = actions(report_on(*rated(SITE, part(0.4), part(1.2), part(1.2), part(3.0))))
    assert "at least 0.4 posts" in action.reason
    assert action.who == "Delta (at least 3.0 posts a week)"


def test_the_largest_gap_is_first_and_twelve_are_enough() -> None:
    everything = (
        *("blog", "forum", "knowledge-base", "reviews", "newsletter", "podcast", "events", "chat"),
    )
    networks = ("facebook", "instagram", "linkedin", "youtube", "tiktok", "x", "bluesky")
    found = actions(report_on(Given(), *[Given(features=everything, on=networks)] * 4))
    assert len(found) == MOST
    assert [each.score for each in found] == sorted((each.score for each in found), reverse=True)
    assert found[0].do == "Start a blog or a news section"


def test_names_that_have_no_room_are_counted() -> None:
    assert names_from("A" * 30, ["B" * 30, "A" * 30, "C"]) == f"{'A' * 30} and 2 more"
    assert names_from("A", [], "3.0 posts a week") == "A (3.0 posts a week)"


def test_without_an_own_company_or_competitors_there_is_nothing_to_do() -> None:
    assert actions(report_on(*[BLOG] * 4, own=False)) == []
    assert actions(report_on(Given())) == []


def progress(measure: str, standing: KpiStanding) -> KpiProgress:
    kpi = Kpi(name=f"{measure} {standing}", goal="", measure=measure, target=">= 1", due=None)
    return KpiProgress(
        kpi=kpi,
        now=exactly(0.4),
        last=NOT_BEFORE,
        baseline=exactly(0.4),
        since=date(2026, 11, 1),
        target=1.0,
        standing=standing,
    )


def test_an_action_serves_the_kpi_that_it_moves_most_and_that_is_not_reached() -> None:
    results = list(report_on(*rated(SITE, 0.4, 1.1, 1.2, 3.0)).results)
    kpis = (
        progress("presence.channels", KpiStanding.OFF_TRACK),
        progress("site.posts_per_week", KpiStanding.REACHED),
        progress("blog.posts_per_week", KpiStanding.OFF_TRACK),
    )
    results[0] = replace(results[0], kpis=kpis)
    assert first(report_of(results)).kpi == "blog.posts_per_week off track"


def test_an_action_serves_the_kpi_of_its_own_measure_before_others_and_none_that_it_works_against() -> (
    None
):
    results = list(report_on(*rated(SITE, 0.4, 1.1, 1.2, 3.0)).results)
    quiet = progress("site.recency_days", KpiStanding.OFF_TRACK)
    quiet = replace(quiet, kpi=replace(quiet.kpi, target="<= 7"))
    own = progress("site.posts_per_week", KpiStanding.OFF_TRACK)
    results[0] = replace(results[0], kpis=(quiet, own))
    assert first(report_of(results)).kpi == own.kpi.name
    fewer = replace(own, kpi=replace(own.kpi, target="<= 0.1"))
    results[0] = replace(results[0], kpis=(fewer,))
    assert first(report_of(results)).kpi == ""


def test_an_action_about_a_platform_serves_the_kpi_of_that_platform_and_of_no_other() -> None:
    results = list(report_on(Given(), *[Given(on=("instagram",))] * 3).results)
    youtube = progress("channel.youtube.followers", KpiStanding.OFF_TRACK)
    instagram = progress("channel.instagram.followers", KpiStanding.OFF_TRACK)
    everywhere = progress("all.posts_per_week", KpiStanding.OFF_TRACK)
    results[0] = replace(results[0], kpis=(youtube, everywhere, instagram))
    assert first(report_of(results)).kpi == instagram.kpi.name
    results[0] = replace(results[0], kpis=(youtube,))
    assert first(report_of(results)).kpi == ""


def with_topic(result: CompanyResult, posts: int) -> CompanyResult:
    """A result with a hundred posts, so many of them on heat pumps."""
    topic = Topic(name="Heat pumps", kind=TopicKind.DISCOVERED, language="en")
    count = TopicCount(topic=topic, of=100, posts=posts, recent=0, before=0, examples=(PROOF,))
    topics = CompanyTopics(of=100, recent_of=0, before_of=0, other=100 - posts, counts=(count,))
    return replace(result, topics=topics)


def topic_actions(own: int, *rivals: int) -> list[Action]:
    results = report_on(*[Given()] * (len(rivals) + 1)).results
    pairs = zip(results, (own, *rivals), strict=True)
    return actions(report_of([with_topic(result, posts) for result, posts in pairs]))


def test_a_topic_is_advised_with_both_shares_and_who_writes_on_it_most() -> None:
    (action,) = topic_actions(2, 30, 20, 40)
    assert action.do == 'Write more about "Heat pumps"'
    assert action.reason == "2% of our posts are on it, and 30% of all competitors' posts"
    assert action.who == "Delta (40%), Borealis and 1 more"


def test_a_topic_is_not_advised_where_shares_are_alike_or_two_competitors_write() -> None:
    assert topic_actions(28, 30, 30, 30) == []
    assert topic_actions(2, 30, 30) == []


def test_what_one_competitor_alone_writes_about_is_not_advised() -> None:
    assert topic_actions(0, 60, 0, 0) == []
    assert len(topic_actions(0, 60, 20, 0)) == 1


def silent(result: CompanyResult, platform: str, days: int) -> CompanyResult:
    """A result whose profile on a platform had its last post so many days ago."""
    channel = next(each for each in result.channels if each.platform == platform)
    at = AS_OF - timedelta(days=days)
    posts = tuple(
        Post(channel=platform, channel_url=channel.url, url=f"{channel.url}/{n}", title="t",
             published=Dated(at=at - timedelta(days=7 * n), source=DateSource.FEED), format="text",
             language="en", flag="", evidence=PROOF)
        for n in range(20)
    )  # fmt: skip
    section = Section(channel=platform, url=channel.url, feeds=(), posts=posts, truncated=False,
                      unreadable=None, evidence=(PROOF,))  # fmt: skip
    row = cadence(section, Window(as_of=AS_OF, lookback_days=365, timezone="UTC"))
    rate = Measure(metric=f"channel.{platform}.posts_per_week", value=row.posts_per_week)
    return replace(result, cadence=(row,), measures=(*result.measures, rate))


def silent_actions(own: int, *rivals: int) -> list[Action]:
    results = report_on(*[Given(on=("youtube",))] * (len(rivals) + 1)).results
    pairs = zip(results, (own, *rivals), strict=True)
    return actions(report_of([silent(result, "youtube", days) for result, days in pairs]))


def test_a_profile_that_fell_silent_where_the_others_post_is_taken_up_or_closed() -> None:
    (action,) = silent_actions(140, 3, 5, 200)
    assert action.do == "Post again on YouTube, or close the profile"
    assert action.reason == (
        "Our last post there is 140 days old; 2 of 3 competitors posted there within 30 days"
    )


def test_a_profile_is_not_revived_where_it_lives_or_the_others_are_silent_too() -> None:
    assert silent_actions(20, 3, 5, 4) == []
    assert silent_actions(140, 100, 120, 4) == []


def site_actions(own: tuple[float, float], *rivals: tuple[float, float]) -> list[Action]:
    """What is advised for posts a week and days since the last post on the website."""
    given = [
        Given(figures={SITE: exactly(rate), "site.recency_days": exactly(days)})
        for rate, days in (own, *rivals)
    ]
    return actions(report_on(*given))


def test_a_website_of_which_nothing_falls_into_the_period_is_to_publish_again() -> None:
    (action,) = site_actions((0.0, 412), (1.0, 3), (2.0, 5), (0.1, 60))
    assert action.do == "Publish on the website again"
    assert action.reason == (
        "Our last post there is 412 days old; 2 of 3 competitors posted within 30 days"
    )
    assert action.who == "Corvid (2.0 a week) and Borealis"


def test_a_website_that_still_publishes_is_to_publish_more_and_not_again() -> None:
    found = site_actions((0.1, 120), (1.0, 3), (2.0, 5), (1.0, 6))
    assert [each.do for each in found] == ["Publish more often on the website"]
    assert site_actions((0.0, 412), (0.0, 500), (0.0, 400), (0.0, 3)) == []


def test_a_website_of_which_a_section_could_not_be_read_is_not_called_silent() -> None:
    ours = Given(figures={SITE: part(0.0), "site.recency_days": part(412)})
    theirs = Given(figures={SITE: exactly(1.0), "site.recency_days": exactly(3)})
    assert actions(report_on(ours, theirs, theirs, theirs)) == []


@pytest.mark.parametrize("other", [Given(), Given(on=("x",))])
def test_who_shows_no_row_of_profiles_may_be_on_a_network_all_the_same(other: Given) -> None:
    there = Given(on=("instagram", "youtube"))
    reason = first(report_on(Given(), there, there, other)).reason
    assert reason == "At least 2 of 3 competitors are there; none of ours was found"


def test_no_profile_of_ours_is_missed_where_hardly_a_page_of_ours_was_read() -> None:
    there = Given(on=("instagram", "x"))
    results = list(report_on(Given(), there, there, there).results)
    lost = Note(
        what="website", reason=Reason.HTTP_404, detail="most pages", help="", incomplete=True
    )
    own = replace(results[0], notes=(lost,))
    for ours, missed in ((results[0], True), (own, False)):
        advised = actions(report_of([ours, *results[1:]]))
        assert any(each.id.startswith("channel.") for each in advised) is missed
