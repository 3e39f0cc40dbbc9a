"""What a run asks of its history, whatever keeps it, and the rule which runs count as 'before'."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import takewhile
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from audit.model.by_hand import HandRecord
from audit.model.channel import Channel
from audit.model.company import Company, Competitors
from audit.model.errors import SaveError
from audit.model.result import CompanyResult, RunInfo, Snapshot
from audit.model.value import Reason
from audit.model.visit import Note
from audit.store.aside import Keep, in_memory
from audit.store.patience import Patience

RECENT = 4
"""So many results of a company are looked at for its channels: one bad quarter hides none."""


class UnfitError(SaveError):
    """A result holds what cannot be written down; no room on the disk would help."""


class DatabaseSaveError(SaveError):
    """A team's database could not be written to; no room on a disk of ours would help."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunSummary:
    """A run as `audit history` lists it; `damaged` names what of it cannot be read.

    `companies` counts those on the run's list, `complete` those saved without anything missing.
    A time that cannot be read is None, as is one that has not come yet.
    """

    id: str
    as_of: datetime | None
    started_at: datetime | None
    finished_at: datetime | None
    reported_at: datetime | None
    companies: int
    complete: int
    rules_version: str
    damaged: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedRun:
    """Which list a run was made of; `audit/lists.py` says which runs belong together.

    `path` is that of the list as it was typed then, `websites` the keys of its companies
    (`website_key`). Of a list that is damaged nobody knows the path: it has no name then, and the
    websites are those of the results that were saved.
    """

    id: str
    path: Path
    websites: frozenset[str]
    is_finished: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """What the runs before knew of a company; `notes` say what of it could not be read."""

    result: CompanyResult | None = None
    notes: tuple[Note, ...] = ()


class History(Protocol):
    """An open history of runs, to be used with `with`.

    Nothing that was saved is changed by a later run. Runs are in the order in which they began,
    whatever the clock said then. What is damaged costs only itself: it is named, and all else is
    given as it was saved.
    """

    def __enter__(self) -> Self:
        """Give the history."""

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        """Close the history; another run may use it from now on."""

    @property
    def is_shared(self) -> bool:
        """Tell whether lists have runs here that lie on other machines (`audit/lists.py`)."""

    def beginning(self) -> AbstractContextManager[None]:
        """Keep others from beginning a run, or from going on with one, while the block lasts.

        Raises:
            StoreError: the history cannot be written to.
        """

    def at_work(self) -> Mapping[str, str]:
        """Give the runs that others have under way now, each with who that is, in words."""

    def go_on(self, run_id: str) -> None:
        """Take a broken run, so that nobody else goes on with it meanwhile.

        Raises:
            StoreError: somebody is at work on it, or the history cannot be written to.
        """

    def wait_with(self, patience: Patience) -> None:
        """Wait with this patience from now on for a history that does not answer for a while."""

    def begin(self, run: RunInfo, competitors: Competitors) -> RunInfo:
        """Write down that a run over these companies has begun, and put it behind all others.

        Give the run as it is known from now on: with its own id if that is free, else with the
        next one that is (`r1-2`).

        Raises:
            StoreError: the history cannot be written to.
        """

    def save(self, run_id: str, result: CompanyResult) -> None:
        """Save what a run knows of one company, whole or not at all.

        A second result of the same company in the same run takes the place of the first.

        Raises:
            UnfitError: the result holds what cannot be written down.
            SaveError: it could not be saved; the history is as it was.
        """

    def finish(self, run_id: str, finished_at: datetime) -> None:
        """Write down that a run is over, and that its reports are still to be written.

        Raises:
            SaveError: it could not be written.
        """

    def reported(self, run_id: str, reported_at: datetime) -> None:
        """Write down that the reports of a run are in their place.

        Raises:
            SaveError: it could not be written.
        """

    def ids(self) -> tuple[str, ...]:
        """Give the ids of all runs, the oldest first."""

    def companies(self) -> tuple[tuple[str, str], ...]:
        """Give each saved company as (run, name), the oldest run first.

        A run for which nothing was saved yet stands there once, with "" for the name.
        """

    def runs(self) -> tuple[RunSummary, ...]:
        """Give a summary of every run, the oldest first; a damaged one says what is damaged."""

    def load(self, run_id: str, keep: Keep = in_memory) -> Snapshot:
        """Load a run with the companies that can be read, our own company first.

        `keep` is given each result as it is read: of very many it puts aside what is large. The
        notes of the snapshot name what is damaged: a company, or "list of companies".

        Raises:
            StoreError: there is no such run, or its times cannot be read.
        """

    def lists(self) -> tuple[ListedRun, ...]:
        """Give of every run which list it was made of, the oldest run first."""

    def broken(self, competitors: Competitors, among: Collection[str] | None = None) -> str | None:
        """Give the id of the newest run over the same companies if something of it is missing.

        With `among` only runs of these ids count.

        That is its end, the result of a company, or its reports. None where nothing is missing,
        and where no run was made over these companies. They are the same with the same names and
        websites in the same order.
        """

    def before(self, run_id: str, company: Company) -> CompanyResult | None:
        """Give what the runs before a run knew of a company; None if none knew anything."""

    def earlier(self, run_id: str, company: Company) -> Earlier:
        """Give what the runs before a run knew of a company, and what of it is damaged.

        `runs_before` says which runs these are, `joined` what is taken from them. A company is the
        same if its website is, whatever its name. Where nothing can be read a note says so.
        """

    def visits(self, website: str) -> tuple[tuple[str, str], ...]:
        """Give (run, name) of each saved result of the company with a website, the oldest first."""

    def records(self, run_id: str, name: str) -> frozenset[str]:
        """Give the places in the archive that a company's result in a run rests on.

        Of one that is damaged those that can still be read; none where there is no such result.
        """

    def keep_again(
        self, run_id: str, rules: str, results: Mapping[str, CompanyResult | None]
    ) -> None:
        """Keep what later rules made of the evidence of a run, beside what the run itself saved.

        `rules` are those of `RunInfo.rules`; `results` go by company, with None for one whose
        evidence did not bear it. They take the place of what other rules had made of that run.

        Raises:
            UnfitError: a result holds what cannot be written down.
            SaveError: it could not be written; the history is as it was.
        """

    def again(self, run_id: str, rules: str) -> Mapping[str, CompanyResult | None]:
        """Give what these rules made of the evidence of a run, as `keep_again` was given it.

        Empty where that was not kept, and where a part of it is damaged: it can be made again.
        """

    def keep_by_hand(self, records: Iterable[HandRecord]) -> None:
        """Keep what people told of profiles, all of it or nothing.

        A second record of the same id takes the place of the first.

        Raises:
            UnfitError: a record holds what cannot be written down.
            SaveError: it could not be written; the history is as it was.
        """

    def by_hand(self) -> tuple[HandRecord, ...]:
        """Give what people told of profiles, in the order in which it came; not what is damaged."""

    def erase(self, run_id: str | None, company: str | None) -> None:
        """Erase a company (by name, whatever its case), or whole runs where none is named.

        A `run_id` of None is every run; what people told of profiles goes then, too.

        Raises:
            StoreError: somebody is at work on a run of these, or the history cannot be read.
            SaveError: it could not be written.
        """


def runs_before(run_id: str, runs: Sequence[str]) -> tuple[str, ...]:
    """Give the runs that count as before a run, the newest first.

    `runs` are all runs in the order in which they began. A run that is not among them has not
    begun, so that all are before it.
    """
    return tuple(reversed(tuple(takewhile(lambda run: run != run_id, runs))))


def joined(results: Iterable[CompanyResult | Note]) -> Earlier:
    """Put together what earlier runs knew of a company.

    `results` come from the newest run to the oldest, with a note in place of one that is damaged;
    no more are asked for than are needed. The newest result that can be read counts. Channels that
    it lacks, as where the website was down on that day, are taken from the three before it: one
    bad quarter makes nothing unknown.
    """
    readable, notes = list[CompanyResult](), list[Note]()
    for result in results:
        if isinstance(result, Note):
            notes.append(result)
            continue
        readable.append(result)
        if len(readable) == RECENT:
            break
    if not readable:
        return Earlier(notes=tuple(notes))
    newest = replace(readable[0], channels=_channels(readable))
    return Earlier(result=newest, notes=tuple(notes))


def damage(what: str, run_id: str, error: Exception) -> Note:
    """Say that a part of a run is damaged in the history and was done without."""
    return Note(
        what=what,
        reason=Reason.STORAGE,
        detail=f"what run {run_id} kept is damaged in the history ({error})",
        help="put a copy of the data folder back, or go on without it",
    )


def unread(error: Exception) -> Note:
    """Say that nothing of the runs before could be read."""
    return Note(
        what="history",
        reason=Reason.STORAGE,
        detail=f"the runs before this one could not be read, so nothing is compared ({error})",
        help="look at the data folder and run again",
        incomplete=True,
    )


def _channels(results: Iterable[CompanyResult]) -> tuple[Channel, ...]:
    """Give each channel once, as the first of the results that has it describes it.

    A channel is known by its account number on the platform, so that a new handle makes no second
    one of it; where no account is known by what all forms of its address have in common.
    """
    channels: dict[str, Channel] = {}
    for channel in (channel for result in results for channel in result.channels):
        # The results come newest first, so that the first
        # to have a channel is the latest word on it.
        channels.setdefault(channel.identity, channel)
    return tuple(channels.values())
