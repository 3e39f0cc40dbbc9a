"""What goes to a worker and comes back is what was sent, of whatever types it is made."""

import pickle
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest

from audit.model.company import Company, Competitors
from audit.model.value import Evidence, Known, Reason, Unknown
from scrapers.workers.packing import pickled

AT = datetime(2026, 11, 30, tzinfo=UTC)
PROOF = Evidence(url="https://acme.example/", fetched_at=AT, rule="r", excerpt="", record="")


@dataclass(frozen=True, slots=True)
class Base:
    first: int
    second: str = ""


@dataclass(frozen=True, slots=True)
class Derived(Base):
    third: tuple[int, ...] = ()


@dataclass(slots=True)
class OfOne:
    only: object


@dataclass
class WithoutSlots:
    one: int
    other: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class InItsOwnWay:
    one: int
    two: int

    def __reduce__(self) -> tuple[type, tuple[int, int]]:
        return InItsOwnWay, (self.two, self.one)


@pytest.mark.parametrize(
    "value",
    [
        Derived(1, "a", (2,)),
        OfOne(Base(1)),
        WithoutSlots(1, [2]),
        Known(value=3, evidence=(PROOF,)),
        Unknown(reason=Reason.TIMEOUT, detail="late"),
        Competitors(path=Path("c.yaml"), companies=(Company(name="A", website="https://a.b/"),)),
        (len, Base, Reason.TIMEOUT, re.compile("a+"), AT, {"a": {1, 2}}, b"\0", None, 1.5),
    ],
    ids=lambda value: type(value).__name__,
)
def test_a_value_comes_back_as_it_was_sent(value: object) -> None:
    assert pickle.loads(pickled(value)) == value  # noqa: S301 - made here


def test_a_type_that_says_how_it_is_pickled_is_heard() -> None:
    assert pickle.loads(pickled(InItsOwnWay(1, 2))) == InItsOwnWay(2, 1)  # noqa: S301 - made here


def test_what_is_there_once_comes_back_once() -> None:
    shared = Base(1)
    first, second = pickle.loads(pickled((shared, shared)))  # noqa: S301 - made here
    assert first is second
