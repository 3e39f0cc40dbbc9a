"""Pages in the encodings that they name, and in none."""

import pytest

from scrapers.parse.charset import decode, decode_page
from scrapers.parse.html import read_html
from tests.scrapers.parse.pages import page


def test_a_page_in_cyrillic_bytes_is_decoded_by_its_meta_element() -> None:
    html = '<meta charset="windows-1251"><title>Новости</title>'.encode("cp1251")
    assert read_html(page(html, "text/html")).title == "Новости"


NO_LABELS = "punycode idna unicode_escape raw_unicode_escape utf-7 rot13 hex zip uu mbcs"
"""Codecs of Python that are no encodings of the web."""


@pytest.mark.parametrize("label", NO_LABELS.split())
def test_an_encoding_that_is_none_of_the_webs_counts_as_not_named(label: str) -> None:
    body = "<p>Größe \\u0041 +ADw- 61</p>".encode()
    assert decode(body, f"text/html; charset={label}") == body.decode()
    assert decode(b"<meta charset=" + label.encode() + b">" + body, "text/html").endswith(
        body.decode()
    )


@pytest.mark.parametrize(
    ("label", "codec", "text"),
    [
        ("x-gbk", "gb18030", "中文"),
        ("ISO-8859-1", "cp1252", "Größe – “x”"),
        ("shift-jis", "cp932", "日本"),
        ("dos-874", "cp874", "ไทย"),
    ],
)
def test_the_webs_names_of_encodings_are_known(label: str, codec: str, text: str) -> None:
    assert decode(text.encode(codec), f"text/html; charset={label}") == text


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        ("\ufeffé".encode(), "text/html; charset=iso-8859-1"),
        ("é".encode("utf-16"), "text/html"),
        ("é".encode("latin-1"), "text/html; charset=iso-8859-1"),
        ("é".encode(), "text/html"),
    ],
    ids=["a mark before the header", "UTF-16 by its mark", "header", "nothing"],
)
def test_a_byte_order_mark_counts_before_the_header(body: bytes, content_type: str) -> None:
    assert decode(body, content_type) == "é"


def test_a_declaration_of_utf_16_that_can_be_read_is_wrong() -> None:
    html = '<meta charset="utf-16">é'
    assert decode(html.encode(), "text/html") == html


@pytest.mark.parametrize(
    ("language", "codec", "text"),
    [
        ("ru", "cp1251", "Новый цех открыт"),
        ("de-AT", "cp1252", "Größere Halle eröffnet"),
        ("", "cp1252", "Café à l’étage"),
        ("cs", "cp1250", "Nová hala je větší"),
        ("ja", "cp932", "新しい工場"),
        ("zh-TW", "big5", "新工廠開業"),
    ],
)
def test_an_old_page_that_names_no_encoding_is_in_that_of_its_language(
    language: str, codec: str, text: str
) -> None:
    html = f'<html lang="{language}"><p>{text}</p>'
    assert decode(html.encode(codec), "text/html") == html


def test_a_page_in_utf_8_with_some_broken_bytes_stays_in_it() -> None:
    body = '<html lang="ru"><p>Новый цех'.encode() + b"\xd0 \xff</p>"
    assert decode(body, "text/html") == '<html lang="ru"><p>Новый цех\ufffd \ufffd</p>'


def test_only_a_page_that_is_its_text_in_utf_8_keeps_its_bytes() -> None:
    plain, with_zero, marked = "é".encode(), b"a\x00b", b"\xef\xbb\xbfa"
    assert decode_page(plain, "text/html") == ("é", plain)
    assert decode_page(with_zero, "text/html") == ("ab", None)
    assert decode_page(marked, "text/html; charset=latin1") == ("a", None)


@pytest.mark.parametrize("label", ["iso-8859-1", "windows-1251", "shift_jis", "windows-1254"])
def test_what_is_utf_8_without_a_fault_is_read_so_whatever_it_declares(label: str) -> None:
    html = f'<meta charset="{label}"><p>77-årig fundet, Größe, насос'
    assert decode(html.encode(), "text/html") == html
    assert decode(html.encode(), f"text/html; charset={label}") == html


def test_an_old_encoding_that_is_meant_stays() -> None:
    html = '<meta charset="iso-8859-1"><p>Ã¥r: en sætning på dansk'
    assert decode(html.encode("cp1252"), "text/html") == html
