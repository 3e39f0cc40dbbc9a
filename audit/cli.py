"""The command `audit`: what was typed, exit status, messages; no logic.

What nobody asked for is not loaded: neither a command beside the one that was typed, nor any for
the version and the list of the commands.
"""

import os
import sys
from collections.abc import Sequence

from audit.commands.known import COMMANDS, OWN
from audit.commands.streams import complain, say
from audit.model.errors import AuditError


def main() -> int:
    """Run what was typed and return the exit status; `audit FILE` means `audit run FILE`."""
    try:
        os.getcwd()  # noqa: PTH109 - asked whether there is one
    except OSError as error:
        complain(f"the folder you are in cannot be used ({error.strerror}); go to another")
        return AuditError.exit_code
    try:
        return _done(sys.argv[1:])
    except AuditError as error:
        complain(*error.lines)
        return error.exit_code


def _done(words: Sequence[str]) -> int:
    """Do what was typed; return the exit status."""
    if not words:
        from audit.commands.options import LIST
        from audit.commands.teach import teach

        teach(LIST)
        return 0
    if words[0] not in OWN:
        from audit.commands.typed import with_command

        words = with_command(words, COMMANDS)
    if words[0] not in OWN:
        from audit.commands.calling import call

        return call(words[0], words[1:])
    if words[0] == "--version":
        from audit import __version__

        say(f"social-audit {__version__}")
        return 0
    from audit.commands.overview import overview

    say(*overview())
    return 0
