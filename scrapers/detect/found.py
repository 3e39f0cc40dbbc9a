"""What a visit has read of one company, as the deciding steps take it."""

from dataclasses import dataclass

from audit.model.company import Company
from audit.model.value import Unknown
from audit.model.web import Failure, FeedPage, PageFacts, SourceFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Pages, feeds and answers of public interfaces in the order in which they were read.

    `cut` tells why the start page could not be read to its end.
    """

    company: Company
    pages: tuple[PageFacts, ...]
    feeds: tuple[FeedPage, ...] = ()
    failures: tuple[Failure, ...] = ()
    sources: tuple[SourceFacts, ...] = ()
    cut: Unknown | None = None
