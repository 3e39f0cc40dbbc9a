"""Whether somebody holds a file that a report would take the place of: it is open, or protected.

Windows itself refuses to replace what is open. Elsewhere only a small file beside it tells, which
office programs make when they open one and take away when they close it.
"""

from collections.abc import Callable
from pathlib import Path

_LOCKS = ((".~lock.{}#", "LibreOffice"), ("~${}", "Microsoft Office"))
"""What the file beside an open one is called, and whose it is."""

_WRITABLE = 0o222
"""The rights to write of owner, group and all others; on Windows the read-only attribute."""

_AGAIN = "then: audit report"


def why_held(path: Path) -> str:
    """Return why a file or folder is not replaced, as the end of a sentence; "" if it may be.

    The end also says what helps. A folder is held where a file in it is.
    """
    try:
        return _of_folder(path) if path.is_dir() else _of_file(path)
    except OSError:  # what may not be looked at cannot be replaced either, and that is told then
        return ""


def free(path: Path) -> Callable[[], bool]:
    """Return what tells whether a file may be replaced, when it is called."""
    return lambda: not why_held(path)


def _of_file(path: Path) -> str:
    """Return why a file is not replaced; a link stands for what it leads to."""
    if not path.exists():
        return ""
    for form, program in _LOCKS:
        for place in dict.fromkeys((path, path.resolve())):
            lock = form.format(place.name)
            if place.with_name(lock).exists():
                return (
                    f"is open in {program} (close it there, {_AGAIN}; if nobody has it open, a "
                    f"crash has left {lock}: delete that file)"
                )
    # Asked of the file and not of the system, which lets an administrator write to any.
    if not path.stat().st_mode & _WRITABLE:
        return f"is protected against writing (take the protection off, {_AGAIN})"
    return ""


def _of_folder(folder: Path) -> str:
    """Return why the files in a folder are not replaced, by the first that is held."""
    # The lock of a file comes with a file, so that those of both kinds are looked at.
    held = ((each, _of_file(each)) for each in sorted(folder.iterdir()) if each.is_file())
    return next((f"holds {each.name}, which {why}" for each, why in held if why), "")
