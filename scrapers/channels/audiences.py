"""Look at who follows a company's own profiles: a sample, counted at once and then forgotten."""

import logging
from dataclasses import dataclass, replace
from urllib.parse import quote

from audit.model.audience import KINDS, LANGUAGES, SUBJECTS, Audience
from audit.model.breakdown import Breakdown, Part
from audit.model.channel import Channel, Role
from audit.model.value import Known, Reason, Unknown
from audit.model.visit import Note
from scrapers.channels.composition import Composition, Shares, composition_of, record_of
from scrapers.channels.drive import Inquiry, ask_of, drive
from scrapers.channels.followers import Bios, composed
from scrapers.channels.named import Channels
from scrapers.channels.overlap import Vault
from scrapers.errand import Errand
from scrapers.page.rules import Rules
from scrapers.platforms import platforms
from scrapers.platforms.kit.base import Ask, Follower, Steps
from scrapers.site.conclusion import VisitedSite
from scrapers.workers.dialogue import Dialogue
from scrapers.workers.pool import OverrunError, kind_of, place_of

log = logging.getLogger(__name__)

_HELP = {
    Reason.NEEDS_KEY: "set the platform's key",
    Reason.BUDGET: "lower settings.audience_sample, or run again",
    Reason.INTERNAL_ERROR: "please report this profile",
}
"""What helps, by the reason why followers could not be looked at."""


@dataclass(frozen=True, slots=True)
class _Sampling:
    """What sampling the followers of one company needs.

    `vault` takes the hashes of its followers; None where nobody compares companies by them.
    """

    inquiry: Inquiry
    bios: Bios
    vault: Vault | None


async def sample_followers(
    errand: Errand, site: VisitedSite, channels: Channels, vault: Vault | None
) -> tuple[tuple[Audience, ...], tuple[Note, ...]]:
    """Return the composition of the profiles' audiences, where the user asks for that.

    A note says of each profile whose followers could not be looked at why. Of a follower nothing
    outlasts the count but a salted hash in the vault, until the run ends.
    """
    if errand.plan.settings.audience_sample <= 0 or not isinstance(site.start, Known):
        return (), ()
    bios = Bios(errand.rules.catalogue.audience)
    sampling = _Sampling(Inquiry(errand, site.start.value), bios, vault)
    audiences, notes = list[Audience](), list[Note]()
    for channel in channels.channels:
        if not _has_public_list(channel) or not isinstance(channel.followers, Known):
            continue
        composition = await _remembered(channel, sampling)
        if isinstance(composition, Unknown):
            notes.append(_note(channel, composition))
        else:
            audiences.append(_audience(channel, channel.followers, composition))
    return tuple(audiences), tuple(notes)


def _has_public_list(channel: Channel) -> bool:
    """Tell whether a profile is the company's own, no person's, and of a platform with lists."""
    if channel.candidate or channel.found.listing or channel.role is Role.PERSON:
        return False
    platform = platforms().get(channel.platform)
    return platform is not None and platform.sample is not None


async def _remembered(channel: Channel, sampling: _Sampling) -> Composition | Unknown:
    """Return the composition as it is counted now; in a replay, as it was counted then.

    The requests are private, so that a replay has no answers to count again: it asks in vain, and
    finds the counts in the archive.
    """
    name = f"audience/{channel.platform}/{quote(channel.handle, safe='@.')}"
    counted = await _counted(channel, sampling)
    session = sampling.inquiry.errand.session
    return composition_of(session.remembered(name, lambda: record_of(counted)))


async def _counted(channel: Channel, sampling: _Sampling) -> Composition | Unknown:
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


async def _sampled(channel: Channel, sampling: _Sampling) -> Composition | Unknown:
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
    sample = platforms()[platform].sample
    if sample is None:
        raise LookupError(f"{platform} has no public lists")
    return sample(ask, most)


def _audience(
    channel: Channel, total: Known[int] | Known[float], composition: Composition
) -> Audience:
    """Return the composition with its proof: the profile that says how many follow it.

    The list itself is no proof that could be kept: it names persons.
    """
    about = "" if total.exact else "about "
    whole = f"{about}{total.value:,} {channel.audience or 'followers'}"
    excerpt = f"{composition.sampled:,} of {whole} looked at"
    proof = total.evidence[0]
    return Audience(
        platform=channel.platform,
        url=channel.url,
        sampled=composition.sampled,
        described=composition.described,
        breakdowns=(
            _breakdown(SUBJECTS, composition.described, composition.subjects),
            _breakdown(LANGUAGES, composition.described, composition.languages),
            _breakdown(KINDS, composition.sampled, composition.kinds),
        ),
        evidence=replace(proof, url=channel.url, rule="audience.sample", excerpt=excerpt),
    )


def _breakdown(metric: str, of: int, shares: Shares) -> Breakdown:
    """Return shares as the breakdown of a metric over `of` followers."""
    parts = tuple(Part(name=name, share=share) for name, share in shares)
    return Breakdown(metric=metric, of=of, parts=parts)


def _note(channel: Channel, lack: Unknown) -> Note:
    """Say that the followers of a profile could not be looked at, why, and what would help."""
    return Note(
        what=f"channel.{channel.platform}.audience",
        reason=lack.reason,
        detail=f"{channel.url}: {lack.detail}",
        help=_HELP.get(lack.reason, "the list of followers can be looked at by hand"),
        incomplete=lack.reason is Reason.INTERNAL_ERROR,
    )
