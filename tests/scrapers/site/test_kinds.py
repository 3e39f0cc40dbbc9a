"""Kinds of dated sections: what their words stand for, and that every list of them agrees."""

import pytest

from audit.measure import metric_of
from audit.model.kinds import BLOG, NEWS, PODCAST, RELEASES, SECTIONS
from config.catalogue import load_catalogue
from scrapers.site.kinds import KINDS, PUBLISHED, kind_of, promised_by
from scrapers.site.worth import WORTH


def test_readers_meet_the_kinds_in_one_order_and_words_are_tried_in_another() -> None:
    assert SECTIONS == ("blog", "news", "podcast", "release-notes")
    assert PUBLISHED == (PODCAST, BLOG, NEWS, RELEASES)


@pytest.mark.parametrize("section", SECTIONS)
def test_every_kind_that_a_company_publishes_has_its_metrics(section: str) -> None:
    assert metric_of(f"{section}.posts_per_week") is not None


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


def test_releases_of_the_press_are_news_and_those_of_a_product_are_their_own_kind() -> None:
    assert kind_of({"news", "releases"}) is NEWS
    assert kind_of({"releases"}) is RELEASES
    assert (RELEASES.title, RELEASES.entry_title) == ("release notes", "release note")
    assert (BLOG.title, BLOG.entry_title) == ("blog", "blog post")
