"""`audit changes`: what became different between two runs, and one measure over all runs."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from difflib import get_close_matches
from itertools import groupby
from pathlib import Path

from rich.table import Table

from audit import api
from audit.commands.again import kept, list_of
from audit.commands.log import log_to
from audit.commands.named import run_before, run_meant
from audit.commands.places import kept_of_list
from audit.commands.terminal import Terminal
from audit.commands.titles import by_title
from audit.commands.typed import Typed
from audit.measure import metrics_of
from audit.measure.platforms import platform_of
from audit.model.change import Change
from audit.model.changes import Changes
from audit.model.company import Competitors
from audit.model.errors import AuditError
from audit.model.metric import Metric
from audit.model.past import PastRun, keys_of_companies
from audit.model.result import Snapshot
from audit.model.value import Number
from audit.past import course_of, figures_of
from config.names import folded
from reports.changed import (
    CAUSES,
    NO_RUN_BEFORE,
    changes_as_json,
    first_run_as_json,
    headline,
    not_compared,
    now_in_words,
    side_as_json,
    side_in_words,
)
from reports.events import event_in_words
from reports.words import Names

NO_RUN_BETWEEN = "There is no finished run before {run}, so nothing is compared."
_SUCH_AS = (
    "such as site.posts_per_week; titles of the sheet Comparison are understood, and "
    "docs/glossary.md lists all"
)
NOT_MEASURED = "not measured"
"""What stands for a company whose figure a run did not tell, or that was not part of it."""


def show_changes(
    file: Path, run: str | None, against: str | None, data_dir: Path | None, *, as_json: bool
) -> int:
    """Print the changes of a run since an earlier one, in words or as JSON; return the status.

    That is 1 where a damaged history left something that could not be compared.

    Raises:
        AuditError: there is no such run; names the one that was probably meant.
    """
    config = api.load(file)
    snapshot, folder = _loaded(file, data_dir, config.competitors, run)
    typed = Typed(file=file, data_dir=data_dir)
    earlier = run_before(folder, against, snapshot.run.id, config.competitors, typed)
    past = api.past_of(folder, snapshot, config.catalogue, earlier)
    status = 1 if past.changes is not None and past.changes.damage else 0
    if as_json:
        _print(changes_as_json(past.changes) or first_run_as_json(snapshot.run))
        return status
    console = Terminal()
    if past.changes is None:
        console.say(NO_RUN_BETWEEN.format(run=snapshot.run.id), NO_RUN_BEFORE)
        return status
    console.say(headline(past.changes), *not_compared(past.changes), *past.changes.notes)
    _show(past.changes, console)
    return status


def show_trend(
    file: Path, measure: str, run: str | None, data_dir: Path | None, *, as_json: bool
) -> None:
    """Print one measure over all runs, a line a run, up to the run asked for.

    Raises:
        AuditError: no such run or measure; names what was probably meant.
    """
    snapshot, folder = _loaded(file, data_dir, list_of(file), run)
    metric = metric_named(measure, snapshot)
    runs = (*course_of(folder, snapshot.run.id), figures_of(snapshot))
    companies = keys_of_companies(result.company for result in snapshot.results)
    if as_json:
        _print(_trend_as_json(metric, runs, companies))
        return
    console = Terminal()
    console.say(_title(metric, file), style="bold")
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("Run of", no_wrap=True)
    for name in companies:
        table.add_column(name, justify="right")
    for each in runs:
        values = (_value(each, key, metric) for key in companies.values())
        cells = (
            side_in_words(value, metric.unit) if value is not None else NOT_MEASURED
            for value in values
        )
        table.add_row(f"{each.run.as_of:%Y-%m-%d}", *cells)
    console.show(table)


def _title(metric: Metric, file: Path) -> str:
    """Return the title of a metric; that of a platform bears the platform's name for readers."""
    platform = platform_of(metric.id)
    if not platform:
        return metric.title
    name = Names(api.load(file).catalogue).platform(platform)
    return metric.title.replace(platform, name, 1)


def metric_named(measure: str, snapshot: Snapshot) -> Metric:
    """Return the metric of an id or of a title of the workbook.

    Raises:
        AuditError: nothing is called so; names what was probably meant.
    """
    listed = {metric.id: metric for metric in metrics_of(snapshot.results)}
    names = {folded(name): metric for name, metric in listed.items()}
    names |= by_title(listed.values())
    wanted = folded(measure)
    if wanted in names:
        return names[wanted]
    close = get_close_matches(wanted[:80], list(names), n=3, cutoff=0.6)
    meant = list(dict.fromkeys(names[each].id for each in close))
    hint = f"did you mean {' or '.join(meant)}?" if meant else _SUCH_AS
    raise AuditError(f'no measure "{measure}" in run {snapshot.run.id}; {hint}')


def _loaded(
    file: Path, data_dir: Path | None, competitors: Competitors, run: str | None
) -> tuple[Snapshot, Path]:
    """Load a run, the list's last finished one where none is named; and its folder.

    Raises:
        AuditError: there is no run, or none of the id or day that was named.
    """
    folder, typed = kept_of_list(file, data_dir), Typed(file=file, data_dir=data_dir)
    log_to(folder)
    return kept(folder, run_meant(folder, run, competitors, typed), typed, competitors), folder


def _show(changes: Changes, console: Terminal) -> None:
    """Print the changes in a table for each cause: those of the companies first."""
    for cause, group in groupby(changes.changes, key=lambda change: change.cause):
        table = Table(box=None, pad_edge=False, header_style="bold", title_justify="left")
        for title in ("Company", "Type", "What", "Event", "Before", "Now", "Severity"):
            table.add_column(title)
        for change in group:
            table.add_row(*_row(change, changes.run.as_of))
        console.say("", f"Cause: {CAUSES[cause]}", style="bold")
        console.show(table)


def _row(change: Change, as_of: datetime) -> Iterator[str]:
    """Give the cells of one change."""
    yield from (change.company, change.type, change.what, event_in_words(change))
    yield side_in_words(change.old, change.unit)
    yield now_in_words(change, as_of)
    yield change.severity


def _value(run: PastRun, key: str, metric: Metric) -> Number | None:
    """Return the value of a company in a run; None where it was not part of it."""
    return run.values.get(key, {}).get(metric.id)


def _trend_as_json(
    metric: Metric, runs: Sequence[PastRun], companies: Mapping[str, str]
) -> dict[str, object]:
    """Return one measure over all runs for other programs."""
    return {
        "measure": metric.id,
        "title": metric.title,
        "unit": metric.unit.value,
        "runs": [
            {
                "run": each.run.id,
                "as_of": each.run.as_of.isoformat(),
                "values": {
                    name: side_as_json(value)
                    if (value := _value(each, key, metric)) is not None
                    else None
                    for name, key in companies.items()
                },
            }
            for each in runs
        ],
    }


def _print(content: object) -> None:
    """Print JSON, and nothing else, for a program that reads it: in ASCII, as a pipe may be."""
    Terminal().say(*json.dumps(content, indent=1).splitlines())
