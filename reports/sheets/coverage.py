"""Sheet Coverage: how much could be seen, what not and why, and what would help."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from audit.measure.completeness import COMPLETENESS
from audit.model.exchange import BY_HAND, RECALLED, Robots, RobotsState
from audit.model.metric import Unit
from audit.model.result import Cadence, CompanyResult
from audit.model.site import Extent, ListKind, PostList
from audit.model.value import SAVED, Known, Reason, Unknown
from audit.model.visit import NOT_TAKEN, Note
from reports.findings import not_whole
from reports.left_out import left_out
from reports.remedies import Way, figure_cells, remedies, unknown_cells
from reports.report import Report
from reports.seen import cut_lists, own_profiles, unread_profiles
from reports.sheets._base import Sheet
from reports.tables import Cell, Column, ColumnKind, Importance, Row, Sentence, Table, Tone, ToWeb
from reports.unread import why_not_read
from reports.words import capital, counted, explained, figure, helps, listed, of_all

_READ = ("ok", "unchanged")
"""Outcomes of a request that brought something to read."""

_MOST_LISTS = 5
"""Lists of one section that are told, those with most posts first."""

_MOST_SERVERS = 6
"""Servers with one kind of robots.txt that are named; the others are counted."""

_COLUMNS = (
    Column(title="Company", kind=ColumnKind.COMPANY, importance=Importance.DETAIL),
    Column(title="Kind", importance=Importance.DETAIL),
    Column(title="What", kind=ColumnKind.ADDRESS),
    Column(title="Outcome", importance=Importance.DETAIL),
    Column(title="Detail", importance=Importance.ASIDE),
    Column(title="What would help", importance=Importance.DETAIL),
    Column(title="Time, UTC", kind=ColumnKind.TIME),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """One thing that a reader should know was or was not read."""

    kind: str
    what: str
    reason: str
    detail: str
    help: str = ""
    at: datetime | None = None
    grave: bool = False


def draw(report: Report) -> Table:
    """Return the sheet: what matters first, then robots, failures and what was read."""
    incomplete = any(not result.complete for result in report.results)
    return Table(
        title="How much could be seen, and what would help",
        finding=_finding(report),
        key=(
            *_how_much(report),
            *_by_hand(report),
            *(
                ("incomplete: the figures of that company are not to be relied on as a whole",)
                if incomplete
                else ()
            ),
        ),
        columns=_COLUMNS,
        rows=list(_rows(report)),
    )


def _finding(report: Report) -> Sentence:
    """Return how many companies could be seen, and what is missing of the others."""
    interrupted: Sentence = (("The run was interrupted. ", True),) if report.partial else ()
    if lacking := not_whole(report):
        return (*interrupted, *lacking, (f"{_profiles(report)}.", False))
    total = capital(counted(len(report.results), "website"))
    tail = f" could be seen{_cut_off(report)}{_profiles(report)}."
    return (*interrupted, (total, True), (tail, False))


def _profiles(report: Report) -> str:
    """Return of how many profiles nothing but their names is known, as the end of a phrase."""
    own = sum(len(own_profiles(result)) for result in report.results)
    lost = sum(len(unread_profiles(result)) for result in report.results)
    return (
        f"; {lost:,} of {of_all(own, 'profile')} {'was' if lost == 1 else 'were'} not opened"
        if lost
        else ""
    )


def _how_much(report: Report) -> list[str]:
    """Return how many of the figures that there are for this set could be seen.

    A dash is no figure: what a company does not have cannot be seen. Nor is what nobody looked for,
    but of a company whose website nobody looked at, as in a run of saved pages alone.
    """
    unseen = {each for each in report.companies if why_not_read(report, each) is not None}
    values = [
        value
        for metric, compared in report.comparisons.items()
        if metric != COMPLETENESS.id
        for name, value in compared.values
        if isinstance(value, Known)
        or (
            isinstance(value, Unknown)
            and (value.reason is not Reason.NOT_CHECKED or name in unseen)
        )
    ]
    read = sum(isinstance(value, Known) for value in values)
    if not values:
        return []
    share = figure(read / len(values), Unit.SHARE)
    return [f"{read:,} of {len(values):,} figures could be seen ({share})"]


def _by_hand(report: Report) -> list[str]:
    """Return how much a person could add who opens the profiles, as `audit doctor` counts it."""
    cells = figure_cells(report.results)
    left = len(unknown_cells(cells))
    return [
        f"filling in {counted(each.pages, 'profile')} (sheet Fill in) would give "
        f"{len(each.cells):,} of the {left:,} audiences, last posts and posts a "
        "week that are not known"
        for each in remedies(cells, {})
        if each.way is Way.BY_HAND
    ]


def _cut_off(report: Report) -> str:
    """Return of how many lists only the newest posts were seen, as the end of a phrase."""
    cut = sum(len(cut_lists(result)) for result in report.results)
    return f", {counted(cut, 'list')} of posts only in part" if cut else ""


def _rows(report: Report) -> Iterator[Row]:
    """Give the rows of all companies."""
    for at, result in enumerate(report.results):
        name = result.company.name
        for place, line in enumerate(_lines(report, result)):
            begins = place == 0 and at > 0
            yield Row([Cell(name), *_cells(line)], subject=name, begins=begins)
    yield from _unused(report)
    yield from _sheets(report)


def _unused(report: Report) -> Iterator[Row]:
    """Give the saved files that were of no use: nobody's, whichever company they are kept with."""
    notes = [note for result in report.results for note in result.notes if _is_unused(note)]
    for at, line in enumerate(_of_notes(report, notes)):
        yield Row([Cell("all"), *_cells(line)], subject=line.what, begins=at == 0)


def _is_unused(note: Note) -> bool:
    """Tell whether a note is of a saved file that tells nothing of any company."""
    return note.what.startswith(SAVED) and not note.detail.startswith(NOT_TAKEN)


def _sheets(report: Report) -> Iterator[Row]:
    """Give the sheets that are left out, as nothing could be said on them, and why."""
    for at, (name, why) in enumerate(left_out(report).items()):
        line = _Line(kind="sheet", what=name, reason="left out", detail=why)
        yield Row([Cell("all"), *_cells(line)], subject=name, begins=at == 0)


def _lines(report: Report, result: CompanyResult) -> Iterator[_Line]:
    """Give what is to be said of a company: what could not be read first, then what was."""
    yield from _notes(report, result)
    for robots in result.robots:
        if robots.state is RobotsState.UNREACHABLE:
            yield _Line(
                kind="robots.txt",
                what=robots.origin,
                reason=robots.state,
                detail=robots.detail,
                help=explained(Reason.ROBOTS_UNREACHABLE)[1],
            )
    for failed in result.asked_for:
        if failed.outcome not in _READ:
            yield _Line(
                kind="request",
                what=failed.url,
                reason=failed.outcome,
                detail=f"asked for as {failed.why}" if failed.why else "",
                at=failed.fetched_at,
            )
    more = any(note.reason is Reason.BUDGET for note in result.notes)
    yield from (_posts(row, more_pages=more) for row in result.cadence if row.lists)
    yield from _obeyed(result.robots)
    yield _read(report, result)


def _obeyed(verdicts: Sequence[Robots]) -> Iterator[_Line]:
    """Give the robots.txt that could be read: no gap, so that those which say the same are one."""
    alike: dict[tuple[str, float], list[str]] = {}
    for robots in verdicts:
        if robots.state is not RobotsState.UNREACHABLE:
            alike.setdefault((robots.state, robots.crawl_delay), []).append(robots.origin)
    for (state, delay), origins in alike.items():
        words = (
            listed(origins, _MOST_SERVERS) * (len(origins) > 1),
            f"waits {delay:g} s between requests" * bool(delay),
        )
        yield _Line(
            kind="robots.txt",
            what=origins[0] if len(origins) == 1 else counted(len(origins), "server"),
            reason=state,
            detail="; ".join(filter(None, words)),
        )


def _posts(row: Cadence, *, more_pages: bool) -> _Line:
    """Tell how far the posts of a section were read, and what each list of them holds.

    `more_pages`: the budget was used up, so that more of it would show more. It does not where the
    site itself ends its lists.
    """
    names = {ListKind.SITEMAP: "the sitemap", ListKind.PAGES: "its pages"}
    lists = [
        f"{names.get(each.kind, f'its {each.kind}')} {_count(each)}"
        for each in sorted(row.lists, key=lambda each: -each.posts)[:_MOST_LISTS]
    ]
    unread = sum(each.unread for each in row.lists)
    if unread:
        lists.append(f"{counted(unread, 'address', 'addresses')} of the sitemap not opened")
    outcome = f"read {row.extent}" if row.extent is not Extent.CUT else "cut off"
    return _Line(
        kind="posts",
        what=row.url,
        reason=f"{outcome}, lists differ" if row.disagree else outcome,
        detail=f"{row.channel}: {', '.join(lists)}",
        help=_help(row, more_pages=more_pages or unread > 0),
    )


def _help(row: Cadence, *, more_pages: bool) -> str:
    """Return what would show the posts that are missing; empty where none is."""
    if row.extent is not Extent.CUT and not any(each.unread for each in row.lists):
        return ""
    if more_pages:
        return "raise max_pages_per_site, or look at the site for older posts"
    return "the site lists no older posts: look there by hand"


def _count(told: PostList) -> str:
    """Return how many posts a list names, with how many it says it has where it names fewer."""
    if told.stated is not None and told.stated > told.posts:
        return f"{told.posts:,} of {told.stated:,}"
    return f"{told.posts:,}"


def _notes(report: Report, result: CompanyResult) -> Iterator[_Line]:
    """Give the notes of a company itself."""
    return _of_notes(report, [note for note in result.notes if not _is_unused(note)])


def _of_notes(report: Report, all_notes: Sequence[Note]) -> Iterator[_Line]:
    """Give notes, incomplete ones first; those with one reason and one remedy share a row."""
    groups: dict[tuple[bool, str, str], list[Note]] = {}
    for note in sorted(all_notes, key=lambda note: not note.incomplete):
        remedy = helps(note, report.names)
        # Each saved file has a reason of its own, which is what its owner wants to know.
        apart = note.detail if note.what.startswith(SAVED) else remedy
        groups.setdefault((not note.incomplete, note.reason, apart), []).append(note)
    for notes in groups.values():
        first = notes[0]
        yield _Line(
            kind="incomplete" if first.incomplete else "not measured",
            what=", ".join(dict.fromkeys(note.what for note in notes)),
            reason=first.reason,
            detail=first.detail if _of_one_cause(notes) else explained(first.reason)[0],
            help=helps(first, report.names).replace("`", ""),
            grave=first.incomplete,
        )


def _of_one_cause(notes: Sequence[Note]) -> bool:
    """Tell whether notes have their words in common: one alone, or saved files with one fault."""
    saved = notes[0].what.startswith(SAVED)
    return len(notes) == 1 or (saved and len({note.detail for note in notes}) == 1)


def _read(report: Report, result: CompanyResult) -> _Line:
    """Return how many requests of a company were answered, how much of it could be seen, when.

    Older pages of lists that did not have to be asked for again are told apart.
    """
    read = [each for each in result.asked_for if each.outcome in _READ]
    size = sum(each.size for each in read)
    older = sum(each.outcome == RECALLED for each in result.fetched)
    pages = counted(older, "older page of a list", "older pages of lists")
    saved = sum(each.outcome == BY_HAND for each in result.fetched)
    seen = report.value(result.company.name, "completeness")
    share = figure(seen.value, Unit.SHARE) if isinstance(seen, Known) else ""
    words = (
        f"{share} of its figures seen" * bool(share),
        f"{size / 1_000_000:,.1f} MB" * bool(size),
        f"{pages} from an earlier run" * bool(older),
        f"{counted(saved, 'saved page', 'saved pages')} read" * bool(saved),
    )
    return _Line(
        kind="read",
        what=result.company.website,
        reason=f"{len(read)} of {len(result.asked_for)}",
        detail="; ".join(filter(None, words)),
        at=max((each.fetched_at for each in read), default=None),
    )


def _cells(line: _Line) -> list[Cell]:
    """Return the cells of a line, all but the company."""
    return [
        Cell(line.kind, tone=Tone.ALERT if line.grave else Tone.PLAIN),
        Cell(line.what, to=ToWeb(line.what)),
        Cell(line.reason, tone=Tone.PLAIN if line.kind == "read" else Tone.REASON),
        Cell(line.detail),
        Cell(line.help),
        Cell(line.at),
    ]


SHEET = Sheet(
    name="Coverage",
    order=80,
    draw=draw,
    of_all=True,
    answers="How much could be seen, and what would help?",
)
