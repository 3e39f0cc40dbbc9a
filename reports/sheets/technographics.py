"""Sheet Technographics: which readers each company invites to take part, and what shows it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from audit.model.company import Stakeholder
from audit.model.kinds import ActivityKind
from audit.model.ladder import ROLES, TAKING_PART, Rung, Sign, Way
from audit.model.metric import Unit
from audit.model.profile import Count
from audit.model.result import CompanyResult
from audit.model.value import Absent, Unknown
from reports.leaders import Headline, figures, most_told
from reports.lost import known_columns, not_known_of_any
from reports.report import Report
from reports.sheets._base import Sheet
from reports.tables import EMPTY, Cell, Column, ColumnKind, Importance, Row, Sentence, Table
from reports.telling import figure_words
from reports.words import capital, day_in_words, figure, listed

_MOST = 12
"""Things named in one cell."""

_INVITED = "roles.invited"

_LOOKED = "presence.features"
"""The metric that tells why a site could not be looked at."""

_OF_THE_SITE = frozenset(map(str, ActivityKind)) - {Count.MEMBERS.value}
"""What is counted in a feature of the site, and not on a profile."""

_COLUMNS = (
    Column(title="Role", kind=ColumnKind.GROUP),
    Column(title="Company", kind=ColumnKind.COMPANY),
    Column(title="Ways to take part", kind=ColumnKind.FIGURE),
    Column(title="Which", kind=ColumnKind.TEXT, importance=Importance.DETAIL),
    Column(title="What shows it", kind=ColumnKind.TEXT, importance=Importance.DETAIL),
)
_MATTERS = Column(title="Matters for", kind=ColumnKind.TEXT, importance=Importance.DETAIL)
"""Only where the file names stakeholders."""


def draw(report: Report) -> Table:
    """Return the sheet: role by role, a row a company."""
    rows, columns = list(_rows(report)), (*_COLUMNS, *([_MATTERS] if _groups(report) else []))
    shown = known_columns(rows, range(len(columns)))
    unknown = [column.title for at, column in enumerate(columns) if at not in shown]
    return Table(
        title="Who is invited to take part",
        finding=_finding(report),
        key=(
            "The roles of Forrester's technographics ladder; one person may have several",
            "counted is what invites them and what of it is public, not how many they are",
            "a way is a kind of offer: between semicolons; inactives take no part, but are served",
            *not_known_of_any(unknown),
        ),
        columns=[columns[at] for at in shown],
        rows=[replace(row, cells=[row.cells[at] for at in shown]) for row in rows],
    )


def _finding(report: Report) -> Sentence:
    """Return who invites most of the roles, and how many our own company does."""
    about = report.metric(_INVITED) if _INVITED in report.comparisons else None
    if about is None or not figures(report, _INVITED):
        return (("No site could be looked at.", False),)
    headline = Headline(
        one="invites",
        many="invite",
        words=lambda each: figure_words(each, about),
        unit=f" of {len(TAKING_PART)} roles",
    )
    return (*most_told(report, _INVITED, headline), (".", False))


def _rows(report: Report) -> Iterator[Row]:
    """Give the rows of each role; a new role begins a group."""
    for at, role in enumerate(ROLES):
        for place, result in enumerate(report.results):
            name = result.company.name
            cells = _cells(report, result, role)
            if _groups(report):
                cells.append(Cell(_matters(report, role)) if result.company.own else EMPTY)
            begins = place == 0 and at > 0
            yield Row([Cell(capital(role)), Cell(name), *cells], subject=name, begins=begins)


def _cells(report: Report, result: CompanyResult, role: str) -> list[Cell]:
    """Return what a company offers a role; a site that could not be looked at says why."""
    rung = next((each for each in result.ladder if each.role == role), None)
    if rung is None:
        # In each row, as rows are filtered by role: an empty one would say that nothing is there.
        return [Cell(report.value(result.company.name, _LOOKED)), EMPTY, EMPTY]
    return [
        Cell(rung.invited, to=report.proof_of(rung.invited)),
        Cell(_which(report, rung.ways)) if rung.ways else EMPTY,
        _observed(report, rung),
    ]


def _which(report: Report, ways: Sequence[Way]) -> str:
    """Return the features and platforms that invite a role, way by way: `Blog; Bluesky, X`."""
    named = {"kind": report.names.platform, "platform": report.names.platform}
    each = [
        [named.get(way.place, report.names.feature)(found) for found in way.found] for way in ways
    ]
    parts = [", ".join(names) for names in each[:_MOST]]
    return "; ".join([*parts, *([f"{len(each) - _MOST} more"] if len(each) > _MOST else [])])


def _observed(report: Report, rung: Rung) -> Cell:
    """Return the most telling sign of a role in words, with its proof."""
    match rung.observed:
        case Sign() as sign:
            return Cell(_sign(report, sign), to=report.proof(sign.evidence))
        case Absent() | Unknown() as missing:
            return Cell(missing)


def _sign(report: Report, sign: Sign) -> str:
    """Return a sign in words: `72 replies (Forum), newest 29 Oct 2026`.

    What the platform rounds is about so many, as in the cells of figures.
    """
    bound = "at least " if sign.at_least else "" if sign.exact else "about "
    number = f"{bound}{figure(sign.value, Unit.COUNT)} {sign.what}"
    where = f" ({report.names.channel(sign.of)})" if sign.of else " on their posts"
    if sign.at is not None:
        return f"{number}{where}, newest {day_in_words(sign.at.astimezone(report.zone))}"
    # An audience has no newest: it is what it was on the day on which it was read.
    read = max((proof.fetched_at for proof in sign.evidence), default=None)
    if read is None or sign.what in _OF_THE_SITE:
        return f"{number}{where}"
    how = "read by hand" if sign.by_hand else "read"
    return f"{number}{where}, {how} {day_in_words(read.astimezone(report.zone))}"


def _groups(report: Report) -> tuple[Stakeholder, ...]:
    """Return the stakeholders of the file."""
    return report.snapshot.competitors.stakeholders


def _matters(report: Report, role: str) -> str:
    """Return the stakeholders for whom a role matters."""
    return listed([group.name for group in _groups(report) if role in group.roles], _MOST)


def _wanted(report: Report) -> bool:
    """Tell whether any company has a ladder; histories from before December 2026 have none."""
    return any(result.ladder for result in report.results)


SHEET = Sheet(
    name="Technographics",
    order=55,
    draw=draw,
    wanted=_wanted,
    answers="Which kinds of readers are invited to take part?",
)
