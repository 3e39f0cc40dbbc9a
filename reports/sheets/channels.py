"""Sheet Channels: which company is where, as a matrix of channels and companies."""

from collections.abc import Iterator, Sequence

from audit.model.catalogue import Usage
from audit.model.metric import Unit
from audit.model.result import CompanyResult
from audit.model.site import SECTIONS, TECHNICAL, State
from audit.model.value import Absent, Known, Unknown
from reports.cells import Cell, Run, none, number, text, unknown, words_right
from reports.findings import features_of
from reports.look import (
    BEST,
    BODY,
    HEAD,
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
from reports.presence import active, leads_nowhere, profile
from reports.report import Report
from reports.sheets._base import Column, Sheet, Table
from reports.words import capital, counted, listed

_FIXED = 13 + 18 + 18
_VENDOR_CHARACTERS = 16
_WORDS = {
    "●": "● in 30 days",
    "○": "○ in 90",
    "◊": "◊ in 365",
    "×": "× nowhere, or renamed",
    "†": "† at least",
    "(m)": "(m) by hand",
    "found": "found: posts not public",
    "candidate": "candidate: not proved",
    "?": "? not known, and why",
    "–": "– not there",
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
        rows=[*table.top(), *_rows(report, lines), *_foot(report)],
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
        Column(title="Competitors active" if report.own else "Companies active", width=18,
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
        if each.direction is Usage.USES and each.feature not in {*SECTIONS, *TECHNICAL}
    }
    owners = {name: sum(name in features_of(each) for each in report.results) for name in found}
    return sorted(found, key=lambda name: (-owners[name], name))


class _Line:
    """One row: a section, a platform or a feature, with its cell for each company."""

    def __init__(self, report: Report, name: str, kind: str) -> None:
        self.name, self.kind = name, kind
        shown = report.names.platform if kind == "platform" else report.names.feature
        self.title = shown(name)
        draws = {"section": _section, "platform": _platform, "feature": _feature}
        self.cells: list[Cell] = []
        for result in report.results:
            mine = result.company.name == report.own
            style = varied(NUMBER, left="own", right="own", fill=OWN_TINT) if mine else NUMBER
            self.cells.append(draws[kind](report, result, name, style))

    def there(self, report: Report) -> Cell:
        """Of the competitors whose activity is known: how many are active, or have the feature."""
        cells = self.cells[1:] if report.own else self.cells
        unseen = ("?",) if self.kind == "feature" else ("?", "found", "listed")
        read = [cell for cell in cells if not any(_is(cell, sign) for sign in unseen)]
        counts = _is_active if self.kind != "feature" else _is_there
        have = sum(counts(cell) for cell in read)
        said = part_format(len(read), " read")
        if not read:
            return words_right("none could be read", varied(NUMBER, italic=True, color=MUTED))
        if said is None:
            return words_right(f"{have} of {len(read)} read", NUMBER)
        return Cell(have, varied(NUMBER, format=said))


def _is(cell: Cell, sign: str) -> bool:
    return isinstance(cell.value, str) and cell.value.startswith(sign)


def _is_active(cell: Cell) -> bool:
    return '"●' in cell.style.format


def _is_there(cell: Cell) -> bool:
    return not _is(cell, "–")


def _section(report: Report, result: CompanyResult, name: str, style: Style) -> Cell:
    row = next((each for each in result.cadence if each.channel == name), None)
    if row is not None:
        return active(report, row, style)
    value = report.value(result.company.name, f"{name}.posts_per_week")
    match value:
        case Unknown():
            return unknown(value, style, noted=name == SECTIONS[0])
        case Known() | Absent() | None:
            return none(style, link=report.proof_of(value) if value else "")


def _platform(report: Report, result: CompanyResult, name: str, style: Style) -> Cell:
    found = [each for each in result.channels if each.platform == name]
    if not found:
        return _unread(report, result, style) or none(style)
    best = min(found, key=lambda each: (each.candidate, bool(each.promises), -each.ownership.score))
    return profile(report, result, best, style)


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
    """Who keeps most channels alive, how many we do, what leads nowhere, what nobody could read."""
    counts = {name: report.value(name, "channels.active") for name in report.companies}
    known = {name: int(each.value) for name, each in counts.items() if isinstance(each, Known)}
    runs: list[Run] = []
    most = max((count for name, count in known.items() if name != report.own), default=0)
    if most:
        names = [name for name, count in known.items() if count == most and name != report.own]
        verb = "keeps" if len(names) == 1 else "keep"
        runs += [(f"{listed(names)} {verb} ", False), (counted(most, "channel"), True),
                 (" alive", False)]  # fmt: skip
    if report.own in known:
        said = counted(known[report.own], "channel") if not most else f"{known[report.own]}"
        runs += [("; we keep " if runs else "We keep ", False), (said, True)]
    if not runs:
        return _found_only(report)
    return (*runs, (". ", False), *_nowhere(report))


def _found_only(report: Report) -> Sequence[Run]:
    """Where no profile's posts could be read: how many were found."""
    found = sum(not each.candidate for result in report.results for each in result.channels)
    if not found:
        return (("No channel was found on what could be read.", False),)
    return (
        (capital(counted(found, "channel")), True),
        (" found; of none could the posts be read. ", False),
        *_nowhere(report),
    )


def _nowhere(report: Report) -> Sequence[Run]:
    """How many icons lead nowhere, and how many of them are ours."""
    lost = [
        result.company.name
        for result in report.results
        for channel in result.channels
        if leads_nowhere(channel)
    ]
    if not lost:
        return ()
    ours = lost.count(report.own)
    verb = " leads nowhere" if len(lost) == 1 else " lead nowhere"
    tail = f", {counted(ours, 'of them ours', 'of them ours')}" if ours else ""
    return ((capital(counted(len(lost), "icon")), True), (f"{verb}{tail}.", False))


def _key(report: Report, lines: Sequence[_Line]) -> list[str]:
    """Only the signs that occur."""
    cells = [cell for line in lines for cell in line.cells]
    said = {f"{cell.value}".split(" ")[0] for cell in cells if isinstance(cell.value, str)}
    said |= {sign for cell in cells for sign in "●○◊" if f'"{sign}' in cell.style.format}
    said |= {"†" for cell in cells if '"†"' in cell.style.format}
    said |= {"(m)" for cell in cells if "(m)" in cell.style.format}
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


def _foot(report: Report) -> Iterator[Row]:
    """How many channels each company has, and how many of them are active."""
    for title, metric in (("Channels found", "presence.channels"),
                          ("Active in 30 days", "channels.active")):  # fmt: skip
        style = varied(NUMBER, bold=True, fill=HEAD, top="rule")
        label = varied(BODY, bold=True, fill=HEAD, top="rule")
        cells: list[Cell | None] = [text(title, label), Cell(None, label)]
        for result in report.results:
            value = report.value(result.company.name, metric)
            mine = result.company.name == report.own
            edges = varied(style, color=OWN, left="own", right="own", bottom="own")
            looks = edges if mine else style
            cells.append(number(value, Unit.COUNT, looks) if value else Cell(None, looks))
        yield Row([*cells, Cell(None, style)], 19.5)


SHEET = Sheet(name="Channels", order=30, draw=draw)
