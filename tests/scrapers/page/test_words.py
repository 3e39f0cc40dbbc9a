"""What the words of a link name, alone and with others beside them, in many languages."""

import pytest

from scrapers.page.words import LinkWords
from tests.analysed import rules

ACME = frozenset({"acme", "pumps"})
NAMED = {
    "Our Blog": "blog",
    "Acme 7 Blog": "blog",
    "Acme Pumps Dev Blog": "blog",
    "Newsroom 2025": "news",
    "Unser Blog": "blog",
    "Zum Forum": "forum",
    "Toutes les actualités": "news",
    "Nuestro boletín": "newsletter",
    "News & Events": "events",
    "Blog + Shop": "blog",
    "The Acme Podcast": "podcast",
    "Frequently Asked Questions": "help",
    "Newsletters": "newsletter",
    "Наш блог": "blog",
}
UNNAMED = [
    "Start a blog",
    "Blog templates",
    "What is a wiki?",
    "Wiki posts",
    "Besteck & Messer",
    "How we run the newest of our blogs",
    "Acme Pumps",
    "2026",
    "",
]


def words() -> LinkWords:
    return rules().words


@pytest.mark.parametrize("text", NAMED)
def test_a_section_is_named_with_little_beside_its_name(text: str) -> None:
    assert NAMED[text] in words().named(text, ACME)


@pytest.mark.parametrize("text", UNNAMED)
def test_a_text_about_a_thing_is_no_name_of_a_section(text: str) -> None:
    assert words().named(text, ACME) == frozenset()


def test_a_company_whose_name_holds_the_word_is_no_section() -> None:
    assert words().named("Acme Podcast", frozenset({"acme", "podcast"})) == frozenset()


@pytest.mark.parametrize(
    "url",
    [
        "https://acme.example/dev-blog/",
        "https://acme.example/our_blog",
        "https://acme.example/techblog/why-pumps",
        "https://devblog.acme.example/",
        "https://acme.example/pumpen-blog.html",
    ],
)
def test_an_address_names_a_blog_by_the_last_word_of_a_part(url: str) -> None:
    assert "blog" in words().of_url(url)


@pytest.mark.parametrize(
    "url",
    [
        "https://acme.example/how-to-start-a-blog/",
        "https://acme.example/2026/a-visit-to-a-blog",
        "https://acme.example/acme-starts-podcast",
        "https://acmeblog.example/pumps",
    ],
)
def test_the_address_of_an_article_names_no_section_by_its_last_word(url: str) -> None:
    assert words().of_url(url) == frozenset()


@pytest.mark.parametrize("text", ["Evaluations", "Notes", "Salons"])
def test_a_word_of_a_language_that_the_page_does_not_speak_is_foreign(text: str) -> None:
    spoken = words().spoken("en", ["Home", "About us", text])
    assert words().foreign(text, spoken)
    assert not words().foreign(text, words().spoken("fr", [text]))


def test_a_page_speaks_the_language_of_its_menu_whatever_its_head_says() -> None:
    spoken = words().spoken("en", ["Aktuelles", "Ansprechpartner", "Stellenangebote", "Shop"])
    assert not words().foreign("Aktuelles", spoken)


def test_english_is_spoken_everywhere_and_nothing_is_foreign_where_no_language_is_known() -> None:
    assert not words().foreign("Reviews", words().spoken("de", ["Reviews"]))
    assert not words().foreign("Evaluations", words().spoken("", ["Evaluations"]))


LISTS = {
    "All news": "news",
    "Se flere nyheder": "news",
    "Tüm Haberler": "news",
    "Zobacz więcej aktualności": "news",
    "Weitere Neuigkeiten": "news",
    "Voir toutes les actualités": "news",
    "Read our blog": "blog",
    "Все новости": "news",
}
NO_LISTS = ["News of the week", "More about the news of today", "See all", "All pumps", "More", ""]


@pytest.mark.parametrize("text", LISTS)
def test_a_link_to_all_of_a_section_calls_it_by_its_name(text: str) -> None:
    assert LISTS[text] in words().called(text)


@pytest.mark.parametrize("text", NO_LISTS)
def test_a_text_with_other_words_calls_no_section(text: str) -> None:
    assert words().called(text) == frozenset()
