"""A wire that gives prepared answers, to stand below the one under test."""

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, datetime

from audit.model.exchange import Failure, Kind, Request
from audit.model.value import Reason
from scrapers.fetch.hosts import Hosts
from scrapers.fetch.lanes import Lanes, Time
from scrapers.fetch.wire import Answer, Headers, Trouble, Validators

AT = datetime(2026, 11, 28, 12, 0, tzinfo=UTC)


def answer(status: int = 200, headers: Headers = (), wire: bytes = b"x") -> Answer:
    return Answer(url="", status=status, headers=headers, wire=wire, at=AT)


def trouble(reason: Reason, detail: str = "no luck") -> Trouble:
    return Trouble(url="", reason=reason, detail=detail, at=AT)


def profile(url: str) -> Request:
    """The request of a platform's reader."""
    return Request(url=url, kind=Kind.DATA, platform="acme")


@dataclass
class ScriptedWire:
    """Gives its answers in their order, the last one again and again; keeps what it was asked."""

    answers: list[Answer | Trouble] = field(default_factory=lambda: [answer()])
    settled: Trouble | None = None
    asked: list[tuple[str, Validators | None]] = field(default_factory=list)
    heard: list[tuple[str, Failure]] = field(default_factory=list)
    pauses: list[tuple[str, float]] = field(default_factory=list)

    async def get(self, url: str, request: Request, known: Validators | None) -> Answer | Trouble:
        del request
        self.asked.append((url, known))
        await asyncio.sleep(0)
        following = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(following, Trouble):
            return Trouble(url=url, reason=following.reason, detail=following.detail, at=AT)
        return Answer(
            url=url, status=following.status, headers=following.headers, wire=following.wire, at=AT
        )

    def without_asking(self, url: str, request: Request) -> Trouble | None:
        del url, request
        return self.settled

    def turned_out(self, url: str, request: Request, failure: Failure) -> None:
        del request
        self.heard.append((url, failure))

    def slow_down(self, url: str, seconds: float) -> None:
        self.pauses.append((url, seconds))

    @property
    def urls(self) -> list[str]:
        return [url for url, _ in self.asked]


@dataclass
class HandClock:
    """A clock that is moved by whoever sleeps, and notes for how long."""

    now: float = 0.0
    sleeps: list[float] = field(default_factory=list)

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.sleeps.append(seconds)
        self.now += seconds
        await asyncio.sleep(0)

    def hosts(self, delay: float = 0.0) -> Hosts:
        """Hosts of a new run by this clock."""
        lanes = Lanes(delay, Time(clock=self, sleep=self.sleep))
        return Hosts(lanes=lanes, sleep=self.sleep)
