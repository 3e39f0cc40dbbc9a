"""What goes over the wire: requests, and the pages or failures that come of them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from audit.model.company import PointedFigure, PointedSection
from audit.model.value import SAVED, Evidence, Reason


class Opens(StrEnum):
    """What of a profile a key makes known that the comparison needs, beside all else that it adds.

    `posts` stands for the day of the last one and for posts a week, too.
    """

    AUDIENCE = "audience"
    POSTS = "posts"


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """An access to an official interface, given by the user in environment variables.

    Defined by the platform that uses it. Each of `variables` must be set. `host` is the only host
    (with its port, if any) that gets the key. `headers` (`Name: value`), `query` (`name=value`) and
    `path` (put before the path) may name the variables in braces, and `{token}`: what `grant`, an
    OAuth token address, gives for the first two variables as client id and secret. Those that a
    platform does not use are empty. `calls` is the quota: requests of one run at most. `adds` says
    in words what the key makes readable; `opens` which cells of the comparison, none for a key of
    ratings. `own_only`: it opens those profiles alone that its owner administers. How to get it is
    told in docs/keys.md, in a section that bears the platform's name.
    """

    variables: tuple[str, ...]
    host: str
    adds: str
    headers: tuple[str, ...] = ()
    query: str = ""
    path: str = ""
    grant: str = ""
    calls: int = 500
    opens: frozenset[Opens] = frozenset()
    own_only: bool = False

    @property
    def name(self) -> str:
        """Return the variable by which people know the key."""
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
    """One address to get; made by the plan, the walk of a site, and the readers of platforms.

    `why` says in a word what led there (start, sitemap, nav, feed …), `depth` how many links lie
    between. `source` names the reader of a public interface, for requests of the kind `data`. A
    request of a platform's reader (`platform`) stops its host for the run where it is refused, and
    `pace` times the usual delay follows it. `body` makes it a POST of JSON; `accept` replaces the
    Accept header of its kind. `key` is sent to the key's own host only. Of a `private` one nothing
    is kept or noted: neither address nor answer. `section` and `figures` are what a person points
    at on the page: None and empty for most. `known` is the record of an earlier run that answers in
    place of the server: nothing is asked then.
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
    section: PointedSection | None = None
    figures: tuple[PointedFigure, ...] = ()
    known: str = ""


RECALLED = "recalled"
"""The outcome of a page that was taken from the archive of an earlier run, and not asked for."""

BY_HAND = "saved"
"""The outcome of a page that a person saved, and that was not asked for."""


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

    Made by `scrapers/fetch`. `truncated`: the body was cut off at the limit of its kind, or broke
    off. `unchanged`: the server said that nothing has changed (304), and `body` and `record` are
    those of an earlier run. Of a page `drawn` by a browser, `body` is what it came to and
    `requests` what it asked for; else there are none. `record` is empty where the disk could not
    take the archive.
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
        """Return the first header of that name, in any case of letters, or an empty text."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), "")

    @property
    def saved(self) -> bool:
        """Tell whether a person saved it, so that nothing of it may be kept but what is read."""
        return self.record.startswith(SAVED)

    def proof(self, rule: str, excerpt: str) -> Evidence:
        """Return this answer as the evidence of what a rule read in it; `excerpt` is clean text."""
        return Evidence(
            url=self.url,
            fetched_at=self.fetched_at,
            rule=rule,
            excerpt=excerpt,
            record=self.record,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """An address that gave no content, with the reason; made in place of a `Page`.

    `record` names the archived answer; it is empty where there was none (no connection, a refusal
    of ours). `body` is what a server said with its refusal: for a platform's reader it may tell
    which.
    """

    url: str
    reason: Reason
    detail: str
    failed_at: datetime
    record: str = ""
    body: bytes = b""

    def proof(self, rule: str) -> Evidence:
        """Return this answer as the evidence of what a rule concludes from it."""
        return Evidence(
            url=self.url,
            fetched_at=self.failed_at,
            rule=rule,
            excerpt=self.detail,
            record=self.record,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """One exchange of a visit as the coverage sheet and the next run need it.

    `outcome` is `ok`, `unchanged` (304), `recalled`, `saved` or a reason word. `etag` and
    `last_modified` are the validators that the server gave, for the conditional request of the next
    run; empty where it gave none, or the page was cut off: that it has not changed would not
    complete it.
    `size` is in bytes, 0 for a failure. `asked` is the name of the answer in the archive where that
    is not `url`, as behind redirects; `form` a digest of what was asked for beside the address, as
    only the same question may be put on condition: empty without validators.
    """

    url: str
    why: str
    outcome: str
    fetched_at: datetime
    record: str
    size: int = 0
    etag: str = ""
    last_modified: str = ""
    asked: str = ""
    form: str = ""


class RobotsState(StrEnum):
    """What the fetch of robots.txt came to: rules, none (all is allowed), or no answer."""

    RULES = "rules"
    NO_RULES = "no-rules"
    UNREACHABLE = "unreachable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Robots:
    """The robots.txt of one origin (scheme and host); made by `scrapers/fetch/robots.py`.

    `detail` says what went wrong where it could not be read. `crawl_delay` is in seconds, 0 where
    none is asked for. `kept` is the exchange as the next run needs it, where it came with a
    validator.
    """

    origin: str
    state: RobotsState
    detail: str
    sitemaps: tuple[str, ...]
    crawl_delay: float
    kept: Fetched | None = None
