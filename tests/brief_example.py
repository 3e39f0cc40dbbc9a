"""What a subject of measures is given, for tests: posts, sections, a visit, a brief of one company."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from audit.measure.cadence import cadence
from audit.measure.subject import Brief
from audit.model.channel import Channel
from audit.model.company import Company
from audit.model.result import Cadence, CompanyResult, Window
from audit.model.site import Feature, Post, Section
from audit.model.value import Dated, DateSource, Evidence, Known, Number, Unknown
from audit.model.visit import Note, Visit
from tests.fake_session import context

AS_OF = datetime(2026, 11, 1, 23, 59, 59, tzinfo=UTC)
WINDOW = Window(as_of=AS_OF, lookback_days=364, timezone="UTC")
"""Of 52 weeks, so that rates are round numbers."""

PROOF = Evidence(url="https://a.example/", fetched_at=AS_OF, rule="r", excerpt="x", record="f#1")
COMPANY = Company(name="A", website="https://a.example/")


def post(at: datetime | None, flag: str = "") -> Post:
    """A post of the blog; without a time it is undated."""
    return Post(
        channel="blog",
        channel_url="https://a.example/blog/",
        url=f"https://a.example/blog/{at}",
        title="t",
        published=Dated(at=at, source=DateSource.FEED) if at is not None else None,
        format="article",
        language="en",
        flag=flag,
        evidence=PROOF,
    )


def section(
    *days_ago: float,
    channel: str = "blog",
    url: str = "",
    truncated: bool = False,
    extra: tuple[Post, ...] = (),
    unreadable: Unknown | None = None,
) -> Section:
    """A section with a post so many days before the end of the window, for each number."""
    dated = tuple(post(AS_OF - timedelta(days=days)) for days in days_ago)
    return Section(
        channel=channel,
        url=url or f"https://a.example/{channel}/",
        feeds=(),
        posts=(*dated, *extra),
        truncated=truncated,
        unreadable=unreadable,
        evidence=(PROOF,),
    )


def row(*days_ago: float, channel: str = "blog", url: str = "", truncated: bool = False) -> Cadence:
    """The cadence of a section with these posts."""
    return cadence(section(*days_ago, channel=channel, url=url, truncated=truncated), WINDOW)


def unread_row(reason: Unknown, channel: str = "blog") -> Cadence:
    """The cadence of a section that could not be read."""
    return cadence(section(channel=channel, unreadable=reason), WINDOW)


def visit(
    *notes: Note,
    channels: tuple[Channel, ...] = (),
    features: tuple[Feature, ...] = (),
    sections: tuple[Section, ...] = (),
    languages: tuple[str, ...] = ("es",),
) -> Visit:
    """A visit whose start page could be read."""
    return Visit(
        start=Known(value="https://a.example/", evidence=(PROOF,)),
        languages=languages,
        channels=channels,
        features=features,
        sections=sections,
        robots=(),
        fetched=(),
        notes=notes,
    )


def brief(
    *rows: Cadence,
    channels: tuple[Channel, ...] = (),
    features: tuple[Feature, ...] = (),
    languages: tuple[str, ...] = ("es",),
    earlier: CompanyResult | None = None,
) -> Brief:
    """What a subject is given of a company with these rows, channels and features."""
    return Brief(
        company=COMPANY,
        visit=visit(channels=channels, features=features, languages=languages),
        rows=rows,
        proof=(PROOF,),
        context=context(WINDOW),
        earlier=earlier,
    )


def brief_of(*sections: Section, channels: tuple[Channel, ...] = ()) -> Brief:
    """What a subject is given of a company with these sections and channels, and their cadence."""
    rows = (cadence(each, WINDOW) for each in sections)
    return replace(brief(*rows), visit=visit(sections=sections, channels=channels))


def known(number: int) -> Known[int]:
    """A figure with its proof."""
    return Known(value=number, evidence=(PROOF,))


def figure(value: Number) -> float:
    """The figure of a value, which must be known."""
    assert isinstance(value, Known)
    return float(value.value)


def reason(value: object) -> str:
    """The reason of a value, which must be unknown."""
    assert isinstance(value, Unknown)
    return value.reason
