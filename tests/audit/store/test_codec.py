"""What is written into the history comes back exactly, also what an older version wrote."""

import json
from collections.abc import Iterator
from dataclasses import is_dataclass, replace
from types import UnionType
from typing import Union, get_args, get_origin, get_type_hints

import pytest

from audit.model.brand import Brand, Logo, PictureKind
from audit.model.catalogue import Usage
from audit.model.channel import Channel, Promise
from audit.model.company import Competitors
from audit.model.result import CompanyResult, Measure
from audit.model.site import Post, State
from audit.model.value import Absent, Dated, DateSource, Known, Number, Qualifier
from audit.store import codec
from audit.store.codec import dumps, loads
from audit.store.rows import records_in
from tests.audit.store.examples import NOW, PROOF, channel, result


def test_known_absent_and_unknown_come_back_as_they_were() -> None:
    again = loads(dumps(result()), CompanyResult)
    assert again == result()
    assert isinstance(again.measures[0].value, Known)
    assert type(again.measures[0].value.value) is int


def test_a_type_is_known_by_its_name_whatever_module_it_was_in() -> None:
    """Older versions wrote the module too, and types have moved since."""
    dated = Dated(at=NOW, source=DateSource.FEED)
    text = dumps(dated)
    for name in ("Dated", "DateSource"):
        assert f'"{name}"' in text
        text = text.replace(f'"{name}"', f'"web.{name}"')
    assert loads(text, Dated) == dated


def test_no_two_types_of_the_model_have_one_name() -> None:
    """The history keeps names without modules, so they must tell types apart."""
    assert loads(dumps(Usage.USES), Usage) is Usage.USES


OLD: dict[str, object] = {
    "~": "presence.Channel", "platform": "youtube", "url": "https://www.youtube.com/@acme",
    "handle": "@acme", "role": {"~": "presence.Role", "v": "main"}, "ownership": 0.9, "parts": [],
    "candidate": False, "state": {"~": "presence.State", "v": "unknown"},
    "reason": {"~": "value.Reason", "v": "not-checked"},
    "detail": "the profile itself was not read", "found_on": [],
    "followers": {"~": "value.Unknown", "reason": {"~": "value.Reason", "v": "not-checked"},
                  "detail": "the profile itself was not read"},
    "evidence": [json.loads(dumps(PROOF))],
}  # fmt: skip
"""A channel as the first versions have written it."""

READ: dict[str, object] = {
    "state": {"~": "presence.State", "v": "known"}, "reason": None, "detail": "",
    "followers": {"~": "value.Known", "value": 1200, "evidence": [], "exact": False, "qualifiers": []},
    "account": "UC1", "named_as": "https://www.youtube.com/c/acme", "name": "Acme",
    "former": ["@old"], "audience": "subscribers", "verified": True,
    "first_seen": {"~": "datetime", "v": NOW.isoformat()},
    "promises": [{"~": "presence.Promise", "v": "renamed"}],
}  # fmt: skip
"""What a later version has added to it once the profile was read."""


def test_a_channel_from_before_profiles_were_read_is_the_same_channel() -> None:
    assert loads(json.dumps(OLD), Channel) == channel()


def test_a_channel_of_29_fields_is_read_as_its_parts() -> None:
    old = loads(json.dumps({**OLD, **READ}), Channel)
    assert (old.state, old.account, old.name, old.audience) == (
        State.KNOWN,
        "UC1",
        "Acme",
        "subscribers",
    )
    assert old.followers == Known(value=1200, evidence=(), exact=False)
    assert old.found.url == "https://www.youtube.com/c/acme"
    assert (old.history.former, old.history.first_seen) == (("@old",), NOW)
    assert old.promises == (Promise.RENAMED,)
    assert loads(dumps(old), Channel) == old


def test_a_figure_that_a_person_had_read_stays_a_persons() -> None:
    manual = {"~": "value.Known", "value": 7, "evidence": [], "exact": True,
              "qualifiers": [{"~": "value.Qualifier", "v": "manual"}]}  # fmt: skip
    old = loads(json.dumps({**OLD, "followers": manual}), Channel)
    assert old.followers == Known(value=7, evidence=(), qualifiers=(Qualifier.MANUAL,))
    assert old.state is State.UNKNOWN


def test_whatever_a_run_may_hold_can_be_kept() -> None:
    """Also what most lists do not say, such as the picture of a logo."""
    kept, found = [CompanyResult, Competitors], set[type]()
    while kept:
        kind = kept.pop()
        found.add(kind)
        if is_dataclass(kind):
            kept += {
                leaf for hint in get_type_hints(kind).values() for leaf in leaves(hint)
            } - found
    assert Logo in found
    wrong = [kind.__name__ for kind in found if not is_kept(kind)]
    assert wrong == []


def leaves(hint: object) -> Iterator[type]:
    """The types that a field may hold, those within tuples and unions too."""
    if get_origin(hint) in (tuple, Union, UnionType):
        for part in get_args(hint):
            yield from leaves(part) if part is not Ellipsis else ()
    elif isinstance(hint, type):
        yield hint


def is_kept(kind: type) -> bool:
    """Whether the store has a way to write values of a type."""
    try:
        return kind in codec._WRITERS or bool(codec._writer_of(kind))
    except TypeError:
        return False


def test_a_logo_comes_back_as_it_was() -> None:
    logo = Logo(kind=PictureKind.PNG, width=2, height=1, data=bytes(range(256)))
    brand = Brand(colours=("112233",), logo=logo, footer="Ours")
    assert loads(dumps(brand), Brand) == brand


def many(count: int) -> tuple[Post, ...]:
    """Posts of which some fields are plain, some records, and some one or the other."""
    return tuple(
        Post(
            channel="blog",
            channel_url="https://a.example/blog/",
            url=f"https://a.example/blog/{number}",
            title=f"Ventile \u2028 {number} \U0001f600" if number % 3 else "",
            published=Dated(at=NOW, source=DateSource.TIME) if number % 2 else None,
            format="text",
            language="",
            flag="",
            evidence=replace(PROOF, record=f"archive/r1/a.1.warc.gz#{number}"),
        )
        for number in range(count)
    )


@pytest.mark.parametrize("count", [1, 7, 8, 9, 300])
def test_however_many_records_stand_side_by_side_they_come_back(count: int) -> None:
    kept = replace(result(), posts=many(count))
    text = dumps(kept)
    assert loads(text, CompanyResult) == kept
    assert len(records_in(text.encode())) == count


def test_many_records_name_their_fields_once() -> None:
    one, all_of_them = (dumps(replace(result(), posts=many(count))) for count in (7, 300))
    assert one.count('"channel_url"') == 7
    assert all_of_them.count('"channel_url"') == 1


def test_many_records_that_are_not_alike_are_kept_one_by_one() -> None:
    values: tuple[Number, ...] = (
        Known(value=3, evidence=()),
        Known(value=3.0, evidence=()),
        Absent(),
    )
    measures = tuple(Measure(metric=f"m{at}", value=each) for at, each in enumerate(values * 3))
    again = loads(dumps(replace(result(), measures=measures)), CompanyResult).measures
    assert again == measures
    known = [type(each.value.value) for each in again if isinstance(each.value, Known)]
    assert known == [int, float] * 3


def test_half_a_character_in_one_of_many_is_kept_too() -> None:
    posts = (*many(9), replace(many(1)[0], title="cut \ud83d"))
    assert loads(dumps(replace(result(), posts=posts)), CompanyResult).posts == posts
