"""Names that look alike are one name."""

import json
from pathlib import Path

import pytest

from config.names import folded
from tests.audit.test_run import run
from tests.config.lists import COMPANY, refusal
from tests.hostile import page, serving

ALIKE = [
    ("Acme", "ACME"),
    ("Acme  Pumps", "Acme Pumps"),
    ("Acme\u00a0Pumps", "Acme Pumps"),
    ("Café", "Cafe\u0301"),
    ("Acme", "Ac\u200bme"),
    ("Acme", "\ufeffAcme"),
    ("Acme", "\u202aAcme\u202c"),
    ("Acme", "Ac\u00adme"),
    ("Acme", "Acme\ufe0f"),
    ("Acme", "Ac\u034fme"),
    ("Acme", "\uff21\uff43\uff4d\uff45"),
    ("Straße", "STRASSE"),
    ("Coca-Cola", "Coca\u2011Cola"),
    ("L'Oréal", "L\u2019Oréal"),
    ("ﬁn", "fin"),
    ("İstanbul", "i\u0307stanbul"),
]


@pytest.mark.parametrize(("name", "other"), ALIKE)
def test_names_that_look_alike_are_one_name(tmp_path: Path, name: str, other: str) -> None:
    path = tmp_path / "c.yaml"
    path.write_text(
        f"companies:\n- {{name: \"{name}\", website: 'https://a.example'}}\n"
        f"- {{name: \"{other}\", website: 'https://b.example'}}\n",
        encoding="utf-8",
    )
    message = refusal(path)
    assert f'the same name as company 1: "{name.strip()}"' in message
    assert f"{path}, line 3:" in message


@pytest.mark.parametrize(
    ("name", "other"), [("Café", "Cafe"), ("A B", "AB"), ("A-B", "A B"), ("Größe", "Grösse 2")]
)
def test_names_that_look_different_are_two(name: str, other: str) -> None:
    assert folded(name) != folded(other)


@pytest.mark.parametrize("name", ["\u200b", "\u202a\u202c", "\u3164", "\u00ad \u2060", "\ufe0f"])
def test_a_name_that_nobody_can_see_is_refused(tmp_path: Path, name: str) -> None:
    path = tmp_path / "c.yaml"
    path.write_text(COMPANY.replace("A,", f'"{name}",'), encoding="utf-8")
    assert "can be seen" in refusal(path)


@pytest.mark.parametrize("name", ["a\\nb", "a\\u2028b", "a\\u0085b", "a\\tb", "a\\x1b[2J"])
def test_a_name_is_one_line_without_control(tmp_path: Path, name: str) -> None:
    path = tmp_path / "c.yaml"
    path.write_text(COMPANY.replace("A,", f'"{name}",'), encoding="utf-8")
    assert f"{path}, line 2:" in refusal(path)


def test_a_name_on_the_command_line_is_found_in_any_spelling(tmp_path: Path) -> None:
    with serving({"/": page("<p>Hello</p>")}) as site:
        file = tmp_path / "c.yaml"
        file.write_text(
            "settings: {delay_seconds: 0}\ncompanies:\n"
            f"- {{name: \"L'Oréal\\u200b [x]\", website: '{site.url}/'}}\n"
            f"- {{name: Other, website: '{site.url}/other'}}\n",
            encoding="utf-8",
        )
        spelling = "L\u2019ORE\u0301AL  [X]"
        out = tmp_path / "o.json"
        done = run(file, "--only", spelling, "--allow-private-hosts", "--format", "json", "-o", out)
    assert done.returncode == 0, done.stderr
    assert len(json.loads(out.read_text("utf-8"))["companies"]) == 1
    assert run("explain", file, spelling, "presence.features").returncode == 0
    missing = run(file, "--only", "Nobody")
    assert missing.returncode == 2
    assert 'no company "Nobody" in the file; there are: L\'Oréal [x], Other' in missing.stderr
