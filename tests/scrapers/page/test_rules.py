"""Every feature rule on its own examples and counterexamples."""

from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest

from audit.model.catalogue import FeatureRule, Strength
from audit.model.exchange import Page
from audit.model.facts import Signal
from config.catalogue import load_catalogue
from scrapers.page.rules import Rules
from scrapers.page.signals import signals
from scrapers.parse.html import read_html

RULES = load_catalogue().features


@cache
def rules() -> Rules:
    return Rules(load_catalogue())


def signals_of(snippet: str) -> tuple[Signal, ...]:
    head = f"<head>{snippet}</head>" if snippet.startswith("<meta") else ""
    body = "" if head else snippet
    page = Page(
        url="https://www.acme.example/",
        requested_url="https://www.acme.example/",
        status=200,
        headers=(("content-type", "text/html; charset=utf-8"),),
        body=f"<!doctype html><html>{head}<body>{body}</body></html>".encode(),
        fetched_at=datetime(2026, 11, 1, tzinfo=UTC),
        record="",
    )
    return signals(read_html(page), rules().signals)


def fired(snippet: str) -> set[str]:
    return {signal.rule for signal in signals_of(snippet)}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_fires_on_its_examples_and_on_nothing_else(rule: FeatureRule) -> None:
    assert rule.examples, "a rule needs an example"
    assert rule.counterexamples, "a rule needs a counterexample"
    assert all(rule.id in fired(snippet) for snippet in rule.examples)
    assert not any(rule.id in fired(snippet) for snippet in rule.counterexamples)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_weak_rule_has_an_example_that_shows_two_marks(rule: FeatureRule) -> None:
    if rule.strength is Strength.WEAK and len(in_page := places(rule)) > 1:
        by_examples = {signal.place for snippet in rule.examples for signal in signals_of(snippet)}
        assert len(by_examples & in_page) > 1


def places(rule: FeatureRule) -> set[str]:
    """The places of a rule that stand in the page itself, not in the answer's head."""
    names = ("script", "frame", "link", "form", "path", "css", "meta", "inline")
    return {place for place in names if getattr(rule, place)}


def test_the_catalogue_is_wide_enough() -> None:
    marks = sum(len(getattr(rule, place)) for rule in RULES for place in places(rule))
    assert len({rule.vendor for rule in RULES}) >= 600
    assert marks >= 1_500


def test_rule_ids_name_their_feature() -> None:
    assert [rule.id for rule in RULES if not rule.id.startswith(f"{rule.feature}.")] == []


def test_a_name_in_running_text_is_never_proof() -> None:
    names = " ".join(f"<p>We use {rule.vendor} every day.</p>" for rule in RULES)
    assert fired(names) == set()


def test_a_user_adds_a_vendor_in_five_lines(tmp_path: Path) -> None:
    own_file = tmp_path / "our-vendors.yaml"
    own_file.write_text(
        "features:\n- id: chat.pumptalk\n  feature: chat\n  vendor: Pumptalk\n"
        "  script: [cdn.pumptalk.example]\n"
    )
    (rule,) = [
        added for added in load_catalogue((own_file,)).features if added.id == "chat.pumptalk"
    ]
    assert (rule.vendor, rule.strength, rule.script) == (
        "Pumptalk",
        Strength.STRONG,
        ("cdn.pumptalk.example",),
    )
    assert len(load_catalogue((own_file,)).features) == len(RULES) + 1
