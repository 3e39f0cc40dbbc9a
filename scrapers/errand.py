"""What a visit is about: one value that is handed down from step to step."""

from collections.abc import Callable
from dataclasses import dataclass, field

from audit.model.company import Company
from audit.model.plan import CompanyPlan
from audit.model.read_list import ReadList
from audit.model.result import Window
from scrapers.kept.readings import Readings
from scrapers.page.rules import Rules
from scrapers.session import Session
from scrapers.workers.readers import Readers

Progress = Callable[[int, int, str], None]
"""Called for each request with the pages read so far, the page budget, and the address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """The visit of one company: what is planned, over which session, within which window.

    `readers` are the worker processes in which everything is read that came from outside; `kept` is
    what was read of pages that may still be the same, `lists` are the lists of posts that the run
    before has read without a gap, `former` the pages on which it met posts.
    """

    plan: CompanyPlan
    session: Session
    readers: Readers[Rules]
    window: Window
    progress: Progress
    kept: Readings = field(default_factory=Readings)
    lists: tuple[ReadList, ...] = ()
    former: tuple[str, ...] = ()

    @property
    def company(self) -> Company:
        """Return the company that is visited."""
        return self.plan.company

    @property
    def rules(self) -> Rules:
        """Return the compiled catalogue, which the workers have loaded as well."""
        return self.readers.loaded
