"""The name of a theme is what its posts hold."""

import pytest

from audit.measure.themes.corpus import Corpus
from audit.measure.themes.labels import Phrases, apter
from audit.measure.themes.texts import Text


def corpus(language: str, headings: list[str]) -> Corpus:
    texts = tuple(
        Text(
            company="AB"[place % 2],
            place=place,
            url=f"https://a.example/{place}",
            language=language,
            heading=tuple(heading.split()),
            summary=(),
            tags=(),
        )
        for place, heading in enumerate(headings)
    )
    return Corpus(language, texts)


def renamed(language: str, headings: list[str], name: str, taken: frozenset[str]) -> str:
    """The name of a theme of the first posts; twenty others stand beside them."""
    posts = corpus(language, [*headings, *OTHERS[language]])
    return apter(Phrases.of(posts), name, range(len(headings)), set(taken))


OTHERS = {
    "en": ["Compressor maintenance calendar", "Trying espresso grinders"] * 10,
    "sv": ["Underhåll av kompressorer", "Vi provar espressokvarnar"] * 10,
    "de": ["Wartung der Kompressoren", "Espressomühlen getestet"] * 10,
}
CASES = {
    "en": (["Trying oatmilk"] * 2 + ["Guide to oatmilk"] * 3 + ["Question about oatmilk"] * 3),
    "sv": (["Vi provar havremjölk"] * 2 + ["Guide: havremjölk"] * 3 + ["Fråga om havremjölk"] * 3),
    "de": (["Hafermilch getestet"] * 2 + ["Alles über Hafermilch"] * 3 + ["Frage: Hafermilch"] * 3),
}


@pytest.mark.parametrize(
    ("language", "name", "wanted"),
    [
        ("en", "Trying oatmilk", "Oatmilk"),
        ("sv", "Provar havremjölk", "Havremjölk"),
        ("de", "Hafermilch getestet", "Hafermilch"),
        ("en", "Oatmilk", "Oatmilk"),
    ],
)
def test_a_theme_is_named_by_what_its_posts_hold(language: str, name: str, wanted: str) -> None:
    assert renamed(language, CASES[language], name, frozenset()) == wanted


def test_a_name_that_half_of_the_posts_hold_stays() -> None:
    headings = ["Trying oatmilk"] * 4 + ["Guide to oatmilk"] * 4
    assert renamed("en", headings, "Trying oatmilk", frozenset()) == "Trying oatmilk"


def test_a_name_in_use_is_not_given_twice() -> None:
    taken = frozenset({"oatmilk"})
    assert renamed("en", CASES["en"], "Trying oatmilk", taken) == "Trying oatmilk"


def test_a_part_that_stands_in_other_posts_mostly_names_nothing() -> None:
    headings = ["Trying grinders"] * 2 + ["Trying kettles"] * 3 + ["Trying scales"] * 3
    assert renamed("en", headings, "Trying grinders", frozenset()) == "Trying grinders"


def test_without_posts_the_name_stays() -> None:
    assert renamed("en", [], "Trying oatmilk", frozenset()) == "Trying oatmilk"
