"""Which runs of a data folder are those of a list: two lists in one folder share one history."""

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from audit.model.company import Competitors
from audit.model.past import website_key
from audit.store.history import History, ListedRun


def runs_of(history: History, data_dir: Path, competitors: Competitors) -> tuple[ListedRun, ...]:
    """Return the runs of a list, the oldest first.

    They are those of a list file of the same name, unless their whole path is known and leads to
    another file that is there. Those of a file that is gone, were all made
    before these and share a company with them, too: the file was renamed. A list that is still
    there beside it is another one, even where both hold our own company. A run whose list is
    damaged in the history is taken for one of each list that holds its companies.

    In a history that several people share paths tell nothing, as they are of other machines: a list
    is known there by the name of its file and a company in common.

    Raises:
        StoreError: the history cannot be read.
    """
    websites = {website_key(company.website) for company in competitors.companies}
    listed = history.lists()
    if history.is_shared:
        return _of_shared_list(listed, competitors.path, websites)
    return _of_list(listed, data_dir, competitors.path, websites)


def runs_like(history: History, data_dir: Path, run_id: str) -> tuple[ListedRun, ...]:
    """Return the runs of the list that a kept run was made of, the oldest first.

    Raises:
        StoreError: the history cannot be read.
    """
    listed = history.lists()
    run = next((each for each in listed if each.id == run_id), None)
    if run is None:
        return listed
    if not run.path.name:
        alike = (each for each in reversed(listed) if each.path.name)
        run = next((each for each in alike if each.websites & run.websites), run)
    if history.is_shared:
        return _of_shared_list(listed, run.path, run.websites)
    return _of_list(listed, data_dir, run.path, run.websites)


def other_lists(history: History, data_dir: Path, competitors: Competitors) -> dict[str, list[str]]:
    """Return the ids of the runs of all other lists by the name of their file, the oldest first.

    One of the same name is named by its whole path.

    Raises:
        StoreError: the history cannot be read.
    """
    own = {run.id for run in runs_of(history, data_dir, competitors)}
    others = dict[str, list[str]]()
    for run in history.lists():
        if run.id not in own and run.path.name:
            twin = run.path.name == competitors.path.name
            others.setdefault(str(run.path) if twin else run.path.name, []).append(run.id)
    return others


def strangers(history: History, data_dir: Path, competitors: Competitors) -> tuple[str, ...]:
    """Return the ids of the runs of a list that have no company in common with it as it is now.

    Either all its companies were exchanged, or another list of its name shares the folder.

    Raises:
        StoreError: the history cannot be read.
    """
    websites = {website_key(company.website) for company in competitors.companies}
    runs = runs_of(history, data_dir, competitors)
    return tuple(run.id for run in runs if run.path.name and not run.websites & websites)


def _of_list(
    listed: Sequence[ListedRun], data_dir: Path, file: Path, websites: Collection[str]
) -> tuple[ListedRun, ...]:
    """Choose from all runs, the oldest first, those of a list file over some websites."""
    copied = _is_beside(data_dir, file)
    own = {
        run.id
        for run in listed
        if run.path.name == file.name
        and not (_is_twin(run.path, file) and not (copied and _has_data(run.path, data_dir)))
    }
    known = set(websites).union(*(run.websites for run in listed if run.id in own))
    folders = (data_dir.parent, file.parent)
    for group in _others(listed, file.name):
        first = next((at for at, run in enumerate(listed) if run.id in own), len(listed))
        last = listed.index(group[-1])
        theirs = frozenset[str]().union(*(run.websites for run in group))
        if last < first and known & theirs and not _is_there(group[-1].path, folders):
            own |= {run.id for run in group}
            known |= theirs
    own |= {run.id for run in listed if not run.path.name and known >= run.websites}
    return tuple(run for run in listed if run.id in own)


def _of_shared_list(
    listed: Sequence[ListedRun], file: Path, websites: Collection[str]
) -> tuple[ListedRun, ...]:
    """Choose the runs of a list whose companies may have come and gone, one after the other."""
    known, own = set(websites), set[str]()
    for run in reversed(listed):
        if run.path.name in (file.name, "") and known & run.websites:
            known |= run.websites
            own.add(run.id)
    return tuple(run for run in listed if run.id in own)


def _others(listed: Sequence[ListedRun], name: str) -> Iterator[list[ListedRun]]:
    """Yield the runs of each other list, that with the newest run first."""
    names = dict.fromkeys(run.path.name for run in reversed(listed))
    for other in (each for each in names if each not in (name, "")):
        yield [run for run in listed if run.path.name == other]


def _is_twin(path: Path, file: Path) -> bool:
    """Tell whether a path is that of another list, which is still there.

    Only whole paths tell: nobody knows in which folder a run was typed.
    """
    try:
        return path.is_absolute() and path.is_file() and file.is_file() and not path.samefile(file)
    except OSError:
        return False


def _is_beside(data_dir: Path, file: Path) -> bool:
    """Tell whether a data folder is the one beside a list, which no other list has by itself."""
    return data_dir.absolute().parent == file.absolute().parent


def _has_data(path: Path, data_dir: Path) -> bool:
    """Tell whether a list has a data folder of its own beside it.

    A list and its data may have been copied together: its runs bear the path of the original then.
    """
    return path.with_name(data_dir.name).is_dir()


def _is_there(path: Path, folders: Collection[Path]) -> bool:
    """Tell whether a list is still there: as it was typed then, or beside the data or the list."""
    return any(place.is_file() for place in (path, *(folder / path.name for folder in folders)))
