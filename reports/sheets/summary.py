"""Sheet Summary: the set at a glance, findings, scoreboard, gaps, charts, company by company."""

from collections.abc import Iterator, Sequence

from audit.model.metric import Unit
from audit.model.result import CompanyResult, Direction, Trend
from audit.model.value import Absent, Known, Number, Unknown
from reports import findings
from reports.cells import Cell, Run, moment, none, number, sentence, text, unknown, words_right
from reports.charts import Bars, Chart
from reports.look import (
    ALERT,
    BACK,
    BEST,
    BLUE,
    BODY,
    HEADER,
    HEADER_RIGHT,
    MUTED,
    NUMBER,
    OWN,
    OWN_TINT,
    PLAIN,
    SLATE,
    TITLE,
    TREND,
    Style,
    part_format,
    varied,
)
from reports.sheets._base import Heat, Page, Report, Row, Sheet, name_style
from reports.words import capital, counted, day_in_words, rounded

_WIDTHS = (1.5, 20, 10, 10.5, 10, 13, 10.5, 10, 11, 11, 10, 47)
_METRICS = {2: "presence.features", 3: "presence.channels", 4: "site.posts_per_week",
            9: "presence.languages", 10: "completeness"}  # fmt: skip
_HEADS = ("Company", "Site features", "Channels found", "Posts a week", "Trend, 90 days",
          "Last post", "Longest silence", "Weeks with a post", "Languages", "Could be read",
          "What stands out")  # fmt: skip
_FINDING = Style(size=11, indent=0)
_LABEL = varied(_FINDING, bold=True)
_SEE = varied(BACK, bottom="line")
_BLOCK = varied(PLAIN, size=12, bold=True)
_MEDIAN = varied(NUMBER, italic=True, top="rule", bottom="rule")
_CHART_ROWS = 12
_MAX_BARS = 12
_TOP_BARS = 10
_GAP = Row([None], 6)


def draw(report: Report) -> Page:
    """Draw the sheet."""
    rows = [*_head(report), _GAP, _header(), *_board(report)]
    heat = _heat(report, first=9)
    rows += [*_gap_rows(report)]
    top = len(rows) + 2
    charts = _charts(report, top + 1)
    rows += [_GAP, _chart_titles(), *[Row([None], 15)] * _CHART_ROWS, _chart_notes(report)]
    fold = len(rows)
    rows += [_GAP, *_by_company(report)]
    return Page(
        widths=_WIDTHS,
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


def _header() -> Row:
    cells: list[Cell | None] = [None]
    for at, title in enumerate(_HEADS):
        left = at in (0, len(_HEADS) - 1)
        cells.append(text(title, HEADER if left else HEADER_RIGHT))
    return Row(cells, 32)


def _board(report: Report) -> Iterator[Row]:
    """The scoreboard: own row, our rank below it, the competitors, their median."""
    for result in report.results:
        yield Row(_score(report, result), 20)
        if result.company.own:
            yield Row(_ranks(report), 17)
    yield Row(_medians(report), 18)


def _score(report: Report, result: CompanyResult) -> list[Cell | None]:
    name = result.company.name
    mine = name == report.own
    base = varied(NUMBER, fill=OWN_TINT, bold=True) if mine else NUMBER
    label = varied(name_style(report, name), fill=base.fill)
    said = _phrase(findings.stands_out(report, result), varied(BODY, fill=base.fill, bold=mine))
    cells: list[Cell | None] = [None, text(name, label), *[None] * 9, said]
    noted: set[str] = set()
    for at, metric in _METRICS.items():
        cells[at] = _figure(report, name, metric, base, noted)
    for at, cell in enumerate(_of_busiest(report, result, base, noted), 5):
        cells[at] = cell
    return cells


def _phrase(said: str, style: Style) -> Cell:
    """A phrase of a company; a reason in its own look."""
    if said.startswith("? "):
        style = varied(style, italic=True, bold=False, color=MUTED)
    return text(said, style)


def _figure(report: Report, name: str, metric: str, base: Style, noted: set[str]) -> Cell:
    value = report.value(name, metric)
    if value is None:
        return Cell(None, base)
    return _shown(value, report.metric(metric).unit, base, noted, report.proof_of(value))


def _shown(value: Number, unit: Unit, base: Style, noted: set[str], link: str = "") -> Cell:
    """A value; the note of a reason stands once in a row."""
    if isinstance(value, Unknown):
        cell = unknown(value, base, noted=value.reason not in noted)
        noted.add(value.reason)
        return cell
    return number(value, unit, base, link=link)


def _of_busiest(
    report: Report, result: CompanyResult, base: Style, noted: set[str]
) -> Iterator[Cell]:
    """Trend, last post, longest silence and weeks with a post of the busiest section."""
    row = findings.busiest(result)
    if row is None:
        value = report.value(result.company.name, findings.BUSIEST)
        for _ in range(4):
            yield (
                _shown(value, Unit.RATE, base, noted) if isinstance(value, Unknown) else none(base)
            )
        return
    yield _trend(row.trend, base, noted)
    newest = row.newest
    yield (
        _shown(newest, Unit.DAYS, base, noted)
        if isinstance(newest, Unknown)
        else moment(newest, report.zone, report.since, base)
    )
    yield _shown(row.longest_gap_days, Unit.DAYS, varied(base), noted)
    yield _shown(row.weeks_with_post, Unit.SHARE, base, noted)


def _trend(trend: Known[Trend] | Unknown, base: Style, noted: set[str]) -> Cell:
    if isinstance(trend, Unknown):
        return _shown(trend, Unit.RATE, base, noted)
    ratio = trend.value.ratio
    if trend.value.direction is Direction.STEADY or ratio is None:
        small = varied(base, size=9, color=MUTED, bold=False)
        return words_right(trend.value.direction, small)
    return Cell(rounded(ratio - 1, Unit.SHARE), varied(base, format=TREND))


def _ranks(report: Report) -> list[Cell | None]:
    base = varied(NUMBER, fill=OWN_TINT, bold=True, color=OWN, bottom="rule")
    label = varied(BODY, fill=OWN_TINT, bold=True, color=OWN, bottom="rule")
    said = "1 is the best figure; no rank where half are unknown"
    note = varied(BODY, fill=OWN_TINT, size=9, color=MUTED, bottom="rule")
    cells: list[Cell | None] = [None, text("Our rank", label), *[Cell(None, base)] * 9,
                                text(said, note)]  # fmt: skip
    for at, metric in _METRICS.items():
        compared = report.comparisons.get(metric)
        rank = compared.rank if compared else None
        form = part_format(rank.of) if rank else None
        if rank is not None:
            cells[at] = (
                Cell(rank.place, varied(base, format=form))
                if form
                else words_right(f"{rank.place} of {rank.of}", base)
            )
    return cells


def _medians(report: Report) -> list[Cell | None]:
    label = varied(BODY, italic=True, top="rule", bottom="rule")
    title = "Competitor median" if report.own else "Median"
    note = varied(label, size=9, color=MUTED, italic=False)
    count = counted(len(report.rivals), "competitor" if report.own else "company",
                    "competitors" if report.own else "companies")  # fmt: skip
    said = f"median of the {count}; unknowns left out" if len(report.rivals) > 2 else ""
    cells: list[Cell | None] = [None, text(title, label), *[Cell(None, _MEDIAN)] * 9,
                                text(said, note)]  # fmt: skip
    for at, metric in _METRICS.items():
        compared = report.comparisons.get(metric)
        if compared is not None and len(report.rivals) > 2:
            cells[at] = number(compared.median, report.metric(metric).unit, _MEDIAN)
    return cells


def _heat(report: Report, first: int) -> list[Heat]:
    """Each column from its least to its most; our own rows stay on their tint."""
    start = first + (2 if report.own else 0)
    last = start + len(report.rivals) - 1
    if len(report.rivals) < 2:
        return []
    return [Heat(ref=f"{column}{start}:{column}{last}") for column in "CDEI"]


def _gap_rows(report: Report) -> list[Row]:
    if not report.own or not report.rivals:
        return []
    found = findings.gaps(report)
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


def _chart_titles() -> Row:
    cells: list[Cell | None] = [None] * 12
    cells[1] = text("Posts a week on the own site", _BLOCK)
    cells[5] = text("Channels found", _BLOCK)
    cells[10] = text("Site features", _BLOCK)
    return Row(cells, 20)


def _chart_notes(report: Report) -> Row:
    cells: list[Cell | None] = [None] * 12
    small = varied(PLAIN, size=9, color=MUTED)
    notes = []
    if any(_starred(report, name) for name in report.companies):
        notes.append("* partly read: the true figure may differ")
    if any(isinstance(report.value(name, findings.BUSIEST), Unknown) for name in report.companies):
        notes.append("? not readable")
    cells[1] = text("   ".join(notes), small)
    cells[5] = text("■ proved theirs", varied(small, color=BLUE))
    cells[7] = text("■ candidate", varied(small, color=SLATE))
    return Row(cells, 15)


def _starred(report: Report, name: str) -> bool:
    value = report.value(name, findings.BUSIEST)
    return isinstance(value, Known) and bool(value.qualifiers)


def _charts(report: Report, top: int) -> list[Chart]:
    shown = _shown_companies(report)
    if not shown:
        return []
    return [
        _plain(report, "Posts a week", findings.BUSIEST, shown, (f"B{top}", 360)),
        _channels(report, shown, f"F{top}"),
        _plain(report, "Site features", "presence.features", shown, (f"K{top}", 400)),
    ]


def _shown_companies(report: Report) -> list[str]:
    """All companies up to twelve; of more, our own and the ten most active."""
    names = list(report.companies)
    if len(names) <= _MAX_BARS:
        return names
    rivals = [each.company.name for each in report.rivals]
    order = {name: findings.known(report.value(name, findings.BUSIEST)) or 0.0 for name in rivals}
    top = sorted(rivals, key=lambda name: -order[name])[:_TOP_BARS]
    return [*([report.own] if report.own else []), *top]


def _plain(
    report: Report, title: str, metric: str, shown: Sequence[str], place: tuple[str, int]
) -> Chart:
    """One bar a company, our own in our colour."""
    unit = report.metric(metric).unit
    values: list[float | None] = []
    labels = []
    for name in shown:
        value = report.value(name, metric)
        values.append(_drawn(value, unit))
        star = "*" if metric == findings.BUSIEST and _starred(report, name) else ""
        labels.append(_label(name, value, star))
    points = {at: OWN for at, name in enumerate(shown) if name == report.own}
    compared = report.comparisons.get(metric)
    if len(shown) < len(report.companies) and compared is not None:
        labels.append("Median")
        values.append(_drawn(compared.median, unit))
    form = "0.0" if unit is Unit.RATE else "0"
    bars = Bars(title=title, values=values, color=SLATE, points=points, format=form)
    return Chart(name=title, anchor=place[0], categories=labels, series=[bars], width=place[1])


def _drawn(value: Number | None, unit: Unit) -> float | None:
    match value:
        case Known(value=figure):
            return rounded(figure, unit)
        case Absent():
            return 0
        case Unknown() | None:
            return None


def _label(name: str, value: Number | None, star: str = "") -> str:
    """The name of a bar; a question mark says why there is none."""
    return f"{name} ?" if isinstance(value, Unknown) else f"{name}{star}"


def _channels(report: Report, shown: Sequence[str], anchor: str) -> Chart:
    """Channels proved theirs, and candidates behind them."""
    sure, maybe, labels = [], [], []
    for name in shown:
        found = report.value(name, "presence.channels")
        labels.append(_label(name, found))
        sure.append(_drawn(found, Unit.COUNT))
        maybe.append(_drawn(report.value(name, "presence.candidates"), Unit.COUNT) or None)
    return Chart(
        name="Channels found",
        anchor=anchor,
        categories=labels,
        series=[
            Bars(title="Proved theirs", values=sure, color=BLUE, ink="FFFFFF", format="0;;"),
            Bars(title="Candidate", values=maybe, color=BEST, outline=SLATE, format="0;;"),
        ],
        width=395,
        stacked=True,
    )


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
            cells[at] = _phrase(phrase(report, result), base)
        yield Row(cells, 18)


SHEET = Sheet(name="Summary", order=10, draw=draw, tab=OWN)
