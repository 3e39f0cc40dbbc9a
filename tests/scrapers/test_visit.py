"""A bug of ours costs a page or a company, never the run."""

from datetime import UTC, datetime
from pathlib import Path

from audit.model.company import Company, Competitors, Settings
from audit.model.exchange import Failure, Fetched, Kind, Page, Request, Robots, RobotsState
from audit.model.result import Window
from audit.model.value import Known, Reason, Unknown
from audit.plan import plan
from config.catalogue import load_catalogue
from scrapers.page.rules import Rules
from scrapers.visit import visit
from scrapers.workers.pool import Here

NOW = datetime(2026, 11, 24, tzinfo=UTC)
HOME = "https://www.acme.example/"
WINDOW = Window(as_of=NOW, lookback_days=365, timezone="UTC")
PLAN = plan(
    Competitors(
        path=Path("c.yaml"),
        companies=(Company(name="Acme", website=HOME),),
        settings=Settings(profiles=False),
    )
).companies[0]


class Shelf:
    """A session over pages held in memory."""

    def __init__(self, pages: dict[str, str], faulty: str = "") -> None:
        self.pages, self.faulty = pages, faulty
        self.asked: list[str] = []

    async def fetch(self, request: Request) -> Page | Failure:
        self.asked.append(request.url)
        if request.url == self.faulty:
            raise ZeroDivisionError("a bug")
        body = self.pages.get(request.url)
        if body is None or request.kind is not Kind.PAGE:
            return Failure(
                url=request.url, reason=Reason.HTTP_404, detail="HTTP 404", failed_at=NOW
            )
        headers = (("content-type", "text/html; charset=utf-8"),)
        return Page(
            url=request.url,
            requested_url=request.url,
            status=200,
            headers=headers,
            body=body.encode(),
            fetched_at=NOW,
            record="",
        )

    async def draw(self, page: Page) -> Page | Failure:
        return Failure(
            url=page.url, reason=Reason.BROWSER, detail="no browser was found", failed_at=NOW
        )

    async def robots(self, url: str) -> Robots:
        return Robots(
            origin=url, state=RobotsState.NO_RULES, detail="", sitemaps=(), crawl_delay=0.0
        )

    def fetched(self) -> tuple[Fetched, ...]:
        return ()

    def verdicts(self) -> tuple[Robots, ...]:
        return ()


def silent(_pages: int, _budget: int, _url: str) -> None:
    """Take no notice."""


async def visited(shelf: Shelf) -> "tuple[object, set[Reason]]":
    seen = await visit(PLAN, shelf, Here(Rules(load_catalogue())), WINDOW, silent)
    return seen.start, {note.reason for note in seen.notes if note.incomplete}


async def test_a_visit_reads_the_start_page_and_what_its_menu_names() -> None:
    shelf = Shelf({HOME: '<nav><a href="/blog/">Blog</a></nav>', f"{HOME}blog/": "<p>x</p>"})
    start, incomplete = await visited(shelf)
    assert isinstance(start, Known)
    assert incomplete == set()
    assert shelf.asked[0] == HOME
    assert f"{HOME}blog/" in shelf.asked


async def test_a_site_that_gives_nothing_is_incomplete_with_its_reason() -> None:
    start, incomplete = await visited(Shelf({}))
    assert start == Unknown(reason=Reason.HTTP_404, detail="HTTP 404")
    assert incomplete == {Reason.HTTP_404}


async def test_a_fault_of_ours_in_a_visit_is_an_internal_error_of_that_company() -> None:
    start, incomplete = await visited(Shelf({}, faulty=HOME))
    assert isinstance(start, Unknown)
    assert start.reason is Reason.INTERNAL_ERROR
    assert incomplete == {Reason.INTERNAL_ERROR}


async def test_a_page_that_scripts_draw_is_noted_and_not_a_failure() -> None:
    shell = (
        "<noscript>Enable JavaScript</noscript><div id='root'></div><script src='/a.js'></script>"
    )
    seen = await visit(PLAN, Shelf({HOME: shell}), Here(Rules(load_catalogue())), WINDOW, silent)
    assert [note.reason for note in seen.notes] == [Reason.BROWSER]
    assert not any(note.incomplete for note in seen.notes)


async def test_languages_are_those_of_the_pages_and_of_their_other_versions() -> None:
    head = (
        "<link rel='alternate' hreflang='de-CH' href='/de/'>"
        "<link rel='alternate' hreflang='x-default' href='/'>"
    )
    home = f"<html lang='en-GB'><head>{head}</head><body><a href='/de/'>Deutsch</a></body></html>"
    shelf = Shelf({HOME: home, f"{HOME}de/": "<html lang='de'><p>Pumpen</p></html>"})
    seen = await visit(PLAN, shelf, Here(Rules(load_catalogue())), WINDOW, silent)
    assert seen.languages == ("en", "de")
    assert f"{HOME}de/" not in shelf.asked
