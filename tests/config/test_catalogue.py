"""A user's catalogue, with any value at any place."""

import json
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from audit.model.errors import AuditError, ConfigError
from config import catalogue
from config.catalogue import load_catalogue
from scrapers.page.rules import Rules
from tests.config.lists import CASES

ODD_VALUES: tuple[object, ...] = (
    *(None, 1, True, "x", "(", [], {}),
    *([1], ["("], [[1]], {"a": 1}, {"a": [1]}, {"a": {"b": {}}}),
)


@pytest.mark.filterwarnings("ignore:Possible nested set")
def test_any_value_at_any_place_of_a_users_catalogue_is_taken_or_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(catalogue, "packaged_texts", tuple)  # the user's part alone, for speed
    monkeypatch.setattr(catalogue, "_load", catalogue._load.__wrapped__)  # and read anew each time
    path = tmp_path / "ours.yaml"
    refused = 0
    for content in _spoiled(YAML(typ="safe").load(CASES / "catalogue.yaml")):
        path.write_text(json.dumps(content), encoding="utf-8")
        message = _refusal(path)
        assert message is None or str(path) in message
        refused += message is not None
    assert refused > 25


def _spoiled(content: dict[str, object]) -> Iterator[dict[str, object]]:
    """Yield copies of a catalogue, each with one odd value at one place, another at each."""
    for number, steps in enumerate(_places(content)):
        for odd in ODD_VALUES[number % len(ODD_VALUES) :: len(ODD_VALUES)]:
            copy = deepcopy(content)
            parent: object = copy
            for step in steps[:-1]:
                parent = parent[step]  # type: ignore[index]
            parent[steps[-1]] = odd  # type: ignore[index]
            yield copy


def _places(value: object, steps: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Yield the keys and numbers that lead to each value, the outer ones first."""
    if steps:
        yield steps
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _places(inner, (*steps, key))
    if isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _places(inner, (*steps, number))


def _refusal(path: Path) -> str | None:
    """Return the message with which a catalogue is refused; None for one that is taken."""
    try:
        Rules(load_catalogue((path,)))
    except AuditError as error:
        return str(error)
    return None


def test_a_users_catalogue_cannot_grow_out_of_a_few_lines(tmp_path: Path) -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [" + ", ".join([f"*a{n - 1}"] * 10) + "]" for n in range(1, 12)]
    path = tmp_path / "ours.yaml"
    path.write_text("\n".join([*lines, "hosted: *a11", ""]), encoding="utf-8")
    with pytest.raises(ConfigError, match="aliases are not read here"):
        load_catalogue((path,))


@pytest.mark.parametrize(
    ("part", "record", "message"),
    [
        ("features", "{id: chat.x, feature: chat, css: ['..x>>']}", "`..x>>` is no CSS selector"),
        ("features", "{id: chat.x, feature: chatt}", "did you mean `chat`?"),
        ("features", "{id: x.x, feature: zzzz}", "use one of: accessibility, advertising, "),
        ("platforms", "{name: p, title: P, profile: ^/x, kind: netwrk}", "did you mean `network`?"),
        ("features", "{id: chat.x, feature: chat}", "a second record is named `chat.x`"),
    ],
)
def test_a_users_record_that_could_not_work_is_refused_before_a_run(
    tmp_path: Path, part: str, record: str, message: str
) -> None:
    path = tmp_path / "ours.yaml"
    records = [record] * (2 if "second" in message else 1)
    path.write_text("\n".join([f"{part}:", *(f"- {each}" for each in records)]), encoding="utf-8")
    assert message in (_refusal(path) or "taken")
