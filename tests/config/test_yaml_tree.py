"""YAML of a size or shape that no list of companies has: refused as soon as it is met."""

import time
from pathlib import Path

import pytest

from audit.model.errors import ConfigError
from config.load import MAX_BYTES
from tests.config.lists import COMPANY, loaded, refusal


def test_too_many_companies_are_refused_at_the_first_too_many(tmp_path: Path) -> None:
    path = tmp_path / "many.yaml"
    rows = "".join(f"- {{name: C{n}, website: 'https://c{n}.ex'}}\n" for n in range(20_000))
    path.write_text("companies:\n" + rows, encoding="utf-8")
    assert path.stat().st_size < MAX_BYTES
    assert f"{path}, line 1002:" in refusal(path)
    assert "more than 1,000 companies; split the file" in refusal(path)
    path.write_text("companies:\n" + "".join(rows.splitlines(True)[:1000]), encoding="utf-8")
    assert len(loaded(path).companies) == 1000


def test_too_many_keys_are_refused_at_the_first_too_many(tmp_path: Path) -> None:
    path = tmp_path / "keys.yaml"
    path.write_text(COMPANY + "".join(f"k{n}: 1\n" for n in range(45_000)), encoding="utf-8")
    assert f"{path}, line 502:" in refusal(path)
    assert "more than 500 keys in one place" in refusal(path)


def test_a_file_of_far_too_many_values_is_refused_soon(tmp_path: Path) -> None:
    file = tmp_path / "many.yaml"
    file.write_text("topics: [" + "x," * 400_000 + "]", encoding="utf-8")
    with pytest.raises(ConfigError, match="more than 50,000 values"):
        loaded(file)


SIZE = 300_000
"""Bytes of a shape: a third of what a list may have, so that all of them take seconds."""


SHAPES = {
    "aliases": "a: [&a x, " + "*a, " * (SIZE // 4) + "]",
    "anchors": "a:\n" + "".join(f"- &a{n} x\n" for n in range(24_000)),
    "block text": "a: |\n" + " x\n" * (SIZE // 3),
    "brackets": "a: " + "[" * SIZE,
    "colons": "a" + ":" * SIZE,
    "dashes": "- " * (SIZE // 2),
    "directives": "%FOO\n" * (SIZE // 5),
    "escapes": 'a: "' + "\\x41" * (SIZE // 4) + '"\n',
    "exclusions": COMPANY.replace("}", ", exclude: [" + "'ftp:', " * 14_000 + "]}"),
    "line ends": "\n" * SIZE,
    "long key": "a" * SIZE + ": 1\n",
    "long name": COMPANY.replace("A,", "'" + "a " * (SIZE // 2) + "',"),
    "question marks": "? " * (SIZE // 2),
    "tag": "a: !" + "b" * SIZE,
}


@pytest.mark.parametrize("shape", SHAPES)
def test_much_of_anything_is_refused_in_bounded_time(tmp_path: Path, shape: str) -> None:
    path = tmp_path / "c.yaml"
    path.write_text(SHAPES[shape], encoding="utf-8")
    assert SIZE / 3 < path.stat().st_size < 2 * SIZE < MAX_BYTES
    began = time.process_time()
    message = refusal(path)
    # A quadratic reader took minutes.
    assert time.process_time() - began < 10
    assert len(message.replace(str(path), "")) < 2_000
