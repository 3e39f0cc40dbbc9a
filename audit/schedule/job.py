"""What is scheduled for a list: its name on the system, and the command by full paths."""

import sys
import unicodedata
from collections.abc import Sequence
from pathlib import Path

from audit.model.company import Competitors
from audit.model.errors import AuditError
from audit.schedule.targets._base import ScheduledJob
from audit.schedule.targets._kit import name_of
from config.timetable import rule_of

_UNFIT = frozenset({"Cc", "Zl", "Zp", "Cs"})
"""Kinds of signs that end a line, command a terminal, or are no text: no system takes them."""


def job_of(
    file: Path,
    competitors: Competitors,
    *,
    variables: Sequence[str],
    data_dir: Path | None = None,
    variables_file: Path | None = None,
    options: Sequence[str] = (),
) -> ScheduledJob:
    """Return the job of a list; one list has one name, wherever it is asked from.

    `variables` are names of environment variables that its runs may need, `variables_file` the file
    that sets them, and `options` further words for the run.

    Raises:
        AuditError: a path or an option holds a sign that no schedule can.
    """
    full = file.resolve()
    places = (
        *(("--data-dir", str(data_dir.resolve())) if data_dir is not None else ()),
        *(("--env-file", str(variables_file.resolve())) if variables_file is not None else ()),
    )
    command = (*_program(), "run", str(full), "--if-due", "--quiet", *places, *options)
    for word in command:
        if any(unicodedata.category(sign) in _UNFIT for sign in word):
            raise AuditError(f"{word}: holds a sign that no schedule can; rename it")
    return ScheduledJob(
        name=name_of(str(full)),
        file=full,
        command=command,
        options=tuple(options),
        rule=rule_of(competitors.settings.schedule),
        words=competitors.settings.schedule,
        variables=tuple(variables),
        is_notified=bool(competitors.settings.notify.to),
        has_database=bool(competitors.settings.database),
        has_bucket=competitors.settings.evidence.startswith("s3"),
    )


def _program() -> tuple[str, ...]:
    """Return the words that start this program by this interpreter, that of its environment.

    `-P` keeps what lies in the folder it is started in from standing in for a module of ours.
    """
    return (sys.executable, "-P", "-m", "audit.door")
