"""Text that came from outside, cleaned before it is kept."""

import pytest

from scrapers.parse.text import Lines, clean, encodable, unescaped


def test_text_is_cleaned_of_what_breaks_files_and_turns_words_around() -> None:
    assert clean("a\x00b\ufffe\u202ec \n d") == "abc d"
    assert len(clean("x" * 9_999)) == 2_000


@pytest.mark.parametrize("text", ["نمی\u200cخواهم", "👩\u200d🔬"])
def test_joiners_that_a_script_needs_stay(text: str) -> None:
    assert clean(text) == text


def test_a_text_that_is_cut_says_so() -> None:
    assert clean("one two three", 8) == "one two…"
    assert clean("one two three", 13) == "one two three"


@pytest.mark.parametrize(
    ("text", "plain"), [("a&#8211;b", "a–b"), ("&eacute;", "é"), ("a&#x110000;b", "a\ufffdb")]
)
def test_references_of_html_become_their_signs(text: str, plain: str) -> None:
    assert unescaped(text) == plain


def test_half_a_character_is_replaced_where_a_file_must_hold_it() -> None:
    assert encodable("a\ud800") == "a?"
    assert encodable("é") == "é"


@pytest.mark.parametrize(
    ("parts", "places"),
    [
        (["feed"], [0, 3]),
        (["feed", "post"], [0, 1, 3]),
        (["lan"], [2]),
        (["st\npo"], []),
        (["nothing"], []),
    ],
)
def test_texts_are_found_by_a_part_in_any_case_and_in_their_order(
    parts: list[str], places: list[int]
) -> None:
    assert Lines(["a Feed of feeds", "POST-list", "İİ İlan", "feed"]).holding(parts) == places


def test_no_texts_hold_nothing() -> None:
    assert Lines([]).holding(["a"]) == []


def test_a_text_with_a_line_break_stays_one_text() -> None:
    lines = Lines(["first", "in\ntwo\nlines", "third third", ""])
    assert lines.holding(["two lines", "third"]) == [1, 2]
    assert Lines(["a\nb"]).holding(["b"]) == [0]
