"""Read a profile whose page a person saved: by its platform's reader, then by the general one.

Nothing of the page is archived. What was read of it, and which requests were made, is remembered as
one value, so that a replay comes to the same without the file.
"""

import logging
from dataclasses import replace

from audit.model.channel import FoundChannel
from audit.model.exchange import Page, Request
from audit.model.profile import Profile, Standing, Timeline
from audit.model.value import Known, Reason, Unknown
from scrapers.channels.drive import Inquiry, ask_of, read_profile
from scrapers.kept.codec import UnfitError, packed, unpacked
from scrapers.page.names import fit
from scrapers.page.rules import Rules
from scrapers.platforms import platforms
from scrapers.platforms.kit.base import Ask
from scrapers.platforms.kit.belonging import Account
from scrapers.platforms.kit.general import read_general
from scrapers.workers.readers import OverrunError, kind_of

log = logging.getLogger(__name__)

_SAME = 0.8
"""From this likeness on a text on a page is a name of its profile."""


async def read_saved_profile(channel: FoundChannel, inquiry: Inquiry) -> Profile | Unknown:
    """Return what a saved page says of a profile; in a replay what it said then."""
    session, name = inquiry.errand.session, f"profile {channel.address_key}"
    kept = _restored(session.remembered(name, _nothing))
    if kept is not None:
        profile, requests = kept
        for request in requests:  # so that the log of the visit is the same
            await session.fetch(request)
        return profile
    asked: list[Request] = []
    profile = await _read(channel, inquiry, asked)
    session.remembered(name, lambda: _text(profile, asked))
    return profile


async def _read(channel: FoundChannel, inquiry: Inquiry, asked: list[Request]) -> Profile | Unknown:
    """Read a profile by the reader of its platform; what that cannot read, by the general one."""
    own: Profile | Unknown | None = None
    if channel.platform in platforms():
        own = await read_profile(channel, inquiry, asked)
    if own is not None and not _lacks(own):
        return own
    page = inquiry.errand.session.saved_page(channel.url)
    if page is None:
        return own or Unknown(reason=Reason.NOT_CHECKED, detail="no saved page of this profile")
    return _filled(own, await _generally(page, channel, inquiry))


async def _generally(page: Page, channel: FoundChannel, inquiry: Inquiry) -> Profile | Unknown:
    """Read what is counted on a page of a layout that nobody knows, in a worker."""
    ask = ask_of(channel, inquiry)
    try:
        return await inquiry.errand.readers.run(generally_read, page, ask)
    except OverrunError as error:
        return Unknown(reason=error.reason, detail=error.detail)
    except Exception as error:
        log.exception("reading a saved page failed")
        detail = f"{kind_of(error)} while reading the saved page"
        return Unknown(reason=Reason.INTERNAL_ERROR, detail=detail)


def generally_read(rules: Rules, page: Page, ask: Ask) -> Profile | Unknown:
    """Read in a worker, which calls every job with the rules."""
    own = rules.platforms.match(ask.url)

    def whose(url: str) -> bool | None:
        profile = rules.platforms.match(url)
        if profile is None or (own is not None and profile.platform != own.platform):
            return None
        return own is not None and profile.key == own.key

    account = Account(whose=whose, is_name=lambda text, name: fit(text, (name,)) >= _SAME)
    return read_general(page, ask, rules.dates, account)


def _lacks(own: Profile | Unknown) -> bool:
    """Tell whether the platform's reader has left open what the page may show all the same."""
    if isinstance(own, Unknown) or own.standing is not Standing.LIVE:
        return True
    return not isinstance(own.audience, Known)


def _has_posts(profile: Profile) -> bool:
    """Tell whether posts were read."""
    return isinstance(profile.timeline, Timeline) and bool(profile.timeline.posts)


def _filled(own: Profile | Unknown | None, general: Profile | Unknown) -> Profile | Unknown:
    """Return what the platform's reader has read, with what the general one adds to it.

    A page on which the platform's reader finds the audience is one that it knows, and where nobody
    finds an audience nothing is added. A page that counts followers is none of a missing profile.
    """
    if own is None or isinstance(general, Unknown):
        return own or general
    if isinstance(own, Unknown):
        return general
    if not isinstance(general.audience, Known):
        return own
    if own.standing is not Standing.LIVE:
        return general
    return replace(
        own,
        name=own.name or general.name,
        audience=general.audience,
        figures=own.figures or general.figures,
        timeline=own.timeline if _has_posts(own) or not _has_posts(general) else general.timeline,
    )


def _nothing() -> None:
    """Remember nothing yet."""


def _text(profile: Profile | Unknown, asked: list[Request]) -> str | None:
    """Return what a replay finds; None where it cannot be written."""
    try:
        return packed((profile, tuple(asked)), None).decode()
    except UnfitError:
        return None


def _restored(kept: object) -> tuple[Profile | Unknown, tuple[Request, ...]] | None:
    """Return what was remembered of a profile; None in a live run."""
    if not isinstance(kept, str):
        return None
    try:
        value = unpacked(kept.encode(), None)
    except ValueError:
        value = None
    if isinstance(value, tuple) and len(value) == 2 and isinstance(value[0], Profile | Unknown):
        return value[0], tuple(each for each in value[1] if isinstance(each, Request))
    damaged = "what was read of the saved page is damaged in the archive"
    return Unknown(reason=Reason.STORAGE, detail=damaged), ()
