"""The last word on a run: kept in the data folder, sent to who asked, printed as JSON."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from audit.commands.streams import complain, say
from audit.model.errors import AuditError
from audit.schedule.outcome import Result, RunOutcome, as_json, keep

# A last word is due on a list with a mistake too, which is told before all else is loaded.
if TYPE_CHECKING:
    from audit.commands.summary import Conclusion
    from audit.model.changes import Changes
    from audit.model.company import Notify
    from audit.model.result import Snapshot

UNCHANGED = 3
"""The exit status of `--tell-unchanged` where all was seen and nothing has changed."""

_NAMED = 20
"""So many companies that could not be read are named; the workbook names all."""

_NO_RUN = frozenset({Result.NOT_DUE, Result.UNDER_WAY})
"""Ends of a look that made no run, and so say nothing of the last one."""


class LastWord:
    """Says once how a run of one list ended, whatever it ended with.

    It is kept, and people are told, of a run that began, and of one that a schedule started and
    that could not begin. A slip of somebody at the keyboard is for him alone, and leaves what is
    kept of the last run.
    """

    def __init__(
        self,
        file: Path,
        data_dir: Path,
        *,
        as_json: bool,
        quiet: bool,
        scheduled: bool = False,
    ) -> None:
        """Take whose run it is; `scheduled`: a schedule may have started it.

        `notify` is set once the list is read, `has_begun` once all that can be checked is right.
        """
        self._file, self._data_dir = file, data_dir
        self._as_json, self._quiet = as_json, quiet
        self._scheduled = scheduled
        self.notify: Notify | None = None
        self.has_begun = False

    @contextmanager
    def over(self) -> Iterator[None]:
        """Say the last word on what ends with an error, and pass the error on."""
        try:
            yield
        except AuditError as error:
            self._tell(self._ended(_result_of(error), error.exit_code, error.lines))
            raise
        except (KeyboardInterrupt, SystemExit) as ended:
            status = ended.code if isinstance(ended, SystemExit) else None
            self._tell(self._ended(Result.BROKEN_OFF, status if isinstance(status, int) else 130))
            raise
        except Exception as error:
            words = f"the program made a mistake ({type(error).__name__}); see the log"
            self._tell(self._ended(Result.FAILED, 1, (words,)))
            raise

    def on_run(
        self,
        snapshot: Snapshot,
        conclusion: Conclusion,
        changes: Changes | None,
        *,
        tell_unchanged: bool,
    ) -> int:
        """Say how a run ended whose snapshot there is; return the exit status.

        That is `conclusion`'s, and `UNCHANGED` where that is to be told and all was seen.
        """
        from audit.commands.words import all_of_it_seen, seen_in_all
        from reports.changed import not_compared

        result = Result.COMPLETE if conclusion.status == 0 else Result.INCOMPLETE
        if snapshot.run.finished_at is None:
            result = Result.BROKEN_OFF
        words = (
            *conclusion.lost,
            *_words(snapshot),
            *(not_compared(changes) if changes is not None else ()),
        )
        outcome = self._ended(result, conclusion.status, words)._replace(
            run=snapshot.run.id,
            companies=len(snapshot.results),
            complete=sum(each.complete for each in snapshot.results),
            in_full=all_of_it_seen(snapshot.results),
            seen=seen_in_all(snapshot.results),
            reports={name: str(path.resolve()) for name, path in conclusion.reports.items()},
            changes=changes.changes if changes is not None else None,
            all_compared=changes is None or not changes.uncompared,
        )
        if tell_unchanged and result is Result.COMPLETE and outcome.is_unchanged:
            outcome = outcome._replace(status=UNCHANGED)
        self._tell(outcome)
        return outcome.status

    def on_no_run(self, result: Result, line: str, due: datetime | None = None) -> int:
        """Say in one line, or as JSON, why nothing was done; return the exit status."""
        outcome = self._ended(result, 0)._replace(due=due)
        if not self._as_json and not self._quiet:
            say(line)
        self._tell(outcome)
        return outcome.status

    def _ended(self, result: Result, status: int, words: Sequence[str] = ()) -> RunOutcome:
        """Return the record of an end without a run."""
        return RunOutcome(
            result=result,
            status=status,
            list_file=str(self._file.absolute()),
            ended_at=datetime.now(UTC),
            reports={},
            words=tuple(words),
        )

    def _tell(self, outcome: RunOutcome) -> None:
        """Notify, keep and print; what nobody could be told of is said on standard error."""
        if self._concerns_others(outcome):
            problems = self._notified(outcome)
            complain(*problems)
            outcome = outcome._replace(words=(*outcome.words, *problems))
            keep(outcome, self._data_dir)
        if self._as_json:
            say(as_json(outcome))

    def _notified(self, outcome: RunOutcome) -> tuple[str, ...]:
        """Tell whoever the list names, if it could be read; return what went wrong, a line each."""
        if self.notify is None:
            return ()
        from audit.schedule.notify import send

        return send(self.notify, outcome, os.environ)

    def _concerns_others(self, outcome: RunOutcome) -> bool:
        """Tell whether an end says something of the last run, or of one that ought to be made.

        Behind all checks a run is refused where another one holds the data folder.
        """
        if outcome.result in _NO_RUN:
            return False
        has_begun = self.has_begun and outcome.result is not Result.REFUSED
        return self._scheduled or has_begun or bool(outcome.run)


def _result_of(error: AuditError) -> Result:
    """Tell whether an error kept a run from beginning, or came in its course."""
    return Result.REFUSED if error.exit_code == AuditError.exit_code else Result.FAILED


def _words(snapshot: Snapshot) -> tuple[str, ...]:
    """Say of each company that could not be read in full why; of many, of the first."""
    from audit.commands.words import given_up, outcome_in_full

    lines = [
        f"{each.company.name}: {outcome_in_full(each)}"
        for each in snapshot.results
        if not each.complete
    ]
    more = [f"and {len(lines) - _NAMED} more companies"] if len(lines) > _NAMED else []
    gone = [line for each in snapshot.results for line in given_up(each)]
    return (*lines[:_NAMED], *more, *gone[:_NAMED])
