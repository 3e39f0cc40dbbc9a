"""How topics stand to those of the run before, by their words."""

import pytest

from audit.measure.themes.course import gone, new_names
from audit.measure.themes.theme import Theme
from audit.model.topics import GoneTopic, TopicKind


def theme(name: str, **words: float) -> Theme:
    """A theme of English words with their weights."""
    return Theme(name=name, kind=TopicKind.DISCOVERED, language="en", vectors={"en": words})


PUMPS = theme("Pumps", pump=0.8, seal=0.6)


def test_a_topic_whose_words_another_has_now_is_part_of_it() -> None:
    repair = theme("Pump repair", pump=0.6, seal=0.6, repair=0.53)
    assert gone([theme("Valves", valve=1.0), repair], [PUMPS], ()) == (
        GoneTopic(name="Pumps", into="Pump repair"),
    )


@pytest.mark.parametrize(
    "today",
    [
        [],
        [theme("Valves", valve=1.0)],
        [theme("Repair", pump=0.3, repair=0.95)],
        [
            Theme(
                name="Pumpen", kind=TopicKind.DISCOVERED, language="de", vectors={"de": {"pump": 1}}
            )
        ],
    ],
    ids=["nothing", "other words", "few of the words", "another language"],
)
def test_a_topic_whose_words_nobody_has_is_gone(today: list[Theme]) -> None:
    assert gone(today, [PUMPS], ()) == (GoneTopic(name="Pumps"),)


def test_what_the_user_has_named_since_is_still_there() -> None:
    assert gone([], [PUMPS], ["pumps"]) == ()


def test_nothing_is_new_in_a_first_run() -> None:
    assert new_names([PUMPS], ()) == frozenset()
    assert new_names([PUMPS, theme("Valves", valve=1.0)], [PUMPS]) == {"Valves"}
