"""What goes over the wire: requests, and the pages or failures that come of them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from audit.model.value import Evidence, Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """An access to an official interface, given by the user in environment variables.

    Each of `variables` must be set. `host` is the only host (with its port, if any) that gets the
    key. `headers` (`Name: value`), `query` (`name=value`) and `path` (put before the path) may name
    the variables in braces, and `{token}`: what `grant`, an OAuth token address, gives for the
    first two variables as client id and secret. `calls` is the quota: requests of one run at most.
    `adds` says in words what the key makes readable.
    """

    variables: tuple[str, ...]
    host: str
    adds: str
    headers: tuple[str, ...] = ()
    query: str = ""
    path: str = ""
    grant: str = ""
    calls: int = 500

    @property
    def name(self) -> str:
        """The variable by which people know the key."""
        return self.variables[0]


class Kind(StrEnum):
    """What a request is for; limits of size and the Accept header follow from it."""

    PAGE = "page"
    FEED = "feed"
    SITEMAP = "sitemap"
    ROBOTS = "robots"
    DATA = "data"
    """What a public interface of known software answers, as JSON or a feed."""

    PART = "part"
    """A script or other part that a page asks for while a browser draws it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One address to get; `why` says in a word what led there (start, sitemap, nav, feed …).

    `source` names the reader of a public interface, for requests of the kind `data`. A request of
    a platform's reader (`platform`) stops its host for the run where it is refused, and `pace`
    times the usual delay follows it. `body` makes it a POST of JSON. `key` is sent to the key's own
    host only. Of a `private` one nothing is kept or noted: neither address nor answer.
    """

    url: str
    kind: Kind = Kind.PAGE
    why: str = ""
    depth: int = 0
    source: str = ""
    platform: str = ""
    pace: float = 1.0
    body: str = ""
    key: Key | None = None
    private: bool = False
    accept: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """A request that a page made while a browser drew it.

    `kind` is the browser's word (script, xhr …); `outcome` is `ok`, a reason word, `not-loaded`
    (images and the like), `not-sent` (not a GET) or `not-followed` (another page).
    """

    url: str
    kind: str
    outcome: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A successful answer: `url` after redirects, decoded body bytes, archive record.

    Of a page drawn by a browser, `body` is what it came to and `requests` what it asked for.
    """

    url: str
    requested_url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    fetched_at: datetime
    record: str
    truncated: bool = False
    unchanged: bool = False
    drawn: bool = False
    requests: tuple[Loaded, ...] = ()

    def header(self, name: str) -> str:
        """The first header of that name, or an empty text."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), "")

    def proof(self, rule: str, excerpt: str) -> Evidence:
        """Give this answer as the evidence of what a rule read in it; `excerpt` is clean text."""
        return Evidence(
            url=self.url,
            fetched_at=self.fetched_at,
            rule=rule,
            excerpt=excerpt,
            record=self.record,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """An address that gave no content, with the reason; `record` names the archived answer.

    `body` is what a server said with its refusal: for a platform's reader it may tell which.
    """

    url: str
    reason: Reason
    detail: str
    failed_at: datetime
    record: str = ""
    body: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """One exchange of a visit as the coverage sheet and the next run need it.

    `outcome` is `ok`, `unchanged` (304) or a reason word; `etag` and `last_modified` are the
    validators that the server gave, for the conditional request of the next run.
    """

    url: str
    why: str
    outcome: str
    fetched_at: datetime
    record: str
    size: int = 0
    etag: str = ""
    last_modified: str = ""


class RobotsState(StrEnum):
    """What the fetch of robots.txt came to."""

    RULES = "rules"
    NO_RULES = "no-rules"
    UNREACHABLE = "unreachable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Robots:
    """The robots.txt of one origin; `crawl_delay` in seconds, 0 where none is asked for."""

    origin: str
    state: RobotsState
    detail: str
    sitemaps: tuple[str, ...]
    crawl_delay: float
