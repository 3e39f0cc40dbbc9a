"""The address of a team's database: what it names, and how it is shown without its password."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple
from urllib.parse import SplitResult, parse_qsl, quote, urlencode, urlsplit, urlunsplit

from audit.model.errors import AuditError
from config.setting import text_setting

SCHEMES = ("postgresql", "postgres")
SCHEMA = "social_audit"
"""The schema of the tables where the address names none, so that they meet no others."""

EXAMPLE = "postgresql://anna@db.example.com/audits"

_HOW = f"write it as {EXAMPLE}"
_NAME = r"\$\{([A-Za-z_][A-Za-z0-9_]{0,99})\}"
_SCHEMA = r"[a-z_][a-z0-9_]{0,62}"
_SECRETS = frozenset({"password", "sslpassword"})
_BEHIND_USER = r"(?<=://)([^/@:\s]*):\S*@"
"""The password in an address: up to the last `@`, as it may hold signs that do not belong there."""
_ODD_PORT = r"(?<=://)([^/@:\s\[]+):(?!\d+(?:[/?\s]|$)|\$\{)[^/?\s]+(?=[/?\s]|$)"
"""What stands where a port does and is none: the password of who has forgotten the server."""
_PARAMETER = r"(?i)(?<=[?&])((?:ssl)?password)=[^&\s]*"


class Database(NamedTuple):
    """Where a history is kept that several people share.

    `address` may hold a password, and names of variables as `${NAME}` in place of parts; so it is
    never shown, and `shown` stands for it. `said` is where it was written: `--database`.
    """

    address: str
    said: str

    def __repr__(self) -> str:
        """Return it without password."""
        return f"Database(said={self.said!r})"

    @property
    def shown(self) -> str:
        """Return the address without password."""
        return without_password(self.address)

    def known_to(self, environment: Mapping[str, str]) -> tuple[str, str]:
        """Return the address for the driver, and the schema in which the tables lie.

        Raises:
            AuditError: a variable is not set, or what they come to is no address.
        """
        address = _filled(self.address, self.said, environment)
        if problem := problem_of(address):
            raise AuditError(f"{self.said} {self.shown}: with its variables it {problem}")
        parts = urlsplit(address)
        pairs = dict(_parameters(parts))
        schema = pairs.pop("schema", SCHEMA)
        return urlunsplit(("postgresql", *parts[1:3], urlencode(pairs), "")), schema


def database_of(text: str, said: str) -> Database:
    """Read the address of a database as a person wrote it.

    Raises:
        AuditError: it is none; says how one is written, and shows no password.
    """
    address = text.strip()
    shown = without_password(re.sub(r"\s", "_", address))  # a password may have a space in it
    if problem := problem_of(address):
        raise AuditError(f"{said} {shown}: {problem}")
    return Database(address=address, said=said)


def problem_of(address: str) -> str:
    """Say what is wrong with the address of a database; "" where nothing is.

    `${DATABASE_URL}` alone holds all of it, and is looked at when it is known.
    """
    if any(sign.isspace() or sign == "\0" for sign in address):
        return f"has a space in it; {_HOW}, with %20 for a space"
    try:
        parts = urlsplit(re.sub(_NAME, "1", address))
        _ = parts.port
        pairs = dict(_parameters(parts))
    except ValueError:  # its words may hold a part of a password
        return f"cannot be read; {_HOW}, and set a password with odd signs as PGPASSWORD"
    return "" if re.fullmatch(_NAME, address) else _problem_in(parts, pairs)


def _problem_in(parts: SplitResult, pairs: Mapping[str, str]) -> str:
    """Say what is wrong with the parts of an address, and what stands behind its ?."""
    if parts.scheme not in SCHEMES:
        return f"is no address of a PostgreSQL database; {_HOW}"
    if "@" in parts.path or parts.fragment:
        return (
            "has a password with / ? # or @ in it; leave it out of the address and set it as "
            "PGPASSWORD"
        )
    if not parts.path.strip("/") and not pairs.keys() & {"dbname", "service"}:
        return f"names no database behind the last /; {_HOW}"
    if not re.fullmatch(_SCHEMA, pairs.get("schema", SCHEMA)):
        return "its schema must be small letters, digits and _, such as ?schema=client_b"
    return ""


def checked_database(address: str) -> str:
    """Return the address of a database as it stands in a list.

    Raises:
        ValueError: it is none, or holds a password, which is not repeated.
    """
    if problem := problem_of(address):
        raise ValueError(problem)
    if has_password(address):
        raise ValueError(
            "holds a password, and a list is passed on; write the name of an environment variable "
            "in its place, such as postgresql://anna:${AUDIT_PASSWORD}@db.example.com/audits, or "
            "set PGPASSWORD and leave it out"
        )
    return address


def database_in(file: Path, most_bytes: int) -> Database | None:
    """Return the database that a list names in its settings, without reading more of the list.

    None where it names none, and where there is no list.

    Raises:
        AuditError: it may name one, and cannot be read; or what it names is no address.
    """
    address = text_setting(file, most_bytes, "database")
    return database_of(address, f"{file}: settings.database") if address else None


def variables_named(address: str) -> tuple[str, ...]:
    """Return the names of the variables that stand in an address."""
    return tuple(dict.fromkeys(re.findall(_NAME, address)))


def has_password(address: str) -> bool:
    """Tell whether a password stands in an address itself, not only as the name of a variable."""
    parts = urlsplit(address)
    password = parts.netloc.rpartition("@")[0].partition(":")[2]
    secrets = [password, *(value for key, value in _parameters(parts) if key in _SECRETS)]
    return any(re.sub(_NAME, "", each) for each in secrets)


def without_password(text: str) -> str:
    """Return a text in which addresses have lost their passwords."""
    if "://" not in text and "=" not in text:
        return text
    plain = re.sub(_ODD_PORT, r"\1", re.sub(_BEHIND_USER, r"\1@", text))
    return re.sub(_PARAMETER, r"\1=***", plain)


def is_address(text: str) -> bool:
    """Tell whether a person means a database by a word, and not a folder."""
    return "://" in text and text.partition("://")[0].partition("+")[0].lower() in SCHEMES


def _parameters(parts: SplitResult) -> list[tuple[str, str]]:
    """Return what stands behind the ? of an address."""
    return parse_qsl(parts.query, keep_blank_values=True, strict_parsing=bool(parts.query))


def _filled(address: str, said: str, environment: Mapping[str, str]) -> str:
    """Put the values of variables in, quoted; one that holds a whole address as it is.

    Raises:
        AuditError: one is not set.
    """
    for name in variables_named(address):
        if not environment.get(name):
            raise AuditError(f"{said}: the variable {name}, which it names, is not set")
    if whole := re.fullmatch(_NAME, address):
        return environment[whole[1]].strip()
    return re.sub(_NAME, lambda match: quote(environment[match[1]], safe=""), address)
