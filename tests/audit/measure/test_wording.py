"""Runs of letters: what they are, what they weigh, and that the package has what training gives."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from audit.measure.judging import purpose_of
from audit.measure.wording import IN_TITLE, blocks, wording_of
from audit.model.purpose import DECIDED, Purpose, Wording
from audit.model.site import Post
from config.catalogue import load_catalogue
from tests.brief_example import AS_OF, post
from tests.wording import FILE, Example, by_cues, examples, learned

RULES = load_catalogue().purpose
NONE = dict.fromkeys(DECIDED, 0.0)


def said(title: str, text: str = "", language: str = "en") -> Post:
    """A post with these words."""
    words = post(AS_OF - timedelta(days=3))
    return replace(words, title=title, text=text, language=language)


def test_runs_are_of_words_with_their_blanks_and_those_of_the_title_are_marked() -> None:
    whole, title = blocks("Café to go", "Go!")
    assert {" caf", "cafe", "afe ", " cafe", "cafe ", " cafe ", " to ", " go "} == whole
    assert title == {f"{IN_TITLE}{run}" for run in whole}


def test_words_without_spaces_give_pairs() -> None:
    whole, _ = blocks("新製品", "")
    assert {"新製", "製品"} <= whole


@pytest.mark.parametrize(
    "title", ["", "!!! ???", "Νέα της εβδομάδας από την πόλη μας", "xqzw vvkj"]
)
def test_wording_that_is_not_known_says_nothing(title: str) -> None:
    assert wording_of(said(title), RULES.wording) == NONE


def test_the_odds_are_the_sum_of_the_weights_by_the_root_of_their_number() -> None:
    runs = dict.fromkeys(blocks("pumps valves", "")[0], (1.0, 0.0, 0.0, -1.0))
    odds = wording_of(said("pumps valves"), Wording(runs=runs, part=1.0))
    assert odds[Purpose.INFORMATIONAL] == pytest.approx(len(runs) ** 0.5)
    assert odds[Purpose.PROMOTIONAL] == -odds[Purpose.INFORMATIONAL]


@pytest.mark.parametrize(
    ("title", "language", "purpose"),
    [
        ("Gemeinderat vertagt Beschluss zum Hallenbad", "de", Purpose.INFORMATIONAL),
        ("Il consiglio comunale approva il bilancio", "it", Purpose.INFORMATIONAL),
        ("Kommunen utser ny rektor", "sv", Purpose.INFORMATIONAL),
        ("The council has approved a new budget for the library", "en", Purpose.INFORMATIONAL),
    ],
)
def test_plain_wording_without_any_cue_leans_to_what_it_is(
    title: str, language: str, purpose: Purpose
) -> None:
    odds = wording_of(said(title, language=language), RULES.wording)
    assert max(odds, key=lambda each: odds[each]) is purpose


def test_what_wording_adds_is_named_among_the_cues() -> None:
    told = purpose_of(said("The council has approved a new budget for the library"), RULES)
    assert any(cue.startswith('its wording: "') for cue in told.cues)


def test_what_cues_say_of_an_example_is_given_when_the_runs_are_learned() -> None:
    sale = Example(
        language="en",
        purpose=Purpose.PROMOTIONAL,
        format="article",
        title="Summer sale: 20% off all gloves, order now",
        text="",
    )
    odds = dict(zip(DECIDED, by_cues(sale), strict=True))
    assert odds[Purpose.PROMOTIONAL] > 4
    assert max(odds[each] for each in DECIDED if each is not Purpose.PROMOTIONAL) < 1
    plain = replace(sale, title="Gloves", text="", language="xx")
    assert set(by_cues(plain)) == {0.0}


def test_a_very_long_word_is_read_in_part() -> None:
    whole, _ = blocks("a" * 100_000, "b" * 100_000)
    assert len(whole) < 2_000


def test_the_examples_are_whole_and_no_title_comes_twice() -> None:
    taught = examples()
    assert {each.purpose for each in taught} == set(DECIDED)
    for language in {each.language for each in taught}:
        titles = [each.title for each in taught if each.language == language]
        assert len(titles) >= 30
        assert len(set(titles)) == len(titles), language


def test_the_packaged_weights_are_those_that_training_gives() -> None:
    packaged = json.loads(FILE.read_text("utf-8"))
    found = learned(examples())
    same = packaged.keys() & found.keys()
    # The last digits of a fit differ between machines, and with them the least of the runs.
    assert len(same) >= 0.99 * len(packaged)
    assert (
        max(abs(a - b) for run in same for a, b in zip(packaged[run], found[run], strict=True)) <= 3
    )
