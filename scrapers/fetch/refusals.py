"""How a platform's host refuses, and the words that every company reads of it.

The first company that is refused and those that come too late read the same words: which of them
was first is chance, and must not show in any result.
"""

from dataclasses import replace

from audit.model.exchange import Failure, Request
from audit.model.value import Reason
from scrapers.fetch.lanes import lane_of

STATUSES = frozenset({401, 403, 429, 999})
"""After the first of these a platform's host is left alone for the run; 999 is LinkedIn's."""

REASONS = frozenset(
    {Reason.HTTP_401, Reason.HTTP_403, Reason.HTTP_999, Reason.RATE_LIMITED, Reason.CAPTCHA}
)
"""The same in reason words, with what only the reader of a body knows: a captcha."""


def refusal_words(url: str, detail: str, request: Request, reason: Reason) -> str:
    """Say what the host of `url` is left alone for; a refused key is named.

    For example "a.example refused a request (HTTP 403) and was left alone for the run".
    """
    host = lane_of(url)
    if request.key is not None and reason is Reason.HTTP_401:
        return f"{host} refused the key in {request.key.name} ({detail})"
    return f"{host} refused a request ({detail}) and was left alone for the run"


def as_all_read_it(url: str, request: Request, failure: Failure) -> Failure:
    """Return the failure of a platform's request in the words for all; others as they are."""
    if not request.platform or failure.reason not in REASONS:
        return failure
    words = refusal_words(url, failure.detail, request, failure.reason)
    return replace(failure, detail=words)
