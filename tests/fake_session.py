"""The one fake session of the tests: answers held in memory, in place of the web."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from audit.measure.subject import Context
from audit.model.company import Company, Competitors, Settings
from audit.model.exchange import Failure, Fetched, Key, Kind, Page, Request, Robots, RobotsState
from audit.model.plan import CompanyPlan
from audit.model.result import Window
from audit.model.value import Reason
from audit.model.visit import Visit
from audit.plan import plan
from config.catalogue import load_catalogue
from scrapers.errand import Errand
from scrapers.page.compiled import compiled
from scrapers.page.rules import Rules
from scrapers.platforms import widget_hints
from scrapers.session import SavedOf, Session
from scrapers.visit import visit
from scrapers.workers.readers import Here, Readers

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
HOME = "https://www.acme.example/"
WINDOW = Window(as_of=NOW, lookback_days=365, timezone="UTC")

Answer = str | bytes | int | Mapping[str, object]
"""A page of HTML, bytes of it, a status that is no success, or an object that is sent as JSON."""


class FakeSession:
    """A session over answers by address; everything else is not found.

    With `prefixes` the longest address that a request begins with gives the answer (but the start
    page only its own). `asked` lists every address in order; a request for `faulty` raises, as a
    bug of ours would.
    """

    def __init__(
        self, answers: Mapping[str, Answer], *, prefixes: bool = False, faulty: str = ""
    ) -> None:
        self.answers, self.prefixes, self.faulty = dict(answers), prefixes, faulty
        self.asked: list[str] = []

    async def fetch(self, request: Request) -> Page | Failure:
        self.asked.append(request.url)
        if request.url == self.faulty:
            raise ZeroDivisionError("a bug")
        if request.kind is not Kind.PAGE and not self.prefixes:
            return failure(request.url, 404)
        answer = self.answers.get(self._key(request.url), 404)
        return (
            failure(request.url, answer) if isinstance(answer, int) else page(request.url, answer)
        )

    def _key(self, url: str) -> str:
        if not self.prefixes:
            return url
        fitting = [
            key for key in self.answers if url.startswith(key) and (key != HOME or url == key)
        ]
        return max(fitting, key=len, default=url)

    async def draw(self, page: Page) -> Page | Failure:
        detail = "no browser was found"
        return Failure(url=page.url, reason=Reason.BROWSER, detail=detail, failed_at=NOW)

    async def robots(self, url: str) -> Robots:
        return Robots(
            origin=url, state=RobotsState.NO_RULES, detail="", sitemaps=(), crawl_delay=0.0
        )

    def fetched(self) -> tuple[Fetched, ...]:
        return ()

    def parts(self) -> tuple[Fetched, ...]:
        return ()

    def verdicts(self) -> tuple[Robots, ...]:
        return ()

    def renew(self) -> None:
        return

    def remembered(self, name: str, make: Callable[[], object]) -> object:
        del name
        return make()

    def saved_page(self, url: str) -> Page | None:
        del url
        return None

    def saved_of(self, websites: Sequence[str]) -> SavedOf:
        del websites
        return SavedOf()

    def keys(self, wanted: Sequence[Key]) -> frozenset[str]:
        del wanted
        return frozenset()


def page(url: str, answer: str | bytes | Mapping[str, object]) -> Page:
    """An answer as a page: HTML as it is, an object as JSON."""
    text = json.dumps(answer) if isinstance(answer, Mapping) else answer
    kind = "application/json" if isinstance(answer, Mapping) else "text/html; charset=utf-8"
    return Page(
        url=url,
        requested_url=url,
        status=200,
        headers=(("content-type", kind),),
        body=text.encode() if isinstance(text, str) else text,
        fetched_at=NOW,
        record="",
    )


def failure(url: str, status: int, body: bytes = b"") -> Failure:
    """The failure that a status is."""
    reason = Reason.RATE_LIMITED if status == 429 else Reason.of_status(status)
    return Failure(url=url, reason=reason, detail=f"HTTP {status}", failed_at=NOW, body=body)


@cache
def rules() -> Rules:
    """The catalogue of the package, compiled once for all tests and the runs among them."""
    return compiled(load_catalogue(), widget_hints())[0]


def planned(company: Company | None = None, settings: Settings | None = None) -> CompanyPlan:
    """The plan of one company's visit; without profiles unless the settings say so."""
    listed = Competitors(
        path=Path("c.yaml"),
        companies=(company or Company(name="Acme", website=HOME),),
        settings=settings or Settings(profiles=False),
    )
    (company_plan,) = plan(listed).companies
    return company_plan


PLAN = planned()


def context(window: Window = WINDOW) -> Context:
    """What a run knows beside the companies: an empty list, and the catalogue of the package."""
    listed = Competitors(path=Path("c.yaml"), companies=())
    return Context(competitors=listed, catalogue=rules().catalogue, window=window)


async def visited(
    session: Session,
    company_plan: CompanyPlan = PLAN,
    readers: Readers[Rules] | None = None,
    former: tuple[str, ...] = (),
) -> Visit:
    """What a visit over a session brings home; `former` pages had posts in the run before."""
    return await visit(replace(errand(session, company_plan, readers), former=former))


def errand(
    session: Session, company_plan: CompanyPlan = PLAN, readers: Readers[Rules] | None = None
) -> Errand:
    """An errand over a session; what it comes to is read in this process."""
    return Errand(
        plan=company_plan,
        session=session,
        readers=readers or Here(rules()),
        window=WINDOW,
        progress=lambda _pages, _budget, _url: None,
    )
