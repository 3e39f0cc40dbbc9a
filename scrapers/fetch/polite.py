"""Everything that is true of a host, and the only place that decides to leave a host alone."""

from functools import partial

from audit.model.exchange import Failure, Key, Kind, Request
from audit.model.value import Reason
from scrapers.fetch.hosts import Hosts
from scrapers.fetch.lanes import lane_of
from scrapers.fetch.limits import RETRIES, RETRY_AFTER_SECONDS
from scrapers.fetch.refusals import STATUSES, refusal_words
from scrapers.fetch.retries import may_help, retry_after, tried
from scrapers.fetch.wire import Answer, Over, Trouble, Validators, Wire, no_answer

SILENCES = frozenset({Reason.TIMEOUT, Reason.CONNECTION, Reason.DNS, Reason.TLS})
"""A platform's host that is silent after all tries is left alone too: others would wait for it."""


class PoliteWire(Over):
    """Asks a host in its turn, as often as it likes, and not at all where it does not like it."""

    def __init__(self, hosts: Hosts, below: Wire, delay: float | None = None) -> None:
        """Ask over `below`, with what the run knows of `hosts`.

        `delay` in seconds is the company's own for its sites; None for the usual one.
        """
        super().__init__(below)
        self._hosts, self._delay = hosts, delay
        self._rank = hosts.lanes.newcomer()

    async def get(self, url: str, request: Request, known: Validators | None) -> Answer | Trouble:
        """Return the last answer of all tries, or what is certain without asking.

        Each try waits for a turn of its own, so that others can ask between two tries.
        """
        settled = self.without_asking(url, request) or self._over_quota(url, request.key)
        if settled is not None:
            return settled
        answer = await tried(
            partial(self._in_turn, url, request, known),
            again=lambda answer: _may_ask_again(answer, request),
            # A drawn page asks for many parts within a few seconds: each is worth one try.
            tries=1 if request.kind is Kind.PART else RETRIES + 1,
            sleep=self._hosts.sleep,
        )
        if request.kind is Kind.ROBOTS and _is_for_all(answer):
            self._hosts.keep_robots(url, self._hosts.robots.get(url, answer))
        return self._learned(url, request, answer)

    def without_asking(self, url: str, request: Request) -> Answer | Trouble | None:
        """Return a robots.txt that was read before, or the reason why its host is left alone.

        Robots.txt goes first: it was fetched before the host refused, and is still what it was.
        """
        if request.kind is Kind.ROBOTS and url in self._hosts.robots:
            return self._hosts.robots[url]
        lane = lane_of(url)
        if lane in self._hosts.left_alone:
            return no_answer(url, *self._hosts.left_alone[lane])
        return None

    def turned_out(self, url: str, request: Request, failure: Failure) -> None:
        """Draw the conclusion for the host; see `Hosts.turned_out`."""
        self._hosts.turned_out(url, request, failure)

    def slow_down(self, url: str, seconds: float) -> None:
        """Obey a Crawl-delay for all companies."""
        self._hosts.slow_down(url, seconds)

    def _over_quota(self, url: str, key: Key | None) -> Trouble | None:
        """Count a request with a key; return the trouble where its quota is used up.

        A request counts once, however many tries it takes.
        """
        if key is None or self._hosts.count(url, key) <= key.calls:
            return None
        detail = f"{key.calls} requests of one run with {key.name} are made"
        return no_answer(url, Reason.BUDGET, detail)

    async def _in_turn(
        self, url: str, request: Request, known: Validators | None
    ) -> Answer | Trouble:
        """Ask once when the host is free, if it still may be asked then.

        What others have learned while this request waited in the lane holds for it as well. What
        it learns itself must be noted before the turn ends: the next one looks then.
        """
        part = request.kind is Kind.PART
        # Platforms are shared by all companies: one company's haste or patience is not theirs.
        delay = None if request.platform else self._delay
        turn = self._hosts.lanes.turn(
            lane_of(url), rank=self._rank, part=part, pace=request.pace, delay=delay
        )
        async with turn:
            settled = self.without_asking(url, request)
            if settled is not None:
                return settled
            answer = await self._below.get(url, request, known)
            final = not _may_ask_again(answer, request)
            if request.kind is Kind.ROBOTS and final and _is_for_all(answer):
                self._hosts.keep_robots(url, answer)
            if isinstance(answer, Answer):
                self._hosts.rest(url, retry_after(answer))
            # What a refused robots.txt means is up to `robots.judge`: most often that there are no
            # rules (RFC 9309, 2.3.1.3), and not that the host refuses its pages.
            if request.platform and request.kind is not Kind.ROBOTS:
                self._heed_refusal(url, request, answer)
        return answer

    def _heed_refusal(self, url: str, request: Request, answer: Answer | Trouble) -> None:
        """Leave a platform's host alone where its answer is a refusal by its status."""
        if not isinstance(answer, Answer) or answer.status not in STATUSES:
            return
        # A 429 is `rate-limited` in the workbook; of the others the status itself is the word.
        limited = answer.status == 429
        reason = Reason.RATE_LIMITED if limited else Reason.of_status(answer.status)
        words = refusal_words(url, f"HTTP {answer.status}", request, reason)
        self._hosts.leave_alone(url, reason, words)

    def _learned(self, url: str, request: Request, answer: Answer | Trouble) -> Answer | Trouble:
        """Draw the conclusions for the host once all tries are made; return what is to be kept.

        Of a host that wants to be left alone for longer than a try may wait, that wish is kept in
        place of the answer.
        """
        lane = lane_of(url)
        if isinstance(answer, Trouble):
            if request.platform and answer.reason in SILENCES:
                words = f"{lane} did not answer ({answer.detail})"
                self._hosts.leave_alone(
                    url, answer.reason, f"{words} and was left alone for the run"
                )
                # The answer of a robots.txt is shared as it is: all read the same words already.
                if request.kind is not Kind.ROBOTS:
                    return no_answer(url, *self._hosts.left_alone[lane])
            return answer
        if (seconds := retry_after(answer)) > RETRY_AFTER_SECONDS:
            detail = f"{lane} asks to come back in {seconds:.0f} s"
            self._hosts.leave_alone(url, Reason.RATE_LIMITED, detail)
            return no_answer(url, Reason.RATE_LIMITED, detail)
        if answer.status == 429:
            detail = f"{lane} asks for fewer requests (HTTP 429)"
            self._hosts.leave_alone(url, Reason.RATE_LIMITED, detail)
        return answer


def _may_ask_again(answer: Answer | Trouble, request: Request) -> bool:
    """Tell whether a second try is worth it and welcome.

    A platform that has said no, or whose name leads nowhere, is not asked again: behind each of
    its hosts are many profiles, and the next of them would try as well.
    """
    if request.platform:
        if isinstance(answer, Answer) and answer.status == 429:
            return False
        if isinstance(answer, Trouble) and answer.reason is Reason.DNS:
            return False
    return may_help(answer)


def _is_for_all(answer: Answer | Trouble) -> bool:
    """Tell whether an answer holds for every company.

    That a company's own time was over says nothing of the host to the others, and a 304 nothing to
    those who have no copy.
    """
    if isinstance(answer, Trouble):
        return answer.reason is not Reason.BUDGET
    return answer.status != 304
