"""A new metric is one file of its subject, as docs/add-a-metric.md shows it, with tests of its own."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import audit.measure
from audit.measure import metric_of, subjects
from tests.places import ROOT

GUIDE = (ROOT / "docs" / "add-a-metric.md").read_text("utf-8")
SUBJECT, TESTS = re.findall(r"```python\n(.*?)```", GUIDE, re.DOTALL)
MODULE = "audit.measure.formats"


def _forget() -> None:
    """Leave nothing of the subject behind, neither the module nor a list that has it."""
    sys.modules.pop(MODULE, None)
    vars(audit.measure).pop("formats", None)
    subjects.cache_clear()


@pytest.fixture(autouse=True)
def _added(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The subject of the page, found by its name as any other."""
    (tmp_path / "formats.py").write_text(SUBJECT, "utf-8")
    monkeypatch.setattr(audit.measure, "__path__", [*audit.measure.__path__, str(tmp_path)])
    subjects.cache_clear()
    yield
    _forget()


def test_the_subject_of_the_documentation_is_found_and_named_in_its_row_of_the_glossary() -> None:
    metric = metric_of("site.formats")
    assert metric is not None
    assert f"| `{metric.id}` | {metric.title}. {metric.definition} |" in GUIDE


@pytest.mark.parametrize("name", re.findall(r"^def (test_\w+)", TESTS, re.MULTILINE))
def test_the_tests_of_the_documentation_hold(name: str) -> None:
    names: dict[str, object] = {}
    exec(TESTS, names)  # noqa: S102  # our own documentation
    test = names[name]
    assert callable(test)
    test()
