"""A channel joined with its profile: the handle that it goes by, the newest post, what is kept."""

from datetime import timedelta

import pytest

from audit.model.channel import Channel, Role
from audit.model.profile import NOT_SHOWN, Profile, ProfilePost, Standing, Timeline
from audit.model.value import Absent, Dated, DateSource, Evidence, Known, Reason, Unknown
from scrapers.channels.owner import Owner
from scrapers.channels.profiled import with_profile
from tests.channel_example import channel, live
from tests.fake_session import HOME, NOW, WINDOW

PROOF = Evidence(url=HOME, fetched_at=NOW, rule="r", excerpt="e", record="f#1")
ACME = Owner(names=("Acme Pumps",), sites=frozenset({"acme.example"}), neutral=lambda _: False)


def joined(profile: Profile | Unknown, url: str = "https://x.com/acme") -> Channel:
    """A channel found by an address that ends in its handle, with this profile."""
    handle = url.rpartition("/")[2]
    unread = channel("x", url, handle, proof=(PROOF,), found_on=(HOME,))
    return with_profile(unread, profile, "followers", ACME, WINDOW)


def post(days_ago: float, *, repost: bool = False) -> ProfilePost:
    """A post of so many days before the window's end."""
    at = NOW - timedelta(days=days_ago)
    dated = Dated(at=at, source=DateSource.FEED)
    return ProfilePost(url=HOME, title="t", published=dated, evidence=PROOF, repost=repost)


@pytest.mark.parametrize(
    ("found_by", "profile"),
    [
        ("https://x.com/acme", live(handle="Acme", url="https://x.com/Acme")),
        ("https://x.com/acme", live(handle="")),
        ("https://x.com/12345", live(handle="acme", account="12345", url="https://x.com/acme")),
        ("https://x.com/user/acme", live(handle="@acmepumps", url="https://x.com/@acmepumps")),
        ("https://x.com/acme", Profile(standing=Standing.PRIVATE, evidence=(), handle="other")),
    ],
    ids=["another case", "no handle", "found by its id", "another shape", "private"],
)
def test_another_way_to_the_same_profile_is_no_new_handle(found_by: str, profile: Profile) -> None:
    assert joined(profile, found_by).history.former == ()


def test_another_handle_in_the_same_place_of_the_address_is_a_new_one() -> None:
    renamed = joined(live(handle="acmepumps", url="https://x.com/acmepumps"))
    assert (renamed.handle, renamed.history.former) == ("acmepumps", ("acme",))


def test_the_newest_post_is_the_last_of_its_own_that_is_not_ahead() -> None:
    posts = (post(30), post(4), post(1, repost=True), post(-30))
    newest = joined(live(timeline=Timeline(posts=posts, truncated=False))).newest_post
    assert isinstance(newest, Known)
    assert newest.value == NOW - timedelta(days=4)


def test_a_whole_list_without_posts_is_absent_and_a_part_of_one_unknown() -> None:
    whole = joined(live(timeline=Timeline(posts=(), truncated=False))).newest_post
    assert isinstance(whole, Absent)
    part = joined(live(timeline=Timeline(posts=(), truncated=True))).newest_post
    assert isinstance(part, Unknown)
    assert part.reason is Reason.TOO_LITTLE_DATA


def test_a_profile_of_the_company_s_keeps_its_words_and_never_its_posts() -> None:
    posts = Timeline(posts=(post(4),), truncated=False)
    words = live(about="Pumps", links=("https://acme.example/",), timeline=posts)
    profile = joined(words).profile
    assert isinstance(profile, Profile)
    assert (profile.about, profile.links) == ("Pumps", ("https://acme.example/",))
    assert profile.timeline == NOT_SHOWN


@pytest.mark.parametrize("role", [Role.MAIN, Role.PERSON])
def test_of_what_a_person_or_a_stranger_says_of_itself_nothing_is_kept(role: Role) -> None:
    score = 0.9 if role is Role.PERSON else 0.1
    url = "https://x.com/jane"
    whose = channel("x", url, "jane", proof=(PROOF,), found_on=(HOME,), role=role, score=score)
    words = live(about="Jane from Leeds", links=("https://jane.example/",))
    profile = with_profile(whose, words, "followers", ACME, WINDOW).profile
    assert isinstance(profile, Profile)
    assert (profile.about, profile.links) == ("", ())


def test_what_could_not_be_read_keeps_its_reason_everywhere() -> None:
    wall = Unknown(reason=Reason.HTTP_403, detail="HTTP 403")
    unread = joined(wall)
    assert unread.unread == wall
    assert unread.followers == wall
    assert unread.last_post == wall
