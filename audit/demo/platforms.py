"""The invented platforms: which server stands in for which origin, and what its robots.txt says."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from audit.demo.networks.answers import Answering
from audit.demo.networks.closed import KEEP_OUT, linkedin, x
from audit.demo.networks.fediverse import bluesky, mastodon
from audit.demo.networks.media import pinterest, pinterest_widgets, spotify
from audit.demo.networks.meta import facebook, instagram
from audit.demo.networks.teams import discord, github
from audit.demo.networks.tiktok import tiktok
from audit.demo.networks.wikidata import wikidata
from audit.demo.networks.youtube import youtube
from audit.demo.profiles import Shown, shown
from audit.demo.web import Answer

WIKIDATA = "https://www.wikidata.org"
OPEN = "User-agent: *\nDisallow: /search\n"
"""What most say here; the real ones are stricter in places, and a real run obeys them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """The origin that readers ask, the platform behind it, and how it answers for its accounts."""

    origin: str
    platform: str
    answers: Callable[[Sequence[Shown]], Answering]
    robots: str = OPEN


NETWORKS = (
    Network(origin="https://www.youtube.com", platform="youtube", answers=youtube),
    Network(
        origin="https://www.linkedin.com", platform="linkedin", answers=linkedin, robots=KEEP_OUT
    ),
    Network(origin="https://www.instagram.com", platform="instagram", answers=instagram),
    Network(origin="https://www.facebook.com", platform="facebook", answers=facebook),
    Network(origin="https://x.com", platform="x", answers=x),
    Network(origin="https://www.tiktok.com", platform="tiktok", answers=tiktok),
    Network(origin="https://www.pinterest.com", platform="pinterest", answers=pinterest),
    Network(
        origin="https://widgets.pinterest.com", platform="pinterest", answers=pinterest_widgets
    ),
    Network(origin="https://public.api.bsky.app", platform="bluesky", answers=bluesky),
    Network(origin="https://mastodon.social", platform="mastodon", answers=mastodon),
    Network(origin="https://api.github.com", platform="github", answers=github),
    Network(origin="https://discord.com", platform="discord", answers=discord),
    Network(origin="https://open.spotify.com", platform="spotify", answers=spotify),
)
ORIGINS = (*(network.origin for network in NETWORKS), WIKIDATA)


def drawn(sites: Mapping[str, str], day: date, today: date) -> dict[str, Answering]:
    """What every origin answers on `day`; `sites` are the companies' start pages by name."""
    accounts = shown(sites, day, today)
    found = {network.origin: _drawn(network, accounts) for network in NETWORKS}
    return found | {WIKIDATA: _with_robots(wikidata(sites), OPEN)}


def _drawn(network: Network, accounts: Sequence[Shown]) -> Answering:
    mine = [each for each in accounts if each.account.platform == network.platform]
    return _with_robots(network.answers(mine), network.robots)


def _with_robots(answering: Answering, robots: str) -> Answering:
    said = Answer(status=200, content_type="text/plain; charset=utf-8", body=robots.encode())

    def answer(path: str, query: Mapping[str, str]) -> Answer | None:
        return said if path == "/robots.txt" else answering(path, query)

    return answer
