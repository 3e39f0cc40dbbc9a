"""What of a company was not seen, though its visit came to its end: lists cut off, profiles."""

from audit.model.channel import Channel, Promise
from audit.model.kinds import OF_FEED, SECTIONS, SectionKind
from audit.model.profile import NOT_SHOWN
from audit.model.result import Cadence, CompanyResult
from audit.model.site import State
from audit.model.value import Reason, Unknown
from reports.words import counted


def own_profiles(result: CompanyResult) -> list[Channel]:
    """Return the company's own profiles that are there and have posts by their nature."""
    return [
        channel
        for channel in result.channels
        if not channel.candidate
        and Promise.DEAD not in channel.promises
        and channel.last_post != NOT_SHOWN
    ]


def unread_profiles(result: CompanyResult) -> list[Channel]:
    """Return those of its own profiles that could not be read."""
    return [channel for channel in own_profiles(result) if channel.state is State.UNKNOWN]


def told_profiles(result: CompanyResult) -> list[Channel]:
    """Return those that could not be read and of which a person has counted the posts."""
    told = {row.url for row in result.cadence if row.by_hand and not isinstance(row.posts, Unknown)}
    return [channel for channel in unread_profiles(result) if channel.url in told]


def cut_lists(result: CompanyResult) -> list[Cadence]:
    """Return the lists that were read and of which posts of the period may be missing."""
    return [row for row in result.cadence if row.truncated and not row.by_hand]


def unread_sections(result: CompanyResult) -> list[Cadence]:
    """Return the sections of its website of whose posts nothing is known."""
    return [
        row for row in result.cadence if row.channel in SECTIONS and isinstance(row.posts, Unknown)
    ]


def not_seen(result: CompanyResult) -> list[str]:
    """Return in words what was not seen of a company that was visited to its end.

    Empty only where everything was, so that `complete` may be said.
    """
    cut, profiles = len(cut_lists(result)), len(unread_profiles(result))
    sections = len(unread_sections(result))
    more = any(note.what == "website" and note.reason is Reason.BUDGET for note in result.notes)
    return [
        *(["more pages than may be read"] if more else []),
        *([f"{counted(cut, 'list')} of posts cut off"] if cut else []),
        *([f"{counted(sections, 'section')} not read"] if sections else []),
        *([f"{counted(profiles, 'profile')} not read"] if profiles else []),
    ]


def told_by_feed(result: CompanyResult, kind: SectionKind) -> bool:
    """Tell whether nothing but the address of a feed said that there is such a section."""
    proofs = [
        proof
        for feature in result.features
        if feature.feature == kind.name
        for proof in feature.evidence
    ]
    return bool(proofs) and all(proof.rule.endswith(OF_FEED) for proof in proofs)
