"""Values that the tests of the history share: two companies, a list of them, a run, results."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from audit.model.by_hand import HandRecord, Source
from audit.model.channel import NOT_READ, Channel, ChannelHistory
from audit.model.company import Company, Competitors
from audit.model.exchange import Fetched
from audit.model.result import CompanyResult, Measure, RunInfo
from audit.model.value import Absent, Evidence, Known, Qualifier, Reason, Unknown
from audit.model.visit import Note
from tests.channel_example import channel as composed

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
PROOF = Evidence(
    url="https://a.example/", fetched_at=NOW, rule="r", excerpt="=1+1 \u2028 ü", record="f#1"
)
COMPANIES = (
    Company(name="Acme", website="https://acme.example/", own=True),
    Company(name="Borealis", website="https://borealis.example/"),
)
LIST = Competitors(path=Path("competitors.yaml"), companies=COMPANIES)


def run(name: str = "r1") -> RunInfo:
    """A run of this id that has just begun."""
    return RunInfo(
        id=name, as_of=NOW, started_at=NOW, finished_at=None, version="1", rules_version="v"
    )


def result(company: Company = COMPANIES[0]) -> CompanyResult:
    """A result with a value of each kind: exact, rounded, absent, unknown."""
    fetched = Fetched(
        url=company.website, why="start", outcome="ok", fetched_at=NOW, record="f#1", etag='"v1"'
    )
    values = (
        Measure(
            metric="a", value=Known(value=3, evidence=(PROOF,), qualifiers=(Qualifier.TRUNCATED,))
        ),
        Measure(metric="b", value=Known(value=3.0, evidence=(PROOF,), exact=False)),
        Measure(metric="c", value=Absent(detail="no blog found")),
        Measure(metric="d", value=Unknown(reason=Reason.LOGIN_WALL, detail="x")),
    )
    note = Note(what="website", reason=Reason.BUDGET, detail="d")
    return CompanyResult(company=company, measures=values, notes=(note,), fetched=(fetched,))


def channel(handle: str = "@acme", *, account: str = "", detail: str = "") -> Channel:
    """A channel on YouTube that was found and not read; `account` is known from before."""
    url = f"https://www.youtube.com/{handle}"
    unread = replace(NOT_READ, detail=detail) if detail else NOT_READ
    found = composed("youtube", url, handle, proof=(PROOF,), profile=unread)
    return replace(found, history=ChannelHistory(account=account))


def told(followers: int = 12_400, *, day: int = 3, company: str = "acme.example") -> HandRecord:
    """What a person told of a company's profile on LinkedIn."""
    return HandRecord(
        company=company,
        platform="linkedin",
        url="https://www.linkedin.com/company/acme/",
        on=date(2026, 10, day),
        by="Jo",
        source=Source.WORKBOOK,
        place="acme.xlsx, Fill in!D7",
        entered_at=NOW,
        followers=followers,
        about="valves",
    )
