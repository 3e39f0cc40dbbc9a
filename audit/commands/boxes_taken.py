"""What people typed on sheet Fill in, on its way into a run or a report: taken, told, shown."""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from audit import api
from audit.box_state import TakenBack
from audit.boxes import Boxes, take_boxes
from audit.commands.outputs import Targets
from audit.commands.terminal import Terminal
from audit.commands.words import counted
from audit.model.errors import AuditError, ReportError, StoreError
from audit.model.past import Past
from audit.model.result import Snapshot

log = logging.getLogger(__name__)

_TABLES = (".csv", ".tsv", ".txt")
_MOST_TOLD = 12
"""Cells that are named on the terminal, each with why it was not taken; all stand in the sheet."""


@dataclass(frozen=True, slots=True)
class Workbooks:
    """The workbooks whose boxes are read: the one that is replaced, and one that was named."""

    replaced: Path | None
    named: Path | None = None

    @property
    def each(self) -> tuple[Path, ...]:
        """Return them in the order in which they are read, so that what was named holds."""
        return tuple(dict.fromkeys(each for each in (self.replaced, self.named) if each))


def workbooks_of(goals: Targets, named: Path | None) -> Workbooks:
    """Return the workbooks whose boxes are read.

    Raises:
        AuditError: the one that was named is not there.
    """
    if named is not None and not named.is_file():
        raise AuditError(f"--fill {named}: there is no such file; name a workbook of this audit")
    if named is not None and named.suffix.lower() in _TABLES:
        raise AuditError(
            f"--fill {named}: is a table, and no workbook of this audit; take its figures with: "
            f"audit import {named}"
        )
    return Workbooks(goals.get("xlsx"), named)


def take_workbooks(
    config: api.Config,
    folder: Path,
    snapshot: Snapshot,
    workbooks: Workbooks,
    *,
    quiet: bool = False,
) -> Boxes:
    """Take what people typed in workbooks into the history, and say what was taken and what not.

    A workbook that is replaced and cannot be read is left as it is, which is told where the report
    is written.

    Raises:
        ReportError: a workbook that was named cannot be read.
        StoreError: the history cannot be read.
    """
    errors, marks = Terminal(errors=True), dict[str, str]()
    several = sum(workbook.exists() for workbook in workbooks.each) > 1
    for workbook in workbooks.each:
        own = workbook == workbooks.replaced
        listed = snapshot.competitors.path.name if own else None
        try:
            boxes, faults = take_boxes(folder, snapshot, config.catalogue, workbook, listed)
        except ReportError as error:
            if not own:
                raise
            log.warning("not filled in: %s", error)
            continue
        lines = sentences(workbook, boxes, quiet=quiet, several=several)
        errors.say(*lines, *faults, *(() if own else _nothing(workbook, boxes, *faults)))
        # What could not be kept is not taken: its words stay as they are.
        marks |= {} if faults else boxes.by_mark
    return Boxes(by_mark=marks)


def take_before_run(
    config: api.Config, folder: Path, workbooks: Workbooks, *, quiet: bool
) -> Boxes:
    """Take what people typed since the last run, before the next one; nothing before a first one.

    Raises:
        ReportError: a workbook that was named cannot be read.
    """
    if not any(workbook.exists() for workbook in workbooks.each):
        return Boxes()
    try:
        last = api.kept_run(folder, None, config.competitors)
        return take_workbooks(config, folder, last, workbooks, quiet=quiet)
    except StoreError as error:
        # Before a first run nobody has filled in anything, and what fails fails in the run, too.
        log.info("nothing is filled in: %s", error)
        return Boxes()


def with_boxes(past: Past, boxes: Boxes) -> Past:
    """Return what a report is made with, with what became of the boxes that were read before."""
    return replace(past, boxes=boxes.by_mark)


def sentences(workbook: Path, boxes: Boxes, *, quiet: bool, several: bool) -> tuple[str, ...]:
    """Return in sentences what was taken from a workbook, and what not and why; or that alone.

    Where `several` are read, each cell is named with its workbook.
    """
    lines = list[str]()
    if boxes.records and boxes.figures and not quiet:
        profiles = counted(len(boxes.records), "profile", "profiles")
        figures = counted(boxes.figures, "figure", "figures")
        lines.append(f"Taken from {workbook.name}: {figures} of {profiles}.")
    if not quiet:
        lines += _taken_back(workbook, boxes.back, several=several)
    lines += [each.sentence for each in boxes.twice[:_MOST_TOLD]]
    if len(boxes.twice) > _MOST_TOLD:
        rest = counted(len(boxes.twice) - _MOST_TOLD, "figure was", "figures were")
        lines.append(f"{rest} told twice as well; what was told later holds.")
    for each in boxes.refused[:_MOST_TOLD]:
        in_file = several or each.workbook not in ("", workbook.name)
        lines.append(f"Not taken: {f'{each.workbook}, ' if in_file else ''}{each.sentence}")
    if len(boxes.refused) > _MOST_TOLD:
        lines.append(f"Not taken: {len(boxes.refused) - _MOST_TOLD} more of {workbook.name}.")
    return tuple(lines)


def _taken_back(workbook: Path, back: Sequence[TakenBack], *, several: bool) -> Iterator[str]:
    """Give a sentence for each box that was cleared: what stood in it, whose it is, which cell."""
    for each in back[:_MOST_TOLD]:
        at = f"{workbook.name}, {each.at}" if several else each.at
        yield f"Taken back: {each.sentence} ({at} was cleared)."
    if len(back) > _MOST_TOLD:
        yield f"Taken back: {len(back) - _MOST_TOLD} more that were cleared in {workbook.name}."


def _nothing(workbook: Path, boxes: Boxes, *faults: str) -> tuple[str, ...]:
    """Say of a workbook that was named that it tells nothing, and what to do; () where it does."""
    if boxes.changes or boxes.refused or boxes.twice or faults:
        return ()
    name = workbook.name
    if boxes.is_filled:
        return (f"Nothing new in {name}: what is filled in there was taken before.",)
    if not boxes.has_sheet:
        return (
            f"{name} has no sheet Fill in with profiles of this list: name a copy of the workbook "
            "that an audit of it wrote.",
        )
    return (
        f"Nothing is filled in on sheet Fill in of {name}: type there what each page shows, save "
        "it, and name it again.",
    )
