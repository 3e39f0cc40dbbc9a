"""The time of a company: once it is over, nothing more is asked for it."""

from collections.abc import Callable

from audit.model.exchange import Request
from audit.model.value import Reason
from scrapers.fetch.wire import Answer, Over, Trouble, Validators, Wire, no_answer


class Span:
    """The time in which a company may ask, by a clock that counts seconds."""

    def __init__(
        self, seconds: float, clock: Callable[[], float], waited: Callable[[], float] = lambda: 0.0
    ) -> None:
        """Begin now, and end after so many seconds.

        `waited` tells for how many seconds the company has had to wait for others so far: for a
        worker that reads other companies' answers. That time is not its own.
        """
        self.seconds, self._clock, self._waited = seconds, clock, waited
        self._lost = 0.0
        self._until = self._own_time() + seconds

    @classmethod
    def going_on(cls, seconds: float, left: float, clock: Callable[[], float]) -> "Span":
        """Return a span of so many seconds that began elsewhere, and of which so much is left."""
        span = cls(seconds, clock)
        span._until = span._own_time() + left
        return span

    def left(self) -> float:
        """Return the seconds until the end; none are left where they are negative."""
        return self._until - self._own_time()

    def lose(self, seconds: float) -> None:
        """Take no account of so many seconds, which passed through no doing of the company."""
        self._lost += seconds

    def is_over(self) -> bool:
        """Tell whether the end has passed."""
        return self._own_time() > self._until

    def renew(self) -> None:
        """Begin a new span of the same length, as for the profiles after the website."""
        self._until = self._own_time() + self.seconds

    def _own_time(self) -> float:
        """Return the clock without what the company has waited for others."""
        return self._clock() - self._waited() - self._lost


class BudgetedWire(Over):
    """Asks while a company has time, and then answers only what needs no asking."""

    def __init__(self, span: Span, below: Wire) -> None:
        """Ask over `below` within a span; wires over and under the lane of a host share it."""
        super().__init__(below)
        self._span = span

    async def get(self, url: str, request: Request, known: Validators | None) -> Answer | Trouble:
        """Pass the request on, or return what is certain already, else the reason `budget`.

        What is known of a host goes before the time: a host that has refused is named as refused
        in the workbook, however late it is.
        """
        if not self._span.is_over():
            return await self._below.get(url, request, known)
        over = f"{self._span.seconds:.0f} s for one company are over"
        settled = self._below.without_asking(url, request)
        return settled if settled is not None else no_answer(url, Reason.BUDGET, over)
