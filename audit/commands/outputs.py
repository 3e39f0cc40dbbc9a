"""Which files a command writes: one a format, with the format's ending, over nothing of value."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from audit.model.errors import AuditError
from reports.formats import formats as known_formats
from reports.save import check_output

Targets = Mapping[str, Path]


def targets(file: Path, output: Path | None, formats: str) -> dict[str, Path]:
    """Return the file to write for each format asked for; an ending that is left out is added.

    `-o audit --format xlsx,json` gives audit.xlsx and audit.json.

    Raises:
        AuditError: a format that does not exist, or a name with the ending of something else.
    """
    names = [name.strip().lower() for name in formats.split(",") if name.strip()]
    offered = known_formats()
    if not names or not set(names) <= set(offered):
        raise AuditError(f"--format {formats!r}: choose from {', '.join(offered)}")
    endings = {name: offered[name].suffix for name in names}
    if output is None:
        return {name: file.with_suffix(f".{ending}") for name, ending in endings.items()}
    if what := _no_file(output):
        raise AuditError(f"{output}: is {what}")
    ending = output.suffix.lower().removeprefix(".")
    # Windows drops dots and spaces at the end of a name, and would write another file.
    if output.name.endswith((".", " ")) or (ending and ending not in endings.values()):
        raise AuditError(f"{output}: {_other(ending, list(endings.values()))}")
    return {name: _ended(output, wanted, ending) for name, wanted in endings.items()}


def check_outputs(goals: Targets, inputs: Iterable[Path], data_dir: Path) -> None:
    """Check, before anything is done, that each file can be written and hits no other.

    Raises:
        ReportError: it is one of `inputs`, lies in the data folder, or cannot be written.
    """
    kept = tuple(inputs)
    for path in goals.values():
        check_output(path, inputs=kept, data_dir=data_dir)


def _no_file(output: Path) -> str:
    """Say what is there in place of a file, such as a folder; an empty text for a file or nothing.

    Raises:
        AuditError: it cannot be looked at, and so cannot be written to either.
    """
    try:
        if output.is_dir():
            return "a folder; name a file in it"
        return "a device or a pipe; name a file" if output.exists() and not output.is_file() else ""
    except OSError as error:
        reason = error.strerror or type(error).__name__
        message = f"{output}: cannot be written ({reason}); choose another place"
        raise AuditError(message) from error


def _ended(output: Path, wanted: str, ending: str) -> Path:
    """Return the path with the ending wanted, in place of the ending that it has."""
    if ending == wanted:
        return output
    if ending:
        return output.with_suffix(f".{wanted}")
    return output.with_name(f"{output.name}.{wanted}")


def _other(ending: str, endings: list[str]) -> str:
    """Say which ending would do, or which format the ending belongs to."""
    wanted = " or ".join(f".{known}" for known in endings)
    if not ending:
        return f"nothing may follow the ending; end the name in {wanted}"
    for name, other in known_formats().items():
        if other.suffix == ending:
            return (
                f"a file that ends in .{ending} needs --format {name}; otherwise name it {wanted}"
            )
    return f".{ending} is the ending of another kind of file; end the name in {wanted}"
