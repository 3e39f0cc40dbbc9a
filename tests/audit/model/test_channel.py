"""A composed channel: what each property gives of one unread, gone, live, or live with drift."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from audit.model.channel import (
    NOT_READ,
    Channel,
    ChannelHistory,
    Drift,
    Role,
)
from audit.model.profile import Count, Profile, ProfileFigure, Standing
from audit.model.site import State
from audit.model.value import PROOFS, Evidence, Known, Moment, Number, Reason, Unknown
from tests.channel_example import channel, live

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
FOUND_AT = "https://bsky.app/profile/acme.bsky.social"
LIVES_AT = "https://bsky.app/profile/acmepumps.bsky.social"


def proof(url: str) -> Evidence:
    """Evidence from an address."""
    return Evidence(url=url, fetched_at=NOW, rule="r", excerpt="e", record="f#1")


NAMED = proof("https://acme.example/")
SHOWN = proof(LIVES_AT)
FOLLOWERS = Known(value=120, evidence=(SHOWN,))
NEWEST = Known(value=datetime(2026, 11, 20, tzinfo=UTC), evidence=(SHOWN,))
POSTS = ProfileFigure(count=Count.POSTS, value=Known(value=7, evidence=(SHOWN,)))
FOLLOWING = ProfileFigure(count=Count.FOLLOWING, value=Known(value=3, evidence=(SHOWN,)))
MISSING = Unknown(reason=Reason.HTTP_404, detail="Profile not found")
LOST = Unknown(reason=Reason.DRIFT, detail="it was 12,400 on 2026-11-01")
LOST_POSTS = ProfileFigure(count=Count.POSTS, value=LOST)

UNREAD = channel("bluesky", FOUND_AT, "acme.bsky.social", proof=(NAMED,))
GONE = channel(
    "bluesky",
    FOUND_AT,
    "acme.bsky.social",
    proof=(NAMED,),
    profile=Profile(standing=Standing.MISSING, evidence=(SHOWN,), audience=MISSING),
)
LIVE = channel(
    "bluesky",
    FOUND_AT,
    "acme.bsky.social",
    proof=(NAMED,),
    profile=live(
        evidence=(SHOWN,),
        url=LIVES_AT,
        handle="acmepumps.bsky.social",
        account="did:plc:acme",
        name="Acme Pumps",
        audience=FOLLOWERS,
        figures=(POSTS, FOLLOWING),
    ),
    newest=NEWEST,
)
DRIFTED = replace(
    LIVE,
    history=ChannelHistory(
        account="did:plc:before",
        drift=Drift(followers=LOST, last_post=LOST, figures=(LOST_POSTS,)),
    ),
)
STATES = (UNREAD, GONE, LIVE, DRIFTED)
"""Unread, gone, live, and live without what an earlier run has read there."""


def in_each_state(*expected: object) -> pytest.MarkDecorator:
    """Try a test with each of the four states, and what is expected of it."""
    names = ("unread", "gone", "live", "drifted")
    pairs = list(zip(STATES, expected, strict=True))
    return pytest.mark.parametrize(("composed", "expected"), pairs, ids=names)


@in_each_state(None, None, LIVE.profile, LIVE.profile)
def test_only_a_profile_that_is_there_is_live(composed: Channel, expected: Profile | None) -> None:
    assert composed.live == expected


@in_each_state(FOUND_AT, FOUND_AT, LIVES_AT, LIVES_AT)
def test_the_address_is_that_of_the_profile_once_it_was_read(
    composed: Channel, expected: str
) -> None:
    assert composed.url == expected


@in_each_state(
    "acme.bsky.social", "acme.bsky.social", "acmepumps.bsky.social", "acmepumps.bsky.social"
)
def test_the_handle_is_that_of_the_profile_once_it_was_read(
    composed: Channel, expected: str
) -> None:
    assert composed.handle == expected


@in_each_state("", "", "did:plc:acme", "did:plc:acme")
def test_the_account_is_the_id_that_the_profile_states(composed: Channel, expected: str) -> None:
    assert composed.account == expected


@in_each_state("", "", "Acme Pumps", "Acme Pumps")
def test_the_name_is_that_of_the_profile(composed: Channel, expected: str) -> None:
    assert composed.name == expected


@in_each_state((NAMED,), (SHOWN, NAMED), (SHOWN, NAMED), (SHOWN, NAMED))
def test_the_profile_proves_first_and_then_who_named_it(
    composed: Channel, expected: tuple[Evidence, ...]
) -> None:
    assert composed.evidence == expected


@in_each_state(State.UNKNOWN, State.UNKNOWN, State.KNOWN, State.KNOWN)
def test_the_state_is_known_once_the_profile_was_read(composed: Channel, expected: State) -> None:
    assert composed.state is expected


@in_each_state(
    NOT_READ,
    Unknown(reason=Reason.HTTP_404, detail="missing: Profile not found"),
    None,
    None,
)
def test_what_is_not_known_says_why(composed: Channel, expected: Unknown | None) -> None:
    assert composed.unread == expected


@in_each_state(NOT_READ, MISSING, FOLLOWERS, LOST)
def test_followers_are_as_read_or_why_they_are_not(composed: Channel, expected: Number) -> None:
    assert composed.followers == expected


@in_each_state(NOT_READ, MISSING, NEWEST, LOST)
def test_the_last_post_is_as_read_or_why_it_is_not(composed: Channel, expected: Moment) -> None:
    assert composed.last_post == expected


@in_each_state((), (), (POSTS, FOLLOWING), (LOST_POSTS, FOLLOWING))
def test_of_a_live_profile_each_figure_is_shown_lost_ones_with_the_reason(
    composed: Channel, expected: tuple[ProfileFigure, ...]
) -> None:
    assert composed.figures == expected


@in_each_state("bluesky", "bluesky", "bluesky", "bluesky")
def test_the_platform_is_that_where_it_was_found(composed: Channel, expected: str) -> None:
    assert composed.platform == expected


@pytest.mark.parametrize("composed", STATES)
def test_role_and_candidate_are_what_judging_has_made_of_it(composed: Channel) -> None:
    judged = replace(composed.ownership, role=Role.FAN, candidate=True)
    composed = replace(composed, ownership=judged)
    assert (composed.role, composed.candidate) == (Role.FAN, True)


@pytest.mark.parametrize("composed", STATES)
def test_a_figure_by_hand_goes_before_every_reason(composed: Channel) -> None:
    by_hand = Known(value=150, evidence=(proof("c.yaml"),))
    assert replace(composed, by_hand=by_hand).followers == by_hand


def test_an_account_of_an_earlier_run_stands_in_for_one_that_was_not_read() -> None:
    known_before = replace(UNREAD, history=ChannelHistory(account="did:plc:before"))
    assert known_before.account == "did:plc:before"


def test_a_whole_page_that_has_drifted_is_why_it_is_not_known() -> None:
    lost = Unknown(reason=Reason.DRIFT, detail="the page is not built as it was")
    drifted = replace(UNREAD, history=ChannelHistory(drift=Drift(profile=lost)))
    assert drifted.unread == lost
    assert drifted.state is State.UNKNOWN


def test_a_live_profile_without_address_or_handle_keeps_those_that_were_found() -> None:
    unchanged = replace(LIVE, profile=live(evidence=(SHOWN,)))
    assert (unchanged.url, unchanged.handle) == (FOUND_AT, "acme.bsky.social")


def test_a_missing_profile_has_no_audience_even_where_a_page_counted_one() -> None:
    counted = Profile(standing=Standing.SUSPENDED, evidence=(SHOWN,), audience=FOLLOWERS)
    suspended = replace(GONE, profile=counted)
    assert suspended.followers == Unknown(reason=Reason.HTTP_404, detail="suspended")


def test_a_channel_shows_a_few_proofs_and_none_twice() -> None:
    pages = tuple(proof(f"https://acme.example/{number}") for number in range(9))
    found = replace(LIVE.found, evidence=(SHOWN, *pages))
    assert replace(LIVE, found=found).evidence == (SHOWN, *pages[: PROOFS - 1])
