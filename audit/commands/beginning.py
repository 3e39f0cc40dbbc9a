"""How `audit run` begins: first the list is read, then the libraries of an audit are loaded.

Nine times as long as the list takes to read and check, the libraries take to load: who has made a
slip in the list need not wait for them.
"""

from audit.commands.outcomes import LastWord
from audit.commands.places import place_of_data
from audit.commands.terminal import Terminal
from audit.commands.variables import read_variables
from audit.commands.wish import Wish
from audit.listed import read_list


def begin(wish: Wish) -> int:
    """Make the audit that was typed, and say a last word on it; return the exit status.

    Raises:
        AuditError: what the user can mend: the list, the options, the places to write to.
    """
    folder = place_of_data(wish.file, wish.data_dir)
    last_word = LastWord(
        wish.file,
        folder,
        as_json=wish.as_json,
        quiet=wish.quiet,
        scheduled=wish.if_due and not wish.is_narrowed,
    )
    with last_word.over():
        Terminal(errors=True).say(*read_variables(wish.variables))
        competitors = read_list(wish.file)
        last_word.notify = competitors.settings.notify
        if not wish.if_due:
            _start_workers()
        from audit.commands.run import execute

        return execute(wish, competitors, folder, last_word)


def _start_workers() -> None:
    """Have the process that workers are made from load its libraries while this one does."""
    from scrapers.workers.process import start_servers

    start_servers()
