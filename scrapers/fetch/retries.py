"""Try again where a second try may help, when the server says so or a little later."""

import random
from collections.abc import Awaitable, Callable
from datetime import UTC
from email.utils import parsedate_to_datetime

from tenacity import AsyncRetrying, RetryCallState, retry_if_result, stop_after_attempt

from audit.model.value import Reason
from scrapers.fetch.limits import RETRY_AFTER_SECONDS, RETRY_STATUS
from scrapers.fetch.wire import Answer, Trouble

_RETRY_REASONS = frozenset({Reason.CONNECTION, Reason.TIMEOUT, Reason.DNS})


async def tried(
    ask: Callable[[], Awaitable[Answer | Trouble]],
    *,
    again: Callable[[Answer | Trouble], bool],
    tries: int,
    sleep: Callable[[float], Awaitable[None]],
) -> Answer | Trouble:
    """Ask up to `tries` times, as long as `again` says so of the answer; return the last answer.

    `ask` is a coroutine function, perhaps in a `partial`: what a lambda returns is taken by
    tenacity 9 for the answer itself, and nothing is awaited.
    """
    retrying = AsyncRetrying(
        stop=stop_after_attempt(tries),
        wait=_pause,
        retry=retry_if_result(again),
        sleep=sleep,
        retry_error_callback=_last_answer,
    )
    answer: Answer | Trouble = await retrying(ask)
    return answer


def may_help(answer: Answer | Trouble) -> bool:
    """Tell whether a second try may help, and the server would not rather be left alone."""
    if isinstance(answer, Trouble):
        return answer.reason in _RETRY_REASONS
    return answer.status in RETRY_STATUS and retry_after(answer) <= RETRY_AFTER_SECONDS


def retry_after(answer: Answer) -> float:
    """Return the seconds that the server asks to wait; 0.0 where it says nothing that holds.

    The header is a number of seconds or a date (RFC 9110, 10.2.3). It counts only with a status
    that a second try may mend.
    """
    wish = answer.header("retry-after").strip()
    if not wish or answer.status not in RETRY_STATUS:
        return 0.0
    if wish.isascii() and wish.isdigit():
        return float(wish[:9])  # nine digits are thirty years; a longer number may be any length
    try:
        at = parsedate_to_datetime(wish)
        # A date with the zone -0000 comes back without one.
        at = at.replace(tzinfo=UTC) if at.tzinfo is None else at
        return max(0.0, (at - answer.at).total_seconds())
    except (ValueError, TypeError, OverflowError, IndexError):
        return 0.0


def _pause(state: RetryCallState) -> float:
    """Return how long to wait: as the server asks, at least 1 s and then 2 s, with jitter."""
    answer = state.outcome.result() if state.outcome is not None else None
    wish = retry_after(answer) if isinstance(answer, Answer) else 0.0
    jitter = random.uniform(0.0, 0.25)  # noqa: S311 - no secret
    return max(wish, float(state.attempt_number)) + jitter


def _last_answer(state: RetryCallState) -> Answer | Trouble:
    """Return the last answer where all tries are used up; tenacity would raise RetryError."""
    if state.outcome is None:
        raise RuntimeError("a retry ended without an outcome")
    answer: Answer | Trouble = state.outcome.result()
    return answer
