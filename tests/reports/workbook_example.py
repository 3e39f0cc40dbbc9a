"""Six invented companies, measured by the real measures, for the tests of the workbook."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path

from audit.compare import compare
from audit.measure.company import measure
from audit.measure.kpis import with_kpis
from audit.measure.shares import with_shares
from audit.measure.subject import Context, Together
from audit.model.breakdown import KINDS, LANGUAGES, SUBJECTS, Audience, Breakdown, Part
from audit.model.catalogue import Usage
from audit.model.channel import Channel, ChannelHistory, OwnershipPart, Promise
from audit.model.company import Company, Competitors, Kpi, ManualFigure, Settings, Stakeholder
from audit.model.exchange import Fetched, Robots, RobotsState
from audit.model.kinds import ActivityKind
from audit.model.kpi import NOT_BEFORE, KpiProgress, KpiStanding
from audit.model.profile import (
    Count,
    Interaction,
    Profile,
    ProfileFigure,
    ProfilePart,
    Reaction,
    Standing,
)
from audit.model.result import CompanyResult, Comparison, Measure, RunInfo, Snapshot, Window
from audit.model.site import (
    Activity,
    Certainty,
    Extent,
    Feature,
    ListKind,
    Post,
    PostList,
    Section,
    State,
)
from audit.model.value import Dated, DateSource, Evidence, Known, Reason, Unknown
from audit.model.visit import Note, Visit
from config.catalogue import load_catalogue
from tests.channel_example import channel, live
from tests.fake_session import context
from tests.reports.topics_told import told

AS_OF = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
WINDOW = Window(as_of=AS_OF, lookback_days=365, timezone="UTC")
LOOKED_FOR = ("blog", "news", "forum", "wiki", "knowledge-base", "reviews", "newsletter", "podcast")

KPIS = (
    Kpi(name="Blog cadence", goal="Generate leads", measure="blog.posts_per_week", target=">= 1",
        due=date(2027, 3, 31)),
    Kpi(name="No dead links", goal="", measure="presence.broken", target="<= 0", due=None),
    Kpi(name="Share of voice", goal="Be heard", measure="all.share_of_posts", target=">= 25 %",
        due=date(2026, 12, 31)),
    Kpi(name="Readers answer", goal="", measure="engagement.per_post", target="> 20",
        due=date(2026, 9, 30)),
)  # fmt: skip
Spread = tuple[int, int, int]
"""Posts of a section: how many, days between two, days since the newest."""


@cache
def snapshot(*, own: bool = True, finished: bool = True) -> Snapshot:
    """The whole set, as a run would bring it home; put together once, as nothing changes it."""
    together = Together(overlaps={}, window=WINDOW, kpis=KPIS, earlier=earlier() if own else None)
    results = with_kpis(with_shares(told(tuple(_results(own=own))), together), together)
    return of(results, finished=finished)


def earlier() -> CompanyResult:
    """What the run before knew of our own company: where its first KPI began."""
    blog = Known(value=0.3, evidence=(proof("https://www.acme.example/blog/", "blog.feed", "0.3"),))
    begun = KpiProgress(
        kpi=KPIS[0],
        now=blog,
        last=NOT_BEFORE,
        baseline=blog,
        since=date(2026, 6, 1),
        target=1.0,
        standing=KpiStanding.OPEN,
    )
    company = Company(name="Acme Pumps", website="https://www.acme.example/", own=True)
    return CompanyResult(
        company=company,
        measures=(Measure(metric="blog.posts_per_week", value=blog),),
        kpis=(begun,),
    )


def of(results: Sequence[CompanyResult], *, finished: bool = True) -> Snapshot:
    """A snapshot of some results."""
    return Snapshot(
        run=RunInfo(
            id="20261123T060000000",
            as_of=AS_OF,
            started_at=AS_OF,
            finished_at=AS_OF + timedelta(minutes=7) if finished else None,
            version="0.1.0",
            rules_version="abcdef123456",
        ),
        competitors=Competitors(
            path=Path("competitors.yaml"),
            companies=tuple(result.company for result in results),
            settings=Settings(),
            kpis=KPIS,
            stakeholders=(Stakeholder(name="Plant engineers", roles=("spectators", "critics")),),
        ),
        results=tuple(results),
    )


def compared(shot: Snapshot) -> tuple[Comparison, ...]:
    """The comparison of a snapshot."""
    return compare(shot.results, shot.competitors.settings)


def company_result(
    name: str,
    *,
    own: bool = False,
    sections: dict[str, Spread] | None = None,
    channels: Sequence[tuple[str, float]] = (),
    features: Sequence[tuple[str, str]] = (),
    supplies: Sequence[str] = (),
    cut: str = "",
    closed: str = "",
) -> CompanyResult:
    """One company whose site could be read."""
    slug = name.split(maxsplit=1)[0].lower()
    site = f"https://www.{slug}.example/"
    spreads = sections or {}
    parts = [_section(site, each, spread, cut=each == cut) for each, spread in spreads.items()]
    if closed:
        parts.append(_closed(site, closed))
    found = [_feature(site, each, vendor) for each, vendor in features]
    found += [_feature(site, each, "own", Usage.SUPPLIES) for each in supplies]
    found += [_feature(site, each.channel, "") for each in parts]
    profiles = tuple(_channel(site, slug, each, sure) for each, sure in channels)
    parts += _profile_sections(slug, profiles)
    seen = {each.feature for each in found}
    found += [_missing(each) for each in LOOKED_FOR if each not in seen]
    visit = Visit(
        start=Known(value=site, evidence=(proof(site, "page.start", name),)),
        languages=("en", "de") if own else ("en",),
        channels=profiles,
        features=tuple(found),
        sections=tuple(parts),
        robots=(Robots(origin=site.rstrip("/"), state=RobotsState.RULES, detail="", sitemaps=(),
                       crawl_delay=2.0),),
        fetched=(
            Fetched(url=site, why="start", outcome="ok", fetched_at=AS_OF, record="a.warc.gz#0",
                    size=48_213),
            Fetched(url=f"{site}feed", why="feed", outcome="http-404", fetched_at=AS_OF,
                    record="a.warc.gz#901"),
        ),
        notes=(),
        audiences=tuple(_audience(each) for each in profiles
                        if (slug, each.platform) == ("borealis", "bluesky")),
    )  # fmt: skip
    by_hand = tuple(
        ManualFigure(measure=f"channel.linkedin.{field}", value=value, on=date(2026, 10, 1),
                     by="J.", place="competitors.yaml:12")
        for field, value in (("followers", 12_400), ("posts_per_week", 1.1))
    )  # fmt: skip
    company = Company(name=name, website=site, own=own, manual=by_hand if own else ())
    return measure(company, visit, _known())


def _known() -> Context:
    """What the run knows: the rules of the package."""
    return replace(context(WINDOW), catalogue=load_catalogue())


def unreadable(name: str, reason: Reason, *, own: bool = False) -> CompanyResult:
    """One company whose start page could not be read."""
    site = f"https://{name.split(maxsplit=1)[0].lower()}.example/"
    start = Unknown(reason=reason, detail="the start page could not be read")
    note = Note(what="website", reason=reason, detail=f"{site}: no answer", incomplete=True)
    visit = Visit(
        start=start, languages=(), channels=(), features=tuple(
            replace(_missing(each), state=State.UNKNOWN, reason=reason) for each in LOOKED_FOR
        ), sections=(), robots=(), notes=(note,),
        fetched=(Fetched(url=site, why="start", outcome=reason, fetched_at=AS_OF, record=""),),
    )  # fmt: skip
    return measure(Company(name=name, website=site, own=own), visit, _known())


def proof(url: str, rule: str, excerpt: str) -> Evidence:
    """Evidence as a fetch of the example's day gives it."""
    return Evidence(
        url=url, fetched_at=AS_OF, rule=rule, excerpt=excerpt, record="archive/run/a.warc.gz#4711"
    )


def _results(*, own: bool) -> list[CompanyResult]:
    return [
        company_result(
            "Acme Pumps",
            own=own,
            sections={"blog": (31, 11, 14), "news": (10, 33, 60)},
            channels=(("linkedin", 0.95), ("youtube", 0.9), ("x", 0.45)),
            features=(("knowledge-base", "Zendesk"), ("chat", "Intercom")),
        ),
        company_result(
            "Borealis Valves",
            sections={"blog": (122, 3, 4), "news": (25, 14, 9), "podcast": (28, 13, 18)},
            channels=(("linkedin", 0.95), ("youtube", 0.95), ("facebook", 0.9), ("instagram", 0.8),
                      ("bluesky", 0.7), ("x", 0.9)),
            features=(("newsletter", "Mailchimp"), ("forum", "Discourse"),
                      ("reviews", "Trustpilot"), ("events", ""), ("chat", "Drift")),
            supplies=("calculator", "api"),
        ),
        company_result(
            "Corvid Flow",
            sections={"blog": (20, 6, 17)},
            channels=(("linkedin", 0.95), ("tiktok", 0.9), ("facebook", 0.9), ("youtube", 0.9)),
            features=(("newsletter", "HubSpot"), ("comments", "Disqus")),
            cut="blog",
        ),
        company_result(
            "Delta Hydraulik",
            sections={"blog": (20, 17, 69), "news": (46, 7, 17)},
            channels=(("linkedin", 0.95), ("youtube", 0.5), ("xing", 0.95)),
            features=(("newsletter", ""), ("reviews", "ProvenExpert")),
        ),
        company_result(
            "Estuary Systems",
            sections={"news": (15, 24, 12)},
            closed="blog",
            channels=(("linkedin", 0.9), ("youtube", 0.95), ("facebook", 0.9)),
            features=(("newsletter", "Mailchimp"), ("knowledge-base", "")),
        ),
        unreadable("Fjord Pumpen", Reason.ROBOTS),
    ]  # fmt: skip


def _section(site: str, channel: str, spread: Spread, *, cut: bool) -> Section:
    count, every, newest = spread
    url = f"{site}{channel}/"
    posts = tuple(
        _post(channel, url, at, AS_OF - timedelta(days=newest + at * every, hours=at % 9))
        for at in range(count)
    )
    if channel == "news":
        posts = (*posts, replace(_post(channel, url, 999, AS_OF), published=None, flag="undated"))
    evidence = proof(f"{url}feed.xml", f"{channel}.feed", "<item><pubDate>")
    return Section(
        channel=channel,
        url=url,
        feeds=(f"{url}feed.xml",),
        posts=posts,
        truncated=cut,
        unreadable=None,
        evidence=(evidence,),
        lists=(
            PostList(
                kind=ListKind.FEED,
                url=f"{url}feed.xml",
                posts=len(posts),
                extent=Extent.CUT if cut else Extent.WHOLE,
                evidence=evidence,
            ),
            PostList(
                kind=ListKind.SITEMAP,
                url=f"{site}sitemap.xml",
                posts=len(posts) + (3 if channel == "news" else 0),
                extent=Extent.CUT if cut else Extent.WHOLE,
                evidence=evidence,
                unread=7 if cut else 0,
            ),
        ),
    )


def _closed(site: str, channel: str) -> Section:
    url = f"{site}{channel}/"
    return Section(
        channel=channel,
        url=url,
        feeds=(),
        posts=(),
        truncated=False,
        unreadable=Unknown(reason=Reason.ROBOTS, detail="disallowed"),
        evidence=(proof(site, f"{channel}.link", f'<a href="/{channel}/">'),),
    )


def _post(channel: str, url: str, number: int, at: datetime) -> Post:
    address, day_only = f"{url}{number}", number % 2 == 0
    if day_only:
        at = at.replace(hour=0, minute=0, second=0, microsecond=0)
    return Post(
        channel=channel,
        channel_url=url,
        url=address,
        title=f"How to choose a valve, part {number}",
        published=Dated(at=at, source=DateSource.FEED, day_only=day_only),
        format="article",
        language="en",
        flag="",
        evidence=proof(address, f"{channel}.feed", f"part {number}"),
    )


def _channel(site: str, slug: str, platform: str, sure: float) -> Channel:
    url = f"https://{platform}.example/{slug}"
    reason = _WALLED.get(platform, Reason.NOT_CHECKED)
    unread = Unknown(reason=reason, detail="not shown to readers without an account")
    weight = round(sure - 0.6, 2)
    named = channel(
        platform,
        url,
        f"@{slug}",
        proof=(proof(site, f"link.{platform}", f'<a href="{url}">'),),
        profile=unread,
        score=sure,
        parts=(
            OwnershipPart(name="linked in the foot", weight=0.6),
            OwnershipPart(name="name fits", weight=weight),
        ),
        candidate=sure < 0.6,
        found_on=(site,),
    )
    return _read(named, slug) if sure >= 0.6 else named


_WALLED = {"linkedin": Reason.ROBOTS, "instagram": Reason.LOGIN_WALL, "xing": Reason.NOT_CHECKED,
           "facebook": Reason.LOGIN_WALL, "tiktok": Reason.CAPTCHA}  # fmt: skip
_PROFILES: Mapping[tuple[str, str], tuple[int, bool, Spread]] = {
    ("acme", "youtube"): (1_200, False, (14, 25, 45)),
    ("borealis", "youtube"): (48_300, False, (15, 6, 3)),
    ("borealis", "bluesky"): (2_931, True, (40, 9, 2)),
    ("corvid", "youtube"): (760, True, (9, 20, 140)),
    ("estuary", "youtube"): (12_400, False, (30, 12, 20)),
}
"""Audience, whether exact, and posts of the profiles that could be read."""


_PRESENTED: Mapping[tuple[str, str], Mapping[str, object]] = {
    ("borealis", "bluesky"): {
        "about": "Valves for ships and breweries, since 1954.",
        "picture": True,
        "shows": tuple(ProfilePart),
    }
}
"""How profiles present themselves whose pages show it."""


def _read(named: Channel, slug: str) -> Channel:
    """A profile as it was read; two of them break their promise."""
    evidence = (proof(named.url, f"platform.{named.platform}", f"{named.handle}: profile"),)
    found, named = named, replace(named, found=replace(named.found, evidence=()))
    if (slug, named.platform) == ("borealis", "x"):
        gone = Unknown(reason=Reason.HTTP_404, detail="the platform knows no such profile")
        missing = Profile(standing=Standing.MISSING, evidence=evidence, audience=gone)
        return replace(named, profile=missing, newest_post=gone, promises=(Promise.DEAD,))
    if (slug, named.platform) not in _PROFILES:
        return found
    audience, exact, (_, _, newest) = _PROFILES[slug, named.platform]
    at = AS_OF - timedelta(days=newest)
    renamed = slug == "estuary"
    videos = ProfileFigure(count=Count.VIDEOS, value=Known(value=120, evidence=evidence))
    followers = Known(value=audience, evidence=evidence, exact=exact)
    return replace(
        named,
        profile=live(
            evidence=evidence,
            audience=followers,
            figures=(videos,),
            **_PRESENTED.get((slug, named.platform), {}),
        ),
        audience="subscribers" if named.platform == "youtube" else "followers",
        newest_post=Known(value=at, evidence=evidence),
        history=ChannelHistory(former=("@estuarysys",) if renamed else ()),
        promises=(
            *((Promise.RENAMED,) if renamed else ()),
            *((Promise.DORMANT,) if newest > 90 else ()),
        ),
    )


def _audience(channel: Channel) -> Audience:
    """Who follows a profile, as a sample of its followers told."""
    return Audience(
        platform=channel.platform,
        url=channel.url,
        sampled=200,
        described=150,
        breakdowns=tuple(
            Breakdown(metric=metric, of=150, parts=parts)
            for metric, parts in (
                (
                    SUBJECTS,
                    (
                        _part("engineering", 0.32),
                        _part("software", 0.12),
                        _part("energy", 0.06),
                        _part("other", 0.08),
                    ),
                ),
                (LANGUAGES, (_part("en", 0.62), _part("sv", 0.21))),
                (KINDS, (_part("company", 0.12), _part("non-profit", 0.04))),
            )
        ),
        evidence=proof(channel.url, "audience.sample", "200 of 2,931 followers looked at"),
    )


def _part(name: str, share: float) -> Part:
    return Part(name=name, share=share)


def _profile_sections(slug: str, channels: Sequence[Channel]) -> list[Section]:
    """The posts of the profiles that could be read."""
    return [
        _of_profile(channel, _PROFILES[slug, channel.platform][2])
        for channel in channels
        if channel.state is State.KNOWN
    ]


def _of_profile(channel: Channel, spread: Spread) -> Section:
    count, every, newest = spread
    posts = tuple(
        replace(
            _post(channel.platform, f"{channel.url}/", at, AS_OF - timedelta(days=newest + at * every)),
            channel_url=channel.url,
            format="video" if channel.platform == "youtube" else "text",
            text=_tagged(at),
            interactions=(Interaction(reaction=Reaction.LIKES, count=at + 3),
                          Interaction(reaction=Reaction.COMMENTS, count=at)),
        )
        for at in range(count)
    )  # fmt: skip
    return Section(channel=channel.platform, url=channel.url, feeds=(), posts=posts,
                   truncated=count == 15, unreadable=None, evidence=channel.evidence)  # fmt: skip


def _tagged(number: int) -> str:
    """The words of a post on a network, with hashtags behind them."""
    water = " #Water" if number % 3 == 0 else ""
    return f"How to choose a valve, part {number} #Valves{water}"


def _feature(site: str, name: str, vendor: str, direction: Usage = Usage.USES) -> Feature:
    return Feature(
        feature=name,
        state=State.KNOWN,
        direction=direction,
        vendor=vendor,
        url=f"{site}{name}/",
        confidence=0.95,
        seen_on=3,
        reason=None,
        detail="",
        evidence=(proof(site, f"{name}.{vendor or 'link'}".lower(), f'<a href="/{name}/">'),),
        certainty=Certainty.VISIBLE if name in _ACTIVE else Certainty.TAG,
        activity=tuple(
            Activity(kind=kind, value=value, evidence=proof(site, f"figure.{kind}", str(value)))
            for kind, value in _ACTIVE.get(name, {}).items()
        ),
    )


_ACTIVE: Mapping[str, Mapping[ActivityKind, float | datetime]] = {
    "forum": {
        ActivityKind.THREADS: 36,
        ActivityKind.REPLIES: 70,
        ActivityKind.LAST_POST: AS_OF - timedelta(days=3),
    },
    "knowledge-base": {ActivityKind.ARTICLES: 84},
    "reviews": {ActivityKind.RATING: 4.6, ActivityKind.BEST: 5, ActivityKind.RATINGS: 1284},
}


def _missing(name: str) -> Feature:
    return Feature(
        feature=name,
        state=State.NONE,
        direction=Usage.USES,
        vendor="",
        url="",
        confidence=0.0,
        seen_on=0,
        reason=None,
        detail="not seen on 40 pages",
        evidence=(),
    )
