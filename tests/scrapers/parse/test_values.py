"""Plain values from a platform's JSON: what fits is taken, what does not is empty and never a fault."""

from datetime import UTC, datetime

import pytest

from audit.model.value import DateSource
from scrapers.parse.values import (
    count_of,
    dated_at,
    dated_by_id,
    digits_of,
    distinct,
    field,
    headline,
    items,
    json_of,
    language_of,
    name_of,
    own_site_of,
    plain_text,
    site_in,
    text_of,
    time_of,
)

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
PAYLOAD = {"user": {"links": [{"url": "x"}, {"url": "y"}]}, "n": 1}


@pytest.mark.parametrize(
    ("body", "payload"),
    [(b'{"id": 7}', {"id": 7}), (b"[1]", [1]), (b"7", None), (b"<html>", None), (b"", None)],
)
def test_an_answer_is_an_object_or_a_list_or_none(body: bytes, payload: object) -> None:
    assert json_of(body) == payload


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("user", "links", 0, "url"), "x"),
        (("user", "links", -1, "url"), "y"),
        (("user", "links", 2, "url"), None),
        (("user", "links", -3), None),
        (("user", "links", "url"), None),
        (("n", "url"), None),
        (("nobody", 0, "url"), None),
        ((), PAYLOAD),
    ],
    ids=str,
)
def test_a_path_leads_to_a_value_or_nowhere(path: tuple[str | int, ...], value: object) -> None:
    assert field(PAYLOAD, *path) == value


def test_of_a_list_the_objects_are_kept() -> None:
    assert items([{"id": 1}, None, "x", ["y"]]) == [{"id": 1}]
    assert items({"id": 1}) == []


@pytest.mark.parametrize(
    ("value", "count"),
    [(12, 12), ("12", 12), (0, 0), ("0", 0), (10**15 - 1, 10**15 - 1), ("0" * 15, 0)],
)
def test_a_whole_number_is_a_count_in_quotes_too(value: object, count: int) -> None:
    assert count_of(value) == count


@pytest.mark.parametrize(
    "value", [None, True, False, -1, 1.0, "", "-1", "1.2K", "1 2", 10**15, "1" * 16, [1], {"n": 1}]
)
def test_what_is_no_whole_number_is_no_count_and_not_zero(value: object) -> None:
    assert count_of(value) is None


@pytest.mark.parametrize(
    "value",
    [
        "2026-11-24T12:00:00Z",
        "2026-11-24T13:00:00+01:00",
        "2026-11-24 12:00:00",
        1795521600,
        1795521600.0,
        "1795521600",
        1795521600000,
    ],
)
def test_a_moment_is_the_same_however_it_is_written(value: object) -> None:
    assert time_of(value) == NOON


@pytest.mark.parametrize(
    "value",
    [None, True, "", "yesterday", 0, "1989-12-31T23:59:59Z", "2101-01-01T00:00:00Z", 1e300, [NOON]],
    ids=str,
)
def test_what_is_no_time_of_this_age_is_none(value: object) -> None:
    assert dated_at(value) is None


def test_a_date_says_where_it_comes_from() -> None:
    dated, by_id = dated_at("2026-11-24T12:00:00Z", DateSource.FEED), dated_by_id(NOON)
    assert dated is not None
    assert by_id is not None
    assert (dated.source, by_id.source) == (DateSource.FEED, DateSource.ID)
    assert dated_by_id(None) is None


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<p>Hi &amp; welcome</p><p>all</p>", "Hi & welcome all"),
        ("one<br>two", "one two"),
        ("pu<b>mp</b>", "pump"),
        (None, ""),
    ],
)
def test_html_becomes_its_words(html: object, words: str) -> None:
    assert plain_text(html) == words


def test_a_text_is_folded_and_cut() -> None:
    assert text_of(" Acme \n Pumps ") == "Acme Pumps"
    assert text_of("abcdef", 4) == "abc…"
    assert text_of(7) == ""


def test_a_headline_ends_with_a_whole_word() -> None:
    text = "pump " * 30
    assert headline(" Short. ") == "Short."
    assert headline(text) == ("pump " * 23).strip() + "…"


@pytest.mark.parametrize(
    ("tag", "language"),
    [("de-CH", "de"), ("de_AT", "de"), ("EN", "en"), ("gsw", "gsw"), ("x", ""), ("1", ""), (1, "")],
)
def test_a_language_is_the_first_part_of_its_tag(tag: object, language: str) -> None:
    assert language_of(tag) == language


def test_an_address_is_one_that_can_be_asked_for() -> None:
    assert site_in("https://acme.example") == ("https://acme.example/",)
    assert site_in("javascript:alert(1)") == ()
    assert site_in(None) == ()


def test_an_own_site_lies_on_the_host_or_below_it() -> None:
    assert own_site_of("https://acme.tumblr.com/", "tumblr.com") == "https://acme.tumblr.com/"
    assert own_site_of("https://nottumblr.com/", "tumblr.com") == ""


@pytest.mark.parametrize(
    ("value", "digits"),
    [
        (42, "42"),
        ("42", "42"),
        (10**20, "1" + "0" * 20),
        (-1, ""),
        (True, ""),
        ("4a", ""),
        ("²", ""),
    ],
)
def test_an_id_in_digits_may_be_longer_than_a_count(value: object, digits: str) -> None:
    assert digits_of(value) == digits


@pytest.mark.parametrize(
    ("value", "name"),
    [("acme.example", "acme.example"), ("a/b", ""), ("a?b", ""), ("a b", ""), ("a" * 256, "")],
)
def test_a_name_can_stand_in_an_address(value: object, name: str) -> None:
    assert name_of(value) == name


def test_addresses_of_all_groups_are_kept_once() -> None:
    assert distinct(["b", "a"], (), ["a", "c"]) == ("b", "a", "c")
