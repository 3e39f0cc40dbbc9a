"""The data that pages carry for their own scripts, in the forms in which scripts write them."""

import pytest

from scrapers.parse.document import Document
from scrapers.parse.embedded import (
    assigned,
    everywhere,
    given,
    same_as,
    script_json,
    statistic,
    things,
)
from tests.scrapers.parse.pages import document


def scripted(script: str) -> Document:
    """Return a page that holds this script."""
    return document(f"<html><body><script>{script}</script></body></html>")


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
    assert assigned(scripted(script), "state") == {"a": 1}


@pytest.mark.parametrize(
    "script", ["", "state", "state = 1", 'state = "x"', "state = {", "state == {}", "state({})"]
)
def test_what_is_no_object_and_no_list_is_none(script: str) -> None:
    assert assigned(scripted(script), "state") is None


def test_all_values_of_a_name_are_given_in_order_and_none_from_within_another() -> None:
    script = 'f({data: [1, {"data": [2]}]}); f({data: [3]})'
    assert list(given(scripted(script), "data")) == [[1, {"data": [2]}], [3]]


def test_deep_nesting_is_no_fault() -> None:
    assert assigned(scripted("state = " + "[" * 100_000), "state") is None


def test_the_json_of_a_script_is_found_by_its_selector() -> None:
    page = document('<script id="__NEXT_DATA__"> {"a": 1}; </script><script id="b">no</script>')
    assert script_json(page, "#__NEXT_DATA__") == {"a": 1}
    assert script_json(page, "#b") is None
    assert script_json(page, "#c") is None


def test_a_key_is_found_wherever_it_lies_outer_ones_first() -> None:
    payload = {"n": {"n": 1}, "a": [{"n": 2}, "n"]}
    assert list(everywhere(payload, "n")) == [{"n": 1}, 1, 2]


@pytest.mark.parametrize(
    "kind",
    [
        '"https://schema.org/FollowAction"',
        '"FollowAction"',
        '{"@type": "FollowAction"}',
        '{"@type": "http://schema.org/FollowAction"}',
    ],
)
@pytest.mark.parametrize("form", ["%s", "[%s]"])
def test_a_count_of_one_action_is_read_in_any_form(kind: str, form: str) -> None:
    counter = form % f'{{"interactionType": {kind}, "userInteractionCount": 12}}'
    script = f'{{"@type": "Person", "sameAs": ["https://x.com/a", "a"], "interactionStatistic": {counter}}}'
    (thing,) = things(
        document(f'<script type="application/ld+json">{script}</script>'), "Person", "Organization"
    )
    assert statistic(thing, "FollowAction") == 12
    assert statistic(thing, "LikeAction") is None
    assert same_as(thing) == ["https://x.com/a"]
