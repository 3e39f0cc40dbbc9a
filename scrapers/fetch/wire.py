"""The lowest layer: one address, one answer. Live or from the archive, the same values."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Protocol

from audit.model.exchange import Key, Page, Request
from audit.model.value import Reason

Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a server said: the body as received, `cut` where reading stopped before its end.

    `refers_to` is the archived record whose body still holds, for a 304.
    """

    url: str
    status: int
    headers: Headers
    wire: bytes
    at: datetime
    record: str = ""
    cut: bool = False
    refers_to: str = ""

    def header(self, name: str) -> str:
        """The first header of that name, or an empty text."""
        return next((value for key, value in self.headers if key.lower() == name), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """No answer, and why."""

    url: str
    reason: Reason
    detail: str
    at: datetime
    record: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Validators:
    """What a conditional request needs: the server's validators, and where the body is kept."""

    etag: str
    last_modified: str
    record: str


VALIDATORS = frozenset({"etag", "last-modified"})
VALIDATOR_CHARACTERS = 1_000


def sendable(validator: str) -> str:
    """A validator as it can be sent back; empty for one that is too long or no printable ASCII."""
    plain = validator.isascii() and validator.isprintable()
    return validator if plain and len(validator) <= VALIDATOR_CHARACTERS else ""


DRAWN = "#drawn"
"""Behind an address: the record of the page as a browser drew it."""

REQUESTS = "social-audit-requests"
"""The header of such a record that lists the requests: JSON of [address, kind, outcome]."""

Part = Callable[[str], Awaitable[Page | str]]
"""Brings a part of a page within the rules, or says in a reason word why not."""


class Wire(Protocol):
    """Whoever can bring the answer of one address, without following where it points."""

    async def get(
        self, url: str, request: Request, validators: Mapping[str, Validators]
    ) -> Answer | Trouble:
        """Bring the answer of an address on the request's way; never raises for the world."""

    async def draw(self, page: Page, part: Part) -> Answer | Trouble:
        """Bring the page as a browser draws it: its HTML, and its requests in a header."""

    def stop(self, url: str, reason: Reason, detail: str) -> None:
        """Leave the host of an address alone for the rest of the run."""

    def renew(self) -> None:
        """Begin the company's span of time anew."""

    def keys(self, wanted: Sequence[Key]) -> frozenset[str]:
        """The names of those keys that are there."""

    def remembered(self, name: str, make: Callable[[], object]) -> object:
        """A JSON value that a replay must find again: made and archived, or read from there."""


def named(url: str, request: Request) -> str:
    """The name of an exchange in the archive: the address, with a digest of what else was asked.

    A POST, a wish for another form and a key can each bring another answer from one address.
    """
    key = request.key.name if request.key is not None else ""
    if not (request.body or request.accept or key):
        return url
    asked = "\n".join((request.body, request.accept, key))
    return f"{url}#asked-{sha256(asked.encode('utf-8', 'replace')).hexdigest()[:16]}"
