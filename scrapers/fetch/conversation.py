"""A company's conversation with the web: robots first, redirects hop by hop, failures as values."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from audit.model.exchange import Failure, Fetched, Key, Kind, Page, Request, Robots
from audit.model.value import Reason
from scrapers.fetch.archive import stored_answer
from scrapers.fetch.around import Surroundings
from scrapers.fetch.cookies import in_circles
from scrapers.fetch.decode import UndecodableError, decoded
from scrapers.fetch.keys import opens
from scrapers.fetch.limits import REDIRECTS
from scrapers.fetch.noted import logged, moment
from scrapers.fetch.origins import Origins
from scrapers.fetch.pages import no_page
from scrapers.fetch.parts import Parts, read_requests
from scrapers.fetch.redirects import Stop, onward, sound, target_of, unusable
from scrapers.fetch.refusals import as_all_read_it
from scrapers.fetch.robots import judge, origin_of
from scrapers.fetch.wire import REQUESTS, Answer, TopWire, Trouble, archive_name
from scrapers.session import BODY_BYTES, ONLY_SAVED, SavedOf

GONE = "the archived page, of an earlier run, was deleted"
"""What a replay says of a page that had not changed, and whose body is not there any more."""

REFUSAL_BYTES = 20_000
"""Of what a server says with its refusal, this much is kept for the reader of a platform."""


class Conversation:
    """A session (`scrapers/session.py`) over any top wire."""

    def __init__(self, wire: TopWire, around: Surroundings, origins: Origins | None = None) -> None:
        """Talk over `wire`; nothing is asked yet but what `origins` know."""
        self._wire, self._around = wire, around
        self._origins = origins or Origins(wire, around.readers, around.validators)
        self._outcomes: dict[str, Page | Failure] = {}
        self._parts: Parts | None = None
        self._log: list[Fetched] = []
        self._last: Answer | Trouble | None = None
        self._keys: frozenset[str] | None = None

    async def fetch(self, request: Request) -> Page | Failure:
        """Get an address, following redirects within the rules. Asked twice, answered once."""
        request = replace(request, url=sound(request.url))
        name = archive_name(request.url, request)
        known = self._outcomes.get(name)
        if known is not None:
            return known
        before = self._last
        outcome = await self.get(request)
        if isinstance(outcome, Failure):
            outcome = self._heard(request, outcome)
        if request.private:
            self._last = before  # no later decision may show when a private request was made
            return outcome
        self._outcomes[name] = outcome
        if isinstance(outcome, Failure) and outcome.detail == ONLY_SAVED:
            return outcome  # nobody was asked, so there is nothing to log
        self._log.append(logged(request, outcome))
        return outcome

    def _heard(self, request: Request, failure: Failure) -> Failure:
        """Tell the wires what an answer turned out to be; return it in the words for everybody.

        What no answer came of (a host that is left alone) has its words already.
        """
        url = self._last.url if self._last is not None else request.url
        if isinstance(self._last, Answer):
            failure = as_all_read_it(url, request, failure)
        self._wire.turned_out(url, request, failure)
        return failure

    def renew(self) -> None:
        """Begin a new span of time, as long as the one for the company's website."""
        self._around.renew()

    def remembered(self, name: str, make: Callable[[], object]) -> object:
        """Return a JSON value that a replay finds again; made now, or read from the archive."""
        return self._wire.remembered(name, make)

    def keys(self, wanted: Sequence[Key]) -> frozenset[str]:
        """Return the names of those keys that the user has given, then and in a replay."""
        if self._keys is None:
            # Sorted, as JSON has no sets, and a set of texts has another order in each process.
            names = self._wire.remembered("keys", lambda: sorted(self._around.keys(wanted)))
            self._keys = frozenset(map(str, names)) if isinstance(names, list) else frozenset()
        return self._keys

    async def draw(self, page: Page) -> Page | Failure:
        """Have a page drawn; its parts come through a conversation of their own.

        So the parts of a page have robots.txt, redirects and limits like all else, but stand
        neither in the log of the visit nor in the coverage.
        """
        if self._parts is None:
            aside = Conversation(self._wire, self._around, self._origins.beside())
            self._parts = Parts(aside.get)
        answer = await self._wire.draw(page, self._parts.bring)
        self._last = answer
        if isinstance(answer, Trouble):
            request = Request(url=page.requested_url, why="browser")
            return self._failure(request, answer.reason, answer.detail)
        return replace(
            page,
            headers=tuple(pair for pair in answer.headers if pair[0] != REQUESTS),
            body=answer.wire,
            record=answer.record,
            drawn=True,
            requests=read_requests(answer.header(REQUESTS)),
        )

    async def robots(self, url: str) -> Robots:
        """Return what the origin of an address allows."""
        stop = unusable(url) or self._wire.at_hand(url, Request(url=url, kind=Kind.ROBOTS))
        if isinstance(stop, Stop | Trouble):
            trouble = Trouble(
                url=url, reason=stop.reason, detail=stop.detail, at=moment(self._last)
            )
            return judge(sound(url), trouble).robots
        return (await self._origins.rules(url, "", moment(self._last))).robots

    def fetched(self) -> tuple[Fetched, ...]:
        """Return every exchange so far, in order."""
        return tuple(self._log)

    def parts(self) -> tuple[Fetched, ...]:
        """Return the parts of drawn pages that came with a validator, in order."""
        return self._parts.log() if self._parts is not None else ()

    def verdicts(self) -> tuple[Robots, ...]:
        """Return what robots.txt came to on every origin that was asked."""
        return self._origins.verdicts()

    async def get(self, request: Request) -> Page | Failure:
        """Get an address anew, following redirects, and keep no record of it here."""
        url, visited, way = request.url, {request.url}, list[Answer]()
        for _ in range(REDIRECTS + 1):
            at_hand = self._at_hand(url, request)
            if at_hand is not None:
                return at_hand
            stop = unusable(url) or await self._forbidden(url, request)
            if stop is not None:
                return self._failure(request, stop.reason, stop.detail)
            known = self._around.validators.get(archive_name(url, request))
            answer = await self._wire.get(url, request, known)
            self._last = answer
            if isinstance(answer, Trouble):
                return self._failure(request, answer.reason, answer.detail)
            target = target_of(answer)
            if target is None:
                return await self._page(request, answer)
            way.append(answer)
            if target in visited:
                words = in_circles(f"back to {target}", way)
                return self._failure(request, Reason.REDIRECT_LOOP, words)
            visited.add(target)
            request = onward(request, answer, target)
            url = target
        words = in_circles(f"more than {REDIRECTS}", way)
        return self._failure(request, Reason.TOO_MANY_REDIRECTS, words)

    def _at_hand(self, url: str, request: Request) -> Page | Failure | None:
        """Return the page that a person saved, as it is; None where the web is to be asked.

        A failure says that nothing is to be asked at all (`--only-saved`); it has the time of the
        last exchange, as a decision needs none.
        """
        answer = self._wire.at_hand(url, request) if not request.known else None
        if isinstance(answer, Trouble):
            return self._failure(request, answer.reason, answer.detail)
        if answer is None:
            return None
        self._last = answer
        return _as_saved(answer, request)

    def saved_page(self, url: str) -> Page | None:
        """Return the page that a person saved of the profile at an address; None for none."""
        answer = self._wire.saved_page(url)
        return _as_saved(answer, Request(url=url)) if answer is not None else None

    def saved_of(self, websites: Sequence[str]) -> SavedOf:
        """Return what a person saved of a company with these websites."""
        return self._wire.saved_of(websites)

    async def _forbidden(self, url: str, request: Request) -> Stop | None:
        """Return why an address is not asked for, by the robots.txt of its origin.

        What a user's key opens is under the platform's terms with that user, and no business of
        robots.txt.
        """
        if request.key is not None and opens(request.key, url):
            return None
        rules = await self._origins.rules(url, request.platform, moment(self._last))
        if rules.allows(url):
            return None
        self._last = self._origins.answer(url)  # its record is the proof, and its time
        if rules.matcher is None:
            return Stop(rules.reason, f"robots.txt of {origin_of(url)}: {rules.robots.detail}")
        return Stop(Reason.ROBOTS, f"robots.txt of {origin_of(url)} asks to stay away")

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
        """Turn a 304 into the page as it was archived, if that can still be read; else ask anew."""
        refers_to, name = answer.refers_to, archive_name(answer.url, request)
        stored = stored_answer(self._around.data_dir, refers_to, name)
        if stored is None:
            return await self._anew(request, answer.url)
        self._last = replace(answer, record=refers_to)
        return Page(
            url=answer.url,
            requested_url=request.url,
            status=stored.status,
            headers=stored.headers,
            body=stored.body[: BODY_BYTES[request.kind]],
            fetched_at=answer.at,
            record=refers_to,
            truncated=stored.cut,
            unchanged=True,
        )

    async def _anew(self, request: Request, url: str) -> Page | Failure:
        """Ask for a page without a condition, where the body of a 304 is gone."""
        answer = await self._wire.get(url, request, None)
        self._last = answer
        if isinstance(answer, Trouble):
            return self._failure(request, answer.reason, answer.detail)
        if answer.refers_to:  # a replay: nobody can be asked anew
            return self._failure(request, Reason.NOT_CHECKED, GONE)
        if answer.status == 304:
            return self._failure(request, Reason.BAD_CONTENT, "304 without a question")
        return await self._page(request, answer)

    def _failure(self, request: Request, reason: Reason, detail: str, body: bytes = b"") -> Failure:
        """Return the failure of a request, with the record and time of the last exchange."""
        last = self._last
        return Failure(
            url=request.url,
            reason=reason,
            detail=detail,
            failed_at=moment(last),
            record=last.record if last is not None else "",
            body=body[:REFUSAL_BYTES],
        )


def _as_saved(answer: Answer, request: Request) -> Page:
    """Return a saved page as it is: whatever it holds, a person has seen it in a browser."""
    most = BODY_BYTES[request.kind]
    return Page(
        url=answer.url,
        requested_url=request.url,
        status=answer.status,
        headers=answer.headers,
        body=answer.wire[:most],
        fetched_at=answer.at,
        record=answer.record,
        truncated=len(answer.wire) > most,
    )
