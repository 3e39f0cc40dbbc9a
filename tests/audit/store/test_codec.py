"""What is written into the history comes back exactly, also what an older version wrote."""

import json
from collections.abc import Iterator
from dataclasses import is_dataclass
from types import UnionType
from typing import Union, get_args, get_origin, get_type_hints

from audit.model.brand import Brand, Logo, PictureKind
from audit.model.catalogue import Usage
from audit.model.channel import Channel, Promise
from audit.model.company import Competitors
from audit.model.result import CompanyResult
from audit.model.site import State
from audit.model.value import Dated, DateSource, Known, Qualifier
from audit.store import codec
from audit.store.codec import dumps, loads
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
