"""Which kinds of readers a company invites, and what shows that they take part."""

from dataclasses import replace
from datetime import timedelta

import pytest

from audit.measure.subject import Brief
from audit.measure.technographics import ladder
from audit.model.catalogue import Usage
from audit.model.channel import NOT_READ, Channel, Promise
from audit.model.kinds import ActivityKind
from audit.model.ladder import ROLES, Rung, Sign
from audit.model.profile import Interaction, Reaction
from audit.model.site import OPEN_TO_EDITS, Activity, Feature, Post, State
from audit.model.value import Absent, Known, Qualifier, Reason, Unknown
from config.catalogue import load_catalogue
from tests.brief_example import AS_OF, PROOF, brief, figure, known, post, section
from tests.channel_example import channel as composed
from tests.channel_example import live


def feature(
    name: str,
    state: State = State.KNOWN,
    *activity: Activity,
    direction: Usage = Usage.USES,
) -> Feature:
    """A feature of the site, met or not."""
    return Feature(
        feature=name,
        state=state,
        direction=direction,
        vendor="",
        url="https://a.example/",
        confidence=0.9,
        seen_on=1,
        reason=Reason.BUDGET if state is State.UNKNOWN else None,
        detail="",
        evidence=(PROOF,),
        activity=activity,
    )


def channel(platform: str, size: Known[int] | None = None) -> Channel:
    """A profile of the company's own, with so many followers where they are known."""
    profile = live(audience=size) if size is not None else NOT_READ
    address = f"https://{platform}.example/a"
    return composed(platform, address, "a", proof=(PROOF,), profile=profile)


def activity(kind: ActivityKind, value: float) -> Activity:
    """What was counted in a feature."""
    return Activity(kind=kind, value=value, evidence=PROOF)


def with_rules(given: Brief) -> Brief:
    """The brief with the package's rules."""
    return replace(given, context=replace(given.context, catalogue=load_catalogue()))


def rungs(*features: Feature, channels: tuple[Channel, ...] = ()) -> dict[str, Rung]:
    """The ladder of a company with these features and profiles, by role."""
    given = brief(features=features, channels=channels)
    return {rung.role: rung for rung in ladder(with_rules(given))}


def test_without_anything_nobody_is_invited_and_nothing_could_be_observed() -> None:
    found = rungs()
    assert tuple(found) == ROLES
    assert {figure(rung.invited) for rung in found.values()} == {0}
    assert all(isinstance(rung.observed, Absent) for rung in found.values())


def test_a_feature_invites_each_role_that_it_serves_with_its_reason() -> None:
    found = rungs(feature("forum"))
    assert [role for role in ROLES if found[role].ways] == [
        "conversationalists",
        "critics",
        "joiners",
    ]
    assert found["critics"].ways[0].because == "people answer questions"
    assert found["critics"].ways[0].evidence == (PROOF,)


def test_what_is_supplied_to_others_invites_otherwise_than_what_is_used() -> None:
    assert rungs(feature("api"))["creators"].ways == ()
    supplied = rungs(feature("api", direction=Usage.SUPPLIES))
    assert [way.name for way in supplied["creators"].ways] == ["api"]


def test_own_profiles_invite_by_the_kind_of_their_platform_each_kind_once() -> None:
    profiles = (channel("bluesky"), channel("mastodon"))
    way = rungs(channels=profiles)["conversationalists"].ways
    assert [each.found for each in way] == [("bluesky", "mastodon")]


def test_candidates_and_dead_profiles_invite_nobody() -> None:
    dead = replace(channel("bluesky"), promises=(Promise.DEAD,))
    own = channel("mastodon")
    candidate = replace(own, ownership=replace(own.ownership, candidate=True))
    assert rungs(channels=(dead, candidate))["conversationalists"].ways == ()


def test_beside_what_could_not_be_looked_for_a_count_is_at_least_this() -> None:
    invited = rungs(feature("forum"), feature("reviews", State.UNKNOWN))["critics"].invited
    assert isinstance(invited, Known)
    assert (invited.value, invited.qualifiers) == (1, (Qualifier.TRUNCATED,))


def test_where_nothing_could_be_looked_for_the_count_is_unknown_and_no_zero() -> None:
    assert rungs(feature("reviews", State.UNKNOWN))["critics"].invited == Unknown(
        reason=Reason.BUDGET, detail=""
    )


def test_what_is_not_known_to_be_invited_is_not_known_to_be_absent_either() -> None:
    rung = rungs(feature("reviews", State.UNKNOWN))["critics"]
    assert rung.observed == rung.invited == Unknown(reason=Reason.BUDGET, detail="")


def test_what_others_write_in_a_community_is_no_reaction_to_the_companys_posts() -> None:
    reactions = (Interaction(reaction=Reaction.COMMENTS, count=4),)
    talk = replace(post(AS_OF - timedelta(days=3)), interactions=reactions)
    given = with_rules(brief(channels=(channel("reddit"),)))
    for name in ("reddit", "forum"):
        # No profile of the company's own has this address.
        read = section(channel=name, extra=(talk,))
        there = replace(given, visit=replace(given.visit, sections=(read,)))
        observed = {rung.role: rung for rung in ladder(there)}["conversationalists"].observed
        assert isinstance(observed, Unknown)


def test_a_site_that_could_not_be_reached_has_no_ladder() -> None:
    given = with_rules(brief())
    gone = replace(given, visit=replace(given.visit, start=Unknown(reason=Reason.DNS)))
    assert ladder(gone) == ()


def test_the_most_telling_sign_comes_with_its_date() -> None:
    seen = feature(
        "forum",
        State.KNOWN,
        activity(ActivityKind.REPLIES, 72),
        activity(ActivityKind.MEMBERS, 9),
        Activity(kind=ActivityKind.LAST_POST, value=AS_OF, evidence=PROOF),
    )
    found = rungs(seen)
    talk, join = found["conversationalists"].observed, found["joiners"].observed
    assert isinstance(talk, Sign)
    assert (talk.what, talk.of, talk.value, talk.at) == ("replies", "forum", 72, AS_OF)
    assert isinstance(join, Sign)
    assert (join.what, join.value) == ("members", 9)


def test_a_count_of_nothing_is_no_sign() -> None:
    found = rungs(feature("forum", State.KNOWN, activity(ActivityKind.REPLIES, 0)))
    assert isinstance(found["conversationalists"].observed, Unknown)


@pytest.mark.parametrize(("truncated", "at_least"), [(False, False), (True, True)])
def test_reactions_of_the_window_add_up(truncated: bool, at_least: bool) -> None:
    def met(days: int, count: int) -> Post:
        reactions = (Interaction(reaction=Reaction.COMMENTS, count=count),)
        return replace(post(AS_OF - timedelta(days=days)), interactions=reactions)

    posts = (met(3, 4), met(9, 5), met(400, 100))
    read = section(
        channel="mastodon", url="https://mastodon.example/a", extra=posts, truncated=truncated
    )
    given = with_rules(brief(channels=(channel("mastodon"),)))
    given = replace(given, visit=replace(given.visit, sections=(read,)))
    talk = {rung.role: rung for rung in ladder(given)}["conversationalists"].observed
    assert isinstance(talk, Sign)
    assert (talk.what, talk.value, talk.at_least) == ("comments", 9, at_least)
    assert talk.at == AS_OF - timedelta(days=3)


def met(name: str, reaction: Reaction, invites: tuple[Feature, ...] = ()) -> dict[str, Rung]:
    """The ladder of a company whose only posts, in one place, met one reaction five times."""
    liked = replace(
        post(AS_OF - timedelta(days=3)),
        interactions=(Interaction(reaction=reaction, count=5),),
    )
    profile = channel(name)
    address = f"https://a.example/{name}/" if name == "blog" else profile.url
    read = section(channel=name, url=address, extra=(liked,))
    given = with_rules(brief(features=invites, channels=() if name == "blog" else (profile,)))
    visited = replace(given, visit=replace(given.visit, sections=(read,)))
    return {rung.role: rung for rung in ladder(visited)}


@pytest.mark.parametrize("network", ["mastodon", "bluesky", "linkedin"])
def test_a_like_on_a_network_shows_no_reader_of_the_blog(network: str) -> None:
    rung = met(network, Reaction.LIKES, (feature("blog"), feature("podcast")))["spectators"]
    assert [way.name for way in rung.ways] == ["blog", "podcast"]
    assert isinstance(rung.observed, Unknown)


def test_a_like_where_readers_are_invited_shows_them() -> None:
    observed = met("blog", Reaction.LIKES, (feature("blog"),))["spectators"].observed
    assert isinstance(observed, Sign)
    assert (observed.what, observed.value) == ("likes", 5)


@pytest.mark.parametrize("place", ["youtube", "mastodon"])
def test_comments_under_films_and_posts_show_those_who_talk(place: str) -> None:
    observed = met(place, Reaction.COMMENTS)["conversationalists"].observed
    assert isinstance(observed, Sign)
    assert observed.value == 5


def test_the_largest_audience_counts_and_none_is_added_to_another() -> None:
    small = channel("bluesky", known(10))
    large = channel("mastodon", known(500))
    joined = rungs(channels=(small, large))["joiners"].observed
    assert isinstance(joined, Sign)
    assert (joined.what, joined.of, joined.value) == ("followers", "mastodon", 500)


def test_a_wiki_invites_those_who_write_only_where_readers_may_edit_it() -> None:
    closed = feature("wiki")
    opened = replace(closed, detail=OPEN_TO_EDITS)
    assert [way.name for way in rungs(opened)["creators"].ways] == ["wiki"]
    assert isinstance(rungs(closed)["creators"].invited, Unknown)
    supplied = feature("api", direction=Usage.SUPPLIES)
    invited = rungs(closed, supplied)["creators"].invited
    assert isinstance(invited, Known)
    assert (invited.value, invited.qualifiers) == (1, (Qualifier.TRUNCATED,))
