"""Topics of posts whose subjects are known: found, named, kept over runs, the same in any order."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from random import Random

import pytest

from audit.measure.themes.find import MOST, Found, find
from audit.measure.themes.texts import Text
from audit.model.company import Theme
from audit.model.topics import TopicKind
from tests.brief_example import post
from tests.topics_example import SUBJECTS, corpus, seeded, texts_of

Posts = Sequence[tuple[str, str, object]]


def agreement(found: Found, texts: Sequence[Text], subjects: Sequence[str]) -> float:
    """How well the first topic of each post agrees with its true subject: 1 is wholly."""
    from sklearn.metrics import normalized_mutual_info_score

    topics = [(found.posts[text.company, text.place] or ("other",))[0] for text in texts]
    return float(normalized_mutual_info_score(subjects, topics))


@cache
def found_in_320() -> Found:
    """The topics of as many posts, found once."""
    return find(texts_of(corpus(320)))


def names(found: Found) -> set[str]:
    """The names of all topics."""
    return {topic.name for topic in found.topics}


@pytest.mark.parametrize("number", [80, 160, 320, 800])
def test_posts_on_eight_subjects_are_told_apart(number: int) -> None:
    posts = corpus(number)
    texts = texts_of(posts)
    found = find(texts)
    # Eighty posts are ten on each subject: as few as that words can hardly tell apart.
    wanted = 0.75 if number < 100 else 0.8
    assert agreement(found, texts, [subject for _, subject, _ in posts]) >= wanted
    assert found.large == {"en"}


def test_names_stay_where_a_tenth_of_the_posts_is_replaced() -> None:
    before = found_in_320()
    after = find(texts_of(corpus(320, replaced=0.1)), known=before.topics)
    assert len(names(before) & names(after)) >= 0.9 * len(names(before))


def test_the_words_of_a_kept_topic_are_those_of_the_posts_that_it_has_now() -> None:
    before = found_in_320()
    after = find(texts_of(corpus(320, replaced=0.5)), known=before.topics)
    kept = {topic.name: topic for topic in before.topics}
    same = [topic for topic in after.topics if topic.name in kept]
    assert same
    assert any(topic.words != kept[topic.name].words for topic in same)


def test_a_topic_that_nobody_writes_about_any_more_is_gone() -> None:
    before = found_in_320()
    left = [entry for entry in corpus(320) if entry[1] != "coffee"]
    coffee = {name for name in names(before) if _is_of(name, "coffee")}
    assert coffee
    after = find(texts_of(left), known=before.topics)
    assert not coffee & names(after)
    assert coffee <= {topic.name for topic in after.gone}
    assert {topic.into for topic in after.gone} == {""}


def test_only_what_the_run_before_had_not_is_new() -> None:
    left = [entry for entry in corpus(320) if entry[1] != "coffee"]
    before = find(texts_of(left))
    assert not any(topic.new for topic in before.topics)
    after = find(texts_of(corpus(320)), known=before.topics)
    new = {topic.name for topic in after.topics if topic.new}
    assert any(_is_of(name, "coffee") for name in new)
    assert not new & names(before)
    assert not any(topic.new for topic in find(texts_of(left), known=after.topics).topics)


def test_a_topic_that_the_user_names_is_neither_new_nor_gone() -> None:
    before = found_in_320()
    name = before.topics[0].name
    theme = Theme(name=name, keywords=(name,))
    after = find(texts_of(corpus(320)), [theme], before.topics)
    assert name not in {topic.name for topic in after.gone}
    assert not after.topics[0].new


def _is_of(name: str, subject: str) -> bool:
    """Tell whether the name of a topic is one of the words of a subject."""
    return any(name.lower() in word or word in name.lower() for word in SUBJECTS[subject])


def test_the_order_of_companies_and_posts_changes_nothing() -> None:
    texts = texts_of(corpus(240))
    shuffled = list(texts)
    Random(1).shuffle(shuffled)  # noqa: S311 - the same order each time
    assert find(shuffled) == find(texts)


def test_labels_are_what_authors_write_each_once_and_no_stems() -> None:
    texts = texts_of(corpus(320))
    written = " ".join(" ".join(text.heading) for text in texts).lower()
    labels = [topic.name for topic in find(texts).topics]
    assert len(labels) == len({label.lower() for label in labels}) <= MOST
    assert [label for label in labels if label.lower() not in written] == []
    assert all(1 <= len(label.split()) <= 4 for label in labels)


def test_one_company_with_ten_posts_has_no_discovered_themes() -> None:
    found = find(texts_of(corpus(10, "A")))
    assert not found.large
    assert found.topics == ()
    assert set(found.posts.values()) == {()}


def test_few_posts_still_have_categories_and_the_users_own_topics() -> None:
    posts = [
        (company, "coffee", seeded("coffee", number, company, tags=("Coffee", "News")))
        for number, company in enumerate("AABBB")
    ]
    theme = Theme(name="Hot drinks", keywords=("espresso", "coffee bean", "latte art", "roasting"))
    found = find(texts_of(posts), [theme])
    assert [(topic.name, topic.kind) for topic in found.topics] == [
        ("Hot drinks", TopicKind.NAMED),
        ("Coffee", TopicKind.CATEGORY),
    ]
    assert Counter(found.posts.values())["Hot drinks", "Coffee"] >= 4


def test_all_posts_with_one_heading_have_no_themes() -> None:
    alike = replace(seeded("coffee", 1), title="Weekly coffee update", text="")
    posts = [("AB"[number % 2], "coffee", alike) for number in range(100)]
    assert find(texts_of(posts)).topics == ()


def test_posts_without_any_words_have_no_themes() -> None:
    empty = replace(post(None), title="", text="")
    found = find(texts_of([("A", "", empty)] * 100))
    assert found.topics == ()
    assert len(found.posts) == 100
    assert find(()).posts == {}


@pytest.mark.parametrize("words", [1, 3, 6])
def test_a_hundred_posts_of_a_few_words_are_no_fault(words: int) -> None:
    random = Random(words)  # noqa: S311 - the same posts each time
    few = ["pumps", "valves", "ISO 9001", "—", "日本語", "gaskets"][:words]
    posts = [
        (company, "", replace(post(None), title=" ".join(random.choices(few, k=3)), url=f"{place}"))
        for place, company in enumerate("ABCD" * 25)
    ]
    found = find(texts_of(posts))
    assert len(found.posts) == 100
    assert all(len(topics) <= 2 for topics in found.posts.values())


def test_a_post_is_on_two_topics_at_most_and_on_the_users_besides() -> None:
    posts = [
        ("AB"[number % 2], "", seeded("coffee", number, tags=("Coffee", "Barista", "Cafés")))
        for number in range(20)
    ]
    found = find(texts_of(posts), [Theme(name="Drinks", keywords=("coffee",))])
    assert all(len(set(topics) - {"Drinks"}) <= 2 for topics in found.posts.values())


def test_a_topic_that_the_user_names_keeps_its_name_to_itself() -> None:
    labels = [topic.name for topic in found_in_320().topics]
    named = [Theme(name=labels[0], keywords=("no such word",))]
    names_now = [topic.name for topic in find(texts_of(corpus(320)), named).topics]
    assert names_now.count(labels[0]) == 1


@pytest.mark.parametrize("number", [40, 80, 160, 320])
def test_the_same_posts_have_the_same_topics_in_the_next_run(number: int) -> None:
    texts = texts_of(corpus(number))
    first = find(texts)
    again = find(texts, known=first.topics)
    assert again.topics == first.topics
    assert again.posts == first.posts
