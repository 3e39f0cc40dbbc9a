"""Which pages of a visit a person points at, and for which section and figures."""

from dataclasses import replace

from audit.model.company import Company, PointedFigure, PointedSection
from audit.model.exchange import Kind, Request
from scrapers.parse.urls import page_key


class PointedPages:
    """The sections and figures of a company's list, by the addresses that they are read at.

    Where two sections share an address, the first counts.
    """

    def __init__(self, company: Company) -> None:
        """Take what the list points at; pages that a section goes on with are added later."""
        self._sections: dict[str, PointedSection] = {}
        self._figures: dict[tuple[str, Kind], tuple[PointedFigure, ...]] = {}
        for section in company.sections:
            self._sections.setdefault(page_key(section.url), section)
        for figure in company.figures:
            at = (page_key(figure.url), Kind.DATA if figure.is_data else Kind.PAGE)
            self._figures[at] = (*self._figures.get(at, ()), figure)

    def go_on(self, url: str, section: PointedSection) -> None:
        """Take a further page of a section."""
        self._sections.setdefault(page_key(url), section)

    def on(self, request: Request) -> Request:
        """Return a request with the section and the figures that are to be read in its answer."""
        key = page_key(request.url)
        return replace(
            request,
            section=self._sections.get(key) if request.kind is Kind.PAGE else None,
            figures=self._figures.get((key, request.kind), ()),
        )
