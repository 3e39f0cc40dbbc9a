"""Sheet Hashtags: which hashtags each company uses most, and what readers did with their posts."""

from collections.abc import Iterator, Sequence

from audit.model.engagement import EVERYWHERE
from audit.model.hashtags import Hashtag, Hashtags
from audit.model.metric import Unit
from audit.model.result import CompanyResult
from audit.model.value import Known, Number
from reports.report import Report
from reports.sheets._base import Sheet
from reports.signs import OF_QUALIFIER, Legend, Sign, key_of
from reports.tables import EMPTY, Cell, Column, ColumnKind, Importance, Row, Sentence, Table
from reports.words import capital, counted, listed

_LEAST = 2
"""Posts that a hashtag needs, as one that was used once is no habit; competitors that share one."""

_MOST = 6
"""Hashtags of a company that are shown; the results file has ten of each channel."""

_COLUMNS = (
    Column(title="Company", kind=ColumnKind.COMPANY),
    Column(title="Hashtag", importance=Importance.KEY),
    Column(title="Posts", kind=ColumnKind.FIGURE),
    Column(title="Of their posts", kind=ColumnKind.FIGURE),
    Column(title="Interactions a post", kind=ColumnKind.FIGURE),
    Column(title="Their usual", kind=ColumnKind.FIGURE),
    Column(title="Used on", kind=ColumnKind.TEXT, importance=Importance.DETAIL),
    Column(title="Also used by", kind=ColumnKind.TEXT, importance=Importance.DETAIL),
)


def draw(report: Report) -> Table:
    """Return the sheet: a row for each of a company's most used hashtags."""
    return Table(
        title="The hashtags that they use",
        finding=_finding(report),
        key=_key(report),
        columns=_COLUMNS,
        rows=list(_rows(report)),
    )


def _all_of(result: CompanyResult) -> Hashtags | None:
    """Return the hashtags of all profiles of a company; None where it uses none."""
    return next((row for row in result.hashtags if row.channel == EVERYWHERE), None)


def _habits(result: CompanyResult) -> Sequence[Hashtag]:
    """Return the hashtags that a company has used more than once, those used most."""
    row = _all_of(result)
    return [tag for tag in (row.tags if row else ()) if tag.posts >= _LEAST][:_MOST]


def _users(report: Report, name: str) -> list[str]:
    """Return the companies whose most used hashtags hold one, whatever its capitals."""
    return [
        result.company.name
        for result in report.results
        if any(tag.name.casefold() == name.casefold() for tag in _habits(result))
    ]


def _finding(report: Report) -> Sentence:
    """Return the hashtag that half of the competitors share and we do not; else who uses any."""
    names = sorted({tag.name.casefold() for each in report.rivals for tag in _habits(each)})
    users = {name: _users(report, name) for name in names}
    shared = [(len(who), name) for name, who in users.items() if report.own not in who]
    most, name = max(shared, default=(0, ""))
    if report.own and most >= _LEAST and most * 2 >= len(report.rivals):
        return (
            (f"{capital(counted(most, 'competitor'))} use ", False),
            (f"#{name}", True),
            (", which is not among our most used.", False),
        )
    using = sum(bool(_habits(result)) for result in report.results)
    who_of = f"{counted(using, 'company', 'companies')} of {len(report.results)}"
    verb = "uses" if using == 1 else "use"
    return ((f"{capital(who_of)} {verb} a hashtag more than once.", False),)


def _key(report: Report) -> list[str]:
    """Return what a reader must know of the figures, and the signs that occur."""
    users = [result for result in report.results if _habits(result)]
    values: list[Number] = [tag.interactions for result in users for tag in _habits(result)]
    usual = (_usual(result, tag) for result in users for tag in _habits(result))
    values += [value for value in usual if value is not None]
    known = [value for value in values if isinstance(value, Known)]
    marks = {OF_QUALIFIER[mark] for value in known for mark in value.qualifiers}
    if len(known) < len(values):
        marks.add(Sign.UNKNOWN)
    if any(not value.exact for value in known):
        marks.add(Sign.ROUNDED)
    return [
        "posts of the period on their own profiles",
        "interactions: likes, comments and shares, posts older than five days",
        *key_of(marks, Legend.FIGURES),
    ]


def _rows(report: Report) -> Iterator[Row]:
    """Give a row for each hashtag; a new company begins a group."""
    begun = False
    for result in report.results:
        row = _all_of(result)
        for place, tag in enumerate(_habits(result)):
            of = row.of if row is not None else tag.posts
            cells = _cells(report, result, tag, of)
            yield Row(cells, subject=result.company.name, begins=place == 0 and begun)
            begun = True


def _cells(report: Report, result: CompanyResult, tag: Hashtag, of: int) -> list[Cell]:
    """Return the cells of a hashtag in `of` posts; the company's usual interactions beside its."""
    name = result.company.name
    others = [user for user in _users(report, tag.name) if user != name]
    places, usual = _places(result, tag), _usual(result, tag)
    return [
        Cell(name),
        Cell(f"#{tag.name}"),
        Cell(tag.posts, to=report.proof(tag.evidence)),
        Cell(tag.posts / of, unit=Unit.SHARE),
        Cell(tag.interactions, unit=Unit.RATE, noted=False, to=report.proof_of(tag.interactions)),
        Cell(usual, unit=Unit.RATE, noted=False) if usual is not None else EMPTY,
        Cell(listed([report.names.channel(row.channel) for row in places])),
        Cell(listed(others)) if others else EMPTY,
    ]


def _usual(result: CompanyResult, tag: Hashtag) -> Number | None:
    """Return the interactions a post where a hashtag is used: on one platform, else on all."""
    places = _places(result, tag)
    url = places[0].url if len(places) == 1 else ""
    rows = [row for row in result.engagement if row.url == url] or result.engagement
    return rows[0].mean if rows else None


def _places(result: CompanyResult, tag: Hashtag) -> list[Hashtags]:
    """Return the hashtags of the profiles on which one is among the most used."""
    return [
        row
        for row in result.hashtags
        if row.channel != EVERYWHERE
        and any(each.name.casefold() == tag.name.casefold() for each in row.tags)
    ]


def _is_wanted(report: Report) -> bool:
    """Tell whether two companies use hashtags more than once: of one nothing can be compared."""
    return sum(bool(_habits(result)) for result in report.results) > 1


SHEET = Sheet(
    name="Hashtags", order=68, draw=draw, wanted=_is_wanted, answers="Which hashtags do they use?"
)
