"""What counts as said by a post: no names of companies, no teasers, no marks of series."""

from dataclasses import replace

import pytest

from audit.measure.spoken import languages_of
from audit.measure.themes.named import named
from audit.measure.themes.tags import tag_key
from audit.measure.themes.texts import Names, Text, text_of, without_refrains
from audit.measure.themes.theme import is_telling
from audit.model.company import Theme
from tests.brief_example import post

NAMES = Names(["Acme Pumps", "Borealis"])


def text(title: str, body: str = "", *tags: str, language: str = "en") -> Text:
    """The text of a post of Acme Pumps."""
    written = replace(post(None), title=title, text=body, tags=tags)
    return text_of(written, 0, "Acme Pumps", language, NAMES)


def said(words: tuple[str, ...]) -> str:
    """Words as one text; a break is a bar."""
    return " ".join(word or "|" for word in words)


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("Acme Pumps' guide to pumps", "| guide to pumps"),
        ("Borealis's new valves", "| new valves"),
        ("Heat pumps, part 3", "Heat pumps | |"),
        ("Ventile, Teil II: Wartung", "Ventile | | | Wartung"),
        ("We love #HeatPumps", "We love Heat Pumps"),
        ("See https://a.example/x?y=1 now", "See | now"),
        ("", ""),
    ],
)
def test_a_heading_is_its_words_without_what_names_no_subject(title: str, words: str) -> None:
    assert said(text(title).heading) == words


def test_teasers_are_taken_out_of_a_summary() -> None:
    body = "Pumps need care. Read more The post Pumps need care appeared first on Acme."
    assert said(text("Title", body).summary) == "Pumps need care | | |"
    assert said(text("Titel", "Pumpen. Mehr erfahren").summary) == "Pumpen | |"


def test_hashtags_are_tags_in_words_and_names_are_none() -> None:
    post_of = text("News", "About #HeatPumps and #Borealis", "Acme Pumps", "Valves")
    assert post_of.tags == ("Valves", "Heat Pumps")


def test_a_text_that_begins_with_its_title_counts_it_once() -> None:
    assert said(text("Pumps for all", "Pumps for all. Come by").summary) == "| Come by"


def test_what_a_company_puts_below_its_posts_says_nothing() -> None:
    texts = [
        replace(text(f"Post {n}", f"Word{n} here. We make quiet pumps since 1950"), place=n)
        for n in range(6)
    ]
    assert {said(each.summary) for each in without_refrains(texts)} == {
        f"Word{n} here | | | | | | |" for n in range(6)
    }
    few = texts[:4]
    assert without_refrains(few) == few


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [("Heat pumps", "heat-pump", True), ("Pumps", "Valves", False), ("SEO", "seo", True)],
)
def test_tags_in_any_spelling_are_one(one: str, other: str, alike: bool) -> None:
    assert (tag_key(one) == tag_key(other)) is alike


@pytest.mark.parametrize(
    ("tag", "telling"),
    [("Pumps", True), ("2026", False), ("News", False), ("Uncategorized", False), ("", False)],
)
def test_tags_that_name_no_subject_are_no_topics(tag: str, telling: bool) -> None:
    assert is_telling(tag, "en") is telling
    assert not is_telling("Allgemein", "de")


@pytest.mark.parametrize(
    ("keyword", "title", "language", "held"),
    [
        ("heat pump", "Two heat pumps for one house", "en", True),
        ("heat pump", "A pump for heat", "en", False),
        ("wartung", "Wartungen im Winter", "de", True),
        ("wartung", "Der Wartungsvertrag", "de", True),
        ("audit", "Auditorium", "en", False),
        ("熱泵", "家用熱泵指南", "zh", True),
        ("pump", "", "", False),
        ("?!", "Pumps", "en", False),
    ],
)
def test_a_keyword_is_found_in_its_inflections(
    keyword: str, title: str, language: str, held: bool
) -> None:
    themes = [Theme(name="T", keywords=(keyword,))]
    assert (named(themes, text(title, language=language)) == {"T"}) is held


def test_a_section_that_states_the_wrong_language_is_judged_by_its_headings() -> None:
    titles = ("Wartung von Pumpen im Winter", "Was Sie über Heizungen wissen sollten")
    more = ("Unsere neuen Ventile für die Industrie", "So sparen Sie Strom in der Fertigung")
    posts = [replace(post(None), title=each, language="en-US") for each in (*titles, *more)]
    assert languages_of(posts) == ["de"] * 4
    assert languages_of(posts[:1]) == ["en"]
    assert languages_of([replace(posts[0], language="")]) == [""]
