"""Sheet Coverage: what could not be read or measured, why, and what would help."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from audit.model.exchange import RobotsState
from audit.model.result import CompanyResult
from audit.model.value import Reason
from audit.model.visit import Note
from reports.cells import Cell, Run, linkable, text
from reports.findings import unread
from reports.look import ALERT, LINK, MINUTE, MUTED, NUMBER, SLATE, SMALL, Style, varied
from reports.page import Page, Row, ruled
from reports.report import Report, name_style
from reports.sheets._base import Column, Sheet, Table
from reports.words import counted, explained

_READ = ("ok", "unchanged")
_TIME = varied(NUMBER, size=9, format=MINUTE)
_PALE = varied(SMALL, color=MUTED)
_REASON = varied(SMALL, italic=True, color=MUTED)
_GRAVE = varied(SMALL, bold=True, color=ALERT)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """One thing that a reader should know was or was not read."""

    kind: str
    what: str
    reason: str
    detail: str
    help: str = ""
    at: datetime | None = None
    grave: bool = False


def draw(report: Report) -> Page:
    """Draw the sheet: what matters first, then robots, failures and what was read."""
    table = Table(
        title="What could not be read, and what would help",
        finding=_finding(report),
        key=("incomplete: the figures of that company are not to be relied on as a whole",)
        if any(not each.complete for each in report.results)
        else (),
        columns=(
            Column(title="Company", width=report.name_width(18)),
            Column(title="Kind", width=12),
            Column(title="What", width=44),
            Column(title="Outcome", width=16),
            Column(title="Detail", width=34),
            Column(title="What would help", width=35),
            Column(title="Time, UTC", width=17, align="right"),
        ),
    )
    return Page(
        widths=table.widths,
        rows=[*table.top(), *_rows(report)],
        freeze="C6",
        columns=len(table.columns),
        dimmed="A",
    )


def _finding(report: Report) -> Sequence[Run]:
    fetched = [each for result in report.results for each in result.fetched]
    read = sum(each.outcome in _READ for each in fetched)
    grave = unread(report)
    total = counted(len(report.results), "company", "companies")
    runs: list[Run] = []
    if report.partial:
        runs.append(("The run was interrupted. ", True))
    if grave:
        runs += [(f"{len(grave)} of {total}", True), (" could not be read in full; ", False)]
    else:
        runs += [(total.capitalize(), True), (" could be read; ", False)]
    return (*runs, (f"{read:,} of {len(fetched):,}", True),
            (" requests brought an answer that was used.", False))  # fmt: skip


def _rows(report: Report) -> Iterator[Row]:
    for at, result in enumerate(report.results):
        name = result.company.name
        for place, line in enumerate(_lines(result)):
            cells = [text(name, name_style(report, name, SMALL)), *_cells(line)]
            yield Row(ruled(cells) if place == 0 and at else cells, 15.5)


def _lines(result: CompanyResult) -> Iterator[_Line]:
    yield from _notes(result)
    for each in result.robots:
        asked = f"waits {each.crawl_delay:g} s between requests" if each.crawl_delay else ""
        yield _Line(
            kind="robots.txt",
            what=each.origin,
            reason=each.state,
            detail=each.detail or asked,
            help=explained(Reason.ROBOTS_UNREACHABLE)[1]
            if each.state is RobotsState.UNREACHABLE
            else "",
        )
    for failed in result.fetched:
        if failed.outcome not in _READ:
            yield _Line(
                kind="request",
                what=failed.url,
                reason=failed.outcome,
                detail=f"asked for as {failed.why}" if failed.why else "",
                at=failed.fetched_at,
            )
    yield _read(result)


def _notes(result: CompanyResult) -> Iterator[_Line]:
    """The notes, incomplete ones first; those with one reason and one remedy share a row."""
    groups: dict[tuple[bool, str, str], list[Note]] = {}
    for note in sorted(result.notes, key=lambda note: not note.incomplete):
        groups.setdefault((not note.incomplete, note.reason, note.help), []).append(note)
    for notes in groups.values():
        first = notes[0]
        yield _Line(
            kind="incomplete" if first.incomplete else "not measured",
            what=", ".join(dict.fromkeys(note.what for note in notes)),
            reason=first.reason,
            detail=first.detail if len(notes) == 1 else explained(first.reason)[0],
            help=(first.help or explained(first.reason)[1]).replace("`", ""),
            grave=first.incomplete,
        )


def _read(result: CompanyResult) -> _Line:
    read = [each for each in result.fetched if each.outcome in _READ]
    size = sum(each.size for each in read)
    return _Line(
        kind="read",
        what=result.company.website,
        reason=f"{len(read)} of {len(result.fetched)}",
        detail=f"{size / 1_000_000:,.1f} MB" if size else "",
        at=max((each.fetched_at for each in read), default=None),
    )


def _cells(line: _Line) -> list[Cell | None]:
    at = line.at
    return [
        text(line.kind, _GRAVE if line.grave else SMALL),
        text(line.what, _linked(line.what), link=line.what if linkable(line.what) else ""),
        text(line.reason, _REASON if line.kind != "read" else SMALL),
        text(line.detail, _PALE),
        text(line.help, SMALL),
        Cell(at.replace(tzinfo=None) if at else None, _TIME),
    ]


def _linked(what: str) -> Style:
    return LINK if linkable(what) else SMALL


SHEET = Sheet(name="Coverage", order=80, draw=draw, tab=SLATE)
