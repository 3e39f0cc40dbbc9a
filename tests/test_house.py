"""The house keeps its own rules: sizes, words in the docs, names that are ours."""

import re
from pathlib import Path

from audit.commands.known import COMMANDS
from audit.measure import metrics
from audit.model.value import Reason
from config.catalogue import load_catalogue
from tests.places import CODE, INSTALLED, ROOT

FAMILIES = (
    "audit",
    "changes",
    "formats",
    "html",
    "kit",
    "layouts",
    "measure",
    "platforms",
    "sections",
    "sheets",
    "targets",
    "pptx",
    "xlsx",
)
"""Folders whose `__init__.py` hold more: the version, or how the files of a family are found."""


def read(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def test_no_file_is_longer_than_the_house_allows() -> None:
    allowed = 400
    long = {path.name: lines for path in CODE if (lines := read_lines(path)) > allowed}
    assert long == {}


def read_lines(path: Path) -> int:
    return len(path.read_text("utf-8").splitlines())


def test_every_command_and_option_is_in_the_readme_or_its_help() -> None:
    text = read("README.md")
    commands = [name for name in COMMANDS if name != "run"]
    assert [name for name in commands if f"audit {name}" not in text] == []


def test_every_metric_and_reason_is_in_the_glossary() -> None:
    text = read("docs/glossary.md")
    assert [metric.id for metric in metrics() if f"`{metric.id}`" not in text] == []
    plain = [reason for reason in Reason if not re.match(r"http-(?!4xx|5xx)", reason)]
    assert [reason.value for reason in plain if f"`{reason}`" not in text] == []


def test_the_readme_promises_no_more_platforms_and_products_than_there_are() -> None:
    catalogue = load_catalogue()
    vendors = len({rule.vendor for rule in catalogue.features if rule.vendor})
    for page in (read("README.md"), read("CHANGELOG.md")):
        assert _promised(r"more than ([\d,]+)\s+platforms", page) <= len(catalogue.platforms)
        assert _promised(r"more than ([\d,]+)\s+(?:products|vendors)", page) <= vendors


def _promised(pattern: str, text: str) -> int:
    """Return the round number that a page tells; new rules need no new one."""
    found = re.search(pattern, text)
    assert found, pattern
    return int(found[1].replace(",", ""))


def test_init_files_hold_a_docstring_and_nothing_else() -> None:
    for path in CODE:
        if path.name == "__init__.py" and path.parts[-2] not in FAMILIES:
            assert path.read_text("utf-8").count('"""') == 2
            assert "import" not in path.read_text("utf-8").replace("important", "")


def test_platforms_do_not_know_each_other() -> None:
    """What several share lies in the toolbox; import contracts cannot tell platforms apart."""
    platforms = INSTALLED / "scrapers" / "platforms"
    known = {
        (path.relative_to(platforms).parts[0].removesuffix(".py"), name)
        for path in platforms.rglob("*.py")
        for name in re.findall(r"scrapers\.platforms\.([a-z]\w*)", path.read_text("utf-8"))
    }
    assert {(own, name) for own, name in known if name not in ("kit", own)} == set()


def test_nobody_elses_catalogue_word_is_a_todo() -> None:
    marks = ("TO" + "DO", "FIX" + "ME", "XX" + "X:")
    found = [path.name for path in CODE for mark in marks if mark in path.read_text("utf-8")]
    assert found == []


def test_every_file_that_the_docs_name_is_there() -> None:
    """`NAME` and the files of a guide's own example stand for what a reader makes."""
    for page in (ROOT / "docs").glob("*.md"):
        text = page.read_text("utf-8")
        made = set(re.findall(r"^## \d.*`([\w/.]+)`", text, re.MULTILINE))
        for path in set(
            re.findall(r"`((?:audit|scrapers|reports|config|tests)/[\w/]+\.py)`", text)
        ):
            there = any((place / path).exists() for place in (ROOT, INSTALLED))
            assert there or "NAME" in path or path in made, f"{page.name}: {path}"
        for name in set(re.findall(r"`(test_\w+\.py)`", text)):
            assert any((ROOT / "tests").rglob(name)), f"{page.name}: {name}"


def test_every_file_that_the_code_names_is_there() -> None:
    named = re.compile(r"\b((?:audit|scrapers|reports|config)/[\w/]+\.py)\b")
    lost = [
        (source.name, path)
        for source in CODE
        for path in named.findall(source.read_text("utf-8"))
        if not any((place / path).exists() for place in (ROOT, INSTALLED)) and "NAME" not in path
    ]
    assert lost == []
