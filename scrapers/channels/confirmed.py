"""Judge anew whose a profile is once it was read: does it lead back, whose name does it bear?

The weights are told to readers in docs/glossary.md, "Ownership of a profile".
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from audit.model.channel import CONFIGURED, Channel, Ownership, OwnershipPart, Role
from audit.model.profile import Profile, Standing
from scrapers.channels.discover import SAVED_LINK
from scrapers.channels.owner import Owner
from scrapers.channels.ownership import BEATEN, THRESHOLD
from scrapers.page.names import fit

# "not affiliated", "tribute" and "fans of" are no words of a fan: companies write "We are not
# affiliated with any recruiter", "A tribute to craft", "For fans of great coffee" of themselves.
_UNOFFICIAL = (
    r"un-?official|inoffizielle?[rs]?|nicht offiziell|no oficial|non officiel(?:le)?|"
    r"non ufficiale|não oficial"
)
_FAN_NAME = re.compile(rf"\b(?:{_UNOFFICIAL}|fan ?(?:page|club|account|art)|parody)\b", re.I)
"""Words in a profile's name that say that it is a fan's; a name says nothing in passing."""

# In a description "unofficial" may be about anything: the page that is so must follow, with three
# words between at most.
_FAN_WORDS = re.compile(
    rf"\b(?:(?:{_UNOFFICIAL})\W+(?:\w+\W+){{0,3}}(?:fan|page|account|profile|channel|seite|konto|"
    r"página|cuenta|compte|pagina)|(?:fan|parody) ?(?:page|club|account|channel))\b",
    re.I,
)
"""Words in a profile's description that say that it is a fan's."""

BACK, SAME_NAME, VERIFIED = 0.50, 0.20, 0.15
ELSEWHERE, NAME_ELSEWHERE, ANOTHER_NAME, UNNAMED, FAN = -0.60, -0.30, -0.15, -0.60, -1.0
_SAME, _ALIKE, _OTHER = 0.8, 0.6, 0.3
"""From the first likeness on a profile bears the company's name, from the second on one like it
(its initials); below the last it bears another's."""

SOMEBODY_ELSE, NOT_OFFICIAL = "speaks for somebody else", "says that it is not official"
_ANOTHER = "bears another name, leads elsewhere"
_AWAY = "bears the name, leads elsewhere"
_UNNAMED = "only its saved page leads to the company, and does not bear its name"


def confirmed(channel: Channel, profile: Profile, owner: Owner) -> Ownership:
    """Judge ownership anew, by what the profile itself says.

    What only others than the site name is the company's only where it leads back. A profile that
    is missing or private says nothing, so that the judgement by the site stands.
    """
    before = channel.ownership
    if profile.standing is not Standing.LIVE:
        return before
    home = next((url for url in profile.links if owner.owns(url)), "")
    back = bool(home)
    # A person has named the one, and the other is a page about the company however it leads back.
    if before.has(CONFIGURED) or channel.found.listing:
        return replace(before, links_back=back, home=home)
    parts = tuple(_parts(channel, profile, owner, back=back))
    score = round(min(1.0, max(0.0, before.score + sum(part.weight for part in parts))), 2)
    # Anybody can give a profile the company's name: where the site does not name it, or names a
    # better one beside it, only leading back to the site proves it.
    needs_proof = not channel.found.found_on or before.has(BEATEN)
    return Ownership(
        score=score,
        parts=(*before.parts, *parts),
        candidate=score < THRESHOLD or (needs_proof and not back),
        role=_role(before.role, parts, score),
        links_back=back,
        home=home,
    )


def _parts(
    channel: Channel, profile: Profile, owner: Owner, *, back: bool
) -> Sequence[OwnershipPart]:
    """Return what the profile itself says for and against; `back`: it leads to the company."""
    handle = profile.handle or channel.found.handle
    named = fit(profile.name, owner.names)
    likeness = max(named, fit(handle, owner.names))
    elsewhere = any(owner.strange(url) for url in profile.links)
    parts: list[OwnershipPart] = []
    if back:
        parts += _back(channel, likeness)
    elif elsewhere and likeness < _OTHER:
        parts.append(OwnershipPart(name=SOMEBODY_ELSE, weight=ELSEWHERE))
    elif elsewhere and profile.name and named < _OTHER:
        parts.append(OwnershipPart(name=_ANOTHER, weight=ANOTHER_NAME))
    # No sign against what the site itself names; a candidate that only others name and that leads
    # to a strange site is how an impostor looks.
    elif elsewhere and channel.candidate and not channel.found.found_on:
        parts.append(OwnershipPart(name=_AWAY, weight=NAME_ELSEWHERE))
    # A handle was weighed as the site names it, and may have come to somebody else since.
    if named >= _SAME and profile.name:
        parts.append(OwnershipPart(name="bears the company's name", weight=SAME_NAME))
    if profile.verified and likeness >= _SAME:
        parts.append(OwnershipPart(name="verified by the platform", weight=VERIFIED))
    if _is_fan(channel, profile, likeness):
        parts.append(OwnershipPart(name=NOT_OFFICIAL, weight=FAN))
    return parts


def _back(channel: Channel, likeness: float) -> Iterator[OwnershipPart]:
    """Yield what it says that a profile leads to the company; partners and employees do so, too."""
    yield OwnershipPart(name="links back to the site", weight=BACK)
    if only_saved(channel) and likeness < _ALIKE:
        yield OwnershipPart(name=_UNNAMED, weight=UNNAMED)


def only_saved(channel: Channel) -> bool:
    """Tell whether nothing but a page that a person saved says that there is such a profile."""
    proofs = channel.found.evidence
    return bool(proofs) and all(proof.rule == SAVED_LINK for proof in proofs)


def _is_fan(channel: Channel, profile: Profile, likeness: float) -> bool:
    """Tell whether a profile says of itself that it is not official.

    Words in passing ("for fans of coffee") say nothing, and what the site itself shows under the
    company's name is believed. A profile that leads back is no less a fan's: anybody can lead back
    to a site that does not name him.
    """
    by_name = _FAN_NAME.search(profile.name)
    if channel.found.found_on and likeness >= _SAME and not by_name:
        return False
    return bool(by_name or _FAN_WORDS.search(profile.about))


def _role(role: Role, parts: Sequence[OwnershipPart], score: float) -> Role:
    """Return whom the profile speaks for, where it says of itself that it is not the company.

    `role` is the one by its handle, which holds for all others.
    """
    names = {part.name for part in parts}
    if NOT_OFFICIAL in names:
        return Role.FAN
    if _AWAY in names and score < THRESHOLD:
        return Role.IMPOSTOR
    return role
