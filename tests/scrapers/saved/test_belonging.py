"""Whose a count on a page of unknown layout is: the profile's own, or another's that it shows."""

from dataclasses import replace
from time import process_time

import pytest

from audit.model.profile import Profile, Timeline
from audit.model.value import Known, Reason, Unknown
from scrapers.channels.saved_profile import generally_read
from scrapers.platforms.kit.base import Ask
from tests.fake_session import HOME, NOW, WINDOW, page, rules

URL = "https://www.facebook.com/acme"
ASK = Ask(
    url=URL, handle="acme", since=WINDOW.start, until=NOW, website=HOME, names=("Acme Pumps",)
)
FORM = '<form><input type="email"><input type="password"><button>Log in</button></form>'
RIVAL = '<a href="https://www.facebook.com/rival">Rival</a>'


def read(body: str, title: str = "x", ask: Ask = ASK) -> Profile | Unknown:
    html = f"<html><head><title>{title}</title></head><body>{body}</body></html>"
    return generally_read(rules(), page(ask.url, html), ask)


def followers(body: str, title: str = "x", ask: Ask = ASK) -> int | None:
    profile = read(body, title, ask)
    audience = profile.audience if isinstance(profile, Profile) else profile
    return int(audience.value) if isinstance(audience, Known) else None


WALLS = {
    "another's as text": f"<h1>Log in to Facebook</h1>{FORM}<p>Rival Pumps · 9,000 followers</p>",
    "another's in a card": f"<h1>Welcome</h1>{FORM}<div>{RIVAL}<span>9,000 followers</span></div>",
    "flat": f"<h1>Log in</h1>{FORM}{RIVAL} <span>9,000 followers</span>",
    "a card without a link": f"<h1>Log in</h1>{FORM}<div><b>Rival</b><i>9,000 followers</i></div>",
    "named in passing": f"<h1>Log in to see Acme's posts</h1>{FORM}<p>9,000 followers</p>",
    "named, then another": f"<main><h2>Acme</h2>{FORM}<p>Rival has 9,000 followers</p></main>",
    "named, and a list": f"<section><h2>Acme</h2>{FORM}</section>"
    "<section><h3>Similar pages</h3><p>Rival<b>9,000 followers</b></p></section>",
    "a link to log in": f'<a href="/login/?next=https%3A%2F%2Fwww.facebook.com%2Facme">Log in</a>'
    f"{FORM}<p>9,000 followers</p>",
    "the whole of the network": f"<h1>Acme</h1>{FORM}<div><p>Join</p>3,000,000 followers</div>",
}


@pytest.mark.parametrize("name", WALLS)
def test_what_a_request_to_log_in_counts_is_not_the_profiles(name: str) -> None:
    found = read(WALLS[name])
    assert isinstance(found, Unknown)
    assert found.reason is Reason.LOGIN_WALL


@pytest.mark.parametrize(
    "title",
    [
        "Log in or sign up", "Bei LinkedIn anmelden", "Se connecter | X", "Iniciar sesión",
        "Accedi a Facebook", "Entrar no Facebook", "Inloggen", "Logga in", "Log ind", "Zaloguj się",
        "Přihlášení", "Bejelentkezés", "Conectează-te", "Giriş yap", "Войти", "Увійти",
        "Σύνδεση", "ログイン", "登录", "登入", "로그인", "تسجيل الدخول", "Kirjaudu sisään",
    ],
)  # fmt: skip
def test_a_request_to_log_in_is_known_by_its_title_too(title: str) -> None:
    assert followers("<h1>Network</h1><p>Rival Pumps · 9,000 followers</p>", title) is None
    assert followers(f"<h1>{title}</h1><p>Rival Pumps · 9,000 followers</p>") is None


def test_a_page_that_bears_the_name_in_its_title_alone_shows_something_else() -> None:
    body = "<h1>Something went wrong</h1><p>Rival Pumps · 9,000 followers</p>"
    assert followers(body, "Acme Pumps (@acme) / X") is None


GUESTS = {
    "a form above": f"<header>{FORM}</header><div><h1>Acme Pumps</h1><p>1,234 followers</p></div>",
    "a row": f"{FORM}<div><h1>Acme</h1><span><a href='/acme/likes'>980 likes</a> • "
    "<a href='/acme/followers'>1,234 followers</a></span></div>",
    "a name that nobody knows": f"{FORM}<h1>AP Group</h1>"
    "<a href='https://m.facebook.com/acme/followers/'>1,234 followers</a>",
    "a form below": f"<main><header><h2>acme</h2><ul><li>12 posts</li><li>1,234 followers</li></ul>"
    f"</header></main><div role=dialog>{FORM}</div>",
    "its own words": f"<div><h1>Acme Pumps</h1><p>1,234 people follow this</p></div>{FORM}",
}


@pytest.mark.parametrize("name", GUESTS)
def test_a_guests_page_with_a_form_to_log_in_is_read(name: str) -> None:
    assert followers(GUESTS[name]) == 1_234


OWN = "<div><h1>Acme Pumps</h1><p>1,234 followers</p></div>"
OTHERS = {
    "people also follow": f"<div><h2>People also follow</h2>{RIVAL} <b>9,000 followers</b></div>",
    "in Japanese": "<section><h2>おすすめ</h2><div>ライバル<p>フォロワー9,000人</p></div></section>",
    "in Arabic": "<section><h2>صفحات مشابهة</h2><div>منافس<p>9,000 متابع</p></div></section>",
    "in German": "<div><h3>Ähnliche Seiten</h3><ul><li>Rival<br>9.000 Follower</li></ul></div>",
    "a heading by role": '<div><div role="heading">Suggerite</div><i>9.000 follower</i></div>',
    "a post passed on": f"<div><div>{RIVAL}<span>9,000 followers</span><time>3d</time></div></div>",
    "a link around it": '<a href="/rival"><b>Rival</b><span>9,000 followers</span></a>',
    "a person": '<div><a href="/jane.doe"><img></a><p>Jane Doe</p><p>9,000 followers</p></div>',
    "a pop-up": f'<div role="dialog"><h2>Acme</h2>{RIVAL}<p>9,000 followers</p></div>',
    "a side bar": "<aside><b>Trending</b> 9,000 followers</aside>",
    "two of a kind": "<ul><li>Rival 9,000 followers</li><li>Third 8,000 followers</li></ul>",
}


@pytest.mark.parametrize("name", OTHERS)
def test_recommendations_and_others_posts_beside_the_own_count(name: str) -> None:
    assert followers(f"<main>{OWN}{OTHERS[name]}</main>") == 1_234
    assert followers(f"<main>{OTHERS[name]}{OWN}</main>") == 1_234


@pytest.mark.parametrize("name", OTHERS)
def test_where_the_own_count_is_hidden_others_do_not_stand_in(name: str) -> None:
    assert followers(f"<main><div><h1>Acme Pumps</h1></div>{OTHERS[name]}</main>") is None


def test_what_stands_in_one_row_belongs_to_whom_is_named_last_before_it() -> None:
    assert followers(f"<div><h1>Acme</h1>{RIVAL}<span>9,000 followers</span></div>") is None
    assert followers(f"<div>{RIVAL}<h1>Acme</h1><span>1,234 followers</span></div>") == 1_234
    friends = f"<div><h1>Acme</h1><p>1,234 followers</p><p>Liked by {RIVAL}</p></div>"
    assert followers(friends) == 1_234
    part_of = f"<div><h1>Acme</h1><p>A part of {RIVAL}.</p><p>1,234 followers</p></div>"
    assert followers(part_of) == 1_234


def test_the_companys_own_profile_elsewhere_is_nobody_else() -> None:
    other = '<a href="https://www.instagram.com/acmepumps">Instagram</a>'
    assert followers(f"<h1>Acme</h1><div>{other}<p>1,234 followers</p></div>") == 1_234


def test_a_profile_of_a_name_that_nobody_knows_is_read_by_its_heading() -> None:
    ask = replace(ASK, url="https://www.facebook.com/profile.php?id=61", handle="61", names=())
    assert followers("<h1>Zed</h1><h2>About</h2><p>1,234 followers</p>", ask=ask) == 1_234


def test_posts_of_others_are_left_out_and_those_that_mention_others_are_not() -> None:
    def post(words: str, day: int) -> str:
        return f'<div role="article">{words}<time datetime="2026-11-{day:02}">x</time></div>'

    own = '<h3><a href="/acme/?ref=1">Acme</a></h3>'
    posts = (
        post(f"{own} Thanks to {RIVAL}!", 3),
        post(f"<div>{RIVAL}</div> A sale", 4),
        post(f"<b>Acme Pumps</b><div>{RIVAL}</div>", 5),
        post("A pump", 6),
    )
    profile = read(f"<main>{OWN}{''.join(posts)}</main>")
    assert isinstance(profile, Profile)
    assert isinstance(profile.timeline, Timeline)
    days = [each.published.at.day for each in profile.timeline.posts if each.published]
    assert sorted(days) == [3, 5, 6]


@pytest.mark.parametrize(
    ("title", "heading", "name"),
    [
        ("Acme Pumps | LinkedIn", "", "Acme Pumps"),
        ("x", "ACME pumps", "Acme Pumps"),
        ("Jane Doe - Acme Pumps | LinkedIn", "Jane Doe", ""),
        ("Rival (@rival)", "Rival: partner of Acme Pumps", ""),
    ],
)
def test_of_the_title_only_the_companys_own_name_is_kept(
    title: str, heading: str, name: str
) -> None:
    profile = read(f"<h1>{heading}</h1><p>1,234 followers</p>", title)
    assert isinstance(profile, Profile)
    assert profile.name == name
    assert "Jane" not in repr(profile)


def test_large_pages_of_many_accounts_take_no_time() -> None:
    """A worker has five seconds for a page."""
    cards = "".join(f"<h3>n</h3><a href='/r{n}'>x</a><p>{n} followers</p>" for n in range(1_000))
    nested = "<div>" * 300 + "".join(f"<p>{n} followers</p>" for n in range(1_000))
    started = process_time()
    assert followers(f"<div>{OWN}</div><div>{cards}</div>") == 1_234
    assert followers(f"<div>{OWN}</div><div><h2>Others</h2>{nested}</div>") == 1_234
    assert process_time() - started < 5
