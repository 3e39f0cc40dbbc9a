"""JSON-LD as sites write it, and as nobody should."""

import pytest

from scrapers.parse.jsonld import read_jsonld, texts
from scrapers.parse.readable import read_json


def test_json_ld_is_read_through_graphs_comments_and_trailing_commas() -> None:
    text = '<!-- {"@graph": [{"@type": "Organization", "name": "Acme",}, {"@type": "WebSite"}]} -->'
    assert [thing["@type"] for thing in read_jsonld([text])] == ["Organization", "WebSite"]


@pytest.mark.parametrize(
    "text",
    [
        '<!--\n{"@type": "Organization", "name": "Größe"}\n//-->',
        '{"@type": "Organization", "name": "Größe"};',
        "{&quot;@type&quot;: &quot;Organization&quot;, &quot;name&quot;: &quot;Gr&ouml;&szlig;e&quot;}",
        '{"@type": "Organization", "name": "Größe"}\n{"@type": "WebSite"}',
        '{"@type": "Organization", "name": "Größe",}, {"@type": "WebSite"} window.x = 1',
    ],
)
def test_json_ld_is_read_in_the_wrappers_that_people_write_around_it(text: str) -> None:
    assert read_jsonld([text])[0] == {"@type": "Organization", "name": "Größe"}


def test_half_a_character_and_an_endless_reference_cost_no_more_than_themselves() -> None:
    (thing,) = read_jsonld(['{"@type": "Organization", "name": "A\\ud800"};'])
    assert thing["name"] == "A\ufffd"
    assert read_jsonld(["{&#" + "9" * 6_000 + ";"]) == ()


def test_a_script_that_only_holds_json_is_no_json_ld() -> None:
    assert read_jsonld(['window.data = {"@type": "Organization"};']) == ()


@pytest.mark.parametrize("text", ["[" * 100_000, '{"a":' * 5_000, "9" * 6_000, "{", ""])
def test_hostile_json_ld_gives_nothing(text: str) -> None:
    assert read_jsonld([text]) == ()


def test_json_within_json_is_walked_so_far() -> None:
    nested = '{"@type":"Organization","sameAs":' * 900 + '"https://x.com/acme"' + "}" * 900
    assert all(texts(each.get("sameAs")) == () for each in read_jsonld([nested])[:50])
    assert read_json("[" * 100_000) is None
