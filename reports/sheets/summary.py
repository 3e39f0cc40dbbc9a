"""Sheet Summary: the set at a glance, findings, scoreboard, gaps, charts, company by company."""

from collections.abc import Iterator, Sequence

from audit.model.metric import Unit
from audit.model.value import Unknown
from reports import findings, scoreboard, summary_charts
from reports.cells import Cell, Run, sentence, text
from reports.gaps import gaps
from reports.look import (
    ALERT,
    BACK,
    BLUE,
    BODY,
    HEADER,
    MUTED,
    OWN,
    OWN_TINT,
    PLAIN,
    TITLE,
    Style,
    varied,
)
from reports.page import Page, Row
from reports.report import Report, name_style
from reports.sheets._base import Sheet
from reports.words import capital, counted, day_in_words, rounded

_WIDTHS = (10, 10.5, 10, 13, 11.5, 11, 11, 11, 10, 46)
_FINDING = Style(size=11, indent=0)
_LABEL = varied(_FINDING, bold=True)
_SEE = varied(BACK, bottom="line")
_BLOCK = varied(PLAIN, size=12, bold=True)
_CHART_ROWS = 12
_GAP = Row([None], 6)


def draw(report: Report) -> Page:
    """Draw the sheet."""
    rows = [*_head(report), _GAP, scoreboard.header(), *scoreboard.board(report)]
    heat = scoreboard.heat(report, first=9)
    rows += [*_gap_rows(report)]
    top = len(rows) + 2
    charts = summary_charts.charts(report, top + 1)
    rows += [
        _GAP,
        summary_charts.chart_titles(),
        *[Row([None], 15)] * _CHART_ROWS,
        summary_charts.chart_notes(report),
    ]
    fold = len(rows)
    rows += [_GAP, *_by_company(report)]
    return Page(
        widths=(1.5, report.name_width(20), *_WIDTHS),
        rows=rows,
        heat=heat,
        charts=charts,
        scale=78,
        breaks=(fold,),
    )


def _head(report: Report) -> list[Row]:
    """Title, meta line and the three findings."""
    found = _found(report)
    return [
        Row([None, text(_title(report), varied(TITLE, size=18))], 30),
        Row([None, _meta(report)], 18),
        Row([None, *[Cell(None, _FINDING)] * 11], 6),
        *(_finding(*each) for each in found),
    ]


def _title(report: Report) -> str:
    count = len(report.rivals)
    if report.own and count:
        return f"Social presence: {report.own} and {counted(count, 'competitor')}"
    if report.own:
        return f"Social presence: {report.own}"
    return f"Social presence: {counted(count, 'company', 'companies')}"


def _meta(report: Report) -> Cell:
    snapshot = report.snapshot
    values = [value for each in report.comparisons.values() for _, value in each.values]
    read = sum(not isinstance(value, Unknown) for value in values)
    parts = [day_in_words(snapshot.run.as_of),
             f"{snapshot.competitors.settings.lookback_days} days back"]  # fmt: skip
    if values:
        share = rounded(read / len(values), Unit.SHARE)
        parts.append(f"{read:,} of {len(values):,} figures could be read ({share:.0%})")
    style = varied(PLAIN, size=9, color=MUTED)
    if report.partial:
        return sentence([("partial: interrupted", True), *[(f"   ·   {each}", False) for each in
                        parts]], varied(style, color=ALERT))  # fmt: skip
    return text("   ·   ".join(parts), style)


def _found(report: Report) -> list[tuple[str, Sequence[Run], str, str]]:
    know = ("To know", findings.to_know(report), "Coverage", MUTED)
    if not report.own:
        return [
            ("Most active", findings.leader(report, findings.BUSIEST), "Cadence", BLUE),
            ("Least active", findings.leader(report, findings.BUSIEST, last=True), "Cadence", BLUE),
            know,
        ]
    return [
        ("Ahead", findings.ahead(report), "Comparison", OWN),
        ("Behind", findings.behind(report), "Comparison", OWN),
        know,
    ]


def _finding(label: str, runs: Sequence[Run], sheet: str, color: str) -> Row:
    ink = {} if color == MUTED else {"color": color}
    cells: list[Cell | None] = [
        None,
        text(label, varied(_LABEL, **ink)),
        sentence(runs, _FINDING),
        *[Cell(None, _FINDING)] * 8,
        text(f"see {sheet}", _SEE, link=f"#{sheet}!A1"),
    ]
    return Row(cells, 19)


def _gap_rows(report: Report) -> list[Row]:
    if not report.own or not report.rivals:
        return []
    found = gaps(report)
    if not found:
        return []
    head = capital(f"{counted(len(found), 'biggest gap')}") if len(found) > 1 else "Biggest gap"
    rows = [_GAP, Row([None, text(head, _BLOCK)], 20)]
    for at, gap in enumerate(found, 1):
        blank = Cell(None, BODY)
        rows.append(
            Row(
                [
                    None,
                    text(f"{at}   {gap.action}", varied(BODY, bold=True)),
                    *[blank] * 3,
                    text(gap.proof, varied(BODY, indent=0)),
                    *[blank] * 5,
                    text(gap.who, varied(BODY, color=MUTED)),
                ],
                17,
            )
        )
    return rows


def _by_company(report: Report) -> Iterator[Row]:
    """Three phrases a company."""
    yield Row([None, text("Company by company", _BLOCK)], 20)
    head: list[Cell | None] = [None, *[Cell(None, HEADER)] * 11]
    for at, title in ((1, "Company"), (2, "What stands out"), (6, "How active"), (10, "Weak spot")):
        head[at] = text(title, varied(HEADER, wrap=False))
    yield Row(head, 20)
    for result in report.results:
        mine = result.company.own
        base = varied(BODY, fill=OWN_TINT) if mine else BODY
        cells: list[Cell | None] = [None, *[Cell(None, base)] * 11]
        cells[1] = text(
            result.company.name, varied(name_style(report, result.company.name), fill=base.fill)
        )
        said = (findings.stands_out, findings.how_active, findings.weak_spot)
        for at, phrase in zip((2, 6, 10), said, strict=True):
            cells[at] = scoreboard.phrase_cell(phrase(report, result), base)
        yield Row(cells, 18)


SHEET = Sheet(name="Summary", order=10, draw=draw, tab=OWN)
