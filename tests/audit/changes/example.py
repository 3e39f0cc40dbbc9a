"""Runs over one small company, put together of what a test wants to say of them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from audit.changes.between import changes_between
from audit.changes.earlier import Again
from audit.model.catalogue import Usage
from audit.model.change import Change
from audit.model.channel import Channel
from audit.model.company import Company, Competitors, Settings
from audit.model.exchange import Fetched
from audit.model.result import CompanyResult, Measure, RunInfo, Snapshot
from audit.model.site import Feature, State
from audit.model.value import Evidence, Known, Reason
from audit.model.visit import Note
from config.catalogue import load_catalogue

SITE = "https://www.acme.example/"
FIRST = datetime(2026, 2, 1, 23, 59, tzinfo=UTC)
QUARTER = timedelta(days=91)
ACME = Company(name="Acme", website=SITE)


def proof(rule: str = "forum.discourse", url: str = SITE) -> Evidence:
    """Evidence of a rule on a page."""
    return Evidence(url=url, fetched_at=FIRST, rule=rule, excerpt="…", record="a.warc.gz#1")


def feature(
    name: str,
    *,
    state: State = State.KNOWN,
    vendor: str = "",
    reason: Reason | None = None,
    rule: str = "",
) -> Feature:
    """A feature of the site, seen on its start page."""
    there = state is State.KNOWN
    return Feature(
        feature=name,
        state=state,
        direction=Usage.USES,
        vendor=vendor,
        url=f"{SITE}{name}/" if there else "",
        confidence=0.9 if there else 0.0,
        seen_on=1 if there else 0,
        reason=reason,
        detail=f"because of {reason}" if reason else "",
        evidence=(proof(rule or f"{name}.rule"),) if there else (),
    )


def result(
    *features: Feature,
    company: Company = ACME,
    channels: Sequence[Channel] = (),
    notes: Sequence[Note] = (),
    page: str = "ok",
) -> CompanyResult:
    """What a run knows of a company whose site it read to its end."""
    looked_for = feature("wiki", state=State.NONE)
    return CompanyResult(
        company=company,
        features=(*features, looked_for),
        channels=tuple(channels),
        measures=(Measure(metric="presence.channels", value=Known(value=1, evidence=())),),
        notes=tuple(notes),
        fetched=(
            Fetched(url=SITE, why="start", outcome=page, fetched_at=FIRST, record="a.warc.gz#1"),
        ),
    )


def unread(company: Company = ACME, reason: Reason = Reason.HTTP_403) -> CompanyResult:
    """What a run knows of a company whose site shut it out."""
    note = Note(what="website", reason=reason, detail="shut out", incomplete=True)
    return CompanyResult(company=company, notes=(note,))


def run(
    number: int, *results: CompanyResult, rules: str = "r1", settings: Settings | None = None
) -> Snapshot:
    """The run of a quarter, from 0."""
    as_of = FIRST + QUARTER * number
    return Snapshot(
        run=RunInfo(
            id=f"run-{number}",
            as_of=as_of,
            started_at=as_of,
            finished_at=as_of,
            version="0.1.0",
            rules_version=rules,
        ),
        competitors=Competitors(
            path=Path("competitors.yaml"),
            companies=tuple(each.company for each in results),
            settings=settings or Settings(),
        ),
        results=results,
    )


def told(
    before: Snapshot,
    now: Snapshot,
    *,
    since: Sequence[Snapshot] = (),
    older: Sequence[Snapshot] = (),
    again: Snapshot | None = None,
) -> tuple[Change, ...]:
    """The changes from one run to another."""
    return changes_between(
        before,
        now,
        load_catalogue(),
        since=since,
        older=older,
        again=None if again is None else Again(snapshot=again),
    ).changes


def brief(changes: Sequence[Change]) -> list[str]:
    """Changes in a few words: "forum gone real"."""
    return [f"{each.subject} {each.event} {each.cause}" for each in changes]


def only(shot: Snapshot, *left_out: Company) -> Snapshot:
    """The run over some companies alone, with the others of its list."""
    return replace(shot, competitors=replace(shot.competitors, left_out=left_out))


def named(company: Company, **changes: object) -> Company:
    """A company of which a list says something else."""
    return replace(company, **changes)  # type: ignore[arg-type]
