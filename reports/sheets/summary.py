"""Sheet Summary: the set at a glance, findings, scoreboard, gaps, charts, what is where."""

from collections.abc import Iterator

from reports import findings, phrases, summary_charts
from reports.actions import actions
from reports.changed import biggest, shortened
from reports.periods import days_back
from reports.report import Report
from reports.scoreboard import phrase_cell, scoreboard, scoreboard_key
from reports.sheets import sheets
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
_ROOM = 105
"""Letters of a finding that fit before the link to its sheet."""

_PHRASE = phrases.PHRASE_ROOM
"""Letters of a phrase of a company."""


def draw(report: Report) -> Table:
    """Return the sheet: findings, scoreboard, gaps, charts, contents, company by company."""
    board = scoreboard(report)
    return Table(
        title=_title(report),
        finding=_meta(report),
        key=scoreboard_key(report, board),
        warning="partial: interrupted" if report.partial else "",
        blocks=(_findings(report), board, _gaps(report), _contents(report), _by_company(report)),
        charts=summary_charts.charts(report),
    )


def _title(report: Report) -> str:
    """Return whose presence it is about."""
    count, all_of_them = len(report.rivals), len(report.of_all.rivals)
    if report.own and count < all_of_them:
        return f"Social presence: {report.own} and the {count} nearest of {all_of_them} competitors"
    if count < all_of_them:
        return f"Social presence: the {count} largest of {all_of_them} companies"
    if report.own and count:
        return f"Social presence: {report.own} and {counted(count, 'competitor')}"
    if report.own:
        return f"Social presence: {report.own}"
    return f"Social presence: {counted(count, 'company', 'companies')}"


def _meta(report: Report) -> Sentence:
    """Return day, period, and what the signs beside figures compare with."""
    changes = report.past.changes
    parts = [
        day_in_words(report.snapshot.run.as_of),
        days_back(report),
        f"▲ ▼ compared with {day_in_words(changes.before.as_of)}" if changes else "first run",
    ]
    return ((parts[0], False), *((f"{_BETWEEN}{part}", False) for part in parts[1:]))


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
        for label, sentence in findings.standing(report).items():
            yield _finding(label, sentence, "Comparison", Tone.STRONG)
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
    told = _fitting(sentence)
    return Row([Cell(label, tone=tone), Cell(told), Cell(f"see {sheet}", to=ToSheet(sheet))])


def _fitting(sentence: Sentence) -> Sentence:
    """Return a sentence that ends before the link: what is too long is cut behind a word."""
    left, kept = _ROOM, []
    for words, strong in sentence:
        if left > 0:
            kept.append((shortened(words, left), strong))
        left -= len(words)
    return tuple(kept)


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


def _contents(report: Report) -> Block:
    """Return what is on the other sheets, each with the question that it answers."""
    columns = (
        Column(title="Sheet", importance=Importance.KEY),
        Column(title="What it answers", kind=ColumnKind.TEXT),
    )
    rows = [
        Row([Cell(sheet.name, to=ToSheet(sheet.name)), Cell(sheet.answers)])
        for sheet in sheets()
        if sheet.name != SHEET.name and sheet.wanted(report)
    ]
    return Block(title="What is on the other sheets", columns=columns, rows=rows)


def _by_company(report: Report) -> Block:
    """Return three phrases a company; of many the companies that are drawn, too."""
    columns = (
        Column(title="Company", kind=ColumnKind.COMPANY),
        Column(title="What stands out", kind=ColumnKind.TEXT),
        Column(title="How active", kind=ColumnKind.TEXT),
        Column(title="Weak spot", kind=ColumnKind.TEXT),
    )
    drawn = summary_charts.drawn_companies(report)
    rows = [
        Row(
            [
                Cell(result.company.name),
                phrase_cell(shortened(phrases.stands_out(report, result), _PHRASE)),
                phrase_cell(shortened(phrases.how_active(report, result), _PHRASE)),
                phrase_cell(shortened(phrases.weak_spot(report, result), _PHRASE)),
            ],
            subject=result.company.name,
        )
        for result in report.results
        if result.company.name in drawn
    ]
    rest = len(report.companies) - len(drawn)
    whose = f": {'ours and ' if report.own else ''}those with most posts" if rest else ""
    return Block(title=f"Company by company{whose}", columns=columns, rows=rows)


SHEET = Sheet(name="Summary", order=10, draw=draw)
