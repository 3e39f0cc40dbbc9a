"""Which files a command writes: one a format, with the format's ending, over nothing of value."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from audit.model.errors import AuditError
from reports.formats import formats as known_formats
from reports.formats._base import Format
from reports.save import check_folder, check_output

Targets = Mapping[str, Path]


def targets(file: Path, output: Path | None, formats: str) -> dict[str, Path]:
    """Return the file or folder to write for each format asked for.

    An ending that is left out is added: `-o audit --format xlsx,json,csv` gives audit.xlsx,
    audit.json and the folder audit-csv.

    Raises:
        AuditError: a format that does not exist, or that something is missing for; a name with the
            ending of something else.
    """
    names = dict.fromkeys(name.strip().lower() for name in formats.split(",") if name.strip())
    offered = known_formats()
    if not names or not set(names) <= set(offered):
        raise AuditError(f"--format {formats!r}: choose from {', '.join(offered)}")
    wanted = {name: offered[name] for name in names}
    for each in wanted.values():
        each.ready()
    if output is None:
        return {name: each.place(file.with_suffix("")) for name, each in wanted.items()}
    base, ending = _base(output, wanted)
    return {
        name: output if each.own_files is None and each.suffix == ending else each.place(base)
        for name, each in wanted.items()
    }


def check_outputs(goals: Targets, inputs: Iterable[Path], data_dir: Path) -> None:
    """Check, before anything is done, that each file can be written and hits no other.

    Raises:
        ReportError: it is one of `inputs`, lies in the data folder, or cannot be written.
    """
    kept = tuple(inputs)
    for name, path in goals.items():
        own_files = known_formats()[name].own_files
        if own_files is None:
            check_output(path, inputs=kept, data_dir=data_dir)
        else:
            check_folder(path, own_files, inputs=kept, data_dir=data_dir)


def _base(output: Path, wanted: Mapping[str, Format]) -> tuple[Path, str]:
    """Return a name without its ending, and the ending; "" where it is to be added.

    Of what was typed for a folder (`audit-csv`) the folder's ending goes as well.

    Raises:
        AuditError: it is that of something else, or there is no file but a folder or a device.
    """
    for each in wanted.values():
        name = output.name.removesuffix(each.tail) if each.own_files is not None else ""
        if name and name != output.name:
            return output.with_name(name), ""
    if what := _no_file(output):
        raise AuditError(f"{output}: is {what}")
    ending = output.suffix.lower().removeprefix(".")
    endings = [each.suffix for each in wanted.values()]
    # Windows drops dots and spaces at the end of a name, and would write another file.
    if output.name.endswith((".", " ")) or (ending and ending not in endings):
        raise AuditError(f"{output}: {_other(ending, endings)}")
    return (output.with_suffix("") if ending else output), ending


def _no_file(output: Path) -> str:
    """Say what is there in place of a file, such as a folder; an empty text for a file or nothing.

    Raises:
        AuditError: it cannot be looked at, and so cannot be written to either.
    """
    try:
        if output.is_dir():
            return f"a folder; name a file in it, such as {output / 'audit'}"
        return "a device or a pipe; name a file" if output.exists() and not output.is_file() else ""
    except OSError as error:
        reason = error.strerror or type(error).__name__
        message = f"{output}: cannot be written ({reason}); choose another place"
        raise AuditError(message) from error


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
