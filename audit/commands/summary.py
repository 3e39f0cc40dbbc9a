"""After a run: write the reports, show the table, name what is incomplete, give the status."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from rich.table import Table

from audit import api
from audit.commands.narrower import left_out, left_unseen
from audit.commands.outputs import Targets
from audit.commands.places import place_of_data
from audit.commands.terminal import Terminal
from audit.commands.typed import Typed
from audit.commands.words import (
    counted,
    given_up,
    outcome_in_full,
    outcome_in_short,
    seen_in_all,
    why,
)
from audit.model.errors import SaveError
from audit.model.metric import Unit
from audit.model.past import NO_PAST, Past
from audit.model.result import CompanyResult, Snapshot
from audit.model.site import State
from audit.model.value import Absent, Reason, Unknown
from audit.model.visit import Note
from audit.runs import under_way
from reports.changed import headline, not_compared
from reports.formats import formats
from reports.held import why_held
from reports.words import capital, value_in_words

_FIGURES = (
    "Website features",
    "Profiles",
    "Opened",
    "Website posts a week",
    "Social posts a week",
)
"""The columns of the table behind the company's name."""

Written = tuple[Path, Path | SaveError]
"""Where a report was asked for, and where it is or why it is not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """How much is said at the end of a run; `as_json` leaves standard output to the last word."""

    quiet: bool = False
    as_json: bool = False


ALOUD = Voice()
"""All is said, as by a command that a person has typed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Conclusion:
    """The exit status of a run, and by format where its reports are; `lost` says why one is not."""

    status: int
    reports: dict[str, Path]
    lost: tuple[str, ...] = ()


def conclude(
    snapshot: Snapshot,
    goals: Targets,
    typed: Typed,
    *,
    past: Past = NO_PAST,
    voice: Voice = ALOUD,
    written: Callable[[], None] = lambda: None,
) -> Conclusion:
    """Write the reports and say where they are; status 0 if all is complete and saved, else 1.

    It is 1, too, in the run that finds the page of a section gone that had posts.
    `goals` tell by format where each report is asked for, `past` what was before. `written` is
    called once all are in their place, before anything is said.
    """
    why_spared = _why_spared(snapshot, goals, past, typed)
    places = _places(goals, why_spared)
    # Before anything is said: a terminal that is closed or full must cost no file.
    written_to = api.report_each(snapshot, places, past)
    reports = [(places[name], written_to[name]) for name in places]
    if not any(isinstance(path, SaveError) for _, path in reports):
        written()
    console, errors = Terminal(errors=voice.as_json), Terminal(errors=True)
    if not voice.quiet:
        console.show(_table(snapshot))
        console.say(seen_in_all(snapshot.results))
        if past.changes is not None:
            again = typed.command(name="changes")
            console.say(f"{headline(past.changes)} See sheet Changes, or: {again}")
    _tell(snapshot, errors)
    errors.say(*_spared(goals, places, why_spared))
    # The command to write it elsewhere names the run, as `audit report` takes the last one else.
    # Left out where it is what `audit report` writes anyway.
    which = ("--format", ",".join(goals)) if tuple(goals) != ("xlsx",) else ()
    options = ("--run", snapshot.run.id, *which, "-o", "PLACE")
    elsewhere = typed.command(*options, name="report")
    for name, each in zip(goals, reports, strict=True):
        _say_where(name, each, elsewhere, console, errors)
        errors.say(*_remarks(name, each[1], voice))
    if snapshot.run.finished_at is None:
        errors.say(*_unfinished(snapshot, typed))
    damage = not_compared(past.changes) if past.changes is not None else ()
    errors.say(*damage)
    settled = all(result.complete and not result.given_up for result in snapshot.results)
    complete = settled and not snapshot.notes and not damage
    saved = {
        name: path
        for name, (_, path) in zip(goals, reports, strict=True)
        if not isinstance(path, SaveError)
    }
    in_place = all(wanted == path for wanted, path in reports)
    lost = tuple(str(path) for _, path in reports if isinstance(path, SaveError))
    return Conclusion(status=0 if complete and in_place else 1, reports=saved, lost=lost)


def _unfinished(snapshot: Snapshot, typed: Typed) -> tuple[str, ...]:
    """Return how far a run came that is not finished, and what to do."""
    if owner := under_way(place_of_data(typed.file, typed.data_dir), snapshot.competitors):
        return (f"This run is still going on ({owner}); look again when it is done.",)
    saved = sum(map(_is_saved, snapshot.results))
    companies = counted(len(snapshot.results), "company is", "companies are")
    return f"Interrupted: {saved} of {companies} saved.", f"Go on with: {typed.go_on}"


def _why_spared(snapshot: Snapshot, goals: Targets, past: Past, typed: Typed) -> Mapping[str, str]:
    """Return why the file of a format is not replaced by this run, should it be there; by format.

    It may hold companies that this run lacks, or more of them, from an earlier run or from this
    one. A run over some companies alone spares what the list's own reports are called: whoever
    names another file means it.
    """
    if snapshot.run.finished_at is None or _is_lost(snapshot):
        return dict.fromkeys(goals, "this run lacks companies")
    if unseen := left_unseen(snapshot, past, typed):
        return dict.fromkeys(goals, unseen)
    missing = left_out(snapshot, past, typed)
    own = typed.file.with_suffix("")
    theirs = (name for name, path in goals.items() if path == formats()[name].place(own))
    return dict.fromkeys(theirs, missing) if missing else {}


def _places(goals: Targets, why_spared: Mapping[str, str]) -> Targets:
    """Return where each report goes: beside a file that is there and is to be spared.

    `x-partial.xlsx` is written and `x.xlsx` left.
    """
    return {
        name: path.with_stem(f"{path.stem}-partial")
        if name in why_spared and path.exists()
        else path
        for name, path in goals.items()
    }


def _spared(goals: Targets, places: Targets, why: Mapping[str, str]) -> Iterator[str]:
    """Say of each file that is not replaced why it is not."""
    for name, path in goals.items():
        if places[name] != path:
            yield f"{path} is left as it is: {why[name]}."


def _is_lost(snapshot: Snapshot) -> bool:
    """Tell whether the history lacks a company that was visited."""
    return any(
        note.what == "history" and note.incomplete
        for result in snapshot.results
        if not result.measures
        for note in result.notes
    )


def _is_saved(result: CompanyResult) -> bool:
    """Tell whether `--resume` need not visit a company again: it was measured and saved."""
    lost = any(
        note.incomplete and (note.what == "history" or note.reason is Reason.INTERRUPTED)
        for note in result.notes
    )
    return bool(result.measures) and not lost


def _tell(snapshot: Snapshot, errors: Terminal) -> None:
    """Name what is incomplete; of a disk that failed say once what happened and what to do.

    Notes with the same advice are one fault, told with the number of companies that it hit.
    """
    for result in snapshot.results:
        if not result.complete:
            errors.say(f"{result.company.name}: {outcome_in_full(result)}")
        errors.say(*given_up(result))
    notes = [note for result in snapshot.results for note in result.notes] + [*snapshot.notes]
    by_advice: dict[str, list[Note]] = {}
    for note in notes:
        if note.reason is Reason.STORAGE:
            by_advice.setdefault(note.help, []).append(note)
    for advice, (note, *others) in by_advice.items():
        more = f" (and so for {len(others)} more)" if others else ""
        errors.say(f"{capital(why(note))}: {note.detail}{more}. To do: {advice}")


def _say_where(
    name: str, report: Written, elsewhere: str, console: Terminal, errors: Terminal
) -> None:
    """Say where a report is; of one that was not saved why, and how to write it `elsewhere`."""
    wanted, path = report
    if isinstance(path, SaveError):
        errors.say(f"{path}", f"Write what the history keeps to another place: {elsewhere}")
        return
    if wanted != path:
        errors.say(f"{wanted} {_not_replaced(name, wanted)}; saved as {path} instead")
    console.say(f"{path}")


def _remarks(name: str, path: Path | SaveError, voice: Voice) -> tuple[str, ...]:
    """Return what else must be known of a report that was saved, unless only faults are told."""
    return () if voice.quiet or isinstance(path, SaveError) else formats()[name].remarks(path)


def _not_replaced(name: str, wanted: Path) -> str:
    """Return why a file was left as it is: it must not be replaced, or it cannot be."""
    objection = why_held(wanted) or formats()[name].objection(wanted)
    return (
        f"is left as it is: it {objection}" if objection else "could not be replaced (is it open?)"
    )


def _table(snapshot: Snapshot) -> Table:
    """Draw a row for each company: what was found, what could be read, how its visit ended."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("Company")
    for title in _FIGURES:
        table.add_column(title, justify="right")
    table.add_column("How much we could see")
    for result in snapshot.results:
        table.add_row(
            result.company.name,
            _figure(result, "presence.features", Unit.COUNT),
            _figure(result, "presence.channels", Unit.COUNT),
            _read(result),
            _figure(result, "site.posts_per_week", Unit.RATE),
            _figure(result, "channels.posts_per_week", Unit.RATE),
            outcome_in_short(result),
            style="bold" if result.company.own else None,
        )
    return table


def _read(result: CompanyResult) -> str:
    """Count the own profiles that could be read; without any it matters whether one looked."""
    own = [channel for channel in result.channels if channel.is_own]
    return f"{sum(channel.state is State.KNOWN for channel in own)}" if own else _nothing(result)


def _figure(result: CompanyResult, metric: str, unit: Unit) -> str:
    """Return the value of a company's metric as the workbook shows it."""
    values = (measure.value for measure in result.measures if measure.metric == metric)
    value = next(values, None)
    # Why a figure is not known stands in the last column, once for the company.
    if isinstance(value, Unknown):
        return "?"
    if value is None:
        return _nothing(result)
    return "–" if isinstance(value, Absent) else value_in_words(value, unit)


def _nothing(result: CompanyResult) -> str:
    """Return what stands for a figure that is not there: – if all was looked at, ? if not."""
    return "–" if result.complete else "?"
