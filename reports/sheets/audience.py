"""Sheet Audience: who follows the companies' profiles, as shares of a sample; nobody by name."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from audit.model.breakdown import KINDS, LANGUAGES, OVERLAPS, Audience
from audit.model.breakdown import SUBJECTS as SUBJECTS_OF
from audit.model.metric import Unit
from audit.model.result import CompanyResult
from audit.model.value import Known
from reports.report import Report
from reports.sheets._base import Sheet
from reports.signs import Sign
from reports.tables import Cell, Column, ColumnKind, Importance, Row, Run, Sentence, Table, Tone
from reports.words import capital, counted, figure

SUBJECTS = 6
"""The commonest subjects head columns of their own."""

_MOST = 3
"""Groups named in one cell."""

_OTHER = "other"

_COLUMNS = (
    Column(title="Company", kind=ColumnKind.COMPANY),
    Column(title="Channel"),
    Column(title="Looked at", kind=ColumnKind.FIGURE),
    Column(title="Of all", kind=ColumnKind.FIGURE),
    Column(title="Say who they are", kind=ColumnKind.FIGURE),
    Column(title="Languages", kind=ColumnKind.TEXT, importance=Importance.DETAIL),
    Column(title="Organisations", kind=ColumnKind.TEXT, importance=Importance.DETAIL),
    Column(title="Follow also, at least", kind=ColumnKind.TEXT, importance=Importance.DETAIL),
)


def draw(report: Report) -> Table:
    """Return the sheet: a row for each profile whose followers were looked at."""
    subjects = _commonest(report)
    strip = [Column(title=capital(name), kind=ColumnKind.FIGURE, strip=True) for name in subjects]
    return Table(
        title="Who follows",
        finding=_finding(report),
        key=_key(report),
        columns=[*_COLUMNS, *strip],
        rows=list(_rows(report, subjects)),
        strip="Subjects, of those who say who they are" if subjects else "",
    )


def _samples(report: Report) -> list[tuple[CompanyResult, Audience]]:
    """Return the samples of followers, each with its company."""
    return [(result, sample) for result in report.results for sample in result.audiences]


def _commonest(report: Report) -> list[str]:
    """Return the subjects of most followers over all samples."""
    sizes: Counter[str] = Counter()
    for _, sample in _samples(report):
        sizes.update(
            {
                # Back from shares to followers: a small sample
                # must not weigh as much as a large one.
                name: round(share * sample.described)
                for name, share in sample.shares(SUBJECTS_OF)
                if name != _OTHER
            }
        )
    by_size = sorted(sizes.items(), key=lambda pair: (-pair[1], pair[0]))
    return [name for name, _ in by_size][:SUBJECTS]


def _finding(report: Report) -> Sentence:
    """Return how many followers were looked at, and the largest group among them."""
    samples = _samples(report)
    total = sum(sample.sampled for _, sample in samples)
    runs: list[Run] = [
        (f"{total:,} followers", True),
        (f" of {counted(len(samples), 'profile')} were looked at", False),
    ]
    groups = [
        (share, result.company.name, sample.platform, name)
        for result, sample in samples
        for name, share in sample.shares(SUBJECTS_OF)
        if name != _OTHER
    ]
    if groups:
        share, company, platform, name = max(groups)
        where = f"{company} on {report.names.platform(platform)}"
        largest = f"{name}, {figure(share, Unit.SHARE)}"
        runs += [
            ("; the largest group is ", False),
            (largest, True),
            (f" of those of {where}", False),
        ]
    return (*runs, (".", False))


def _key(report: Report) -> list[str]:
    """Return what a reader must know of the samples."""
    overlaps = any(sample.parts(OVERLAPS) for _, sample in _samples(report))
    return [
        "Counted and forgotten: nobody is stored, no group under five is shown",
        "darker is more, <5 fewer than five",
        "subjects may be several or none",
        *(["follow also: found in both samples"] if overlaps else []),
    ]


def _rows(report: Report, subjects: Sequence[str]) -> Iterator[Row]:
    """Give a row for each sample; a new company begins a group."""
    before = ""
    for result, sample in _samples(report):
        name = result.company.name
        shares = dict(sample.shares(SUBJECTS_OF))
        strip = [_share(shares, subject) for subject in subjects]
        begins = bool(before) and name != before
        yield Row([*_cells(report, result, sample), *strip], subject=name, begins=begins)
        before = name


def _cells(report: Report, result: CompanyResult, sample: Audience) -> list[Cell]:
    """Return the cells of a sample, all but its subjects."""
    return [
        Cell(result.company.name),
        Cell(report.names.platform(sample.platform)),
        Cell(sample.sampled, to=report.proof((sample.evidence,))),
        _total(result, sample),
        Cell(sample.described),
        _groups(sample.shares(LANGUAGES)) or Cell(mark=Sign.FEW, tone=Tone.ASIDE),
        _groups(sample.shares(KINDS)) or Cell(mark=Sign.FEW, tone=Tone.ASIDE),
        _groups(sample.shares(OVERLAPS)) or Cell(),
    ]


def _total(result: CompanyResult, sample: Audience) -> Cell:
    """Return how many follow the profile, as it states."""
    for channel in result.channels:
        if channel.url == sample.url and isinstance(channel.followers, Known):
            return Cell(channel.followers)
    return Cell()


def _groups(shares: Sequence[tuple[str, float]]) -> Cell | None:
    """Return groups with their shares, the largest first; None where there is none."""
    if not shares:
        return None
    groups = [f"{name} {figure(share, Unit.SHARE)}" for name, share in shares[:_MOST]]
    more = len(shares) - _MOST
    return Cell(", ".join([*groups, *([f"{more} more"] if more > 0 else [])]))


def _share(shares: Mapping[str, float], subject: str) -> Cell:
    """Return the share of a subject; a group too small to be shown is neither zero nor known."""
    share = shares.get(subject)
    if share is None:
        return Cell(mark=Sign.FEW, tone=Tone.ASIDE)
    return Cell(share, unit=Unit.SHARE)


def _is_wanted(report: Report) -> bool:
    """Tell whether the followers of any profile were looked at."""
    return bool(_samples(report))


SHEET = Sheet(
    name="Audience",
    order=45,
    draw=draw,
    wanted=_is_wanted,
    answers="Who follows them: subjects, languages, kinds?",
)
