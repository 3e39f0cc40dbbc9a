"""What a run knows of the hosts that it asks, and what one process hands on to another of it."""

from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field

from audit.model.exchange import Failure, Key, Request
from audit.model.value import Reason
from scrapers.fetch.lanes import Lanes, lane_of
from scrapers.fetch.refusals import REASONS
from scrapers.fetch.wire import Answer, Trouble

Refusal = tuple[Reason, str]
"""Why a host is left alone for the rest of the run: in one word, and in words for the workbook."""

TOLD_BYTES = 64 * 1024
"""A robots.txt up to this size is handed on; a longer one is asked for again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What was learned of a host, as far as whoever asks it next must know it.

    `pause`: for so many seconds from now it wants to be left in peace. `crawl_delay` is the pause
    between two requests that it asks for, `robots` the final answers by the address of a
    robots.txt, `calls` how many requests were made with each key.
    """

    lane: str
    refusal: Refusal | None = None
    crawl_delay: float = 0.0
    pause: float = 0.0
    robots: Mapping[str, Answer | Trouble] = field(default_factory=dict)
    calls: Mapping[str, int] = field(default_factory=dict)


def unheard(news: News) -> None:
    """Take no notice: in a run of one process nobody else asks these hosts."""
    del news


@dataclass(slots=True, kw_only=True)
class Hosts:
    """What a run knows of the hosts that it asks; all its companies share it.

    `left_alone` holds reason and detail by lane, `robots` the final answer for each address of a
    robots.txt, `calls` how many requests were made with each key. `heard` is told whatever the next
    owner of a host must know, should this process end.
    """

    lanes: Lanes
    sleep: Callable[[float], Awaitable[None]]
    left_alone: dict[str, Refusal] = field(default_factory=dict)
    robots: dict[str, Answer | Trouble] = field(default_factory=dict)
    calls: Counter[str] = field(default_factory=Counter)
    heard: Callable[[News], None] = unheard

    def leave_alone(self, url: str, reason: Reason, detail: str) -> None:
        """Leave the host of an address alone for the rest of the run; the first reason stays."""
        lane = lane_of(url)
        if lane not in self.left_alone:
            self.left_alone[lane] = (reason, detail)
            self.heard(News(lane=lane, refusal=(reason, detail)))

    def turned_out(self, url: str, request: Request, failure: Failure) -> None:
        """Leave a platform's host alone where a page of it turned out to be a refusal.

        `url` is where the way of redirects ended: its host has refused, not that of the request.
        """
        if request.platform and failure.reason in REASONS:
            self.leave_alone(url, failure.reason, failure.detail)

    def slow_down(self, url: str, seconds: float) -> None:
        """Obey a Crawl-delay for all companies."""
        lane = lane_of(url)
        if self.lanes.slow_down(lane, seconds):
            self.heard(News(lane=lane, crawl_delay=seconds))

    def rest(self, url: str, seconds: float) -> None:
        """Take note that a host asks for peace; the request that it said it to waits by itself."""
        if seconds > 0:
            self.heard(News(lane=lane_of(url), pause=seconds))

    def keep_robots(self, url: str, answer: Answer | Trouble) -> None:
        """Keep the answer of a robots.txt for all companies."""
        if self.robots.get(url) == answer:
            return
        self.robots[url] = answer
        if isinstance(answer, Trouble) or len(answer.wire) <= TOLD_BYTES:
            self.heard(News(lane=lane_of(url), robots={url: answer}))

    def count(self, url: str, key: Key) -> int:
        """Count a request with a key; return how many that makes."""
        self.calls[key.name] += 1
        made = self.calls[key.name]
        if made <= key.calls:
            self.heard(News(lane=lane_of(url), calls={key.name: made}))
        return made

    def inherit(self, news: News) -> None:
        """Begin with what the owner before this one knew of a host, after one whole pause."""
        if news.refusal is not None:
            self.left_alone.setdefault(news.lane, news.refusal)
        for url, answer in news.robots.items():
            self.robots.setdefault(url, answer)
        for name, made in news.calls.items():
            self.calls[name] = max(self.calls[name], made)
        self.lanes.inherit(news.lane, news.crawl_delay, news.pause)
