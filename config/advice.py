"""Read which comparisons are worth a sentence, and what to do about a gap: as data, user's last."""

from collections.abc import Sequence
from pathlib import Path

from audit.model.advice import ACTION_PLACES, ActionRule, Effort, FindingTheme, Telling
from audit.model.errors import ConfigError
from config.records import Record, listed, only_one, record_of

_THEME_KEYS = ("theme", "weight", "because", "metrics")
_WORDING_KEYS = ("metric", "apart", "praised", "we", "typical", "company", "none", "lacks", "best")
_ACTION_KEYS = (
    *(*ACTION_PLACES, "do", "have", "lack", "same", "needs", "serves", "by"),
    *("weight", "effort", "because"),
)
_SAME = ("feature", "kind", "platform")


def finding_themes(parts: Sequence[tuple[Path, object]]) -> tuple[FindingTheme, ...]:
    """Join the parts `findings` of several files; a later theme of a name replaces the one before.

    Raises:
        ConfigError: a part is not built as it should be; with file and key.
    """
    themes: dict[str, FindingTheme] = {}
    for path, part in parts:
        for number, entry in enumerate(listed(part, "findings", path)):
            record = record_of(entry, _THEME_KEYS, f"findings[{number}]", path)
            name = _text(record, "theme", f"findings[{number}]", path)
            themes[name] = FindingTheme(
                name=name,
                weight=_weight(record, name, path),
                because=_text(record, "because", name, path),
                metrics=tuple(
                    _wording(line, f"{name}.metrics", path)
                    for line in listed(record.get("metrics"), f"{name}.metrics", path)
                ),
            )
    return tuple(themes.values())


def _wording(line: object, key: str, path: Path) -> Telling:
    """Make how one metric is told from its line."""
    record = record_of(line, _WORDING_KEYS, key, path)
    praised = record.get("praised")
    return Telling(
        metric=_text(record, "metric", key, path),
        we=_text(record, "we", key, path),
        typical=_text(record, "typical", key, path),
        company=_text(record, "company", key, path),
        none=str(record.get("none") or ""),
        lacks=str(record.get("lacks") or ""),
        best=str(record.get("best") or ""),
        apart=_number(record, "apart", key, path),
        praised=None if praised is None else _number(record, "praised", key, path),
    )


def action_rules(parts: Sequence[tuple[Path, object]]) -> tuple[ActionRule, ...]:
    """Join the parts `actions` of several files; a later record of a place replaces the one before.

    Raises:
        ConfigError: a part is not built as it should be; with file and key.
    """
    rules: dict[tuple[str, tuple[str, ...]], ActionRule] = {}
    for path, part in parts:
        for number, entry in enumerate(listed(part, "actions", path)):
            record = record_of(entry, _ACTION_KEYS, f"actions[{number}]", path)
            rule = _action(record, f"actions[{number}]", path)
            rules[rule.place, rule.names] = rule
    return tuple(rules.values())


def _action(record: Record, key: str, path: Path) -> ActionRule:
    """Make a rule of its record."""
    place = only_one(record, ACTION_PLACES, key, path)
    names = _texts(record, place, key, path)
    effort = str(record.get("effort"))
    if effort not in tuple(Effort):
        raise ConfigError(f"must be one of {', '.join(Effort)}", path=path, key=f"{key}.effort")
    same = record_of(record.get("same") or {}, _SAME, f"{key}.same", path)
    return ActionRule(
        place=place,
        names=names,
        do=_text(record, "do", key, path),
        because=_text(record, "because", key, path),
        weight=_weight(record, key, path),
        effort=Effort(effort),
        have=str(record.get("have") or ""),
        lack=str(record.get("lack") or ""),
        same={kind: _texts(same, kind, f"{key}.same", path) for kind in same},
        needs=_texts(record, "needs", key, path),
        serves=_texts(record, "serves", key, path),
        by=str(record.get("by") or ""),
    )


def _text(record: Record, name: str, key: str, path: Path) -> str:
    """Return the text of a key that every record has."""
    value = record.get(name)
    if not isinstance(value, str) or not value:
        raise ConfigError(f"needs the key `{name}`, a text", path=path, key=key)
    return value


def _texts(record: Record, name: str, key: str, path: Path) -> tuple[str, ...]:
    """Return one text or a list of texts; empty for none."""
    value = record.get(name)
    if isinstance(value, str):
        return (value,)
    return tuple(str(each) for each in listed(value, f"{key}.{name}", path))


def _number(record: Record, name: str, key: str, path: Path) -> float:
    """Return the number of a key that every record has."""
    value = record.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < 1e15:
        raise ConfigError(f"needs the key `{name}`, a number from 0", path=path, key=key)
    return float(value)


def _weight(record: Record, key: str, path: Path) -> float:
    """Return a weight in 0 to 1; with 0 nothing is told."""
    weight = _number(record, "weight", key, path)
    if weight > 1:
        raise ConfigError("must be between 0 and 1", path=path, key=f"{key}.weight")
    return weight
