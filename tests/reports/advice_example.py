"""Companies with figures, features and profiles as a test wants them, and the report on them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from audit.compare import compare
from audit.measure.shares import with_shares
from audit.measure.subject import Together
from audit.model.catalogue import Usage
from audit.model.channel import Channel, Promise
from audit.model.company import Company, Competitors, Ignored
from audit.model.result import CompanyResult, Measure, RunInfo, Snapshot
from audit.model.site import Feature, State
from audit.model.value import Absent, Evidence, Known, Number, Qualifier, Reason, Unknown
from reports.report import Report
from tests.channel_example import channel, live

AS_OF = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
PROOF = Evidence(url="https://a.example/", fetched_at=AS_OF, rule="r", excerpt="x", record="f#1")
PART = (Qualifier.TRUNCATED,)
ROBOTS = Unknown(reason=Reason.ROBOTS, detail="asks robots to stay away")
NONE = Absent(evidence=(PROOF,))
LOOKED_FOR = (
    *("blog", "news", "forum", "wiki", "knowledge-base", "reviews", "comments", "newsletter"),
    *("podcast", "chat", "events"),
)
NAMES = ("Acme", "Borealis", "Corvid", "Delta", "Estuary", "Fjord", "Granite", "Heron")


@dataclass(frozen=True, kw_only=True)
class Given:
    """What a test says of one company; features that it does not name were looked for in vain."""

    figures: Mapping[str, Number] = field(default_factory=dict)
    features: Sequence[str] = ()
    unknown: Sequence[str] = ()
    on: Sequence[str] = ()
    perhaps_on: Sequence[str] = ()
    dead: Sequence[str] = ()
    ignored: Sequence[str] = ()
    unread: bool = False


def exactly(value: float) -> Known[float]:
    """A figure as it was seen."""
    return Known(value=value, evidence=(PROOF,))


def part(value: float) -> Known[float]:
    """A figure of which more may be there."""
    return replace(exactly(value), qualifiers=PART)


def rated(metric: str, *values: Number | float) -> list[Given]:
    """Companies with one figure each, our own first."""
    return [
        Given(figures={metric: exactly(each) if isinstance(each, int | float) else each})
        for each in values
    ]


def report_on(*given: Given, own: bool = True) -> Report:
    """The report on some companies, the first of them our own."""
    results = [
        _result(name, each, own=own and at == 0)
        for at, (name, each) in enumerate(zip(NAMES, given, strict=False))
    ]
    return report_of(with_shares(results, Together(overlaps={})))


def report_of(results: Sequence[CompanyResult]) -> Report:
    """The report on some results."""
    shot = Snapshot(
        run=RunInfo(
            id="1", as_of=AS_OF, started_at=AS_OF, finished_at=AS_OF, version="1", rules_version="1"
        ),
        competitors=Competitors(
            path=Path("competitors.yaml"), companies=tuple(each.company for each in results)
        ),
        results=tuple(results),
    )
    return Report(shot, compare(shot.results))


def _result(name: str, given: Given, *, own: bool) -> CompanyResult:
    """The result of one company."""
    channels = (
        *(_profile(name, each) for each in given.on),
        *(_profile(name, each, candidate=True) for each in given.perhaps_on),
        *(_profile(name, each, promises=(Promise.DEAD,)) for each in given.dead),
    )
    looked: Number = ROBOTS if given.unread else exactly(len(given.on))
    figures = {"presence.channels": looked, **given.figures}
    return CompanyResult(
        company=Company(
            name=name,
            website=f"https://{name.lower()}.example/",
            own=own,
            ignore=tuple(Ignored(finding=each, note="", place="f:1") for each in given.ignored),
        ),
        channels=channels,
        features=tuple(_features(given)),
        measures=tuple(Measure(metric=name, value=value) for name, value in figures.items()),
    )


def _features(given: Given) -> list[Feature]:
    """The features of a company: there, perhaps there, or looked for in vain."""
    named = {*given.features, *given.unknown}
    return [
        *(_feature(each, State.KNOWN) for each in given.features),
        *(_feature(each, State.UNKNOWN) for each in given.unknown),
        *(_feature(each, State.NONE) for each in LOOKED_FOR if each not in named),
    ]


def _feature(name: str, state: State) -> Feature:
    return Feature(
        feature=name,
        state=state,
        direction=Usage.USES,
        vendor="",
        url="",
        confidence=0.9,
        seen_on=1,
        reason=Reason.BROWSER if state is State.UNKNOWN else None,
        detail="",
        evidence=(PROOF,) if state is State.KNOWN else (),
    )


def _profile(
    name: str, platform: str, *, candidate: bool = False, promises: tuple[Promise, ...] = ()
) -> Channel:
    return channel(
        platform,
        f"https://{platform}.example/{name.lower()}",
        f"@{name.lower()}",
        proof=(PROOF,),
        profile=live(evidence=(PROOF,)),
        candidate=candidate,
        promises=promises,
    )
