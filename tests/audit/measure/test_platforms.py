"""Two metrics for each platform: their ids and words, and the best profile's figures."""

from audit.measure.platforms import SUBJECT, metric_id, platform_of
from audit.measure.subject import Values
from audit.model.channel import Channel
from audit.model.company import Company
from audit.model.metric import Metric
from audit.model.result import Cadence, CompanyResult, Measure
from audit.model.value import Known, Number, Reason, Unknown
from tests.brief_example import AS_OF, PROOF, brief, known, reason, row
from tests.channel_example import channel, live

WALL = Unknown(reason=Reason.LOGIN_WALL, detail="shown to members")


def values(*channels: Channel, rows: tuple[Cadence, ...] = ()) -> Values:
    assert SUBJECT.of_company is not None
    return SUBJECT.of_company(brief(*rows, channels=channels))


def profile(handle: str, followers: Number, *, candidate: bool = False) -> Channel:
    return channel(
        "youtube",
        f"https://youtube.com/{handle}",
        handle,
        proof=(PROOF,),
        profile=live(audience=followers),
        candidate=candidate,
        newest=Known(value=AS_OF, evidence=(PROOF,)),
    )


def metric(name: str) -> Metric | None:
    assert SUBJECT.family is not None
    return SUBJECT.family.of(name)


def result(name: str, *measures: Measure, channels: tuple[Channel, ...] = ()) -> CompanyResult:
    company = Company(name=name, website=f"https://{name}.example")
    return CompanyResult(company=company, measures=measures, channels=channels)


def test_an_id_tells_its_platform_and_any_other_id_none() -> None:
    assert metric_id("youtube", "followers") == "channel.youtube.followers"
    assert platform_of("channel.youtube.followers") == "youtube"
    assert platform_of("channel.youtube.likes") == platform_of("blog.posts") == ""


def test_a_metric_bears_the_platforms_name_in_its_words() -> None:
    rate = metric("channel.youtube.posts_per_week")
    assert rate is not None
    assert rate.title == "youtube, posts a week"
    assert (rate.phrase.before, rate.phrase.unit) == ("youtube: ", "posts a week")
    assert metric("channel.youtube.likes") is None


def test_the_first_own_profile_of_a_platform_speaks_for_it() -> None:
    candidate = profile("fan", known(9), candidate=True)
    given = values(candidate, profile("a", known(5)), profile("b", known(7)))
    assert given["channel.youtube.followers"] == known(5)


def test_posts_a_week_are_those_of_the_profiles_own_row() -> None:
    own = profile("a", known(5))
    own_row = row(3, 10, channel="youtube", url=own.url)
    given = values(own, rows=(row(1, channel="youtube", url="https://youtube.com/b"), own_row))
    assert given["channel.youtube.posts_per_week"] == own_row.posts_per_week


def test_without_a_row_posts_a_week_are_unknown_with_the_profiles_reason() -> None:
    unread = channel("youtube", "https://youtube.com/a", "a", proof=(PROOF,), profile=WALL)
    assert values(unread)["channel.youtube.posts_per_week"] == WALL
    listless = values(profile("a", known(5)))["channel.youtube.posts_per_week"]
    assert reason(listless) == Reason.NOT_PUBLIC


def test_metrics_are_those_known_of_any_company_the_most_common_platform_first() -> None:
    x, youtube = metric_id("x", "followers"), metric_id("youtube", "followers")
    rate = metric_id("youtube", "posts_per_week")
    results = (
        result("a", Measure(metric=x, value=known(1)), Measure(metric=youtube, value=known(1))),
        result("b", Measure(metric=youtube, value=known(1)), Measure(metric=rate, value=known(1))),
        result("c", Measure(metric=metric_id("vk", "followers"), value=WALL)),
    )
    assert SUBJECT.family is not None
    names = [metric.id for metric in SUBJECT.family.in_results(results)]
    assert names == [youtube, rate, x]


def test_a_candidate_leaves_it_open_whether_a_company_is_on_a_platform() -> None:
    about = metric("channel.youtube.followers")
    assert about is not None
    assert SUBJECT.family is not None
    count = Measure(metric="presence.channels", value=known(3))
    with_candidate = result("a", count, channels=(profile("a", known(5), candidate=True),))
    assert reason(SUBJECT.family.missing(with_candidate, about)) == Reason.NOT_CHECKED
    assert reason(SUBJECT.family.missing(result("b"), about)) == Reason.NOT_CHECKED
