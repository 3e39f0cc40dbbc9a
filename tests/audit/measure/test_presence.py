"""What a company has: features, channels and languages are counted, with what is broken of it."""

from dataclasses import replace

import pytest

from audit.measure.presence import SUBJECT, first_reason
from audit.model.catalogue import Usage
from audit.model.channel import Channel, Promise
from audit.model.site import Feature, State
from audit.model.value import Evidence, Known, Number, Qualifier, Reason, Unknown
from tests.brief_example import AS_OF, PROOF, brief, figure, reason
from tests.channel_example import channel, live

SEEN = Evidence(url="https://a.example/x", fetched_at=AS_OF, rule="r", excerpt="", record="")
WALL = Unknown(reason=Reason.LOGIN_WALL, detail="shown to members")


def feature(
    name: str, state: State = State.KNOWN, usage: Usage = Usage.USES, proof: Evidence = SEEN
) -> Feature:
    return Feature(
        feature=name,
        state=state,
        direction=usage,
        vendor="",
        url="",
        confidence=0.9,
        seen_on=1,
        reason=Reason.TIMEOUT if state is State.UNKNOWN else None,
        detail="late" if state is State.UNKNOWN else "",
        evidence=(proof,),
    )


def profile(
    platform: str, *promises: Promise, read: bool = True, candidate: bool = False
) -> Channel:
    url = f"https://{platform}.example/a"
    state = live() if read else WALL
    return channel(
        platform, url, "a", proof=(PROOF,), profile=state, promises=promises, candidate=candidate
    )


def value(name: str, *channels: Channel, features: tuple[Feature, ...] = ()) -> Number:
    assert SUBJECT.of_company is not None
    return SUBJECT.of_company(brief(channels=channels, features=features))[f"presence.{name}"]


def test_kinds_of_features_are_counted_once_and_without_the_technique_behind_a_site() -> None:
    features = (feature("forum"), feature("forum"), feature("wiki"), feature("cms"))
    assert value("features", features=features) == Known(value=2, evidence=(SEEN,) * 3)


def test_what_is_not_there_is_not_counted() -> None:
    features = (feature("forum", State.NONE), feature("wiki", State.NONE))
    assert value("features", features=features) == Known(value=0, evidence=(PROOF,))


def test_beside_what_could_not_be_looked_for_there_are_at_least_so_many() -> None:
    features = (feature("forum"), feature("wiki", State.UNKNOWN), feature("news", State.NONE))
    at_least = (Qualifier.TRUNCATED,)
    assert value("features", features=features) == Known(
        value=1, evidence=(SEEN,), qualifiers=at_least
    )


def test_with_nothing_seen_and_something_not_looked_for_the_count_is_unknown() -> None:
    features = (feature("forum", State.NONE), feature("wiki", State.UNKNOWN))
    assert value("features", features=features) == Unknown(reason=Reason.TIMEOUT, detail="late")


def test_what_a_company_supplies_is_counted_apart_from_what_it_uses() -> None:
    features = (feature("chat", usage=Usage.SUPPLIES), feature("forum"))
    assert figure(value("supplied", features=features)) == 1
    assert figure(value("features", features=features)) == 1


def test_platforms_are_counted_once_without_candidates_and_dead_profiles() -> None:
    channels = (
        profile("youtube"),
        profile("youtube"),
        profile("x", Promise.DEAD),
        profile("vk", candidate=True),
    )
    assert figure(value("channels", *channels)) == 1
    assert figure(value("candidates", *channels)) == 1


def test_languages_are_counted_with_the_proof_of_the_look() -> None:
    assert SUBJECT.of_company is not None
    values = SUBJECT.of_company(brief(languages=("es", "en")))
    assert values["presence.languages"] == Known(value=2, evidence=(PROOF,))


def test_the_languages_of_a_site_that_names_none_are_unknown_not_none() -> None:
    assert SUBJECT.of_company is not None
    languages = SUBJECT.of_company(brief(languages=()))["presence.languages"]
    assert isinstance(languages, Unknown)
    assert languages.reason is Reason.TOO_LITTLE_DATA


@pytest.mark.parametrize(
    ("channels", "count", "marks"),
    [
        ((), 0, ()),
        ((profile("x"),), 0, ()),
        ((profile("x", Promise.DORMANT, Promise.RENAMED), profile("vk")), 1, ()),
        ((profile("x", Promise.DEAD, read=False),), 1, ()),
        ((profile("x"), profile("vk", read=False)), 0, (Qualifier.TRUNCATED,)),
    ],
)
def test_broken_promises_are_counted_a_profile_and_are_at_least_so_many_where_some_are_unread(
    channels: tuple[Channel, ...], count: int, marks: tuple[Qualifier, ...]
) -> None:
    broken = value("broken", *channels)
    assert isinstance(broken, Known)
    assert (broken.value, broken.qualifiers) == (count, marks)


def test_where_no_own_profile_could_be_read_nobody_knows_what_is_broken() -> None:
    assert value("broken", profile("x", read=False), profile("vk", candidate=True)) == WALL


def test_the_reason_of_several_profiles_is_that_of_the_first_unread_one() -> None:
    assert first_reason([profile("x", read=False)]) == WALL
    with_posts = replace(profile("x"), newest_post=Known(value=AS_OF, evidence=()))
    assert reason(first_reason([with_posts])) == Reason.NOT_PUBLIC
