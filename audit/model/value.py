"""A measured value is Known with its proof, Absent after a full look, or Unknown with a reason."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Generic, TypeVar

PROOFS = 5
"""So many pieces of evidence are kept of a figure that rests on more."""

T_co = TypeVar("T_co", covariant=True)


class Reason(StrEnum):
    """Why something could not be read or measured; the only list of these words."""

    BLOCKED_ADDRESS = "blocked-address"
    DNS = "dns"
    CONNECTION = "connection"
    TLS = "tls"
    TIMEOUT = "timeout"
    TOO_LARGE = "too-large"
    REDIRECT_LOOP = "redirect-loop"
    TOO_MANY_REDIRECTS = "too-many-redirects"
    HTTP_400 = "http-400"
    HTTP_401 = "http-401"
    HTTP_402 = "http-402"
    HTTP_403 = "http-403"
    HTTP_404 = "http-404"
    HTTP_405 = "http-405"
    HTTP_406 = "http-406"
    HTTP_410 = "http-410"
    HTTP_451 = "http-451"
    HTTP_4XX = "http-4xx"
    HTTP_500 = "http-500"
    HTTP_502 = "http-502"
    HTTP_503 = "http-503"
    HTTP_504 = "http-504"
    HTTP_5XX = "http-5xx"
    HTTP_999 = "http-999"
    HTTP_OTHER = "http-other"
    RATE_LIMITED = "rate-limited"
    ROBOTS = "robots"
    ROBOTS_UNREACHABLE = "robots-unreachable"
    LOGIN_WALL = "login-wall"
    CAPTCHA = "captcha"
    BAD_CONTENT = "bad-content"
    UNSUPPORTED_SCHEME = "unsupported-scheme"
    BROWSER = "browser"
    NOT_PUBLIC = "not-public"
    NEEDS_KEY = "needs-key"
    DRIFT = "drift"
    BUDGET = "budget"
    NOT_CHECKED = "not-checked"
    TOO_LITTLE_DATA = "too-little-data"
    INTERNAL_ERROR = "internal-error"
    INTERRUPTED = "interrupted"
    STORAGE = "storage"

    @classmethod
    def of_status(cls, status: int) -> "Reason":
        """Return the reason for an HTTP status that is not a success.

        Its own where it has one (`http-404`), else that of its class: `http-4xx` for 418.
        """
        # Only statuses that call for a remedy of their own have a word; 418 or 522 are of a class.
        exact = f"http-{status}"
        if exact in cls._value2member_map_:
            return cls(exact)
        if 400 <= status < 500:
            return cls.HTTP_4XX
        return cls.HTTP_5XX if 500 <= status < 600 else cls.HTTP_OTHER


GONE = frozenset({Reason.HTTP_404, Reason.HTTP_410})
"""Answers that say that a page is not there for anybody; no other failure tells that."""


class Qualifier(StrEnum):
    """What travels with a value: it is right, but a reader must know how it came about.

    `truncated`: it rests on a part, as a list was cut off or something could not be read;
    `estimate`, beside that: the whole was estimated from the part, so that it may be less as well
    as more (`audit/model/bounds.py`); `manual`: a person read it; `saved`: it was read from a page
    that a person saved.
    """

    TRUNCATED = "truncated"
    ESTIMATE = "estimate"
    MANUAL = "manual"
    SAVED = "saved"


SAVED = "saved/"
"""How the record of a saved page begins, wherever its folder lies."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Where a value was seen: address, time of fetch (UTC), rule, words, archive record.

    `record` is `FILE#OFFSET` of the WARC record that holds the bytes, `FILE:LINE` of
    competitors.yaml for what a person wrote, or `saved/FILE#sha256-DIGEST` for a page that a person
    saved, of which nothing is archived; empty where the disk could not take the record.
    """

    url: str
    fetched_at: datetime
    rule: str
    excerpt: str
    record: str

    @property
    def saved(self) -> bool:
        """Tell whether it is a page that a person saved."""
        return self.record.startswith(SAVED)

    @property
    def file(self) -> str:
        """Return the file that holds what was seen, whose name may have a # in it."""
        return self.record.rpartition("#")[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Known(Generic[T_co]):
    """A value that was seen, with its proof; a real zero is Known(value=0).

    `exact` is False where the source rounds ("1.2K").
    """

    value: T_co
    evidence: tuple[Evidence, ...]
    exact: bool = True
    qualifiers: tuple[Qualifier, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Absent:
    """Looked for everywhere it would be, and not there; never used for "could not look".

    `evidence` shows that there was a look.
    """

    evidence: tuple[Evidence, ...] = ()
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknown:
    """Could not be seen or measured, and why; never counted as zero, nor as absent."""

    reason: Reason
    detail: str = ""


def with_saved(value: Known[T_co]) -> Known[T_co]:
    """Return a value marked as read from a saved page, where any of its proof is one."""
    is_marked = Qualifier.SAVED in value.qualifiers
    if is_marked or not any(proof.saved for proof in value.evidence):
        return value
    return replace(value, qualifiers=(*value.qualifiers, Qualifier.SAVED))


def evidence_of(value: "Known[object] | Absent | Unknown") -> tuple[Evidence, ...]:
    """Return the evidence of a value, also of one that is absent; an unknown one has none."""
    return () if isinstance(value, Unknown) else value.evidence


Number = Known[int] | Known[float] | Absent | Unknown
Moment = Known[datetime] | Absent | Unknown


TOO_FAR_AHEAD = timedelta(hours=48)
"""How far after the visit a date may lie and still be that of something published.

Posts beyond it are flagged `future` and not counted (docs/glossary.md, Dates).
"""


class DateSource(StrEnum):
    """Where a date was read, in the order in which it is trusted (docs/glossary.md, Dates)."""

    API = "api"
    FEED = "feed"
    ID = "id"
    """Decoded from the number of a post, which holds the time at which it was made."""

    JSON_LD = "json-ld"
    TIME = "time"
    META = "meta"
    TEXT = "text"
    URL = "url"
    AGO = "ago"
    """Counted back from the visit: "3 days ago"."""

    NO_YEAR = "no-year"
    """A day without its year, taken in the latest one that it can have in a list."""

    SITEMAP = "sitemap"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """A time in UTC with its source; made by the parsers, sources and platforms.

    `day_only` where the source gave no hour. `ambiguous` where day and month could be the other way
    round, as in "03/04/2024", or where only a month or a year ago is told.
    """

    at: datetime
    source: DateSource
    day_only: bool = False
    ambiguous: bool = False
