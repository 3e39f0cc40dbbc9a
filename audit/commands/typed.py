"""What was typed, taken as it was meant: a file in place of a command, help, a slip, a day."""

import re
from collections.abc import Collection, Sequence
from datetime import date
from difflib import get_close_matches
from pathlib import Path

from audit.model.errors import AuditError

_OWN = frozenset({"-h", "--help", "--version"})
_GERMAN = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")


def with_command(arguments: Sequence[str], commands: Collection[str]) -> list[str]:
    """Put `run` before arguments that begin with no command, such as a file name.

    Raises:
        AuditError: the first word is neither a file nor a command, and close to one.
    """
    words = ["--help" if word == "-help" else word for word in arguments]
    if not words or words[0] in _OWN or words[0] in commands:
        return words
    if words[0] == "help" and not _is_there("help"):
        return [*words[1:2], "--help"]
    meant = get_close_matches(words[0][:40], sorted(commands), n=1, cutoff=0.6)
    if meant and "." not in words[0] and not _is_there(words[0]):
        raise AuditError(
            f"{words[0]}: there is no such command or file; did you mean `audit {meant[0]}`?"
        )
    return ["run", *words]


def _is_there(name: str) -> bool:
    try:
        return Path(name).exists()
    except (OSError, ValueError):
        return False


def day_of(text: str | None) -> date | None:
    """The day of `--as-of`, or None where none was typed.

    Raises:
        AuditError: it is no day, or is written in another way.
    """
    if text is None:
        return None
    try:
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            return date.fromisoformat(text)
        dotted = _GERMAN.fullmatch(text)
        example = date(*(int(part) for part in reversed(dotted.groups()))) if dotted else ""
    except ValueError as error:
        raise AuditError(f"--as-of {text}: there is no such day") from error
    raise AuditError(f"--as-of {text}: write the day as {example or '2026-11-28'} (year-month-day)")
