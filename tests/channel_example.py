"""A channel for tests: composed of its parts from what a test wants to say of it."""

from audit.model.channel import (
    NOT_READ,
    Channel,
    ChannelHistory,
    FoundChannel,
    Ownership,
    OwnershipPart,
    Promise,
    Role,
)
from audit.model.profile import Profile, Standing
from audit.model.value import Evidence, Moment, Unknown


def live(**changes: object) -> Profile:
    """A profile that is there; its evidence is that of the channel unless it has its own."""
    return Profile(standing=Standing.LIVE, **{"evidence": (), **changes})  # type: ignore[arg-type]


def channel(
    platform: str,
    url: str,
    handle: str,
    *,
    proof: tuple[Evidence, ...],
    profile: Profile | Unknown = NOT_READ,
    score: float = 0.9,
    parts: tuple[OwnershipPart, ...] = (),
    candidate: bool = False,
    role: Role = Role.MAIN,
    found_on: tuple[str, ...] = (),
    listing: bool = False,
    newest: Moment | None = None,
    former: tuple[str, ...] = (),
    promises: tuple[Promise, ...] = (),
    audience: str = "followers",
    key: str = "",
) -> Channel:
    """Compose a channel; an unread one has no newest post for the same reason."""
    lack = profile if isinstance(profile, Unknown) else profile.lack
    return Channel(
        found=FoundChannel(
            platform=platform,
            url=url,
            handle=handle,
            found_on=found_on,
            evidence=proof,
            listing=listing,
            key=key,
        ),
        ownership=Ownership(score=score, parts=parts, candidate=candidate, role=role),
        profile=profile,
        history=ChannelHistory(former=former),
        promises=promises,
        newest_post=newest or lack or NOT_READ,
        audience=audience,
    )
