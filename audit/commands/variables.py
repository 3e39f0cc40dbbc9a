"""`--env-file`: keys, proxies and addresses from a file, for a run that nobody's shell starts."""

import os
import re
import stat
from pathlib import Path

from audit.model.errors import AuditError

_MAX_BYTES = 64 * 1024
_LINE = re.compile(r"(?:export[ \t]+)?([A-Za-z_][A-Za-z0-9_]{0,99})[ \t]*=[ \t]*(.*)", re.DOTALL)
_OTHERS = stat.S_IRGRP | stat.S_IROTH


def read_variables(file: Path | None) -> tuple[str, ...]:
    """Set the environment variables that a file names, over those that are set; return remarks.

    A line is `NAME=value`, perhaps in quotes; lines that begin with # are not read. No value is
    ever shown.

    Raises:
        AuditError: the file cannot be read, or a line is none of these; by its number alone.
    """
    os.environ.update(variables_in(file))
    return open_to_others(file)


def open_to_others(file: Path | None) -> tuple[str, ...]:
    """Say of a file of variables, which holds secrets, that others can read it; empty if not.

    It is one that `variables_in` has read.
    """
    if file is not None and os.name == "posix" and file.stat().st_mode & _OTHERS:
        return (f"{file}: others on this machine can read it; close it with: chmod 600 {file}",)
    return ()


def variables_in(file: Path | None) -> dict[str, str]:
    """Return the variables that a file names; none without a file.

    Raises:
        AuditError: as `read_variables`.
    """
    return _parsed(file, _content(file)) if file is not None else {}


def _content(file: Path) -> str:
    """Return the text of a file of variables."""
    try:
        state = file.stat()
        if not stat.S_ISREG(state.st_mode):
            raise AuditError(f"--env-file {file}: is no file")
        if state.st_size > _MAX_BYTES:
            raise AuditError(f"--env-file {file}: is larger than {_MAX_BYTES // 1024} KB")
        return file.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is no text in UTF-8"
        raise AuditError(f"--env-file {file}: cannot be read ({reason})") from error


def _parsed(file: Path, text: str) -> dict[str, str]:
    """Return the variables of a text by name."""
    variables: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), 1):
        plain = line.strip()
        if not plain or plain.startswith("#"):
            continue
        parts = _LINE.fullmatch(plain)
        if parts is None or "\0" in plain:
            raise AuditError(f"--env-file {file}:{number}: write the line as NAME=value")
        variables[parts[1]] = _unquoted(parts[2])
    return variables


def _unquoted(value: str) -> str:
    """Return a value without the quotes around it."""
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1]
    return value
