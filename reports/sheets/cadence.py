"""Sheet Cadence: how often, how lately, how steadily; posts a month as a strip of heat."""

from collections.abc import Iterator, Mapping, Sequence

from audit.model.metric import Unit
from audit.model.result import Cadence, CompanyResult, Status, TrendDirection
from audit.model.value import Absent, Known, Unknown
from reports.cells import Cell, Run, moment, none, number, text, unknown, words_right
from reports.findings import busiest, known
from reports.look import (
    CENTRE,
    MUTED,
    NUMBER,
    OWN_TINT,
    PLAIN,
    STRIP,
    TREND,
    UNSEEN,
    Style,
    varied,
)
from reports.months import chart, legend, months_of, span
from reports.page import Heat, Page, Row, ruled
from reports.report import Report, name_style
from reports.sheets._base import Column, Sheet, Table
from reports.words import figure, rounded

STRIP_AT = 12
"""The month strip begins behind this many columns."""
_LETTERS = "JFMAMJJASOND"
_SIGNS = {Status.ACTIVE: "●", Status.SLOWING: "○", Status.DORMANT: "◊"}
_MONTH = Style(size=9, align="center", indent=0, left="white", right="white", bottom="white",
               top="white", format=STRIP)  # fmt: skip
_UNSEEN = varied(_MONTH, italic=True, color=MUTED, fill=UNSEEN)
_HEADS = (
    ("Company", 18.5, "left"), ("Channel", 11.0, "left"), ("Posts", 7.0, "right"),
    ("Per week", 9.0, "right"), ("95% between", 10.0, "center"), ("Last post", 11.0, "right"),
    ("Status", 12.5, "left"), ("Longest gap, days", 10.5, "right"),
    ("Weeks with a post", 10.5, "right"), ("Trend, 90 days", 12.0, "right"),
    ("Record covers", 8.0, "right"),
)  # fmt: skip


def draw(report: Report) -> Page:
    """Draw the sheet."""
    months = months_of(report)
    table = Table(
        title="How often, how lately, how steadily",
        finding=_finding(report),
        key=_key(report),
        columns=_columns(months),
        strip=(STRIP_AT, span(months)) if months else None,
    )
    body = list(_rows(report, months))
    last = 5 + len(body)
    title = text("Posts a month", varied(PLAIN, size=12, bold=True))
    foot = [Row([None], 10), Row([title, *legend(report, months)], 18)] if months else []
    return Page(
        widths=table.widths,
        rows=[*table.top(), *body, *foot],
        freeze="C6",
        columns=STRIP_AT - 1,
        table_rows=len(body),
        dimmed="A",
        heat=(Heat(ref=f"M6:X{last}", ends=(0, 4, 12)),) if body and months else (),
        charts=(chart(report, months, last + 3),) if months else (),
    )


def _columns(months: Sequence[str]) -> list[Column]:
    heads = [Column(title=title, width=width, align=align) for title, width, align in _HEADS]
    strip = [
        Column(title=_LETTERS[int(month[5:7]) - 1], width=4.5, align="center") for month in months
    ]
    return [*heads, *([Column(title="", width=1.2), *strip] if strip else [])]


def _finding(report: Report) -> Sequence[Run]:
    rated = [
        (rate, each.company.name)
        for each in report.results
        if (rate := known(report.value(each.company.name, "site.posts_per_week"))) is not None
    ]
    if not rated:
        return (("No blog, news or podcast could be measured.", False),)
    best, name = max(rated)
    who = "We post" if name == report.own else f"{name} posts"
    runs: list[Run] = [(f"{who} most: ", False), (f"{figure(best, Unit.RATE)} a week", True)]
    own = next((rate for rate, each in rated if each == report.own), None)
    if own is not None and name != report.own:
        runs += [("; we post ", False), (f"{figure(own, Unit.RATE)}", True)]
    result = next((each for each in report.results if each.company.name == report.own), None)
    row = busiest(result) if result else None
    if row is not None and isinstance(row.longest_gap_days, Known):
        days = figure(row.longest_gap_days.value, Unit.DAYS)
        runs += [(f", with a silence of {days} days on the {row.channel}", False)]
    return (*runs, (".", False))


def _key(report: Report) -> list[str]:
    rows = [row for each in report.results for row in each.cadence]
    states = {row.status.value for row in rows if isinstance(row.status, Known)}
    unread = any(isinstance(row.trend, Unknown) for row in rows)
    return [
        "Strip: darker is more, · none" + (", grey ? not seen" if _unseen(rows) else ""),
        *(["† list cut off: figure from the part seen"] if any(r.truncated for r in rows) else []),
        *(words for status, words in _STATUS_WORDS.items() if status in states),
        *(["? unknown, with the reason"] if unread else []),
    ]


_STATUS_WORDS: Mapping[Status, str] = {
    Status.ACTIVE: "● active, ≤ 30 days",
    Status.SLOWING: "○ slowing, ≤ 90",
    Status.DORMANT: "◊ dormant, ≤ 365",
}


def _unseen(rows: Sequence[Cadence]) -> bool:
    return any(count is None for row in rows for _, count in row.months)


def _rows(report: Report, months: Sequence[str]) -> Iterator[Row]:
    for at, result in enumerate(report.results):
        rows = result.cadence or (None,)
        for place, row in enumerate(rows):
            if row is None:
                cells = _nothing(report, result, len(months))
            else:
                cells = _cells(report, result, row, months)
            yield Row(_edged(cells) if place == 0 and at else cells, 16.5)


def _edged(cells: list[Cell | None]) -> list[Cell | None]:
    """A rule above the company, not above the strip with its white gaps."""
    return [*ruled(cells[:STRIP_AT]), *cells[STRIP_AT:]]


def _nothing(report: Report, result: CompanyResult, months: int) -> list[Cell | None]:
    """A company without any dated section: none found, or not readable."""
    name = result.company.name
    base = _base(report, name)
    value = report.value(name, "site.posts_per_week")
    left = varied(base, align="left", indent=1)
    state = unknown(value, left) if isinstance(value, Unknown) else none(left)
    blank = Cell(None, base)
    start = [text(name, _name(report, name)), text("none found" if isinstance(value, Absent)
             else "", varied(left, color=MUTED))]  # fmt: skip
    strip = [Cell(None, varied(_UNSEEN, fill=UNSEEN))] * months
    gap: list[Cell | None] = [None] if months else []
    return [*start, *[blank] * 4, state, *[blank] * 4, *gap, *strip]


def _base(report: Report, name: str) -> Style:
    return varied(NUMBER, fill=OWN_TINT) if name == report.own else NUMBER


def _name(report: Report, name: str) -> Style:
    style = name_style(report, name)
    return varied(style, fill=OWN_TINT) if name == report.own else style


def _cells(
    report: Report, result: CompanyResult, row: Cadence, months: Sequence[str]
) -> list[Cell | None]:
    base = _base(report, result.company.name)
    left = varied(base, align="left", indent=1)
    since = report.since
    gap: list[Cell | None] = [None] if months else []
    counts = dict(row.months)
    return [
        text(result.company.name, _name(report, result.company.name)),
        text(report.names.channel(row.channel), left),
        *_amounts(report, row, base),
        moment(row.newest, report.zone, since, base)
        if not isinstance(row.newest, Unknown)
        else Cell(None, base),
        _status(row, left),
        _or_blank(row, row.longest_gap_days, Unit.DAYS, base),
        _or_blank(row, row.weeks_with_post, Unit.SHARE, base),
        _trend(row, base),
        Cell(rounded(float(row.coverage), Unit.SHARE), varied(base, format="0%_0"))
        if isinstance(row.status, Known)
        else Cell(None, base),
        *gap,
        *(_month(counts.get(month), row) for month in months),
    ]


def _amounts(report: Report, row: Cadence, base: Style) -> list[Cell]:
    """Posts, posts a week and its interval; empty where the status says why."""
    if isinstance(row.posts_per_week, Unknown) and isinstance(row.status, Unknown):
        return [Cell(None, base)] * 3
    proof = report.proof_of(row.posts_per_week)
    interval = ""
    if row.interval is not None:
        low, high = (figure(end, Unit.RATE) for end in row.interval)
        interval = f"{low} – {high}"
    return [
        number(row.posts, Unit.COUNT, base, link=proof),
        number(row.posts_per_week, Unit.RATE, varied(base, bold=True), link=proof),
        text(interval, varied(CENTRE, size=9, color=MUTED, fill=base.fill)),
    ]


def _or_blank(row: Cadence, value: Known[int] | Known[float] | Absent | Unknown, unit: Unit,
              base: Style) -> Cell:  # fmt: skip
    """A figure; a reason that the status or the trend gives already is not said again."""
    if isinstance(value, Unknown) and isinstance(row.status, Unknown):
        return Cell(None, base)
    return unknown(value, base, noted=False) if isinstance(value, Unknown) else number(
        value, unit, base
    )  # fmt: skip


def _status(row: Cadence, left: Style) -> Cell:
    match row.status:
        case Known(value=status):
            sign = _SIGNS.get(status, "")
            color = left.color if status in (Status.ACTIVE, Status.SLOWING) else MUTED
            return text(f"{sign} {status}".strip(), varied(left, color=color))
        case Unknown():
            return unknown(row.status, left)


def _trend(row: Cadence, base: Style) -> Cell:
    match row.trend:
        case Unknown():
            if isinstance(row.status, Unknown):
                return Cell(None, base)
            return unknown(row.trend, base)
        case Known(value=trend):
            if trend.direction is TrendDirection.STEADY or trend.ratio is None:
                said = (
                    "steady" if trend.direction is TrendDirection.STEADY else trend.direction.value
                )
                return words_right(said, varied(base, size=9, color=MUTED))
            return Cell(rounded(trend.ratio - 1, Unit.SHARE), varied(base, format=TREND))


def _month(count: int | None, row: Cadence) -> Cell:
    """Posts of a month; where nothing of a section could be read the status says so, once."""
    if isinstance(row.status, Unknown):
        return Cell(None, _UNSEEN)
    return Cell("?", _UNSEEN) if count is None else Cell(count, _MONTH)


SHEET = Sheet(name="Cadence", order=60, draw=draw)
