"""Websites that are listed twice, in any spelling."""

from pathlib import Path

import pytest

from config.remarks import remarks
from tests.config.lists import loaded


@pytest.mark.parametrize(
    "other",
    [
        "https://www.acme.example/",
        "http://acme.example",
        "https://ACME.example",
        "https://acme.example.",
        "https://acme.example:443/",
        "https://acme.example/#top",
    ],
)
def test_a_website_that_is_listed_twice_is_remarked_on(tmp_path: Path, other: str) -> None:
    path = tmp_path / "c.yaml"
    path.write_text(
        "companies:\n- {name: One, website: 'https://acme.example'}\n"
        f"- {{name: Two, website: '{other}'}}\n",
        encoding="utf-8",
    )
    (line,) = remarks(loaded(path))
    assert line.startswith('"Two" has the same website as "One"')


def test_a_website_in_two_spellings_of_its_alphabet_is_one(tmp_path: Path) -> None:
    path = tmp_path / "c.yaml"
    path.write_text(
        "companies:\n- {name: One, website: 'https://bücher.example'}\n"
        "- {name: Two, website: 'https://xn--bcher-kva.example/'}\n",
        encoding="utf-8",
    )
    assert "the same website" in remarks(loaded(path))[0]


@pytest.mark.parametrize(
    "other",
    [
        "https://acme.example/de",
        "https://de.acme.example",
        "https://acme.example:8443",
        "https://acme.example/?shop=2",
    ],
)
def test_another_part_of_a_website_is_another_website(tmp_path: Path, other: str) -> None:
    path = tmp_path / "c.yaml"
    path.write_text(
        "companies:\n- {name: One, website: 'https://acme.example'}\n"
        f"- {{name: Two, website: '{other}'}}\n",
        encoding="utf-8",
    )
    assert remarks(loaded(path)) == ()
