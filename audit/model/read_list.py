"""What a run remembers of the lists of posts that it read, for the run after it."""

from dataclasses import dataclass
from datetime import datetime

from audit.model.company import PointedSection


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadPage:
    """A page of a list: its address, where it is archived, and its entries in their order.

    Each entry is a digest of its address and its date (`scrapers/site/recall.py`).
    """

    url: str
    record: str
    entries: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadList:
    """A list of posts that was read without a gap, back to `since` or to its end.

    `url` is the address of its first page, `stated` how many entries it says that it has in all:
    None where it says nothing. `section` is the one that a person points at it for. `full_at` is
    when all its pages were last asked for; in the `recalls` runs since then the older ones were
    taken from the archive.
    """

    url: str
    pages: tuple[ReadPage, ...]
    since: datetime
    full_at: datetime
    stated: int | None = None
    section: PointedSection | None = None
    recalls: int = 0
