"""Stand in for results that are not there, each with the reason, so that no company is lost."""

from collections.abc import Mapping
from dataclasses import replace

from audit.model.company import Company, Competitors
from audit.model.result import CompanyResult, RunInfo, Snapshot
from audit.model.value import Reason
from audit.model.visit import Note


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
    """A company that was under way, or not yet begun, when the run was broken off."""
    return _without(
        company,
        what="website",
        reason=Reason.INTERRUPTED,
        detail="the run was broken off before this company was finished",
        help="run the same command with --resume",
    )


def failed(company: Company, error: Exception) -> CompanyResult:
    """A company whose visit ended in a fault that nothing else had caught."""
    if isinstance(error, OSError):
        return _without(
            company,
            what="website",
            reason=Reason.STORAGE,
            detail=f"a file could not be read or written ({error.strerror or error})",
            help="look whether the disk of the data folder has room, and run again",
        )
    return _without(
        company,
        what="website",
        reason=Reason.INTERNAL_ERROR,
        detail=f"{type(error).__name__} while visiting or measuring this company",
        help="please report it; the log in the data folder has the details",
    )


def not_archived(company: Company) -> CompanyResult:
    """A company that cannot be analysed again, because nothing of its visit is archived."""
    return _without(
        company,
        what="archive",
        reason=Reason.STORAGE,
        detail="the archived pages of this visit were deleted, or could not be written then",
        help="the figures that were measured then are still written by: audit report FILE",
    )


def not_readable(company: Company, error: OSError) -> CompanyResult:
    """A company that cannot be analysed again, because its archive may not be read."""
    return _without(
        company,
        what="archive",
        reason=Reason.STORAGE,
        detail=f"the archive of this visit cannot be read ({error.strerror or error})",
        help="look at the rights of the archive in the data folder",
    )


def not_in_run(company: Company) -> CompanyResult:
    """A company that was put on the list after a run, and so was not visited in it."""
    return _without(
        company,
        what="archive",
        reason=Reason.NOT_CHECKED,
        detail="this company was not part of that run, so nothing of it can be analysed again",
        help="visit it with a new run: audit FILE",
    )


def not_kept(lost: int, why: str) -> tuple[Note, ...]:
    """Say that archived copies are missing, where the disk took not all of them."""
    if not why:
        return ()
    note = Note(
        what="archive",
        reason=Reason.STORAGE,
        detail=f"{lost or 'some'} answers could not be archived ({why})",
        help="the figures were read all the same, but not all of their pages are kept as proof; "
        "make room on the disk of the data folder and run again",
        incomplete=True,
    )
    return (note,)


def partly_archived(places: int) -> tuple[Note, ...]:
    """Say that an archive could be read only in part, where that is so."""
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


def broken_off(then: CompanyResult | None) -> tuple[Note, ...]:
    """Why the archive of a visit may lack a part of it, as the run itself said."""
    if then is None:
        return ()
    reasons = (Reason.INTERRUPTED, Reason.STORAGE)
    return tuple(note for note in then.notes if note.incomplete and note.reason in reasons)


def whole(snapshot: Snapshot) -> Snapshot:
    """A snapshot with every company of its list; those that the history lacks say why."""
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
    note = Note(what=what, reason=reason, detail=detail, help=help, incomplete=True)
    return CompanyResult(company=company, notes=(note,))
