"""The scoreboard of sheet Summary: own row, our rank, the competitors, the typical one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from audit.model.ladder import TAKING_PART
from audit.model.metric import Unit
from audit.model.result import MEDIAN_NEEDS, CompanyResult
from audit.model.rounding import rounded
from audit.model.value import Absent, Known, Number, Unknown
from reports import phrases
from reports.beginnings import young_note
from reports.changed import biggest_of
from reports.report import Report
from reports.signs import Legend, Sign, key_of
from reports.since import since_key, since_words
from reports.tables import Block, Cell, Column, ColumnKind, Part, Row, RowKind, Tone, signs_of
from reports.words import clause

_PAUSE, _RECENCY = "all.longest_gap_days", "all.recency_days"
_TOPICS = "topics.covered"
_LOOKED = "presence.channels"
"""The metric that is unknown where a site could not be read, with the reason."""

_FEWEST = 4
"""Columns of figures under which nothing is gained by leaving out the others."""

PHRASE_LETTERS = 45
"""Letters that the last column has room for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Figure:
    """A column of the scoreboard: its title, its metric, and what a key must say of it.

    `told` is false where another run is another scale, so that no change is told: topics are found
    anew in each.
    """

    title: str
    metric: str
    kind: ColumnKind = ColumnKind.FIGURE
    key: str = ""
    told: bool = True


_FIGURES = (
    _Figure(title="Posts a week", metric="all.posts_per_week"),
    _Figure(title="Newest post", metric=_RECENCY, kind=ColumnKind.DAY, told=False),
    _Figure(title="Longest pause, days", metric=_PAUSE),
    _Figure(title="Channels there", metric="presence.channels"),
    _Figure(title="Active channels", metric="channels.active"),
    _Figure(
        title="Engagement rate",
        metric="engagement.per_thousand_followers",
        key="engagement rate: reactions a post for 1,000 followers",
    ),
    _Figure(title="Topics", metric=_TOPICS, told=False),
    _Figure(title="Roles", metric="roles.invited"),
    _Figure(title="Website features", metric="presence.features"),
    _Figure(title="Total audience", metric="audience.total"),
)
"""From the left; a figure that is known of nobody is left out, and the key says so."""

TITLES = {each.title: each.metric for each in _FIGURES}
"""What sheet Summary calls measures, with their ids: shorter than elsewhere."""


def scoreboard(report: Report) -> Block:
    """Return the scoreboard: own row, our rank below it, the competitors, a typical one."""
    shown = _shown(report)
    last = "What stands out" if report.past.changes is None else "Changed since the last run"
    columns = (
        Column(title="Company", kind=ColumnKind.COMPANY),
        *(Column(title=each.title, kind=each.kind) for each in shown),
        Column(title=last, kind=ColumnKind.TEXT),
    )
    return Block(columns=columns, rows=list(_rows(report, shown)))


def phrase_cell(words: str) -> Cell:
    """Return a phrase of a company as a cell; `? asks robots to stay away` is a reason."""
    return Cell(words, tone=Tone.REASON if words.startswith("? ") else Tone.PLAIN)


def scoreboard_key(report: Report, board: Block) -> list[str]:
    """Return what the signs in the scoreboard mean, and what is on it for nobody."""
    cells = [cell for row in board.rows for cell in row.cells]
    marks = {cell.mark for cell in cells if cell.mark is not None}
    for cell in cells:
        marks |= signs_of(cell)
    shown = _shown(report)
    lost = [each.title.lower() for each in _FIGURES if each not in shown]
    return [
        *(since_key(report) if any(cell.since for cell in cells) else []),
        *key_of(marks, Legend.FIGURES),
        *(each.key for each in shown if each.key),
        *_wholes(report, shown),
        *([f"not known of any company: {', '.join(lost)}"] if lost else []),
    ]


def _wholes(report: Report, shown: Sequence[_Figure]) -> Iterator[str]:
    """Give of how many topics and roles the figures are."""
    metrics = {each.metric for each in shown}
    if _TOPICS in metrics and report.topic_gaps:
        yield f"topics: of the {len(report.topic_gaps)} found"
    if "roles.invited" in metrics:
        yield f"roles: of {len(TAKING_PART)} kinds of readers, those invited to take part"


def _shown(report: Report) -> list[_Figure]:
    """Return the columns of which something is known; where they are too few, those looked for."""
    known = [each for each in _FIGURES if _is_known(report, each.metric)]
    if len(known) >= _FEWEST:
        return known
    looked = [each for each in _FIGURES if each in known or _is_measured(report, each.metric)]
    return looked or list(_FIGURES)


def _is_measured(report: Report, metric: str) -> bool:
    """Tell whether a figure was looked for, so that there is at least a reason to be shown."""
    return any(report.value(name, metric) is not None for name in report.companies)


def _is_known(report: Report, metric: str) -> bool:
    """Tell whether a figure of some company is known, or that it has none."""
    values = [report.value(name, metric) for name in report.companies]
    return any(isinstance(value, Known | Absent) for value in values)


def _rows(report: Report, shown: Sequence[_Figure]) -> Iterator[Row]:
    """Give the rows of the scoreboard."""
    for result in report.results:
        yield Row(_score(report, result, shown), subject=result.company.name)
        if result.company.own and len(report.rivals) >= MEDIAN_NEEDS - 1:
            yield Row(_ranks(report, shown), kind=RowKind.RANK)
    if len(report.rivals) >= MEDIAN_NEEDS:
        yield Row(_medians(report, shown), kind=RowKind.MEDIAN)


def _score(report: Report, result: CompanyResult, shown: Sequence[_Figure]) -> list[Cell]:
    """Return the cells of a company; of one that could not be read the reason, once."""
    name = result.company.name
    looked = report.value(name, _LOOKED)
    if isinstance(looked, Unknown):
        reason = Cell(clause(looked.reason), tone=Tone.REASON)
        return [Cell(name), reason, *[Cell()] * (len(shown) - 1), Cell()]
    cells = [_figure(report, result, each) for each in shown]
    return [Cell(name), *cells, _last_cell(report, result)]


def _figure(report: Report, result: CompanyResult, figure: _Figure) -> Cell:
    """Return a figure of a company, with its change since the last run."""
    value = report.value(result.company.name, figure.metric)
    if value is None:
        return Cell()
    if figure.kind is ColumnKind.DAY:
        return _newest(report, result, value)
    about = report.comparisons[figure.metric].about
    return Cell(
        value,
        unit=about.unit,
        mark=Sign.STILL if figure.metric == _PAUSE and _goes_on(report, result, value) else None,
        to=report.proof_of(value),
        aside=young_note(report, result, figure.metric),
        since=since_words(report, result, about) if figure.told else "",
    )


def _newest(report: Report, result: CompanyResult, value: Number) -> Cell:
    """Return the day of the newest post anywhere, or why none is known."""
    row = result.together
    if isinstance(value, Known) and row is not None and isinstance(row.newest, Known):
        # The signs are those of its days on Comparison: what was not seen may hold a newer one.
        newest = replace(row.newest, qualifiers=value.qualifiers)
        return Cell(newest, to=report.proof_of(value))
    return Cell(value)


def _goes_on(report: Report, result: CompanyResult, pause: Number) -> bool:
    """Tell whether the longest pause is the one that goes on."""
    silent = report.value(result.company.name, _RECENCY)
    return (
        isinstance(pause, Known)
        and isinstance(silent, Known)
        and pause.value > 0
        and pause.value == silent.value
    )


def _last_cell(report: Report, result: CompanyResult) -> Cell:
    """Return what a company changed since the last run; in a first run what stands out."""
    changes = report.past.changes
    if changes is None:
        return phrase_cell(phrases.stands_out(report, result))
    words = biggest_of(changes, result.company.name, PHRASE_LETTERS)
    if words:
        return Cell(words)
    lost = result.company.name in changes.uncompared
    return Cell("Could not be compared" if lost else "No change", tone=Tone.ASIDE)


def _ranks(report: Report, shown: Sequence[_Figure]) -> list[Cell]:
    """Return our rank in each figure, where there is one and somebody else to compare with."""
    note = Cell("1 is the best figure; no rank where it is not sure", tone=Tone.ASIDE)
    ranks = [_rank(report, each) for each in shown]
    return [Cell("Our rank"), *ranks, note]


def _rank(report: Report, figure: _Figure) -> Cell:
    """Return our rank in a figure; empty where there is none."""
    compared = report.comparisons.get(figure.metric)
    rank = compared.rank if compared is not None else None
    return Cell(Part(rank.place, rank.of)) if rank is not None and rank.of > 1 else Cell()


def _medians(report: Report, shown: Sequence[_Figure]) -> list[Cell]:
    """Return the figures of a typical competitor, the median one."""
    title = f"Typical {'competitor' if report.own else 'company'}"
    note = Cell("the middle figure of each column", tone=Tone.ASIDE)
    return [Cell(title), *(_median(report, each) for each in shown), note]


def _median(report: Report, figure: _Figure) -> Cell:
    """Return the median of a figure; of days since the newest post the day."""
    compared = report.comparisons.get(figure.metric)
    median = compared.median if compared is not None else None
    if not isinstance(median, Known):
        return Cell()
    if figure.kind is ColumnKind.DAY:
        days = timedelta(days=rounded(median.value, Unit.DAYS))
        return Cell(report.snapshot.run.as_of - days, tone=Tone.TYPICAL)
    return Cell(median, unit=report.metric(figure.metric).unit, tone=Tone.TYPICAL)
