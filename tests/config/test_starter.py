"""The first competitors.yaml, which `audit init` writes."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audit.model.company import Settings
from audit.model.errors import AuditError
from config.starter import starter
from tests.config.lists import loaded


@pytest.mark.parametrize(
    "websites",
    [
        (),
        ("borealis.example", "localhost:8000", "http://127.0.0.1:9/", "no.example"),
        ("www.acme-pumps.example", "https://acme-pumps.test", "https://1.10.example"),
        ("https://bücher.example/a?b=c#d", "https://[::1]:8000/"),
    ],
)
def test_starter_loads_as_it_is(tmp_path: Path, websites: tuple[str, ...]) -> None:
    file = tmp_path / "competitors.yaml"
    file.write_text(starter(websites), encoding="utf-8")
    competitors = loaded(file)
    assert [company.own for company in competitors.companies] == [True] + [False] * (
        len(competitors.companies) - 1
    )
    assert len(competitors.companies) == (len(websites) or 2)
    assert competitors.settings == Settings()


def test_starter_guesses_names_from_hosts(tmp_path: Path) -> None:
    file = tmp_path / "competitors.yaml"
    file.write_text(starter(["www.acme-pumps.example", "shop.no.example"]), encoding="utf-8")
    assert [company.name for company in loaded(file).companies] == [
        "Acme Pumps",
        "Shop",
    ]


def test_guessed_names_do_not_look_alike(tmp_path: Path) -> None:
    file = tmp_path / "c.yaml"
    text = starter(["https://caf\u00e9.example", "https://cafe\u0301.test", "https://CAFÉ.org"])
    file.write_text(text, encoding="utf-8")
    assert len(loaded(file).companies) == 3


@pytest.mark.parametrize(
    "website", ["ftp://acme.example", "https://u:secret@acme.example", "a b", "", "x\n- y", "//x"]
)
def test_starter_refuses_what_is_no_website(website: str) -> None:
    with pytest.raises(AuditError) as caught:
        starter([website])
    assert "secret" not in str(caught.value)


@settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(websites=st.lists(st.text(max_size=30), min_size=1, max_size=3))
def test_starter_from_any_text_loads_or_is_refused(tmp_path: Path, websites: list[str]) -> None:
    file = tmp_path / "competitors.yaml"
    try:
        file.write_text(starter(websites), encoding="utf-8")
    except AuditError:
        return
    assert loaded(file).companies[0].own
