"""The door of the program: whatever happens inside, what comes out is a sentence and a status."""

import sys

from audit.commands.last_word import FAULT, fault, interrupted, keep_quiet
from audit.commands.streams import open_streams


def main() -> None:
    """Run the command line and leave with its exit status."""
    sys.exit(_status())


def _status() -> int:
    try:
        open_streams()
        keep_quiet()
        from audit.cli import main as command_line

        return command_line()
    except KeyboardInterrupt:
        return interrupted()
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else FAULT * bool(ended.code)
    except BaseException as error:  # noqa: BLE001 - the one place behind which there is no other
        return fault(error)
