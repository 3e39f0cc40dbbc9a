"""Programs to take away, and interfaces that a manual explains and nobody offers."""

import pytest

from scrapers.site.clues import clues_of_page
from tests.analysed import ACME, HOME, page, rules

CODE = '<footer><a href="https://github.com/acmepumps">GitHub</a></footer>'


def supplied(html: str) -> set[str]:
    """Return what the site of Acme Pumps offers to others on a page."""
    shown = page(f'<html lang="en"><body>{html}</body></html>', HOME)
    return {clue.feature for clue in clues_of_page(shown, ACME, rules()) if clue.supplies}


@pytest.mark.parametrize(
    "menu",
    [
        '<nav><a href="/download">Download</a></nav>',
        '<nav><a href="/install/">Installation</a></nav>',
        '<header><nav><a href="/get/">Get Acme Pumps</a></nav></header>',
    ],
)
def test_a_project_with_open_code_offers_what_its_menu_lets_one_download(menu: str) -> None:
    assert "app" in supplied(menu + CODE)
    assert "app" not in supplied(menu), "a brochure, where no code is shown"


@pytest.mark.parametrize(
    ("link", "is_app"),
    [
        ('<a href="/wiki/Download">Get Acme Pumps</a>', True),
        ('<a href="/get-acme/">Get AcmePumps</a>', True),
        ('<a href="/downloads">Download Acme Pumps</a>', True),
        ('<a href="/demo/">Get Acme Pumps</a>', False),
        ('<a href="/get-a-quote/">Get a quote</a>', False),
        ('<a href="/downloads">Download our price list</a>', False),
    ],
)
def test_without_its_code_it_is_a_program_where_name_and_address_say_so(
    link: str, is_app: bool
) -> None:
    assert ("app" in supplied(f"<nav>{link}</nav>")) is is_app


@pytest.mark.parametrize(
    "html",
    [
        '<article><p>Then <a href="/download">download</a> it.</p></article>',
        '<nav><a href="https://other.example/download">Download</a></nav>',
        '<nav><a href="/get/">Get a quote</a></nav>',
        '<nav><a href="/a/b/c/d/">Download</a></nav>',
        '<nav><a href="https://app.acmepumps.example/">App</a></nav>',
        '<nav><a href="/catalogue/">Download our catalogue</a></nav>',
    ],
)
def test_other_downloads_are_no_program_of_theirs(html: str) -> None:
    assert "app" not in supplied(html + CODE)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Mobile app"),
        ("ja", "アプリ"),
        ("ko", "앱"),
        ("de", "Unsere App"),
        ("ru", "Мобильное приложение"),
    ],
)
def test_a_menu_leads_to_an_app_of_the_houses(language: str, words: str) -> None:
    menu = f'<nav><a href="/x/">{words}</a></nav>'
    shown = page(f'<html lang="{language}"><body>{menu}</body></html>', HOME)
    assert "app" in {clue.feature for clue in clues_of_page(shown, ACME, rules())}


@pytest.mark.parametrize(
    ("language", "words"), [("de", "Herunterladen"), ("ja", "ダウンロード"), ("fr", "Télécharger")]
)
def test_a_download_is_known_in_other_languages(language: str, words: str) -> None:
    menu = f'<nav><a href="/x/">{words}</a></nav>'
    shown = page(f'<html lang="{language}"><body>{menu}{CODE}</body></html>', HOME)
    assert "app" in {clue.feature for clue in clues_of_page(shown, ACME, rules())}


@pytest.mark.parametrize(
    "words", ["Apps we like", "App Store Optimisation", "Happy", "Our approach"]
)
def test_a_menu_that_speaks_of_apps_leads_to_none(words: str) -> None:
    assert "app" not in supplied(f'<nav><a href="/x/">{words}</a></nav>')


@pytest.mark.parametrize("words", ["Web APIs", "Web APIs: Programmierschnittstellen", "DOM API"])
def test_a_manual_of_what_browsers_offer_is_no_interface_of_its_makers(words: str) -> None:
    menu = f'<a href="/docs/web/api">{words}</a> <a href="/docs/web/api/fetch_api">Fetch API</a>'
    assert "api" not in supplied(f"<nav>{menu}</nav>")
    assert "api" in supplied('<nav><a href="/docs/web/api/fetch_api">Fetch API</a></nav>')
    assert "api" in supplied(f'<nav>{menu}<a href="/developers/api">API</a></nav>')
    home = f'<a href="{HOME}">{words}</a>'
    assert "api" in supplied(f'<nav>{home}<a href="/developers/api">API</a></nav>')


@pytest.mark.parametrize(
    ("language", "words"),
    [("fr", "Référence de l’API"), ("ja", "APIリファレンス"), ("pl", "Dokumentacja API")],
)
def test_the_reference_of_an_interface_says_that_there_is_one(language: str, words: str) -> None:
    menu = f'<nav><a href="https://docs.acmepumps.example/x/">{words}</a></nav>'
    shown = page(f'<html lang="{language}"><body>{menu}</body></html>', HOME)
    assert "api" in {clue.feature for clue in clues_of_page(shown, ACME, rules())}
