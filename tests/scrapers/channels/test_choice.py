"""Which profiles are opened, and how many of each kind."""

import pytest

from audit.model.channel import Channel, OwnershipPart, Role
from audit.model.value import Evidence
from scrapers.channels.choice import (
    CANDIDATES,
    LISTINGS,
    OWN_OF_ONE,
    Opened,
    key_of,
    worth_opening,
)
from scrapers.channels.ownership import LISTED, THRESHOLD, WORTH_A_LOOK
from tests.channel_example import channel, live
from tests.fake_session import HOME, NOW

PROOF = Evidence(url=HOME, fetched_at=NOW, rule="r", excerpt="e", record="f#1")
NOTHING: Opened = {}


def claimed(
    handle: str = "acme",
    claim: float = 0.9,
    *,
    platform: str = "bluesky",
    candidate: bool = False,
    listing: bool = False,
    role: Role = Role.MAIN,
) -> Channel:
    """A channel for which so much speaks; a listing has its own part against it."""
    parts = [OwnershipPart(name="link in footer", weight=claim)]
    if listing:
        parts.append(OwnershipPart(name=LISTED, weight=-1.0))
    return channel(
        platform,
        f"https://{platform}.example/{handle}",
        handle,
        proof=(PROOF,),
        score=max(0.0, sum(part.weight for part in parts)),
        parts=tuple(parts),
        candidate=candidate or listing,
        listing=listing,
        role=role,
    )


def handles(channels: list[Channel], opened: Opened = NOTHING) -> list[str]:
    """The handles of those that are opened, in order."""
    return [channel.handle for channel in worth_opening(channels, opened)]


def test_own_profiles_are_opened_first_and_the_surest_before_the_others() -> None:
    likely = claimed("likely", 0.95, candidate=True)
    assert handles([likely, claimed("weak", 0.5), claimed("sure", 0.9)]) == [
        "sure",
        "weak",
        "likely",
    ]


@pytest.mark.parametrize("passed_over", [claimed(role=Role.PERSON), claimed(platform="nowhere")])
def test_persons_and_platforms_without_a_reader_are_never_opened(passed_over: Channel) -> None:
    assert handles([passed_over]) == []


def test_a_candidate_is_opened_where_enough_speaks_for_it() -> None:
    weak = claimed("weak", WORTH_A_LOOK - 0.01, candidate=True)
    assert handles([claimed("likely", WORTH_A_LOOK, candidate=True), weak]) == ["likely"]


def test_a_listing_is_opened_where_it_is_surely_the_companys_though_it_is_no_channel() -> None:
    sure = claimed("sure", THRESHOLD, platform="app-store", listing=True)
    doubtful = claimed("doubtful", THRESHOLD - 0.01, platform="app-store", listing=True)
    assert handles([sure, doubtful]) == ["sure"]


def test_of_each_kind_so_many_are_opened() -> None:
    own = [claimed(f"own{number}") for number in range(20)]
    elsewhere = [claimed(f"tube{number}", platform="youtube") for number in range(20)]
    likely = [claimed(f"likely{number}", candidate=True) for number in range(20)]
    listed = [claimed(f"app{number}", platform="app-store", listing=True) for number in range(20)]
    chosen = handles([*own, *elsewhere, *likely, *listed])
    kinds = ("own", "tube", "likely", "app")
    counts = [sum(handle.startswith(kind) for handle in chosen) for kind in kinds]
    assert counts == [OWN_OF_ONE, OWN_OF_ONE, CANDIDATES, LISTINGS]


def test_what_was_opened_before_counts_and_is_not_opened_again() -> None:
    channels = [claimed(f"own{number}") for number in range(OWN_OF_ONE + 2)]
    opened = {key_of(channel): (channel, live()) for channel in channels[: OWN_OF_ONE - 1]}
    assert handles(channels, opened) == [f"own{OWN_OF_ONE - 1}"]
