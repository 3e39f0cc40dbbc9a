"""The archived pages of a run on their way to and from the store that a team shares."""

import asyncio
import logging
import threading
import time
from collections.abc import Callable, Iterable
from typing import TypeVar

from audit.evidence.kept import KeptEvidence
from audit.evidence.store import AwayError
from audit.model.result import CompanyResult
from audit.model.value import Reason
from audit.model.visit import Note
from audit.store.patience import FIRST_SECONDS, MOST_SECONDS, Patience

log = logging.getLogger(__name__)

T = TypeVar("T")

AGAIN_AFTER_SECONDS = 15.0
"""So long a store that was away is not asked while visits go on: each try costs seconds."""


class Pages:
    """Brings what the run before archived, and puts up what this one archives.

    Nothing hangs on it: an archive that cannot be put up now lies safe in the data folder, and
    goes to the store in the end, or with the next run.
    """

    def __init__(self, evidence: KeptEvidence, patience: Patience) -> None:
        """Take the evidence of a run; `patience` hears what is waited for, and says how long."""
        self._evidence, self._patience = evidence, patience
        self._ask_at = 0.0
        self._told = False

    async def bring(self, before: CompanyResult | None) -> None:
        """Have the archives here which hold what the run before read of a company."""
        if self._evidence.store is None or before is None or self._is_away():
            return
        records = (
            *(page.record for page in before.kept.values()),
            *(page.record for each in before.lists for page in each.pages),
        )
        await in_thread(lambda: self._try(lambda: self._evidence.bring(_files(records))))

    async def put_up(self, file: str) -> None:
        """Put up the archive of a visit that is over, unless the store is away."""
        if self._evidence.store is not None and not self._is_away():
            await in_thread(lambda: self._try(lambda: self._evidence.put_up(file)))

    def put_up_all(self, runs: Iterable[str]) -> tuple[Note, ...]:
        """Put up all that waits of these runs, patiently; say what still waits after that."""
        if self._evidence.store is None:
            return ()
        own = list(runs)
        waiting = list(self._evidence.waiting(own))
        until, pause = time.monotonic() + self._patience.seconds, FIRST_SECONDS
        while waiting:
            try:
                self._evidence.put_up(waiting[0])
            except OSError as error:
                self._tell(error)
                lasting = not isinstance(error, AwayError)
                if lasting or time.monotonic() > until or self._patience.over.wait(pause):
                    return (_not_put_up(len(waiting), self._evidence.store.shown, error),)
                pause = min(2 * pause, MOST_SECONDS)
            else:
                del waiting[0]
        if self._told:
            self._patience.tell(
                f"{self._evidence.store.shown} answers again, and has all pages of this audit."
            )
            self._told = False
        self._tidy(own)
        return ()

    def _tidy(self, runs: Iterable[str]) -> None:
        """Drop copies that are not needed; where that cannot be done now, another time."""
        try:
            self._evidence.tidy(runs)
        except OSError as error:
            log.warning("evidence: %s", error)

    def _try(self, work: Callable[[], None]) -> None:
        """Do something that asks the store; where it is away leave it alone for a while."""
        try:
            work()
        except OSError as error:
            self._ask_at = time.monotonic() + AGAIN_AFTER_SECONDS
            self._tell(error)

    def _tell(self, error: OSError) -> None:
        """Say once that the store does not take or give pages now, and what becomes of them."""
        log.warning("evidence: %s", error)
        if not self._told:
            self._told = True
            self._patience.tell(
                f"{error}. Visits go on; their pages are kept in "
                f"{self._evidence.data_dir} and put there later."
            )

    def _is_away(self) -> bool:
        """Tell whether the store did not answer a moment ago."""
        return time.monotonic() < self._ask_at


def _files(records: Iterable[str]) -> list[str]:
    """Return the archives in which records lie (`FILE#OFFSET`), each once."""
    return list(dict.fromkeys(each.rpartition("#")[0] for each in records if "#" in each))


def _not_put_up(number: int, place: str, error: OSError) -> Note:
    """Say that pages are not in the store, why, and what helps."""
    one = number == 1
    return Note(
        what="evidence",
        reason=Reason.STORAGE,
        detail=f"{number} {'archive of pages is' if one else 'archives of pages are'} not in "
        f"{place} yet ({error})",
        help="they lie in the data folder of this machine, and the next audit puts them there",
        incomplete=True,
    )


async def in_thread(work: Callable[[], T]) -> T:
    """Do something that may hang in a thread which keeps no program from ending.

    Whoever is cancelled while waiting goes on at once.
    """
    loop = asyncio.get_running_loop()
    done: asyncio.Future[T] = loop.create_future()

    def settle(
        set_to: Callable[[T], None] | Callable[[BaseException], None], value: object
    ) -> None:
        """Hand the outcome over, unless nobody waits for it any more."""
        if not done.done():
            set_to(value)  # type: ignore[arg-type]

    def run() -> None:
        """Do the work, and tell the loop how it ended."""
        try:
            result = work()
        except BaseException as error:  # noqa: BLE001  # it is raised where it is waited for
            tell(done.set_exception, error)
        else:
            tell(done.set_result, result)

    def tell(set_to: Callable[..., None], value: object) -> None:
        """Tell the loop, which may be closed by now."""
        try:
            loop.call_soon_threadsafe(settle, set_to, value)
        except RuntimeError:
            log.info("what was asked of the store came too late")

    threading.Thread(target=run, name="evidence", daemon=True).start()
    return await done
