"""What a history tells of a list beside its runs: some may be of another list of the same name."""

from pathlib import Path

from audit import runs
from audit.commands.words import counted
from audit.model.company import Competitors
from audit.model.errors import StoreError

_NAMED = 3
"""Runs that are named; the others are counted."""


def unlike_runs(folder: Path, competitors: Competitors) -> tuple[str, ...]:
    """Say which runs have no company in common with the list that bears their name.

    Nothing is said where there are none, or where the history cannot be read.
    """
    if not competitors.companies:
        return ()
    try:
        unlike = runs.strangers(folder, competitors)
    except StoreError:  # told by whoever needs the history, and to a run it may be no hindrance
        return ()
    if not unlike:
        return ()
    more = f" and {len(unlike) - _NAMED} more" if len(unlike) > _NAMED else ""
    return (
        f"{counted(len(unlike), 'run', 'runs')} of {competitors.path.name} in {folder} "
        f"({', '.join(unlike[-_NAMED:])}{more}) had none of its companies. If they are of another "
        "list of that name, keep each list in a folder of its own with --data-dir.",
    )
