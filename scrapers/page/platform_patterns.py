"""The patterns of one platform: its hosts, and the forms that its profiles' addresses have."""

import re
from dataclasses import dataclass
from functools import cached_property

from audit.model.catalogue import PlatformRule

_HOST = re.compile(r"\^([a-z0-9][a-z0-9.\\-]{2,60})/(?!/)")
"""How the pattern of an address of one host begins."""

COMMON = frozenset(
    {
        *("about", "account", "accounts", "ads", "api", "apps", "blog", "business", "careers"),
        *("community-guidelines", "contact", "cookie-policy", "cookies", "create", "developers"),
        *("directory", "download", "embed", "explore", "features", "guidelines", "help", "home"),
        *("intent", "jobs", "legal", "login", "logout", "messages", "newsroom", "notifications"),
        *("oauth", "opensearch", "plugins", "policies", "policy", "press", "pricing", "privacy"),
        *("privacy-policy", "register", "search", "settings", "share", "sharer", "sign-up"),
        *("signin", "signup", "store", "support", "tag", "tags", "terms", "terms-of-service"),
        *("tos", "trends", "upload", "watch", "widgets"),
    }
)
"""First path segments that are pages on any platform; with `@` before them they are accounts."""

_SERVICES = "|".join(
    re.escape(label)
    for label in sorted(
        COMMON | {"cdn", "community", "creators", "developer", "docs", "media", "static", "status"}
    )
)
"""Labels of the hosts on which a platform helps, sells and explains; nobody's profile is there."""


@dataclass(frozen=True, slots=True)
class Form:
    """One form of a profile's address; `bound`: it begins with the host or scheme it is of."""

    pattern: re.Pattern[str]
    bound: bool


@dataclass(frozen=True)
class PlatformPatterns:
    """The rule of a platform; what an address is matched against is compiled when one first is.

    A run meets a few of a hundred platforms, and each of its processes would compile them all.
    """

    rule: PlatformRule

    @cached_property
    def host(self) -> re.Pattern[str]:
        """Return the pattern of its hosts; without one of its own, they and one label more."""
        fallback = "|".join(_any_host(host) for host in self.rule.hosts)
        return re.compile(self.rule.host_pattern or fallback)

    @cached_property
    def forms(self) -> tuple[Form, ...]:
        """Return the forms of its profiles' addresses, in the order in which they are tried."""
        return tuple(
            Form(re.compile(pattern), bound=not pattern.startswith(("^/", "^(?:/")))
            for pattern in self.rule.profile
        )

    @cached_property
    def apart(self) -> frozenset[str]:
        """Return the hosts that forms begin with: there no form without a host holds.

        What is a name on discord.gg is a page of the platform's own on discord.com.
        """
        return frozenset(
            match[1].replace("\\", "")
            for pattern in self.rule.profile
            if (match := _HOST.match(pattern)) is not None
        )

    @cached_property
    def not_profile(self) -> re.Pattern[str] | None:
        """Return the pattern of addresses that are nobody's profile."""
        return _any_case(self.rule.not_profile)

    @cached_property
    def person(self) -> re.Pattern[str] | None:
        """Return the pattern of addresses that are a person's profile."""
        return _any_case(self.rule.person)

    @cached_property
    def exact(self) -> re.Pattern[str] | None:
        """Return the pattern of addresses in which capitals matter."""
        return _any_case(self.rule.exact)

    @cached_property
    def reserved(self) -> frozenset[str]:
        """Return the names that the platform keeps for itself."""
        return frozenset(word.casefold() for word in self.rule.reserved)

    @cached_property
    def canonical(self) -> tuple[str, ...]:
        """Return the templates of its addresses, best first."""
        return tuple(part.strip() for part in self.rule.canonical.split(" | "))


def _any_case(pattern: str) -> re.Pattern[str] | None:
    """Return a pattern for which capitals do not matter; None for none."""
    return re.compile(pattern, re.IGNORECASE) if pattern else None


def _any_host(host: str) -> str:
    """Return the pattern for a host or a label below it; `.*` at its end stands for a country.

    help.instagram.com/519522125107875 is an article of the help pages, not somebody's profile.
    """
    escaped = re.escape(host).replace(r"\.\*", r"\.[a-z.]{2,6}")
    return rf"(?:(?!(?:{_SERVICES})\.)[a-z0-9-]+\.)?{escaped}"
