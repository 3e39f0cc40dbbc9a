"""The quick reader of the package's own files gives what the full one gives, and refuses the rest."""

import pytest
from ruamel.yaml import YAML

from config.quick_yaml import quickly_loaded

TEXTS = [
    "",
    "# nothing\n",
    "- a word\n- 'quoted: 7'\n- \"12\"\n- ''\n-\n- ~\n- null\n- nullable\n",
    "- 1\n- -2\n- +3\n- 0x1f\n- 1_000\n- 1.5\n- .5\n- -.inf\n- .nan.example\n- 1.2.3\n- 7up\n",
    "- true\n- False\n- truely\n- yes\n- no\n- on\n- <<<\n- 2026-11-24\n- 12:30\n",
    "a: {b: [x, {c: d}], 3: e}\n? long\n: |\n  two\n  lines\nf: >\n  joined\n  lines\n",
]


@pytest.mark.parametrize("text", TEXTS)
def test_a_file_is_read_as_by_the_full_reader(text: str) -> None:
    assert repr(quickly_loaded(text)) == repr(YAML(typ="safe", pure=True).load(text))


@pytest.mark.parametrize(
    "text", ["a: &x b", "a: &x b\nc: *x", "a: !!str 3", "a: !!map {}", "a: 1\na: 2", "a\n---\nb"]
)
def test_what_the_packages_files_have_not_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"anchor|tag|twice|second document"):
        quickly_loaded(text)
