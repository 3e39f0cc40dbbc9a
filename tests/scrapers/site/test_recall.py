"""The older part of a list that the run before knew: taken from its archive, or asked for anew."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from audit.model.company import Company, PointedSection, Settings
from audit.model.exchange import RECALLED
from audit.model.plan import CompanyPlan
from audit.model.read_list import ReadList
from audit.model.result import CompanyResult, Window
from audit.model.site import Section
from audit.model.visit import Visit
from scrapers.fetch.archive import Archive, still_kept, whole_lists
from scrapers.fetch.http import Fetcher
from scrapers.fetch.replay import Replayer
from scrapers.fetch.thinned import referred, thin
from scrapers.site.recall import OLDEST, RECALLS
from scrapers.visit import visit
from tests.fake_session import HOME, NOW, WINDOW, errand, planned
from tests.hostile import Route, Site, page, serving
from tests.scrapers.fetch.test_fetch import NO_WAIT, policy
from tests.scrapers.site.listed_web import (
    BLOG,
    START,
    Answered,
    Answers,
    Entry,
    entries,
    paged,
    rss,
    wordpress,
)

Web = Callable[[Sequence[Entry]], Answers]
"""The answers of a website with these posts."""

API = f"{HOME}wp-json/"
OLD = entries(48)
"""Posts of 48 weeks: five pages of ten, and three of the interface at twenty."""

WORDPRESS = (
    '<meta name="generator" content="WordPress 6.6">'
    '<link rel="stylesheet" href="/wp-content/themes/a/style.css">'
    f'<link rel="https://api.w.org/" href="{API}">'
)
FEED = f'<link rel="alternate" type="application/rss+xml" href="{BLOG}feed/">'


def index(shown: Sequence[Entry]) -> Answers:
    """A blog that is listed on numbered pages alone."""
    return {HOME: START, **paged(shown)}


def numbered(shown: Sequence[Entry]) -> Answers:
    """The same, where each page links all others by their numbers."""
    pages = range(2, -(-len(shown) // 10) + 1)
    pager = "".join(f'<a href="{BLOG}?page={number}">{number}</a>' for number in pages)
    return {
        url: text.replace("</main>", f"{pager}</main>") if isinstance(text, str) else text
        for url, text in index(shown).items()
    }


def interface(shown: Sequence[Entry]) -> Answers:
    """A blog whose posts WordPress's interface lists, twenty a page; its index shows the newest."""
    root = (
        f"{API}wp/v2/posts?per_page=100&orderby=date&order=desc&_embed=wp:term"
        "&_fields=link,date_gmt,title,excerpt,_links,_embedded"
    )
    pages = range(1, -(-len(shown) // 20) + 1)
    return {
        HOME: f"<html><head>{WORDPRESS}</head><body>{START}</body></html>",
        root: wordpress(shown, 1, 20),
        **{f"{root}&page={number}": wordpress(shown, number, 20) for number in pages if number > 1},
    }


def feed(shown: Sequence[Entry]) -> Answers:
    """A blog whose posts a feed lists on numbered pages, until one is not there."""
    pages = range(1, -(-len(shown) // 10) + 1)
    parts = {number: shown[(number - 1) * 10 : number * 10] for number in pages}
    return {
        HOME: f"<html><head>{FEED}</head><body>{START}</body></html>",
        **{
            f"{BLOG}feed/{f'?paged={number}' if number > 1 else ''}": rss(part, "WordPress 6.6")
            for number, part in parts.items()
        },
    }


WEBS = [index, numbered, interface, feed]


def routes(answers: Answers, base: str) -> Mapping[str, Route]:
    """Answers of the invented host as those of a server on loopback."""

    def route(answer: str | int | Answered) -> Route:
        assert not isinstance(answer, int)
        whole = answer if isinstance(answer, Answered) else Answered(answer)
        kind = "application/json" if whole.headers else "text/html; charset=utf-8"
        extra = "".join(f"{name}: {value}\r\n" for name, value in whole.headers)
        return page(whole.body.replace(HOME, f"{base}/"), kind, extra)

    parts = {urlsplit(url): answer for url, answer in answers.items()}
    return {
        f"{at.path}{f'?{at.query}' if at.query else ''}": route(answer)
        for at, answer in parts.items()
    }


class Runs:
    """Runs over one website, each with what the one before has left."""

    def __init__(self, folder: Path, site: Site, web: dict[str, Route]) -> None:
        self.folder, self.site, self.web = folder, site, web
        self.company = Company(name="Acme", website=f"{site.url}/")
        self.result = CompanyResult(company=self.company)
        self.count = 0
        self.window = WINDOW

    @property
    def file(self) -> str:
        return f"archive/r{self.count}/acme.1.warc.gz"

    async def make(
        self, answers: Answers | None = None, *, settings: Settings | None = None
    ) -> Visit:
        """Visit the site as it is now; None: as it was."""
        if answers is not None:
            self.web.clear()
            self.web.update(routes(answers, self.site.url))
        self.count += 1
        self.site.requests.clear()
        known = still_kept(self.folder, self.result.kept)
        async with Fetcher(policy(), environment={}, time=NO_WAIT) as fetcher:
            with Archive(self.folder, self.file) as archive:
                archive.earlier = {url: page.record for url, page in known.items()}
                task = errand(fetcher.session(archive, known), self.plan(settings))
                lists = whole_lists(self.folder, self.result.lists)
                brought = await visit(replace(task, lists=lists, window=self.window))
        self.result = replace(
            self.result, fetched=brought.fetched, robots=brought.robots, lists=brought.lists
        )
        return brought

    async def replayed(self) -> Visit:
        """The last visit made again from its archive."""
        session = Replayer(self.folder).open([self.file]).session
        return await visit(replace(errand(session, self.plan()), window=self.window))

    def plan(self, settings: Settings | None = None) -> CompanyPlan:
        return planned(self.company, settings or Settings(profiles=False))

    @property
    def asked(self) -> int:
        """How many pages of lists the server was asked for in the last run."""
        marks = ("/blog/?page=", "/blog/feed/?paged=", "&page=")
        return sum(any(mark in path for mark in marks) for path in self.site.paths)


def blog(brought: Visit) -> Section:
    (section,) = (each for each in brought.sections if each.channel == "blog")
    return section


def told(brought: Visit) -> object:
    """What a visit says of the blog, without times and records."""
    section = blog(brought)
    posts = [(post.url, post.title, post.published and post.published.at) for post in section.posts]
    lists = [(each.kind, each.url, each.posts, each.extent, each.stated) for each in section.lists]
    return posts, lists, section.truncated, section.since


def recalled(brought: Visit) -> int:
    return sum(each.outcome == RECALLED for each in brought.fetched)


def newer(count: int) -> list[Entry]:
    """Posts since the run before."""
    return [Entry(900 + n, NOW - timedelta(hours=1 + 3 * n)) for n in range(count)]


@pytest.fixture
def runs(tmp_path: Path) -> Iterator[Runs]:
    web: dict[str, Route] = {}
    with serving(web) as site:
        yield Runs(tmp_path, site, web)


@pytest.mark.parametrize("web", WEBS)
async def test_of_a_list_that_has_not_changed_only_the_first_page_is_asked_for(
    runs: Runs, web: Web
) -> None:
    first = await runs.make(web(OLD))
    before = runs.asked
    again = await runs.make()
    assert told(again) == told(first)
    assert not blog(again).truncated
    assert recalled(again) == before - (web is feed)  # its end is asked for each time
    assert runs.asked == (web is feed)


@pytest.mark.parametrize("web", WEBS)
@pytest.mark.parametrize("new", [1, 3, 9, 10, 23])
async def test_new_posts_are_found_and_the_result_is_that_of_a_full_reading(
    runs: Runs, web: Web, new: int
) -> None:
    await runs.make(web(OLD))
    known = runs.result
    some = await runs.make(web([*newer(new), *OLD]))
    asked = runs.asked
    runs.result = replace(known, lists=())
    full = await runs.make()
    assert recalled(some)
    assert asked < runs.asked
    assert told(some) == told(full)
    assert len(blog(some).posts) == new + len(OLD)


@pytest.mark.parametrize("web", WEBS)
async def test_a_replay_takes_the_same_pages_from_the_same_records(runs: Runs, web: Web) -> None:
    await runs.make(web(OLD))
    live = await runs.make(web([*newer(3), *OLD]))
    assert recalled(live)
    runs.web.clear()
    again = await runs.replayed()
    assert (again.sections, again.fetched, again.lists) == (live.sections, live.fetched, live.lists)


async def test_the_archive_refers_to_what_was_recalled_so_that_it_is_kept(runs: Runs) -> None:
    """Thinned to what later archives refer to, the earlier one still bears the replay."""
    await runs.make(index(OLD))
    earlier = runs.folder / runs.file
    live = await runs.make(index([*newer(3), *OLD]))
    needed = set(referred(runs.folder / runs.file))
    assert {each.record for each in live.fetched if each.outcome == RECALLED} <= needed
    thin(earlier, {int(place.rpartition("#")[2]) for place in needed})
    assert not earlier.exists()
    assert (await runs.replayed()).sections == live.sections


async def test_what_was_recalled_has_the_time_and_the_record_of_the_run_that_read_it(
    runs: Runs,
) -> None:
    first = await runs.make(index(OLD))
    again = await runs.make()
    proofs = [{post.url: post.evidence for post in blog(each).posts} for each in (first, again)]
    old = OLD[-1].url.replace(HOME, f"{runs.site.url}/")
    assert proofs[0][old] == proofs[1][old]
    assert "/r1/" in proofs[1][old].record


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda old: [*newer(2), *old[1:]], id="the newest was deleted"),
        pytest.param(lambda old: [*newer(2), *old[:4], *old[5:]], id="one was deleted"),
        pytest.param(lambda old: [old[1], old[0], *old[2:]], id="another order"),
        pytest.param(
            lambda old: [old[0], replace(old[1], at=old[1].at + timedelta(days=2)), *old[2:]],
            id="another date",
        ),
    ],
)
@pytest.mark.parametrize("web", WEBS)
async def test_where_what_was_known_has_changed_all_is_asked_for(
    runs: Runs, web: Web, change: Callable[[list[Entry]], list[Entry]]
) -> None:
    await runs.make(web(OLD))
    again = await runs.make(web(change(OLD)))
    assert recalled(again) == 0
    runs.result = replace(runs.result, lists=())
    assert told(again) == told(await runs.make())


async def test_a_list_that_states_fewer_than_it_should_is_read_again(runs: Runs) -> None:
    """A post was deleted far below what is compared: only the total tells."""
    await runs.make(interface(OLD))
    again = await runs.make(interface([*OLD[:30], *OLD[31:]]))
    assert recalled(again) == 0
    assert len(blog(again).posts) == len(OLD) - 1


async def test_a_list_that_was_not_read_to_its_end_is_read_again(runs: Runs) -> None:
    few = Settings(profiles=False, max_pages_per_site=4)
    first = await runs.make(index(OLD), settings=few)
    assert blog(first).truncated
    assert first.lists == ()
    assert recalled(await runs.make()) == 0


async def test_a_list_with_a_page_that_failed_is_read_again(runs: Runs) -> None:
    web = dict(index(OLD))
    del web[f"{BLOG}?page=3"]
    first = await runs.make(web)
    assert first.lists == ()
    assert recalled(await runs.make(index(OLD))) == 0


async def test_after_three_runs_all_is_asked_for_again(runs: Runs) -> None:
    await runs.make(index(OLD))
    asked = [runs.asked]
    for _ in range(RECALLS + 2):
        await runs.make()
        asked.append(runs.asked)
    assert asked == [4, *[0] * RECALLS, 4, 0]


async def test_runs_that_follow_each_other_add_what_is_new(runs: Runs) -> None:
    await runs.make(index(OLD))
    for count in (2, 5, 6):
        shown = [*newer(count), *OLD]
        brought = await runs.make(index(shown))
        assert recalled(brought)
        assert {post.title for post in blog(brought).posts} == {each.title for each in shown}


def with_lists(runs: Runs, **changes: object) -> None:
    """Change what the run before remembers of its lists."""
    lists: tuple[ReadList, ...] = runs.result.lists
    changed = tuple(replace(each, **changes) for each in lists)  # type: ignore[arg-type]
    runs.result = replace(runs.result, lists=changed)


async def test_what_was_asked_for_over_a_year_ago_is_asked_for_again(runs: Runs) -> None:
    first = await runs.make(index(OLD))
    with_lists(runs, full_at=first.lists[0].full_at - OLDEST)
    assert recalled(await runs.make()) == 0


async def test_a_list_that_was_read_with_other_selectors_is_read_anew(runs: Runs) -> None:
    await runs.make(index(OLD))
    with_lists(runs, section=PointedSection(kind="blog", url=f"{runs.site.url}/blog/", item="li"))
    assert recalled(await runs.make()) == 0


async def test_a_window_that_reaches_further_back_is_read_anew(runs: Runs) -> None:
    await runs.make(index(OLD))
    runs.window = Window(as_of=NOW, lookback_days=400, timezone="UTC")
    assert recalled(await runs.make()) == 0


async def test_a_list_whose_pages_are_not_there_any_more_is_read_anew(runs: Runs) -> None:
    first = await runs.make(index(OLD))
    (runs.folder / "archive/r1/acme.1.warc.gz").unlink()
    again = await runs.make()
    assert recalled(again) == 0
    assert told(again) == told(first)


async def test_a_list_with_a_page_that_broke_off_is_read_again(runs: Runs) -> None:
    runs.web.update(routes(index(OLD), runs.site.url))
    last = runs.web["/blog/?page=5"]
    assert isinstance(last, bytes)
    runs.web["/blog/?page=5"] = last.replace(b"Content-Length: ", b"Content-Length: 9")
    first = await runs.make()
    assert first.lists == ()
    assert recalled(await runs.make(index(OLD))) == 0


async def test_a_list_with_a_damaged_page_in_the_archive_is_read_anew(runs: Runs) -> None:
    first = await runs.make(index(OLD))
    path = runs.folder / "archive/r1/acme.1.warc.gz"
    text = bytearray(path.read_bytes())
    at = int(first.lists[0].pages[3].record.rpartition("#")[2])
    text[at + 40 : at + 80] = bytes(40)
    path.write_bytes(text)
    again = await runs.make()
    assert recalled(again) == 0
    assert told(again) == told(first)


@pytest.mark.parametrize(("web", "part"), [(index, "page"), (feed, "paged"), (interface, "page")])
async def test_behind_a_page_that_may_not_be_taken_nothing_is(
    runs: Runs, web: Web, part: str
) -> None:
    """Else the list would seem to go on without a gap."""
    await runs.make(web(OLD))
    known = runs.result
    forbidden = f"Disallow: /*?{part}=3\nDisallow: /*&{part}=2\n"
    runs.web["/robots.txt"] = page(f"User-agent: *\n{forbidden}", "text/plain")
    some = await runs.make()
    runs.result = replace(known, lists=())
    assert told(some) == told(await runs.make())
    assert recalled(some) == (web is not interface)


async def test_a_page_that_robots_txt_has_come_to_forbid_is_not_taken_either(runs: Runs) -> None:
    await runs.make(index(OLD))
    rules = page("User-agent: *\nDisallow: /*?page=\n", "text/plain")
    runs.web["/robots.txt"] = rules
    again = await runs.make()
    assert recalled(again) == 0
    assert blog(again).truncated


@pytest.mark.parametrize("undated", [1, len(OLD)])
async def test_a_list_with_entries_without_a_date_is_read_each_time(
    runs: Runs, undated: int
) -> None:
    web = {
        url: text.replace("<time datetime", "<i data-x", undated) if isinstance(text, str) else text
        for url, text in index(OLD).items()
    }
    await runs.make(web)
    assert recalled(await runs.make()) == 0
