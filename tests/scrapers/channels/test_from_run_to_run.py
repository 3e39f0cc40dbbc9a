"""Channels followed over several runs: renamed, drifted, walled, or told by hand."""

from dataclasses import replace

from audit.model.channel import Promise
from audit.model.company import ConfiguredChannel
from audit.model.value import Known, Qualifier, Reason, Unknown
from tests.fake_session import HOME, NOW, Answer
from tests.scrapers.channels.course_web import (
    BSKY,
    BY_HAND,
    LINKED,
    bluesky,
    channel_of,
    feed,
    home,
    measured,
    profile,
    unread_reason,
    values_of,
)


async def test_a_changed_layout_is_drift_with_the_old_value_shown_as_old() -> None:
    first = await measured({HOME: LINKED, **bluesky(followers=12_400)})
    assert channel_of(first).history.first_seen == NOW
    second = await measured({HOME: LINKED, **bluesky(followers="a great many")}, first)
    channel = channel_of(second)
    assert isinstance(channel.followers, Unknown)
    assert channel.followers.reason is Reason.DRIFT
    assert "it was 12,400 on 2026-11-24" in channel.followers.detail
    assert channel.history.previous is not None
    assert channel.history.previous.value == 12_400
    assert not second.complete
    values = values_of(second)
    assert isinstance(values["channel.bluesky.followers"], Unknown)
    assert isinstance(values["channel.bluesky.posts_per_week"], Known), "the rest is unharmed"
    third = await measured({HOME: LINKED, **bluesky(followers="many")}, second)
    assert channel_of(third).history.previous == channel.history.previous, (
        "an unknown never replaces an older value"
    )


async def test_a_wall_keeps_the_old_value_and_is_no_drift() -> None:
    first = await measured({HOME: LINKED, **bluesky(followers=12_400)})
    second = await measured({HOME: LINKED, f"{BSKY}.actor.getProfile": 403}, first)
    channel = channel_of(second)
    assert unread_reason(channel) is Reason.HTTP_403
    assert channel.history.previous is not None
    assert second.complete


async def test_drift_is_seen_by_the_address_that_the_site_names() -> None:
    """The profile's own address differs from the site's; without an answer only the latter is there."""
    new: dict[str, Answer] = {HOME: LINKED, **bluesky(handle="acmepumps.bsky.social")}
    first = await measured(new)
    assert channel_of(first).url.endswith("acmepumps.bsky.social")
    broken: dict[str, Answer] = {HOME: LINKED, f"{BSKY}.actor.getProfile": {"did": None}}
    second = await measured(broken, first)
    assert unread_reason(channel_of(second)) is Reason.DRIFT
    assert channel_of(second).history.previous is not None
    assert not second.complete


async def test_posts_that_are_gone_from_the_page_are_drift_too() -> None:
    first = await measured({HOME: LINKED, **bluesky()})
    empty: dict[str, Answer] = {
        HOME: LINKED,
        **bluesky(),
        f"{BSKY}.feed.getAuthorFeed": {"feed": []},
    }
    second = await measured(empty, first)
    last = channel_of(second).last_post
    assert isinstance(last, Unknown)
    assert last.reason is Reason.DRIFT
    assert "channel.bluesky.posts" in [note.what for note in second.notes if note.incomplete]


async def test_a_rename_between_runs_is_told_by_the_platforms_own_id() -> None:
    first = await measured({HOME: LINKED, **bluesky()})
    new = profile("acmepumps.bsky.social")
    new["did"] = "did:plc:acmebskysocial"
    linked = home("https://bsky.app/profile/acmepumps.bsky.social")
    answers: dict[str, Answer] = {
        HOME: linked,
        f"{BSKY}.actor.getProfile": new,
        f"{BSKY}.feed.getAuthorFeed": feed(),
    }
    second = await measured(answers, first)
    assert channel_of(second).history.former == ("acme.bsky.social",)
    assert channel_of(second).history.first_seen == NOW


TAKEN = "Win coins at https://coins.example/"


async def test_a_handle_that_somebody_else_holds_now_is_no_longer_the_companys() -> None:
    first = await measured({HOME: LINKED, **bluesky("https://acme.example")})
    taken = bluesky(TAKEN, name="Crypto Coins Daily")
    taken[f"{BSKY}.actor.getProfile"] |= {"did": "did:plc:somebodyelse"}  # type: ignore[operator]
    second = await measured({HOME: LINKED, **taken}, first)
    channel = channel_of(second)
    assert channel.candidate
    assert channel.promises[0] is Promise.FOREIGN
    assert (channel.history.former, channel.history.previous) == ((), None)
    assert not [post for post in second.posts if post.channel == "bluesky"]


async def test_a_strange_name_and_site_weigh_against_a_handle_in_a_first_run_too() -> None:
    ours = channel_of(await measured({HOME: LINKED, **bluesky("Pumps that last")}))
    taken = channel_of(await measured({HOME: LINKED, **bluesky(TAKEN, name="Crypto Coins Daily")}))
    assert taken.ownership.score < ours.ownership.score
    assert "bears the company's name" not in [part.name for part in taken.ownership.parts]


async def test_a_manual_figure_stands_in_where_nothing_could_be_read() -> None:
    result = await measured({HOME: LINKED, f"{BSKY}.actor.getProfile": 403}, manual=(BY_HAND,))
    followers = channel_of(result).followers
    assert isinstance(followers, Known)
    assert (followers.value, followers.qualifiers) == (150, (Qualifier.MANUAL,))
    assert followers.evidence[0].record == "c.yaml:9"
    values = values_of(result)
    assert values["channel.bluesky.followers"] == followers


async def test_what_was_measured_wins_over_a_manual_figure() -> None:
    result = await measured({HOME: LINKED, **bluesky()}, manual=(BY_HAND,))
    followers = channel_of(result).followers
    assert isinstance(followers, Known)
    assert followers.value == 120


async def test_a_manual_figure_of_no_measure_is_said_to_be_unused() -> None:
    wrong = replace(BY_HAND, measure="channel.bluesky.fans")
    result = await measured({HOME: home()}, manual=(wrong,))
    assert [note.what for note in result.notes if note.reason is Reason.NOT_CHECKED] == [
        "channel.bluesky.fans"
    ]


async def test_a_manual_figure_is_no_measure_of_what_the_page_held() -> None:
    walled: dict[str, Answer] = {HOME: LINKED, f"{BSKY}.actor.getProfile": {"did": None}}
    first = await measured(walled, manual=(BY_HAND,))
    second = await measured(walled, first, manual=(BY_HAND,))
    assert unread_reason(channel_of(second)) is Reason.BAD_CONTENT
    assert second.complete


async def test_a_configured_channel_that_cannot_be_read_makes_the_company_incomplete() -> None:
    configured = ConfiguredChannel(
        platform="bluesky", url="https://bsky.app/profile/acme.bsky.social", place="c.yaml:4"
    )
    walled = await measured({HOME: home(), f"{BSKY}.actor.getProfile": 403}, channels=(configured,))
    assert not walled.complete
    by_hand = await measured(
        {HOME: home(), f"{BSKY}.actor.getProfile": 403}, channels=(configured,), manual=(BY_HAND,)
    )
    assert by_hand.complete


async def test_totals_over_channels_say_that_they_are_parts() -> None:
    linked = home(
        "https://bsky.app/profile/acme.bsky.social", "https://www.linkedin.com/company/acme-pumps"
    )
    result = await measured({HOME: linked, **bluesky(), "https://www.linkedin.com/": 403})
    values = values_of(result)
    active = values["channels.active"]
    assert isinstance(active, Known)
    assert (active.value, active.qualifiers) == (1, (Qualifier.TRUNCATED,))
    assert isinstance(values["channel.linkedin.posts_per_week"], Unknown)


async def test_nothing_readable_is_unknown_and_not_zero() -> None:
    result = await measured(
        {
            HOME: home("https://www.linkedin.com/company/acme-pumps"),
            "https://www.linkedin.com/": 403,
        }
    )
    values = values_of(result)
    assert isinstance(values["channels.active"], Unknown)
    assert isinstance(values["channels.posts_per_week"], Unknown)
    assert isinstance(values["presence.broken"], Unknown)
