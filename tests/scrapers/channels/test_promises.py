"""What a site promises by showing a profile, and what of it is broken once the profile is read."""

from dataclasses import replace
from datetime import timedelta

import pytest

from audit.model.channel import CONFIGURED, Channel, ChannelHistory, OwnershipPart, Promise
from audit.model.profile import Profile, Standing
from audit.model.value import Absent, Evidence, Known, Moment, Reason, Unknown
from scrapers.channels.confirmed import NOT_OFFICIAL, SOMEBODY_ELSE
from scrapers.channels.promises import DORMANT_DAYS, PROMISED, broken_promises
from tests.channel_example import channel, live
from tests.fake_session import HOME, NOW, WINDOW

PROOF = Evidence(url=HOME, fetched_at=NOW, rule="r", excerpt="e", record="f#1")
LIVE = live(evidence=(PROOF,))
GONE = Profile(standing=Standing.MISSING, evidence=(PROOF,))
PRIVATE = Profile(standing=Standing.PRIVATE, evidence=(PROOF,))


def posted(days_ago: float) -> Moment:
    """The newest post, so many days before the window's end."""
    return Known(value=NOW - timedelta(days=days_ago), evidence=(PROOF,))


def shown(
    score: float = PROMISED,
    found_on: tuple[str, ...] = (HOME,),
    listing: bool = False,
    parts: tuple[str, ...] = (),
    promises: tuple[Promise, ...] = (),
) -> Channel:
    """A channel as the site alone shows it; `parts` are the names of reasons."""
    return channel(
        "bluesky",
        "https://bsky.app/profile/acme.bsky.social",
        "acme.bsky.social",
        proof=(PROOF,),
        score=score,
        parts=tuple(OwnershipPart(name=name, weight=0.0) for name in parts),
        found_on=found_on,
        listing=listing,
        promises=promises,
    )


def read(
    before: Channel,
    profile: Profile | Unknown = LIVE,
    *,
    newest: Moment | None = None,
    says: str = "",
    score: float = 0.9,
    former: tuple[str, ...] = (),
) -> tuple[Promise, ...]:
    """What is broken once the profile was read; `says` is a reason of its own against it."""
    parts = before.ownership.parts
    parts = (*parts, OwnershipPart(name=says, weight=-0.6)) if says else parts
    after = replace(
        before,
        profile=profile,
        ownership=replace(before.ownership, score=score, parts=parts),
        history=ChannelHistory(former=former),
        newest_post=newest or posted(1),
    )
    return broken_promises(before, after, WINDOW)


def test_a_live_profile_with_a_new_post_keeps_every_promise() -> None:
    assert read(shown()) == ()


@pytest.mark.parametrize("standing", [Standing.MISSING, Standing.SUSPENDED])
def test_a_profile_that_is_not_there_is_dead(standing: Standing) -> None:
    gone = Profile(standing=standing, evidence=(PROOF,))
    assert read(shown(), gone, newest=Unknown(reason=Reason.HTTP_404)) == (Promise.DEAD,)


def test_a_private_profile_breaks_nothing() -> None:
    assert read(shown(), PRIVATE, newest=Unknown(reason=Reason.NOT_PUBLIC)) == ()


@pytest.mark.parametrize("says", [SOMEBODY_ELSE, NOT_OFFICIAL])
def test_what_says_to_be_another_and_is_not_proved_is_foreign(says: str) -> None:
    assert read(shown(), says=says, score=0.49) == (Promise.FOREIGN,)
    assert read(shown(), says=says, score=0.5) == ()


def test_a_weak_profile_that_says_nothing_against_it_is_not_foreign() -> None:
    assert read(shown(), score=0.1) == ()


def test_another_handle_than_the_one_shown_is_renamed() -> None:
    assert read(shown(), former=("acme.bsky.social",)) == (Promise.RENAMED,)


def test_a_profile_is_dormant_after_ninety_days_and_not_before() -> None:
    assert read(shown(), newest=posted(DORMANT_DAYS)) == ()
    assert read(shown(), newest=posted(DORMANT_DAYS + 0.01)) == (Promise.DORMANT,)


@pytest.mark.parametrize("newest", [Absent(), Unknown(reason=Reason.NOT_PUBLIC)])
def test_without_a_known_newest_post_nothing_is_dormant(newest: Moment) -> None:
    assert read(shown(), newest=newest) == ()


def test_several_promises_are_told_in_one_order() -> None:
    broken = read(
        shown(), newest=posted(200), says=SOMEBODY_ELSE, score=0.2, former=("acme.bsky.social",)
    )
    assert broken == (Promise.FOREIGN, Promise.RENAMED, Promise.DORMANT)


@pytest.mark.parametrize(
    "before",
    [shown(score=PROMISED - 0.01), shown(found_on=()), shown(listing=True)],
    ids=["hardly shown", "named by others only", "a listing"],
)
def test_what_the_site_does_not_show_as_its_own_is_no_promise(before: Channel) -> None:
    assert read(before, GONE) == ()


def test_what_is_promised_is_told_by_the_site_and_not_by_the_profile() -> None:
    assert read(shown(score=0.1), says=SOMEBODY_ELSE, score=0.9, newest=posted(200)) == ()
    assert read(shown(), score=0.1, newest=posted(200)) == (Promise.DORMANT,)


def test_an_unread_profile_keeps_what_the_site_alone_says() -> None:
    wall = Unknown(reason=Reason.HTTP_403)
    assert read(shown(), wall, newest=posted(200)) == ()
    assert read(shown(promises=(Promise.DEAD,)), wall) == (Promise.DEAD,)


def test_of_a_profile_that_a_person_named_only_its_end_and_silence_are_told() -> None:
    configured = shown(parts=(CONFIGURED,))
    renamed = ("acme.bsky.social",)
    assert read(configured, says=NOT_OFFICIAL, score=0.2, former=renamed) == ()
    assert read(configured, newest=posted(200)) == (Promise.DORMANT,)
    assert read(configured, GONE) == (Promise.DEAD,)
