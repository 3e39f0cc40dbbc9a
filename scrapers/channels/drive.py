"""Drive the readers of platforms: send what they ask for, hand back what came of it."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from urllib.parse import urlsplit

from audit.model.channel import Channel, FoundChannel
from audit.model.company import Settings
from audit.model.exchange import Failure, Page, Request
from audit.model.profile import Profile
from audit.model.result import Window
from audit.model.value import Reason, Unknown
from scrapers.page.rules import Rules
from scrapers.platforms import platforms
from scrapers.platforms.kit.base import Ask, Platform, Steps, T
from scrapers.session import Session
from scrapers.workers.dialogue import Dialogue, Done
from scrapers.workers.pool import OverrunError, Readers, kind_of

log = logging.getLogger(__name__)

NO_TIME = datetime(1970, 1, 1, tzinfo=UTC)
STEPS = 60
"""Requests for one profile at most."""

BYTES = 60 * 1024 * 1024
"""What the answers for one profile may come to; a worker that begins anew is told all of them."""


@dataclass(frozen=True, slots=True)
class Terms:
    """On which terms profiles are read: settings of the run, window, the company's website.

    `readers` run the platforms' readers.
    """

    settings: Settings
    window: Window
    website: str
    readers: Readers[Rules]
    hints: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """Who is asked that is no platform; one with a name serves all companies, as platforms do."""

    name: str = ""
    pace: float = 1.0


BESIDE = Asked()
"""The company's own domain."""


async def read_profile(channel: FoundChannel, session: Session, terms: Terms) -> Profile | Unknown:
    """Read one profile; a bug in a reader costs this profile and no more."""
    platform = platforms()[channel.platform]
    reading = Dialogue(terms.readers, _profile, channel.platform, ask_of(channel, session, terms))
    try:
        return await drive(platform, reading, session, terms)
    except OverrunError as error:
        return Unknown(reason=error.reason, detail=error.detail)
    except Exception as error:
        log.exception("reading %s failed", channel.url)
        detail = f"{kind_of(error)} while reading the profile"
        return Unknown(reason=Reason.INTERNAL_ERROR, detail=detail)


def _profile(rules: Rules, platform: str, ask: Ask) -> Steps[Profile | Unknown]:
    """Begin to read a profile, in a worker."""
    del rules
    return platforms()[platform].read(ask)


def ask_of(channel: FoundChannel | Channel, session: Session, terms: Terms) -> Ask:
    """What a reader is asked for a profile."""
    return Ask(
        url=channel.url,
        handle=channel.handle,
        since=terms.window.start,
        until=terms.window.as_of,
        keys=session.keys([key for each in platforms().values() for key in each.keys]),
        undocumented=terms.settings.allow_undocumented,
        website=terms.website,
        hints={name: value for of, name, value in terms.hints if of == channel.platform},
    )


async def ask_beside(
    begin: Callable[[Rules, str], Steps[T]], session: Session, terms: Terms, asked: Asked = BESIDE
) -> T | Unknown:
    """Take steps that are about no platform; a bug in them costs what they would have found.

    `begin` is given the rules and the company's website.
    """
    try:
        return await drive(asked, Dialogue(terms.readers, begin, terms.website), session, terms)
    except OverrunError as error:
        return Unknown(reason=error.reason, detail=error.detail)
    except Exception as error:
        log.exception("asking beside the website failed")
        return Unknown(reason=Reason.INTERNAL_ERROR, detail=f"{kind_of(error)} while asking")


async def drive(
    whom: Platform | Asked, reading: Dialogue[Rules, T], session: Session, terms: Terms
) -> T:
    """Take the steps of a reader one after the other until it returns."""
    asked = size = 0
    answer: Page | Failure | None = None
    step = await reading.next()
    while not isinstance(step, Done):
        asked += 1
        request = _addressed(step, whom, terms.settings)
        if asked > STEPS or size > BYTES:
            answer = _enough(request, answer)
        else:
            answer = await session.fetch(request)
        size += len(answer.body)
        step = await reading.next(answer)
    return step.value


def _enough(request: Request, last: Page | Failure | None) -> Failure:
    """More than one profile is worth; the reader makes do with what it has."""
    at = last.fetched_at if isinstance(last, Page) else last.failed_at if last else NO_TIME
    detail = f"over {STEPS} requests or {BYTES // 2**20} MB for one profile"
    return Failure(url=request.url, reason=Reason.BUDGET, detail=detail, failed_at=at)


def _addressed(request: Request, whom: Platform | Asked, settings: Settings) -> Request:
    """The request as it goes out: marked as a platform's, at the server that the user names."""
    name = whom.name
    marked = replace(request, platform=name, pace=whom.pace, why=name or "discovery")
    for origin, base in settings.base_urls:
        plain = origin.rstrip("/")
        if request.url == plain or request.url.startswith((plain + "/", plain + "?")):
            url = base.rstrip("/") + request.url[len(plain) :]
            key = request.key
            if key is not None and key.host == urlsplit(plain).netloc:
                key = replace(key, host=urlsplit(base).netloc.lower())
            return replace(marked, url=url, key=key)
    return marked
