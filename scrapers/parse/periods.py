"""Read which year or month an archive page of a site is for, by its address."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import parse_qsl

from scrapers.parse.urls import normalise, split

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
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A year, or a month of one (1 to 12; 0 for the whole year); `head` is the path before it."""

    year: int
    month: int
    head: str

    @property
    def end(self) -> datetime:
        """Return the first instant after it, in UTC."""
        if self.month in (0, _DECEMBER):
            return datetime(self.year + 1, 1, 1, tzinfo=UTC)
        return datetime(self.year, self.month + 1, 1, tzinfo=UTC)

    @property
    def start(self) -> datetime:
        """Return the first instant of it, in UTC."""
        return datetime(self.year, self.month or 1, 1, tzinfo=UTC)


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
