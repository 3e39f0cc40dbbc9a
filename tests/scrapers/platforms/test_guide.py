"""docs/add-a-platform.md names every field, word and key that a reader and its cases are made of."""

from dataclasses import fields

import pytest

from audit.model.catalogue import PLATFORM_KINDS
from scrapers.platforms import kit
from tests.places import ROOT
from tests.scrapers.platforms.platform_cases import NOW, YEAR, in_words

GUIDE = (ROOT / "docs" / "add-a-platform.md").read_text("utf-8")
PROOF = kit.Evidence(url="https://a.example/", fetched_at=NOW, rule="r", excerpt="x", record="f#1")


@pytest.mark.parametrize("kind", [kit.Ask, kit.Profile, kit.ProfilePost, kit.Listing])
def test_every_field_is_told(kind: type) -> None:
    table = GUIDE.split(f"`kit.{kind.__name__}`")[1].split("\n\n")[1]
    assert [field.name for field in fields(kind) if f"`{field.name}`" not in table] == []


def test_every_outcome_is_told_with_the_word_that_readers_meet() -> None:
    rows = [line for line in GUIDE.splitlines() if line.startswith("| `")]
    told = {
        outcome
        for outcome in kit.Outcome
        for row in rows
        if f"`{outcome.name}`" in row and row.endswith(f"`{outcome.reason}` |")
    }
    assert told == set(kit.Outcome)


def test_every_confidence_and_kind_of_platform_is_told() -> None:
    assert [each for each in kit.Confidence if f"| `{each.name}` |" not in GUIDE] == []
    assert [kind for kind in PLATFORM_KINDS if f"`{kind}`" not in GUIDE] == []


def test_every_key_of_an_expected_profile_is_told() -> None:
    post = kit.ProfilePost(url="https://a.example/1", title="t", published=None, evidence=PROOF)
    profile = kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=(PROOF,),
        timeline=kit.Timeline(posts=(post,), truncated=False),
    )
    words = in_words(profile)
    assert isinstance(words, dict)
    newest = words["newest"]
    assert isinstance(newest, dict)
    table = GUIDE.split("| key of `expected:` |")[1].split("\n\n")[0]
    assert [key for key in (*words, *newest) if f"`{key}`" not in table] == []


def test_the_window_of_the_cases_is_told() -> None:
    assert f"{NOW:%Y-%m-%d %H:%M} UTC, and the window is {YEAR.days} days" in GUIDE
