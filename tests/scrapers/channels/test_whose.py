"""Profiles that a site shows as somebody else's: customers, partners and who made the site."""

import pytest

from tests.scrapers.channels.owned import HOME, decided, own, own_of
from tests.scrapers.page.whose_pages import profiles

OWN = '<footer class="social"><a href="https://www.facebook.com/boreapumps">Facebook</a></footer>'
FACEBOOK = "facebook boreapumps"
BAKERY = (
    '<a href="https://www.instagram.com/boreabakery">Borea Bakery</a> '
    '<a href="https://www.tiktok.com/@pumpstation">Pump Station</a> '
    '<a href="https://www.youtube.com/@boreatools">Borea Tools</a>'
)
"""Others whose handles share a word with the company's name."""

CLIENTS = {
    "wrapped": f"<section><header><div><h2>Happy customers</h2><p>A few of them</p></div></header>"
    f"<ul><li>{BAKERY}</li></ul></section>",
    "cards": f'<div><h2>A selection of our clients</h2><div class="grid"><div><h4>Bakery</h4>{BAKERY}'
    "</div></div></div>",
    "polski": f"<div><h3>Zaufali nam</h3><p>{BAKERY}</p></div>",
    "deutsch": f"<div><h2>Ein Auszug unserer Kunden</h2>{BAKERY}</div>",
    "日本語": f"<div><h2>主要取引先</h2><ul><li>{BAKERY}</li></ul></div>",
    "العربية": f"<section><h2>شركاء النجاح</h2>{BAKERY}</section>",
    "classes": f'<div class="logos customers-grid"><div>{BAKERY}</div></div>',
    "aside": f"<aside><h3>Sponsors</h3>{BAKERY}</aside>",
}


@pytest.mark.parametrize("block", CLIENTS.values(), ids=CLIENTS)
def test_customers_are_not_the_company_though_they_share_a_word_of_its_name(block: str) -> None:
    assert own(f"<main>{block}</main>{OWN}", f"<main>{block}</main>{OWN}") == [FACEBOOK]


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("selected-works/", "What we did"),
        ("nl/klanten/bakery", "Bakery"),
        ("p/17", "Портфолио"),
        ("arbeid", "Våre kunder"),
    ],
)
def test_a_page_of_works_shows_those_of_others(path: str, title: str) -> None:
    shown = profiles(f"<main><h1>{title}</h1><div>{BAKERY}</div></main>{OWN}", HOME + path)
    assert shown == {"boreabakery": "others", "pumpstation": "others", "boreatools": "others",
                     "boreapumps": "open"}  # fmt: skip


@pytest.mark.parametrize(
    "html",
    [
        # What bears the company's name is theirs under any heading; head and foot are the site's.
        '<main><h2>Our clients</h2><a href="https://www.instagram.com/boreapumps">@us</a></main>',
        '<main><h2>Our clients</h2></main><footer class="social"><h3>Partners</h3>'
        '<a href="https://www.instagram.com/drypit">Instagram</a></footer>',
        # A section of its own, and a heading of the same level, end what a heading is over.
        '<main><section><h2>Our partners</h2><p>Logos <a href="/p/">all</a></p></section><div class="social">'
        'Follow us <a href="https://www.instagram.com/drypit">Instagram</a> <a href="https://x.com/drypit">X</a>'
        "</div></main>",
        '<main><h2>Partners</h2><p>x</p><h2>Newest</h2><p class="social">Follow us <a href="https://www.instagram.com/drypit">'
        'Instagram</a> <a href="https://x.com/drypit">X</a></p></main>',
        # Headings that speak of customers and are not over them.
        '<main><h1>Pumps that our customers love</h1><p class="social">Follow us '
        '<a href="https://www.instagram.com/drypit">Instagram</a> <a href="https://x.com/drypit">X</a></p></main>',
        '<main><h2>Customer service</h2><p class="social">Follow us <a href="https://www.instagram.com/drypit">Instagram</a>'
        ' <a href="https://x.com/drypit">X</a></p></main>',
        '<main><h2>고객센터</h2><p class="social"><a href="https://www.instagram.com/drypit">Instagram</a>'
        ' <a href="https://x.com/drypit">X</a></p></main>',
    ],
)  # fmt: skip
def test_what_stands_elsewhere_or_bears_the_name_is_still_theirs(html: str) -> None:
    assert any(name.startswith("instagram") for name in own(html, html))


MAKERS = {
    "second": "© 2026 Borea · Site by <a href='https://wellworks.example'>Well Works</a> "
    "<a href='https://www.instagram.com/well.works'>Instagram</a>",
    "icons": "<a href='https://x.com/boreapumps'>X</a> <a href='https://vk.com/boreapumps'>VK</a> "
    "Създаване и дизайн: designed by <a href='https://www.instagram.com/well.works'><i></i></a>",
    "magyar": "<span>A honlapot készítette: </span><a href='https://wellworks.example'>Well Works Kft.</a>"
    "<a href='https://www.instagram.com/well.works'></a>",
    "中文": "<p>技术支持：<a href='https://wellworks.example'>Well Works</a></p>"
    "<ul><li><a href='https://www.instagram.com/wellworks'>照片</a></li></ul>",
    "ελληνικά": "Κατασκευή ιστοσελίδας Well Works <a href='https://www.instagram.com/well.works'>Instagram</a>",
    "link": "<a href='https://wellworks.example'>Sviluppato da Well Works</a> "
    "<a href='https://www.instagram.com/well.works'>ig</a>",
    "itself": "<a href='https://www.instagram.com/well.works'>Fotos: fotos por Well Works</a>",
    "early": "Site by <a href='https://www.instagram.com/well.works'>Well Works</a>. "
    + "Pumps from Bergen since 1912. " * 13,
    "lines": "<div>Toteutus:</div><div><a href='https://www.instagram.com/well.works'>Well Works</a></div>",
}  # fmt: skip


@pytest.mark.parametrize("line", MAKERS.values(), ids=MAKERS)
def test_who_made_the_site_is_not_the_company_wherever_in_the_line(line: str) -> None:
    html = f"<main><p>x</p></main><footer class='social'><div>{line}</div></footer>{OWN}"
    assert not any("well" in name for name in own(html, html, html))


@pytest.mark.parametrize(
    "line",
    [
        # Own networks beside a credit: behind other words, on another line, before it.
        "Website by <a href='https://wellworks.example'>Well Works</a> | Follow us: {}",
        "<div>Website by <a href='https://wellworks.example'>Well Works</a></div><div>{}</div>",
        "{} Realizzato da <a href='https://wellworks.example'>Well Works</a>",
        "<ul><li>Web design by Well Works</li><li>{}</li></ul>",
        "© 2026 Borea. Made by hand. {}",
        "Diseño: <a href='/diseno/'>nuestra historia</a>. Síguenos {}",
        # A row of icons beside a credit, on its line and on the next.
        "Powered by Well Works {}",
        "Powered by <a href='https://wellworks.example'>Well Works</a> {}",
        "<div>© 2026. Site created by Well Works</div><div>{}</div>",
        # Behind a link to something else, and beside what the company itself sells.
        "Website by <a href='https://wellworks.example'>Well Works</a> <a href='/imprint'>Imprint</a> {}",
        "<a href='https://borea.example/web-design'>Web design</a> {}",
        # A trade is no credit without a colon behind it.
        "Gestaltung und Umsetzung, alles aus Bergen {}",
    ],
)
def test_own_networks_beside_a_credit_stay_theirs(line: str) -> None:
    icons = "<a href='https://x.com/drypit'>X</a> <a href='https://www.instagram.com/drypit'>I</a>"
    html = f"<main><p>x</p></main><footer class='social'>{line.format(icons)}</footer>"
    assert own(html, html) == ["instagram drypit", "x drypit"]


def test_an_agency_that_credits_itself_keeps_its_profile() -> None:
    html = "<footer>Design: <a href='https://www.instagram.com/boreapumps'>Borea</a></footer>"
    assert own(html, html) == ["instagram boreapumps"]


def test_a_page_of_nothing_but_headings_and_links_is_read_in_its_time() -> None:
    many = "".join(f"<h2>Our clients</h2><a href='https://x.com/u{n}'>u</a>" for n in range(2_000))
    assert profiles(f"<main>{many}</main>", HOME)["u7"] == "others"


SHOW = "https://open.spotify.com/show/{}"
IDS = ("5wR7497LQwCIDbCsdNhXVn", "4rOoJ6Egrf8K2IrywzwOMk")


def shows(path: str, html: str) -> list[str]:
    """Return the own channels of a site of six pages, of which one has this path."""
    rest = {f"p{number}": "<p>x</p>" for number in range(5)}
    return own_of({"": "<p>x</p>", path: html, **rest})


@pytest.mark.parametrize("path", ["podcast/", "de/podcasts", "подкаст", "nb/podkast/"])
def test_the_one_show_on_the_podcasts_page_is_theirs(path: str) -> None:
    one = (
        f'<main><h1>Deep Water</h1><p><a href="{SHOW.format(IDS[0])}">Spotify</a> '
        '<a href="https://podcasts.apple.com/no/podcast/deep-water/id77">Apple</a></p></main>'
    )
    assert shows(path, one) == ["apple-podcasts 77", f"spotify {IDS[0]}"]


@pytest.mark.parametrize(
    ("path", "ids"),
    [("podcast/", IDS), ("podcast/episodes/12-with-a-guest", IDS[:1]), ("press/", IDS[:1])],
)
def test_shows_of_others_are_not(path: str, ids: tuple[str, ...]) -> None:
    links = " ".join(f'<a href="{SHOW.format(each)}">Spotify</a>' for each in ids)
    assert shows(path, f"<main><p>{links}</p></main>") == []


WRITER = "https://www.goodreads.com/author/show/4711.{}"


@pytest.mark.parametrize(
    ("heading", "name"),
    [("Books", "Jane_Doe"), ("Livros", "João_Ninguém"), ("Bücher", "Erika_Mustermann")],
)
def test_a_writer_whose_books_somebody_likes_is_not_perhaps_the_company(
    heading: str, name: str
) -> None:
    words = name.replace("_", " ")
    listed = (
        f'<h3>{heading}</h3><ol><li><a href="{WRITER.format(name)}">{words}</a></li></ol>'
        '<h3>Films</h3><ol><li><a href="https://www.youtube.com/@boreafilms">A film</a></li>'
        '<li><a href="https://open.spotify.com/artist/4a5b6c7d8e9f0a1b2c3d4e">A song</a></li></ol>'
    )
    page = f"<article><h2>Top 3</h2>{listed}</article>{OWN}"
    pages = (f"<main></main>{OWN}", page, OWN, OWN, OWN, OWN)
    candidates = [name for name, each in decided(*pages).items() if each.candidate]
    assert "goodreads 4711" not in candidates
    assert "goodreads 4711" in decided(page.replace(name, "Borea_Pumps").replace(words, "Books"))
