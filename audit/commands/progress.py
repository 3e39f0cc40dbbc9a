"""Show how a run gets on: bars on a terminal, plain lines elsewhere."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn

from audit.commands.streams import one_line
from audit.commands.terminal import Terminal
from audit.commands.words import counted, outcome
from audit.model.result import CompanyResult
from audit.run import Watcher

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
    """A bar per company."""

    def __init__(self, progress: Progress, console: Terminal) -> None:
        self._progress, self._console = progress, console
        self._tasks: dict[str, TaskID] = {}

    def resumed(self, finished: int | None, of: int) -> None:
        """Say what there is to resume."""
        self._console.say(going_on(finished, of))

    def started(self, name: str, pages: int) -> None:
        """Add the company's bar."""
        self._tasks[name] = self._progress.add_task(one_line(name)[:28], total=pages, address="")

    def fetched(self, name: str, pages: int, url: str) -> None:
        """Move the company's bar."""
        self._progress.update(self._tasks[name], completed=pages, address=one_line(url)[:60])

    def finished(self, result: CompanyResult) -> None:
        """Close the company's bar."""
        task = self._tasks.get(result.company.name)
        if task is not None:
            self._progress.update(
                task, total=1, completed=1, address=one_line(outcome(result))[:60]
            )


class Lines:
    """A line at the beginning and the end of each company, and now and then between."""

    def __init__(self, console: Terminal, *, silent: bool = False, every: bool = False) -> None:
        self._console, self._silent, self._every = console, silent, every
        self._heard: dict[str, float] = {}

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
        """Say how the visit ended."""
        self._say(f"{result.company.name}: {outcome(result)}")

    def _say(self, line: str) -> None:
        if not self._silent:
            self._console.say(line)
