"""Show how a run gets on: bars on a terminal, plain lines elsewhere."""

import time
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn

from audit.commands.streams import one_line
from audit.commands.terminal import Terminal
from audit.commands.words import counted, outcome
from audit.crew.watcher import Watcher
from audit.model.result import CompanyResult

MOST_BARS = 8
"""Companies shown with a bar of their own at once; the total stands above them."""

LEFT_EVERY = 10
"""Without a terminal, it is said after so many companies how many are left."""

EVERY_SECONDS = 10.0
"""A company that takes long is heard of this often where there is no terminal."""


@contextmanager
def watching(*, quiet: bool, verbose: bool) -> Iterator[Watcher]:
    """Choose how to show progress; all of it goes to standard error."""
    console = Terminal(errors=True)
    if quiet:
        yield Lines(console, silent=True)
    elif console.is_terminal and not verbose:
        columns = (
            # Rich would take `[/b]` in a company's name for markup, and raise.
            TextColumn("{task.description}", markup=False),
            BarColumn(bar_width=24),
            MofNCompleteColumn(),
            TextColumn("{task.fields[address]}", style="dim", markup=False),
        )
        with Progress(*columns, console=console) as progress:
            yield Bars(progress, console)
    else:
        yield Lines(console, every=verbose)


def going_on(finished: int | None, of: int) -> str:
    """Say what there is to resume."""
    if finished is None:
        return "Nothing to resume: no broken run over these companies. Starting a new run."
    if finished == of:
        return (
            f"The last run has visited all companies ({of}), only its report is missing: it is "
            "written from the history, and nothing is fetched."
        )
    return (
        f"Going on with the broken run: {finished} of {counted(of, 'company is', 'companies are')} "
        "finished."
    )


class Bars:
    """One bar for all companies, and a bar for each of the busiest.

    Sixty-four visits at once would fill more lines than a terminal has: those are shown that have
    been heard of last, and a company's bar goes when it is done.
    """

    def __init__(self, progress: Progress, console: Terminal) -> None:
        self._progress, self._console = progress, console
        self._total: TaskID | None = None
        self._tasks: dict[str, TaskID] = {}
        self._visible: OrderedDict[str, None] = OrderedDict()

    def planned(self, companies: int) -> None:
        """Show the bar of the whole run, where there is more than one company."""
        if companies > 1:
            self._total = self._progress.add_task("all companies", total=companies, address="")

    def resumed(self, finished: int | None, of: int) -> None:
        """Say what there is to resume."""
        self._console.say(going_on(finished, of))

    def started(self, name: str, pages: int) -> None:
        """Add the company's bar, out of sight until something comes of it where many are there."""
        self._tasks[name] = self._progress.add_task(
            one_line(name)[:28], total=pages, address="", visible=False
        )
        self._show(name, replace=False)

    def fetched(self, name: str, pages: int, url: str) -> None:
        """Move the company's bar, and bring it into sight."""
        self._show(name, replace=True)
        self._progress.update(self._tasks[name], completed=pages, address=one_line(url)[:60])

    def finished(self, result: CompanyResult) -> None:
        """Say how the company ended, take its bar away, move the bar of the whole run."""
        name = result.company.name
        task = self._tasks.pop(name, None)
        if task is not None:
            self._progress.remove_task(task)
            self._visible.pop(name, None)
        self._console.say(f"{one_line(name)}: {one_line(outcome(result))}")
        if self._total is not None:
            self._progress.advance(self._total)

    def held_up(self, words: str) -> None:
        """Say what the run waits for."""
        self._console.say(words)

    def _show(self, name: str, *, replace: bool) -> None:
        """Bring a bar into sight; where all places are taken, the one heard of longest ago goes."""
        if name in self._visible:
            self._visible.move_to_end(name)
            return
        if len(self._visible) >= MOST_BARS:
            if not replace:
                return
            oldest, _ = self._visible.popitem(last=False)
            self._progress.update(self._tasks[oldest], visible=False)
        self._visible[name] = None
        self._progress.update(self._tasks[name], visible=True)


class Lines:
    """A line at the beginning and the end of each company, and now and then between."""

    def __init__(self, console: Terminal, *, silent: bool = False, every: bool = False) -> None:
        self._console, self._silent, self._every = console, silent, every
        self._heard: dict[str, float] = {}
        self._left = 0

    def planned(self, companies: int) -> None:
        """Count how many are left, where there is more than one company."""
        self._left = companies

    def resumed(self, finished: int | None, of: int) -> None:
        """Say what there is to resume."""
        self._say(going_on(finished, of))

    def started(self, name: str, pages: int) -> None:
        """Say that the visit begins."""
        self._heard[name] = time.monotonic()
        self._say(f"{name}: visiting, at most {counted(pages, 'page', 'pages')}")

    def fetched(self, name: str, pages: int, url: str) -> None:
        """Say where the visit is, if it has been silent for long."""
        now = time.monotonic()
        if self._every or now - self._heard.get(name, now) >= EVERY_SECONDS:
            self._heard[name] = now
            self._say(f"{name}: {counted(pages, 'page', 'pages')} read; {url}")

    def finished(self, result: CompanyResult) -> None:
        """Say how the visit ended, and now and then how many companies are left."""
        self._left -= 1
        self._say(f"{result.company.name}: {outcome(result)}")
        if self._left > 0 and self._left % LEFT_EVERY == 0:
            self._say(f"{counted(self._left, 'company', 'companies')} to go")

    def held_up(self, words: str) -> None:
        """Say what the run waits for, also where else only faults are told."""
        self._console.say(words)

    def _say(self, line: str) -> None:
        if not self._silent:
            self._console.say(line)
