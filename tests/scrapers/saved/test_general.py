"""The reader of layouts that nobody knows: counts beside their words in 24 languages, and days."""

from datetime import datetime

import pytest

from audit.model.exchange import Page
from audit.model.profile import Profile, Timeline
from audit.model.value import Known, Reason, Unknown
from scrapers.channels.saved_profile import generally_read
from scrapers.parse.count_words import counts_in
from scrapers.platforms.kit.base import Ask
from tests.fake_session import HOME, NOW, WINDOW, page, rules

URL = "https://www.facebook.com/acme"
ASK = Ask(url=URL, handle="acme", since=WINDOW.start, until=NOW, website=HOME)


def read(body: str, language: str = "en") -> Profile | Unknown:
    html = f'<html lang="{language}"><head><title>x</title></head><body>{body}</body></html>'
    return generally_read(rules(), page(URL, html), ASK)


def audience(body: str, language: str = "en") -> object:
    profile = read(body, language)
    value = profile.audience if isinstance(profile, Profile) else profile
    if isinstance(value, Known):
        return value.value if value.exact else f"≈ {value.value}"
    return f"? {value.reason}" if isinstance(value, Unknown) else None


SPOKEN = [
    ("en", "31.4K followers", 31_400),
    ("en", "12K people follow this", 12_000),
    ("de", "12,4 Tsd. Follower", 12_400),
    ("de", "12.400 Abonnenten", 12_400),
    ("fr", "12,4 k abonnés", 12_400),
    ("fr", "1,2 M d’abonnés", 1_200_000),
    ("es", "12,4 mil seguidores", 12_400),
    ("it", "12,4 mila iscritti", 12_400),
    ("pt", "12,4 mil seguidores", 12_400),
    ("nl", "12.400 volgers", 12_400),
    ("sv", "12,4 tn följare", 12_400),
    ("da", "12.400 følgere", 12_400),
    ("no", "12 400 følgere", 12_400),
    ("fi", "12 400 seuraajaa", 12_400),
    ("pl", "12,4 tys. obserwujących", 12_400),
    ("cs", "12,4 tis. sledujících", 12_400),
    ("sk", "12,4 tis. sledovateľov", 12_400),
    ("hu", "12,4 E követő", 12_400),
    ("ro", "12,4 mii urmăritori", 12_400),
    ("tr", "12,4 B takipçi", 12_400),
    ("ru", "12,4 тыс. подписчиков", 12_400),
    ("uk", "12,4 тис. підписників", 12_400),
    ("el", "12,4 χιλ. ακόλουθοι", 12_400),
    ("ja", "フォロワー1.2万人", 12_000),
    ("ja", "チャンネル登録者数 1.2万人", 12_000),
    ("zh", "1.2万 粉丝", 12_000),
    ("zh", "1.2 萬位追蹤者", 12_000),
    ("ko", "팔로워 1.2만명", 12_000),
    ("ar", "١٢٫٤ ألف متابع", 12_400),
    ("ar", "12.400 متابع", 12_400),
]


@pytest.mark.parametrize(("language", "words", "count"), SPOKEN)
def test_followers_in_each_language(language: str, words: str, count: int) -> None:
    found = audience(f"<main><h1>Acme</h1><div><span>{words}</span></div></main>", language)
    assert found in (count, f"≈ {count}")


@pytest.mark.parametrize(
    ("language", "words", "count"), [each for each in SPOKEN if "people" not in each[1]]
)
def test_number_and_word_in_elements_of_their_own(language: str, words: str, count: int) -> None:
    apart = "".join(f"<b>{part}</b> " for part in words.split(" "))
    assert audience(f"<h1>A</h1><div>{apart}</div>", language) in (count, f"≈ {count}")


@pytest.mark.parametrize(
    "words",
    [
        "12 followers you know",
        "3 new followers",
        "99+ notifications",
        "Followed by Jane and 12 others",
        "12 following",
        "gefolgt 12",
        "12 Abonnements",
        "51-200 employees",
        "500+ connections",
        "12 years of follow-up",
        "Follower",
        "since 2019",
        "3 neue Follower",
        "12 seguidos",
        "Seguiti 12",
        "フォロー中 12",
        "正在关注 12",
        "4.5 stars",
    ],
)
def test_what_counts_no_followers_of_the_profile(words: str) -> None:
    assert audience(f"<h1>Acme</h1><p>{words}</p>") == "? bad-content"


@pytest.mark.parametrize(
    "body",
    [
        '<h1>Acme</h1><p hidden>1,234 followers</p>',
        '<h1>Acme</h1><p style="display: none">1,234 followers</p>',
        "<h1>Acme</h1><script>'1,234 followers'</script>",
        "<h1>Acme</h1><aside>1,234 followers</aside>",
        '<div role="banner">1,234 followers</div><h1>Acme</h1>',
        "<h1>Acme</h1><article>Other <p>1,234 followers</p></article>",
        '<h1>Acme</h1><ul><li><a href="/other">Other</a> <p>1,234 followers</p></li></ul>',
    ],
)  # fmt: skip
def test_counts_of_others_and_hidden_ones_are_left_alone(body: str) -> None:
    assert audience(body) == "? bad-content"


def test_the_count_nearest_the_head_holds_and_contenders_there_make_it_unknown() -> None:
    others = "<div><h2>Like this</h2><div>Other 9,000 followers</div></div>"
    assert audience(f"<div><div><h1>Acme</h1><p>1,234 followers</p></div>{others}</div>") == 1_234
    two = "<div><h1>Acme</h1><p>1,234 followers</p><p>9,000 followers</p></div>"
    found = read(two)
    assert isinstance(found, Unknown)
    assert found.reason is Reason.BAD_CONTENT
    assert "several counts of followers" in found.detail


def test_a_rounded_count_and_the_exact_one_are_one() -> None:
    assert audience('<h1>A</h1><b title="31,415 followers">31.4K followers</b>') == 31_415
    assert audience("<h1>A</h1><b>31.4K followers</b><p>31,415 followers</p>") == 31_415


def test_labels_for_those_who_do_not_see_count_too() -> None:
    assert audience('<h1>A</h1><a aria-label="1,234 followers"><i>1.2K</i></a>') == 1_234


LAYOUTS = {
    "a list": """<main><h2>acme</h2><ul><li><span><span>224</span> posts</span></li>
      <li><a href="/acme/followers/"><span title="12,362"><span>12.3K</span></span> followers</a>
      </li><li><a href="/acme/following/"><span>136</span> following</a></li></ul>
      <div>Suggested <a href="/somebody.else">b</a> <span>5 followers</span></div></main>""",
    "links": """<div role="main"><div><h1>Acme</h1><a href="/acme/friends_likes/">9K likes</a> ·
      <a href="/acme/followers/">12.3K followers</a></div>Jane and 3 friends like this</div>""",
    "words behind": "<h1>Acme</h1><dl><dt>Followers</dt><dd>12.3K</dd></dl>",
    "a table": "<table><tr><th>Followers<td>12.3K<tr><th>Following<td>9</table>",
    "text alone": "<h1>A</h1>12.3K followers",
    "headings": """<h1>acme</h1><h3><div><strong title="Following">12</strong> Following</div>
      <div><strong title="Followers">12.3K</strong> <span>Followers</span></div></h3>""",
}
"""Rows of counts as networks build them for their members, invented."""


@pytest.mark.parametrize("layout", LAYOUTS)
def test_rows_of_counts_of_any_build(layout: str) -> None:
    assert audience(LAYOUTS[layout]) == "≈ 12300"


def test_all_that_a_row_counts_becomes_figures() -> None:
    profile = read(
        "<h1>A</h1><ul><li>12 posts</li><li>1,234 followers</li><li>56 following</li></ul>"
    )
    assert isinstance(profile, Profile)
    assert isinstance(profile.audience, Known)
    assert profile.audience.evidence[0].excerpt == "1,234 followers"
    assert [(str(each.count), each.value.value) for each in profile.figures if isinstance(each.value, Known)] == [("posts", 12)]  # fmt: skip


POSTS = """<main><h1>Acme</h1><p>1,234 followers</p>
<div role="article"><p>Jane Doe: a pump</p><a href="/acme/posts/77?x=1"><time datetime="2026-11-20T08:00:00Z">4d</time></a>
<span aria-label="1.2K likes">1.2K</span> <span>3 comments</span> <span>2 shares</span>
<div role="article">Somebody <time datetime="2026-11-21">3d</time> 5 likes</div></div>
<div role="article"><time datetime="2026-11-01T08:00:00Z">3w</time> 7 likes</div>
<div role="article"><time datetime="2027-11-01T08:00:00Z">soon</time></div></main>"""  # fmt: skip


def test_dated_items_have_reactions_and_no_words() -> None:
    profile = read(POSTS)
    assert isinstance(profile, Profile)
    assert isinstance(profile.timeline, Timeline)
    first, second = profile.timeline.posts
    assert (first.url, first.title, first.text) == (f"{URL}/posts/77", "post", "")
    assert first.published is not None
    assert first.published.at == datetime.fromisoformat("2026-11-20T08:00:00+00:00")
    reactions = {str(each.reaction): (each.count, each.exact) for each in first.interactions}
    assert reactions == {"likes": (1_200, False), "comments": (3, True), "shares": (2, True)}
    assert second.url == f"{URL}#post-2"
    assert profile.timeline.truncated
    assert "Jane" not in repr(profile)


def test_days_ago_are_counted_from_the_day_of_the_page() -> None:
    body = "<h1>A</h1><p>9 Follower</p>" + "".join(
        f"<article><span class=date>vor {days} Tagen</span> {days} Kommentare</article>"
        for days in (2, 5, 9)
    )
    profile = read(body, "de")
    assert isinstance(profile, Profile)
    assert isinstance(profile.timeline, Timeline)
    days = [post.published.at.day for post in profile.timeline.posts if post.published]
    assert days == [22, 19, 15]


def test_a_page_without_counts_says_nothing() -> None:
    found = read("<h1>Acme</h1><article><time datetime=2026-11-01>x</time></article>")
    assert isinstance(found, Unknown)


@pytest.mark.parametrize("words", ["Followers: 1,234 Jane Doe", "1,234 followers Jane Doe"])
def test_the_words_of_a_count_hold_no_more_than_the_count(words: str) -> None:
    (told,) = counts_in(words)
    assert "Jane" not in told.words


def test_hostile_pages_take_no_time() -> None:
    deep = "<div>" * 3_000 + "1,234 followers" + "</div>" * 3_000
    wide = "<span>1 followers</span>" * 20_000
    odd = "<b>" + "1,234,567 " * 5_000 + "followers</b>"
    for body in (deep, wide, odd):
        assert isinstance(read(f"<h1>Acme</h1>{body}"), Profile | Unknown)


def _page(body: bytes) -> Page:
    return page(URL, body)


@pytest.mark.parametrize("body", [b"", b"\x00\xff", b"{}", b"<html>", "１２ followers".encode()])
def test_odd_bytes(body: bytes) -> None:
    assert isinstance(generally_read(rules(), _page(body), ASK), Profile | Unknown)
