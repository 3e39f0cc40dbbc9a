"""What was typed, taken as it was meant: a file in place of a command, help, a slip, a day."""

import re
import shlex
from collections.abc import Collection, Sequence
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import NamedTuple

from audit.commands.known import OWN
from audit.model.errors import AuditError
from config.database import without_password

_DOTTED = r"(\d{1,2})\.(\d{1,2})\.(\d{4})"


class Typed(NamedTuple):
    """The list and the data folder as they were typed, for advice on what to type next.

    `resume` is the command that goes on with the run, where that took more options than these.
    """

    file: Path
    data_dir: Path | None = None
    resume: str = ""

    def command(self, *options: str, name: str = "") -> str:
        """Return a command for the same list and the same data folder, quoted for a shell.

        `command("--resume")` gives `audit c.yaml --resume`; `name` puts a subcommand before that.
        """
        # A name that begins with a dash would be taken for an option.
        file = f"./{self.file}" if str(self.file).startswith("-") else str(self.file)
        words = ["audit", *([name] if name else []), file, *options]
        kept = ["--data-dir", str(self.data_dir)] if self.data_dir is not None else []
        # Imported here, as `audit --help` needs none of it.
        from audit.evidence.opening import typed_evidence
        from audit.store.opening import kept_everywhere

        database = kept_everywhere()
        if database is not None:
            kept += ["--database", database.shown]
        evidence = typed_evidence()
        if evidence is not None:
            kept += ["--evidence", evidence.shown]
        return shlex.join([*words, *kept])

    @property
    def go_on(self) -> str:
        """Return the command that goes on with a broken run."""
        return self.resume or self.command("--resume")


def with_command(arguments: Sequence[str], commands: Collection[str]) -> list[str]:
    """Put `run` before arguments that begin with no command, such as a file name.

    Raises:
        AuditError: the first word is neither a file nor a command, and close to one, or to an
            option of the program.
    """
    words = ["--help" if word == "-help" else word for word in arguments]
    if words[:1] == ["help"] and not _is_there("help"):
        return _help_on(words[1:2], commands)
    if not words or words[0] in OWN or words[0] in commands:
        return words
    if not _is_there(words[0]) and (meant := _meant(words[0], commands)):
        kind = "option" if words[0].startswith("-") else "command"
        raise AuditError(f'no such {kind} "{words[0]}"; did you mean {meant}?')
    return ["run", *words]


def _help_on(words: Sequence[str], commands: Collection[str]) -> list[str]:
    """Return what shows the help of a command, or of all without one.

    Raises:
        AuditError: there is no command of that name.
    """
    if words and words[0] not in commands:
        meant = _meant(words[0], commands)
        hint = f"did you mean {meant}?" if meant in commands else "see them all: audit --help"
        raise AuditError(f'no such command "{words[0]}"; {hint}')
    return [*words, "--help"]


def _meant(word: str, commands: Collection[str]) -> str:
    """Return the command, the list or the option of the program that a slip stands for, or ""."""
    options = [each for each in OWN if each.startswith("--")]
    if word.startswith("-"):
        return next(iter(get_close_matches(word[:40], options, n=1, cutoff=0.8)), "")
    if "." in word:
        return ""
    if f"--{word.lower()}" in options:
        return f"--{word.lower()}"
    lists = [each for ending in (".yaml", ".yml") if _is_there(each := f"{word}{ending}")]
    # Cut, as comparing takes the square of the length, and a slip is short.
    close = get_close_matches(word[:40].lower(), sorted(commands), n=1, cutoff=0.6)
    return next(iter([*lists, *close]), "")


def with_resume(arguments: Sequence[str]) -> str:
    """Return the command as it was typed, with all its options; only so does it find its run.

    The password of a database is left out, as it would be read on the screen.
    """
    words = [without_password(word) for word in arguments if word != "--resume"]
    # Behind `--` all is a name: an option goes before it.
    at = words.index("--") if "--" in words else len(words)
    return shlex.join(["audit", *words[:at], "--resume", *words[at:]])


def _is_there(name: str) -> bool:
    """Tell whether there is a file of that name; False for what cannot be a name."""
    try:
        return Path(name).exists()
    except (OSError, ValueError):
        return False


def day_of(text: str | None) -> date | None:
    """Return the day of `--as-of`, or None where none was typed.

    Raises:
        AuditError: it is no day, or is written in another way.
    """
    if text is None:
        return None
    try:
        # `fromisoformat` alone takes 20261128 and 2026-W48-6 too, since Python 3.11.
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            return date.fromisoformat(text)
        example = dotted_day(text) or ""
    except ValueError as error:
        raise AuditError(f"--as-of {text}: there is no such day") from error
    raise AuditError(f"--as-of {text}: write the day as {example or '2026-11-28'} (year-month-day)")


def dotted_day(text: str) -> date | None:
    """Return the day of `28.11.2026`, as it is written in much of Europe; None for other text.

    Raises:
        ValueError: there is no such day.
    """
    dotted = re.fullmatch(_DOTTED, text)
    return date(*(int(part) for part in reversed(dotted.groups()))) if dotted else None
