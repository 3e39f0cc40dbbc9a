"""The lowest layer: one address, one answer. Live or from the archive, the same values."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from audit.model.value import Reason
from audit.model.web import Kind, Page

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


DRAWN = "#drawn"
"""Behind an address: the record of the page as a browser drew it."""

REQUESTS = "social-audit-requests"
"""The header of such a record that lists the requests: JSON of [address, kind, outcome]."""

Part = Callable[[str], Awaitable[Page | str]]
"""Brings a part of a page within the rules, or says in a reason word why not."""


class Wire(Protocol):
    """Whoever can bring the answer of one address, without following where it points."""

    async def get(
        self, url: str, kind: Kind, validators: Mapping[str, Validators]
    ) -> Answer | Trouble:
        """Bring the answer of an address; never raises for what the world does."""

    async def draw(self, page: Page, part: Part) -> Answer | Trouble:
        """Bring the page as a browser draws it: its HTML, and its requests in a header."""
