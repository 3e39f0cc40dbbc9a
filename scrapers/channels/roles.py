"""Whom a company's profile speaks for: all of it, a region, its careers, its support, a product."""

import re
from collections.abc import Sequence
from dataclasses import replace

from audit.model.channel import Channel, Role
from audit.model.facts import ChannelLink
from scrapers.page.names import folded, tokens

_SHORTEST_NAME = 3
"""Names of fewer letters are not cut off a handle."""

_ROLES = (
    (
        Role.CAREERS,
        re.compile(r"career|jobs?\b|karriere|hiring|recruit|talent|lifeat|life_at", re.I),
    ),
    (Role.SUPPORT, re.compile(r"support|help(?:s|desk|center)?$|_?care$|service$|hilfe", re.I)),
    (
        # A country counts only at the end, after a sign or a letter: @acme_uk, @acmedeutschland.
        Role.REGIONAL,
        re.compile(
            r"(?:[_.-]|(?<=[a-z]))(?:uk|usa|de|deutschland|germany|france|fr|italia|italy|espana|"
            r"spain|latam|apac|emea|india|japan|china|brasil|brazil|canada|australia|nordic|benelux)"
            r"$",
            re.I,
        ),
    ),
)
"""What handles add to the company's name, by role; the first that fits counts."""


def role_of(best: ChannelLink, links: Sequence[ChannelLink], names: Sequence[str]) -> Role:
    """Return whom a profile speaks for, by what its handle says beside the company's name.

    `best` is the link among `links` that says most. A profile is a person's where every link to it
    has the shape of a person's address (linkedin.com/in/).
    """
    if all(link.person for link in links):
        return Role.PERSON
    rest = _beside_name(best.handle, names)
    for role, pattern in _ROLES:
        if pattern.search(rest):
            return role
    return Role.MAIN


def with_roles(channels: Sequence[Channel]) -> tuple[Channel, ...]:
    """Tell the main profile of each platform from the others.

    Of several own profiles the best (the first) is the main one. Whatever no sign names regional,
    careers or support speaks for a product or part.
    """
    platforms: set[str] = set()
    told_apart: list[Channel] = []
    for channel in channels:
        if not channel.candidate and channel.role is Role.MAIN:
            first = channel.platform not in platforms
            platforms.add(channel.platform)
            told_apart.append(channel if first else _of_product(channel))
        else:
            told_apart.append(channel)
    return tuple(told_apart)


def _beside_name(handle: str, names: Sequence[str]) -> str:
    """Return a handle without the company's name, where it begins with it; a sign marks the cut.

    `airfrance_uk` of "Air France" becomes `-uk`: regional. `airfrance` becomes `-`, where its own
    name was once read as a region.
    """
    plain = folded(handle).strip("@/ ")
    bare = re.sub(r"[^\w]|_", "", plain)
    for name in sorted({"".join(tokens(each)) for each in names}, key=len, reverse=True):
        if len(name) >= _SHORTEST_NAME and bare.startswith(name):
            return f"-{bare[len(name) :]}"
    return plain


def _of_product(channel: Channel) -> Channel:
    """Return a channel as one that speaks for a product or part of the company."""
    return replace(channel, ownership=replace(channel.ownership, role=Role.PRODUCT))
