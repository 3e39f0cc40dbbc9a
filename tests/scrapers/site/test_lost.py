"""A site that stops answering is unknown in what was not seen, never one without anything."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from audit.measure.company import measure
from audit.model.exchange import Failure, Page, Request
from audit.model.site import State
from audit.model.value import Known, Qualifier, Reason, Unknown
from audit.model.visit import Visit
from scrapers.site.lost import mostly_lost
from tests.analysed import page
from tests.fake_session import HOME, NOW, PLAN, WINDOW, FakeSession, context, visited

MENU = "".join(f'<a href="/{name}/">{name}</a>' for name in ("pumps", "valves", "prices", "team"))
GERMAN = "".join(
    f'<a href="/{name}/">{name}</a>' for name in ("pumpen", "ventile", "preise", "anfahrt")
)
ADDRESSES = [f"{HOME}{name}/" for name in ("pumps", "valves", "prices", "team")]


def site(menu: str, beyond: Mapping[str, str | int]) -> FakeSession:
    """A start page with a menu, and answers behind it."""
    return FakeSession({HOME: f"<html><nav>{menu}</nav><p>Acme</p></html>", **beyond})


class Refused(FakeSession):
    """A site that fails for a reason that is no status at the addresses named."""

    def __init__(self, pages: Mapping[str, str | int], lost: Mapping[str, Reason]) -> None:
        super().__init__(pages)
        self.lost = lost

    async def fetch(self, request: Request) -> Page | Failure:
        reason = self.lost.get(request.url)
        if reason is None:
            return await super().fetch(request)
        return Failure(url=request.url, reason=reason, detail="no answer", failed_at=NOW)


def state(visit: Visit, name: str) -> tuple[State, Reason | None]:
    """The state of a feature, and why it is unknown."""
    (feature,) = (feature for feature in visit.features if feature.feature == name)
    return feature.state, feature.reason


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        (403, Reason.HTTP_403),
        (429, Reason.RATE_LIMITED),
        (500, Reason.HTTP_500),
        (503, Reason.HTTP_503),
    ],
)
async def test_what_was_not_seen_on_a_site_that_refuses_most_pages_is_unknown(
    status: int, reason: Reason
) -> None:
    result = await visited(site(MENU, dict.fromkeys(ADDRESSES, status)))
    for name in ("forum", "wiki", "newsletter", "comments", "podcast"):
        assert state(result, name) == (State.UNKNOWN, reason)
    (note,) = (note for note in result.notes if note.incomplete)
    assert (note.what, note.reason) == ("website", reason)
    assert note.detail.startswith("4 of 5 pages could not be read; ")


@pytest.mark.parametrize("reason", [Reason.TIMEOUT, Reason.CONNECTION, Reason.DNS])
async def test_a_site_that_falls_silent_is_unknown_in_any_language(reason: Reason) -> None:
    addresses = [f"{HOME}{name}/" for name in ("pumpen", "ventile", "preise", "anfahrt")]
    home = f"<html lang='de'><nav>{GERMAN}</nav><p>Acme</p></html>"
    result = await visited(
        Refused({HOME: home, addresses[0]: "<p>Pumpen</p>"}, dict.fromkeys(addresses[1:], reason))
    )
    assert state(result, "wiki") == (State.UNKNOWN, reason)


async def test_the_commonest_reason_is_told() -> None:
    lost = [Reason.DNS, Reason.TIMEOUT, Reason.TIMEOUT, Reason.CONNECTION]
    home = f"<nav>{MENU}</nav>"
    result = await visited(Refused({HOME: home}, dict(zip(ADDRESSES, lost, strict=True))))
    assert state(result, "wiki") == (State.UNKNOWN, Reason.TIMEOUT)


async def test_features_that_were_seen_are_counted_as_at_least() -> None:
    menu = f'{MENU}<a href="/forum/">Forum</a>'
    result = await visited(site(menu, dict.fromkeys([*ADDRESSES, f"{HOME}forum/"], 503)))
    assert state(result, "forum") == (State.KNOWN, None)
    values = measure(PLAN.company, result, context(WINDOW)).measures
    (counted,) = (each.value for each in values if each.metric == "presence.features")
    assert isinstance(counted, Known)
    assert (counted.value, counted.qualifiers) == (1, (Qualifier.TRUNCATED,))


@pytest.mark.parametrize(
    "beyond",
    [
        {**dict.fromkeys(ADDRESSES, 404), ADDRESSES[0]: "<p>x</p>"},
        {**dict.fromkeys(ADDRESSES, 410), ADDRESSES[0]: "<p>x</p>"},
        {**dict.fromkeys(ADDRESSES, "<p>x</p>"), ADDRESSES[0]: 503, ADDRESSES[1]: 503},
        {ADDRESSES[0]: 500, ADDRESSES[1]: 401},
    ],
)
async def test_pages_that_are_gone_and_a_few_that_fail_leave_a_look(
    beyond: dict[str, str | int],
) -> None:
    result = await visited(site(MENU, beyond))
    assert state(result, "wiki") == (State.NONE, None)
    assert not any(note.incomplete for note in result.notes)


async def test_what_robots_txt_closes_is_lost_where_nothing_else_is_open() -> None:
    closed = dict.fromkeys(ADDRESSES, Reason.ROBOTS)
    result = await visited(Refused({HOME: f"<nav>{MENU}</nav>"}, closed))
    assert state(result, "wiki") == (State.UNKNOWN, Reason.ROBOTS)
    about = f"{HOME}about/"
    home = f'<nav>{MENU}<a href="/about/">About</a></nav>'
    result = await visited(Refused({HOME: home, about: "<p>Since 1912</p>"}, closed))
    assert state(result, "wiki") == (State.NONE, None)


BLOG = f"{HOME}blog/"
POSTS = [f"{BLOG}new-hall/", f"{BLOG}old-pump/"]
INDEX = "".join(
    f'<article><h2><a href="{url}">Title</a></h2><time datetime="2026-11-0{day}">x</time></article>'
    for day, url in enumerate(POSTS, start=3)
)
LINK = '<a href="/blog/">Blog</a>'


@pytest.mark.parametrize("answers", [{BLOG: 503}, {BLOG: INDEX, POSTS[0]: 503, POSTS[1]: 503}])
async def test_what_stands_around_posts_is_unknown_where_no_post_could_be_read(
    answers: dict[str, str | int],
) -> None:
    others: dict[str, str | int] = dict.fromkeys(ADDRESSES, "<p>x</p>")
    result = await visited(site(MENU + LINK, {**others, **answers}))
    assert state(result, "comments") == (State.UNKNOWN, Reason.HTTP_503)
    assert state(result, "share-buttons") == (State.UNKNOWN, Reason.HTTP_503)
    assert state(result, "wiki") == (State.NONE, None)
    assert not any(note.incomplete for note in result.notes)


async def test_one_post_that_was_read_shows_what_stands_around_posts() -> None:
    answers: dict[str, str | int] = {BLOG: INDEX, POSTS[0]: "<p>x</p>", POSTS[1]: 503}
    others: dict[str, str | int] = dict.fromkeys(ADDRESSES, "<p>x</p>")
    result = await visited(site(MENU + LINK, {**others, **answers}))
    assert state(result, "comments") == (State.NONE, None)


async def test_a_start_page_that_fails_is_told_once() -> None:
    plan = replace(PLAN, pages=5)
    result = await visited(FakeSession({HOME: 503}), plan)
    assert [note.what for note in result.notes if note.incomplete] == ["website"]


async def test_hosts_that_never_answered_say_nothing_of_the_site() -> None:
    hosts = [f"https://{name}.acme.example/" for name in ("shop", "docs", "jobs", "press")]
    menu = "".join(f'<a href="{host}">Waren</a>' for host in hosts)
    result = await visited(site(menu, dict.fromkeys(hosts, 503)))
    assert state(result, "wiki") == (State.NONE, None)
    assert not any(note.incomplete for note in result.notes)


PARTS = (
    *("pumps", "valves", "pipes", "team", "prices", "shops", "history", "plants", "care", "parts"),
    *("seals", "tanks", "dealers", "hoses", "filters", "motors"),
)


def menu_of(count: int) -> str:
    return "".join(f'<a href="/{name}/">{name}</a>' for name in PARTS[:count])


@pytest.mark.parametrize(("status", "links"), [(404, 5), (410, 5), (404, 3)])
async def test_a_site_hardly_a_link_of_which_leads_anywhere_was_not_looked_at(
    status: int, links: int
) -> None:
    dead: dict[str, str | int] = {f"{HOME}{name}/": status for name in PARTS[:links]}
    result = await visited(site(menu_of(links), dead))
    (reason,) = {state(result, name)[1] for name in ("forum", "wiki", "newsletter")}
    assert reason is Reason.TOO_LITTLE_DATA
    measured = measure(PLAN.company, result, context(WINDOW)).measures
    (rate,) = (each.value for each in measured if each.metric == "site.posts_per_week")
    assert isinstance(rate, Unknown)
    assert rate.reason is reason
    values = {each.metric: each.value for each in measured}
    for name in ("presence.features", "presence.supplied"):
        assert isinstance(values[name], Unknown), name
    channels = values["presence.channels"]
    assert isinstance(channels, Known)
    assert channels.qualifiers == (Qualifier.TRUNCATED,)
    (note,) = (note for note in result.notes if note.incomplete)
    assert note.reason is Reason(f"http-{status}")
    assert f"lead to no page: {links} of {links + 1}, such as http" in note.detail
    assert "if the site has moved" in note.help


@pytest.mark.parametrize(("links", "there"), [(2, 0), (8, 4), (14, 8)])
async def test_a_few_dead_links_beside_what_was_read_leave_a_look(links: int, there: int) -> None:
    answers: dict[str, str | int] = {
        f"{HOME}{name}/": "<p>x</p>" if at < there else 404 for at, name in enumerate(PARTS[:links])
    }
    result = await visited(site(menu_of(links), answers))
    assert state(result, "wiki") == (State.NONE, None)
    assert not any(note.incomplete for note in result.notes)


async def test_where_as_many_pages_are_gone_as_were_read_the_rest_is_not_known() -> None:
    answers: dict[str, str | int] = {
        f"{HOME}{name}/": "<p>x</p>" if at < 5 else 404 for at, name in enumerate(PARTS[:11])
    }
    result = await visited(site(menu_of(11), answers))
    assert state(result, "wiki")[0] is State.UNKNOWN
    (note,) = (note for note in result.notes if note.incomplete)
    assert "6 of 12" in note.detail


async def test_parts_of_a_site_on_hosts_of_their_own_that_are_silent_are_told_of() -> None:
    hosts = [HOME.replace("www.", f"{name}.") for name in ("help", "chat", "docs", "learn", "labs")]
    menu = "".join(f'<a href="{url}">{url}</a>' for url in hosts)
    result = await visited(
        Refused({HOME: f"<nav>{menu}</nav>"}, dict.fromkeys(hosts, Reason.CONNECTION))
    )
    assert state(result, "wiki")[0] is State.UNKNOWN
    (note,) = (note for note in result.notes if note.incomplete)
    assert note.reason is Reason.CONNECTION
    assert "did not answer" not in note.detail
    assert "no page" not in note.detail
    assert "5 of 6 pages could not be read" in note.detail


@pytest.mark.parametrize(
    ("home", "is_lost"),
    [("https://www.acme.example/", True), ("https://wiki.acme.example/", False)],
)
def test_hosts_below_a_site_are_parts_of_it_and_those_above_are_not(
    home: str, is_lost: bool
) -> None:
    silent = [
        Failure(
            url=f"https://{name}.acme.example/",
            reason=Reason.CONNECTION,
            detail="no answer",
            failed_at=NOW,
        )
        for name in ("help", "chat", "docs", "learn", "labs")
    ]
    assert (mostly_lost([page("<p>Acme</p>", home)], silent) is not None) is is_lost


async def test_silent_hosts_beside_pages_that_are_gone_are_not_called_gone() -> None:
    hosts = [HOME.replace("www.", f"{name}.") for name in ("help", "chat", "docs")]
    menu = menu_of(3) + "".join(f'<a href="{url}">{url}</a>' for url in hosts)
    dead: dict[str, str | int] = {f"{HOME}{name}/": 404 for name in PARTS[:3]}
    silent = dict.fromkeys(hosts, Reason.CONNECTION)
    result = await visited(Refused({HOME: f"<nav>{menu}</nav>", **dead}, silent))
    assert state(result, "wiki") == (State.UNKNOWN, Reason.TOO_LITTLE_DATA)
    (note,) = (note for note in result.notes if note.incomplete)
    assert "lead to pages gone or unreadable: 6 of 7" in note.detail


@pytest.mark.parametrize(("dead", "at_least"), [(12, True), (0, False)])
async def test_a_list_of_a_site_that_is_mostly_gone_is_not_taken_for_whole(
    dead: int, at_least: bool
) -> None:
    rows = "".join(
        f'<article><h2><a href="/blog/pump-{n}">Pump number {n}</a></h2>'
        f'<time datetime="2026-0{9 - n}-12"></time></article>'
        for n in range(3)
    )
    answers: dict[str, str | int] = {f"{HOME}{name}/": 404 for name in PARTS[:dead]}
    menu = f'<nav><a href="/blog/">Blog</a>{menu_of(dead)}</nav>'
    posts = {f"{HOME}blog/pump-{n}": 404 for n in range(3)} if dead else {}
    result = await visited(site(menu, {f"{HOME}blog/": f"<main>{rows}</main>", **answers, **posts}))
    (blog,) = (each for each in result.sections if each.channel == "blog")
    assert (len(blog.posts), blog.truncated) == (3, at_least)
