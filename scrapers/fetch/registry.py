"""Which process owns which host, and what the next owner must know should that process end.

A host has one owner in a run, so that it has one lane, however many processes visit companies. The
first that asks for a host owns it: so a company's site belongs to whoever visits the company.
"""

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace

from scrapers.fetch.hosts import News


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """Who owns a host; `left` is what an owner before has left, None where there was none."""

    owner: str
    left: News | None = None


@dataclass(slots=True)
class _Estate:
    """What is known of one host; `owner` is empty while nobody owns it.

    `until` is the moment, by the registry's clock, until which the host wants peace. `passed_on`:
    it has lost an owner, and the next one must wait before its first request.
    """

    known: News
    owner: str = ""
    until: float = 0.0
    passed_on: bool = False


@dataclass(slots=True)
class Registry:
    """The owners of all hosts of a run; one for all processes."""

    clock: Callable[[], float] = time.monotonic
    _estates: dict[str, _Estate] = field(default_factory=dict)

    def is_known(self, lane: str) -> bool:
        """Tell whether anybody has asked for a host yet."""
        return lane in self._estates

    def owner_of(self, lane: str, asker: str) -> Deed:
        """Return who owns a host; whoever asks first for one that has no owner owns it."""
        estate = self._estate(lane)
        estate.owner = estate.owner or asker
        return Deed(owner=estate.owner, left=self._news(estate) if estate.passed_on else None)

    def heard(self, news: News) -> None:
        """Add what was learned of a host to what is known of it."""
        estate = self._estate(news.lane)
        known = estate.known
        estate.until = max(estate.until, self.clock() + news.pause)
        estate.known = replace(
            known,
            refusal=known.refusal or news.refusal,
            crawl_delay=news.crawl_delay or known.crawl_delay,
            robots={**known.robots, **news.robots},
            calls={**known.calls, **news.calls},
        )

    def gone(self, process: str) -> None:
        """Take all hosts from a process that has ended."""
        for estate in self._estates.values():
            if estate.owner == process:
                estate.owner, estate.passed_on = "", True

    def will(self) -> tuple[News, ...]:
        """Return what is known of all hosts, for a registry that takes the place of this one."""
        return tuple(self._all())

    @classmethod
    def succeeding(
        cls, will: Iterable[News], clock: Callable[[], float] = time.monotonic
    ) -> "Registry":
        """Return the registry that follows one of which this is left: all its owners are gone."""
        registry = cls(clock)
        for news in will:
            registry.heard(news)
            registry._estates[news.lane].passed_on = True
        return registry

    def _all(self) -> Iterator[News]:
        for estate in self._estates.values():
            yield self._news(estate)

    def _estate(self, lane: str) -> _Estate:
        return self._estates.setdefault(lane, _Estate(News(lane=lane)))

    def _news(self, estate: _Estate) -> News:
        """Return what is known of a host, with the pause that is left of what it has asked for."""
        return replace(estate.known, pause=max(0.0, estate.until - self.clock()))
