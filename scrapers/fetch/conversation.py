"""A company's conversation with the web: robots first, redirects hop by hop, failures as values."""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from audit.model.exchange import Failure, Fetched, Key, Kind, Page, Request, Robots
from audit.model.value import Reason
from scrapers.fetch.archive import Archived, read_record
from scrapers.fetch.cookies import in_circles
from scrapers.fetch.decode import UndecodableError, decoded
from scrapers.fetch.keys import opens
from scrapers.fetch.lanes import lane_of
from scrapers.fetch.limits import REDIRECTS, ROBOTS_REDIRECTS
from scrapers.fetch.noted import logged, moment, refused
from scrapers.fetch.pages import no_page
from scrapers.fetch.parts import Parts, requests_said
from scrapers.fetch.redirects import Stop, onward, sound, target_of, unusable
from scrapers.fetch.robots import TOKEN, Rules, judge, no_rules, origin_of, read_robots, unreachable
from scrapers.fetch.wire import REQUESTS, Answer, Trouble, Validators, Wire, named
from scrapers.session import BODY_BYTES
from scrapers.workers.pool import FaultError, OverrunError, Readers

log = logging.getLogger(__name__)

STOPPING = frozenset(
    {
        Reason.HTTP_401,
        Reason.HTTP_403,
        Reason.HTTP_999,
        Reason.RATE_LIMITED,
        Reason.CAPTCHA,
    }
)
"""After the first of these a platform's host is left alone for the run."""

REFUSAL_BYTES = 20_000
"""Of what a server says with its refusal, this much is kept for the reader of a platform."""


def user_agent(version: str, contact: str) -> str:
    """The name that the program goes by, with an address where one can ask about it."""
    return f"{TOKEN}/{version} (+{contact})" if contact else f"{TOKEN}/{version}"


class Conversation:
    """The logic of a session over any wire."""

    def __init__(
        self,
        wire: Wire,
        data_dir: Path,
        validators: Mapping[str, Validators],
        slow_down: Callable[[str, float], None],
        readers: Readers[object],
    ) -> None:
        """Talk over `wire`; `validators` are those of the last run, by address.

        `readers` read what robots.txt says.
        """
        self._wire, self._data_dir = wire, data_dir
        self._validators, self._slow_down, self._readers = validators, slow_down, readers
        self._rules: dict[str, Rules] = {}
        self._answers: dict[str, Page | Failure] = {}
        self._parts: Parts | None = None
        self._log: list[Fetched] = []
        self._last: Answer | Trouble | None = None
        self._said: dict[str, Answer | Trouble] = {}
        self._keys: frozenset[str] | None = None

    async def fetch(self, request: Request) -> Page | Failure:
        """Get an address, following redirects within the rules."""
        request = replace(request, url=sound(request.url))
        name = named(request.url, request)
        known = self._answers.get(name)
        if known is not None:
            return known
        before = self._last
        found = await self.get(request)
        if request.platform and isinstance(found, Failure) and found.reason in STOPPING:
            last = self._last.url if self._last is not None else request.url
            self._wire.stop(last, found.reason, refused(found, request))
        if request.private:
            self._last = before
            return found
        self._answers[name] = found
        self._log.append(logged(request, found, self._last))
        return found

    def renew(self) -> None:
        """Begin a new span of time, as long as the one for the company's website."""
        self._wire.renew()

    def remembered(self, name: str, make: Callable[[], object]) -> object:
        """A JSON value that a replay finds again; made now, or read from the archive."""
        return self._wire.remembered(name, make)

    def keys(self, wanted: Sequence[Key]) -> frozenset[str]:
        """The names of those keys that the user has given, then and in a replay."""
        if self._keys is None:
            said = self._wire.remembered("keys", lambda: sorted(self._wire.keys(wanted)))
            self._keys = frozenset(map(str, said)) if isinstance(said, list) else frozenset()
        return self._keys

    async def draw(self, page: Page) -> Page | Failure:
        """Have a page drawn; its parts come through a conversation of their own."""
        if self._parts is None:
            aside = Conversation(self._wire, self._data_dir, {}, self._slow_down, self._readers)
            self._parts = Parts(aside.get)
        answer = await self._wire.draw(page, self._parts.bring)
        asked = Request(url=page.requested_url, why="browser")
        self._last = answer
        if isinstance(answer, Trouble):
            return self._failure(asked, answer.reason, answer.detail)
        return replace(
            page,
            headers=tuple(pair for pair in answer.headers if pair[0] != REQUESTS),
            body=answer.wire,
            record=answer.record,
            drawn=True,
            requests=requests_said(answer.header(REQUESTS)),
        )

    async def robots(self, url: str) -> Robots:
        """What the origin of an address allows."""
        if (stop := unusable(url)) is not None:
            trouble = Trouble(
                url=url, reason=stop.reason, detail=stop.detail, at=moment(self._last)
            )
            return judge(sound(url), trouble).robots
        return (await self._allowed(url, Request(url=url))).robots

    def fetched(self) -> tuple[Fetched, ...]:
        """Every exchange so far, in order."""
        return tuple(self._log)

    def verdicts(self) -> tuple[Robots, ...]:
        """What robots.txt came to on every origin that was asked."""
        return tuple(rules.robots for rules in self._rules.values())

    async def get(self, request: Request) -> Page | Failure:
        """Get an address anew, and keep no record of it here."""
        url, seen, way = request.url, {request.url}, list[Answer]()
        for _ in range(REDIRECTS + 1):
            stop = unusable(url) or await self._forbidden(url, request)
            if stop is not None:
                return self._failure(request, stop.reason, stop.detail)
            answer = await self._wire.get(url, request, self._validators)
            self._last = answer
            if isinstance(answer, Trouble):
                return self._failure(request, answer.reason, answer.detail)
            target = target_of(answer)
            if target is None:
                return await self._page(request, answer)
            way.append(answer)
            if target in seen:
                words = in_circles(f"back to {target}", way)
                return self._failure(request, Reason.REDIRECT_LOOP, words)
            seen.add(target)
            request = onward(request, answer, target)
            url = target
        words = in_circles(f"more than {REDIRECTS}", way)
        return self._failure(request, Reason.TOO_MANY_REDIRECTS, words)

    async def _forbidden(self, url: str, request: Request) -> Stop | None:
        """Why an address is not asked for. What a user's key opens is not a robot's business."""
        if request.key is not None and opens(request.key, url):
            return None
        rules = await self._allowed(url, request)
        if rules.allows(url):
            return None
        self._last = self._said.get(origin_of(url))
        if rules.matcher is None:
            return Stop(rules.reason, f"robots.txt of {origin_of(url)}: {rules.robots.detail}")
        return Stop(Reason.ROBOTS, f"robots.txt of {origin_of(url)} asks to stay away")

    async def _allowed(self, url: str, request: Request) -> Rules:
        """The rules of an origin; robots.txt comes before anything else there."""
        origin = origin_of(url)
        known = self._rules.get(origin)
        if known is None:
            known = await self._fetch_robots(origin, request)
            self._rules[origin] = known
            if known.robots.crawl_delay > 0:
                self._slow_down(lane_of(url), known.robots.crawl_delay)
        return known

    async def _fetch_robots(self, origin: str, request: Request) -> Rules:
        url = f"{origin}/robots.txt"
        seen = {url}
        for _ in range(ROBOTS_REDIRECTS + 1):
            stop = unusable(url)
            if stop is not None:
                trouble = Trouble(
                    url=url, reason=stop.reason, detail=stop.detail, at=moment(self._last)
                )
                return await self._judged(origin, trouble)
            asked = Request(url=url, kind=Kind.ROBOTS, platform=request.platform)
            answer = await self._wire.get(url, asked, {})
            self._said[origin] = answer
            target = target_of(answer) if isinstance(answer, Answer) else None
            if target is None:
                return await self._judged(origin, answer)
            if target in seen:
                break
            seen.add(target)
            url = target
        return no_rules(origin, "robots.txt redirects too often; as if there were none")

    async def _judged(self, origin: str, answer: Answer | Trouble) -> Rules:
        """What robots.txt comes to; one that takes too long to read opens nothing."""
        try:
            return await self._readers.run(read_robots, origin, answer)
        except OverrunError as error:
            return unreachable(origin, error.detail, error.reason)
        except FaultError as error:
            log.exception("reading the robots.txt of %s failed", origin)
            return unreachable(origin, f"{error.kind} while reading it", Reason.INTERNAL_ERROR)

    async def _page(self, request: Request, answer: Answer) -> Page | Failure:
        """Turn a final answer into a page, or into the reason why it is none."""
        if answer.status == 304:
            return await self._unchanged(request, answer)
        cap = BODY_BYTES[request.kind]
        try:
            body, more = decoded(answer.wire, answer.header("content-encoding"), cap)
        except UndecodableError as error:
            return self._failure(request, Reason.BAD_CONTENT, str(error))
        stop = no_page(request, answer, body)
        if stop is not None:
            return self._failure(request, stop.reason, stop.detail, body)
        return Page(
            url=answer.url,
            requested_url=request.url,
            status=answer.status,
            headers=answer.headers,
            body=body,
            fetched_at=answer.at,
            record=answer.record,
            truncated=more or answer.cut,
        )

    async def _unchanged(self, request: Request, answer: Answer) -> Page | Failure:
        """A 304: the page as it was archived, if that can still be read; else ask anew."""
        kept = self._kept(answer.refers_to)
        if kept is None:
            fresh = await self._wire.get(answer.url, request, {})
            self._last = fresh
            if isinstance(fresh, Trouble):
                return self._failure(request, fresh.reason, fresh.detail)
            if fresh.refers_to:  # a replay: nobody can be asked anew
                gone = "the archived page, of an earlier run, was deleted"
                return self._failure(request, Reason.NOT_CHECKED, gone)
            if fresh.status == 304:
                return self._failure(request, Reason.BAD_CONTENT, "304 without a question")
            return await self._page(request, fresh)
        self._last = replace(answer, record=answer.refers_to)
        return Page(
            url=answer.url,
            requested_url=request.url,
            status=kept.status,
            headers=kept.headers,
            body=kept.body[: BODY_BYTES[request.kind]],
            fetched_at=answer.at,
            record=answer.refers_to,
            truncated=kept.cut,
            unchanged=True,
        )

    def _kept(self, record: str) -> Archived | None:
        return read_record(self._data_dir, record) if record else None

    def _failure(self, request: Request, reason: Reason, detail: str, body: bytes = b"") -> Failure:
        last = self._last
        return Failure(
            url=request.url,
            reason=reason,
            detail=detail,
            failed_at=moment(last),
            record=last.record if last is not None else "",
            body=body[:REFUSAL_BYTES],
        )
