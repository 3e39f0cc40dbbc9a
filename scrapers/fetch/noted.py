"""Say what an exchange came to, for the coverage of a run and for the next run to begin with."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

from audit.model.exchange import BY_HAND, RECALLED, Failure, Fetched, Page, Request
from scrapers.fetch.headers import form_of
from scrapers.fetch.wire import Answer, Headers, Trouble, Validators, archive_name, sendable


def moment(last: Answer | Trouble | None) -> datetime:
    """Return the time of the last exchange; a decision that needed none has the earliest time.

    The time of the decision itself would be another one in each replay.
    """
    return last.at if last is not None else datetime(1970, 1, 1, tzinfo=UTC)


def logged(request: Request, outcome: Page | Failure) -> Fetched:
    """Return what a company's coverage and its next run need of an exchange."""
    if isinstance(outcome, Failure):
        return Fetched(
            url=request.url,
            why=request.why,
            outcome=outcome.reason.value,
            fetched_at=outcome.failed_at,
            record=outcome.record,
        )
    if outcome.saved:
        return Fetched(
            url=request.url,
            why=request.why,
            outcome=BY_HAND,
            fetched_at=outcome.fetched_at,
            record=outcome.record,
        )
    # The next run may ask for a page that was recalled as for any other.
    asked = replace(request, known="")
    etag, last_modified = ("", "") if outcome.truncated else validators_in(outcome.headers)
    return Fetched(
        url=request.url,
        why=request.why,
        outcome=RECALLED if request.known else "unchanged" if outcome.unchanged else "ok",
        fetched_at=outcome.fetched_at,
        record=outcome.record,
        size=len(outcome.body),
        etag=etag,
        last_modified=last_modified,
        asked=_asked(outcome.url, asked),
        form=form_of(request) if etag or last_modified else "",
    )


def logged_robots(request: Request, answer: Answer | Trouble) -> Fetched | None:
    """Return what the next run needs of a robots.txt; None where it could not be put on condition.

    Nothing of a platform's: one request of a run serves all companies.
    """
    if isinstance(answer, Trouble) or answer.cut or answer.status != 200 or request.platform:
        return None
    etag, last_modified = validators_in(answer.headers)
    if not (etag or last_modified):
        return None
    return Fetched(
        url=request.url,
        why="robots.txt",
        outcome="ok",
        fetched_at=answer.at,
        record=answer.record,
        size=len(answer.wire),
        etag=etag,
        last_modified=last_modified,
        asked=_asked(answer.url, request),
        form=form_of(request),
    )


def _asked(url: str, request: Request) -> str:
    """Return the name of the answer that came from an address; "" where the request says it."""
    name = archive_name(url, request)
    return name if name != request.url else ""


def validators_in(headers: Headers) -> tuple[str, str]:
    """Return the etag and the date of an answer that can be sent back; "" for none.

    An answer that varies with everything (`Vary: *`) has none. What it varies with of all that we
    send differs between two runs only in our own name: a date says nothing of that (RFC 9110,
    13.1.3), an etag does, as each form has its own (8.8.3).
    """
    varies = {
        word.strip().lower()
        for name, value in headers
        if name.lower() == "vary"
        for word in value.split(",")
    }
    etag, changed = (_first(headers, name) for name in ("etag", "last-modified"))
    if "*" in varies:
        return "", ""
    return sendable(etag), "" if "user-agent" in varies else sendable(changed)


def usable_validators(earlier: Mapping[str, Fetched]) -> dict[str, Validators]:
    """Return the validators of the last run that can be sent, by the name of the answer.

    An old or damaged history may hold texts that no header can carry; of one from before December
    2026 nobody knows what they were the answer to.
    """
    validators = {
        name: Validators(
            etag=sendable(fetched.etag),
            last_modified=sendable(fetched.last_modified),
            record=fetched.record,
            form=fetched.form,
        )
        for name, fetched in earlier.items()
        if fetched.form
    }
    return {name: each for name, each in validators.items() if each.etag or each.last_modified}


def _first(headers: Headers, name: str) -> str:
    """Return the first header of a name (in small letters), or an empty text."""
    return next((value for key, value in headers if key.lower() == name), "")
