"""Save the results of a run one by one; what cannot be saved now is tried again in the end."""

import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from audit.model.errors import SaveError
from audit.model.result import CompanyResult
from audit.model.value import Reason
from audit.model.visit import Note
from audit.store.history import DatabaseSaveError, History, UnfitError

log = logging.getLogger(__name__)

AGAIN_AFTER_SECONDS = (0.0, 1.0)
"""When the run is over: at once, and a little later, as a disk may be full for a moment only."""

_MAKE_ROOM = (
    "make room on the disk of the data folder, then go on with --resume: only what is "
    "not saved is visited again"
)


class Saving:
    """The results of one run on their way into the history."""

    def __init__(
        self, history: History, run_id: str, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        """Save into a history, under a run that has begun; `sleep` waits for so many seconds."""
        self._history, self._run_id, self._sleep = history, run_id, sleep
        self._unsaved: dict[str, tuple[CompanyResult, SaveError]] = {}

    def save(self, result: CompanyResult) -> None:
        """Save one company in one transaction; what fails is tried again by `again`."""
        name = result.company.name
        try:
            self._history.save(self._run_id, result)
        except SaveError as error:
            log.warning("%s is not saved: %s", name, error)
            self._unsaved[name] = (result, error)
        else:
            self._unsaved.pop(name, None)

    def again(self, *, patiently: bool = True) -> dict[str, CompanyResult]:
        """Try once more what could not be saved; give the results that still are not, by name.

        Each of them has a note that says so. Without patience, as after Ctrl-C, nothing is waited
        for.
        """
        for seconds in AGAIN_AFTER_SECONDS if patiently else (0.0,):
            if self._unsaved:
                self._sleep(seconds)
            # A copy, as `save` takes out what succeeds.
            for result, _ in list(self._unsaved.values()):
                self.save(result)
        return {
            name: replace(result, notes=(*result.notes, _unsaved(error)))
            for name, (result, error) in self._unsaved.items()
        }

    def finish(self, at: datetime) -> tuple[Note, ...]:
        """Write down that the run is over; say where that could not be written."""
        notes: tuple[Note, ...] = ()
        for seconds in AGAIN_AFTER_SECONDS:
            if notes or not seconds:  # the first time, or again because the first has failed
                self._sleep(seconds)
                notes = self._finished(at)
        return notes

    def _finished(self, at: datetime) -> tuple[Note, ...]:
        """Write down once that the run is over; give a note where that fails."""
        try:
            self._history.finish(self._run_id, at)
        except SaveError as error:
            log.warning("the end of run %s is not written: %s", self._run_id, error)
            return (_unsaved(error),)
        return ()


def _unsaved(error: SaveError) -> Note:
    """Say why something is not saved, and what helps."""
    return Note(
        what="history",
        reason=Reason.STORAGE,
        detail=str(error),
        help=_HELP.get(type(error), _MAKE_ROOM),
        incomplete=True,
    )


_HELP: Mapping[type[SaveError], str] = {
    UnfitError: "the reports of this run have its figures; please report it",
    DatabaseSaveError: "when the database answers again go on with --resume: only what is not "
    "saved is visited again",
}
