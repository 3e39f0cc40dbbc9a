"""A help page in several languages is one article, and words that look like languages are words."""

import pytest

from audit.model.kinds import ActivityKind
from scrapers.page.translated import distinct, is_language
from tests.analysed import page

DOOR = "https://acme.example/help/"


def count(*paths: str) -> int:
    return len(distinct({DOOR + path for path in paths}, DOOR))


@pytest.mark.parametrize(
    ("paths", "pages"),
    [
        (("Setup", "Setup/de", "Setup/fr", "Setup/zh-hans", "Setup/pt-br"), 1),
        (("Setup", "Setup/de", "Repair", "Repair/de"), 2),
        (("Setup/de", "Setup/fr"), 1),
        (("de/setup", "en/setup", "fr/setup", "fr/repair"), 2),
        (("setup", "de/setup"), 1),
        (("pumps/setup/de", "pumps/setup/"), 1),
        (("setup", "de", "fr"), 1),  # the door itself in other languages
    ],
)
def test_translations_of_a_page_are_one_page(paths: tuple[str, ...], pages: int) -> None:
    assert count(*paths) == pages


@pytest.mark.parametrize(
    "paths",
    [
        ("setup", "repair", "spare-parts"),
        ("guide", "guide/api", "guide/faq"),
        ("how-to/it",),  # a language only beside another one, or beside the page itself
        ("it/printers", "hr/holidays", "sales/leads"),
        ("v2/setup", "v3/setup"),
        ("pumps/setup", "valves/setup"),
    ],
)
def test_pages_that_are_no_translations_are_counted_each(paths: tuple[str, ...]) -> None:
    assert count(*paths) == len(paths)


@pytest.mark.parametrize("tag", ["de", "pt-BR", "zh-hans", "es-419", "en_US", "JP"])
def test_tags_are_known(tag: str) -> None:
    assert is_language(tag)


@pytest.mark.parametrize("word", ["", "api", "faq", "v2", "x", "de-luxe-edition", "english", "d e"])
def test_words_are_no_tags(word: str) -> None:
    assert not is_language(word)


def test_the_same_page_behind_doors_of_two_languages_is_one() -> None:
    german = "https://acme.example/de/help/"
    (one,), (other,) = (
        distinct({f"{door}setup"}, door) for door in (DOOR, german)
    )  # fmt: skip
    assert one == other


def test_a_wiki_that_is_a_help_centre_counts_pages_and_not_their_translations() -> None:
    links = "".join(
        f'<a href="/help/{name}{tag}">{name}</a>'
        for name in ("Install", "Repair", "Service")
        for tag in ("", "/de", "/fr", "?lang=es")
    )
    facts = page(f"<h1>Help</h1>{links}", "https://www.acmepumps.example/help")
    articles = [each for each in facts.figures if each.activity.kind is ActivityKind.ARTICLES]
    assert len(articles) == 3
