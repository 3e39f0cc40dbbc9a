"""The formats and languages of a company's posts, as shares of all of them."""

from dataclasses import replace
from datetime import timedelta

import pytest

from audit.measure.mix import FORMATS, LANGUAGES, SUBJECT
from audit.model.breakdown import Breakdown
from audit.model.site import Post, Section
from audit.model.value import Reason, Unknown
from tests.brief_example import AS_OF, PROOF, brief, post, section, visit

ARTICLE = post(AS_OF - timedelta(days=3))
VIDEO = replace(ARTICLE, format="video", language="de-CH")
UNSAID = replace(ARTICLE, format="", language="")


def mix(*posts: Post, blog: Section | None = None) -> dict[str, Breakdown]:
    """The breakdowns of a company with these posts in its blog, by their ids."""
    assert SUBJECT.breakdowns_of is not None
    blog = blog or replace(section(), posts=posts)
    made = SUBJECT.breakdowns_of(replace(brief(), visit=visit(sections=(blog,))))
    return {breakdown.metric: breakdown for breakdown in made}


def shares(breakdown: Breakdown) -> list[tuple[str, float]]:
    """The names of the parts with their shares."""
    return [(part.name, part.share) for part in breakdown.parts]


MIXED = mix(*[ARTICLE] * 6, *[VIDEO] * 3, UNSAID)


def test_formats_are_shares_of_all_posts_the_largest_first() -> None:
    assert shares(MIXED[FORMATS]) == [("article", 0.6), ("video", 0.3), ("unknown", 0.1)]


def test_languages_are_told_without_their_region_and_what_is_not_said_is_unknown() -> None:
    assert shares(MIXED[LANGUAGES]) == [("en", 0.6), ("de", 0.3), ("unknown", 0.1)]


def test_each_part_has_its_interval_and_proof_and_the_whole_its_number() -> None:
    video = MIXED[FORMATS].parts[1]
    assert video.interval == pytest.approx((0.067, 0.652), abs=0.001)
    assert video.evidence == (PROOF,) * 3
    assert MIXED[FORMATS].of == 10


def test_under_ten_posts_nothing_is_said() -> None:
    few = mix(*[ARTICLE] * 9)[FORMATS]
    assert (few.of, few.parts) == (9, ())
    assert few.unknown is not None
    assert few.unknown.reason is Reason.TOO_LITTLE_DATA


def test_a_section_that_could_not_be_read_gives_its_reason() -> None:
    refused = Unknown(reason=Reason.ROBOTS)
    assert mix(blog=section(unreadable=refused))[LANGUAGES].unknown == refused
