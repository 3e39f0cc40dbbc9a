"""Sheet Comparison: one row a measure, one column a company; median, rank, best and last."""

from collections.abc import Iterator, Sequence

from audit.model.metric import Metric
from audit.model.result import Comparison
from audit.model.value import Absent, Known, Qualifier, Unknown
from reports.cells import Cell, Run, number, text, words_right
from reports.look import (
    BEST,
    BODY,
    MAX_WIDTH,
    MUTED,
    MUTED_TEXT,
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
from reports.words import capital, counted

_FIXED = 13 + 32 + 10 + 9


def draw(report: Report) -> Page:
    """Draw the sheet."""
    compared = list(report.comparisons.values())
    table = Table(
        title="Every measure, side by side",
        finding=_finding(report, compared),
        key=_key(compared),
        columns=_columns(report),
    )
    return Page(
        widths=table.widths,
        rows=[*table.top(), *_rows(report, compared)],
        freeze="D6" if report.own else "C6",
        columns=len(table.columns),
        dimmed="A",
        titled_columns="A:C",
    )


def _columns(report: Report) -> list[Column]:
    width = max(11.5, min(15.5, (MAX_WIDTH - _FIXED) / (len(report.companies) + 1)))
    rivals = [Column(title=each.company.name, width=width, align="right") for each in report.rivals]
    own = [Column(title=report.own, width=width, align="right", own=True)] if report.own else []
    median = "Competitor median" if report.own else "Median"
    return [
        Column(title="Theme", width=13),
        Column(title="Measure", width=32),
        *own,
        Column(title=median, width=width, align="right"),
        *rivals,
        *([Column(title="Our rank", width=10, align="right")] if report.own else []),
        Column(title="Read", width=9, align="right"),
    ]


def _finding(report: Report, compared: Sequence[Comparison]) -> Sequence[Run]:
    if not report.own:
        who = counted(len(report.companies), "company", "companies")
        said = capital(f"{counted(len(compared), 'measure')} of {who}")
        return ((f"{said}; no own company is named, so there is no rank.", False),)
    ranked = [each for each in compared if each.rank is not None]
    if not ranked:
        return (("Too few figures to rank us on any measure.", False),)
    lead = sum(each.best == report.own for each in ranked)
    below = sum(_below(report, each) for each in ranked)
    return (
        ("We lead on ", False),
        (f"{lead} of {len(ranked)}", True),
        (" ranked measures and are on the worse side of the median on ", False),
        (f"{below}", True),
        (".", False),
    )


def _below(report: Report, compared: Comparison) -> bool:
    own = report.value(report.own, compared.metric)
    if not isinstance(own, Known) or not isinstance(compared.median, Known):
        return False
    if report.metric(compared.metric).higher_is_better:
        return own.value < compared.median.value
    return own.value > compared.median.value


def _key(compared: Sequence[Comparison]) -> list[str]:
    """Only the signs that occur."""
    values = [value for each in compared for _, value in each.values]
    known = [value for value in values if isinstance(value, Known)]
    marks = {mark for value in known for mark in value.qualifiers}
    lines = [
        (bool(known), "each figure links to its proof"),
        (any(not value.exact for value in known), "≈ rounded by the platform"),
        (Qualifier.TRUNCATED in marks, "† list cut off: figure from the part seen"),
        (Qualifier.MANUAL in marks, "(m) typed in by a person"),
        (Qualifier.CANDIDATE in marks, "(c) candidate, not proved theirs"),
        (any(isinstance(value, Unknown) for value in values), "? unknown, with the reason"),
        (any(isinstance(value, Absent) for value in values), "– looked for, not there"),
    ]
    return [words for occurs, words in lines if occurs]


def _rows(report: Report, compared: Sequence[Comparison]) -> Iterator[Row]:
    theme = ""
    for each in compared:
        metric = report.metric(each.metric)
        cells = _cells(report, each, metric)
        yield Row(ruled(cells) if theme and metric.theme != theme else cells, 19.5)
        theme = metric.theme


def _cells(report: Report, compared: Comparison, metric: Metric) -> list[Cell | None]:
    tinted = varied(NUMBER, fill=OWN_TINT, color=OWN, bold=True)
    own = [_value(report, compared, report.own, tinted)] if report.own else []
    rivals = [_value(report, compared, each.company.name, NUMBER) for each in report.rivals]
    return [
        text(metric.theme, varied(BODY, bold=True)),
        text(metric.title, BODY),
        *own,
        number(compared.median, metric.unit, varied(NUMBER, italic=True)),
        *rivals,
        *([_rank(compared)] if report.own else []),
        _part(compared.read, len(compared.values), varied(NUMBER, color=MUTED)),
    ]


def _value(report: Report, compared: Comparison, company: str, style: Style) -> Cell:
    """A company's figure, marked where it is the best or the last."""
    value = report.value(company, compared.metric)
    if value is None:
        return Cell(None, style)
    prefix = ""
    if company == compared.best:
        prefix = "best  "
        style = varied(style, bold=True, fill=style.fill or BEST)
    elif company == compared.last:
        prefix = "last  "
    unit = report.metric(compared.metric).unit
    if compared.metric.endswith(".followers"):
        style = varied(style, shrink=True)
    return number(value, unit, style, prefix=prefix, link=report.proof_of(value))


def _rank(compared: Comparison) -> Cell:
    if compared.rank is None:
        return words_right("no rank", varied(MUTED_TEXT, size=9))
    return _part(compared.rank.place, compared.rank.of, varied(NUMBER, bold=True))


def _part(count: int, whole: int, style: Style) -> Cell:
    said = part_format(whole)
    if said is None:
        return words_right(f"{count} of {whole}", style)
    return Cell(count, varied(style, format=said))


SHEET = Sheet(name="Comparison", order=20, draw=draw)
