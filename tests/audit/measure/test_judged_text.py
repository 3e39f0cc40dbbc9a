"""On how much text purposes rest: a company of headings alone is not compared as if it were read."""

from dataclasses import replace

import pytest

from audit.measure.judged_text import rests_on_headings, share_with_text
from audit.measure.purpose import SUBJECT, metric_id, with_purposes
from audit.model.purpose import Purpose
from audit.model.site import Post
from audit.model.value import Known, Number, Qualifier
from config.catalogue import load_catalogue
from tests.brief_example import brief_of, section

TITLE = "How to clean a coffee grinder: seven tips"
RULES = load_catalogue().purpose


def posts(
    with_text: int, of: int, *, text: str = "Make sure that the beans are dry."
) -> list[Post]:
    """Posts of a blog, the first of them with a summary."""
    given = section(*range(1, of + 1)).posts
    return [
        replace(each, title=TITLE, text=text if at < with_text else "", url=f"u{at}")
        for at, each in enumerate(given)
    ]


def share(given: list[Post]) -> Number:
    """The educational share of a company with these posts in its blog."""
    blog = replace(section(), posts=tuple(given))
    assert SUBJECT.of_company is not None
    values = SUBJECT.of_company(brief_of(*with_purposes([blog], RULES)))
    return values[metric_id(Purpose.EDUCATIONAL)]


@pytest.mark.parametrize(("with_text", "of", "told"), [(0, 12, 0.0), (3, 12, 0.25), (12, 12, 1.0)])
def test_the_share_of_posts_with_a_text_is_told(with_text: int, of: int, told: float) -> None:
    assert share_with_text(posts(with_text, of)) == told


def test_a_summary_that_repeats_the_heading_is_no_text() -> None:
    assert share_with_text(posts(12, 12, text=f" {TITLE} ")) == 0
    assert share_with_text([]) == 0


def test_a_post_on_a_network_is_all_text() -> None:
    assert share_with_text([replace(each, channel="bluesky") for each in posts(0, 3)]) == 1


def test_shares_that_rest_on_headings_are_about_so_much() -> None:
    of_headings, of_texts = share(posts(5, 12)), share(posts(6, 12))
    assert isinstance(of_headings, Known)
    assert isinstance(of_texts, Known)
    assert of_headings.qualifiers == (Qualifier.TRUNCATED, Qualifier.ESTIMATE)
    assert of_texts.qualifiers == ()
    assert rests_on_headings(posts(0, 12))
