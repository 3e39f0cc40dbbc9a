"""Marks that name one host of a vendor's own domain are listed, with what else is known there."""

from dataclasses import replace
from typing import Any

from audit.model.catalogue import PLACES, FeatureRule
from config.catalogue import load_catalogue
from tests.ties import ties


def rule(name: str, vendor: str, script: str) -> FeatureRule:
    """A rule of an invented vendor with one address."""
    base = next(rule for rule in load_catalogue().features if not rule.because)
    empty = replace(base, id=name, feature=name.partition(".")[0], vendor=vendor)
    places: dict[str, Any] = dict.fromkeys(PLACES, ()) | {"script": (script,)}
    return replace(empty, **places)


def lines(*rules: FeatureRule) -> list[str]:
    """What is said of some rules."""
    return [line for _, line in ties(rules)]


def test_a_host_of_the_vendors_own_domain_is_a_tie() -> None:
    assert lines(rule("chat.pumptalk", "Pumptalk", "cdn.pumptalk.example/w")) == [
        "chat.pumptalk: script cdn.pumptalk.example/w of pumptalk.example"
    ]


def test_what_else_is_known_of_the_domain_is_told() -> None:
    first = rule("chat.pumptalk", "Pumptalk", "chat.pumptalk.example")
    other = rule("maps.pumptalk", "Pumptalk", "maps.pumptalk.example")
    assert "there is also maps Pumptalk" in lines(first, other)[0]


def test_a_domain_alone_and_a_host_of_somebody_else_are_no_ties() -> None:
    assert lines(rule("chat.pumptalk", "Pumptalk", "pumptalk.example")) == []
    assert lines(rule("chat.pumptalk", "Pumptalk", "d12.cdnfront.example")) == []
