"""Which addresses belong to a site, as it is planned and as it turns out to be."""

from urllib.parse import urlunsplit

from audit.model.company import Company
from scrapers.parse.urls import lies_below, same_site, split
from scrapers.site.place import hosts_of_others


class Home:
    """The place of a site, which its start page may have moved to another host.

    `places` are the planned start page and those that it has led to, the last one counts; `further`
    the further sites that a person names. `hosted` are domains under which everybody may have a
    site (`github.io`).
    """

    def __init__(self, company: Company, hosted: frozenset[str]) -> None:
        """Begin with what is planned."""
        self.places, self.further = [company.website], list(company.also)
        self._hosted = hosts_of_others(company, hosted)

    def owns(self, url: str) -> bool:
        """Tell whether an address lies on the site, as it was planned or as it redirects."""
        return any(same_site(url, place, self._hosted) for place in self.places) or any(
            lies_below(url, site, self._hosted) for site in self.further
        )

    def as_answered(self, url: str) -> str:
        """Return an address on the host that the start page answered on.

        A host that differs from it by `www.` alone is its twin, and would give the same pages.
        """
        home, parts = split(self.places[-1]).netloc, split(url)
        if parts.netloc != home and parts.netloc.removeprefix("www.") == home.removeprefix("www."):
            return urlunsplit(parts._replace(netloc=home))
        return url
