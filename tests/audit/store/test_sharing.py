"""A result whose equal parts are one object is the same result, and takes less memory."""

import math
import pickle
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

from audit.model.company import Company
from audit.model.result import CompanyResult, Measure
from audit.model.value import Evidence, Known
from audit.store.aside import Aside, Far
from audit.store.codec import dumps
from audit.store.sharing import with_shared_parts
from tests.topics_example import corpus

AT = datetime(2026, 11, 1, 12, tzinfo=UTC)


def proof(at: datetime = AT) -> Evidence:
    """A proof, whose words are in no other."""
    url = pickle.loads(pickle.dumps("https://borealis.example/news"))  # noqa: S301 - its own copy
    return Evidence(url=url, fetched_at=at, rule="", excerpt="", record="")


def result(*values: float, at: datetime = AT) -> CompanyResult:
    """A result with values, each with a proof of its own."""
    measures = tuple(
        Measure(metric="posts", value=Known(value=value, evidence=(proof(at),))) for value in values
    )
    company = Company(name="Borealis", website="https://borealis.example/")
    return CompanyResult(company=company, measures=measures)


def proofs(of: CompanyResult) -> list[Evidence]:
    """The proofs of the values of a result."""
    return [each.value.evidence[0] for each in of.measures if isinstance(each.value, Known)]


def test_what_is_equal_is_one_object() -> None:
    whole = result(1.5, 2.5, 1.5)
    assert len({id(each) for each in proofs(whole)}) == 3
    shared = with_shared_parts(whole)
    assert len({id(each) for each in proofs(shared)}) == 1
    assert shared.measures[0] is shared.measures[2]
    assert (shared, dumps(shared)) == (whole, dumps(whole))


def test_words_are_shared_by_companies() -> None:
    one, other = (with_shared_parts(result(1.5)) for _ in range(2))
    assert proofs(one)[0].url is proofs(other)[0].url


def test_what_is_equal_and_not_the_same_stays() -> None:
    zeros = with_shared_parts(result(0.0, -0.0)).measures
    signs = [math.copysign(1, each.value.value) for each in zeros if isinstance(each.value, Known)]
    assert signs == [1, -1]
    east = AT.astimezone(timezone(timedelta(hours=2)))
    both = replace(result(1.5), measures=(*result(1.5).measures, *result(1.5, at=east).measures))
    assert dumps(with_shared_parts(both)) == dumps(both)


def test_what_lies_aside_stays_there(tmp_path: Path) -> None:
    posts = tuple(post for _, _, post in corpus(8))
    shared = with_shared_parts(Aside(tmp_path).put(replace(result(1.5), posts=posts)))
    assert isinstance(vars_of(shared), Far)
    assert tuple(shared.posts) == posts


def vars_of(kept: CompanyResult) -> object:
    """The posts of a result as they are held."""
    return kept.posts
