"""What a run is going to do: per company, which requests come first and within which budget."""

from dataclasses import dataclass, field

from audit.model.company import BrowserMode, Company, Settings
from audit.model.exchange import Request


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanyPlan:
    """The visit of one company: start page, sitemaps and feeds to try, then at most `pages`.

    Made by `audit/plan.py`. `pointed` are the pages that a person named beside the start page:
    further sites, sections, pages with a figure. `settings` are those of the file with what the
    company has for itself: which pages a browser draws, and which profiles are read how.
    """

    company: Company
    start: Request
    sitemaps: tuple[Request, ...]
    feeds: tuple[Request, ...]
    pages: int
    pointed: tuple[Request, ...] = ()
    settings: Settings = field(default_factory=Settings)

    @property
    def browser(self) -> BrowserMode:
        """Return which pages a browser draws."""
        return self.settings.browser


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The visits of a run, own company first; made by `audit/plan.py`."""

    companies: tuple[CompanyPlan, ...]
