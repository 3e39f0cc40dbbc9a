"""Rules matched against a page by each place that a rule can look at."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from audit.model.catalogue import Basis, FeatureRule, Strength, Usage
from audit.model.exchange import Page
from audit.model.facts import Signal
from scrapers.page.index import SignalIndex
from scrapers.page.signals import signals
from scrapers.parse.html import read_html
from tests.scrapers.parse.pages import page

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


@pytest.mark.parametrize(
    "body",
    [
        "<pump-box></pump-box>",
        '<div id="pump-box"></div>',
        '<div id="pump-box-3"></div>',
        '<form><input type="hidden" name="pump-box"></form>',
        '<template><p class="pump-box">Pumpe</p></template>',
    ],
)
def test_a_vendors_name_is_met_as_class_id_element_and_field(body: str) -> None:
    assert [signal.rule for signal in signals_of(body, rule(css=(".pump-box",)))] == [
        "chat.pumptalk"
    ]


@pytest.mark.parametrize(
    "body", ['<p id="pumps"></p>', "<form><input name=pumps type=hidden></form>"]
)
def test_a_single_word_is_met_only_as_its_rule_says(body: str) -> None:
    assert signals_of(body, rule(css=(".pumps",))) == ()


def test_a_number_behind_a_single_word_makes_another_name() -> None:
    assert signals_of('<p id="pumps-7"></p>', rule(css=("#pumps",))) == ()


def test_a_class_of_two_letters_never_stands_alone() -> None:
    short, long = rule("a", css=(".pb",)), rule("b", css=(".pump-box",))
    found = signals_of('<p class="pb"></p><p class="pump-box"></p>', short, long)
    assert {signal.rule: signal.strong for signal in found} == {"chat.a": False, "chat.b": True}


@pytest.mark.parametrize(
    ("place", "value", "body"),
    [
        ("frame", "v.example/e", '<button data-src="https://v.example/e/1">Play</button>'),
        ("frame", "v.example/e", '<script>{"embedUrl":"https:\\/\\/v.example\\/e\\/1"}</script>'),
        (
            "frame",
            "v.example/e",
            '<script type="application/ld+json">{"@type":"VideoObject",'
            '"embedUrl":"https://v.example/e/1"}</script>',
        ),
        ("script", "v.example", f"<script>{'a=1;' * 2_000}s.src='https://v.example/x.js'</script>"),
    ],
)
def test_a_rule_is_asked_of_addresses_that_scripts_and_data_hold(
    place: str, value: str, body: str
) -> None:
    assert [signal.rule for signal in signals_of(body, rule(**{place: (value,)}))] == [
        "chat.pumptalk"
    ]


def of_feature(feature: str, **places: tuple[str, ...]) -> FeatureRule:
    return replace(rule(**places), id=f"{feature}.pumptalk", feature=feature)


@pytest.mark.parametrize(("feature", "strong"), [("cms", False), ("wiki", False), ("chat", True)])
def test_a_host_that_is_only_asked_ahead_does_not_tell_what_a_site_stands_on(
    feature: str, strong: bool
) -> None:
    made_with = of_feature(feature, script=("s.pump.example",))
    (hint,) = signals_of('<link rel="preconnect" href="https://s.pump.example">', made_with)
    (script,) = signals_of('<script src="https://s.pump.example/a.js"></script>', made_with)
    assert (hint.strong, script.strong) == (strong, True)


@pytest.mark.parametrize(("feature", "there"), [("analytics", True), ("newsletter", False)])
def test_a_pixel_speaks_for_technique_and_for_nothing_that_readers_use(
    feature: str, there: bool
) -> None:
    pixel = '<noscript><img src="https://p.pump.example/i.gif"></noscript>'
    assert bool(signals_of(pixel, of_feature(feature, script=("p.pump.example",)))) is there


@pytest.mark.parametrize(
    ("host", "there"),
    [
        ("https://www.acme.example", True),
        ("https://s12.carrier.example", True),
        ("https://zürich.carrier.example", True),
        ("", True),
        ("https://www.rival.example", False),
        ("https://carrier.example.rival.example", False),
    ],
)
def test_the_files_of_a_plugin_lie_on_the_sites_own_host_or_where_files_are_delivered_from(
    host: str, there: bool
) -> None:
    html = f'<script src="{host}/wp-content/plugins/pumptalk/a.js"></script>'
    plugin = rule(path=("/wp-content/plugins/pumptalk/",))
    index = SignalIndex((plugin,), carriers=frozenset({"carrier.example"}))
    assert bool(signals(read_html(page(html, url=URL)), index)) is there


@pytest.mark.parametrize(
    ("html", "features"),
    [
        ('<a href="https://net.pump.example/share?u=x">Share</a>', {"share-buttons"}),
        ('<a href="https://net.pump.example/share/url?u=x">Compartir</a>', {"share-buttons"}),
        ('<article><a href="https://net.pump.example/share">x</a></article>', {"share-buttons"}),
        ('<a href="https://net.pump.example/acme">Chat mit Acme</a>', {"messaging"}),
        ('<a href="https://net.pump.example/">Net</a>', {"messaging"}),
    ],
)
def test_a_link_that_shares_the_page_leads_to_no_chat(html: str, features: set[str]) -> None:
    rules = (
        of_feature("share-buttons", link=("net.pump.example/share",)),
        of_feature("messaging", link=("net.pump.example",)),
    )
    assert {signal.feature for signal in signals_of(html, *rules)} == features


@pytest.mark.parametrize(
    ("loaded", "there"),
    [
        ('<script src="https://www.tag.pump.example/b.js"></script>', False),
        ('<script async src="//tag.pump.example/b.js"></script>', False),
        ('<iframe title="Überblick" src="https://www.tag.pump.example/b"></iframe>', False),
        ("", True),
        ('<script src="https://cdn.pump.example/b.js"></script>', True),
    ],
)
def test_a_host_asked_ahead_tells_nothing_where_the_page_loads_from_it(
    loaded: str, there: bool
) -> None:
    hint = '<link rel="dns-prefetch" href="//www.tag.pump.example">'
    alone = rule(script=("www.tag.pump.example/$",))
    assert bool(signals_of(hint + loaded, alone)) is there


def test_a_sharing_window_in_a_data_attribute_is_a_share_button() -> None:
    button = '<a href="#" data-url="https://net.pump.example/share?u=x">Teilen</a>'
    assert signals_of(button, of_feature("share-buttons", link=("net.pump.example/share",)))
    assert not signals_of(button, of_feature("messaging", link=("net.pump.example",)))
