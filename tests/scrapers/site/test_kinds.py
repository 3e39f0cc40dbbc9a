"""Kinds of dated sections: what their words stand for, and that every list of them agrees."""

import pytest

from audit.model.site import SECTIONS
from config.catalogue import load_catalogue
from scrapers.site.kinds import BLOG, KINDS, NEWS, PODCAST, PUBLISHED, kind_of, promised_by
from scrapers.site.worth import WORTH


def test_every_kind_that_a_company_publishes_has_its_place_in_the_results() -> None:
    assert {kind.name for kind in PUBLISHED} == set(SECTIONS)


@pytest.mark.parametrize("name", sorted(KINDS))
def test_the_words_of_a_kind_are_in_the_vocabulary_and_worth_a_visit(name: str) -> None:
    words = KINDS[name].words
    assert words.keys() <= load_catalogue().vocabulary.sections.keys()
    assert {word: WORTH[word] for word in words} == words


def test_words_that_speak_of_several_kinds_stand_for_the_first() -> None:
    assert kind_of({"news", "blog", "podcast"}) is PODCAST
    assert kind_of({"news", "blog"}) is BLOG
    assert kind_of({"careers"}) is None


def test_a_page_for_the_press_is_news_once_read_but_no_promise_of_it() -> None:
    assert kind_of({"press"}) is NEWS
    assert promised_by({"press"}) is None
    assert promised_by({"press", "news"}) is NEWS
