"""A visit and a result tell what is broken about profiles that the site shows as its own."""

from audit.model.channel import Promise
from audit.model.company import Settings
from audit.model.exchange import Failure, Page, Request
from audit.model.value import Known, Qualifier, Reason, Unknown
from tests.fake_session import HOME, Answer, FakeSession, failure, planned, visited
from tests.scrapers.channels.course_web import (
    ACME,
    BLUESKY_CLAIM,
    BSKY,
    LINKED,
    bluesky,
    channel_of,
    feed,
    home,
    measured,
    unread_reason,
    values_of,
    visit_over,
    wikidata,
)


async def test_somebody_elses_profile_behind_an_icon_is_a_broken_promise() -> None:
    linked = home("https://bsky.app/profile/zebra.bsky.social")
    other = bluesky(
        "Stripes since 1999, https://www.zebra-zoo.example",
        handle="zebra.bsky.social",
        name="Zebra Zoo",
    )
    visit, _ = await visit_over({HOME: linked, **other})
    channel = channel_of(visit)
    assert channel.promises == (Promise.FOREIGN,)
    assert channel.candidate


class _Refusing(FakeSession):
    """A web whose Bluesky says that there is no such profile."""

    async def fetch(self, request: Request) -> Page | Failure:
        if "getProfile" in request.url:
            return failure(request.url, 400, b'{"message": "Profile not found"}')
        return await super().fetch(request)


async def test_a_dead_profile_behind_an_icon_is_a_broken_promise_and_no_zero() -> None:
    session = _Refusing({HOME: LINKED}, prefixes=True)
    channel = channel_of(await visited(session, planned(ACME, Settings())))
    assert channel.promises == (Promise.DEAD,)
    assert isinstance(channel.followers, Unknown)
    assert channel.followers.reason is Reason.HTTP_404


async def test_a_profile_that_could_not_be_read_is_no_broken_promise() -> None:
    visit, _ = await visit_over({HOME: LINKED, f"{BSKY}.actor.getProfile": {"error": "x"}})
    channel = channel_of(visit)
    assert unread_reason(channel) is Reason.BAD_CONTENT
    assert channel.promises == ()


async def test_a_silent_profile_is_dormant() -> None:
    answers: dict[str, Answer] = {
        HOME: LINKED,
        **bluesky(),
        f"{BSKY}.feed.getAuthorFeed": feed(days=200),
    }
    visit, _ = await visit_over(answers)
    assert channel_of(visit).promises == (Promise.DORMANT,)


async def test_a_new_handle_is_followed_and_the_old_one_kept() -> None:
    visit, _ = await visit_over({HOME: LINKED, **bluesky(handle="acmepumps.bsky.social")})
    channel = channel_of(visit)
    assert (channel.handle, channel.history.former) == (
        "acmepumps.bsky.social",
        ("acme.bsky.social",),
    )
    assert channel.promises == (Promise.RENAMED,)


async def test_an_icon_of_a_closed_network_is_a_broken_promise() -> None:
    result = await measured(
        {HOME: home("https://plus.google.com/+AcmePumps", "https://www.youtube.com/@acmepumps")}
    )
    channel = channel_of(result, "google-plus")
    assert channel.promises == (Promise.DEAD,)
    (note,) = [note for note in result.notes if note.what == "channel.google-plus"]
    assert note.help == "mend the link on the site, or ignore the finding"


async def test_a_dead_profile_that_only_others_name_is_no_promise_of_the_sites() -> None:
    answers: dict[str, Answer] = {
        HOME: home(),
        **wikidata(BLUESKY_CLAIM),
        f"{BSKY}.actor.getProfile": {"error": "x"},
    }
    result = await measured(answers)
    values = values_of(result)
    broken = values["presence.broken"]
    assert isinstance(broken, Known)
    assert broken.value == 0


async def test_unread_profiles_leave_the_count_of_broken_promises_open() -> None:
    linked = home(
        "https://bsky.app/profile/acme.bsky.social", "https://www.linkedin.com/company/acme-pumps"
    )
    result = await measured({HOME: linked, **bluesky(), "https://www.linkedin.com/": 403})
    values = values_of(result)
    broken = values["presence.broken"]
    assert isinstance(broken, Known)
    assert (broken.value, broken.qualifiers) == (0, (Qualifier.TRUNCATED,))
