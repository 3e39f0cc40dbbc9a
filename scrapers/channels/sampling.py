"""Sample the followers of one profile: read its public list, count it, forget it."""

import logging
from dataclasses import dataclass
from urllib.parse import quote

from audit.model.channel import Channel
from audit.model.value import Reason, Unknown
from scrapers.channels.composition import Composition, composition_of, record_of
from scrapers.channels.drive import Inquiry, ask_of, drive
from scrapers.channels.followers import Bios, composed
from scrapers.channels.overlap import Vault
from scrapers.page.rules import Rules
from scrapers.platforms import platforms
from scrapers.platforms.kit.base import Ask, Follower, Steps
from scrapers.workers.dialogue import Dialogue
from scrapers.workers.readers import OverrunError, kind_of, place_of

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Sampling:
    """What sampling the followers of one company needs.

    `vault` takes the hashes of its followers; None where nobody compares companies by them.
    """

    inquiry: Inquiry
    bios: Bios
    vault: Vault | None


async def sample(channel: Channel, sampling: Sampling) -> Composition | Unknown:
    """Return the composition of a profile's followers as it is counted now; in a replay, as then.

    The requests are private, so that a replay has no answers to count again: it asks in vain, and
    finds the counts in the archive.
    """
    name = f"audience/{channel.platform}/{quote(channel.handle, safe='@.')}"
    counted = await _counted(channel, sampling)
    session = sampling.inquiry.errand.session
    return composition_of(session.remembered(name, lambda: record_of(counted)))


async def _counted(channel: Channel, sampling: Sampling) -> Composition | Unknown:
    """Read the sample and count it; a bug of ours costs this sample.

    Of such a bug kind and place are logged, without its words: they may hold what somebody says.
    """
    try:
        return await _sampled(channel, sampling)
    except OverrunError as error:
        return Unknown(reason=error.reason, detail=error.detail)
    except Exception as error:  # noqa: BLE001  # logged below, without the words of the error
        log.error("sampling of %s: %s in %s", channel.url, kind_of(error), place_of(error))  # noqa: TRY400
        detail = f"{kind_of(error)} while counting followers"
        return Unknown(reason=Reason.INTERNAL_ERROR, detail=detail)


async def _sampled(channel: Channel, sampling: Sampling) -> Composition | Unknown:
    """Read a sample of the followers, put its hashes into the vault, and count it."""
    inquiry = sampling.inquiry
    ask = ask_of(channel, inquiry)
    most = inquiry.errand.plan.settings.audience_sample
    dialogue = Dialogue(inquiry.errand.readers, _begin_sample, channel.platform, ask, most)
    followers = await drive(platforms()[channel.platform], dialogue, inquiry)
    if isinstance(followers, Unknown):
        return followers
    if not followers:
        return Unknown(reason=Reason.NOT_PUBLIC, detail="the list of followers is shown empty")
    if sampling.vault is not None:
        profile = (inquiry.errand.company.name, channel.platform, channel.url)
        sampling.vault.put(profile, (follower.account for follower in followers))
    return composed(followers, sampling.bios)


def _begin_sample(
    rules: Rules, platform: str, ask: Ask, most: int
) -> Steps[tuple[Follower, ...] | Unknown]:
    """Begin to read a list of followers, in a worker; the platform goes there by its name."""
    # A worker calls every job with the rules; readers of platforms know nothing of them.
    del rules
    read_followers = platforms()[platform].sample
    if read_followers is None:
        raise LookupError(f"{platform} has no public lists")
    return read_followers(ask, most)
