"""Options that `audit schedule` gives to each run: all that a run would refuse is refused at once.

A slip would show itself at the first date, when nobody looks, and cost a quarter.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import typer

from audit.commands.outputs import Targets, check_outputs, targets
from audit.commands.places import inputs, place_of_data
from audit.model.company import Competitors
from audit.model.errors import AuditError
from audit.schedule.targets._base import Target


@dataclass(frozen=True, slots=True, kw_only=True)
class EachRun:
    """The words that a person typed for each run; `output` is None where it goes beside the list.

    `goals` are the files that a run will write, by format.
    """

    words: tuple[str, ...]
    output: Path | None
    goals: Targets


def read_as_by_run(command: Any, file: Path, words: Sequence[str]) -> EachRun:
    """Read the words as `audit run` does; `command` is that one, of Typer's own kind.

    Raises:
        AuditError: `audit run` would refuse them, or they have no place in a schedule.
    """
    typed = " ".join(words)
    try:
        with command.make_context("audit run", [str(file), *words]) as context:
            given = context.params
    except typer.TyperException as mistake:
        raise AuditError(f"{typed}: {mistake.format_message()}") from mistake
    if given["only"] or given["as_of"]:
        raise AuditError(f"{typed}: a schedule audits the whole list as it is; leave these out")
    if given["data_dir"] or given["env_file"]:
        # `--status` and the next date are told from the folder that the schedule knows of.
        raise AuditError(f"{typed}: write --data-dir and --env-file before the --, not behind it")
    goals = targets(file, given["output"], given["formats"])
    return EachRun(words=tuple(words), output=given["output"], goals=goals)


def check_place(each: EachRun, target: Target) -> None:
    """Check that a run will find the place to write to, wherever a system starts it.

    Raises:
        AuditError: the place is counted from this folder, or is none on another machine.
    """
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
    """Check, as a run does, that its files can be written and hit no other.

    Raises:
        ReportError: one of them is the list, lies in the data folder, or cannot be written.
    """
    check_outputs(each.goals, inputs(file, competitors), place_of_data(file, data))
