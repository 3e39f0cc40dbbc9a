"""Find the archive pages by month or year of a site, and read which one a page is for."""

import re
from collections.abc import Sequence
from urllib.parse import parse_qsl

from audit.model.facts import Area, Link, Period
from scrapers.parse.remembered import remembered
from scrapers.parse.urls import host_of, normalise, split

_PATH = re.compile(
    r"(?P<head>(?:/[^/]{1,60}){0,4})/(?P<year>(?:19|20)\d\d)"
    r"(?:[/_-](?P<month>0?[1-9]|1[0-2]))?(?:/|/index\.html?|\.html?)?$"
)
"""The path of an archive page: what stands before the year, the year, and mostly the month."""

_YEARS = ("year", "y", "jahr", "annee", "ano", "anno", "rok", "vuosi")
_MONTHS = ("month", "mo", "monat", "mois", "mes", "mese", "miesiac", "mesic", "kuukausi")
_BOTH = ("m", "month", "date", "archive", "period", "ym")
"""Parameters that hold a year, a month, or both in one (`?m=202610`, `?month=2026-10`)."""

_YEAR_AND_MONTH = re.compile(r"(?P<year>(?:19|20)\d\d)-?(?P<month>0[1-9]|1[0-2])")
_DECEMBER = 12

_MAX_ARCHIVES = 200
"""Archive pages that are kept of one page."""

_MAY_BE = re.compile(r"(?:19|20)\d\d")
_YEAR = re.compile(r"(?:19|20)\d\d")


@remembered(8_192)
def period_of(url: str) -> Period | None:
    """Return the year or month whose archive an address is; None for every other address.

    `/blog/2026/10/` and `/blog?month=2026-10` are October 2026, with the head `/blog`.
    """
    parts = split(normalise(url))
    match = _PATH.match(parts.path)
    if match is not None and not parts.query:
        return Period(int(match["year"]), int(match["month"] or 0), match["head"])
    pairs = {name.lower(): value for name, value in parse_qsl(parts.query)}
    head = parts.path.rstrip("/")
    for name in _BOTH:
        if both := _YEAR_AND_MONTH.fullmatch(pairs.get(name, "")):
            return Period(int(both["year"]), int(both["month"]), head)
    year = next((pairs[name] for name in _YEARS if _YEAR.fullmatch(pairs.get(name, ""))), "")
    months = [pairs[name] for name in _MONTHS if pairs.get(name, "").isdecimal()]
    month = int(months[0][:2]) if months else 0
    return Period(int(year), month if month <= _DECEMBER else 0, head) if year else None


def archives_of(url: str, links: Sequence[Link]) -> tuple[tuple[Period, str], ...]:
    """Return the archive pages by month or year that a page links on its host, each once."""
    host, by_period = host_of(url), dict[Period, str]()
    for link in links:
        # A quick look first: a page may have twenty thousand links.
        url = link.url
        if ("20" not in url and "19" not in url) or _MAY_BE.search(url) is None:
            continue
        if len(by_period) >= _MAX_ARCHIVES:
            break
        if link.area is Area.COMMENT or host_of(link.url) != host:
            continue
        if (period := period_of(link.url)) is not None:
            by_period.setdefault(period, link.url)
    return tuple(by_period.items())
