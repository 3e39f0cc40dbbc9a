"""Sheet Method: what each figure means, with which settings and versions it was made."""

from collections.abc import Iterator
from dataclasses import fields

from audit.model.company import OF_THE_MACHINE
from audit.model.value import Reason
from reports.cells import text
from reports.look import ALERT, BACK, BODY, MUTED, PLAIN, SENTENCE, SLATE, TITLE, varied
from reports.page import Page, Row
from reports.report import Report
from reports.sheets._base import Sheet
from reports.words import explained

_LINE_CHARACTERS = 118
_WIDTHS = (28.0, 100.0, 14.0, 14.0, 14.0)
_HEADING = varied(PLAIN, size=12, bold=True)
_TERM = varied(BODY, bold=True, indent=0)
_PROSE = varied(BODY, wrap=True, indent=0)

_DEFINITIONS = (
    ("Window", "The days before the run's date that are measured; see the settings below."),
    (
        "Observed span",
        "From the later of the window's start and the time since which a list is known complete. "
        "A list cut off at n items is complete since its oldest item. Figures from such a list "
        "carry †.",
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
        "Last post, silence, trend on Summary",
        "Told of the section with the most posts a week.",
    ),
    ("Competitor median", "Of the competitors' known values, own company left out; needs three."),
    (
        "Our rank",
        "1 is the best figure. No rank where half of the values are unknown.",
    ),
    (
        "Ownership",
        "From 0 to 100%: who links to the profile from where, and whether the names fit. Below "
        "the threshold a profile is a candidate: listed, not counted.",
    ),
    (
        "None and unknown",
        "A dash means looked for and not there. A question mark with a reason means that it could "
        "not be seen: such a value is never counted as zero, in no mean, rank or chart.",
    ),
)


def draw(report: Report) -> Page:
    """Draw the sheet."""
    return Page(widths=_WIDTHS, rows=list(_rows(report)))


def _rows(report: Report) -> Iterator[Row]:
    back = text("◄ Summary", BACK, link="#Summary!A1")
    yield Row([text("How it was measured", TITLE), None, None, None, back], 27)
    yield Row([text("Every figure rests on public pages, and each links to its proof.", SENTENCE)],
              19)  # fmt: skip
    if report.partial:
        said = "partial: interrupted. Companies not reached are unknown; go on with --resume."
        yield Row([text(said, varied(SENTENCE, bold=True, color=ALERT))], 19)
    yield from _part("Terms", _DEFINITIONS)
    yield from _part("Measures", _metrics(report))
    yield from _part("Reasons", _reasons(report))
    yield from _part("This run", _run(report))
    yield from _part("Settings", _settings(report))
    yield Row([None], 10)
    yield Row([text("Chart data", _HEADING)], 22)
    yield Row([text("The figures that the charts are drawn from; unknown is empty.",
                    varied(PLAIN, size=9, color=MUTED))])  # fmt: skip


def _part(
    title: str, pairs: "Iterator[tuple[str, str]] | tuple[tuple[str, str], ...]"
) -> Iterator[Row]:
    yield Row([None], 10)
    yield Row([text(title, _HEADING)], 22)
    for term, prose in pairs:
        lines = 1 + len(prose) // _LINE_CHARACTERS
        high = varied(_TERM, wrap=True)
        lines = max(lines, 1 + len(term) // 30)
        yield Row([text(term, high), text(prose, _PROSE)], 4 + 13 * lines)


def _reasons(report: Report) -> Iterator[tuple[str, str]]:
    """The reasons that occur in this workbook."""
    seen = {note.reason for result in report.results for note in result.notes}
    seen |= {Reason.TOO_LITTLE_DATA, Reason.NOT_CHECKED}
    for reason in Reason:
        if reason in seen:
            yield f"? {reason}", " ".join(explained(reason))


def _run(report: Report) -> Iterator[tuple[str, str]]:
    run = report.snapshot.run
    yield "Run", run.id
    yield "As of", f"{run.as_of:%Y-%m-%d %H:%M} UTC"
    yield "Started", f"{run.started_at:%Y-%m-%d %H:%M} UTC"
    finished = run.finished_at
    yield "Finished", f"{finished:%Y-%m-%d %H:%M} UTC" if finished else "partial: interrupted"
    yield "Version", f"social-audit {run.version}"
    yield "Rules", run.rules_version
    yield "List", report.snapshot.competitors.path.name


def _metrics(report: Report) -> Iterator[tuple[str, str]]:
    """The metrics that every company has, as they are defined."""
    for each in report.comparisons.values():
        if not each.metric.startswith("channel."):
            yield each.about.title, each.about.definition


def _settings(report: Report) -> Iterator[tuple[str, str]]:
    settings = report.snapshot.competitors.settings
    for each in fields(settings):
        if each.name in OF_THE_MACHINE:
            continue
        value: object = getattr(settings, each.name)
        yield each.name, f"{value}"


SHEET = Sheet(name="Method", order=100, draw=draw, tab=SLATE, holds_chart_data=True)
