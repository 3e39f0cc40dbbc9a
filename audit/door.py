"""The door of the program: whatever happens inside, what comes out is a sentence and a status."""

import gc
import sys


def main() -> None:
    """Run the command line and leave with its exit status.

    What is loaded at the start stays, and what is left at the end goes with the process: to look
    through either for garbage takes as long as to read a list. `calling.py` has it looked for
    between.
    """
    gc.disable()
    status = _status()
    gc.freeze()
    sys.exit(status)


def _status() -> int:
    """Run the command line and give its exit status, whatever it ends with.

    Modules are imported only here inside: Ctrl-C may come before the first of them is loaded, and
    one of them may be missing.
    """
    try:
        from audit.commands.last_word import keep_quiet
        from audit.commands.streams import open_streams

        # Before all else: what is opened while a standard stream is closed would get its number.
        open_streams()
        keep_quiet()
        from audit.cli import main as command_line

        return command_line()
    except KeyboardInterrupt:
        from audit.commands.last_word import interrupted

        return interrupted()
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else bool(ended.code)
    except BaseException as error:  # noqa: BLE001 - the one place behind which there is no other
        from audit.commands.last_word import fault

        return fault(error)


if __name__ == "__main__":
    # A schedule starts this module by its interpreter (audit/schedule/job.py).
    main()
