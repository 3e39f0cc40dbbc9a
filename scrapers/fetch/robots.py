"""Read robots.txt as RFC 9309 asks, with the answers that the fetch itself gives."""

from dataclasses import dataclass

from protego import Protego

from audit.model.exchange import Kind, Robots, RobotsState
from audit.model.value import Reason
from scrapers.fetch.decode import UndecodableError, decoded
from scrapers.fetch.robots_groups import MAX_SITEMAPS, own_groups
from scrapers.fetch.wire import Answer, Trouble
from scrapers.parse.charset import decoded_as
from scrapers.parse.sitemaps import listed_address
from scrapers.parse.urls import authority_of, split
from scrapers.session import BODY_BYTES

TOKEN = "social-audit"  # noqa: S105 - the product token of RFC 9309
_NO_HOST = frozenset(
    {Reason.BLOCKED_ADDRESS, Reason.DNS, Reason.CONNECTION, Reason.TLS, Reason.BUDGET}
)
"""Where not even the host could be reached, that is the reason, rather than its robots.txt."""


@dataclass(frozen=True, slots=True)
class RobotsRules:
    """What an origin allows; `matcher` is None where it has no rules or nothing may be fetched.

    `reason` is that of a page which is not fetched because of them.
    """

    robots: Robots
    matcher: Protego | None
    reason: Reason = Reason.ROBOTS

    def allows(self, url: str) -> bool:
        """Tell whether an address may be fetched; robots.txt itself always may."""
        if self.robots.state is RobotsState.UNREACHABLE:
            return False
        if self.matcher is None or split(url).path == "/robots.txt":
            return True
        try:
            allowed: bool = self.matcher.can_fetch(url, TOKEN)
        except ValueError:  # Protego splits the address with urllib, which refuses `http://[`
            return False
        return allowed


def origin_of(url: str) -> str:
    """Return scheme, host and port of an address: each origin has a robots.txt of its own."""
    return f"{url.partition(':')[0].lower()}://{authority_of(url).rpartition('@')[2]}"


def judge(origin: str, answer: Answer | Trouble) -> RobotsRules:
    """Decide what an origin allows from how the fetch of its robots.txt went.

    RFC 9309, 2.3.1: a 4xx allows all, a 5xx nothing. A 429 asks for fewer requests and is taken
    like a 5xx. A file that broke off may lack the rule that forbids.
    """
    if isinstance(answer, Trouble):
        reason = answer.reason if answer.reason in _NO_HOST else Reason.ROBOTS_UNREACHABLE
        return unreachable(origin, f"{answer.reason}: {answer.detail}", reason)
    # A 304 that nobody asked for, as a proxy sends that takes us for somebody else, has no rules.
    if answer.status in (304, 429) or answer.status >= 500:
        return unreachable(origin, f"http-{answer.status}")
    if answer.status >= 400:
        return no_rules(origin, f"http-{answer.status}")
    # One that reached our own limit is read as far as
    # it goes, as RFC 9309, 2.5 allows from 500 KiB on.
    if answer.cut and len(answer.wire) < BODY_BYTES[Kind.ROBOTS]:
        return unreachable(origin, "the file broke off")
    try:
        body, _ = decoded(answer.wire, answer.header("content-encoding"), BODY_BYTES[Kind.ROBOTS])
    except UndecodableError as error:
        return unreachable(origin, str(error))
    return parse(origin, body)


def read_robots(loaded: object, origin: str, answer: Answer | Trouble) -> RobotsRules:
    """Decide what an origin allows in a worker, where no robots.txt can stop the run."""
    del loaded
    return judge(origin, answer)


def parse(origin: str, body: bytes) -> RobotsRules:
    """Read the rules of an origin from the bytes of its robots.txt, as far as they are ours."""
    # A byte order mark would belong to the first line, and that is mostly `User-agent`; the mark of
    # UTF-16, in which editors of Windows save, tells how to read the rest.
    text = decoded_as(body[: BODY_BYTES[Kind.ROBOTS]], "", "utf-8").lstrip("\ufeff")
    matcher = Protego.parse(own_groups(text, TOKEN))
    robots = Robots(
        origin=origin,
        state=RobotsState.RULES,
        detail="",
        sitemaps=_sitemaps(matcher, origin),
        crawl_delay=float(matcher.crawl_delay(TOKEN) or 0.0),
    )
    return RobotsRules(robots, matcher)


def _sitemaps(matcher: Protego, origin: str) -> tuple[str, ...]:
    """Return the sitemaps that the lines of a robots.txt name; people put several on one."""
    words = (word for line in matcher.sitemaps for word in line.split()[:MAX_SITEMAPS])
    urls = (listed_address(f"{origin}/", word) for word in words)
    return tuple(dict.fromkeys(url for url in urls if url))[:MAX_SITEMAPS]


def no_rules(origin: str, detail: str) -> RobotsRules:
    """Return the rules of an origin that has none: all of it may be fetched."""
    return RobotsRules(_verdict(origin, RobotsState.NO_RULES, detail), None)


def unreachable(
    origin: str, detail: str, reason: Reason = Reason.ROBOTS_UNREACHABLE
) -> RobotsRules:
    """Return the rules of an origin of which nothing may be fetched now, and why."""
    return RobotsRules(_verdict(origin, RobotsState.UNREACHABLE, detail), None, reason)


def _verdict(origin: str, state: RobotsState, detail: str) -> Robots:
    """Return the verdict on an origin without rules to read: no sitemaps, no delay."""
    return Robots(origin=origin, state=state, detail=detail, sitemaps=(), crawl_delay=0.0)
