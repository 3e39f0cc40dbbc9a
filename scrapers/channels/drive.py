"""Drive the readers of platforms: send what they ask for, hand back what came of it."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from urllib.parse import urlsplit

from audit.model.channel import Channel, FoundChannel
from audit.model.exchange import Failure, Page, Request
from audit.model.profile import Profile
from audit.model.value import Reason, Unknown
from scrapers.errand import Errand
from scrapers.page.rules import Rules
from scrapers.platforms import platforms
from scrapers.platforms.kit.base import Ask, Platform, Steps, T
from scrapers.workers.dialogue import Dialogue, Done
from scrapers.workers.readers import OverrunError, kind_of

log = logging.getLogger(__name__)

NO_TIME = datetime(1970, 1, 1, tzinfo=UTC)
"""When a request was given up before anything was answered; a clock would spoil a replay."""

STEPS = 60
"""Requests for one profile at most; the longest list of posts that is read has 40 pages."""

BYTES = 60 * 1024 * 1024
"""What the answers for one profile may come to; a worker that begins anew is told all of them."""


@dataclass(frozen=True, slots=True)
class Inquiry:
    """What asking beyond the website of one company needs, beside its errand.

    `website` is the start page as it was reached. `hints` are what widgets on the site say to
    platforms' readers, as (platform, name, value); of two of one name the later holds.
    """

    errand: Errand
    website: str
    hints: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class HostGroup:
    """Hosts that are asked and belong to no platform (Wikidata, the company's own domain).

    A named group is shared by all companies of a run, as a platform is: its first refusal ends it
    for all of them. `pace` is how many times the usual delay lies between two requests.
    """

    name: str = ""
    pace: float = 1.0


OWN_DOMAIN = HostGroup()
"""The company's own domain: shared with nobody, so it bears no name."""


async def read_profile(
    channel: FoundChannel, inquiry: Inquiry, asked: list[Request] | None = None
) -> Profile | Unknown:
    """Read one profile on its platform; Unknown says why it could not be read.

    A bug in a reader costs this profile and no more. The channel's platform must have a reader.
    `asked` gets every request that is made.
    """
    ask = ask_of(channel, inquiry)
    dialogue = Dialogue(inquiry.errand.readers, _begin_profile, channel.platform, ask)
    try:
        return await drive(platforms()[channel.platform], dialogue, inquiry, asked)
    except OverrunError as error:
        return Unknown(reason=error.reason, detail=error.detail)
    except Exception as error:
        log.exception("reading %s failed", channel.url)
        detail = f"{kind_of(error)} while reading the profile"
        return Unknown(reason=Reason.INTERNAL_ERROR, detail=detail)


def _begin_profile(rules: Rules, platform: str, ask: Ask) -> Steps[Profile | Unknown]:
    """Begin to read a profile, in a worker; the platform goes there by its name."""
    # A worker calls every job with the rules; readers of platforms know nothing of them.
    del rules
    return platforms()[platform].read(ask)


def ask_of(channel: FoundChannel | Channel, inquiry: Inquiry) -> Ask:
    """Return what a platform's reader is told of a profile: whose, since when, what is allowed."""
    errand = inquiry.errand
    return Ask(
        url=channel.url,
        handle=channel.handle,
        since=errand.window.start,
        until=errand.window.as_of,
        # All keys each time: the session remembers its first answer for a replay, and that must not
        # depend on which platform was read first.
        keys=errand.session.keys([key for each in platforms().values() for key in each.keys]),
        undocumented=errand.plan.settings.allow_undocumented,
        website=inquiry.website,
        names=(errand.company.name, *errand.company.aliases),
        hints={
            name: value for platform, name, value in inquiry.hints if platform == channel.platform
        },
    )


async def ask_hosts(
    begin: Callable[[Rules, str], Steps[T]], inquiry: Inquiry, group: HostGroup = OWN_DOMAIN
) -> T | Unknown:
    """Ask hosts of no platform; return what the steps come to, or why they came to nothing.

    `begin` makes the steps in a worker, from the rules and the company's website. A bug in them
    costs what they would have found.
    """
    dialogue = Dialogue(inquiry.errand.readers, begin, inquiry.website)
    try:
        return await drive(group, dialogue, inquiry)
    except OverrunError as error:
        return Unknown(reason=error.reason, detail=error.detail)
    except Exception as error:
        log.exception("asking beside the website failed")
        return Unknown(reason=Reason.INTERNAL_ERROR, detail=f"{kind_of(error)} while asking")


async def drive(
    target: Platform | HostGroup,
    dialogue: Dialogue[Rules, T],
    inquiry: Inquiry,
    asked: list[Request] | None = None,
) -> T:
    """Send the requests of a reader one after the other until it returns; give what it returns.

    `asked` gets every request that is made.

    Raises:
        OverrunError: the reader took more time or memory than one answer may.
        FaultError: the reader raised in its worker.
    """
    errand = inquiry.errand
    count = size = 0
    answer: Page | Failure | None = None
    step = await dialogue.next()
    while not isinstance(step, Done):
        count += 1
        request = _addressed(step, target, errand.plan.settings.base_urls)
        if count > STEPS or size > BYTES:
            answer = _over_limit(request, answer)
        else:
            answer = await errand.session.fetch(request)
            if asked is not None:
                asked.append(request)
        size += len(answer.body)
        step = await dialogue.next(answer)
    return step.value


def _over_limit(request: Request, last: Page | Failure | None) -> Failure:
    """Return the failure of a request beyond the limits; the reader makes do with what it has.

    It bears the time of the last answer, so that a replay gives the same.
    """
    at = last.fetched_at if isinstance(last, Page) else last.failed_at if last else NO_TIME
    detail = f"over {STEPS} requests or {BYTES // 2**20} MB for one profile"
    return Failure(url=request.url, reason=Reason.BUDGET, detail=detail, failed_at=at)


def _addressed(
    request: Request, target: Platform | HostGroup, base_urls: tuple[tuple[str, str], ...]
) -> Request:
    """Return a request as it goes out: marked with its target, and sent to the user's server.

    `base_urls` are pairs of an origin and what stands in its place: of
    ("https://api.example", "http://127.0.0.1:8441/x/") the request for
    https://api.example/user goes to http://127.0.0.1:8441/x/user.
    """
    name = target.name
    marked = replace(request, platform=name, pace=target.pace, why=name or "discovery")
    for origin, base in base_urls:
        plain = origin.rstrip("/")
        # https://api.example.org begins with https://api.example, and is another host.
        if request.url == plain or request.url.startswith((plain + "/", plain + "?")):
            url = base.rstrip("/") + request.url[len(plain) :]
            key = request.key
            # A key is sent to its own host only; the user's server has to get it in its place.
            if key is not None and key.host == urlsplit(plain).netloc:
                key = replace(key, host=urlsplit(base).netloc.lower())
            return replace(marked, url=url, key=key)
    return marked
