"""How long a run waits for a history that does not answer, and how it hears that it is over."""

from collections.abc import Callable
from threading import Event
from types import TracebackType
from typing import Self

AWAY_SECONDS = 120.0
"""So long is waited for a database that went away; a restart takes some seconds."""

FIRST_SECONDS, MOST_SECONDS = 0.5, 5.0
"""Between the first two tries, and between two at most."""


class Patience:
    """Waits for a history, tells whoever looks on that it does, and ends at once when told to."""

    def __init__(self, tell: Callable[[str], None], seconds: float = AWAY_SECONDS) -> None:
        """Wait so many seconds at most; `tell` hears in sentences what is waited for."""
        self.tell, self.seconds = tell, seconds
        self.over = Event()
        self.at_end: Callable[[], None] = lambda: None
        """What else is done where it ends."""

    def __enter__(self) -> Self:
        """Give the patience, for a block of work."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        """End it where the work was broken off."""
        if kind is not None:
            self.end()

    def end(self) -> None:
        """Wait no longer, as after Ctrl-C; what is tried from now on is tried once."""
        if not self.over.is_set():
            self.over.set()
            self.at_end()
