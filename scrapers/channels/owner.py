"""The company as profiles may name it: its names, and the sites that are its own."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from scrapers.page.names import fit
from scrapers.page.rules import Rules
from scrapers.parse.urls import authority_of, host_of, registrable

_NEAR = 0.5
"""From this likeness on a strange host may be another site of the company's (acme-shop.example)."""


@dataclass(frozen=True, slots=True)
class Owner:
    """The company as profiles may name it: its names and its sites (registrable hosts).

    `neutral` tells hosts that say nothing of whose a profile is: platforms, link lists, shorteners.
    `hosted` are the hosts where each subdomain is somebody else's (wordpress.com).
    """

    names: tuple[str, ...]
    sites: frozenset[str]
    neutral: Callable[[str], bool]
    hosted: frozenset[str] = frozenset()

    def owns(self, url: str) -> bool:
        """Tell whether an address is on a site of the company's."""
        return registrable(host_of(url), self.hosted) in self.sites

    def strange(self, url: str) -> bool:
        """Tell whether an address is on a site that bears no name of the company's."""
        host = authority_of(url).partition(":")[0]
        label = registrable(host, self.hosted).partition(".")[0]
        return not self.owns(url) and not self.neutral(host) and fit(label, self.names) < _NEAR


def owner_of(names: tuple[str, ...], websites: Iterable[str], rules: Rules) -> Owner:
    """Return the company that goes by these names and has these addresses as its own."""
    hosted = rules.catalogue.hosted
    return Owner(
        names=names,
        sites=frozenset(registrable(host_of(url), hosted) for url in websites),
        neutral=lambda host: _is_neutral(host, rules),
        hosted=hosted,
    )


def _is_neutral(host: str, rules: Rules) -> bool:
    """Tell whether a host, or a domain above it, says nothing of whose a profile is.

    For example open.spotify.com (a platform), or apps.apple.com below apple.com (a store).
    """
    labels = host.split(".")
    ends = {".".join(labels[at:]) for at in range(len(labels))}
    return rules.platforms.knows(host) or bool(ends & rules.catalogue.neutral)
