"""The invented platforms: which server stands in for which origin, and what its robots.txt says."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from audit.demo.networks.closed import KEEP_OUT, linkedin, x
from audit.demo.networks.fediverse import bluesky, mastodon
from audit.demo.networks.media import pinterest, pinterest_widgets, spotify
from audit.demo.networks.meta import facebook, instagram
from audit.demo.networks.replies import Replying
from audit.demo.networks.teams import discord, github
from audit.demo.networks.tiktok import tiktok
from audit.demo.networks.wikidata import wikidata
from audit.demo.networks.youtube import youtube
from audit.demo.profiles import InventedProfile, profiles_on
from audit.demo.web import Reply

WIKIDATA = "https://www.wikidata.org"
OPEN = "User-agent: *\nDisallow: /search\n"
"""What most say here; the real ones are stricter in places, and a real run obeys them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """The origin that readers ask, the platform behind it, and how it replies for its profiles."""

    origin: str
    platform: str
    replies: Callable[[Sequence[InventedProfile]], Replying]
    robots: str = OPEN


NETWORKS = (
    Network(origin="https://www.youtube.com", platform="youtube", replies=youtube),
    Network(
        origin="https://www.linkedin.com", platform="linkedin", replies=linkedin, robots=KEEP_OUT
    ),
    Network(origin="https://www.instagram.com", platform="instagram", replies=instagram),
    Network(origin="https://www.facebook.com", platform="facebook", replies=facebook),
    Network(origin="https://x.com", platform="x", replies=x),
    Network(origin="https://www.tiktok.com", platform="tiktok", replies=tiktok),
    Network(origin="https://www.pinterest.com", platform="pinterest", replies=pinterest),
    Network(
        origin="https://widgets.pinterest.com", platform="pinterest", replies=pinterest_widgets
    ),
    Network(origin="https://public.api.bsky.app", platform="bluesky", replies=bluesky),
    Network(origin="https://mastodon.social", platform="mastodon", replies=mastodon),
    Network(origin="https://api.github.com", platform="github", replies=github),
    Network(origin="https://discord.com", platform="discord", replies=discord),
    Network(origin="https://open.spotify.com", platform="spotify", replies=spotify),
)
ORIGINS = (*(network.origin for network in NETWORKS), WIKIDATA)


def replies_of_platforms(sites: Mapping[str, str], day: date, today: date) -> dict[str, Replying]:
    """Give how every origin replies on `day`; `sites` are the companies' start pages by name."""
    profiles = profiles_on(sites, day, today)
    replies = {network.origin: _replying(network, profiles) for network in NETWORKS}
    return replies | {WIKIDATA: _with_robots(wikidata(sites), OPEN)}


def _replying(network: Network, profiles: Sequence[InventedProfile]) -> Replying:
    """Give how a network replies for its own profiles among all."""
    own = [profile for profile in profiles if profile.account.platform == network.platform]
    return _with_robots(network.replies(own), network.robots)


def _with_robots(replying: Replying, robots: str) -> Replying:
    """Put a robots.txt before the other replies of an origin."""
    rules = Reply(status=200, content_type="text/plain; charset=utf-8", body=robots.encode())

    def reply(path: str, query: Mapping[str, str]) -> Reply | None:
        return rules if path == "/robots.txt" else replying(path, query)

    return reply
