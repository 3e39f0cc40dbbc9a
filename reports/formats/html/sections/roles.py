"""Which kinds of readers are invited to take part: roles by companies, and by what."""

from collections.abc import Iterator

from reports.formats.html.cells import number_of
from reports.formats.html.markup import Html, joined
from reports.formats.html.paper import Paper
from reports.formats.html.part import PageSection, finding, key_line, more, part
from reports.formats.html.tables import Drawn, Heat, table
from reports.tables import EMPTY, Cell, Column, ColumnKind, Importance, Row, Table


def draw(paper: Paper) -> Html | None:
    """Return the ways to take part as a matrix, and what they are below it."""
    sheet = paper.sheet("Technographics")
    if sheet is None:
        return None
    rows = list(sheet.rows)
    details = table(Drawn(label=sheet.title, columns=sheet.columns, rows=rows), paper)
    return part(
        "roles",
        sheet.title,
        finding(sheet),
        _matrix(sheet, rows, paper),
        more("What invites them, and what shows it", joined([details, key_line(sheet.key)])),
    )


def _matrix(sheet: Table, rows: list[Row], paper: Paper) -> Html | None:
    """Return a row a role and a column a company, from the figures of the sheet."""
    kinds = [column.kind for column in sheet.columns]
    if ColumnKind.GROUP not in kinds or ColumnKind.FIGURE not in kinds:
        return None
    group, figure = kinds.index(ColumnKind.GROUP), kinds.index(ColumnKind.FIGURE)
    by_role: dict[str, dict[str, Cell]] = {}
    for row in rows:
        by_role.setdefault(f"{row.cells[group].value}", {})[row.subject] = row.cells[figure]
    columns = [
        Column(title=sheet.columns[group].title, importance=Importance.KEY),
        *_companies(paper),
    ]
    matrix = [
        Row([Cell(role), *(cells.get(name, EMPTY) for name in paper.companies)])
        for role, cells in by_role.items()
    ]
    label = sheet.columns[figure].title
    return table(Drawn(label=label, columns=columns, rows=matrix, heat=_heat(matrix)), paper)


def _companies(paper: Paper) -> Iterator[Column]:
    """Give a column a company."""
    for name in paper.companies:
        yield Column(title=name, kind=ColumnKind.FIGURE, own=name == paper.report.own)


def _heat(rows: list[Row]) -> Heat:
    """Return how dark the figures are, against the most ways that any role is offered."""
    numbers = [number_of(cell) or 0 for row in rows for cell in row.cells]
    most = max(numbers, default=0)

    def heat(row: Row, at: int) -> float | None:
        number = number_of(row.cells[at])
        return number / most if number and most else None

    return heat


SECTION = PageSection(name="roles", link="Roles", order=60, draw=draw)
