"""What a newcomer gets wrong about a new file of a family is said with the file and the guide."""

import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import pytest

import audit.measure
import reports.formats
import reports.sheets
import scrapers.platforms
import scrapers.sources
from audit.measure import subjects
from reports.formats import formats
from reports.sheets import sheets
from scrapers.platforms import platforms
from scrapers.sources.source import sources


@dataclass(frozen=True)
class Family:
    """A folder of files that are found by name; `like` is one of them, `files` finds them all."""

    package: ModuleType
    word: str
    like: str
    files: Callable[[], object]
    guide: str

    @property
    def folder(self) -> str:
        return self.package.__name__.replace(".", "/")

    def says(self, words: str) -> str:
        return f"^{re.escape(f'{self.folder}/{words}: see docs/{self.guide}.md')}$"


PLATFORMS = Family(scrapers.platforms, "PLATFORM", "vimeo", platforms, "add-a-platform")
SHEETS = Family(reports.sheets, "SHEET", "posts", sheets, "add-a-sheet")
FORMATS = Family(reports.formats, "FORMAT", "json", formats, "add-a-format")
SUBJECTS = Family(audit.measure, "SUBJECT", "presence", subjects, "add-a-metric")
SOURCES = Family(scrapers.sources, "SOURCE", "flarum", sources, "add-a-rule")
CACHED = (platforms, sheets, formats, subjects, sources)
ALL = [PLATFORMS, SHEETS, FORMATS, SUBJECTS, SOURCES]
WITHOUT_HELPERS = [PLATFORMS, SHEETS, FORMATS]

Add = Callable[[Family, str], None]


@pytest.fixture
def add(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Add]:
    """Put a new file `zz_new.py` into a family."""
    added: list[Family] = []

    def put(family: Family, code: str, name: str = "zz_new.py") -> None:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(code)
        paths = [*family.package.__path__, str(tmp_path)]
        monkeypatch.setattr(family.package, "__path__", paths)
        added.append(family)
        _forget()

    def _forget() -> None:
        for each in CACHED:
            each.cache_clear()

    yield put
    _forget()
    for family in added:
        vars(family.package).pop("zz_new", None)
        for name in [each for each in sys.modules if ".zz_new" in each]:
            del sys.modules[name]


def ids(family: Family) -> str:
    return family.folder


@pytest.mark.parametrize("family", WITHOUT_HELPERS, ids=ids)
def test_a_file_without_the_name_is_named(family: Family, add: Add) -> None:
    add(family, "")
    with pytest.raises(TypeError, match=family.says(f"zz_new.py names no {family.word}")):
        family.files()


@pytest.mark.parametrize("family", [SUBJECTS, SOURCES], ids=ids)
def test_a_file_that_only_helps_others_needs_no_name(family: Family, add: Add) -> None:
    add(family, "")
    assert family.files()


@pytest.mark.parametrize("family", ALL, ids=ids)
def test_a_misspelt_name_is_named_beside_the_right_one(family: Family, add: Add) -> None:
    add(family, f"from {family.package.__name__}.{family.like} import {family.word} as MISSPELT\n")
    words = f"zz_new.py names no {family.word}, but MISSPELT"
    with pytest.raises(TypeError, match=family.says(words)):
        family.files()


@pytest.mark.parametrize("family", ALL, ids=ids)
def test_a_name_for_something_else_is_refused(family: Family, add: Add) -> None:
    add(family, f"{family.word} = 'posts'\n")
    words = f"zz_new.py: {family.word} is no {family.word.capitalize()}"
    with pytest.raises(TypeError, match=family.says(words)):
        family.files()


@pytest.mark.parametrize("family", [PLATFORMS, SHEETS, FORMATS, SUBJECTS], ids=ids)
def test_two_of_one_name_are_refused_with_both_files(family: Family, add: Add) -> None:
    add(family, f"from {family.package.__name__}.{family.like} import {family.word}\n")
    both = f"^{family.folder}/{family.like}.py and {family.folder}/zz_new.py both offer a "
    with pytest.raises(TypeError, match=both):
        family.files()


def test_two_metrics_of_one_id_in_one_file_are_refused(add: Add) -> None:
    code = "from dataclasses import replace\nfrom audit.measure.presence import SUBJECT as _ONE\n"
    code += "_TWO = [replace(_ONE.metrics[0], id='a.b')] * 2\n"
    add(SUBJECTS, code + "SUBJECT = replace(_ONE, metrics=tuple(_TWO))\n")
    with pytest.raises(TypeError, match=r"zz_new.py offers two of the name 'a.b', each a metric"):
        subjects()


def test_a_format_that_is_not_called_as_its_file_is_refused(add: Add) -> None:
    code = "from dataclasses import replace\nfrom reports.formats.json import FORMAT as _JSON\n"
    add(FORMATS, code + "FORMAT = replace(_JSON, name='words')\n")
    with pytest.raises(
        TypeError, match=FORMATS.says("zz_new.py calls its format 'words', not 'zz_new'")
    ):
        formats()


def test_a_folder_without_any_platform_is_named(add: Callable[[Family, str, str], None]) -> None:
    add(PLATFORMS, "", "zz_new/__init__.py")
    add(PLATFORMS, "", "zz_new/helper.py")
    with pytest.raises(
        TypeError, match=r"^no module of scrapers/platforms/zz_new/ names a PLATFORM"
    ):
        platforms()
