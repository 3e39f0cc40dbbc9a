"""How a run behaves towards the web: its patience, its pauses, and the name that it goes by."""

from dataclasses import dataclass

from scrapers.fetch.limits import SITE_SECONDS
from scrapers.fetch.robots import TOKEN


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """How a run behaves towards the web; times in seconds."""

    timeout_seconds: float
    """One try of a request, from connecting to the last byte, takes no longer."""

    delay_seconds: float
    """Between the end of an answer and the next request to the same host."""

    user_agent: str
    private_hosts: frozenset[str] = frozenset()
    """Hosts that may lead into a private network; all others stay shut."""

    site_seconds: float = SITE_SECONDS
    """For one company's website, and as much again for its profiles."""


def user_agent(version: str, contact: str) -> str:
    """Return the name that the program goes by, with an address where one can ask about it.

    It begins with the token that robots.txt files call us by: `social-audit/1.0 (+https://…)`.
    """
    return f"{TOKEN}/{version} (+{contact})" if contact else f"{TOKEN}/{version}"
