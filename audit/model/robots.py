"""What robots.txt came to, origin by origin."""

from dataclasses import dataclass
from enum import StrEnum


class RobotsState(StrEnum):
    """What the fetch of robots.txt came to."""

    RULES = "rules"
    NO_RULES = "no-rules"
    UNREACHABLE = "unreachable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Robots:
    """The robots.txt of one origin; `crawl_delay` in seconds, 0 where none is asked for."""

    origin: str
    state: RobotsState
    detail: str
    sitemaps: tuple[str, ...]
    crawl_delay: float
