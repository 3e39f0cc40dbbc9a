"""What a run keeps of a sample, a replay finds again: counts, or the reason why there are none."""

import json

from audit.model.value import Reason, Unknown
from scrapers.channels.composition import Composition, composition_of, record_of

COUNTED = Composition(
    sampled=200,
    described=150,
    subjects=(("engineering", 0.32), ("other", 0.08)),
    languages=(("en", 0.62),),
    kinds=(),
)


def archived(composition: Composition | Unknown) -> object:
    """The record as it comes back from the archive, through JSON."""
    payload: object = json.loads(json.dumps(record_of(composition)))
    return payload


def test_counts_come_back_as_they_were() -> None:
    assert composition_of(archived(COUNTED)) == COUNTED


def test_a_reason_comes_back_without_what_follows_the_hosts_of_its_addresses() -> None:
    detail = "HTTP 403 of https://api.example/users/jane/followers?cursor=7 after one try"
    refused = Unknown(reason=Reason.HTTP_403, detail=detail)
    assert composition_of(archived(refused)) == Unknown(
        reason=Reason.HTTP_403, detail="HTTP 403 of https://api.example after one try"
    )


def test_a_run_that_took_no_sample_gives_none_in_its_replay() -> None:
    composition = composition_of(None)
    assert isinstance(composition, Unknown)
    assert composition.reason is Reason.NOT_CHECKED
