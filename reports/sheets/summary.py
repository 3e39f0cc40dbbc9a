"""Sheet Summary: the set at a glance, findings, scoreboard, gaps, charts, company by company."""

from collections.abc import Iterator

from audit.model.metric import Unit
from audit.model.rounding import rounded
from audit.model.value import Known, Number, Reason, Unknown
from reports import findings, summary_charts
from reports.actions import actions
from reports.changed import biggest
from reports.periods import days_back
from reports.report import Report
from reports.scoreboard import phrase_cell, scoreboard
from reports.sheets._base import Sheet
from reports.tables import (
    Block,
    Cell,
    Column,
    ColumnKind,
    Importance,
    Row,
    Sentence,
    Table,
    Tone,
    ToSheet,
)
from reports.words import capital, counted, day_in_words

_BETWEEN = "   ·   "
_GAPS = 5
_ROOM = 115
"""Letters of a finding that fit before the link to its sheet."""


def draw(report: Report) -> Table:
    """Return the sheet: findings, scoreboard, gaps, company by company, and three charts."""
    return Table(
        title=_title(report),
        finding=_coverage(report),
        warning="partial: interrupted" if report.partial else "",
        blocks=(_findings(report), scoreboard(report), _gaps(report), _by_company(report)),
        charts=summary_charts.charts(report),
    )


def _title(report: Report) -> str:
    """Return whose presence it is about."""
    count = len(report.rivals)
    if report.own and count:
        return f"Social presence: {report.own} and {counted(count, 'competitor')}"
    if report.own:
        return f"Social presence: {report.own}"
    return f"Social presence: {counted(count, 'company', 'companies')}"


def _coverage(report: Report) -> Sentence:
    """Return day, window, what the signs beside figures compare with, and how much was read."""
    snapshot = report.snapshot
    values = _figures(report)
    read = sum(isinstance(value, Known) for value in values)
    changes = report.past.changes
    parts = [
        day_in_words(snapshot.run.as_of),
        days_back(report),
        f"▲ ▼ compared with {day_in_words(changes.before.as_of)}" if changes else "first run",
    ]
    if values:
        share = rounded(read / len(values), Unit.SHARE)
        parts.append(f"{read:,} of {len(values):,} figures could be seen ({share:.0%})")
    return ((parts[0], False), *((f"{_BETWEEN}{part}", False) for part in parts[1:]))


def _figures(report: Report) -> list[Number]:
    """Return the figures that there are for this set: those read, and those that could not be.

    A dash is no figure: what a company does not have cannot be read. Nor is what nobody looked for.
    """
    return [
        value
        for compared in report.comparisons.values()
        for _, value in compared.values
        if isinstance(value, Known)
        or (isinstance(value, Unknown) and value.reason is not Reason.NOT_CHECKED)
    ]


def _findings(report: Report) -> Block:
    """Return the three findings, each with the sheet that tells more."""
    columns = (
        Column(title="", importance=Importance.KEY),
        Column(title="Finding", kind=ColumnKind.TEXT),
        Column(title="More"),
    )
    return Block(columns=columns, rows=list(_finding_rows(report)))


def _finding_rows(report: Report) -> Iterator[Row]:
    """Give the findings: where we are ahead and behind, what changed, what is to be known."""
    if report.own:
        yield _finding("Ahead", findings.ahead(report), "Comparison", Tone.STRONG)
        yield _finding("Behind", findings.behind(report), "Comparison", Tone.STRONG)
    else:
        most = findings.leader(report, findings.BUSIEST)
        least = findings.leader(report, findings.BUSIEST, last=True)
        yield _finding("Most active", most, "Cadence", Tone.TYPICAL)
        yield _finding("Least active", least, "Cadence", Tone.TYPICAL)
    if report.past.changes is not None:
        sentence = ((biggest(report.past.changes, _ROOM), False),)
        yield _finding("Changed", sentence, "Changes", Tone.PLAIN)
    yield _finding("To know", findings.to_know(report), "Coverage", Tone.PLAIN)


def _finding(label: str, sentence: Sentence, sheet: str, tone: Tone) -> Row:
    """Return a finding; STRONG is one about us, TYPICAL one about all companies."""
    return Row([Cell(label, tone=tone), Cell(sentence), Cell(f"see {sheet}", to=ToSheet(sheet))])


def _gaps(report: Report) -> Block:
    """Return what most competitors have or do and we do not; without rows where there is none."""
    biggest = actions(report)[:_GAPS]
    columns = (
        Column(title="Action", importance=Importance.KEY),
        Column(title="Proof", kind=ColumnKind.TEXT),
        Column(title="Who", kind=ColumnKind.TEXT),
    )
    rows = [
        Row([Cell(f"{at}   {each.do}"), Cell(each.reason), Cell(each.who, tone=Tone.ASIDE)])
        for at, each in enumerate(biggest, 1)
    ]
    count = len(biggest)
    few = count <= 1
    title = "What matters most" if few else f"{capital(counted(count, 'gap'))} that matter most"
    return Block(title=title, columns=columns, rows=rows)


def _by_company(report: Report) -> Block:
    """Return three phrases a company."""
    columns = (
        Column(title="Company", kind=ColumnKind.COMPANY),
        Column(title="What stands out", kind=ColumnKind.TEXT),
        Column(title="How active", kind=ColumnKind.TEXT),
        Column(title="Weak spot", kind=ColumnKind.TEXT),
    )
    rows = [
        Row(
            [
                Cell(result.company.name),
                phrase_cell(findings.stands_out(report, result)),
                phrase_cell(findings.how_active(report, result)),
                phrase_cell(findings.weak_spot(report, result)),
            ],
            subject=result.company.name,
        )
        for result in report.results
    ]
    return Block(title="Company by company", columns=columns, rows=rows)


SHEET = Sheet(name="Summary", order=10, draw=draw)
