"""The scoreboard of sheet Summary: own row, our rank, the competitors, their median."""

from collections.abc import Iterator

from audit.model.metric import Unit
from audit.model.result import CompanyResult
from audit.model.value import Absent, Unknown
from reports import findings
from reports.beginnings import young_note
from reports.report import Report
from reports.since import since_words
from reports.tables import Block, Cell, Column, ColumnKind, Part, Row, RowKind, Tone
from reports.trend import trend_cell
from reports.words import counted

_METRICS = {
    1: "presence.features",
    2: "presence.channels",
    3: "channels.active",
    4: "channels.posts_per_week",
    5: "site.posts_per_week",
    9: "completeness",
}
"""The columns, from 0, whose figures are those of a metric."""

_UNRANKED = "completeness"
"""How much could be read says nothing of a company."""

_COLUMNS = (
    Column(title="Company", kind=ColumnKind.COMPANY),
    Column(title="Website features", kind=ColumnKind.FIGURE),
    Column(title="Channels there", kind=ColumnKind.FIGURE),
    Column(title="Active channels", kind=ColumnKind.FIGURE),
    Column(title="Channel posts a week", kind=ColumnKind.FIGURE),
    Column(title="Site posts a week", kind=ColumnKind.FIGURE),
    Column(title="Trend, 90 days", kind=ColumnKind.TREND),
    Column(title="Last site post", kind=ColumnKind.DAY),
    Column(title="Longest pause", kind=ColumnKind.FIGURE),
    Column(title="Could be seen", kind=ColumnKind.FIGURE),
    Column(title="What stands out", kind=ColumnKind.TEXT),
)
_BETWEEN = len(_COLUMNS) - 2
"""The columns between the name and the phrase."""

_FROM_BUSIEST = 6
"""The first of the columns that tell of the sections of the own site."""


def scoreboard(report: Report) -> Block:
    """Return the scoreboard: own row, our rank below it, the competitors, their median."""
    return Block(columns=_COLUMNS, rows=list(_rows(report)))


def phrase_cell(words: str) -> Cell:
    """Return a phrase of a company as a cell; `? robots` is a reason."""
    return Cell(words, tone=Tone.REASON if words.startswith("? ") else Tone.PLAIN)


def _rows(report: Report) -> Iterator[Row]:
    """Give the rows of the scoreboard."""
    for result in report.results:
        yield Row(_score(report, result), subject=result.company.name)
        if result.company.own:
            yield Row(_ranks(report), kind=RowKind.RANK)
    if report.rivals:
        yield Row(_medians(report), kind=RowKind.MEDIAN)


def _score(report: Report, result: CompanyResult) -> list[Cell]:
    """Return the cells of a company."""
    name = result.company.name
    phrase = phrase_cell(findings.stands_out(report, result))
    cells = [Cell(name), *[Cell()] * _BETWEEN, phrase]
    for at, metric in _METRICS.items():
        value = report.value(name, metric)
        if value is not None:
            about = report.comparisons[metric].about
            since = since_words(report, result, about) if metric != _UNRANKED else ""
            aside = young_note(report, result, metric)
            cells[at] = Cell(
                value, unit=about.unit, to=report.proof_of(value), aside=aside, since=since
            )
    for at, cell in enumerate(_of_busiest(report, result), _FROM_BUSIEST):
        cells[at] = cell
    return cells if findings.why_not_read(report, name) is None else _said_once(cells)


def _said_once(cells: list[Cell]) -> list[Cell]:
    """Return the cells of a company that could not be read: why, once, and blanks behind it."""
    lost = [at for at, cell in enumerate(cells) if isinstance(cell.value, Unknown)]
    return [Cell() if at in lost[1:] else cell for at, cell in enumerate(cells)]


def _of_busiest(report: Report, result: CompanyResult) -> Iterator[Cell]:
    """Give trend and longest silence of the busiest section of the own site, and its last post."""
    row = findings.busiest(result)
    if row is None:
        value = report.value(result.company.name, findings.BUSIEST)
        for _ in range(3):
            yield Cell(value if isinstance(value, Unknown) else Absent())
        return
    yield trend_cell(row.trend)
    newest = findings.latest(result)
    yield Cell(newest.newest if newest is not None else row.newest)
    yield Cell(row.longest_gap_days, unit=Unit.DAYS)


def _ranks(report: Report) -> list[Cell]:
    """Return our rank in each metric, where there is one and somebody else to compare with."""
    note = Cell("1 is the best figure; no rank where it is not sure", tone=Tone.ASIDE)
    cells = [Cell("Our rank"), *[Cell()] * _BETWEEN, note]
    for at, metric in _METRICS.items():
        compared = report.comparisons.get(metric)
        rank = compared.rank if compared and metric != _UNRANKED else None
        if rank is not None and rank.of > 1:
            cells[at] = Cell(Part(rank.place, rank.of))
    return cells


def _medians(report: Report) -> list[Cell]:
    """Return the competitors' median of each metric; of fewer than three there is none."""
    count = len(report.rivals)
    one, many = ("competitor", "competitors") if report.own else ("company", "companies")
    whose = counted(count, one, many)
    words = f"median of the {whose}; unknowns left out" if count > 2 else ""
    title = "Competitor median" if report.own else "Median"
    cells = [Cell(title), *[Cell()] * _BETWEEN, Cell(words, tone=Tone.ASIDE)]
    for at, metric in _METRICS.items():
        compared = report.comparisons.get(metric)
        if compared is not None and count > 2:
            cells[at] = Cell(compared.median, unit=report.metric(metric).unit, tone=Tone.TYPICAL)
    return cells
