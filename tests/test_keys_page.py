"""docs/keys.md has a section for each key that a reader of a platform declares, and no other."""

import re
from collections.abc import Mapping

import pytest

from config.catalogue import load_catalogue
from reports.words import Names
from scrapers.platforms import platforms
from tests.places import ROOT

HEADINGS = ("What it adds", "What it costs", "Quota", "How to get it", "What the terms ask")
GENERAL = {"How a key is put in", "All keys"}
NAMES = Names(load_catalogue())
PAGE = (ROOT / "docs" / "keys.md").read_text("utf-8")
KEYS = {NAMES.platform(name): each.keys for name, each in platforms().items() if each.keys}


def sections() -> Mapping[str, str]:
    """The text of each section by its heading, with each run of blanks as one."""
    parts = re.split(r"^## (.+)$", PAGE, flags=re.MULTILINE)
    return {
        name: " ".join(text.split()) for name, text in zip(parts[1::2], parts[2::2], strict=True)
    }


def test_every_key_has_its_section_and_every_section_is_of_a_key() -> None:
    assert sections().keys() - GENERAL == KEYS.keys()


@pytest.mark.parametrize("platform", sorted(KEYS))
def test_a_section_says_what_where_and_how_in_five_parts(platform: str) -> None:
    text = sections()[platform]
    assert re.findall(r"\*\*([^*:]+):\*\*", text) == list(HEADINGS)
    assert " 2. " in text.partition("**How to get it:**")[2], "steps stand one below the other"


@pytest.mark.parametrize("platform", sorted(KEYS))
def test_a_section_says_of_its_key_what_the_program_says(platform: str) -> None:
    text = sections()[platform]
    for key in KEYS[platform]:
        assert all(f"`{variable}`" in text for variable in key.variables)
        assert key.adds.casefold() in text.casefold()
        assert f"{key.host} at most {key.calls:,} times" in text


def test_the_table_leads_to_every_section() -> None:
    anchors = re.findall(r"\]\(#([\w-]+)\)", sections()["All keys"])
    kept = [re.sub(r"[^\w -]", "", name.casefold()).replace(" ", "-") for name in KEYS]
    assert sorted(anchors) == sorted(kept)
