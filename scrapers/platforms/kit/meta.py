"""What the pages and interfaces of Meta have in common (developers.facebook.com: Graph API)."""

import re

from audit.model.exchange import Failure
from audit.model.value import Reason, Unknown
from scrapers.parse.values import count_of, field, json_of, text_of

_TITLE = re.compile(r"(?P<name>.*?)\s*\(?@(?P<handle>[A-Za-z0-9_.]{1,30})\)?(?=\s|$)")
_LIMITS = frozenset({4, 17, 32, 613, *range(80_000, 80_015)})
"""The codes by which the interface says that too much was asked of it."""


def handle_in(title: str) -> tuple[str, str]:
    """Return the name and the handle of a page's title; ("", "") where it holds none.

    `Acme Pumps (@acme) • Instagram photos` gives ("Acme Pumps", "acme").
    """
    match = _TITLE.match(title)
    # Handles may hold dots, but a dot at the end belongs to the sentence of the title.
    return (match["name"], match["handle"].rstrip(".")) if match is not None else ("", "")


def error_code(failure: Failure) -> int | None:
    """Return the number by which the Graph API says what went wrong; None where it says none."""
    return count_of(field(json_of(failure.body), "error", "code"))


def error_reason(failure: Failure) -> Unknown:
    """Say why the Graph API gave nothing, with its own words behind the failure's.

    The status does not tell a caller over a limit from one who may not ask at all: the code does,
    `{"error": {"code": 4, "message": "(#4) Application request limit reached"}}`.
    """
    message = text_of(field(json_of(failure.body), "error", "message"), 200)
    limited = error_code(failure) in _LIMITS
    return Unknown(
        reason=Reason.RATE_LIMITED if limited else failure.reason,
        detail=f"{failure.detail}: {message}" if message else failure.detail,
    )
