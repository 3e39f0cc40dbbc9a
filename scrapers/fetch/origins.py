"""The robots.txt of each origin that a company's visit touches, asked for before anything else."""

import logging
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from audit.model.exchange import Kind, Request, Robots
from audit.model.value import Reason
from scrapers.fetch.limits import ROBOTS_REDIRECTS
from scrapers.fetch.noted import logged_robots
from scrapers.fetch.redirects import target_of, unusable
from scrapers.fetch.robots import RobotsRules, no_rules, origin_of, read_robots, unreachable
from scrapers.fetch.wire import Answer, TopWire, Trouble, Validators
from scrapers.workers.readers import FaultError, OverrunError, Readers

log = logging.getLogger(__name__)


class Origins:
    """The rules of all origins of one conversation; each is asked for once."""

    def __init__(
        self, wire: TopWire, readers: Readers[object], validators: Mapping[str, Validators]
    ) -> None:
        """Ask over `wire`; have what comes read by `readers`.

        `validators` are those of the run before, by name.
        """
        self._wire, self._readers, self._validators = wire, readers, validators
        self._rules: dict[str, RobotsRules] = {}
        self._answers: dict[str, Answer | Trouble] = {}

    def beside(self) -> "Origins":
        """Return origins with the same rules so far; what is asked there is no verdict here."""
        others = Origins(self._wire, self._readers, self._validators)
        others._rules, others._answers = dict(self._rules), dict(self._answers)
        return others

    async def rules(self, url: str, platform: str, at: datetime) -> RobotsRules:
        """Return the rules of an address's origin; its host obeys a Crawl-delay from now on.

        `platform` is that of the request they are needed for; `at` is the time of a decision that
        needs no exchange.
        """
        origin = origin_of(url)
        rules = self._rules.get(origin)
        if rules is None:
            rules = await self._asked(origin, platform, at)
            self._rules[origin] = rules
            if rules.robots.crawl_delay > 0:
                self._wire.slow_down(url, rules.robots.crawl_delay)
        return rules

    def answer(self, url: str) -> Answer | Trouble | None:
        """Return the last answer to the robots.txt of an address's origin, with its record."""
        return self._answers.get(origin_of(url))

    def verdicts(self) -> tuple[Robots, ...]:
        """Return what robots.txt came to on every origin, in the order of asking."""
        return tuple(rules.robots for rules in self._rules.values())

    async def _asked(self, origin: str, platform: str, at: datetime) -> RobotsRules:
        """Ask an origin for its robots.txt, following redirects as RFC 9309, 2.3.1.2 wants it."""
        url = f"{origin}/robots.txt"
        visited = {url}
        for _ in range(ROBOTS_REDIRECTS + 1):
            stop = unusable(url)
            if stop is not None:
                trouble = Trouble(url=url, reason=stop.reason, detail=stop.detail, at=at)
                return await self._judged(origin, trouble)
            request = Request(url=url, kind=Kind.ROBOTS, platform=platform)
            # All companies of a run share that of a platform's host: it is asked for once as it is.
            known = None if platform else self._validators.get(url)
            answer = await self._wire.get(url, request, known)
            self._answers[origin] = answer
            target = target_of(answer) if isinstance(answer, Answer) else None
            if target is None:
                rules = await self._judged(origin, answer)
                kept = logged_robots(request, answer)
                return replace(rules, robots=replace(rules.robots, kept=kept))
            if target in visited:
                break
            visited.add(target)
            url = target
        return no_rules(origin, "robots.txt redirects too often; as if there were none")

    async def _judged(self, origin: str, answer: Answer | Trouble) -> RobotsRules:
        """Return what robots.txt comes to; one that takes too long to read opens nothing."""
        try:
            return await self._readers.run(read_robots, origin, answer)
        except OverrunError as error:
            return unreachable(origin, error.detail, error.reason)
        except FaultError as error:
            log.exception("reading the robots.txt of %s failed", origin)
            return unreachable(origin, f"{error.kind} while reading it", Reason.INTERNAL_ERROR)
