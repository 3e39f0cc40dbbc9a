"""The wire in place of `polite` where many processes share a run: it asks the owner of the host."""

import asyncio
from collections.abc import Callable

from audit.model.exchange import Failure, Request
from scrapers.fetch.budgeted import Span
from scrapers.fetch.lanes import lane_of
from scrapers.fetch.owners import Asked, Heard, Owners
from scrapers.fetch.wire import Answer, Trouble, Validators


class RemoteWire:
    """Brings each request to the process that owns its host, with what is left of the time.

    Lane, robots.txt, refusals and quotas live there, and so does the end of the company's time: the
    owner alone knows what is certain of a host without asking it.
    """

    def __init__(
        self, owners: Owners, span: Span, delay: float | None, clock: Callable[[], float]
    ) -> None:
        """Ask by `owners` within a span; `delay` is the company's own for its sites."""
        self._owners, self._span, self._delay = owners, span, delay
        self._clock = clock
        self._telling: dict[str, set[asyncio.Task[None]]] = {}

    async def get(self, url: str, request: Request, known: Validators | None) -> Answer | Trouble:
        """Return the owner's answer; where it ends before it answers, that of the next owner.

        What this company has told of the host arrives before its request does. The time that an
        owner's end has cost is not the company's.
        """
        await asyncio.gather(*self._telling.pop(lane_of(url), ()))
        while True:
            began = self._clock()
            asked = Asked(
                url=url,
                request=request,
                known=known,
                delay=self._delay,
                seconds=self._span.seconds,
                left=self._span.left(),
            )
            answer = await self._owners.ask(asked)
            if answer is not None:
                return answer
            self._span.lose(self._clock() - began)

    def without_asking(self, url: str, request: Request) -> None:
        """Know nothing: what is certain beforehand is known to the owner."""

    def turned_out(self, url: str, request: Request, failure: Failure) -> None:
        """Tell the owner what an answer turned out to be, where that says something of a host."""
        if request.platform:
            self._tell(Heard(url=url, request=request, failure=failure))

    def slow_down(self, url: str, seconds: float) -> None:
        """Tell the owner how long a pause the host asks for."""
        self._tell(Heard(url=url, crawl_delay=seconds))

    def _tell(self, heard: Heard) -> None:
        """Tell the owner at once where that is this process, else as soon as it can be."""
        if self._owners.tell_here(heard):
            return
        telling = asyncio.create_task(self._owners.tell(heard))
        under_way = self._telling.setdefault(lane_of(heard.url), set())
        under_way.add(telling)
        telling.add_done_callback(under_way.discard)
