"""Times as sources give them: where a date was read, and how exact it is."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

TOO_FAR_AHEAD = timedelta(hours=48)
"""How far after the visit a date may lie and still be that of something published.

Posts beyond it are flagged `future` and not counted (docs/glossary.md, Dates).
"""


class DateSource(StrEnum):
    """Where a date was read, in the order in which it is trusted (docs/glossary.md, Dates)."""

    API = "api"
    FEED = "feed"
    ID = "id"
    """Decoded from the number of a post, which holds the time at which it was made."""

    JSON_LD = "json-ld"
    TIME = "time"
    META = "meta"
    TEXT = "text"
    URL = "url"
    SITEMAP = "sitemap"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """A time in UTC with its source; made by the parsers, sources and platforms.

    `day_only` where the source gave no hour. `ambiguous` where day and month could be the other way
    round, as in "03/04/2024", or a feed wrote the date in words, as no standard has it.
    """

    at: datetime
    source: DateSource
    day_only: bool = False
    ambiguous: bool = False
