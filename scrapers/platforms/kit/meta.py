"""What the pages and interfaces of Meta have in common (developers.facebook.com: Graph API)."""

import re

from audit.model.exchange import Failure
from audit.model.value import Reason, Unknown
from scrapers.parse.values import count_of, field, json_of, text_of

_TITLE = re.compile(r"(?P<name>.*?)\s*\(?@(?P<handle>[A-Za-z0-9_.]{1,30})\)?(?=\s|$)")
_LIMITS = frozenset({4, 17, 32, 613, *range(80_000, 80_015)})
"""The codes by which the interface says that too much was asked of it."""


def handle_in(title: str) -> tuple[str, str]:
    """The name and the handle of a title such as `Acme Pumps (@acme) • …`; empty where none."""
    found = _TITLE.match(title)
    return (found["name"], found["handle"].rstrip(".")) if found is not None else ("", "")


def error_code(failure: Failure) -> int | None:
    """The number by which the interface says what went wrong."""
    return count_of(field(json_of(failure.body), "error", "code"))


def error_reason(failure: Failure) -> Unknown:
    """Why the interface gave nothing, in its own words."""
    said = text_of(field(json_of(failure.body), "error", "message"), 200)
    limited = error_code(failure) in _LIMITS
    return Unknown(
        reason=Reason.RATE_LIMITED if limited else failure.reason,
        detail=f"{failure.detail}: {said}" if said else failure.detail,
    )
