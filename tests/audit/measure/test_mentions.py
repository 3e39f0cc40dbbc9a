"""How often posts name their own company and the others of the list."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from audit.measure.mentions import MENTIONS, SUBJECT
from audit.model.breakdown import Breakdown
from audit.model.company import Company, Competitors
from audit.model.value import Reason
from tests.brief_example import AS_OF, PROOF, brief_of, post, section

ACME = Company(name="Acme Pumps GmbH & Co. KG", website="https://www.acme.example/")
BOREALIS = Company(name="Borealis", website="https://borealis.example/", aliases=("Nordventil",))
PUMPS = Company(name="Acme", website="https://other.example/")
NOTION = Company(name="Notion", website="https://notion.example/")
KUMA = Company(name="熊谷ポンプ", website="https://kuma.example/")
ALL = (ACME, BOREALIS, NOTION, KUMA)
FILL = "A plain post"


def of(texts: Sequence[str], companies: Sequence[Company] = ALL) -> Breakdown:
    """The mentions in posts with these texts, filled up with others to ten."""
    listed = [*texts, *[FILL] * (10 - len(texts))]
    posts = tuple(replace(post(AS_OF - timedelta(days=9)), title="t", text=text) for text in listed)
    brief = brief_of(replace(section(), posts=posts))
    competitors = Competitors(path=Path("c.yaml"), companies=tuple(companies))
    brief = replace(brief, context=replace(brief.context, competitors=competitors))
    assert SUBJECT.breakdowns_of is not None
    (breakdown,) = SUBJECT.breakdowns_of(brief)
    return breakdown


def named(text: str, companies: Sequence[Company] = ALL) -> list[str]:
    return [part.name for part in of([text], companies).parts]


@pytest.mark.parametrize(
    "text",
    [
        "Why Acme Pumps last", "ACME PUMPS' valves", "acme-pumps are loud", "#AcmePumps",
        "thanks @acmepumps!", "see acme.example today", "Acme Pumps GmbH & Co. KG opens",
    ],
)  # fmt: skip
def test_a_name_is_found_in_every_spelling(text: str) -> None:
    assert named(text) == [ACME.name]


@pytest.mark.parametrize(
    "text",
    [
        "Acme is the highest point", "The pumps of acme", "https://www.acme.example/pumps",
        "AcmePumpsters unite", "aurora borealisation", "", "\ud800", "@@@ ### ...",
    ],
)  # fmt: skip
def test_a_part_of_a_name_and_an_address_name_nobody(text: str) -> None:
    assert named(text) == []


def test_a_single_letter_is_no_name_to_look_for() -> None:
    assert named("A plan B", (Company(name="A", website="https://a-long-name.example/"),)) == []


def test_aliases_count_for_their_company_and_one_post_once() -> None:
    breakdown = of(["Nordventil and Borealis and Borealis"])
    assert [(part.name, part.share) for part in breakdown.parts] == [("Borealis", 0.1)]


def test_a_name_that_is_a_word_counts_as_it_is_written_only() -> None:
    assert named("We moved to Notion last year") == ["Notion"]
    assert named("I had no notion of it") == []


def test_a_name_without_spaces_around_it_is_found() -> None:
    assert named("新製品を熊谷ポンプが発表") == [KUMA.name]


def test_of_two_names_at_one_place_the_longer_is_meant() -> None:
    both = (ACME, PUMPS)
    assert named("Acme Pumps won", both) == [ACME.name]
    assert set(named("Acme Pumps beat Acme", both)) == {ACME.name, "Acme"}


def test_shares_are_of_all_posts_and_may_overlap_with_interval_and_proof() -> None:
    breakdown = of(["Acme Pumps and Borealis", "Borealis again"])
    borealis, acme = breakdown.parts
    assert (breakdown.metric, breakdown.of) == (MENTIONS, 10)
    assert (borealis.name, borealis.share, acme.share) == ("Borealis", 0.2, 0.1)
    assert borealis.interval == pytest.approx((0.025, 0.556), abs=0.001)
    assert borealis.evidence == (PROOF,) * 2


def test_under_ten_posts_nothing_is_said() -> None:
    few = of([FILL] * 10, ())
    assert (few.parts, few.unknown) == ((), None)
    none = SUBJECT.breakdowns_of
    assert none is not None
    (unknown,) = none(brief_of(section(1, 2, 3)))
    assert unknown.unknown is not None
    assert unknown.unknown.reason is Reason.TOO_LITTLE_DATA
