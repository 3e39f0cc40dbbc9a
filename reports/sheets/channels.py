"""Sheet Channels: which company is where, presence first, as a matrix of channels and companies."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from audit.model.catalogue import Usage
from audit.model.channel import main_of
from audit.model.kinds import SECTION_KINDS, SECTIONS
from audit.model.metric import Metric, Unit
from audit.model.result import CompanyResult
from audit.model.site import TECHNICAL, State
from audit.model.value import GONE, Absent, Known, Unknown
from audit.model.visit import unread_site
from reports.activity import last_seen
from reports.differences import Figure
from reports.findings import features_of
from reports.gaps.scene import was_read
from reports.leaders import Headline, figures, most_told
from reports.lost import not_known_of_any, said_once
from reports.presence import active, broken_in_words, profile
from reports.report import Report
from reports.sheets._base import Sheet
from reports.signs import Legend, Sign, key_of
from reports.tables import (
    NONE,
    Cell,
    Column,
    ColumnKind,
    Importance,
    Part,
    Row,
    RowKind,
    Sentence,
    Table,
    Tone,
    signs_of,
    signs_of_figures,
)
from reports.telling import figure_words
from reports.words import capital, counted, listed

_VENDOR_CHARACTERS = 16
"""Longer names of vendors do not fit into a column; the sheet Site features has them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """One row: a section, a platform or a feature, with its cell for each company."""

    group: str
    title: str
    cells: Sequence[Cell]
    is_feature: bool = False


_ALIVE = "channels.active"


def draw(report: Report) -> Table:
    """Return the sheet."""
    found = [*_sections(report), *_platforms(report), *_features(report)]
    lines = [line for line in found if _is_known(line)]
    unknown = [line.title for line in found if line not in lines]
    totals = list(_totals(report))
    return Table(
        title="Who is where, and how active",
        finding=_finding(report),
        key=[*_key(report, lines, totals), *not_known_of_any(unknown)],
        columns=_columns(report),
        rows=said_once(
            report,
            [*_rows(report, lines), *totals],
            {name: at for at, name in enumerate(report.companies, 2)},
        ),
    )


def _is_known(line: _Line) -> bool:
    """Tell whether it is known of any company whether it is there."""
    return not all(isinstance(cell.value, Unknown) for cell in line.cells)


OTHER_CHANNEL = "Other channel"
"""What the rows of platforms are called on which people do not meet."""

_NO_NETWORKS = frozenset(
    {"app", "audio", "code", "directory", "document", "encyclopedia", "funding", "hub", "reviews"}
)
"""Kinds of platforms that are no social networks: directories of podcasts, code, apps, files …"""


def _columns(report: Report) -> list[Column]:
    """Return the columns: one a company between what the row is and how many are there."""
    active_ones = "Competitors active" if report.own else "Companies active"
    return [
        Column(title="Kind", kind=ColumnKind.GROUP),
        Column(title="Channel", importance=Importance.KEY),
        *(
            Column(title=name, kind=ColumnKind.FIGURE, own=name == report.own)
            for name in report.companies
        ),
        Column(title=active_ones, kind=ColumnKind.FIGURE),
    ]


def _sections(report: Report) -> Iterator[_Line]:
    """Give the lines of the sections of the companies' own sites."""
    found = {row.channel for result in report.results for row in result.cadence}
    for kind in SECTION_KINDS:
        if kind.rare and kind.name not in found:
            continue
        cells = [_section(report, result, kind.name) for result in report.results]
        yield _Line(group="Website content", title=report.names.feature(kind.name), cells=cells)


def _platforms(report: Report) -> Iterator[_Line]:
    """Give the lines of the platforms that any company was found on, the most common first."""
    count: dict[str, int] = {}
    for result in report.results:
        for name in {channel.platform for channel in result.channels}:
            count[name] = count.get(name, 0) + 1
    for name in sorted(count, key=lambda name: (not _is_network(report, name), -count[name], name)):
        cells = [_platform(report, result, name) for result in report.results]
        group = "Social network" if _is_network(report, name) else OTHER_CHANNEL
        yield _Line(group=group, title=report.names.platform(name), cells=cells)


def _is_network(report: Report, platform: str) -> bool:
    """Tell whether people meet on a platform; in a directory they look something up."""
    return report.names.kind(platform) not in _NO_NETWORKS


def _features(report: Report) -> Iterator[_Line]:
    """Give the lines of the features that any company has, the most common first."""
    for name in _feature_names(report):
        cells = [_feature(report, result, name) for result in report.results]
        title = report.names.feature(name)
        yield _Line(group="Website feature", title=title, cells=cells, is_feature=True)


def _feature_names(report: Report) -> list[str]:
    """Return the features that any company has; sections have rows of their own."""
    names = {
        each.feature
        for result in report.results
        for each in result.features
        if each.direction is Usage.USES and each.feature not in {*SECTIONS, *TECHNICAL}
    }
    owners = {name: sum(name in features_of(each) for each in report.results) for name in names}
    return sorted(names, key=lambda name: (-owners[name], name))


def _section(report: Report, result: CompanyResult, name: str) -> Cell:
    """Return how active a company is in a section of its own site."""
    row = next((each for each in result.cadence if each.channel == name), None)
    if row is not None:
        cell = active(report, row)
        if not isinstance(cell.value, Unknown) or cell.value.reason in GONE:
            return cell
        # What could not be read, or bears no dates, tells no rate: it is there all the same.
        shown = last_seen(result, name)
        proof = report.proof((shown.evidence,)) if shown is not None else None
        return Cell(tone=Tone.THERE, mark=Sign.FOUND, to=proof, unseen=cell.value)
    value = report.value(result.company.name, f"{name}.posts_per_week")
    match value:
        case Unknown():
            return Cell(value)
        case Known() | Absent() | None:
            # What was seen without a list of its own, as a player or a link to elsewhere, is there.
            feature = _feature(report, result, name)
            if isinstance(feature.value, Absent):
                return Cell(Absent(), to=report.proof_of(value) if value else None)
            is_there = not isinstance(feature.value, Unknown)
            return Cell(tone=Tone.THERE, mark=Sign.FOUND, to=feature.to) if is_there else feature


def _platform(report: Report, result: CompanyResult, name: str) -> Cell:
    """Return how active a company is on a platform; of several profiles the main one."""
    profiles = [each for each in result.channels if each.platform == name]
    if not profiles:
        return _unread(report, result) or NONE
    return profile(report, result, main_of(profiles))


def _unread(report: Report, result: CompanyResult) -> Cell | None:
    """Return why a company's site could not be read, or None where more than half of it could."""
    value = report.value(result.company.name, "presence.channels")
    if isinstance(value, Unknown):
        return Cell(value)
    lost = next(iter(unread_site(result.notes)), None)
    return Cell(Unknown(reason=lost.reason, detail=lost.detail)) if lost is not None else None


def _feature(report: Report, result: CompanyResult, name: str) -> Cell:
    """Return by which vendor a company has a feature, or that it is there."""
    features = [each for each in result.features if each.feature == name]
    known = [each for each in features if each.state is State.KNOWN]
    if known:
        best = max(known, key=lambda each: each.confidence)
        proof = report.proof(best.evidence)
        if best.vendor and len(best.vendor) <= _VENDOR_CHARACTERS:
            return Cell(best.vendor, tone=Tone.THERE, to=proof)
        return Cell(tone=Tone.THERE, mark=Sign.FOUND, to=proof)
    reason = next((each.reason for each in features if each.reason is not None), None)
    if reason is not None:
        return Cell(Unknown(reason=reason))
    return _unread(report, result) or _doubted(result) or NONE


def _doubted(result: CompanyResult) -> Cell | None:
    """Return why nothing is known to be absent on a site, as where half of its pages are gone."""
    states = {each.state for each in result.features}
    reasons = [each.reason for each in result.features if each.reason is not None]
    return Cell(Unknown(reason=reasons[0])) if reasons and State.NONE not in states else None


def _there(report: Report, line: _Line) -> Cell:
    """Return how many competitors are active, or have the feature, of those who could be read."""
    # Our own company stands first, and is no competitor.
    cells = line.cells[1:] if report.own else line.cells
    if line.is_feature:
        read = [cell for cell in cells if not isinstance(cell.value, Unknown)]
        count = sum(not isinstance(cell.value, Absent) for cell in read)
    else:
        read = [cell for cell in cells if not isinstance(cell.value, Unknown) and _told(cell)]
        count = sum(cell.mark is Sign.ACTIVE and isinstance(cell.value, Known) for cell in read)
    if not read:
        return Cell("none was seen", tone=Tone.REASON)
    if not line.is_feature and _is_unseen(report, cells):
        return Cell("not known", tone=Tone.REASON)
    return Cell(Part(count, len(read), "read"))


def _is_unseen(report: Report, cells: Sequence[Cell]) -> bool:
    """Tell whether some have a channel, and of none of them is it known how active they are.

    What could be read are then those alone that have no such channel.
    """
    there = [
        cell
        for cell, result in zip(cells, report.rivals, strict=True)
        if not isinstance(cell.value, Absent)
        and cell.mark is not Sign.CANDIDATE
        and not isinstance(report.value(result.company.name, "presence.channels"), Unknown)
    ]
    return bool(there) and all(isinstance(cell.value, Unknown) or not _told(cell) for cell in there)


def _told(cell: Cell) -> bool:
    """Tell whether a cell says more than that something is there, and how many follow it."""
    if cell.mark is Sign.FOUND:
        return False
    return cell.value is not None or cell.mark is not Sign.LISTED


def _finding(report: Report) -> Sentence:
    """Return who keeps most channels alive, how many we do, and which links are broken."""
    about = report.metric(_ALIVE) if _ALIVE in report.comparisons else None
    if about is None or not figures(report, _ALIVE):
        return _found_only(report)
    headline = Headline(
        one="is active on", many="are active on", words=lambda each: _active_words(each, about)
    )
    return (*most_told(report, _ALIVE, headline), (".", False), *_spaced(_broken(report)))


def _active_words(value: Figure, about: Metric) -> str:
    """Return on how many channels a company is active: `at least 3 channels`."""
    if not value.value:
        return "no channel that we know of" if value.qualifiers else "no channel"
    words = figure_words(value, about)
    return f"{words} {'channel' if words.rpartition(' ')[2] == '1' else 'channels'}"


def _found_only(report: Report) -> Sentence:
    """Return how many channels were found, where the posts of none could be read."""
    count = sum(
        int(value.value)
        for name in report.companies
        if isinstance(value := report.value(name, "presence.channels"), Known)
    )
    if not any(was_read(report, result) for result in report.results):
        return (("No website could be read.", False),)
    if not count:
        words = "No channel was found on what could be seen."
        return ((words, False), *_spaced(_broken(report)))
    return (
        (f"{capital(counted(count, 'channel'))} found", True),
        (f"; {'its' if count == 1 else 'their'} posts could not be seen.", False),
        *_spaced(_broken(report)),
    )


def _spaced(sentence: Sentence) -> Sentence:
    """Return a sentence with the blank that parts it from the one before; nothing for nothing."""
    return ((" ", False), *sentence) if sentence else ()


def _broken(report: Report) -> Sentence:
    """Return how many social links are broken or dead, in which way, and how many of them are ours.

    They are those that sheet Comparison counts.
    """
    by_company = {result.company.name: result.channels for result in report.results}
    kinds = broken_in_words([each for channels in by_company.values() for each in channels])
    if not kinds:
        return ()
    total, ours = (
        sum(bool(each.promises) for name in names for each in by_company[name])
        for names in (by_company, [report.own] if report.own in by_company else [])
    )
    tail = _how_many_of_ours(ours, total) if report.own else ""
    if total == 1:
        return (("One social link", True), (f"{kinds[0].removeprefix('one')}{tail}.", False))
    head = capital(counted(total, "social link"))
    if len(kinds) == 1:
        return ((head, True), (f" {kinds[0].partition(' ')[2]}{tail}.", False))
    return ((head, True), (f" are broken or dead: {listed(kinds)}{tail}.", False))


def _how_many_of_ours(ours: int, total: int) -> str:
    """Return how many of these links stand on our own website, as the end of a sentence."""
    if total == 1:
        return ": ours" if ours else ", not ours"
    if ours == total:
        return ", all of them ours"
    return f", {counted(ours, 'of them ours', 'of them ours') if ours else 'none of them ours'}"


def _key(report: Report, lines: Sequence[_Line], totals: Sequence[Row]) -> list[str]:
    """Return the key of the signs that occur."""
    marks = {mark for line in lines for cell in line.cells for mark in _marks(cell)}
    marks |= signs_of_figures(totals)
    vendors = ["a name: the vendor"] if _feature_names(report) else []
    red = ["red number: the link bears an old name"] if _renamed(lines) else []
    return ["number: posts a week", *key_of(marks, Legend.MATRIX), *red, *vendors]


def _marks(cell: Cell) -> Iterator[Sign]:
    """Give the signs that a cell shows."""
    match cell.value:
        case Unknown():
            yield Sign.UNKNOWN
        case Absent():
            yield Sign.ABSENT
        case Known(value=int() | float()):
            if cell.mark is not None:
                yield cell.mark
            if cell.mark is not Sign.FOUND:
                yield from signs_of(cell)
        case _:
            if cell.mark is not None:
                yield cell.mark
    if cell.unseen is not None:
        yield Sign.UNKNOWN


def _renamed(lines: Sequence[_Line]) -> bool:
    """Tell whether a profile is read under another name than the one that the site links."""
    cells = [cell for line in lines for cell in line.cells]
    return any(cell.tone is Tone.ALERT and cell.mark is not Sign.BROKEN for cell in cells)


def _rows(report: Report, lines: Sequence[_Line]) -> Iterator[Row]:
    """Give the rows of the matrix; a new kind of channel begins a group."""
    before = lines[0].group if lines else ""
    for line in lines:
        cells = [Cell(line.group), Cell(line.title), *line.cells, _there(report, line)]
        yield Row(cells, begins=line.group != before)
        before = line.group


def _totals(report: Report) -> Iterator[Row]:
    """Give the last rows: how many channels each company has, and how many are active."""
    for title, metric in (
        ("Channels there", "presence.channels"),
        ("Active in 30 days", "channels.active"),
    ):
        values = [report.value(result.company.name, metric) for result in report.results]
        if all(isinstance(value, Unknown) for value in values):
            continue
        counts = [Cell(value, unit=Unit.COUNT) for value in values]
        yield Row([Cell(title), Cell(), *counts, Cell()], kind=RowKind.TOTAL)


SHEET = Sheet(
    name="Channels", order=30, draw=draw, answers="Who is where, and how active is each there?"
)
