"""What targets share: days of second tries, files put in place, programs of the system asked."""

import os
import re
import shutil
import subprocess
import sys
import unicodedata
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from hashlib import sha256
from pathlib import Path, PurePath

from audit.model.errors import AuditError, SaveError
from audit.model.schedule import OnDays, ScheduleRule
from audit.schedule.targets._base import JobUnit, Machine, SystemAnswer
from reports.save import always, save

_TRIES_DAYS = 7
_TRIES_WEEKDAYS = 3
_SHORTEST_MONTH, _LONGEST_MONTH = 28, 31
_LONGEST_WAIT = 60.0
"""Seconds for a program of the system; they answer at once, or wait for what never comes."""


def looks(rule: ScheduleRule) -> OnDays:
    """Return the days on which to look whether an audit is due: the rule's, and second tries.

    A machine may be off on the day, without network, or be shut down in the middle; so it looks
    again on at least six days behind a day of a month, and on the two behind a weekday. Of `every 6
    weeks`, which few systems know, it looks every day. `--if-due` makes a look do nothing where the
    audit was made.
    """
    if not isinstance(rule, OnDays):
        return OnDays(hour=rule.hour, minute=rule.minute)
    days = {day + more for day in rule.days for more in range(_TRIES_DAYS)}
    months = rule.months
    # The days behind the 28th are those of the next month, as soon as in February; a month more
    # costs some looks that find nothing due.
    if over := {day - _SHORTEST_MONTH for day in days if day > _SHORTEST_MONTH}:
        days = {day for day in days if day <= _LONGEST_MONTH} | over
        months = tuple(sorted({*months, *(month % 12 + 1 for month in months)}))
    weekdays = {(day + more) % 7 for day in rule.weekdays for more in range(_TRIES_WEEKDAYS)}
    return replace(
        rule,
        days=tuple(sorted(days)) if len(days) < _LONGEST_MONTH else (),
        months=months if len(months) < 12 else (),
        weekdays=tuple(sorted(weekdays)) if len(weekdays) < 7 else (),
    )


def name_of(path: str) -> str:
    """Return the name of the job of a list: of plain letters, with a digest of the path.

    `/home/jo/competitors.yaml` is `social-audit-competitors-1a2b3c4d`.
    """
    stem = unicodedata.normalize("NFKD", PurePath(path).stem).encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9]+", "-", stem.lower())[:24].strip("-")
    digest = sha256(path.encode("utf-8", "surrogateescape")).hexdigest()[:8]
    return "-".join(part for part in ("social-audit", words, digest) if part)


def spans(numbers: Sequence[int], between: str) -> str:
    """Return ascending numbers with runs of three and more drawn together: `1,4-7`."""
    groups: list[list[int]] = []
    for number in numbers:
        if groups and number == groups[-1][-1] + 1:
            groups[-1].append(number)
        else:
            groups.append([number])
    parts = (
        [f"{group[0]:d}{between}{group[-1]:d}"] if len(group) > 2 else map(str, group)
        for group in groups
    )
    return ",".join(part for group in parts for part in group)


def cron_fields(days: OnDays) -> str:
    """Return days as the five fields of crontab(5), Sunday as 0: `0 6 1-7 1,4,7,10 *`."""
    dates, months = (spans(field, "-") or "*" for field in (days.days, days.months))
    weekdays = spans(sorted((day + 1) % 7 for day in days.weekdays), "-") or "*"
    return f"{days.minute} {days.hour} {dates} {months} {weekdays}"


def write_units(units: Sequence[JobUnit]) -> None:
    """Put files in their places, making the folders; an older one of the same text is the same.

    Raises:
        AuditError: a place cannot be written to.
    """
    for unit in units:
        path, content = Path(unit.place), unit.text.encode(unit.encoding)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            if path.is_file() and path.read_bytes() == content:
                continue
            save(path, partial(_write, content), may_replace=always)
        except (OSError, SaveError) as error:
            reason = getattr(error, "strerror", None) or error
            raise AuditError(
                f"{path}: cannot be written ({reason}); ask for the right to write there, or leave "
                "out --install and give what is shown to whoever has it"
            ) from error


def _write(content: bytes, place: Path) -> None:
    """Write bytes to a place that `save` chose."""
    place.write_bytes(content)


def remove_units(units: Sequence[JobUnit]) -> bool:
    """Delete files; tell whether one of them was there.

    Raises:
        AuditError: one cannot be deleted.
    """
    there = False
    for unit in units:
        try:
            Path(unit.place).unlink()
            there = True
        except (FileNotFoundError, NotADirectoryError):
            continue
        except OSError as error:
            raise AuditError(
                f"{unit.place}: cannot be deleted ({error.strerror or error}); delete it by hand"
            ) from error
    return there


def are_there(units: Sequence[JobUnit]) -> bool:
    """Tell whether every file is in its place."""
    with suppress(OSError):
        return all(Path(unit.place).is_file() for unit in units)
    return False


def need(machine: Machine, command: Sequence[str], given: bytes = b"") -> SystemAnswer:
    """Ask a program of the system that must agree.

    Raises:
        AuditError: it refuses; with its own words.
    """
    answer = machine.ask(command, given)
    if answer.status != 0:
        words = " ".join(answer.complaint.split())[:300] or f"status {answer.status}"
        raise AuditError(f"{' '.join(command)}: the system refused ({words})")
    return answer


def this_machine() -> Machine:
    """Return the machine that this runs on."""
    return Machine(
        kind=sys.platform,
        environment=os.environ,
        home=Path.home(),
        ask=_ask,
        has=lambda program: shutil.which(program) is not None,
    )


def _ask(command: Sequence[str], given: bytes) -> SystemAnswer:
    """Run a program of the system and return its answer; status 127 where there is none."""
    program = shutil.which(command[0])
    if program is None:
        return SystemAnswer(status=127, output=b"", complaint=f"there is no program {command[0]}")
    try:
        done = subprocess.run(  # noqa: S603 - a program of the system, and no shell reads the words
            [program, *command[1:]],
            input=given,
            capture_output=True,
            timeout=_LONGEST_WAIT,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return SystemAnswer(status=126, output=b"", complaint=str(error))
    return SystemAnswer(
        status=done.returncode,
        output=done.stdout,
        complaint=done.stderr.decode("utf-8", "replace"),
    )
