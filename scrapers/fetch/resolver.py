"""Look names up in threads that nobody has to wait for when the run ends."""

import asyncio
import socket
import threading
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress

AT_ONCE = 128
"""Look-ups under way at most; a name that hangs holds one of them until the system gives it up."""

_Key = tuple[str, int]
_Outcome = Sequence[str] | Exception


def addresses(host: str, port: int) -> Sequence[str]:
    """Return all addresses of a name, by the system's resolver; it may take as long as it likes.

    Raises:
        OSError: the name does not resolve.
        ValueError: no such name can be.
    """
    entries = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(place[0]) for *_, place in entries))


class Resolver:
    """Looks names up without blocking the run.

    The event loop's own threads are waited for at the end of a program, however long a resolver
    hangs; these are not. Who asks for a name that is being looked up already waits for the same.
    """

    def __init__(
        self, look_up: Callable[[str, int], Sequence[str]] = addresses, at_once: int = AT_ONCE
    ) -> None:
        """Nothing is looked up yet."""
        self._look_up, self._at_once = look_up, at_once
        self._running: dict[_Key, asyncio.Future[_Outcome]] = {}

    async def __call__(self, host: str, port: int) -> Iterable[str]:
        """Return the addresses of a name.

        Raises:
            OSError: the name does not resolve.
            ValueError: no such name can be.
        """
        key = (host, port)
        while key not in self._running and len(self._running) >= self._at_once:
            await asyncio.wait(self._running.values(), return_when=asyncio.FIRST_COMPLETED)
        if key not in self._running:
            self._running[key] = self._begun(key)
        # Shielded, as others may wait for the same look-up:
        # who is cancelled ends only its own waiting.
        outcome = await asyncio.shield(self._running[key])
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    def _begun(self, key: _Key) -> "asyncio.Future[_Outcome]":
        """Begin a look-up in a thread of its own; return the future of its outcome.

        An error is an outcome too: an exception set on a future that nobody waits for any more
        would be complained about on the console.
        """
        loop = asyncio.get_running_loop()
        future: asyncio.Future[_Outcome] = loop.create_future()

        def done(outcome: _Outcome) -> None:
            self._running.pop(key, None)
            if not future.done():
                future.set_result(outcome)

        def work() -> None:
            try:
                outcome: _Outcome = self._look_up(*key)
            except (OSError, ValueError) as error:
                outcome = error
            with suppress(RuntimeError):  # the loop is closed: the run is over
                loop.call_soon_threadsafe(done, outcome)

        # A daemon: at its end Python waits for every other thread, however long a resolver hangs.
        try:
            threading.Thread(target=work, name=f"name {key[0]}", daemon=True).start()
        except RuntimeError as error:
            loop.call_soon(done, OSError(str(error)))
        return future
