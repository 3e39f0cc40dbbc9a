"""Say in plain words why a PostgreSQL database could not be used, and what helps."""

import re
from collections.abc import Mapping

from sqlalchemy.exc import DBAPIError

from config.database import without_password

_STATES: Mapping[str, str] = {
    "22P05": "the database keeps no Unicode; make one with: createdb -E UTF8 NAME",
    "23503": "the run is not there any more; somebody has deleted it",
    "23505": "somebody else wrote the same at this moment; run the same command again",
    "25006": "it may only be read here; ask for the right to write, or name the main server",
    "3D000": "there is no such database; make it with: createdb NAME",
    "42501": "this user may not do that; ask whoever keeps the database for the right to",
    "53100": "the disk of the server is full; make room on it",
    "53300": "the server has too many connections; try again later",
    "55P03": "somebody else has held it for too long; try again",
    "57014": "it took too long; try again",
}
"""By the code that PostgreSQL gives with a fault (SQLSTATE)."""

_AWAY = re.compile(r"08...|57P0[1235]|25P03")
"""The codes of a connection that is lost, and of a server that stops, starts or was ended."""

_WORDS: tuple[tuple[str, str], ...] = (
    (
        r"password authentication failed|no password supplied",
        "user and password are not taken; look at both (docs/team-history.md says where a "
        "password is looked for)",
    ),
    (r'role ".*" does not exist', "the server knows no such user; look at the name"),
    (r'database ".*" does not exist', _STATES["3D000"]),
    (r"pg_hba\.conf", "the server lets nobody in from here; ask whoever keeps it"),
    (
        r"failed to resolve host|could not translate host name|[Nn]ame or service not known",
        "there is no such server; look at its name, and at the network",
    ),
    (
        r"[Cc]onnection refused|No such file or directory|Is the server running",
        "no server answers there; look whether it runs, and at its port",
    ),
    (r"timeout|timed out", "the server does not answer; look at its name, and at the network"),
    (
        r"certificate|SSL|TLS",
        "no safe connection comes about; look at sslmode and sslrootcert in the address",
    ),
    (r"the database system is", "the server is just starting or stopping; try again"),
    (r"too many (clients|connections)", _STATES["53300"]),
)
"""By the words of the driver, as a connection that does not come about has no code."""


def in_words(error: DBAPIError) -> str:
    """Say in one line what happened and what to do about it; without any password."""
    text = without_password(" ".join(f"{error.orig}".split()))[:300]
    words = _STATES.get(state_of(error), "")
    if not words:
        words = next((words for sign, words in _WORDS if re.search(sign, text)), "")
    return f"{words} ({text})" if words else text


def state_of(error: DBAPIError) -> str:
    """Return the code of a fault; "" where there is none, as before a connection has come about."""
    return str(getattr(error.orig, "sqlstate", None) or "")


def is_away(error: DBAPIError) -> bool:
    """Tell whether a fault means that the server is not there now; it may come back."""
    return error.connection_invalidated or _AWAY.fullmatch(state_of(error)) is not None
