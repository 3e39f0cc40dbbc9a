"""Read what invites each role of the technographics ladder, the package's and then the user's."""

from collections.abc import Sequence
from pathlib import Path

from audit.model.errors import ConfigError
from audit.model.ladder import ROLES, Invitation, RoleRule, Trace
from config.records import Record, listed, only_one, record_of

_INVITES = ("feature", "supplies", "kind", "platform")
"""Where a way of taking part may stand; a line has one of these keys."""

_SHOWS = ("activity", "reaction", "audience")
"""What may be counted of a role; a line has one of these keys."""

_KEYS = ("role", "invites", "shows")


def ladder(parts: Sequence[tuple[Path, object]]) -> tuple[RoleRule, ...]:
    """Join the parts `ladder` of several files, the package's first, in the order of the ladder.

    A later record of a role replaces the one before.

    Raises:
        ConfigError: a part is not built as it should be; with file and key.
    """
    rules: dict[str, RoleRule] = {}
    for path, part in parts:
        for number, record in enumerate(listed(part, "ladder", path)):
            rule = _rule(record_of(record, _KEYS, f"ladder[{number}]", path), path)
            rules[rule.role] = rule
    return tuple(rules[role] for role in ROLES if role in rules)


def _rule(record: Record, path: Path) -> RoleRule:
    """Make the rule of a role from its record."""
    role = str(record.get("role"))
    if role not in ROLES:
        raise ConfigError(f"must be one of {', '.join(ROLES)}", path=path, key=f"role: {role}")
    return RoleRule(
        role=role,
        invites=tuple(
            _invitation(line, f"{role}.invites", path)
            for line in listed(record.get("invites"), f"{role}.invites", path)
        ),
        shows=tuple(
            _trace(line, f"{role}.shows", path)
            for line in listed(record.get("shows"), f"{role}.shows", path)
        ),
    )


def _invitation(line: object, key: str, path: Path) -> Invitation:
    """Make one way of taking part from its line."""
    record = record_of(line, (*_INVITES, "because", "told"), key, path)
    place = only_one(record, _INVITES, key, path)
    if not record.get("because"):
        raise ConfigError("needs the key `because`", path=path, key=key)
    return Invitation(
        place=place,
        name=str(record[place]),
        because=str(record["because"]),
        told=str(record.get("told") or ""),
    )


def _trace(line: object, key: str, path: Path) -> Trace:
    """Make what would show a role from its line."""
    record = record_of(line, (*_SHOWS, "of"), key, path)
    place = only_one(record, _SHOWS, key, path)
    return Trace(place=place, name=str(record[place]), of=str(record.get("of") or ""))
