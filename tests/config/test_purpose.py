"""The rules by which the purpose of posts is told, as the package and a user's file give them."""

from dataclasses import replace
from pathlib import Path

import pytest

from audit.measure.judging import purpose_of
from audit.model.errors import ConfigError
from audit.model.purpose import DECIDED, IN_TEXT, CuePlace, Purpose
from config.catalogue import load_catalogue
from tests.brief_example import AS_OF, post

RULES = load_catalogue().purpose
LANGUAGES = ("en", "de", "fr", "es", "it", "pt", "nl", "sv", "da", "pl", "ja", "zh")


def test_cues_of_every_purpose_are_there_in_every_language() -> None:
    for language in LANGUAGES:
        given = {purpose for cue in RULES.cues if language in cue.words for purpose in cue.weights}
        assert given == set(DECIDED), language


def test_every_cue_says_why_and_how_much_and_has_learned_weights() -> None:
    for cue in RULES.cues:
        assert cue.because, cue.name
        assert cue.weights, cue.name
        names = [cue.name, *([cue.name + IN_TEXT] if cue.where is CuePlace.WORDS else [])]
        assert all(name in RULES.model.weights[purpose] for name in names for purpose in DECIDED)


def test_no_phrase_speaks_for_more_than_two_cues() -> None:
    """A phrase of two cues speaks for both; of three it would speak for nothing."""
    for language in LANGUAGES:
        phrases = [
            phrase
            for cue in RULES.cues
            if cue.where is CuePlace.WORDS
            for phrase in cue.words.get(language, ())
        ]
        assert {phrase for phrase in phrases if phrases.count(phrase) > 2} == set(), language


def _file(tmp_path: Path, text: str) -> Path:
    """A user's file with a part `purpose`."""
    path = tmp_path / "own.yaml"
    path.write_text(text, "utf-8")
    return path


def test_a_users_own_cue_weighs_what_it_states(tmp_path: Path) -> None:
    path = _file(
        tmp_path,
        "purpose:\n  cues:\n    slogan:\n      because: our trade says so\n"
        "      weights: {promotional: 5}\n      words: {en: [pump it up]}\n",
    )
    rules = load_catalogue((path,)).purpose
    told = purpose_of(replace(post(AS_OF), title="Pump it up"), rules)
    assert (told.purpose, told.cues[0]) == (Purpose.PROMOTIONAL, 'slogan: "pump it up"')


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("purpose: [x]\n", "purpose"),
        ("purpose: {colour: {}}\n", "colour"),
        ("purpose: {cues: {x: {why: y}}}\n", "x.why"),
        ("purpose: {cues: {x: {where: footer}}}\n", "x.where"),
        ("purpose: {cues: {x: {weights: {funny: 1}}}}\n", "x.weights"),
        ("purpose: {cues: {x: {weights: {educational: much}}}}\n", "x.weights"),
        ("purpose: {cues: {x: {words: {en: word}}}}\n", "x.en"),
    ],
)
def test_a_users_mistake_is_told_with_its_key(tmp_path: Path, text: str, key: str) -> None:
    with pytest.raises(ConfigError) as caught:
        load_catalogue((_file(tmp_path, text),))
    assert caught.value.key == key
