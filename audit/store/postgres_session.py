"""One connection to a PostgreSQL database, which is made anew where the server was away.

The connection that writes is the one that holds the locks of its runs: where it is lost nothing is
written before the locks are ours again.
"""

import os
import socket
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from threading import Timer
from typing import TypeVar

from sqlalchemy import Connection, Engine, create_engine, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError
from sqlalchemy.pool import NullPool
from tenacity import RetryCallState, Retrying, retry_if_exception_type
from tenacity.nap import sleep_using_event
from tenacity.wait import wait_exponential

from audit.model.errors import StoreError
from audit.store.patience import FIRST_SECONDS, MOST_SECONDS, Patience
from audit.store.postgres_faults import in_words, is_away
from config.database import Database

T = TypeVar("T")

_CONNECTING: Mapping[str, object] = {
    "application_name": "social-audit",
    "client_encoding": "utf8",
    "connect_timeout": 5,
    "keepalives": 1,
    "keepalives_idle": 15,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 30_000,
}
"""So a network that is gone is noticed within half a minute; the address may say otherwise."""

_SESSION = (
    # The server notices a machine that was switched off, and frees the locks of its runs.
    "SET tcp_keepalives_idle = 30",
    "SET tcp_keepalives_interval = 10",
    "SET tcp_keepalives_count = 3",
    "SET lock_timeout = '10s'",
    "SET statement_timeout = '2min'",
    "SET idle_in_transaction_session_timeout = '5min'",
)


HURRY_SECONDS = 3.0
"""So long what is under way may still take when a run is broken off."""


class AwayError(Exception):
    """The server is not there now; its words say why."""


class Session:
    """A connection for reading, or for writing; `look_only` makes the server refuse to write."""

    def __init__(self, database: Database, *, look_only: bool) -> None:
        """Connect.

        Raises:
            StoreError: the database cannot be used.
            AuditError: a variable that its address names is not set.
        """
        address, self.schema = database.known_to(os.environ)
        self.name = database.shown
        self._look_only = look_only
        self._engine = self._engine_for(address)
        self._connection: Connection | None = None
        self._patience: Patience | None = None
        self._away_since: float | None = None
        self._has_given_up = False
        self._busy = False
        self._rest = (0.0, "")
        """Until when a server is left alone after a try that failed, and why it failed."""
        self.after: Callable[[Connection], None] = lambda _connection: None
        """What is done with a new connection before it is used: taking locks again."""
        try:
            self._connection = self._connected()
        except DBAPIError as error:
            raise StoreError(f"{self.name}: cannot be used: {in_words(error)}") from error

    def close(self) -> None:
        """End the connection, and with it all locks."""
        self._drop()

    def wait_with(self, patience: Patience) -> None:
        """Wait for a server that is away from now on."""
        self._patience = patience
        patience.at_end = self._hurry

    def do(self, work: Callable[[Connection], T]) -> T:
        """Do a piece of work on the connection; all of it again where the server was away.

        Raises:
            AwayError: the server is away, for longer than is waited.
            DBAPIError: any other fault.
        """
        if self._patience is None:
            return self._once(work)
        over = self._patience.over
        waiting = Retrying(
            retry=retry_if_exception_type(AwayError),
            stop=self._is_enough,
            wait=wait_exponential(multiplier=FIRST_SECONDS, max=MOST_SECONDS),
            sleep=sleep_using_event(over),
            before_sleep=self._tell_away,
            reraise=True,
        )
        done: T = waiting(self._once, work)
        if self._away_since is not None:
            self._away_since, self._has_given_up = None, False
            self._patience.tell("The database answers again, and has all that was saved before.")
        return done

    def _once(self, work: Callable[[Connection], T]) -> T:
        """Do it once, on a new connection where the one before was lost."""
        self._check_rest()
        began, self._busy = time.monotonic(), True
        try:
            return work(self._connection or self._anew())
        except DBAPIError as error:
            if is_away(error) or self._connection is None:
                self._drop()
                now, words = time.monotonic(), in_words(error)
                self._rest = (now + now - began, words)
                raise AwayError(words) from error
            self._roll_back()
            raise
        except BaseException:
            self._roll_back()
            raise
        finally:
            self._busy = False

    def _check_rest(self) -> None:
        """Leave a server that is given up alone for as long as the last try took.

        Else each result of a run would wait for it once more, one after the other.

        Raises:
            AwayError: as the last try did.
        """
        until, words = self._rest
        is_over = self._patience is not None and self._patience.over.is_set()
        is_given_up = self._connection is None and (is_over or self._has_given_up)
        if is_given_up and time.monotonic() < until:
            raise AwayError(words)

    def _hurry(self) -> None:
        """Cut the connection where a server that hangs would hold up the end of a run."""
        timer = Timer(HURRY_SECONDS, self._cut)
        timer.daemon = True
        timer.start()

    def _cut(self) -> None:
        """End what is waited for: whoever reads from the connection finds it closed."""
        connection = self._connection
        if not self._busy or connection is None:
            return
        with suppress(SQLAlchemyError, OSError, AttributeError):
            number = connection.connection.driver_connection.fileno()  # type: ignore[union-attr]  # None where it was lost
            with socket.socket(fileno=os.dup(number)) as line:
                line.shutdown(socket.SHUT_RDWR)

    def _anew(self) -> Connection:
        """Make a new connection, and take again what the old one held; without that it is none."""
        connection = self._connected()
        try:
            self.after(connection)
        except BaseException:
            with suppress(SQLAlchemyError):
                connection.close()
            raise
        self._connection = connection
        return connection

    def _roll_back(self) -> None:
        """Leave not half a transaction open, whatever has ended it."""
        if self._connection is not None:
            with suppress(SQLAlchemyError):
                self._connection.exec_driver_sql("ROLLBACK")

    def _is_enough(self, state: RetryCallState) -> bool:
        """Tell whether no more is waited for: the limit counts from when the server went away."""
        del state
        if self._patience is None or self._patience.over.is_set():
            return True
        now = time.monotonic()
        if self._away_since is None:
            self._away_since = now
        if now - self._away_since < self._patience.seconds:
            return False
        if not self._has_given_up:
            self._patience.tell(
                f"The database has not answered for {self._patience.seconds:.0f} seconds. The run "
                "goes on; what cannot be saved is named in the end."
            )
        self._has_given_up = True
        return True

    def _tell_away(self, state: RetryCallState) -> None:
        """Say once that the server is away and what is done about it."""
        error = state.outcome.exception() if state.outcome is not None else None
        if self._patience is not None and state.attempt_number == 1:
            self._patience.tell(
                f"The database does not answer: {error}. What it has saved is safe there; it is "
                f"asked again for up to {self._patience.seconds:.0f} seconds."
            )

    def _connected(self) -> Connection:
        """Make a connection, and set it up.

        Raises:
            DBAPIError: none comes about.
        """
        connection = self._engine.connect()
        for words in (*_SESSION, f'SET search_path TO "{self.schema}"'):
            connection.exec_driver_sql(words)
        if self._look_only:
            connection.exec_driver_sql("SET default_transaction_read_only = on")
        return connection

    def _engine_for(self, address: str) -> Engine:
        """Return the engine for an address; it connects when it is asked to.

        Raises:
            StoreError: the driver is missing, or does not understand the address.
        """
        try:
            url = make_url(address).set(drivername="postgresql+psycopg")
            wanted = {key: each for key, each in _CONNECTING.items() if key not in url.query}
            return create_engine(
                url,
                connect_args=wanted,
                poolclass=NullPool,
                isolation_level="AUTOCOMMIT",
                use_native_hstore=False,
                hide_parameters=True,
            )
        except (ArgumentError, ValueError) as error:
            raise StoreError(f"{self.name}: its address is not understood") from error

    def _drop(self) -> None:
        """Give up a connection that may be broken."""
        if self._connection is not None:
            with suppress(SQLAlchemyError):
                self._connection.invalidate()
            with suppress(SQLAlchemyError):
                self._connection.close()
        self._connection = None
