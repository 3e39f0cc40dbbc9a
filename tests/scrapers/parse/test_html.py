"""What is read of a page: links, areas, head, scripts, and whether it is a shell."""

import pytest

from audit.model.facts import Area
from tests.scrapers.parse.pages import SITE, document


@pytest.mark.parametrize(
    ("html", "area"),
    [
        ("<header><a href='/x'>t</a></header>", Area.HEADER),
        ("<div class='site-footer'><ul><li><a href='/x'>t</a></ul></div>", Area.FOOTER),
        ("<ul role='navigation'><li><a href='/x'>t</a></ul>", Area.NAV),
        ("<article><header><a href='/x'>t</a></header></article>", Area.ARTICLE),
        ("<article><ol class='comment-list'><li><a href='/x'>t</a></ol></article>", Area.COMMENT),
        ("<p><a href='/x'>t</a></p>", Area.MAIN),
    ],
)
def test_a_link_knows_the_part_of_the_page_it_stands_in(html: str, area: Area) -> None:
    assert document(html).links[0].area is area


def test_an_icon_link_takes_its_words_from_its_label_or_picture() -> None:
    html = "<a href='/a' aria-label='Our forum'><svg></svg></a><a href='/b'><img alt='Blog'></a>"
    assert [(link.text, link.icon) for link in document(html).links] == [
        ("Our forum", True),
        ("Blog", True),
    ]


def test_links_of_other_schemes_are_left_out() -> None:
    html = "<a href='javascript:x'>a</a><a href='data:x'>b</a><a href='ftp://h/x'>c</a><a href='#d'>d</a>"
    assert document(html).links == ()


def test_an_empty_root_with_scripts_is_a_shell_and_a_real_page_is_not() -> None:
    shell = "<noscript>Please enable JavaScript</noscript><div id='root'></div><script src='/a.js'></script>"
    assert document(shell).shell
    text = "<p>Enough words to read here, really.</p>" * 20
    assert not document(f"<div id='root'>{text}</div><script src='/a.js'></script>").shell


@pytest.mark.parametrize(
    ("base", "url"),
    [
        ("", "https://www.acme.example/a"),
        ("<base href='/b/'>", "https://www.acme.example/b/a"),
        ("<link rel=canonical href='https://www.acme.example/news/'>", SITE + "a"),
    ],
)
def test_a_relative_link_counts_from_the_base_or_from_within_a_folder(base: str, url: str) -> None:
    read = document(f"{base}<a href='a'>x</a>", url=SITE.rstrip("/"))
    assert read.links[0].url == url


def test_what_waits_for_consent_is_told_from_what_is_loaded() -> None:
    read = document(
        "<script type='text/plain' src='https://chat.example/a.js'></script>"
        "<script type='text/plain'>load('//map.example/b.js')</script>"
        "<script src='https://www.acme.example/c.js'></script>"
        "<iframe data-cookieconsent-src='https://video.example/d'></iframe>"
        "<iframe src='about:blank' data-src='https://late.example/e'></iframe>"
    )
    assert set(read.gated) == {
        "https://chat.example/a.js",
        "https://map.example/b.js",
        "https://video.example/d",
    }
    assert read.scripts == ("https://www.acme.example/c.js",)
    assert read.frames == ("https://late.example/e",)


@pytest.mark.parametrize(
    ("tag", "language"), [("de-CH", "de"), ("pt_BR", "pt"), ("EN, de", "en"), ("deutsch", "")]
)
def test_the_language_of_a_page_is_that_of_its_tag(tag: str, language: str) -> None:
    assert document(f"<html lang='{tag}'>").language == language


def test_a_fragment_is_dropped_unless_a_script_draws_what_it_names() -> None:
    html = "<a href='/a#b'>a</a><a href='#/blog'>b</a>"
    urls = [link.url for link in document(html).links]
    assert urls == ["https://www.acme.example/a", f"{SITE}#/blog"]


@pytest.mark.parametrize(
    "html", ["<p class='a b' id=c>", '<p class="a b" id="c">', "<p class=a><p class=b><p id='c'>"]
)
def test_the_names_of_elements_are_read_in_any_quotes(html: str) -> None:
    assert {"a", "b"} <= document(html).names


def test_a_form_of_few_words_takes_those_around_it_and_hides_hidden_fields() -> None:
    form = "<form id=f action=/join><input type=hidden name=t><input type=email name=m></form>"
    (read,) = document(f"<div><p>Our letter, each month</p>{form}</div>").forms
    assert read.text == "Our letter, each month"
    assert read.fields == ("email:m:",)
    assert read.action == "https://www.acme.example/join"


@pytest.mark.parametrize(
    ("kind", "waits"),
    [
        ("acme/javascript", True),
        ("Consent/JavaScript", True),
        ("vendor/x-javascript", True),
        ("cookies/script", True),
        ("script/later", True),
        ("text/javascript", False),
        ("application/ecmascript", False),
        ("text/partytown", False),
        ("module", False),
        ("text/x-template", False),
    ],
)
def test_a_script_waits_for_consent_by_a_type_that_no_browser_runs(kind: str, waits: bool) -> None:
    read = document(f"<script type='{kind}' src='https://a.example/w.js'></script>")
    assert (read.gated, read.scripts) == (
        (("https://a.example/w.js",), ()) if waits else ((), ("https://a.example/w.js",))
    )
