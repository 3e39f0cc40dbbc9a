"""Write what is known of a run in the formats that are asked for."""

from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from audit.compare import compare
from audit.model.errors import SaveError
from audit.model.past import NO_PAST, Past
from audit.model.result import Snapshot
from audit.nearest import nearest
from audit.store.aside import near
from reports.formats import formats
from reports.report import Report


def write_reports(
    snapshot: Snapshot, targets: Mapping[str, Path], past: Past = NO_PAST
) -> tuple[Path, ...]:
    """Write the snapshot in each format asked for; give the paths as they really are.

    `past` is what the history knows from before the run.

    Raises:
        SaveError: one could not be saved where it was asked for; all others are.
    """
    paths = []
    for written in write_each(snapshot, targets, past).values():
        if isinstance(written, SaveError):
            raise written
        paths.append(written)
    return tuple(paths)


def write_each(
    snapshot: Snapshot, targets: Mapping[str, Path], past: Past = NO_PAST
) -> dict[str, Path | SaveError]:
    """Write the snapshot in each format, whatever becomes of the others.

    Give by format where it really is, or why it could not be saved. A mistake of ours in one format
    ends the program only when all others are written.
    """
    report = _report(snapshot, past)
    written: dict[str, Path | SaveError] = {}
    with ExitStack() as each_of_them:
        # Called back in the order of `targets`: the last one pushed is the first one called.
        for name, path in reversed(tuple(targets.items())):
            each_of_them.callback(_write_one, report, name, path, written)
    return written


def _report(snapshot: Snapshot, past: Past) -> Report:
    """Return what is shown: all companies, or of very many those nearest to our own, among all."""
    settings = snapshot.competitors.settings
    of_all = Report(snapshot, compare(snapshot.results, settings), past)
    shown = nearest(snapshot.results)
    if len(shown) == len(snapshot.results):
        return of_all
    # Held whole: their posts are gone through again and again.
    side_by_side = replace(snapshot, results=tuple(map(near, shown)))
    return Report(side_by_side, compare(shown, settings), past, of_all)


def _write_one(report: Report, name: str, path: Path, written: dict[str, Path | SaveError]) -> None:
    """Write one format, and note where it is or why it is not."""
    try:
        written[name] = formats()[name].write(report, path)
    except SaveError as error:
        written[name] = error
