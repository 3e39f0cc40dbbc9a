"""What people typed on sheet Fill in, as records of the history; what cannot be taken, in words."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from audit.box_rows import BoxRow, Gathered
from audit.box_state import TakenBack
from audit.model.by_hand import Field, HandRecord
from audit.model.catalogue import Catalogue
from audit.model.errors import ReportError, SaveError, StoreError
from audit.model.result import CompanyResult, Snapshot
from audit.store.opening import open_history
from audit.told_twice import ToldTwice
from audit.typed_figures import Refused
from audit.typed_values import shown_of
from reports.formats import formats
from reports.lacking import every_profile, place_of
from reports.people import (
    EXAMPLE_NAME,
    Filled,
    Kept,
    Place,
    mark_of,
)
from reports.words import Names

_CELL = re.compile(r"!([A-Z]+)(\d+)$")
_NO_PROFILE = "no profile of the last audit stands in this row; type it in the row of its profile"
_OVER_EXAMPLE = "it stands in the example; type it in the row of its profile"
_A_COMMENT = "it stands in a comment on an empty box; type it into the box itself"
_TWICE = "another row of this profile says otherwise, and counts; keep one of the two"


@dataclass(frozen=True, slots=True, kw_only=True)
class Boxes:
    """What came of the boxes of a workbook.

    `records` are new or other than the history has them, by `figures` boxes; `emptied` are what is
    left of those that were cleared or corrected, `back` the boxes that were cleared, `refused` the
    cells that are not taken, `twice` the figures that another source tells otherwise. `by_mark`
    says of each word whether it was taken ("") or why not (`Past.boxes`). `has_sheet` tells whether
    there is a sheet Fill in with rows of ours, `is_filled` whether anything was typed on it since
    it was written.
    """

    records: tuple[HandRecord, ...] = ()
    figures: int = 0
    emptied: tuple[HandRecord, ...] = ()
    back: tuple[TakenBack, ...] = ()
    refused: tuple[Refused, ...] = ()
    twice: tuple[ToldTwice, ...] = ()
    by_mark: Mapping[str, str] = field(default_factory=dict)
    has_sheet: bool = False
    is_filled: bool = False

    @property
    def changes(self) -> bool:
        """Tell whether the history has to be told anything."""
        return bool(self.records or self.emptied)


def read_boxes(
    filled: Filled,
    workbook: str,
    results: Sequence[CompanyResult],
    records: Iterable[HandRecord],
    catalogue: Catalogue,
    now: datetime,
) -> Boxes:
    """Return what people told by the boxes of a workbook about the profiles of a run.

    `workbook` is the name of the file, `records` what the history has. A row that was deleted takes
    back nothing; a box that was cleared does. Of what two sources tell otherwise for one profile
    and day that holds which was told later (`told_twice`).
    """
    if not filled.kept.notes and not filled.rows and not filled.remarks:
        return Boxes()
    names, gathered = Names(catalogue), Gathered()
    placed = [
        (each, place_of(each, names.platform(each.channel.platform)))
        for each in every_profile(results, records)
    ]
    places = tuple(place for _, place in placed)
    for profile, place in placed:
        BoxRow(filled, workbook, profile, place, places, now).into(gathered)
    _left_over(filled.kept, places, workbook, gathered)
    gathered.refused += [
        Refused(
            place=note.at,
            text=shown_of(note.value),
            words=_A_COMMENT,
            whose=note.about,
            workbook=note.file or workbook,
        )
        for note in filled.remarks
    ]
    kept_ids = {record.id for record in gathered.records}
    return Boxes(
        records=tuple(gathered.records),
        figures=gathered.figures,
        emptied=tuple(each for key, each in gathered.emptied.items() if key not in kept_ids),
        back=tuple(gathered.back),
        refused=tuple(sorted(gathered.refused, key=_in_order)),
        twice=tuple(gathered.twice),
        by_mark=gathered.by_mark,
        has_sheet=bool(filled.rows),
        is_filled=any(mark_of(note) not in filled.written for note in filled.kept.notes),
    )


def take_boxes(
    data_dir: Path,
    snapshot: Snapshot,
    catalogue: Catalogue,
    workbook: Path,
    listed: str | None = None,
) -> tuple[Boxes, tuple[str, ...]]:
    """Take what people typed on sheet Fill in of a workbook into the history.

    `snapshot` tells which profiles there are. With `listed`, the name of a list, newer workbooks of
    it beside that one are read, too. Give what came of the boxes, and what could not be kept.

    Raises:
        StoreError: the history cannot be read.
        ReportError: the workbook cannot be read.
    """
    filled = formats()["xlsx"].filled(workbook, listed)
    if isinstance(filled, str):
        raise ReportError(f"{workbook} {filled}")
    with open_history(data_dir) as history:
        records = history.by_hand()
    now = datetime.now(UTC)
    boxes = read_boxes(filled, workbook.name, snapshot.results, records, catalogue, now)
    return boxes, keep_boxes(data_dir, boxes)


def keep_boxes(data_dir: Path, boxes: Boxes) -> tuple[str, ...]:
    """Write down in the history what came of boxes; say where that is not possible."""
    if not boxes.changes:
        return ()
    try:
        with open_history(data_dir, write=True) as history:
            history.keep_by_hand((*boxes.records, *boxes.emptied))
    except (SaveError, StoreError) as error:
        return (f"What was filled in is not taken yet; it stays in the workbook: {error}",)
    return ()


def _in_order(refused: Refused) -> tuple[int, int, str]:
    """Return where a cell stands among the others: row by row, from left to right."""
    match = _CELL.search(refused.place)
    return (int(match[2]), len(match[1]), match[1]) if match is not None else (0, 0, "")


def _left_over(
    words_kept: Kept, places: Sequence[Place], workbook: str, gathered: Gathered
) -> None:
    """Refuse what stands in no row of a profile: beside the example, in rows that nobody knows."""
    outdone = words_kept.outdone(places)
    for note in words_kept.left_over(places):
        if note.field not in set(Field):
            continue
        words = _OVER_EXAMPLE if note.about == EXAMPLE_NAME else _NO_PROFILE
        words = _TWICE if note in outdone else words
        text, file = shown_of(note.value), note.file or workbook
        gathered.refused.append(Refused(place=note.at, text=text, words=words, workbook=file))
