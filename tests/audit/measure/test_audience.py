"""Overlaps of followers are put beside each sample, and can be taken over by a replay."""

from audit.measure.audience import overlaps_of, with_overlaps
from audit.measure.subject import Together
from audit.model.breakdown import OVERLAPS, SUBJECTS, Audience, Breakdown, Part
from audit.model.result import CompanyResult
from tests.brief_example import COMPANY, PROOF

URL = "https://social.example/@a"
SHARED = (Part(name="B", share=0.1),)
OTHERS = Breakdown(metric=SUBJECTS, of=40, parts=(Part(name="bread", share=0.5),))
OVERLAP = Breakdown(metric=OVERLAPS, of=100, parts=SHARED)


def sampled(*breakdowns: Breakdown) -> CompanyResult:
    audience = Audience(
        platform="mastodon",
        url=URL,
        sampled=100,
        described=40,
        breakdowns=breakdowns,
        evidence=PROOF,
    )
    return CompanyResult(company=COMPANY, audiences=(audience,))


def test_an_overlap_is_one_breakdown_more_of_the_whole_sample() -> None:
    together = Together(overlaps={("A", "mastodon", URL): SHARED})
    assert with_overlaps([sampled(OTHERS)], together) == (sampled(OTHERS, OVERLAP),)


def test_an_overlap_of_before_is_replaced_and_goes_where_there_is_none_now() -> None:
    before = Breakdown(metric=OVERLAPS, of=100, parts=(Part(name="C", share=0.9),))
    together = Together(overlaps={("A", "mastodon", URL): SHARED})
    assert with_overlaps([sampled(before)], together) == (sampled(OVERLAP),)
    assert with_overlaps([sampled(before)], Together(overlaps={})) == (sampled(),)


def test_a_result_in_which_nothing_changes_is_the_same_object() -> None:
    result = sampled(OTHERS)
    (same,) = with_overlaps([result], Together(overlaps={("B", "mastodon", URL): SHARED}))
    assert same is result


def test_what_was_put_beside_a_sample_is_found_again() -> None:
    assert overlaps_of([sampled(OVERLAP)]) == {("A", "mastodon", URL): SHARED}
    assert overlaps_of([sampled(OTHERS)]) == {("A", "mastodon", URL): ()}
