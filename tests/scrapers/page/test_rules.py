"""Every feature rule on its own examples and counterexamples."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from audit.model.catalogue import PLACES, FeatureRule, Strength, Usage
from audit.model.exchange import Page
from audit.model.facts import Signal
from config.catalogue import load_catalogue
from scrapers.page.index import SignalIndex
from scrapers.page.signals import signals
from scrapers.parse.html import read_html
from tests.analysed import rules

RULES = load_catalogue().features
ADDRESSES = ("script", "frame", "link", "form")
LITERALS = ("path", "inline")


def signals_of(snippet: str, index: SignalIndex | None = None) -> tuple[Signal, ...]:
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
    return signals(read_html(page), index or rules().signals)


def fired(snippet: str, index: SignalIndex | None = None) -> set[str]:
    return {signal.rule for signal in signals_of(snippet, index)}


def marks_of(rule: FeatureRule) -> list[tuple[str, str]]:
    """The marks of a rule, each with the place that it is looked for in."""
    return [(place, mark) for place in PLACES for mark in getattr(rule, place)]


def odd_marks(rule: FeatureRule) -> list[str]:
    """Say which marks are not written as docs/add-a-rule.md says."""
    with_scheme = [
        f"{rule.id}: {place} {mark!r} begins with a scheme; write host/path-prefix"
        for place, mark in marks_of(rule)
        if place in ADDRESSES and "//" in mark
    ]
    return with_scheme + [
        f"{rule.id}: inline {mark!r} is too short; write a literal with a word of four letters"
        for mark in rule.inline
        if not re.search("[A-Za-z]{4}", mark)
    ]


def wrong_snippets(rule: FeatureRule, fires: Callable[[str], set[str]]) -> list[str]:
    """Say which examples a rule does not fire on, and which counterexamples it does fire on."""
    marks = ", ".join(f"{place} {mark!r}" for place, mark in marks_of(rule))
    silent = [
        f"{rule.id}: does not fire on its example {snippet!r}; {_why_silent(rule, snippet) or marks}"
        for snippet in rule.examples
        if rule.id not in fires(snippet)
    ]
    return silent + [
        f"{rule.id}: fires on its counterexample {snippet!r} by {_by_which(rule, snippet)}"
        for snippet in rule.counterexamples
        if rule.id in fires(snippet)
    ]


def _why_silent(rule: FeatureRule, snippet: str) -> str:
    """Name the literals that stand in a snippet and are not found, as only whole words are."""
    cut = [
        f"{place} {mark!r}"
        for place, mark in marks_of(rule)
        if place in LITERALS and mark in snippet
    ]
    return f"{', '.join(cut)} ends within a longer word" if cut else ""


def _by_which(rule: FeatureRule, snippet: str) -> str:
    """Name the marks of a rule that are met in a snippet, each tried alone."""
    bare: dict[str, Any] = dict.fromkeys(PLACES, ())
    return ", ".join(
        f"{place} {mark!r}"
        for place, mark in marks_of(rule)
        if signals_of(snippet, SignalIndex([replace(rule, **bare | {place: (mark,)})]))
    )


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_fires_on_its_examples_and_on_nothing_else(rule: FeatureRule) -> None:
    assert rule.examples, "a rule needs an example"
    assert rule.counterexamples, "a rule needs a counterexample"
    assert odd_marks(rule) + wrong_snippets(rule, fired) == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_weak_rule_has_an_example_that_shows_two_marks(rule: FeatureRule) -> None:
    if rule.strength is Strength.WEAK and len(in_page := places(rule)) > 1:
        by_examples = {signal.place for snippet in rule.examples for signal in signals_of(snippet)}
        shown = sorted(by_examples & in_page)
        assert len(shown) > 1, f"{rule.id} is weak: its examples show marks in {shown} alone"


def told(**record: tuple[str, ...]) -> list[str]:
    """What is said of a rule of an invented chat, alone in its catalogue."""
    blank: dict[str, Any] = dict.fromkeys(PLACES, ()) | {"examples": (), "counterexamples": ()}
    kinds: dict[str, Any] = {"strength": Strength.STRONG, "direction": Usage.USES}
    rule = FeatureRule(id="chat.pump", feature="chat", vendor="Pump", **kinds, **blank | record)
    index = SignalIndex([rule])
    return odd_marks(rule) + wrong_snippets(rule, partial(fired, index=index))


def test_a_false_example_is_told_with_the_marks() -> None:
    assert told(css=(".pump-box",), examples=("<p>Pump</p>",)) == [
        "chat.pump: does not fire on its example '<p>Pump</p>'; css '.pump-box'"
    ]


def test_a_counterexample_that_fires_is_told_with_the_mark() -> None:
    snippet = '<div id="pump"></div>'
    assert told(css=(".pump-box", "#pump"), counterexamples=(snippet,)) == [
        f"chat.pump: fires on its counterexample {snippet!r} by css '#pump'"
    ]


def test_an_odd_mark_is_told_with_its_right_form() -> None:
    assert told(script=("https://pump.example",), inline=("pmp",)) == [
        "chat.pump: script 'https://pump.example' begins with a scheme; write host/path-prefix",
        "chat.pump: inline 'pmp' is too short; write a literal with a word of four letters",
    ]


def test_a_literal_that_is_cut_off_is_told() -> None:
    snippet = "<script>PumpSettings = {}</script>"
    assert told(inline=("PumpSet",), examples=(snippet,)) == [
        f"chat.pump: does not fire on its example {snippet!r}; "
        "inline 'PumpSet' ends within a longer word"
    ]


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
