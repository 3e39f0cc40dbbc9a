"""Sheet Profiles: every profile found, whose it is, how large and how alive, with the proof."""

from collections.abc import Iterator, Sequence

from audit.model.channel import Channel, Promise
from audit.model.metric import Unit
from audit.model.profile import NOT_SHOWN
from audit.model.result import CompanyResult, Status
from audit.model.site import State
from audit.model.value import Absent, Known, Unknown
from reports.cells import Cell, Run, address, day, none, number, text, unknown, words_right
from reports.look import ALERT, BODY, LINK, MUTED, NUMBER, SLATE, SMALL, varied
from reports.page import Page, Row, ruled
from reports.presence import broken_words, cadence_of, leads_nowhere, precision, rated
from reports.report import Report, name_style
from reports.sheets._base import Column, Sheet, Table
from reports.words import counted, rounded

_SHARE = varied(NUMBER, format="0%_0")
_PALE = varied(BODY, color=MUTED)
_ALERT = varied(NUMBER, color=ALERT, bold=True)
_STATES = {
    Status.ACTIVE: "● active",
    Status.SLOWING: "○ slowing",
    Status.DORMANT: "◊ dormant",
    Status.ABANDONED: "abandoned",
    Status.NEVER: "never posted",
}
_SIGNS = {
    "●": "● a post in 30 days",
    "○": "○ in 90",
    "◊": "◊ in 365",
    "×": "× leads nowhere, or renamed",
    "?": "? not read, with the reason",
}


def draw(report: Report) -> Page:
    """Draw the sheet: the companies' own profiles, then candidates and listings by themselves."""
    table = Table(
        title="Every profile found, and whose it is",
        finding=_finding(report),
        key=_key(report),
        columns=(
            Column(title="Company", width=report.name_width(18)),
            Column(title="Channel", width=13),
            Column(title="Handle", width=18),
            Column(title="Address", width=26),
            Column(title="Role", width=9),
            Column(title="Ownership proof", width=21.5),
            Column(title="Sure", width=7, align="right"),
            Column(title="State", width=13, align="right"),
            Column(title="Audience", width=11.5, align="right"),
            Column(title="Counted as", width=16.5),
            Column(title="Last post", width=11.5, align="right"),
            Column(title="First seen", width=11.5, align="right"),
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
    found = [channel for each in report.results for channel in each.channels]
    own = [each for each in found if not each.candidate]
    read = sum(each.state is State.KNOWN for each in own)
    lost = sum(leads_nowhere(each) for each in found)
    listed = sum(each.found.listing for each in found)
    maybe = len(found) - len(own) - listed
    parts = [
        f"{read} of them could be read" if own else "",
        f"{lost} {'leads' if lost == 1 else 'lead'} nowhere" if lost else "",
        f"{maybe} more may be theirs" if maybe else "",
        counted(listed, "listing") if listed else "",
    ]
    tail = "".join(f", {part}" for part in parts if part)
    return (
        (counted(len(own), "profile").capitalize(), True),
        (f" proved to be the companies' own{tail}.", False),
    )


def _key(report: Report) -> list[str]:
    """The signs that occur."""
    cells = [
        f"{_state(result, channel, noted=False).value}"[:1]
        for result in report.results
        for channel in result.channels
    ]
    values = [channel.followers for each in report.results for channel in each.channels]
    known = [value for value in values if isinstance(value, Known)]
    return [
        *(words for sign, words in _SIGNS.items() if sign in cells),
        *(["≈ rounded by the platform"] if any(not each.exact for each in known) else []),
        *(["(m) read by a person"] if any(each.qualifiers for each in known) else []),
        "sure: ownership, below 50% a candidate; ownership proof links to Evidence",
    ]


def _rows(report: Report) -> Iterator[Row]:
    pairs = [(each, channel) for each in report.results for channel in each.channels]
    own = [pair for pair in pairs if not pair[1].candidate]
    rest = [pair for pair in pairs if pair[1].candidate]
    rest.sort(key=lambda pair: pair[1].found.listing)
    before = ""
    for at, (result, channel) in enumerate([*own, *rest]):
        name = result.company.name
        cells = _cells(report, result, channel, noted=name != before)
        first = bool(rest) and at == len(own)
        yield Row(ruled(cells) if name != before or first else cells, 16.5)
        before = name


def _cells(
    report: Report, result: CompanyResult, channel: Channel, *, noted: bool
) -> list[Cell | None]:
    company = result.company.name
    body = _PALE if channel.candidate else BODY
    link = report.proof(channel.evidence)
    proved = text(_why(channel), varied(LINK if link else SMALL, size=9), link=link)
    seen = channel.history.first_seen
    return [
        text(company, name_style(report, company)),
        text(report.names.platform(channel.platform), varied(body, bold=True)),
        text(_handle(channel), varied(body, size=9) if channel.history.former else body),
        address(channel.url),
        text(channel.role, body),
        proved,
        Cell(rounded(channel.ownership.score, Unit.SHARE), _SHARE),
        _state(result, channel, noted=noted),
        _audience(report, channel),
        text(precision(channel), varied(SMALL, color=MUTED)),
        _last(report, channel),
        day(seen, report.zone, report.since) if seen is not None else none(),
    ]


def _handle(channel: Channel) -> str:
    """The handle as it is now, and what it was."""
    return (
        f"{channel.handle}, was {channel.history.former[0]}"
        if channel.history.former
        else channel.handle
    )


def _why(channel: Channel) -> str:
    """The parts of the score, the heaviest first."""
    parts = sorted(channel.ownership.parts, key=lambda part: -abs(part.weight))
    return ", ".join(part.name if part.weight > 0 else f"not: {part.name}" for part in parts)


def _state(result: CompanyResult, channel: Channel, *, noted: bool) -> Cell:
    """Alive, silent, leading nowhere, not read and why; listings show their rating."""
    if channel.found.listing:
        return words_right(rated(channel) or "listing", varied(_PALE, size=9))
    if words := broken_words(channel):
        return words_right(words, _ALERT)
    if channel.candidate:
        return words_right("candidate", varied(_PALE, size=9))
    if channel.unread is not None:
        return unknown(channel.unread, NUMBER, noted=noted)
    return _alive(result, channel)


def _alive(result: CompanyResult, channel: Channel) -> Cell:
    row = cadence_of(result, channel)
    if row is None or isinstance(row.status, Unknown):
        return words_right("read" if channel.state is State.KNOWN else "found", BODY)
    pale = row.status.value not in (Status.ACTIVE, Status.SLOWING)
    return words_right(_STATES[row.status.value], varied(BODY, color=MUTED) if pale else BODY)


def _audience(report: Report, channel: Channel) -> Cell:
    """The figure; where it is unknown its reason, and beside it what was known before."""
    match channel.followers:
        case Known():
            return number(channel.followers, Unit.COUNT, link=report.proof_of(channel.followers))
        case Absent():
            return none()
        case Unknown():
            if not channel.audience or channel.found.listing:
                return none()
            if channel.history.previous is None:
                return unknown(channel.followers, NUMBER, noted=False)
            cell, old = unknown(channel.followers, NUMBER), channel.history.previous
            when = max((each.fetched_at for each in old.evidence), default=None)
            note = f"{cell.note}\nRead on {when:%Y-%m-%d}." if when else cell.note
            return Cell(f"? was {old.value:,}", cell.style, "", note)


def _last(report: Report, channel: Channel) -> Cell:
    """The newest post; nothing where there are none by nature, the reason where it is unknown."""
    match channel.last_post:
        case Known(value=at):
            late = Promise.DORMANT in channel.promises
            style = varied(NUMBER, color=MUTED) if late else NUMBER
            return day(at, report.zone, report.since, style)
        case Absent():
            return none()
        case Unknown() as why:
            silent = channel.found.listing or why == NOT_SHOWN
            return none() if silent else unknown(why, NUMBER, noted=False)


SHEET = Sheet(name="Profiles", order=40, draw=draw, tab=SLATE)
