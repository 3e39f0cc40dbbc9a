"""Rules matched against a page by each place that a rule can look at."""

from datetime import UTC, datetime

import pytest

from audit.model.catalogue import Basis, FeatureRule, Strength, Usage
from audit.model.exchange import Page
from audit.model.facts import Signal
from scrapers.page.index import SignalIndex
from scrapers.page.signals import signals
from scrapers.parse.html import read_html

URL = "https://www.acme.example/"


def rule(name: str = "pumptalk", /, **places: tuple[str, ...]) -> FeatureRule:
    empty: dict[str, tuple[str, ...]] = dict.fromkeys(
        ("script", "frame", "link", "form", "path", "css", "meta", "inline", "header", "cookie"), ()
    )
    filled = empty | places
    return FeatureRule(
        id=f"chat.{name}",
        feature="chat",
        vendor=name.title(),
        strength=Strength.STRONG,
        direction=Usage.USES,
        rests_on=Basis.DOCUMENTED,
        because="",
        **filled,
    )


def signals_of(
    body: str, *rules: FeatureRule, headers: tuple[tuple[str, str], ...] = ()
) -> tuple[Signal, ...]:
    page = Page(
        url=URL,
        requested_url=URL,
        status=200,
        headers=(("content-type", "text/html; charset=utf-8"), *headers),
        body=body.encode(),
        fetched_at=datetime(2026, 11, 1, tzinfo=UTC),
        record="f#1",
    )
    return signals(read_html(page), SignalIndex(rules))


@pytest.mark.parametrize(
    ("place", "value", "body"),
    [
        ("script", "cdn.pump.example", '<script src="https://eu.cdn.pump.example/a.js"></script>'),
        ("script", "pump.example/w", '<script src="//pump.example/w/1.js"></script>'),
        ("script", "pump.example/$", '<link rel="preconnect" href="https://pump.example">'),
        ("path", "/plugins/pump/", '<script src="/wp/plugins/pump/a.js"></script>'),
        ("frame", "pump.example/f", '<iframe src="https://pump.example/f?x"></iframe>'),
        ("link", "pump.example/l", '<a href="https://pump.example/l">x</a>'),
        (
            "form",
            "pump.example",
            '<form action="https://pump.example/s"><input type="email" name="e"></form>',
        ),
        ("css", ".pump-box", '<div class="a pump-box b"></div>'),
        ("css", "#pump", '<div id="pump"></div>'),
        ("css", "[data-pump]", '<div data-pump="1"></div>'),
        ("css", '[class^="pump-"]', '<div class="pump-7"></div>'),
        ("meta", "generator=pump", '<head><meta name="generator" content="Pump 2"></head>'),
        ("inline", "PumpSettings", "<script>window.PumpSettings = {}</script>"),
    ],
)
def test_a_rule_fires_in_the_place_it_looks_at(place: str, value: str, body: str) -> None:
    assert [signal.rule for signal in signals_of(body, rule(**{place: (value,)}))] == [
        "chat.pumptalk"
    ]


@pytest.mark.parametrize(
    ("place", "value", "body"),
    [
        ("script", "pump.example", '<script src="https://notpump.example/a.js"></script>'),
        ("script", "pump.example", '<script src="https://pump.example.evil.example/"></script>'),
        ("script", "pump.example/w", '<script src="https://pump.example/other.js"></script>'),
        ("script", "pump.example", '<a href="https://pump.example/">x</a>'),
        ("script", "pump.example/$", '<script src="https://pump.example/w.js"></script>'),
        ("css", ".pump-box", '<div class="pump-boxes"></div>'),
        ("css", ".pump-box", "<p>class pump-box</p>"),
        ("meta", "generator=pump", '<head><meta name="generator" content="A Pump"></head>'),
        ("inline", "PumpSettings", "<p>PumpSettings</p>"),
    ],
)
def test_a_rule_is_silent_elsewhere(place: str, value: str, body: str) -> None:
    assert signals_of(body, rule(**{place: (value,)})) == ()


def test_headers_and_cookies_of_the_answer_are_looked_at() -> None:
    by_header, by_cookie = (
        rule("head", header=("x-powered-by=pump",)),
        rule("biscuit", cookie=("pid",)),
    )
    headers = (("X-Powered-By", "Pump/2"), ("Set-Cookie", "pid=1; path=/"))
    fired = signals_of("<p>x</p>", by_header, by_cookie, headers=headers)
    assert {signal.rule for signal in fired} == {"chat.head", "chat.biscuit"}


def test_a_rule_that_fires_twice_is_one_signal() -> None:
    twice = '<script src="//pump.example/a.js"></script><script src="//pump.example/b.js"></script>'
    assert len(signals_of(twice, rule(script=("pump.example",)))) == 1


def test_the_proof_is_what_was_seen_and_never_long() -> None:
    address = "https://pump.example/" + "a" * 500
    (signal,) = signals_of(f'<script src="{address}"></script>', rule(script=("pump.example",)))
    assert signal.url == address
    assert signal.evidence.url == URL
    assert signal.evidence.record == "f#1"
    assert address.startswith(signal.evidence.excerpt.rstrip("…"))
    assert len(signal.evidence.excerpt) <= 200


def test_the_order_of_rules_does_not_change_what_is_found() -> None:
    body = '<div class="one two"></div><script src="//b.example/x"></script>'
    rules = [
        rule("one", css=(".one",)),
        rule("two", css=(".two",)),
        rule("b", script=("b.example",)),
    ]
    assert set(signals_of(body, *rules)) == set(signals_of(body, *reversed(rules)))


def test_two_rules_on_the_same_path_of_a_script_both_fire() -> None:
    both = (rule("one", path=("/plugins/pump/",)), rule("two", path=("/plugins/pump/",)))
    fired = signals_of('<script src="/wp/plugins/pump/a.js"></script>', *both)
    assert {signal.rule for signal in fired} == {"chat.one", "chat.two"}


def test_a_host_that_an_inline_script_loads_from_counts_as_a_script() -> None:
    loader = "s=document.createElement('script');s.src='https://cdn.pumptalk.example/w/x.js';"
    chat = rule(script=("cdn.pumptalk.example/w",))
    assert [signal.rule for signal in signals_of(f"<script>{loader}</script>", chat)] == [
        "chat.pumptalk"
    ]
    assert signals_of("<p>'https://cdn.pumptalk.example/w/x.js' is an address</p>", chat) == ()
