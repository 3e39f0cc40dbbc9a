"""Which files a command writes: one a format, with the format's ending, over nothing of value."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from audit.model.errors import AuditError
from reports.save import check_output

FORMATS = ("xlsx", "json")
Targets = Mapping[str, Path]


def targets(file: Path, output: Path | None, formats: str) -> dict[str, Path]:
    """Name the file to write for each format asked for; an ending that is left out is added.

    Raises:
        AuditError: a format that does not exist, or a name with the ending of something else.
    """
    names = [name.strip().lower() for name in formats.split(",") if name.strip()]
    if not names or not set(names) <= set(FORMATS):
        raise AuditError(f"--format {formats!r}: choose from {', '.join(FORMATS)}")
    if output is None:
        return {name: file.with_suffix(f".{name}") for name in names}
    if what := _no_file(output):
        raise AuditError(f"{output}: is {what}")
    ending = output.suffix.lower().removeprefix(".")
    if output.name.endswith((".", " ")) or (ending and ending not in names):
        raise AuditError(f"{output}: {_other(ending, names)}")
    return {name: _ended(output, name, ending) for name in names}


def check_outputs(goals: Targets, inputs: Iterable[Path], data_dir: Path) -> None:
    """Check, before anything is done, that each file can be written and hits no other.

    Raises:
        ReportError: it is one of `inputs`, lies in the data folder, or cannot be written.
    """
    kept = tuple(inputs)
    for path in goals.values():
        check_output(path, inputs=kept, data_dir=data_dir)


def _no_file(output: Path) -> str:
    """What is there in place of a file; what cannot be looked at cannot be written to either."""
    try:
        if output.is_dir():
            return "a folder; name a file in it"
        return "a device or a pipe; name a file" if output.exists() and not output.is_file() else ""
    except OSError as error:
        reason = error.strerror or type(error).__name__
        message = f"{output}: cannot be written ({reason}); choose another place"
        raise AuditError(message) from error


def _ended(output: Path, name: str, ending: str) -> Path:
    if ending == name:
        return output
    return output.with_suffix(f".{name}") if ending else output.with_name(f"{output.name}.{name}")


def _other(ending: str, names: list[str]) -> str:
    """Say which ending would do, or which format the ending belongs to."""
    wanted = " or ".join(f".{name}" for name in names)
    if not ending:
        return f"nothing may follow the ending; end the name in {wanted}"
    if ending in FORMATS:
        return f"a file that ends in .{ending} needs --format {ending}; otherwise name it {wanted}"
    return f".{ending} is the ending of another kind of file; end the name in {wanted}"
