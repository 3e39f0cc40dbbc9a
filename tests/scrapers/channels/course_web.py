"""A web for tests of the course: a site, Bluesky's interface and Wikidata, as answers in memory."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

from audit.measure.company import measure
from audit.model.channel import Channel
from audit.model.company import Company, ConfiguredChannel, ManualFigure, Settings
from audit.model.result import CompanyResult
from audit.model.value import Number, Reason
from audit.model.visit import Visit
from tests.fake_session import HOME, NOW, WINDOW, Answer, FakeSession, context, planned, visited

BSKY = "https://public.api.bsky.app/xrpc/app.bsky"
WIKI = "https://www.wikidata.org/w/api.php?format=json&maxlag=5"
ACME = Company(name="Acme Pumps", website=HOME)
BY_HAND = ManualFigure(
    measure="channel.bluesky.followers",
    value=150,
    on=datetime(2026, 10, 1, tzinfo=UTC).date(),
    by="J.",
    place="c.yaml:9",
)
Payload = dict[str, object]


async def visit_over(
    answers: Mapping[str, Answer], *, company: Company = ACME, settings: Settings | None = None
) -> tuple[Visit, FakeSession]:
    """A visit over these answers, profiles and all, and the session that tells what was asked."""
    session = FakeSession(answers, prefixes=True)
    return await visited(session, planned(company, settings or Settings())), session


async def measured(
    answers: Mapping[str, Answer],
    before: CompanyResult | None = None,
    *,
    channels: Sequence[ConfiguredChannel] = (),
    manual: Sequence[ManualFigure] = (),
) -> CompanyResult:
    """The result of a visit over these answers, beside that of an earlier run."""
    company = Company(name=ACME.name, website=HOME, channels=tuple(channels), manual=tuple(manual))
    visit, _ = await visit_over(answers, company=company)
    return measure(company, visit, context(WINDOW), before)


def home(*links: str) -> str:
    """A start page with these links in its foot."""
    foot = "".join(f'<a href="{link}">us</a> ' for link in links)
    return f"<html lang=en><title>Acme Pumps</title><h1>Acme Pumps</h1><p>Pumps.</p><footer>{foot}</footer>"


LINKED = home("https://bsky.app/profile/acme.bsky.social")


def profile(
    handle: str, about: str = "", name: str = "Acme Pumps", followers: object = 120
) -> Payload:
    """A profile as Bluesky's interface gives it; the id follows from the handle."""
    return {
        "did": f"did:plc:{handle.replace('.', '')}",
        "handle": handle,
        "displayName": name,
        "description": about,
        "followersCount": followers,
        "followsCount": 3,
        "postsCount": 1,
    }


def feed(*more: Payload, days: int = 3) -> Payload:
    """The posts of a profile: one so many days ago, and what else the list holds."""
    at = (NOW - timedelta(days=days)).isoformat()
    post: Payload = {
        "uri": "at://x/app.bsky.feed.post/3m5aaaaaaaa2a",
        "author": {"handle": "acme.example"},
        "record": {"text": "A new pump", "createdAt": at},
        "likeCount": 2,
        "indexedAt": at,
    }
    return {"feed": [{"post": post}, *more]}


def bluesky(
    about: str = "",
    handle: str = "acme.bsky.social",
    name: str = "Acme Pumps",
    followers: object = 120,
) -> dict[str, Answer]:
    """What Bluesky's interface answers: a profile, and one post of three days ago."""
    return {
        f"{BSKY}.actor.getProfile": profile(handle, about, name, followers),
        f"{BSKY}.feed.getAuthorFeed": feed(),
    }


def wikidata(
    *claims: tuple[str, str],
    website: str = "https://acme.example/",
    rank: str = "normal",
    preferred: Sequence[tuple[str, str]] = (),
) -> dict[str, Answer]:
    """What Wikidata answers: an item with that website, and claims of (property, value).

    `rank` is that of the website and the claims; those that are `preferred` come after them.
    """
    statements: dict[str, list[Payload]] = {}
    ranked = [(("P856", website), rank), *((claim, rank) for claim in claims)]
    for (name, value), its_rank in [*ranked, *((claim, "preferred") for claim in preferred)]:
        statement: Payload = {"mainsnak": {"datavalue": {"value": value}}, "rank": its_rank}
        statements.setdefault(name, []).append(statement)
    return {
        f"{WIKI}&action=query": {"query": {"search": [{"title": "Q42"}]}},
        f"{WIKI}&action=wbgetentities": {"entities": {"Q42": {"claims": statements}}},
    }


BLUESKY_CLAIM = ("P12361", "acme.bsky.social")
"""Wikidata's statement that the company is acme.bsky.social on Bluesky."""


def channel_of(outcome: Visit | CompanyResult, platform: str = "bluesky") -> Channel:
    """The only channel on a platform."""
    (channel,) = [channel for channel in outcome.channels if channel.platform == platform]
    return channel


def values_of(result: CompanyResult) -> dict[str, Number]:
    """What was measured, by metric."""
    return {measure.metric: measure.value for measure in result.measures}


def unread_reason(channel: Channel) -> Reason | None:
    """Why a profile was not read; None where it was."""
    return channel.unread.reason if channel.unread is not None else None
