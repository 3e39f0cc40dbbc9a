"""How `audit run` begins: first the list is read, then the libraries of an audit are loaded.

They take several times as long to load as the list takes to read and check: who has made a slip in
it need not wait for them.
"""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from audit.commands.places import place_of_data
from audit.commands.streams import remark
from audit.commands.variables import read_variables
from audit.listed import read_list

if TYPE_CHECKING:
    from audit.commands.outcomes import LastWord
    from audit.commands.wish import Wish


def begin(wish: Wish) -> int:
    """Make the audit that was typed, and say a last word on it; return the exit status.

    Raises:
        AuditError: what the user can mend: the list, the options, the places to write to.
    """
    folder = place_of_data(wish.file, wish.data_dir)
    is_heard = wish.as_json or wish.may_be_scheduled
    with _last_word(wish, folder).over() if is_heard else nullcontext():
        remark(*read_variables(wish.variables))
        competitors = read_list(wish.file)
    if not wish.if_due:  # of many looks few make an audit
        _start_workers()
    last_word = _last_word(wish, folder)
    last_word.notify = competitors.settings.notify
    with last_word.over():
        from audit.commands.run import execute

        return execute(wish, competitors, folder, last_word)


def _last_word(wish: Wish, folder: Path) -> LastWord:
    """Return who says how it ended; of a mistake in the list, to programs and schedules alone."""
    from audit.commands.outcomes import LastWord

    return LastWord(
        wish.file,
        folder,
        as_json=wish.as_json,
        quiet=wish.quiet,
        scheduled=wish.may_be_scheduled,
    )


def _start_workers() -> None:
    """Have the process that workers are made from load its libraries while this one does."""
    from scrapers.workers.process import start_servers

    start_servers()
