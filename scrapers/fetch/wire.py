"""One address, one answer: the values and the protocols that all wires of the fetch room share.

A conversation (`conversation.py`) asks robots.txt first, follows redirects and turns answers into
pages. It talks over a stack of wires, each with one duty, each over the next one below:

    conversation           one company's talk with the web
       │
    saved                  pages that a person saved: asked of nobody, kept nowhere
       │
    archived ── drawn      archived: keeps in a WARC file whatever comes, asks what has changed
       │                   drawn: the page as a browser draws it (browser, drawing, chromium)
    budgeted               the time of a company: once it is over nothing more is asked
       │
    polite                 all that is true of a host, shared by the companies of a run: its lane
       │                   and pause, its robots.txt, second tries, the quota of a key; the only
       │                   place that decides to leave a host alone
    budgeted               the same time again: it may run out while a request waits its turn
       │
    sending                one try: address judged, key put on, httpx, limits of size and time

    replayed               in place of all below `saved`: answers that were archived, no network
    remote                 in place of all below `archived`, where many processes share a run: asks
                           the process that owns the host, which has those wires

`Fetcher` (`http.py`) puts the stack together for each company, `Replayer` (`replay.py`) replays.
What goes down a wire is an address with its `Request` and perhaps `Validators`; what comes up is an
`Answer` or a `Trouble`. All four are plain values, so that one wire can stand in another process
than the next: whoever visits a company never knows who owns the lane of a host.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Protocol

from audit.model.exchange import Failure, Page, Request
from audit.model.value import Reason
from scrapers.session import SavedOf

Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The answer of a server; `wire` is its body as received, before Content-Encoding is undone.

    `cut`: reading stopped before the body's end. `record` is its place in the archive
    (`FILE#OFFSET`) once it is kept. `refers_to` is set for a 304 only: the record whose body holds.
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
        """Return the first header of that name (in small letters), or an empty text."""
        return next((value for key, value in self.headers if key.lower() == name), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """No answer came; `detail` says in words for the workbook why, `reason` in one word."""

    url: str
    reason: Reason
    detail: str
    at: datetime
    record: str = ""


def no_answer(url: str, reason: Reason, detail: str) -> Trouble:
    """Return the trouble of an address that has no answer; its time is now."""
    return Trouble(url=url, reason=reason, detail=detail, at=datetime.now(UTC))


@dataclass(frozen=True, slots=True, kw_only=True)
class Validators:
    """Etag and date that a server gave for an address, and the record that holds its body.

    `form` is a digest of the question that they belong to (`headers.form_of`).
    """

    etag: str
    last_modified: str
    record: str
    form: str


VALIDATORS = frozenset({"etag", "last-modified"})
VALIDATOR_CHARACTERS = 1_000


def sendable(validator: str) -> str:
    """Return a validator if it can be sent back; "" if it is too long or no printable ASCII."""
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

    async def get(self, url: str, request: Request, known: Validators | None) -> Answer | Trouble:
        """Bring the answer of `url`, an address on the request's way; never raise for the world.

        `known` makes it a conditional request, which may be answered by a 304.
        """

    def without_asking(self, url: str, request: Request) -> Answer | Trouble | None:
        """Return what is certain before anybody is asked, or None where the host must be asked.

        For example the robots.txt that another company has read, or the refusal of a host.
        """

    def turned_out(self, url: str, request: Request, failure: Failure) -> None:
        """Hear that the answer of `url` was none after all, as a captcha with status 200 is not."""

    def slow_down(self, url: str, seconds: float) -> None:
        """Hear that the host of an address asks for so long a pause between two requests."""


class TopWire(Protocol):
    """The wire that a conversation talks over: `saved`, above `archived` or `replayed`."""

    async def get(self, url: str, request: Request, known: Validators | None) -> Answer | Trouble:
        """Bring the answer of `url`, with its record; see `Wire.get`."""

    async def draw(self, page: Page, part: Part) -> Answer | Trouble:
        """Bring the page as a browser draws it: its HTML, and its requests in a header."""

    def turned_out(self, url: str, request: Request, failure: Failure) -> None:
        """Hear what the answer of an address turned out to be; see `Wire.turned_out`."""

    def slow_down(self, url: str, seconds: float) -> None:
        """Hear how long a pause a host asks for; see `Wire.slow_down`."""

    def remembered(self, name: str, make: Callable[[], object]) -> object:
        """Return a JSON value that a replay must find again: made and archived, or read there."""

    def at_hand(self, url: str, request: Request) -> Answer | Trouble | None:
        """Return what is there without asking anybody, so that no robots.txt matters; else None."""

    def saved_page(self, url: str) -> Answer | None:
        """Return the page that a person saved of the profile at an address; None for none."""

    def saved_of(self, websites: Sequence[str]) -> SavedOf:
        """Return what a person saved of a company with these websites."""


class NothingSaved:
    """The part of a top wire that has no saved pages."""

    def at_hand(self, url: str, request: Request) -> Answer | Trouble | None:
        """Return None: everything has to be asked for."""
        del url, request
        return None

    def saved_page(self, url: str) -> Answer | None:
        """Return that nobody saved it."""
        del url
        return None

    def saved_of(self, websites: Sequence[str]) -> SavedOf:
        """Return nothing."""
        del websites
        return SavedOf()


class Over:
    """A wire over another one: what is not its own duty it passes on."""

    def __init__(self, below: Wire) -> None:
        """Stand over the wire `below`."""
        self._below = below

    async def get(self, url: str, request: Request, known: Validators | None) -> Answer | Trouble:
        """Pass on; see `Wire.get`."""
        return await self._below.get(url, request, known)

    def without_asking(self, url: str, request: Request) -> Answer | Trouble | None:
        """Pass on; see `Wire.without_asking`."""
        return self._below.without_asking(url, request)

    def turned_out(self, url: str, request: Request, failure: Failure) -> None:
        """Pass on; see `Wire.turned_out`."""
        self._below.turned_out(url, request, failure)

    def slow_down(self, url: str, seconds: float) -> None:
        """Pass on; see `Wire.slow_down`."""
        self._below.slow_down(url, seconds)


def archive_name(url: str, request: Request) -> str:
    """Return the name of an exchange in the archive: its address, alone or with a digest.

    A POST, a wish for another form and a key can each bring another answer from one address, so
    those have a digest of what was asked behind it: `https://a.example/q#asked-0123456789abcdef`.
    What a record of an earlier run answers has the digest of its place behind it.
    """
    key = request.key.name if request.key is not None else ""
    if request.known:
        return f"{url}#recalled-{_digest(request.known)}"
    if not (request.body or request.accept or key):
        return url
    wishes = "\n".join((request.body, request.accept, key))
    return f"{url}#asked-{_digest(wishes)}"


def _digest(text: str) -> str:
    """Return sixteen digits that tell one text from another."""
    return sha256(text.encode("utf-8", "replace")).hexdigest()[:16]
