"""Channels are followed from run to run: first seen, renamed, and what a page no longer holds."""

from dataclasses import replace
from datetime import timedelta

import pytest

from audit.measure.followed import KEPT_HANDLES, TAKEN_OVER, followed, keys_of
from audit.model.channel import (
    CONFIGURED,
    NO_DRIFT,
    Channel,
    ChannelHistory,
    OwnershipPart,
    Promise,
)
from audit.model.profile import Count, Profile, ProfileFigure
from audit.model.result import CompanyResult
from audit.model.value import Absent, Known, Moment, Number, Qualifier, Reason, Unknown
from tests.brief_example import AS_OF, COMPANY, PROOF, known
from tests.channel_example import channel, live

BEFORE = AS_OF - timedelta(days=90)
URL = "https://github.com/acme"
CHANGED = Unknown(reason=Reason.BAD_CONTENT, detail="no figure where it was")
WALL = Unknown(reason=Reason.LOGIN_WALL, detail="shown to members")
POST = Known(value=BEFORE, evidence=(PROOF,))


def profile(
    handle: str = "acme",
    *,
    url: str = URL,
    audience: Number = WALL,
    account: str = "",
    figures: tuple[ProfileFigure, ...] = (),
    newest: Moment = POST,
) -> Channel:
    page = live(url=url, handle=handle, account=account, audience=audience, figures=figures)
    return channel("github", url, handle, proof=(PROOF,), profile=page, newest=newest)


def unread(state: Profile | Unknown) -> Channel:
    return channel("github", URL, "acme", proof=(PROOF,), profile=state)


def after(now: Channel, before: Channel | None = None) -> Channel:
    """The channel as it stands after a run, where the run before knew another."""
    earlier = CompanyResult(company=COMPANY, channels=(before,)) if before is not None else None
    (known_again,) = followed((now,), earlier, AS_OF)
    return known_again


def test_in_a_first_run_all_is_first_seen_now() -> None:
    assert after(profile()).history == ChannelHistory(first_seen=AS_OF)


def test_a_channel_keeps_the_time_at_which_it_was_first_seen() -> None:
    before = replace(profile(), history=ChannelHistory(first_seen=BEFORE))
    assert after(profile(), before).history.first_seen == BEFORE


def test_a_channel_is_known_by_its_account_before_its_address() -> None:
    keys = keys_of(profile(account="4711"))
    assert keys == ["github #4711", "github https://github.com/acme"]


def test_a_new_handle_of_one_account_is_a_former_handle_and_no_new_channel() -> None:
    before = replace(
        profile("old", url="https://github.com/old", account="4711"),
        history=ChannelHistory(first_seen=BEFORE),
    )
    history = after(profile("acme", account="4711"), before).history
    assert (history.first_seen, history.former, history.account) == (BEFORE, ("old",), "4711")


def test_the_handle_of_now_is_never_a_former_one_and_a_few_are_kept() -> None:
    handles = tuple(f"old{number}" for number in range(9))
    before = replace(profile(), history=ChannelHistory(former=("ACME", *handles)))
    assert after(profile(), before).history.former == handles[:KEPT_HANDLES]


def test_a_figure_that_is_not_on_the_page_now_is_drift_and_the_old_one_is_kept() -> None:
    now = after(profile(audience=CHANGED), profile(audience=known(1200)))
    assert now.history.previous == known(1200)
    assert now.followers == Unknown(
        reason=Reason.DRIFT, detail="it was 1,200 on 2026-11-01; no figure where it was"
    )


def test_a_wall_is_no_drift_and_the_old_figure_is_kept_all_the_same() -> None:
    now = after(profile(audience=WALL), profile(audience=known(1200)))
    assert (now.history.drift, now.history.previous) == (NO_DRIFT, known(1200))


def test_a_figure_that_was_read_again_leaves_no_old_one() -> None:
    now = after(profile(audience=known(1300)), profile(audience=known(1200)))
    assert (now.history.previous, now.followers) == (None, known(1300))


def test_what_a_person_had_read_is_no_figure_that_a_page_can_lose() -> None:
    by_hand = Known(value=1200, evidence=(PROOF,), qualifiers=(Qualifier.MANUAL,))
    before = replace(profile(audience=WALL), by_hand=by_hand)
    now = after(profile(audience=CHANGED), before)
    assert (now.history.drift, now.history.previous) == (NO_DRIFT, None)


def test_an_old_figure_outlives_several_runs_that_could_not_read_it() -> None:
    before = replace(profile(audience=WALL), history=ChannelHistory(previous=known(1200)))
    now = after(profile(audience=CHANGED), before)
    assert now.history.previous == known(1200)
    assert isinstance(now.followers, Unknown)
    assert now.followers.reason is Reason.DRIFT


def test_a_figure_beside_the_audience_can_be_lost_too() -> None:
    stars = ProfileFigure(count=Count.STARS, value=known(40))
    lost = ProfileFigure(count=Count.STARS, value=CHANGED)
    (figure,) = after(profile(figures=(lost,)), profile(figures=(stars,))).figures
    assert isinstance(figure.value, Unknown)
    assert figure.value.reason is Reason.DRIFT


def test_a_list_that_had_posts_and_is_said_to_be_empty_is_drift() -> None:
    silent = after(profile(newest=Absent()), profile(newest=POST)).last_post
    assert silent == Unknown(
        reason=Reason.DRIFT, detail="a post of 2026-08-03 was read before, and none now"
    )
    assert after(profile(newest=WALL), profile(newest=POST)).last_post == WALL
    assert after(profile(newest=Absent()), profile(newest=WALL)).last_post == Absent()


def test_a_page_that_was_read_before_and_cannot_be_understood_now_is_drift() -> None:
    before = profile(audience=known(1200))
    lost = after(unread(CHANGED), before).unread
    assert lost is not None
    assert (lost.reason, lost.detail.partition(";")[0]) == (
        Reason.DRIFT,
        "it was 1,200 on 2026-11-01",
    )
    assert after(unread(CHANGED), unread(WALL)).unread == CHANGED


def test_of_a_dead_profile_it_is_not_told_what_it_has_lost() -> None:
    dead = replace(profile(audience=CHANGED), promises=(Promise.DEAD,))
    history = after(dead, profile(audience=known(1200))).history
    assert (history.drift, history.previous) == (NO_DRIFT, None)


def test_a_handle_under_which_the_platform_has_another_id_is_another_account() -> None:
    before = replace(profile(account="4711"), history=ChannelHistory(first_seen=BEFORE))
    now = after(profile(account="4812"), before)
    assert now.history == ChannelHistory(first_seen=AS_OF)
    assert now.ownership.score < before.ownership.score
    assert TAKEN_OVER in now.ownership.parts


def test_an_account_that_took_a_handle_over_is_a_stranger_in_all_runs_that_follow() -> None:
    before = replace(profile(account="4711"), history=ChannelHistory(first_seen=BEFORE))
    taken = after(profile(account="4812"), before)
    later = after(profile(account="4812"), taken)
    assert TAKEN_OVER in later.ownership.parts
    assert later.ownership.score == taken.ownership.score
    proved = profile(account="4812")
    proved = replace(proved, ownership=replace(proved.ownership, links_back=True))
    assert TAKEN_OVER not in after(proved, later).ownership.parts


def test_an_account_that_was_unread_for_a_run_is_still_told_from_the_next() -> None:
    first = replace(profile(account="4711"), history=ChannelHistory(first_seen=BEFORE))
    second = after(unread(WALL), first)
    assert second.history.first_seen == BEFORE
    assert after(profile(account="4812"), second).history.first_seen == AS_OF


def test_a_number_and_a_name_are_two_kinds_of_id_of_one_account() -> None:
    before = replace(profile(account="4711"), history=ChannelHistory(first_seen=BEFORE))
    now = after(profile(account="urn:acme"), before)
    assert now.history.first_seen == BEFORE
    assert now.ownership == profile().ownership


@pytest.mark.parametrize("proof", [CONFIGURED, ""])
def test_an_account_that_begins_anew_and_is_proved_stays_the_companys(proof: str) -> None:
    before = replace(profile(account="4711"), history=ChannelHistory(first_seen=BEFORE))
    now = profile(account="4812")
    parts = (OwnershipPart(name=proof, weight=1.0),) if proof else now.ownership.parts
    whose = replace(now.ownership, parts=parts, links_back=not proof)
    taken = after(replace(now, ownership=whose), before)
    assert taken.ownership == whose
    assert taken.history.first_seen == AS_OF


def test_invites_that_differ_in_capitals_have_histories_of_their_own() -> None:
    one, other = (
        channel(
            "discord",
            f"https://discord.gg/{code}",
            code,
            proof=(PROOF,),
            key=f"https://discord.gg/{code}",
        )
        for code in ("BoReA", "borea")
    )
    before = replace(one, history=ChannelHistory(first_seen=BEFORE))
    assert after(one, before).history.first_seen == BEFORE
    assert after(other, before).history.first_seen == AS_OF


def test_a_history_from_before_keys_were_kept_is_joined_by_its_address() -> None:
    old = channel("discord", "https://discord.gg/BoReA", "BoReA", proof=(PROOF,))
    before = replace(old, history=ChannelHistory(first_seen=BEFORE))
    now = channel("discord", old.url, "BoReA", proof=(PROOF,), key="https://discord.gg/BoReA")
    assert after(now, before).history.first_seen == BEFORE
