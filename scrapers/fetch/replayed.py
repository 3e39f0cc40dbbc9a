"""Answers that were archived, in place of the network: the same values, no request, no delay."""

import json
from collections import defaultdict, deque
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime

from audit.model.exchange import Failure, Kind, Page, Request
from audit.model.value import Reason
from scrapers.fetch.archive import remembered_as
from scrapers.fetch.wire import (
    DRAWN,
    Answer,
    NothingSaved,
    Part,
    Trouble,
    Validators,
    archive_name,
)

NEVER = datetime(1970, 1, 1, tzinfo=UTC)
"""The time of what the archive does not hold: the same in each replay."""


class ReplayedWire(NothingSaved):
    """Gives the answers of each name in their order; the last one stays.

    It stands in place of the whole stack. What the live wires refused to ask, for want of time or
    for a host's sake, is in the archive with its reason like any other answer.
    """

    def __init__(self, answers: Iterable[Answer | Trouble]) -> None:
        """Give these answers, whose `url` is the name that they were archived under."""
        self._answers: dict[str, deque[Answer | Trouble]] = defaultdict(deque)
        for answer in answers:
            self._answers[answer.url].append(answer)

    async def get(self, url: str, request: Request, known: Validators | None) -> Answer | Trouble:
        """Return what was archived; what was not is `not-checked`.

        An archive of another program may hold no robots.txt: then there is none (404).
        """
        del known
        answer = self._next(archive_name(url, request))
        if answer is not None:
            return replace(answer, url=url)
        if request.kind is Kind.ROBOTS:
            return Answer(url=url, status=404, headers=(), wire=b"", at=NEVER)
        return Trouble(url=url, reason=Reason.NOT_CHECKED, detail="not in the archive", at=NEVER)

    async def draw(self, page: Page, part: Part) -> Answer | Trouble:
        """Return the page as it was drawn then, without a browser."""
        del part
        url = page.url + DRAWN
        answer = self._next(url)
        if answer is not None:
            return answer
        return Trouble(url=url, reason=Reason.BROWSER, detail="not drawn then", at=page.fetched_at)

    def turned_out(self, url: str, request: Request, failure: Failure) -> None:
        """Take no notice: nobody is asked."""

    def slow_down(self, url: str, seconds: float) -> None:
        """Take no notice: a replay takes no time."""

    def remembered(self, name: str, make: Callable[[], object]) -> object:
        """Return the value that was kept then; None where there was none, or it is damaged."""
        del make
        answer = self._next(remembered_as(name))
        if not isinstance(answer, Answer):
            return None
        try:
            value: object = json.loads(answer.wire)
        except (ValueError, RecursionError):
            return None
        return value

    def _next(self, name: str) -> Answer | Trouble | None:
        """Return the next answer of a name, or the last one again; None where there is none."""
        answers = self._answers.get(name)
        if not answers:
            return None
        return answers.popleft() if len(answers) > 1 else answers[0]
