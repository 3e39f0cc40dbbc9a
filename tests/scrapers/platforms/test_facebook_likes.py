"""A page that shows likes alone says so: likes are no followers, and it does not show nothing."""

from audit.model.profile import Profile
from audit.model.value import Reason, Unknown
from tests.scrapers.platforms.platform_cases import Answers, ask, cases, driven


def audience_of(name: str) -> Unknown:
    """Why the followers of a case of Facebook's are not known."""
    case = next(each for each in cases() if str(each) == f"facebook-{name}")
    profile = driven(case.platform.read(ask(case)), Answers(case))
    assert isinstance(profile, Profile)
    assert isinstance(profile.audience, Unknown)
    return profile.audience


def test_likes_are_named_where_the_page_shows_them_and_no_followers() -> None:
    with_likes, without = audience_of("german"), audience_of("hidden")
    assert with_likes.reason is without.reason is Reason.NEEDS_KEY
    assert "likes, which are no followers" in with_likes.detail
    assert "shows no followers" in without.detail
