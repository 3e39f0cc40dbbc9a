"""Sheet Audience: who follows the companies' profiles, as shares of a sample; nobody by name."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from textwrap import wrap

from audit.model.audience import KINDS, LANGUAGES, OVERLAPS, Audience
from audit.model.audience import SUBJECTS as SUBJECTS_OF
from audit.model.metric import Unit
from audit.model.result import CompanyResult
from audit.model.value import Known
from reports.cells import Cell, Run, number, text
from reports.look import BODY, MUTED, NUMBER, OWN_TINT, SMALL, Style, varied
from reports.page import Heat, Page, Row, ruled
from reports.report import Report, name_style
from reports.sheets._base import Column, Sheet, Table
from reports.words import capital, counted, figure, rounded

SUBJECTS = 6
"""The commonest subjects head columns of their own."""

_HEADS = (
    ("Company", 17.5, "left"), ("Channel", 10.5, "left"), ("Looked at", 8.0, "right"),
    ("Of all", 9.5, "right"), ("Say who they are", 9.0, "right"), ("Languages", 15.5, "left"),
    ("Organisations", 17.5, "left"), ("Follow also, at least", 17.5, "left"),
)  # fmt: skip
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_SHARE = '0%;;"·"'
_HEAT = Style(size=9, align="center", indent=0, left="white", right="white", bottom="white",
              top="white", format=_SHARE)  # fmt: skip
_FEW = varied(_HEAT, color=MUTED, format="General")
_WORDS = varied(SMALL, wrap=True)
_MOST = 3
"""Groups named in one cell."""

_CHARACTERS = 1.15
"""Characters in small type that a unit of width holds."""

_OTHER = "other"


def draw(report: Report) -> Page:
    """Draw the sheet: a row for each profile whose followers were looked at."""
    subjects = _commonest(report)
    table = Table(
        title="Who follows",
        finding=_finding(report),
        key=_key(report),
        columns=_columns(subjects),
        strip=(len(_HEADS) + 1, "Subjects, of those who say who they are") if subjects else None,
    )
    body = list(_rows(report, subjects))
    first = len(_HEADS) + 1
    ends = f"{_LETTERS[first]}6:{_LETTERS[first + len(subjects) - 1]}{5 + len(body)}"
    return Page(
        widths=table.widths,
        rows=[*table.top(), *body],
        freeze="C6",
        columns=len(_HEADS),
        dimmed="A",
        heat=(Heat(ref=ends, ends=(0, 0.15, 0.5)),) if subjects else (),
    )


def _sampled(report: Report) -> list[tuple[CompanyResult, Audience]]:
    return [(result, each) for result in report.results for each in result.audiences]


def _commonest(report: Report) -> list[str]:
    """The subjects of most followers over all samples."""
    sizes: Counter[str] = Counter()
    for _, each in _sampled(report):
        sizes.update(
            {
                name: round(share * each.described)
                for name, share in each.shares(SUBJECTS_OF)
                if name != _OTHER
            }
        )
    return [name for name, _ in sorted(sizes.items(), key=lambda pair: (-pair[1], pair[0]))][
        :SUBJECTS
    ]


def _columns(subjects: Sequence[str]) -> list[Column]:
    heads = [Column(title=title, width=width, align=align) for title, width, align in _HEADS]
    strip = [Column(title=capital(name), width=11.6, align="center") for name in subjects]
    return [*heads, *([Column(title="", width=1.2), *strip] if strip else [])]


def _finding(report: Report) -> Sequence[Run]:
    samples = _sampled(report)
    total = sum(each.sampled for _, each in samples)
    runs: list[Run] = [
        (f"{total:,} followers", True),
        (f" of {counted(len(samples), 'profile')} were looked at", False),
    ]
    found = [
        (share, result.company.name, each.platform, name)
        for result, each in samples
        for name, share in each.shares(SUBJECTS_OF)
        if name != _OTHER
    ]
    if found:
        share, company, platform, name = max(found)
        where = f"{company} on {report.names.platform(platform)}"
        said = f"{name}, {figure(share, Unit.SHARE)}"
        runs += [("; the largest group is ", False), (said, True), (f" of those of {where}", False)]
    return (*runs, (".", False))


def _key(report: Report) -> list[str]:
    samples = _sampled(report)
    return [
        "Counted and forgotten: nobody is stored, no group under five is shown",
        "darker is more, <5 fewer than five",
        "subjects may be several or none",
        *(
            ["follow also: found in both samples"]
            if any(a.parts(OVERLAPS) for _, a in samples)
            else []
        ),
    ]


def _rows(report: Report, subjects: Sequence[str]) -> Iterator[Row]:
    before = ""
    for result, each in _sampled(report):
        name = result.company.name
        cells = _cells(report, result, each)
        start = ruled(cells) if before and name != before else cells
        shares = dict(each.shares(SUBJECTS_OF))
        gap: list[Cell | None] = [None] if subjects else []
        strip = [_heat(shares, subject) for subject in subjects]
        yield Row([*start, *gap, *strip], max(28, 13 * _lines(cells)))
        before = name


def _lines(cells: Sequence[Cell | None]) -> int:
    """Lines of the longest text in a row."""
    texts = [
        wrap(f"{cell.value}", int(width * _CHARACTERS))
        for cell, (_, width, _) in zip(cells, _HEADS, strict=True)
        if cell is not None and cell.style.wrap
    ]
    return max(map(len, texts), default=1)


def _cells(report: Report, result: CompanyResult, said: Audience) -> list[Cell | None]:
    name = result.company.name
    tint: Mapping[str, str] = {"fill": OWN_TINT} if name == report.own else {}
    base, words = varied(NUMBER, **tint), varied(_WORDS, **tint)
    proof = report.proof((said.evidence,))
    return [
        text(name, varied(name_style(report, name), **tint)),
        text(report.names.platform(said.platform), varied(BODY, **tint)),
        Cell(said.sampled, varied(base, format="#,##0_0"), proof),
        _total(result, said, base),
        Cell(said.described, varied(base, format="#,##0_0")),
        _groups(said.shares(LANGUAGES), words),
        _groups(said.shares(KINDS), words),
        _groups(said.shares(OVERLAPS), words, ""),
    ]


def _total(result: CompanyResult, said: Audience, base: Style) -> Cell:
    """How many follow the profile, as it states."""
    for channel in result.channels:
        if channel.url == said.url and isinstance(channel.followers, Known):
            return number(channel.followers, Unit.COUNT, base)
    return Cell(None, base)


def _groups(shares: Sequence[tuple[str, float]], style: Style, otherwise: str = "<5") -> Cell:
    """Groups with their shares, the largest first."""
    if not shares:
        return text(otherwise, varied(style, color=MUTED)) if otherwise else Cell(None, style)
    named = [f"{name} {figure(share, Unit.SHARE)}" for name, share in shares[:_MOST]]
    more = len(shares) - _MOST
    return text(", ".join([*named, *([f"{more} more"] if more > 0 else [])]), style)


def _heat(shares: Mapping[str, float], subject: str) -> Cell:
    """The share of a subject; a group too small to be shown is neither zero nor known."""
    share = shares.get(subject)
    return Cell("<5", _FEW) if share is None else Cell(rounded(share, Unit.SHARE), _HEAT)


def _any(report: Report) -> bool:
    return bool(_sampled(report))


SHEET = Sheet(name="Audience", order=45, draw=draw, shown=_any)
