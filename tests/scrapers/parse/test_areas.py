"""The areas of a page, told by tags, roles and classes, whatever a theme calls its wrappers."""

import pytest

from audit.model.facts import Area
from tests.scrapers.parse.pages import document

POSTS = "".join(f"<h2><a href='/post/{n}'>Post {n}</a></h2><p>Of pumps.</p>" for n in range(4))
ARTICLES = "".join(f"<article><a href='/a/{n}'>Beitrag {n}</a></article>" for n in range(5))
MENU = "<a href='/x'>Start</a><a href='/y'>Pumps</a>"
WRAPPERS = {
    "navbar-inner": f"<div class='layout navbar-inner'>{POSTS}</div><p>Foot</p>",
    "fixed header": f"<div class='page header-fixed'><nav>{MENU}</nav>{POSTS}</div>",
    "sidebar wrap": f"<div id='content-sidebar-wrap'>{POSTS}</div>",
    "footer": f"<div class='with-footer footer'><section>{POSTS}</section></div>",
    "Fuß": f"<div class='seite fuss'><h1>Neues</h1>{POSTS}</div>",
}
SMALL = {
    Area.NAV: f"<div class='navbar-inner'>{MENU}</div>{POSTS}",
    Area.HEADER: f"<div class='header'><h1>Acme</h1><p>Pumps</p>{MENU}</div>",
    Area.ASIDE: f"<div class='sidebar'><h3>Also</h3><p>{MENU}</p></div>{POSTS}",
    Area.FOOTER: f"{POSTS}{POSTS}<div class='pied'><h4>Nous</h4><p>{MENU}</p></div>",
}


@pytest.mark.parametrize("name", WRAPPERS)
def test_what_holds_most_of_the_page_is_its_content_whatever_its_class(name: str) -> None:
    links = document(WRAPPERS[name]).links
    areas = {link.area for link in links if "/post/" in link.url}
    assert areas == {Area.MAIN}


def test_the_menu_within_such_a_wrapper_stays_a_menu() -> None:
    links = document(WRAPPERS["fixed header"]).links
    assert {link.area for link in links if "/post/" not in link.url} == {Area.NAV}


def test_a_menu_with_headings_of_its_own_stays_one_on_a_page_of_little_text() -> None:
    parts = "".join(f"<h3><a href='/{n}'>Pumpen für Teiche {n}</a></h3>" for n in range(9))
    links = document(f"<ul class='menu'>{parts}</ul><p>Willkommen</p>").links
    assert {link.area for link in links} == {Area.NAV}


@pytest.mark.parametrize("area", SMALL)
def test_what_holds_little_of_the_page_is_what_it_is_called(area: Area) -> None:
    links = document(SMALL[area]).links
    assert {link.area for link in links if "/post/" not in link.url} == {area}


def test_a_tag_means_what_it_says_though_it_holds_the_whole_page() -> None:
    assert {link.area for link in document(f"<nav>{POSTS}</nav>").links} == {Area.NAV}


@pytest.mark.parametrize("footer", ["<footer>%s</footer>", "<div role='contentinfo'>%s</div>"])
def test_articles_in_a_footer_are_part_of_the_footer(footer: str) -> None:
    assert {link.area for link in document(f"{POSTS}{POSTS}{POSTS}{footer % ARTICLES}").links} == {
        Area.MAIN,
        Area.FOOTER,
    }


def test_the_footer_of_an_article_is_part_of_the_article() -> None:
    links = document(f"<article><p>Text</p><footer>{MENU}</footer></article>").links
    assert {link.area for link in links} == {Area.ARTICLE}
