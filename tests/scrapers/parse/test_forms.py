"""What is read of forms: fields that people see, and fields without a form."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from scrapers.parse.element_index import ElementIndex
from scrapers.parse.forms import MAX_FORMS, read_forms

BASE = "https://www.acmepumps.example/"


def fields(html: str) -> tuple[str, ...]:
    forms = read_forms(ElementIndex(LexborHTMLParser(html)), BASE)
    return forms[0].fields if forms else ()


MAIL = '<input type="email" name="e">'
TRAPS = [
    '<input type="text" name="website" style="display: none">',
    '<input name="b_12" aria-hidden="true" tabindex="-1">',
    '<input type="text" name="url" hidden>',
    '<div style="position:absolute; left:-5000px"><input type="text" name="b_12"></div>',
    '<p class="honeypot"><label>Leer lassen <input type="text" name="n"></label></p>',
    '<input type="text" name="honey_name">',
    '<textarea name="message" style="visibility:hidden"></textarea>',
    '<div class="gform_validation_container"><input name="input_7" type="text"></div>',
]
SEEN = [
    '<input type="text" name="name">',
    '<div style="left:-5px"><input type="text" name="name"></div>',
    '<div class="hp-teaser"><input type="text" name="name"></div>',
]


@pytest.mark.parametrize("trap", TRAPS)
def test_a_trap_for_programs_is_no_field(trap: str) -> None:
    assert fields(f"<form>{trap}{MAIL}</form>") == ("email:e:",)


@pytest.mark.parametrize("field", SEEN)
def test_a_field_that_people_see_is_one(field: str) -> None:
    assert fields(f"<form>{field}{MAIL}</form>") == ("text:name:", "email:e:")


def test_a_form_within_a_hidden_window_keeps_its_fields() -> None:
    assert fields(f'<div style="display:none"><form>{MAIL}</form></div>') == ("email:e:",)


def test_a_field_for_an_address_without_a_form_is_read_with_what_holds_its_button() -> None:
    html = (
        f'<main><div class="box"><p>News by mail</p><p>{MAIL}</p><button>Go</button></div></main>'
    )
    (form,) = read_forms(ElementIndex(LexborHTMLParser(html)), BASE)
    assert form.fields == ("email:e:",)
    assert form.locator == "form class=box"
    assert "News by mail" in form.text


def test_a_field_for_an_address_without_a_button_is_no_form() -> None:
    assert fields(f"<div><p>{MAIL}</p></div>") == ()


def test_no_more_forms_are_read_than_a_page_has() -> None:
    html = f"<form>{MAIL}</form>" * 100 + f"<div>{MAIL}<button>Go</button></div>" * 100
    assert len(read_forms(ElementIndex(LexborHTMLParser(html)), BASE)) == MAX_FORMS
