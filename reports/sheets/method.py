"""Sheet Method: what each figure means, with which settings and versions it was made."""

from collections.abc import Iterable, Iterator
from dataclasses import fields

from audit.model.company import OF_THE_MACHINE
from audit.model.value import Reason
from reports.reasons import WORDINGS
from reports.report import Report
from reports.sheets._base import Sheet
from reports.tables import Block, Cell, Column, ColumnKind, Importance, Row, Table
from reports.words import explained

_COLUMNS = (
    Column(title="Term", importance=Importance.KEY),
    Column(title="Meaning", kind=ColumnKind.TEXT),
)

_DEFINITIONS = (
    (
        "Period",
        "The days up to the day of the run that are looked at: the last 12 months, where the "
        "settings below say 365.",
    ),
    (
        "At least (†)",
        "Only part of a list is public, or one of several places could not be seen. Counts are "
        "then at least so much, days since the last post at most, and rates about so much: they "
        "are reckoned from the oldest post that could be seen.",
    ),
    (
        "95% between",
        "The exact interval of the posts a week (Poisson). Two companies whose intervals overlap "
        "may well post equally often.",
    ),
    ("Status", "Active: a post in the last 30 days; slowing: 90; dormant: 365; else abandoned."),
    (
        "Trend",
        "Posts of the last 90 days against the 90 before. Rising or falling only where the 95% "
        "interval of the ratio excludes 1, else steady.",
    ),
    (
        "Longest pause",
        "The most days between two posts that follow each other. A pause that still goes on "
        "counts up to the day of the run.",
    ),
    (
        "Ownership",
        "From 0 to 100%: who links to the profile from where, and whether the names fit. Below "
        "50% a profile is only perhaps theirs: it is named, and not counted.",
    ),
    (
        "None and unknown",
        "A dash means looked for and not there. A question mark with a reason means that it could "
        "not be seen: such a value is never counted as zero, in no mean, rank or chart. What is "
        "there, though its posts could not be seen, is there with a question mark beside it.",
    ),
)

_BESIDE_US = (
    (
        "A typical competitor, competitor median",
        "The one in the middle: half of the competitors have more, half have less (the median of "
        "those values that are known, without our own). It takes three of them. Findings "
        "are told only where more than half of the competitors have the figure, and ours is a "
        "quarter of it apart.",
    ),
    (
        "Our rank",
        "1 is the best figure, as shown. No rank where half of the values are unknown, fewer than "
        "three are known, or a part that could not be seen may make it another.",
    ),
)
_AMONG_THEMSELVES = (
    (
        "Median, typical company",
        "The median of the known values of all companies; needs three. Findings are told only "
        "where more than half of the companies have the figure, and one is a quarter of it apart. "
        "No company of the list is marked as the reader's own, so there is no rank.",
    ),
)
"""What is compared with what, with an own company and without one."""


def draw(report: Report) -> Table:
    """Return the sheet: five lists of terms with their meaning."""
    return Table(
        title="How it was measured",
        finding=(("Every figure rests on public pages, and each links to its proof.", False),),
        warning="partial: interrupted. Companies not reached are unknown; go on with --resume."
        if report.partial
        else "",
        blocks=(
            _block("Terms", (*_DEFINITIONS, *(_BESIDE_US if report.own else _AMONG_THEMSELVES))),
            _block("Measures", _metrics(report)),
            _block("Reasons", _reasons(report)),
            _block("This run", _run(report)),
            _block("Settings", _settings(report)),
        ),
    )


def _block(title: str, pairs: Iterable[tuple[str, str]]) -> Block:
    """Return a list of terms with their meaning."""
    rows = [Row([Cell(term), Cell(meaning)]) for term, meaning in pairs]
    return Block(title=title, columns=_COLUMNS, rows=rows)


def _reasons(report: Report) -> Iterator[tuple[str, str]]:
    """Give the reasons that occur, and the two that come with every figure, with remedies."""
    reasons = {note.reason for result in report.results for note in result.notes}
    reasons |= {Reason.TOO_LITTLE_DATA, Reason.NOT_CHECKED}
    # Several codes may have one wording.
    first = {WORDINGS[reason]: reason for reason in reversed(Reason) if reason in reasons}
    for reason in Reason:
        if reason in first.values():
            words = WORDINGS[reason]
            yield f"? {words.short}", " ".join(filter(None, explained(reason)))


def _run(report: Report) -> Iterator[tuple[str, str]]:
    """Give what identifies the run."""
    run = report.snapshot.run
    yield "Run", run.id
    yield "As of", f"{run.as_of:%Y-%m-%d %H:%M} UTC"
    yield "Started", f"{run.started_at:%Y-%m-%d %H:%M} UTC"
    finished = run.finished_at
    yield "Finished", f"{finished:%Y-%m-%d %H:%M} UTC" if finished else "partial: interrupted"
    yield "Version", f"social-audit {run.version}"
    yield "Catalogue", run.rules_version
    yield "List", report.snapshot.competitors.path.name


def _metrics(report: Report) -> Iterator[tuple[str, str]]:
    """Give title and definition of the metrics that every company has."""
    for comparison in report.comparisons.values():
        if not comparison.metric.startswith("channel."):
            yield comparison.about.title, comparison.about.definition


def _settings(report: Report) -> Iterator[tuple[str, str]]:
    """Give the settings by their names in competitors.yaml: the run's, then companies' own."""
    settings = report.snapshot.competitors.settings
    for setting in fields(settings):
        if setting.name in OF_THE_MACHINE:
            continue
        value: object = getattr(settings, setting.name)
        yield setting.name, _plainly(value)
    for result in report.results:
        own = result.company.overrides
        for setting in fields(own):
            if (value := getattr(own, setting.name)) is not None:
                yield f"{setting.name}, {result.company.name}", _plainly(value)


def _plainly(value: object) -> str:
    """Return a setting in words: `yes`, `none`, `A in place of B`; others as they are written."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return (
            ", ".join(
                f"{each[1]} in place of {each[0]}" if isinstance(each, tuple) else f"{each}"
                for each in value
            )
            or "none"
        )
    return f"{value}" or "none"


SHEET = Sheet(name="Method", order=100, draw=draw, answers="How is each measure defined?")
