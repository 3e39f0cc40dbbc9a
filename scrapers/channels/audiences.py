"""Look at who follows a company's own profiles: a sample, counted at once and then forgotten."""

from dataclasses import replace

from audit.model.breakdown import KINDS, LANGUAGES, SUBJECTS, Audience, Breakdown, Part
from audit.model.channel import Channel, Role
from audit.model.value import Known, Reason, Unknown
from audit.model.visit import Note
from scrapers.channels.composition import Composition, Shares
from scrapers.channels.drive import Inquiry
from scrapers.channels.followers import Bios
from scrapers.channels.named import Channels
from scrapers.channels.overlap import Vault
from scrapers.channels.sampling import Sampling, sample
from scrapers.errand import Errand
from scrapers.platforms import platforms
from scrapers.site.conclusion import VisitedSite

_HELP = {
    Reason.NEEDS_KEY: "set the platform's key",
    Reason.BUDGET: "lower settings.audience_sample, or run again",
    Reason.INTERNAL_ERROR: "please report this profile",
}
"""What helps, by the reason why followers could not be looked at."""


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
    sampling = Sampling(Inquiry(errand, site.start.value), bios, vault)
    audiences, notes = list[Audience](), list[Note]()
    for channel in channels.channels:
        if not _has_public_list(channel) or not isinstance(channel.followers, Known):
            continue
        composition = await sample(channel, sampling)
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
