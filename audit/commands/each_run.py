"""Options that `audit schedule` gives to each run: all that a run would refuse is refused at once.

A slip would show itself at the first date, when nobody looks, and cost a quarter.
"""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from audit.commands.command import Command
from audit.commands.outputs import Targets, check_outputs, targets
from audit.commands.places import inputs, place_of_data
from audit.model.company import Competitors
from audit.model.errors import AuditError
from audit.schedule.targets._base import Target
from config.database import without_password


@dataclass(frozen=True, slots=True, kw_only=True)
class EachRun:
    """The words that a person typed for each run; `output` is None where it goes beside the list.

    `goals` are the files that a run will write, by format.
    """

    words: tuple[str, ...]
    output: Path | None
    goals: Targets


def read_as_by_run(command: Command, file: Path, words: Sequence[str]) -> EachRun:
    """Read the words as `audit run` does; `command` is that one.

    Raises:
        AuditError: `audit run` would refuse them, or they have no place in a schedule.
    """
    typed = without_password(" ".join(words))
    try:
        given: Mapping[str, Any] = command.read([str(file), *words])
    except AuditError as mistake:
        raise AuditError(f"behind --: {mistake}") from mistake
    if given["only"] or given["as_of"]:
        raise AuditError(f"{typed}: a schedule audits the whole list as it is; leave these out")
    if given["if_due"]:
        # On GitHub it would keep a run that is asked for by hand from being made.
        raise AuditError(
            f"{typed}: a schedule looks whether an audit is due by itself; leave it out"
        )
    if given["data_dir"] or given["env_file"]:
        # `--status` and the next date are told from the folder that the schedule knows of.
        raise AuditError(f"{typed}: write --data-dir and --env-file before the --, not behind it")
    if given["database"]:
        raise AuditError(
            f"--database: a schedule keeps no passwords; write settings.database into {file.name}"
        )
    goals = targets(file, given["output"], given["formats"])
    return EachRun(words=tuple(words), output=given["output"], goals=goals)


def check_place(each: EachRun, target: Target, data: Path | None) -> None:
    """Check that a run will find the places of the workbook and of the data, `data`.

    Raises:
        AuditError: a place is counted from this folder, or is none on another machine.
    """
    if target.is_elsewhere and data is not None:
        raise AuditError(
            f"--data-dir {data}: {target.title} has a history of its own; leave --data-dir out"
        )
    if each.output is None:
        return
    if target.is_elsewhere:
        raise AuditError(
            f"-o {each.output}: {target.title} keeps the workbook as an artifact; leave -o out"
        )
    if not each.output.is_absolute():
        raise AuditError(
            f"-o {each.output}: a scheduled run starts in another folder; write "
            f"-o {each.output.absolute()}"
        )


def check_writable(each: EachRun, file: Path, competitors: Competitors, data: Path | None) -> None:
    """Check, as a run does, that its files can be written and hit no other; make nothing.

    Raises:
        AuditError: the data folder is none, and none can be made there.
        ReportError: a file is the list, lies in the data folder, or cannot be written.
    """
    folder = place_of_data(file, data)
    if not _is_usable(folder):
        raise AuditError(f"{folder}: cannot be used as data folder; choose another with --data-dir")
    check_outputs(each.goals, inputs(file, competitors), folder)


def _is_usable(folder: Path) -> bool:
    """Tell whether a run can write into a folder, or make it in one that is there."""
    try:
        place = folder if folder.is_symlink() or folder.exists() else folder.parent
        return place.is_dir() and os.access(place, os.W_OK | os.X_OK)
    except OSError:  # such as a name that is too long
        return False
