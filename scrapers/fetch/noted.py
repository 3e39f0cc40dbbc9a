"""Say what an exchange came to, for the coverage of a run and for the next run to begin with."""

from collections.abc import Mapping
from datetime import UTC, datetime

from audit.model.exchange import Failure, Fetched, Page, Request
from scrapers.fetch.wire import Answer, Trouble, Validators, sendable


def moment(last: Answer | Trouble | None) -> datetime:
    """Return the time of the last exchange; a decision that needed none has the earliest time.

    The time of the decision itself would be another one in each replay.
    """
    return last.at if last is not None else datetime(1970, 1, 1, tzinfo=UTC)


def logged(request: Request, outcome: Page | Failure, last: Answer | Trouble | None) -> Fetched:
    """Return what a company's coverage and its next run need of an exchange.

    `last` is the answer that the page was made of; its validators are kept. A page that was cut off
    keeps none and is asked for anew: that it has not changed would not complete it.
    """
    if isinstance(outcome, Failure):
        return Fetched(
            url=request.url,
            why=request.why,
            outcome=outcome.reason.value,
            fetched_at=outcome.failed_at,
            record=outcome.record,
        )
    answer = last if isinstance(last, Answer) and not outcome.truncated else None
    return Fetched(
        url=request.url,
        why=request.why,
        outcome="unchanged" if outcome.unchanged else "ok",
        fetched_at=outcome.fetched_at,
        record=outcome.record,
        size=len(outcome.body),
        etag=sendable(answer.header("etag")) if answer is not None else "",
        last_modified=sendable(answer.header("last-modified")) if answer is not None else "",
    )


def usable_validators(earlier: Mapping[str, Fetched]) -> dict[str, Validators]:
    """Return the validators of the last run that can be sent, by address.

    An old or damaged history may hold texts that no header can carry.
    """
    validators = {
        url: Validators(
            etag=sendable(fetched.etag),
            last_modified=sendable(fetched.last_modified),
            record=fetched.record,
        )
        for url, fetched in earlier.items()
    }
    return {url: each for url, each in validators.items() if each.etag or each.last_modified}
