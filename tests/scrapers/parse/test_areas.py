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


def _entries(entry: str) -> str:
    return "".join(entry.replace("{n}", str(n)) for n in range(3))


BOXES = {
    "a box in a card": "<div class='teaser'><div class='teaser-footer'><a href='/post/{n}'>"
    "Pump {n}</a></div><p>Of pumps.</p></div>",
    "the tag of a header": "<li><header><a href='/post/{n}'>Pump {n}</a></header><p>Words</p></li>",
    "two levels up": "<section class='x post-{n}'><div><div class='kopf'><h3><a href='/post/{n}'>"
    "Pumpe {n}</a></h3></div></div><p>Mehr über Pumpen</p></section>",
    "a time in the box alone": "<div class='eintrag'><div class='fuss'><time>3. März</time>"
    "<a href='/post/{n}'>Pumpe {n}</a></div></div>",
    "an entry called so itself": "<div class='menu-item'><h2><a href='/post/{n}'>Pompe {n}</a></h2>"
    "<time>3 mars 2026</time></div>",
    "an aside for the day": "<div class='row'><aside><a href='/post/{n}'>3</a></aside>text</div>",
}
CHROME = {
    "columns of a footer": (
        Area.FOOTER,
        "<div class='col'><div class='footer-links'><h4>Nous</h4><a href='/x{n}'>X</a></div></div>",
    ),
    "menus below their headings": (
        Area.NAV,
        "<div class='col'><h4>Über</h4><nav><a href='/x{n}'>Wir</a></nav></div>",
    ),
    "lists of links": (
        Area.FOOTER,
        "<div class='col'><h4>Über</h4><div class='foot'><ul><li><a href='/x{n}'>Wir</a></li></ul>"
        "</div></div>",
    ),
    "long menus": (
        Area.NAV,
        "<div class='col'><h4>Wij</h4><div class='menu'>"
        + "".join(f"<a href='/x{{n}}{item}'>Pomp</a>" for item in range(8))
        + "</div></div>",
    ),
}


@pytest.mark.parametrize("name", BOXES)
def test_the_box_of_an_entry_is_no_part_of_the_page_whatever_its_name(name: str) -> None:
    header = "<div class='header'><a href='/home'>Acme</a></div>"
    links = document(f"{header}<main><h1>Blog</h1>{_entries(BOXES[name])}</main>").links
    areas = [(link.url.rpartition("/")[2], link.area) for link in links]
    assert areas == [("home", Area.HEADER), *((str(n), Area.MAIN) for n in range(3))]


@pytest.mark.parametrize("name", CHROME)
def test_repeated_columns_of_links_stay_the_menu_or_footer_that_they_are(name: str) -> None:
    area, entry = CHROME[name]
    links = document(f"<main>{POSTS}</main><div class='row'>{_entries(entry)}</div>").links
    assert {link.area for link in links if "/x" in link.url} == {area}


def test_headers_for_two_widths_of_screen_are_headers_both() -> None:
    header = f"<div class='wrap'><div class='header'>{MENU}</div></div>"
    links = document(f"<div>{header}{header}</div>{POSTS}").links
    assert {link.area for link in links if "/post/" not in link.url} == {Area.HEADER}
