"""In which language posts and texts are: as stated, unless their words surely say otherwise."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from audit.measure.company import measure
from audit.measure.spoken import language_of_words, languages_of, with_languages
from audit.model.site import Post
from tests.brief_example import AS_OF, COMPANY, WINDOW, post, section, visit
from tests.fake_session import context

GERMAN = (
    "Wartung von Pumpen im Winter: was Sie wissen müssen, bevor der erste Frost in die Anlage kommt",
    "Unsere neuen Ventile für die Industrie sind da, und wir zeigen sie auf der Messe in Hannover",
    "So sparen Sie Strom in der Fertigung: fünf Ratschläge unserer Ingenieure aus dem Alltag",
)
ENGLISH = (
    "How to keep a pump running through the winter: what you should know before the first frost",
    "Our new valves for the food industry are here, and you can see them at the fair in Leeds",
    "Five ways to save energy on the shop floor: what our engineers have learned over the years",
)
JAPANESE = "新しいポンプを発売しました。冬の間も安心してお使いいただけます。詳しくはこちら。"


def posts(*texts: str, language: str = "", flag: str = "") -> list[Post]:
    """Posts of one section with these words."""
    return [replace(post(AS_OF, flag), title=text, language=language) for text in texts]


def test_words_that_are_surely_of_another_language_win_over_what_a_section_states() -> None:
    assert languages_of(posts(*GERMAN, language="en-US")) == ["de"] * 3


def test_few_words_leave_what_is_stated_and_nothing_where_nothing_is() -> None:
    assert languages_of(posts("Neu", language="de_CH")) == ["de"]
    assert languages_of(posts("Neu", "v1.2.3", "🔥" * 200)) == [""] * 3
    assert languages_of([]) == []


def test_in_a_section_of_two_languages_each_post_has_its_own() -> None:
    mixed = [each for pair in zip(GERMAN, ENGLISH, strict=True) for each in pair]
    assert languages_of(posts(*mixed)) == ["de", "en"] * 3
    assert languages_of(posts(*mixed, language="en")) == ["de", "en"] * 3


def test_a_single_post_in_another_language_is_taken_for_misread() -> None:
    assert languages_of(posts(*ENGLISH, GERMAN[0], language="en")) == ["en"] * 4


def test_a_letter_of_many_bytes_says_as_much_as_several() -> None:
    assert languages_of(posts(JAPANESE)) == ["ja"]


@pytest.mark.parametrize(
    ("stated", "told"),
    [("nb-NO", "no"), ("nn", "no"), ("iw", "he"), ("in_ID", "id"), ("pt-BR", "pt")],
)
def test_codes_of_one_language_are_one(stated: str, told: str) -> None:
    assert languages_of(posts("Neu", language=stated)) == [told]


def test_addresses_mentions_and_hashtags_are_of_no_language() -> None:
    words = "https://a.example/how-to-keep-a-pump-running-through-the-winter @pumps #HeatPumps"
    assert languages_of(posts(words, words + "?")) == ["", ""]


def test_the_text_of_a_post_counts_beside_its_heading_and_its_beginning_once() -> None:
    long = [replace(each, text=GERMAN[0], title="Neu") for each in posts(*GERMAN)]
    begun = [replace(each, text=each.title, title=each.title[:40] + "…") for each in posts(*GERMAN)]
    assert languages_of(long) == languages_of(begun) == ["de"] * 3


def test_reposts_whose_words_are_not_kept_stay_as_they_are() -> None:
    shared = posts(*GERMAN, flag="repost")
    (done,) = with_languages([replace(section(), posts=tuple(shared))])
    assert [each.language for each in done.posts] == [""] * 3


@pytest.mark.parametrize("text", ["", "\ud800" * 100, "a" * 200_000, "=1+1", "\x00" * 99, "ᚠ" * 50])
def test_odd_texts_have_some_language_or_none_and_raise_nothing(text: str) -> None:
    assert isinstance(language_of_words(text), str)
    assert len(languages_of(posts(text, text, text))) == 3


def test_a_measured_company_has_the_language_of_each_post() -> None:
    blog: Sequence[Post] = posts(*GERMAN, language="en")
    given = visit(sections=(replace(section(), posts=tuple(blog)),))
    result = measure(COMPANY, given, context(WINDOW))
    assert [each.language for each in result.posts] == ["de"] * 3
