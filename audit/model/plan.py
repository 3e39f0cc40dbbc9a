"""What a run is going to do: per company, which requests come first and within which budget."""

from dataclasses import dataclass

from audit.model.company import BrowserMode, Company
from audit.model.web import Request


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanyPlan:
    """The visit of one company: start page, sitemaps and feeds to try, then at most `pages`.

    `browser` says which of them a browser is to draw.
    """

    company: Company
    start: Request
    sitemaps: tuple[Request, ...]
    feeds: tuple[Request, ...]
    pages: int
    browser: BrowserMode = BrowserMode.AUTO


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The visits of a run, own company first."""

    companies: tuple[CompanyPlan, ...]
