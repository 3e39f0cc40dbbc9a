"""Stand in for results that are not there, each with the reason, so that no company is lost."""

from collections.abc import Mapping
from dataclasses import replace
from errno import EMFILE, ENFILE

from audit.model.company import Company, Competitors
from audit.model.errors import StoreError
from audit.model.result import CompanyResult, RunInfo, Snapshot
from audit.model.value import Reason
from audit.model.visit import Note

_FEWER = "set companies_at_once lower, or raise the limit on open files (ulimit -n), and run again"
_HELP = {EMFILE: _FEWER, ENFILE: _FEWER}
"""What helps where a file failed for another reason than the disk, by the system's number."""


def snapshot_of(
    run: RunInfo, competitors: Competitors, results: Mapping[str, CompanyResult]
) -> Snapshot:
    """Return all companies in order; one whose visit was broken off says so."""
    return Snapshot(
        run=run,
        competitors=competitors,
        results=tuple(
            results.get(company.name) or interrupted(company) for company in competitors.in_order
        ),
    )


def interrupted(company: Company) -> CompanyResult:
    """Stand in for a company that was under way, or not yet begun, when the run was broken off."""
    return _without(
        company,
        what="website",
        reason=Reason.INTERRUPTED,
        detail="the run was broken off before this company was finished",
        help="run the same command with --resume",
    )


def failed(company: Company, error: Exception) -> CompanyResult:
    """Stand in for a company whose visit ended in a fault that nothing else had caught."""
    if isinstance(error, OSError):
        return _without(
            company,
            what="website",
            reason=Reason.STORAGE,
            detail=f"a file could not be read or written ({error.strerror or error})",
            help=_HELP.get(
                error.errno or 0, "look whether the disk of the data folder has room, and run again"
            ),
        )
    return _without(
        company,
        what="website",
        reason=Reason.INTERNAL_ERROR,
        detail=f"{type(error).__name__} while visiting or measuring this company",
        help="please report it; the log in the data folder has the details",
    )


def not_archived(company: Company) -> CompanyResult:
    """Stand in for a company that cannot be analysed again, as nothing of its visit is archived."""
    return _without(
        company,
        what="archive",
        reason=Reason.STORAGE,
        detail="the archived pages of this visit are not in this data folder: they were deleted "
        "(keep_evidence says of how many runs they are kept), could not be written then, or lie on "
        "the machine of a colleague who made the audit",
        help="the figures that were measured then are still written by: audit report FILE",
    )


def not_readable(company: Company, error: OSError) -> CompanyResult:
    """Stand in for a company that cannot be analysed again, as its archive may not be read."""
    return _without(
        company,
        what="archive",
        reason=Reason.STORAGE,
        detail=f"the archive of this visit cannot be read ({error.strerror or error})",
        help="when the store of your team answers, type the command again"
        if isinstance(error, StoreError)
        else "look at the rights of the archive in the data folder",
    )


def not_in_run(company: Company) -> CompanyResult:
    """Stand in for a company that was put on the list after a run, and so was not visited in it."""
    return _without(
        company,
        what="archive",
        reason=Reason.NOT_CHECKED,
        detail="this company was not part of that run, so nothing of it can be analysed again",
        help="visit it with a new run: audit FILE",
    )


def not_kept(lost: int, reason: str, errno: int) -> tuple[Note, ...]:
    """Say that archived copies are missing, where the disk took not all of them.

    `lost` counts them; it is 0 where the archive failed when it was closed, and nobody knows how
    many it cost. `reason` is empty where nothing failed; `errno` is the system's number for it.
    """
    if not reason:
        return ()
    note = Note(
        what="archive",
        reason=Reason.STORAGE,
        detail=f"{lost or 'some'} answers could not be archived ({reason})",
        help="the figures were read all the same, but not all of their pages are kept as proof; "
        + _HELP.get(errno, "make room on the disk of the data folder and run again"),
        incomplete=True,
    )
    return (note,)


def partly_archived(places: int) -> tuple[Note, ...]:
    """Say in how many places an archive could not be read; nothing where it was whole."""
    if not places:
        return ()
    note = Note(
        what="archive",
        reason=Reason.STORAGE,
        detail=f"the archive of this visit is damaged in {places} place{'s' * (places > 1)}, so "
        "pages of it are missing here",
        help="put back a good copy of the archive; the figures that were measured then are still "
        "written by: audit report FILE",
        incomplete=True,
    )
    return (note,)


def referring_to_nothing(pages: int) -> tuple[Note, ...]:
    """Say how many pages had not changed, and are gone with the run that had archived them."""
    if not pages:
        return ()
    note = Note(
        what="archive",
        reason=Reason.STORAGE,
        detail=f"{pages} page{'s' * (pages > 1)} had not changed since an earlier run, and what "
        "was archived then is deleted",
        help="the figures that were measured then are still written by: audit report FILE",
        incomplete=True,
    )
    return (note,)


def broken_off(then: CompanyResult | None) -> tuple[Note, ...]:
    """Give the notes by which a run itself said that the archive of a visit may lack a part.

    `then` is the result of that run; it is None for a company that it did not save.
    """
    if then is None:
        return ()
    reasons = (Reason.INTERRUPTED, Reason.STORAGE)
    return tuple(note for note in then.notes if note.incomplete and note.reason in reasons)


def whole(snapshot: Snapshot) -> Snapshot:
    """Give the snapshot with every company of its list; those that the history lacks say why.

    What the snapshot's notes say of a single company becomes a note of that company.
    """
    known = {result.company.name: result for result in snapshot.results}
    damaged = {note.what: note for note in snapshot.notes}
    results = tuple(
        known.get(each.name) or _lacking(each, damaged, finished=bool(snapshot.run.finished_at))
        for each in snapshot.competitors.in_order
    )
    names = {each.name for each in snapshot.competitors.companies}
    notes = tuple(note for note in snapshot.notes if note.what not in names)
    return replace(snapshot, results=results, notes=notes)


def _lacking(company: Company, damaged: Mapping[str, Note], *, finished: bool) -> CompanyResult:
    """Stand in for a company that the history lacks: damaged, not yet visited, or not saved."""
    if company.name in damaged:
        note = replace(damaged[company.name], what="history", incomplete=True)
        return CompanyResult(company=company, notes=(note,))
    if not finished:
        return interrupted(company)
    return _without(
        company,
        what="history",
        reason=Reason.STORAGE,
        detail="this company was visited, and its result could not be saved in the history",
        help="make room on the disk of the data folder, then go on with --resume: only what is "
        "not saved is visited again",
    )


def _without(
    company: Company, *, what: str, reason: Reason, detail: str, help: str
) -> CompanyResult:
    """Give a result with nothing in it but the reason why."""
    note = Note(what=what, reason=reason, detail=detail, help=help, incomplete=True)
    return CompanyResult(company=company, notes=(note,))
