"""The story of the deck: what stands out, a subject a slide, what to do, what could not be seen."""

from collections.abc import Iterator, Mapping

from reports import findings
from reports.changed import biggest
from reports.formats.pptx.compared import compared
from reports.formats.pptx.lists import Wanted, listed, topics
from reports.formats.pptx.slides import Slide, Story, because, read_on
from reports.report import Report
from reports.sheets import sheets
from reports.tables import Sentence, Table
from reports.telling import text_of
from reports.words import day_in_words

_ROOM = 160
"""Letters of a point."""

_SUBJECTS = {
    "Cadence": ("all.posts_per_week",),
    "Channels": ("presence.channels", "channels.active"),
    "Site features": ("presence.features",),
}
"""The measures of a slide, by the sheet whose finding is its title."""

_READERS = {"Engagement": ("engagement.per_post",), "Followers": ("audience.total",)}
"""The same of what readers do; how many follow comes last, as it says least."""

_LISTS = (
    Wanted(
        sheet="Changes",
        heads={"Company": 0.2, "What": 0.27, "What happened": 0.17, "Before": 0.18, "Now": 0.18},
    ),
    Wanted(
        sheet="KPIs",
        heads={"KPI": 0.3, "Baseline": 0.13, "Now": 0.13, "Target": 0.14, "Standing": 0.3},
    ),
    Wanted(
        sheet="Actions",
        heads={"What to do": 0.32, "The gap": 0.34, "Who does it": 0.24, "Effort": 0.1},
    ),
)

_Tables = Mapping[str, Table]


def story_of(report: Report) -> Story:
    """Return the deck as values: twelve slides, or less where a subject has nothing to tell."""
    tables = {sheet.name: sheet.draw(report) for sheet in sheets() if sheet.wanted(report)}
    summary = tables["Summary"]
    warning = f"{summary.warning}. " if summary.warning else ""
    return Story(
        title=summary.title,
        subtitle=f"{warning}{text_of(summary.finding)}",
        slides=tuple(_slides(report, tables)),
    )


def _slides(report: Report, tables: _Tables) -> Iterator[Slide]:
    """Give the slides behind the first one."""
    yield _in_short(report, tables)
    for sheet, metrics in _SUBJECTS.items():
        yield compared(report, tables[sheet], metrics, sheet)
    if "Topics" in tables and (slide := topics(report, tables["Topics"])).chart is not None:
        yield slide
    for sheet, metrics in _READERS.items():
        if sheet in tables:
            yield compared(report, tables[sheet], metrics, sheet)
    for wanted in _LISTS:
        if wanted.sheet in tables:
            yield listed(report, tables[wanted.sheet], wanted)
    yield _method(report, tables)


def _in_short(report: Report, tables: _Tables) -> Slide:
    """Return what stands out: ahead, behind, what changed, what could not be seen."""
    if report.own:
        points = dict(findings.standing(report))
    else:
        most = findings.leader(report, findings.BUSIEST)
        points = {
            "Most active": most,
            "Least active": findings.leader(report, findings.BUSIEST, last=True),
        }
    if report.past.changes is not None:
        points["Changed"] = ((biggest(report.past.changes, _ROOM), False),)
    points["To know"] = findings.to_know(report)
    return Slide(
        title=text_of(tables["Comparison"].finding),
        points=tuple(((f"{label}: ", True), *sentence) for label, sentence in points.items()),
        notes=read_on("Summary", "Comparison"),
    )


def _method(report: Report, tables: _Tables) -> Slide:
    """Return what could not be seen, and what stands behind all figures."""
    run = report.snapshot.run
    return Slide(
        title=text_of(tables["Coverage"].finding),
        points=(*_not_seen(report), *_ALWAYS),
        notes=(
            f"Run {run.id}, until {day_in_words(run.as_of)}; social-audit {run.version}, "
            f"rules {run.rules_version}.",
            *read_on("Coverage", "Method"),
        ),
    )


def _not_seen(report: Report) -> Iterator[Sentence]:
    """Give which companies could not be read in full, and why."""
    lost = because(findings.unread(report))
    if lost:
        yield (("Not read in full: ", True), (f"{lost}.", False))


_ALWAYS: tuple[Sentence, ...] = (
    (
        ("A typical competitor ", True),
        ("is the median one: half of the others have more, half have less.", False),
    ),
    (
        ("What is not known ", True),
        ("is left out of every figure, and never counted as zero.", False),
    ),
    (
        ("Every figure has its proof ", True),
        ("in the notes of its slide, and on sheet Evidence of the workbook.", False),
    ),
)
