"""Say which profiles in competitors.yaml are under a name that is not their platform's."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from config.checks import nearest

if TYPE_CHECKING:
    from audit.model.catalogue import PlatformRule

_ANY_HOST = ".+"
"""The pattern of a platform whose servers anybody runs."""

_OWN_HOST = "tenant="
"""What stands in the forms of a platform where a profile has a host, which may be its own."""


def unknown_platform(name: str, platforms: Collection[PlatformRule]) -> str:
    """Say of a platform that it is unknown, and which one was probably meant."""
    lowered = name.casefold()
    for rule in platforms:
        if lowered in {other.casefold() for other in (*rule.former, rule.title)}:
            return f"unknown platform; `{name}` is `{rule.name}` here"
    return f"unknown platform; {nearest(name, tuple(sorted(rule.name for rule in platforms)))}"


def wrong_address(url: str, platform: PlatformRule, platforms: Collection[PlatformRule]) -> str:
    """Say why an address cannot be a profile of its platform; empty where it may be one.

    Shapes that the catalogue does not know are taken as they are: a person may know better. So
    only the host is looked at, and whether anything follows it.
    """
    from ada_url import URL

    parsed = URL(url)
    host = parsed.hostname.removesuffix(".").lower()
    is_open = platform.host_pattern == _ANY_HOST or any(
        _OWN_HOST in form for form in platform.profile
    )
    if not platform.hosts:
        return ""
    if _has(platform, host):
        front = f"{parsed.pathname}{parsed.search}{parsed.hash}" == "/" and not is_open
        return f"this is {platform.title} itself; write the address of the profile" if front else ""
    other = next((rule for rule in platforms if _has(rule, host)), None)
    if other is not None:
        return (
            f"this is no address of {platform.title} but of {other.title}; "
            f"write it under `{other.name}`"
        )
    if is_open or any(_is_below(host, domain) for domain in _domains(platform)):
        return ""
    return f"this is no address of {platform.title}; write one on {platform.hosts[0]}"


def _has(platform: PlatformRule, host: str) -> bool:
    """Tell whether a host is one of a platform's, or below one."""
    labels = host.split(".")[:-1]
    return any(
        known[:-2] in labels if known.endswith(".*") else _is_below(host, known)
        for known in platform.hosts
    )


def _is_below(host: str, known: str) -> bool:
    """Tell whether a host is another or one of its subdomains."""
    return host == known or host.endswith(f".{known}")


def _domains(platform: PlatformRule) -> Iterator[str]:
    """Yield the domains that a platform's hosts belong to: spotify.com of open.spotify.com."""
    yield from (".".join(host.split(".")[-2:]) for host in platform.hosts)
