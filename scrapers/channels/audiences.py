"""Look at who follows a company's own profiles: a sample, counted at once and then forgotten."""

import logging
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from urllib.parse import quote

from audit.model.audience import KINDS, LANGUAGES, SUBJECTS, Audience
from audit.model.breakdown import Breakdown, Part
from audit.model.channel import Channel, Role
from audit.model.value import Known, Reason, Unknown
from audit.model.visit import Note
from scrapers.channels.drive import Terms, ask_of, drive
from scrapers.channels.followers import Bios, Composition, Shares, composed
from scrapers.channels.named import Channels
from scrapers.channels.overlap import Vault
from scrapers.errand import Errand
from scrapers.page.rules import Rules
from scrapers.platforms import platforms
from scrapers.platforms.kit.base import Ask, Follower, Steps
from scrapers.session import Session
from scrapers.site.conclusion import VisitedSite
from scrapers.workers.dialogue import Dialogue
from scrapers.workers.pool import OverrunError, kind_of, place_of

log = logging.getLogger(__name__)

_PAST_HOST = re.compile(r"(https?://[^/\s]+)/\S+")
_HELP = {
    Reason.NEEDS_KEY: "set the platform's key",
    Reason.BUDGET: "lower settings.audience_sample, or run again",
    Reason.INTERNAL_ERROR: "please report this profile",
}


@dataclass(frozen=True, slots=True)
class _Course:
    """What sampling the followers of one company needs."""

    company: str
    session: Session
    terms: Terms
    bios: Bios
    vault: Vault | None


async def sample_followers(
    errand: Errand, site: VisitedSite, channels: Channels, vault: Vault | None
) -> tuple[tuple[Audience, ...], tuple[Note, ...]]:
    """Return the composition of the profiles' audiences, where the user asks for that.

    Of a follower nothing outlasts the count but a salted hash in the vault, until the run ends.
    """
    settings = errand.plan.settings
    if settings.audience_sample <= 0 or not isinstance(site.start, Known):
        return (), ()
    terms = Terms(settings, errand.window, site.start.value, errand.readers)
    bios = Bios(errand.rules.catalogue.audience)
    course = _Course(errand.company.name, errand.session, terms, bios, vault)
    audiences, notes = list[Audience](), list[Note]()
    for channel in channels.channels:
        if not _public(channel) or not isinstance(channel.followers, Known):
            continue
        composition = await _looked_at(channel, course)
        if isinstance(composition, Unknown):
            notes.append(_note(channel, composition))
        else:
            audiences.append(_audience(channel, channel.followers, composition))
    return tuple(audiences), tuple(notes)


def _public(channel: Channel) -> bool:
    """Tell whether a profile is the company's own, no person's, and of a platform with lists."""
    if channel.candidate or channel.found.listing or channel.role is Role.PERSON:
        return False
    platform = platforms().get(channel.platform)
    return platform is not None and platform.sample is not None


async def _looked_at(channel: Channel, course: _Course) -> Composition | Unknown:
    """The composition as it is counted now; in a replay, as it was counted then."""
    name = f"audience/{channel.platform}/{quote(channel.handle, safe='@.')}"
    now = await _counted(channel, course)
    return _read(course.session.remembered(name, lambda: _plain(now)))


async def _counted(channel: Channel, course: _Course) -> Composition | Unknown:
    """Read the sample and count it; what a bug of ours says may hold what somebody says."""
    try:
        return await _sampled(channel, course)
    except OverrunError as error:
        return Unknown(reason=error.reason, detail=error.detail)
    except Exception as error:  # noqa: BLE001  # logged below, without the words of the error
        log.error("sampling of %s: %s in %s", channel.url, kind_of(error), place_of(error))  # noqa: TRY400
        detail = f"{kind_of(error)} while counting followers"
        return Unknown(reason=Reason.INTERNAL_ERROR, detail=detail)


async def _sampled(channel: Channel, course: _Course) -> Composition | Unknown:
    platform = platforms()[channel.platform]
    asked = ask_of(channel, course.session, course.terms)
    most = course.terms.settings.audience_sample
    reading = Dialogue(course.terms.readers, _sample, channel.platform, asked, most)
    followers = await drive(platform, reading, course.session, course.terms)
    if isinstance(followers, Unknown):
        return followers
    if not followers:
        return Unknown(reason=Reason.NOT_PUBLIC, detail="the list of followers is shown empty")
    if course.vault is not None:
        profile = (course.company, channel.platform, channel.url)
        course.vault.put(profile, (each.account for each in followers))
    return composed(followers, course.bios)


def _sample(
    rules: Rules, platform: str, ask: Ask, most: int
) -> Steps[tuple[Follower, ...] | Unknown]:
    """Begin to read a list of followers, in a worker."""
    del rules
    sample = platforms()[platform].sample
    if sample is None:
        raise LookupError(f"{platform} has no public lists")
    return sample(ask, most)


def _plain(said: Composition | Unknown) -> Mapping[str, object]:
    """What is kept for a replay: counts, or the reason why there are none."""
    if isinstance(said, Unknown):
        detail = _PAST_HOST.sub(r"\1", said.detail)
        return {"reason": said.reason.value, "detail": detail}
    return asdict(said)


def _read(kept: object) -> Composition | Unknown:
    """What was kept; nothing where that run took no sample."""
    if not isinstance(kept, dict):
        return Unknown(reason=Reason.NOT_CHECKED, detail="followers were not sampled in that run")
    if "reason" in kept:
        return Unknown(reason=Reason(kept["reason"]), detail=str(kept["detail"]))
    return Composition(
        sampled=int(kept["sampled"]),
        described=int(kept["described"]),
        subjects=_shares(kept["subjects"]),
        languages=_shares(kept["languages"]),
        kinds=_shares(kept["kinds"]),
    )


def _shares(kept: object) -> Shares:
    rows = kept if isinstance(kept, list) else []
    return tuple((str(name), float(share)) for name, share in rows)


def _audience(channel: Channel, total: Known[int] | Known[float], found: Composition) -> Audience:
    """The composition with its proof: the profile that says how many follow it."""
    about = "" if total.exact else "about "
    excerpt = (
        f"{found.sampled:,} of {about}{total.value:,} {channel.audience or 'followers'} looked at"
    )
    return Audience(
        platform=channel.platform,
        url=channel.url,
        sampled=found.sampled,
        described=found.described,
        breakdowns=(
            _breakdown(SUBJECTS, found.described, found.subjects),
            _breakdown(LANGUAGES, found.described, found.languages),
            _breakdown(KINDS, found.sampled, found.kinds),
        ),
        evidence=replace(
            total.evidence[0], url=channel.url, rule="audience.sample", excerpt=excerpt
        ),
    )


def _breakdown(metric: str, of: int, shares: Shares) -> Breakdown:
    parts = tuple(Part(name=name, share=share) for name, share in shares)
    return Breakdown(metric=metric, of=of, parts=parts)


def _note(channel: Channel, why: Unknown) -> Note:
    return Note(
        what=f"channel.{channel.platform}.audience",
        reason=why.reason,
        detail=f"{channel.url}: {why.detail}",
        help=_HELP.get(why.reason, "the list of followers can be looked at by hand"),
        incomplete=why.reason is Reason.INTERNAL_ERROR,
    )
