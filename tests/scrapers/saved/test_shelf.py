"""The shelf of a run: which page answers which address, of which day, and what is of no use."""

import json
import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from audit.measure.company import measure
from audit.model.channel import Channel
from audit.model.company import Company, ConfiguredChannel
from audit.model.exchange import Failure, Kind, Page, Request, RobotsState
from audit.model.profile import Profile
from audit.model.result import Status
from audit.model.value import Known, Qualifier, Reason, Unknown
from audit.model.visit import Visit
from scrapers.fetch.wire import Answer
from scrapers.saved.folder import FILES, files_in
from scrapers.saved.page import without_counter
from scrapers.saved.shelf import Shelf
from scrapers.visit import visit
from tests.audit.member_view import COUNT, MAIL, NAME
from tests.fake_session import HOME, NOW, context
from tests.saved_files import SAVED_AT, browser_html, har, put, single_file
from tests.scrapers.saved.shelved import OWN, Again, Web, errand_of, shelf_of, talk

URL = "https://www.facebook.com/acme"
PROFILE = (
    '<html lang="en"><main><h1>Acme</h1><p>1,234 followers</p>'
    f'<a href="https://l.facebook.com/l.php?u={HOME}">Website</a></main></html>'
)
SITE = f'<html lang="en"><title>Acme</title><footer><a href="{URL}">Facebook</a></footer></html>'


def save(folder: Path, name: str, url: str, body: str = PROFILE, days: float = 4) -> Path:
    return put(folder, name, single_file(url, body.encode(), NOW - timedelta(days=days)))


def web_of(pages: dict[str, str]) -> Web:
    return Web(
        {
            url: Answer(
                url=url, status=200, headers=(("content-type", "text/html"),), wire=body.encode(),
                at=NOW, record="f#1",
            )
            for url, body in pages.items()
        }
    )  # fmt: skip


async def visited(
    folder: Path, web: Web, company: Company = OWN, shelf: Shelf | None = None
) -> Visit:
    session = talk(web, shelf or shelf_of(folder, company))
    return await visit(errand_of(session, company))


def channel_of(brought: Visit, platform: str = "facebook") -> Channel:
    return next(each for each in brought.channels if each.platform == platform)


@pytest.mark.parametrize(
    "url",
    [
        "https://m.facebook.com/acme?locale=de_DE",
        "https://de-de.facebook.com/acme/",
        "https://www.facebook.com/acme/about/?ref=page_internal",
        "http://facebook.com/Acme",
        "https://www.facebook.com/acme#x",
    ],
)
async def test_every_spelling_of_a_profile_is_that_profile(url: str, tmp_path: Path) -> None:
    save(tmp_path, "a.html", url)
    web = web_of({HOME: SITE})
    channel = channel_of(await visited(tmp_path, web))
    assert isinstance(channel.followers, Known)
    assert channel.followers.value == 1_234
    assert channel.followers.qualifiers == (Qualifier.SAVED,)
    (proof,) = channel.followers.evidence
    assert proof.record.startswith("saved/a.html#sha256-")
    assert proof.fetched_at == NOW - timedelta(days=4)
    assert not [asked for asked in web.asked if "facebook" in asked], "nothing is asked, no robots"


@pytest.mark.parametrize(
    "url",
    [
        "https://www.facebook.com/other",
        "https://www.facebook.com/acme/posts/123",
        "https://www.facebook.com/login/?next=acme",
        "https://www.instagram.com/acme",
    ],
)
async def test_another_page_is_none_of_it(url: str, tmp_path: Path) -> None:
    save(tmp_path, "a.html", url, PROFILE.replace(HOME, "https://elsewhere.example/"))
    shelf = shelf_of(tmp_path)
    channel = channel_of(await visited(tmp_path, web_of({HOME: SITE}), shelf=shelf))
    assert isinstance(channel.followers, Unknown)
    (note,) = shelf.notes()
    assert note.what == "saved/a.html"


@pytest.mark.parametrize("names", [("a.html", "b.html"), ("b.html", "a.html")])
async def test_of_two_pages_of_one_time_the_longer_holds(
    tmp_path: Path, names: tuple[str, str]
) -> None:
    whole, cut = names
    save(tmp_path, whole, URL, PROFILE.replace("</main>", "<p>Pumps since 1912.</p></main>"))
    save(tmp_path, cut, URL, '<html lang="en"><main><h1>Acme</h1>')
    followers = channel_of(await visited(tmp_path, web_of({HOME: SITE}))).followers
    assert isinstance(followers, Known)
    assert followers.value == 1_234


async def test_the_newest_page_of_a_profile_holds(tmp_path: Path) -> None:
    save(tmp_path, "a.html", URL, days=3)
    save(tmp_path, "b.html", URL, PROFILE.replace("1,234", "1,200"), days=9)
    shelf = shelf_of(tmp_path)
    channel = channel_of(await visited(tmp_path, web_of({HOME: SITE}), shelf=shelf))
    assert isinstance(channel.followers, Known)
    assert channel.followers.value == 1_234
    (note,) = shelf.notes()
    assert (note.what, note.detail[-6:]) == ("saved/b.html", "a.html")


@pytest.mark.parametrize(("days", "words"), [(400, "before the period"), (-3, "after the period")])
def test_a_page_of_another_time_is_named(days: int, words: str, tmp_path: Path) -> None:
    path = put(tmp_path, "a.html", browser_html(URL, PROFILE.encode()))
    at = (NOW - timedelta(days=days)).timestamp()
    os.utime(path, (at, at))
    shelf = shelf_of(tmp_path, now=NOW + timedelta(days=30))
    (note,) = shelf.notes()
    assert words in note.detail
    assert shelf.pages == []


@pytest.mark.parametrize(
    ("file_days", "claimed_days"),
    [(-30, None), (-30, -30), (4, -30), (4, -400), (4, -2.5)],
)
def test_a_page_of_a_day_that_has_not_come_is_refused_and_named(
    file_days: float, claimed_days: float | None, tmp_path: Path
) -> None:
    file_at = NOW - timedelta(days=file_days)
    claimed = NOW - timedelta(days=claimed_days or 0)
    make = browser_html if claimed_days is None else single_file
    put(tmp_path, "a.html", make(URL, PROFILE.encode(), claimed), file_at)
    shelf = shelf_of(tmp_path)
    (note,) = shelf.notes()
    assert note.what == "saved/a.html"
    assert (
        f"{claimed if claimed_days else file_at:%Y-%m-%d}, a day that has not come" in note.detail
    )
    assert "clock" in note.help
    assert shelf.pages == []


@pytest.mark.parametrize("hours", [1, 14, 47])
def test_a_clock_that_is_a_little_fast_costs_no_page(hours: int, tmp_path: Path) -> None:
    put(tmp_path, "a.html", har(URL, PROFILE.encode(), NOW + timedelta(hours=hours)))
    shelf = shelf_of(tmp_path)
    assert [page.at for page in shelf.pages] == [NOW]
    assert shelf.troubles == []


def test_of_a_clock_that_was_never_set_the_day_of_the_file_holds(tmp_path: Path) -> None:
    unset = datetime(1970, 1, 1, tzinfo=UTC)
    put(tmp_path, "a.html", har(URL, PROFILE.encode(), unset), SAVED_AT)
    assert [page.at for page in shelf_of(tmp_path).pages] == [SAVED_AT]


def test_a_page_older_than_the_last_live_reading_is_left_alone(tmp_path: Path) -> None:
    save(tmp_path, "a.html", URL)
    shelf = shelf_of(tmp_path)
    assert shelf.newer_than({URL: NOW - timedelta(days=9)}).profile(URL) is not None
    assert shelf.newer_than({URL: NOW - timedelta(days=2)}).profile(URL) is None
    (note,) = shelf.notes()
    assert "read this profile itself" in note.detail


async def test_a_profile_that_only_its_saved_page_names_is_theirs_if_it_leads_home(
    tmp_path: Path,
) -> None:
    save(tmp_path, "a.html", URL)
    save(tmp_path, "b.html", "https://www.facebook.com/someone", PROFILE.replace(HOME, "https://b.example"))  # fmt: skip
    shelf = shelf_of(tmp_path)
    brought = await visited(tmp_path, web_of({HOME: "<title>Acme</title>"}), shelf=shelf)
    channel = channel_of(brought)
    assert not channel.candidate
    assert channel.ownership.links_back
    assert [note.what for note in shelf.notes()] == ["saved/b.html"]


@pytest.mark.parametrize(
    ("url", "heading"),
    [
        ("https://www.facebook.com/jadwiga.w", NAME),
        ("https://www.facebook.com/profile.php?id=100061", NAME),
        ("https://www.facebook.com/borea.pumps", "Borea: partner of Acme"),
        ("https://www.instagram.com/valvefair", "Valve Fair - with Acme"),
    ],
)
async def test_a_partners_or_employees_page_that_leads_home_is_offered_and_not_taken(
    url: str, heading: str, tmp_path: Path
) -> None:
    body = PROFILE.replace("<h1>Acme</h1>", f"<h1>{heading}</h1>")
    save(tmp_path, "a.html", url, f"<title>{heading} | Facebook</title>{body}")
    shelf = shelf_of(tmp_path)
    brought = await visited(tmp_path, web_of({HOME: "<title>Acme</title>"}), shelf=shelf)
    assert brought.channels == ()
    note = next(note for note in brought.notes if note.what == "saved/a.html")
    assert note.detail.startswith("not taken: ")
    assert note.help == "if it is Acme's, list its address under channels: of Acme"
    assert shelf.notes() == ()
    assert not {"jadwiga", NAME} & {url.rpartition("/")[2], *map(str, brought.notes)}


@pytest.mark.parametrize(
    ("url", "heading"),
    [
        ("https://www.facebook.com/profile.php?id=100061", "Acme"),
        ("https://www.instagram.com/acme.official", "The pump people"),
    ],
)
async def test_a_page_that_bears_the_name_and_leads_home_is_the_companys(
    url: str, heading: str, tmp_path: Path
) -> None:
    save(tmp_path, "a.html", url, PROFILE.replace("<h1>Acme</h1>", f"<h1>{heading}</h1>"))
    brought = await visited(tmp_path, web_of({HOME: "<title>Acme</title>"}))
    (channel,) = brought.channels
    assert not channel.candidate
    assert isinstance(channel.followers, Known)


async def test_a_partners_page_that_the_list_names_or_the_site_links_is_taken(
    tmp_path: Path,
) -> None:
    url = "https://www.facebook.com/borea.pumps"
    save(tmp_path, "a.html", url, PROFILE.replace("Acme", "Borea"))
    listed = (ConfiguredChannel(platform="facebook", url=url, place="c:1"),)
    own = Company(name="Acme", website=HOME, channels=listed)
    assert not channel_of(await visited(tmp_path, web_of({HOME: SITE}), own)).candidate
    linked = web_of({HOME: SITE.replace(URL, url)})
    assert channel_of(await visited(tmp_path, linked)).found.found_on == (HOME,)


async def test_a_page_that_leads_to_two_companies_of_the_list_is_neithers(tmp_path: Path) -> None:
    both = PROFILE.replace("</main>", '<a href="https://rival.example/">Partner</a></main>')
    save(tmp_path, "a.html", URL, both)
    other = Company(name="Acme", website=HOME, also=("https://rival.example/",))
    shelf = shelf_of(tmp_path, other)
    assert [*shelf.profiles_of([HOME])] == []
    assert len([*shelf.profiles_of([HOME, "https://rival.example/"])]) == 1


async def test_a_network_that_the_list_names_is_nobodys_home(tmp_path: Path) -> None:
    """Every page of a network links to it, and many link to the next."""
    body = PROFILE.replace(HOME, "https://elsewhere.example/").replace(
        "</main>", '<a href="https://www.facebook.com/">Home</a></main>'
    )
    own = Company(
        name="Acme",
        website=HOME,
        channels=(ConfiguredChannel(platform="facebook", url=URL, place="c:1"),),
    )
    save(tmp_path, "own.html", URL, body)
    save(tmp_path, "stranger.html", "https://www.facebook.com/stranger", body)
    shelf = shelf_of(tmp_path, own, only=True)
    brought = await visited(tmp_path, Web(), own, shelf)
    (channel,) = brought.channels
    assert isinstance(channel.followers, Known)
    assert "links to the website" not in repr(brought)
    assert [note.what for note in shelf.notes()] == ["saved/stranger.html"]


async def test_a_link_to_a_network_of_the_list_takes_no_profile_from_whom_it_leads_home(
    tmp_path: Path,
) -> None:
    both = PROFILE.replace("</main>", '<a href="https://www.instagram.com/acme">us</a></main>')
    save(tmp_path, "a.html", URL, both)
    rival = ConfiguredChannel(
        platform="instagram", url="https://www.instagram.com/rival", place="c:1"
    )
    shelf = shelf_of(tmp_path, Company(name="Acme", website=HOME, channels=(rival,)))
    assert len([*shelf.profiles_of([HOME])]) == 1


async def test_a_channel_that_is_named_is_not_over_a_limit_where_the_site_was_not_read(
    tmp_path: Path,
) -> None:
    named = (
        ConfiguredChannel(platform="facebook", url=URL, place="c:1"),
        ConfiguredChannel(platform="x", url="https://x.com/acme", place="c:2"),
    )
    own = Company(name="Acme", website=HOME, channels=named)
    save(tmp_path, "a.html", URL)
    brought = await visited(tmp_path, Web(), own, shelf_of(tmp_path, own, only=True))
    assert isinstance(channel_of(brought).followers, Known)
    profile = channel_of(brought, "x").profile
    assert isinstance(profile, Unknown)
    assert "many profiles" not in profile.detail


async def test_a_person_saved_by_mistake_is_not_read(tmp_path: Path) -> None:
    body = PROFILE.replace("Acme", "Jane Doe")
    save(tmp_path, "a.html", "https://www.linkedin.com/in/jane-doe", body)
    shelf = shelf_of(tmp_path)
    brought = await visited(tmp_path, web_of({HOME: SITE}), shelf=shelf)
    assert "Jane" not in repr(brought)
    assert [note.what for note in shelf.notes()] == ["saved/a.html"]


async def test_a_platform_without_a_reader_is_read_from_a_saved_page(tmp_path: Path) -> None:
    url = "https://www.xing.com/pages/acme"
    save(tmp_path, "a.html", url)
    own = Company(
        name="Acme",
        website=HOME,
        channels=(ConfiguredChannel(platform="xing", url=url, place="c:1"),),
    )
    channel = channel_of(await visited(tmp_path, web_of({HOME: SITE}), own), "xing")
    assert isinstance(channel.profile, Profile)
    assert isinstance(channel.followers, Known)


async def test_a_site_that_keeps_robots_out_is_read_from_saved_pages(tmp_path: Path) -> None:
    news = (
        '<html lang="en"><title>News</title><h1>News</h1><main>'
        + "".join(
            f'<article><h2><a href="/news/{n}">A pump of kind {n}</a></h2>'
            f'<time datetime="2026-11-0{n}">{n} November</time></article>'
            for n in range(1, 6)
        )
        + "</main></html>"
    )
    home = SITE.replace("<footer>", '<nav><a href="/news/">News</a></nav><footer>')
    save(tmp_path, "home.html", HOME, home)
    save(tmp_path, "news.html", HOME + "news/", news)
    save(tmp_path, "fb.html", URL)
    shelf, web = shelf_of(tmp_path, only=True), Web()
    brought = await visited(tmp_path, web, shelf=shelf)
    assert web.asked == []
    assert isinstance(brought.start, Known)
    assert brought.start.evidence[0].saved
    posts = [
        post for section in brought.sections for post in section.posts if post.channel == "news"
    ]
    assert len(posts) == 5
    assert isinstance(channel_of(brought).followers, Known)
    assert brought.robots == ()
    assert {each.outcome for each in brought.fetched if each.url.startswith(URL)} == {"saved"}
    assert shelf.notes() == ()
    again = await visit(errand_of(talk(Again({}, [], web.kept))))
    assert again == brought


async def test_a_saved_page_that_nothing_links_to_is_read_too(tmp_path: Path) -> None:
    save(tmp_path, "about.html", HOME + "about-us/?email=jane@x.example", SITE)
    web = web_of({HOME: "<title>Acme</title><p>hello"})
    brought = await visited(tmp_path, web)
    outcomes = {each.url: each.outcome for each in brought.fetched}
    assert outcomes[HOME + "about-us/"] == "saved"
    assert isinstance(channel_of(brought).profile, Unknown)
    assert "jane" not in repr((brought, web.kept))


async def test_who_was_logged_in_on_the_companys_own_site_is_nobodys_business(
    tmp_path: Path,
) -> None:
    mine = (
        f'<header><a href="/account/jadwiga">{NAME}</a> <a href="mailto:{MAIL}">{MAIL}</a>'
        f'<a href="/inbox?for={MAIL}">{COUNT} messages</a><b>{COUNT}</b> {NAME}</header>'
    )
    body = f"<title>({COUNT}) Acme</title>{mine}<p>Hello {NAME}, {MAIL}, {COUNT} new</p>" + SITE
    save(tmp_path, f"({COUNT}) home.html", HOME, body)
    web = Web()
    brought = await visited(tmp_path, web, shelf=shelf_of(tmp_path, only=True))
    assert isinstance(brought.start, Known)
    assert channel_of(brought).url == URL
    told = repr((brought, web.kept, web.asked))
    for plant in (NAME, NAME.split()[1], MAIL, COUNT):
        assert plant not in told


async def test_data_of_a_har_file_answers_its_own_address(tmp_path: Path) -> None:
    record = json.loads(har(URL, b"x"))
    (entry,) = record["log"]["entries"]
    entry["request"]["url"] = "https://www.facebook.com/api/acme"
    entry["response"]["content"] = {"mimeType": "application/json", "text": '{"a": 1}'}
    put(tmp_path, "a.har", json.dumps(record).encode())
    session = talk(Web(), shelf_of(tmp_path))
    data = Request(url="https://www.facebook.com/api/acme", kind=Kind.DATA)
    answer = await session.fetch(data)
    assert isinstance(answer, Page)
    assert (answer.body, answer.saved) == (b'{"a": 1}', True)
    assert isinstance(await session.fetch(replace(data, kind=Kind.PAGE, accept="x")), Failure)


async def test_after_the_day_of_a_saved_page_silence_is_no_finding(tmp_path: Path) -> None:
    """A page of 100 days ago with a post every week until then is that of an active profile."""
    items = "".join(
        f'<div role="article"><time datetime="{NOW - timedelta(days=100 + 7 * n):%Y-%m-%d}">x</time></div>'
        for n in range(1, 9)
    )
    save(tmp_path, "fb.html", URL, PROFILE.replace("</main>", items + "</main>"), days=100)
    brought = await visited(tmp_path, web_of({HOME: SITE}))
    result = measure(OWN, brought, context())
    (row,) = [row for row in result.cadence if row.channel == "facebook"]
    assert isinstance(row.status, Known)
    assert row.status.value is Status.ACTIVE
    assert Qualifier.SAVED in row.status.qualifiers
    assert isinstance(row.posts_per_week, Known)
    assert 0.8 < row.posts_per_week.value < 1.3
    rate = next(
        each for each in result.measures if each.metric == "channel.facebook.posts_per_week"
    )
    assert isinstance(rate.value, Known)
    assert Qualifier.SAVED in rate.value.qualifiers


async def test_without_the_website_saved_profiles_are_read_all_the_same(tmp_path: Path) -> None:
    save(tmp_path, "fb.html", URL)
    own = Company(
        name="Acme",
        website=HOME,
        channels=(ConfiguredChannel(platform="facebook", url=URL, place="c:1"),),
    )
    web = Web()
    brought = await visited(tmp_path, web, own, shelf_of(tmp_path, own, only=True))
    assert web.asked == []
    assert isinstance(brought.start, Unknown)
    assert brought.start.reason is Reason.NOT_CHECKED
    assert "only saved pages" in brought.start.detail
    assert isinstance(channel_of(brought).followers, Known)


async def test_the_web_answers_where_nothing_was_saved(tmp_path: Path) -> None:
    save(tmp_path, "fb.html", URL)
    web = web_of({HOME: SITE})
    session = talk(web, shelf_of(tmp_path))
    assert isinstance(await session.fetch(Request(url=HOME)), Page)
    feed = talk(web, shelf_of(tmp_path))
    assert isinstance(await feed.fetch(Request(url=URL, kind=Kind.FEED)), Failure)
    assert isinstance(await feed.fetch(Request(url=URL, body="{}")), Failure)
    assert (await session.robots(HOME)).state is RobotsState.NO_RULES
    saved = await session.fetch(Request(url=URL))
    assert isinstance(saved, Page)
    assert saved.saved


async def test_of_a_private_request_not_even_the_address_is_remembered(tmp_path: Path) -> None:
    save(tmp_path, "fb.html", URL)
    web = Web()
    session = talk(web, shelf_of(tmp_path))
    answer = await session.fetch(Request(url=URL, private=True))
    assert isinstance(answer, Failure)
    assert web.kept == {}


def test_parts_of_a_page_beside_it_are_no_pages(tmp_path: Path) -> None:
    save(tmp_path, "Acme.html", URL)
    for folder in ("Acme_files", "Acme-Dateien", ".git"):
        put(tmp_path / folder, "saved_resource.html", b"<html>frame")
    put(tmp_path / "Acme eltárolt részei", "x.html", b"<html>")
    put(tmp_path / "Acme eltárolt részei", "x.css", b"a {}")
    put(tmp_path, ".hidden.html", b"<html>")
    put(tmp_path, "Thumbs.db", b"x")
    files, troubles = files_in(tmp_path)
    assert [file.name for file in files] == ["Acme.html"]
    assert troubles == []


def test_a_persons_folder_that_is_called_like_a_page_is_looked_into(tmp_path: Path) -> None:
    for name in ("Acme.html", "Acme 2026/in.html", "Acme-old/fb.html", "Acme.html_/x.html"):
        put(tmp_path, name, b"<html>")
    names = ["Acme 2026/in.html", "Acme-old/fb.html", "Acme.html", "Acme.html_/x.html"]
    assert sorted(file.name for file in files_in(tmp_path)[0]) == names


async def test_a_name_with_signs_of_addresses_is_told_whole(tmp_path: Path) -> None:
    save(tmp_path, "Acme #1? 100% & more.html", URL)
    followers = channel_of(await visited(tmp_path, web_of({HOME: SITE}))).followers
    assert isinstance(followers, Known)
    assert followers.evidence[0].file == "saved/Acme #1? 100% & more.html"


def test_folders_within_the_folder_are_looked_into(tmp_path: Path) -> None:
    save(tmp_path / "2026/November", "a.html", URL)
    assert [file.name for file in files_in(tmp_path)[0]] == ["2026/November/a.html"]


def test_a_pipe_and_too_many_files_end(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.html")
    for number in range(FILES + 1):
        (tmp_path / f"{number}.html").touch()
    files, (trouble,) = files_in(tmp_path)
    assert len(files) == FILES
    assert "more than 2,000 files" in trouble.detail


@pytest.mark.skipif(
    getattr(os, "geteuid", int)() == 0, reason="the owner of everything may look everywhere"
)
def test_what_may_not_be_looked_at_is_told(tmp_path: Path) -> None:
    save(tmp_path / "inner", "a.html", URL)
    (tmp_path / "inner").chmod(0o600)
    try:
        files, (trouble,) = files_in(tmp_path)
    finally:
        (tmp_path / "inner").chmod(0o700)
    assert files == []
    assert trouble.detail.startswith("cannot be read")


def test_odd_names_are_told_in_one_line(tmp_path: Path) -> None:
    put(tmp_path, "a\nb\x07\u202e.html", b"<html><p>x")
    put(tmp_path, os.fsdecode(b"caf\xe9.html"), b"<html><p>x")
    assert sorted(note.what for note in shelf_of(tmp_path).notes()) == [
        "saved/a b.html",
        "saved/caf?.html",
    ]


def test_no_folder_is_no_trouble(tmp_path: Path) -> None:
    assert files_in(tmp_path / "saved") == ([], [])
    put(tmp_path, "saved", b"a file")
    assert files_in(tmp_path / "saved") == ([], [])


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("(3) Acme _ LinkedIn.html", "Acme _ LinkedIn.html"),
        ("(99+) Acme.mhtml", "Acme.mhtml"),
        ("2026/(12) Acme.html", "2026/Acme.html"),
        ("Acme (3).html", "Acme (3).html"),
        ("3 Acme.html", "3 Acme.html"),
    ],
)
def test_how_many_messages_somebody_had_is_nobodys_business(name: str, shown: str) -> None:
    assert without_counter(name) == shown


def test_a_page_that_does_not_say_where_it_is_from_is_named(tmp_path: Path) -> None:
    put(tmp_path, "a.html", b"<html><p>1,234 followers", SAVED_AT)
    (note,) = shelf_of(tmp_path).notes()
    assert "from which address" in note.detail
    assert "SingleFile" in note.help
