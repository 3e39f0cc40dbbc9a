"""The scoreboard of sheet Summary: own row, our rank, the competitors, their median."""

from collections.abc import Iterator

from audit.model.metric import Unit
from audit.model.result import CompanyResult, Trend, TrendDirection
from audit.model.value import Known, Unknown
from reports import findings
from reports.cells import Cell, moment, none, number, text, unknown, words_right
from reports.look import (
    BODY,
    HEADER,
    HEADER_RIGHT,
    MUTED,
    NUMBER,
    OWN,
    OWN_TINT,
    TREND,
    Style,
    part_format,
    varied,
)
from reports.page import Heat, Row
from reports.report import Report, name_style
from reports.words import counted, rounded

_METRICS = {2: "presence.features", 3: "presence.channels", 4: "channels.active",
            5: "channels.posts_per_week", 6: "site.posts_per_week", 10: "completeness"}  # fmt: skip
_HEADS = ("Company", "Site features", "Channels found", "Active channels", "Channel posts a week",
          "Site posts a week", "Trend, 90 days", "Last post", "Longest silence", "Could be read",
          "What stands out")  # fmt: skip
_BUSIEST_FROM = 7
_MEDIAN = varied(NUMBER, italic=True, top="rule", bottom="rule")


def header() -> Row:
    """The heads of the scoreboard's columns."""
    cells: list[Cell | None] = [None]
    for at, title in enumerate(_HEADS):
        left = at in (0, len(_HEADS) - 1)
        cells.append(text(title, HEADER if left else HEADER_RIGHT))
    return Row(cells, 32)


def board(report: Report) -> Iterator[Row]:
    """The scoreboard: own row, our rank below it, the competitors, their median."""
    for result in report.results:
        yield Row(_score(report, result), 20)
        if result.company.own:
            yield Row(_ranks(report), 17)
    if report.rivals:
        yield Row(_medians(report), 18)


def _score(report: Report, result: CompanyResult) -> list[Cell | None]:
    name = result.company.name
    mine = name == report.own
    base = varied(NUMBER, fill=OWN_TINT, bold=True) if mine else NUMBER
    label = varied(name_style(report, name), fill=base.fill)
    said = phrase_cell(findings.stands_out(report, result), varied(BODY, fill=base.fill, bold=mine))
    cells: list[Cell | None] = [None, text(name, label), *[None] * 9, said]
    for at, metric in _METRICS.items():
        cells[at] = _figure(report, name, metric, base)
    for at, cell in enumerate(_of_busiest(report, result, base), _BUSIEST_FROM):
        cells[at] = cell
    return cells


def _figure(report: Report, name: str, metric: str, base: Style) -> Cell:
    value = report.value(name, metric)
    if value is None:
        return Cell(None, base)
    return number(value, report.metric(metric).unit, base, link=report.proof_of(value))


def _of_busiest(report: Report, result: CompanyResult, base: Style) -> Iterator[Cell]:
    """Trend, last post and longest silence of the busiest section of the own site."""
    row = findings.busiest(result)
    if row is None:
        value = report.value(result.company.name, findings.BUSIEST)
        for _ in range(3):
            yield (unknown(value, base) if isinstance(value, Unknown) else none(base))
        return
    yield _trend(row.trend, base)
    newest = row.newest
    yield (
        unknown(newest, base)
        if isinstance(newest, Unknown)
        else moment(newest, report.zone, report.since, base)
    )
    yield number(row.longest_gap_days, Unit.DAYS, base)


def _trend(trend: Known[Trend] | Unknown, base: Style) -> Cell:
    if isinstance(trend, Unknown):
        return unknown(trend, base)
    ratio = trend.value.ratio
    if trend.value.direction is TrendDirection.STEADY or ratio is None:
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
        rank = compared.rank if compared and metric != "completeness" else None
        form = part_format(rank.of) if rank else None
        if rank is not None and rank.of > 1:
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


def heat(report: Report, first: int) -> list[Heat]:
    """Each column from its least to its most; our own rows stay on their tint."""
    start = first + (2 if report.own else 0)
    last = start + len(report.rivals) - 1
    if len(report.rivals) < 2:
        return []
    return [Heat(ref=f"{column}{start}:{column}{last}") for column in "CDEFG"]


def phrase_cell(said: str, style: Style) -> Cell:
    """A phrase of a company; a reason in its own look."""
    if said.startswith("? "):
        style = varied(style, italic=True, bold=False, color=MUTED)
    return text(said, style)
