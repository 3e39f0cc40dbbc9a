"""Sheet Channels: which company is where, as a matrix of channels and companies."""

from collections.abc import Iterator, Sequence

from audit.model.catalogue import Direction
from audit.model.metric import Unit
from audit.model.presence import SECTIONS, TECHNICAL, Channel, State
from audit.model.result import Cadence, CompanyResult, Status
from audit.model.value import Absent, Known, Unknown
from reports.cells import Cell, Run, none, number, text, unknown, words_right
from reports.findings import features_of
from reports.look import (
    BEST,
    BODY,
    HEAD,
    HEAT_CAP,
    MAX_WIDTH,
    MUTED,
    NUMBER,
    OWN,
    OWN_TINT,
    Style,
    part_format,
    varied,
)
from reports.page import Page, Row, ruled
from reports.report import Report
from reports.sheets._base import Column, Sheet, Table
from reports.words import counted, listed

_FIXED = 13 + 18 + 18
_VENDOR_CHARACTERS = 16
_MARKS = {
    Status.ACTIVE: ("● ", HEAT_CAP, ""),
    Status.SLOWING: ("○ ", BEST, ""),
    Status.DORMANT: ("◊ ", "", MUTED),
    Status.ABANDONED: ("abandoned ", "", MUTED),
}
_WORDS = {
    "●": "● active, ≤ 30 days",
    "○": "○ slowing, ≤ 90",
    "◊": "◊ dormant, ≤ 365",
    "†": "† list cut off",
    "found": "found: theirs, activity not read",
    "candidate": "candidate: perhaps theirs",
    "?": "? unknown, with the reason",
    "–": "– looked for, not there",
}


def draw(report: Report) -> Page:
    """Draw the sheet."""
    groups = [
        ("Own site", [_Line(report, name, "section") for name in SECTIONS]),
        ("Network", [_Line(report, name, "platform") for name in _platforms(report)]),
        ("Site feature", [_Line(report, name, "feature") for name in _features(report)]),
    ]
    lines = [(kind, line) for kind, found in groups for line in found]
    table = Table(
        title="Who is where, and how active",
        finding=_finding(report),
        key=_key(report, [line for _, line in lines]),
        columns=_columns(report),
    )
    return Page(
        widths=table.widths,
        rows=[*table.top(), *_rows(report, lines), _foot(report)],
        freeze="D6" if report.own else "C6",
        columns=len(table.columns),
        dimmed="A",
        titled_columns="A:B",
    )


def _columns(report: Report) -> list[Column]:
    width = max(11.0, min(18.0, (MAX_WIDTH - _FIXED) / max(1, len(report.companies))))
    return [
        Column(title="Kind", width=13),
        Column(title="Channel", width=18),
        *(
            Column(title=name, width=width, align="right", own=name == report.own)
            for name in report.companies
        ),
        Column(title="Competitors there" if report.own else "Companies there", width=18,
               align="right"),
    ]  # fmt: skip


def _platforms(report: Report) -> list[str]:
    """The platforms that any company was found on, the most common first."""
    count: dict[str, int] = {}
    for result in report.results:
        for name in {channel.platform for channel in result.channels}:
            count[name] = count.get(name, 0) + 1
    return sorted(count, key=lambda name: (-count[name], name))


def _features(report: Report) -> list[str]:
    """The features that any company has; sections have rows of their own."""
    found = {
        each.feature
        for result in report.results
        for each in result.features
        if each.direction is Direction.USES and each.feature not in {*SECTIONS, *TECHNICAL}
    }
    owners = {name: sum(name in features_of(each) for each in report.results) for name in found}
    return sorted(found, key=lambda name: (-owners[name], name))


class _Line:
    """One row: a section, a platform or a feature, with its cell for each company."""

    def __init__(self, report: Report, name: str, kind: str) -> None:
        self.name = name
        shown = report.names.platform if kind == "platform" else report.names.feature
        self.title = shown(name)
        draws = {"section": _section, "platform": _platform, "feature": _feature}
        self.cells: list[Cell] = []
        for result in report.results:
            mine = result.company.name == report.own
            style = varied(NUMBER, left="own", right="own", fill=OWN_TINT) if mine else NUMBER
            self.cells.append(draws[kind](report, result, name, style))

    def there(self, report: Report) -> Cell:
        """How many of the competitors that could be read have it."""
        cells = self.cells[1:] if report.own else self.cells
        read = [cell for cell in cells if not _is(cell, "?")]
        have = sum(not _is(cell, "–") and not _is(cell, "candidate") for cell in read)
        said = part_format(len(read), " read")
        if not read:
            return words_right("none could be read", varied(NUMBER, italic=True, color=MUTED))
        if said is None:
            return words_right(f"{have} of {len(read)} read", NUMBER)
        return Cell(have, varied(NUMBER, format=said))


def _is(cell: Cell, sign: str) -> bool:
    return isinstance(cell.value, str) and cell.value.startswith(sign)


def _section(report: Report, result: CompanyResult, name: str, style: Style) -> Cell:
    row = next((each for each in result.cadence if each.channel == name), None)
    if row is not None:
        return _active(report, row, style)
    value = report.value(result.company.name, f"{name}.posts_per_week")
    match value:
        case Unknown():
            return unknown(value, style, noted=name == SECTIONS[0])
        case Known() | Absent() | None:
            return none(style, link=report.proof_of(value) if value else "")


def _active(report: Report, row: Cadence, style: Style) -> Cell:
    if isinstance(row.status, Unknown):
        return unknown(row.status, style)
    if row.status.value is Status.NEVER:
        return words_right(row.status.value, varied(style, color=MUTED))
    sign, fill, color = _MARKS[row.status.value]
    looks = varied(style, fill=fill or style.fill, color=color or style.color,
                   bold=bool(style.fill))  # fmt: skip
    return number(
        row.posts_per_week,
        Unit.RATE,
        looks,
        prefix=sign,
        link=report.proof_of(row.posts_per_week),
    )


def _platform(report: Report, result: CompanyResult, name: str, style: Style) -> Cell:
    found = [each for each in result.channels if each.platform == name]
    if not found:
        return _unread(report, result, style) or none(style)
    row = next((each for each in result.cadence if each.channel == name), None)
    if row is not None:
        return _active(report, row, style)
    best = min(found, key=lambda each: (each.candidate, -each.ownership))
    return _profile(report, best, style)


def _profile(report: Report, channel: Channel, style: Style) -> Cell:
    link = report.proof(channel.evidence)
    if channel.candidate:
        return words_right("candidate", varied(style, color=MUTED), link=link)
    return words_right("found", varied(style, fill=BEST, bold=bool(style.fill)), link=link)


def _unread(report: Report, result: CompanyResult, style: Style) -> Cell | None:
    value = report.value(result.company.name, "presence.channels")
    return unknown(value, style, noted=False) if isinstance(value, Unknown) else None


def _feature(report: Report, result: CompanyResult, name: str, style: Style) -> Cell:
    found = [each for each in result.features if each.feature == name]
    seen = [each for each in found if each.state is State.KNOWN]
    if seen:
        best = max(seen, key=lambda each: each.confidence)
        looks = varied(style, fill=BEST, bold=bool(style.fill))
        said = best.vendor if len(best.vendor) <= _VENDOR_CHARACTERS and best.vendor else "found"
        return words_right(said, looks, link=report.proof(best.evidence))
    reason = next((each.reason for each in found if each.reason is not None), None)
    if reason is not None:
        return unknown(Unknown(reason=reason), style, noted=False)
    return _unread(report, result, style) or none(style)


def _finding(report: Report) -> Sequence[Run]:
    counts = {name: report.value(name, "presence.channels") for name in report.companies}
    known = {name: int(each.value) for name, each in counts.items() if isinstance(each, Known)}
    most = max((count for name, count in known.items() if name != report.own), default=0)
    runs: list[Run] = []
    if most:
        names = [name for name, count in known.items() if count == most and name != report.own]
        verb = "has" if len(names) == 1 else "have"
        runs += [
            (f"{listed(names)} {verb} ", False),
            (counted(most, "channel"), True),
            (" of their own", False),
        ]
    if report.own in known:
        runs += [("; we have " if runs else "We have ", False),
                 (counted(known[report.own], "channel"), True)]  # fmt: skip
    if not runs:
        return (("No channel was found on what could be read.", False),)
    return (*runs, (". Profiles were found on the sites, not read.", False))


def _key(report: Report, lines: Sequence[_Line]) -> list[str]:
    """Only the signs that occur."""
    cells = [cell for line in lines for cell in line.cells]
    said = {f"{cell.value}".split(" ")[0] for cell in cells if isinstance(cell.value, str)}
    said |= {sign for cell in cells for sign in "●○◊" if f'"{sign}' in cell.style.format}
    said |= {"†" for cell in cells if '"†"' in cell.style.format}
    vendors = {"a name: the vendor"} if any(_features(report)) else set()
    return ["number: posts a week", *(words for sign, words in _WORDS.items() if sign in said),
            *vendors]  # fmt: skip


def _rows(report: Report, lines: Sequence[tuple[str, _Line]]) -> Iterator[Row]:
    before = lines[0][0] if lines else ""
    for kind, line in lines:
        cells: list[Cell | None] = [
            text(kind, varied(BODY, bold=True)),
            text(line.title, varied(BODY, bold=True)),
            *line.cells,
            line.there(report),
        ]
        yield Row(ruled(cells) if kind != before else cells, 19.5)
        before = kind


def _foot(report: Report) -> Row:
    style = varied(NUMBER, bold=True, fill=HEAD, top="rule")
    label = varied(BODY, bold=True, fill=HEAD, top="rule")
    cells: list[Cell | None] = [text("Channels found", label), Cell(None, label)]
    for result in report.results:
        value = report.value(result.company.name, "presence.channels")
        mine = result.company.name == report.own
        looks = varied(style, color=OWN, left="own", right="own", bottom="own") if mine else style
        cells.append(number(value, Unit.COUNT, looks) if value else Cell(None, looks))
    return Row([*cells, Cell(None, style)], 19.5)


SHEET = Sheet(name="Channels", order=30, draw=draw)
