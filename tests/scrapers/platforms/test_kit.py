"""The toolbox of the platforms' readers, tool by tool: what it says and what it leaves unknown."""

from datetime import timedelta

import pytest

from audit.model.exchange import Failure, Key, Page
from audit.model.value import Absent, Dated, DateSource, Known, Reason, Unknown
from scrapers.platforms import kit
from tests.scrapers.platforms.platform_cases import NOW, YEAR, answered

URL = "https://acme.example/about"
ASK = kit.Ask(url=URL, handle="acme", since=NOW - YEAR, until=NOW)
PAGE = Page(
    url=URL,
    requested_url=URL,
    status=200,
    headers=(),
    body=b"",
    fetched_at=NOW,
    record="f#1",
)
PROOF = kit.Proof(PAGE, "platform.acme")


def failure(status: int, body: bytes = b"") -> Failure:
    """Return the failure that an answer of this status is."""
    answer = answered({"status": status}, URL, body)
    assert isinstance(answer, Failure)
    return answer


def post(days: float | None, url: str = "") -> kit.ProfilePost:
    """Return a post that is so many days old; None for one without a time."""
    published = None
    if days is not None:
        published = Dated(at=NOW - timedelta(days=days), source=DateSource.API)
    address = url or f"https://acme.example/{days}"
    return kit.ProfilePost(url=address, title="", published=published, evidence=PROOF.of(""))


# ---- values with their proof ----


@pytest.mark.parametrize(
    ("value", "number", "exact"),
    [
        (12300, 12300, True),
        ("12300", 12300, True),
        ("12.3K followers", 12300, False),
        ("5,750 followers", 5750, True),
        (0, 0, True),
    ],
)
def test_a_count_is_known_with_what_the_page_says(value: object, number: int, exact: bool) -> None:
    count = PROOF.count(value, "followers")
    assert isinstance(count, Known)
    assert (count.value, count.exact) == (number, exact)
    assert str(value) in count.evidence[0].excerpt
    assert (count.evidence[0].url, count.evidence[0].record) == (URL, "f#1")


@pytest.mark.parametrize("value", [None, "", "many", True, -1, 1.5, []])
def test_what_is_no_count_is_unknown_and_not_zero(value: object) -> None:
    count = PROOF.count(value, "followers")
    assert isinstance(count, Unknown)
    assert count.reason is Reason.BAD_CONTENT
    assert "followers" in count.detail


def test_a_platform_that_rounds_without_showing_it_is_never_exact() -> None:
    count = PROOF.count(12300, "members", exact=False)
    assert isinstance(count, Known)
    assert not count.exact


@pytest.mark.parametrize(("value", "number"), [(4.6, 4.6), ("4.6", 4.6), (5, 5.0), (0, 0.0)])
def test_a_rating_is_known_with_its_fraction(value: object, number: float) -> None:
    rating = PROOF.share(value, "rating")
    assert isinstance(rating, Known)
    assert rating.value == number


@pytest.mark.parametrize("value", [None, True, "", "good", -1, "nan", "inf", 1e300, 10**400])
def test_what_is_no_rating_is_unknown(value: object) -> None:
    assert isinstance(PROOF.share(value, "rating"), Unknown)


def test_nobodys_rating_is_absent_and_not_zero() -> None:
    rating, count = kit.rating_figures(PROOF, 0, 0)
    assert isinstance(rating.value, Absent)
    assert isinstance(count.value, Known)
    assert count.value.value == 0


def test_a_rating_of_zero_is_not_believed_without_a_number_of_ratings() -> None:
    rating, count = kit.rating_figures(PROOF, 0, None)
    assert isinstance(rating.value, Unknown)
    assert isinstance(count.value, Unknown)


@pytest.mark.parametrize(
    ("website", "countries"),
    [
        ("https://acme.de/", ("us", "de")),
        ("https://acme.co.uk/", ("us", "gb")),
        ("https://acme.com/", ("us", "gb")),
        ("https://acme.io/", ("us", "gb")),
        ("", ("us", "gb")),
    ],
)
def test_stores_are_those_of_the_company_behind_one_for_all(
    website: str, countries: tuple[str, str]
) -> None:
    ask = kit.Ask(url=URL, handle="acme", since=NOW - YEAR, until=NOW, website=website)
    assert kit.stores(ask) == countries


# ---- why there is no profile ----


@pytest.mark.parametrize("status", [404, 410])
def test_where_there_is_nothing_there_is_no_profile(status: int) -> None:
    profile = kit.refused_by(failure(status), "platform.acme")
    assert isinstance(profile, kit.Profile)
    assert profile.standing is kit.Standing.MISSING
    assert isinstance(profile.audience, Unknown)


@pytest.mark.parametrize(
    ("status", "reason"),
    [(403, Reason.HTTP_403), (429, Reason.RATE_LIMITED), (500, Reason.HTTP_500)],
)
def test_a_refusal_proves_nothing_of_a_profile(status: int, reason: Reason) -> None:
    refusal = kit.refused_by(failure(status), "platform.acme")
    assert isinstance(refusal, Unknown)
    assert refusal.reason is reason


@pytest.mark.parametrize(
    ("url", "is_login"),
    [
        ("https://acme.example/accounts/login/?next=/acme", True),
        ("https://acme.example/Accounts/Login", True),
        ("https://acme.example/accounts/loginfo", False),
        ("https://acme.example/acme?next=/accounts/login", False),
    ],
)
def test_a_login_is_told_by_the_final_address(url: str, is_login: bool) -> None:
    page = answered({"at": url}, URL, b"")
    assert isinstance(page, Page)
    assert kit.leads_to_login(page, "accounts/login") is is_login


def test_a_missing_key_is_called_by_its_names() -> None:
    key = Key(variables=("ACME_ID", "ACME_SECRET"), host="acme.example", adds="followers")
    unknown = kit.needs_key(key, "followers")
    assert unknown.reason is Reason.NEEDS_KEY
    assert unknown.detail == "followers: set ACME_ID and ACME_SECRET"


def test_a_limit_of_the_graph_api_is_told_by_its_code_and_not_by_the_status() -> None:
    limited = kit.error_reason(failure(400, b'{"error": {"code": 4, "message": "(#4) limit"}}'))
    other = kit.error_reason(failure(400, b'{"error": {"code": 100, "message": "no field"}}'))
    assert (limited.reason, other.reason) == (Reason.RATE_LIMITED, Reason.HTTP_400)
    assert limited.detail == "HTTP 400: (#4) limit"


# ---- posts ----


def test_reactions_that_stand_for_one_add_up_and_what_is_not_stated_is_left_out() -> None:
    table = (
        (kit.Reaction.LIKES, "stats.likes"),
        (kit.Reaction.SHARES, "reposts"),
        (kit.Reaction.SHARES, "quotes"),
        (kit.Reaction.VIEWS, "views"),
    )
    interactions = kit.interactions_of({"stats": {"likes": 3}, "reposts": 2, "quotes": 1}, table)
    assert interactions == (
        kit.Interaction(reaction=kit.Reaction.LIKES, count=3),
        kit.Interaction(reaction=kit.Reaction.SHARES, count=3),
    )


def test_a_timeline_holds_each_post_once_the_newest_first() -> None:
    posts = [post(2), post(1), post(None), post(2), post(3, "mailto:us@acme.example")]
    line = kit.timeline_of(posts, ASK, truncated=False)
    assert [item.url for item in line.posts] == [
        "https://acme.example/1",
        "https://acme.example/2",
        "https://acme.example/None",
    ]


@pytest.mark.parametrize(("oldest", "truncated"), [(364, True), (366, False)])
def test_a_list_that_reaches_behind_the_window_misses_nothing_of_it(
    oldest: float, truncated: bool
) -> None:
    line = kit.timeline_of([post(1), post(oldest)], ASK, truncated=True)
    assert line.truncated is truncated


@pytest.mark.parametrize(
    ("kinds", "form"), [(set(), ""), ({"image"}, "image"), ({"image", "video"}, "mixed")]
)
def test_a_post_with_media_of_two_kinds_is_mixed(kinds: set[str], form: str) -> None:
    assert kit.format_of(kinds) == form


@pytest.mark.parametrize(
    ("title", "names"),
    [
        ("Acme Pumps (@acme) • photos", ("Acme Pumps", "acme")),
        ("Acme Pumps (@acme.pumps.) on a network", ("Acme Pumps", "acme.pumps")),
        ("Log in", ("", "")),
    ],
)
def test_a_title_holds_name_and_handle(title: str, names: tuple[str, str]) -> None:
    assert kit.handle_in(title) == names


EPISODES = b"""<rss><channel><title>Pump Talk</title><link>https://acme.example/</link>
<language>de-CH</language>
<item><title>One</title><link>https://acme.example/show</link>
<enclosure url='https://acme.example/1.mp3' type="audio/mpeg"/></item>
<item><title>Two &amp; half</title><link>https://acme.example/show</link>
<enclosure url="https://acme.example/2.mp4" type="video/mp4"/></item>
<item><title>Three</title><link>https://acme.example/three</link></item>
<item><title>Soon</title><link>https://acme.example/soon</link>
<itunes:episodeType>Trailer</itunes:episodeType></item>
</channel></rss>"""


def test_episodes_that_share_a_link_go_by_their_files_and_trailers_are_listed_only() -> None:
    page = answered({}, "https://acme.example/feed", EPISODES)
    assert isinstance(page, Page)
    show = kit.read_show(page, "platform.acme")
    assert show is not None
    assert (show.title, show.site, show.language) == ("Pump Talk", "https://acme.example/", "de")
    assert (show.listed, [(item.url, item.title, item.format) for item in show.posts]) == (
        4,
        [
            ("https://acme.example/1.mp3", "One", "audio"),
            ("https://acme.example/2.mp4", "Two & half", "video"),
            ("https://acme.example/three", "Three", "audio"),
        ],
    )


def test_a_page_is_no_podcast() -> None:
    page = answered({}, URL, b"<html><item></item></html>")
    assert isinstance(page, Page)
    assert kit.read_show(page, "platform.acme") is None


def test_a_record_shows_the_parts_that_it_has_a_key_for_filled_or_empty() -> None:
    places = {
        "bio": kit.ProfilePart.BIOGRAPHY,
        "site": kit.ProfilePart.LINK,
        "url": kit.ProfilePart.LINK,
        "banner": kit.ProfilePart.COVER,
    }
    record = {"bio": None, "site": "", "url": "https://a.example/"}
    assert kit.parts_in(record, places) == (kit.ProfilePart.BIOGRAPHY, kit.ProfilePart.LINK)
    assert kit.parts_in({}, places) == kit.parts_in(None, places) == kit.parts_in([1], places) == ()
