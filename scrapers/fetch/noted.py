"""Say in the words of the record what an exchange came to."""

from datetime import UTC, datetime

from audit.model.exchange import Failure, Fetched, Page, Request
from audit.model.value import Reason
from scrapers.fetch.lanes import lane_of
from scrapers.fetch.wire import Answer, Trouble, sendable


def refused(failure: Failure, request: Request) -> str:
    """What a host is left alone for."""
    host = lane_of(request.url)
    if request.key is not None and failure.reason is Reason.HTTP_401:
        return f"{host} refused the key in {request.key.name} ({failure.detail})"
    return f"{host} refused a request ({failure.detail}) and was left alone for the run"


def moment(last: Answer | Trouble | None) -> datetime:
    """The time of the last exchange; a decision that needed none has the earliest time."""
    return last.at if last is not None else datetime(1970, 1, 1, tzinfo=UTC)


def logged(request: Request, found: Page | Failure, last: Answer | Trouble | None) -> Fetched:
    """What a company's coverage and its next run need of an exchange.

    A page that was cut off is asked for anew: that it has not changed would not complete it.
    """
    if isinstance(found, Failure):
        return Fetched(
            url=request.url,
            why=request.why,
            outcome=found.reason.value,
            fetched_at=found.failed_at,
            record=found.record,
        )
    answer = last if isinstance(last, Answer) and not found.truncated else None
    return Fetched(
        url=request.url,
        why=request.why,
        outcome="unchanged" if found.unchanged else "ok",
        fetched_at=found.fetched_at,
        record=found.record,
        size=len(found.body),
        etag=sendable(answer.header("etag")) if answer is not None else "",
        last_modified=sendable(answer.header("last-modified")) if answer is not None else "",
    )
