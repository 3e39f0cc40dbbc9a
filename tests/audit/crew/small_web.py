"""A small web of many companies on loopback, whose answers come in another order each time."""

import json
import random
import socket
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import MappingProxyType

from ruamel.yaml import YAML

from audit import api
from tests.hostile import Route, Site, page, serving, status

TODAY = datetime.now(UTC).replace(hour=12, minute=0, second=0, microsecond=0)
DAY = (TODAY - timedelta(days=1)).date()
"""The last day of the window of each run: yesterday, so that no run ends while it is measured."""

NETWORKS = ("https://public.api.bsky.app", "https://x.com", "https://www.wikidata.org")


@dataclass(frozen=True, slots=True)
class SmallWeb:
    """The list of the companies, and the servers of their sites in its order."""

    file: Path
    sites: list[Site]


@contextmanager
def web(
    folder: Path,
    companies: int,
    seed: int,
    longest_seconds: float = 0.03,
    slow: Mapping[int, float] = MappingProxyType({}),
) -> Iterator["SmallWeb"]:
    """Serve the sites of companies and three networks.

    Each answer comes after a time by chance; those of the `slow` companies take so many seconds.
    Of the networks one answers with profiles, one refuses everybody, one knows nobody.
    """
    chance = random.Random(seed)  # noqa: S311 - an order is no secret
    with ExitStack() as stack:

        def served(routes: Mapping[str, Route], slow_seconds: float = 0.0) -> Site:
            span = (slow_seconds, slow_seconds or longest_seconds)
            late = {path: _late(route, chance, span) for path, route in routes.items()}
            return stack.enter_context(serving(late))

        sites = [served(_site(number), slow.get(number, 0.0)) for number in range(companies)]
        network = served(_profiles(companies))
        refusing = served({f"/acme{n}": status(403) for n in range(companies)})
        servers = (network.url, refusing.url, served({}).url)
        file = folder / "competitors.yaml"
        _write(file, [site.url for site in sites], dict(zip(NETWORKS, servers, strict=True)))
        yield SmallWeb(file, sites)


def _late(route: Route, chance: random.Random, span: tuple[float, float]) -> Route:
    """The same answer after a time by chance."""

    def answer(connection: socket.socket, head: bytes) -> None:
        time.sleep(chance.uniform(*span))
        if callable(route):
            route(connection, head)
        else:
            connection.sendall(route)

    return answer


def _site(number: int) -> Mapping[str, Route]:
    """A start page with two profiles, and a blog with three posts."""
    name = f"Acme {number}"
    links = (
        '<a href="/blog/">Blog</a>'
        f'<footer><a href="https://bsky.app/profile/acme{number}.bsky.social">Bluesky</a>'
        f'<a href="https://x.com/acme{number}">X</a></footer>'
    )
    posts = "".join(
        f'<article><h2><a href="/blog/{at}">Post {at} of many words</a></h2>'
        f'<time datetime="{(TODAY - timedelta(days=7 * at + number)).isoformat()}">t</time></article>'
        for at in range(1, 4)
    )
    return {
        "/": page(f"<html lang=en><title>{name}</title><h1>{name}</h1><p>Pumps.</p>{links}</html>"),
        "/blog/": page(f"<html lang=en><title>Blog</title><main>{posts}</main></html>"),
        **{f"/blog/{at}": page(f"<title>{at}</title><p>Words.</p>") for at in range(1, 4)},
    }


def _profiles(companies: int) -> Mapping[str, Route]:
    """Profiles on a network that answers, by the address that its reader asks for."""
    routes: dict[str, Route] = {}
    for number in range(companies):
        actor = f"acme{number}.bsky.social"
        profile = {
            "did": f"did:plc:acme{number}",
            "handle": actor,
            "displayName": f"Acme {number}",
            "description": "",
            "followersCount": 100 + number,
            "followsCount": 3,
            "postsCount": 0,
        }
        answer = page(json.dumps(profile), "application/json")
        routes[f"/xrpc/app.bsky.actor.getProfile?actor={actor}"] = answer
    return routes


def _write(file: Path, sites: list[str], servers: Mapping[str, str]) -> None:
    settings = {"delay_seconds": 0, "browser": "never", "base_urls": dict(servers)}
    companies = [
        {"name": f"Acme {number}", "website": f"{url}/"} for number, url in enumerate(sites)
    ]
    with file.open("w", encoding="utf-8") as out:
        YAML().dump({"settings": settings, "companies": companies}, out)


def options(folder: Path, *, resume: bool = False) -> api.Options:
    """Options of a run over this web."""
    data = folder / "audit-data"
    return api.Options(data_dir=data, as_of=DAY, allow_private_hosts=True, resume=resume)
