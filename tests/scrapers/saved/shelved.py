"""A session over saved pages and a web of a few answers, without network and processes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from audit.model.company import Company, Settings
from audit.model.exchange import Failure, Kind, Page, Request
from audit.model.value import Reason
from scrapers.channels.drive import Inquiry
from scrapers.errand import Errand
from scrapers.fetch.around import Surroundings
from scrapers.fetch.conversation import Conversation
from scrapers.fetch.saved import SavedWire
from scrapers.fetch.wire import Answer, NothingSaved, Part, Trouble, Validators
from scrapers.saved.folder import files_in
from scrapers.saved.reading import read_file
from scrapers.saved.shelf import Shelf, hosts_of, networks_of
from scrapers.workers.readers import HERE
from tests.fake_session import HOME, NOW, WINDOW, errand, planned, rules

OWN = Company(name="Acme", website=HOME)


@dataclass
class Web(NothingSaved):
    """The wire below the saved pages: answers by address, and everything that was asked for.

    `kept` is what was remembered, by name, as the archive of a run keeps it.
    """

    answers: Mapping[str, Answer] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    kept: dict[str, object] = field(default_factory=dict)

    async def get(self, url: str, request: Request, known: Validators | None) -> Answer | Trouble:
        del known
        self.asked.append(url)
        if request.kind is Kind.ROBOTS:
            return Answer(url=url, status=404, headers=(), wire=b"", at=NOW)
        answer = self.answers.get(f"{url} {request.body}".strip())
        return answer or Answer(url=url, status=404, headers=(), wire=b"", at=NOW)

    async def draw(self, page: Page, part: Part) -> Answer | Trouble:
        del part
        return Trouble(url=page.url, reason=Reason.BROWSER, detail="none", at=NOW)

    def turned_out(self, url: str, request: Request, failure: Failure) -> None:
        del url, request, failure

    def slow_down(self, url: str, seconds: float) -> None:
        del url, seconds

    def remembered(self, name: str, make: Callable[[], object]) -> object:
        value = make()
        if value is not None:
            self.kept[name] = value
        return value


class Again(Web):
    """The same web in a replay: what was remembered is found, and nothing is made."""

    def remembered(self, name: str, make: Callable[[], object]) -> object:
        del make
        return self.kept.get(name)


def shelf_of(
    folder: Path,
    company: Company = OWN,
    *,
    only: bool = False,
    now: datetime = NOW,
    base_urls: tuple[tuple[str, str], ...] = (),
) -> Shelf:
    """Return the pages of a folder, read in this process."""
    hosts = hosts_of(company.addresses, base_urls)
    index = rules().platforms
    shelf = Shelf(
        folder=folder, only=only, hosts=hosts, base_urls=base_urls, index=index,
        networks=networks_of([company]),
    )  # fmt: skip
    files, troubles = files_in(folder)
    shelf.troubles += troubles
    for file in files:
        shelf.put(file, read_file(rules(), file, hosts, now), WINDOW)
    return shelf


def talk(web: Web, shelf: Shelf | None = None) -> Conversation:
    """Return a session over a web, and over saved pages where there are some."""
    around = Surroundings(data_dir=Path(), readers=HERE)
    return Conversation(SavedWire(web, shelf or Shelf()), around)


def errand_of(session: Conversation, company: Company = OWN) -> Errand:
    """Return the errand of a company over a session."""
    return errand(session, planned(company, Settings()))


def inquiry(session: Conversation, company: Company = OWN) -> Inquiry:
    """Return what asking for profiles needs."""
    return Inquiry(errand_of(session, company), company.website)
