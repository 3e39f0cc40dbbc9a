"""The data that pages carry for their own scripts, in the forms in which scripts write them."""

import pytest

from audit.model.exchange import Page
from scrapers.parse.embedded import assigned, given
from scrapers.parse.html import Document, read_html
from tests.scrapers.platforms.platform_cases import NOW, answered


def document(script: str) -> Document:
    body = f"<html><body><script>{script}</script></body></html>".encode()
    found = answered({"status": 200}, "https://acme.example/", body)
    assert isinstance(found, Page)
    assert found.fetched_at == NOW
    return read_html(found)


@pytest.mark.parametrize(
    "script",
    [
        'var state = {"a": 1};more()',
        'window["state"] = {"a": 1}',
        "window['state']={\"a\": 1}",
        'init({key: "x", state: {"a": 1}, other: 2})',
        '{"state":{"a": 1}}',
        r'window.state = JSON.parse("{\"a\": 1}")',
        'state = broken; state = {"a": 1}',
    ],
)
def test_a_value_is_found_however_it_is_written(script: str) -> None:
    assert assigned(document(script), "state") == {"a": 1}


@pytest.mark.parametrize(
    "script", ["", "state", "state = 1", 'state = "x"', "state = {", "state == {}", "state({})"]
)
def test_what_is_no_object_and_no_list_is_none(script: str) -> None:
    assert assigned(document(script), "state") is None


def test_all_values_of_a_name_are_given_in_order_and_none_from_within_another() -> None:
    script = 'f({data: [1, {"data": [2]}]}); f({data: [3]})'
    assert list(given(document(script), "data")) == [[1, {"data": [2]}], [3]]


def test_deep_nesting_is_no_fault() -> None:
    assert assigned(document("state = " + "[" * 100_000), "state") is None
