"""Whose a domain is: all its hosts are one vendor's, or each host is somebody's own."""

import pytest

from audit.model.catalogue import FeatureRule
from scrapers.page.domains import own_domains, plain_host
from scrapers.page.index import SignalIndex
from scrapers.page.signals import signals
from scrapers.parse.html import read_html
from tests.scrapers.page.test_signals import rule
from tests.scrapers.parse.pages import page

SHARED = frozenset({"manycloud.example"})
CHAT = rule("pumptalk", script=("cdn.pumptalk.example",))
PATHED = rule("pumptalk", script=("cdn.pumptalk.example/widget",))


def fired(html: str, *rules: FeatureRule) -> dict[str, bool]:
    """The rules that fire on a page, each with whether it stands alone."""
    found = signals(read_html(page(html)), SignalIndex(rules, SHARED))
    return {signal.rule: signal.strong for signal in found}


@pytest.mark.parametrize(
    ("host", "plain"),
    [
        ("cdn-apac2.acme.example", "cdn.acme.example"),
        ("assets-eu2.acme.example", "assets.acme.example"),
        ("widget.us-east-1.acme.example", "widget.acme.example"),
        ("js3.acme.co.uk", "js.acme.co.uk"),
        ("eu.acme.example", "acme.example"),
        ("v2.acme.example", "acme.example"),
        ("acme.example", "acme.example"),
        ("euro-cdn.acme.example", "euro-cdn.acme.example"),
    ],
)
def test_numbers_and_regions_of_a_host_tell_nothing_of_what_it_serves(
    host: str, plain: str
) -> None:
    assert plain_host(host) == plain


@pytest.mark.parametrize(
    "html",
    [
        '<script src="https://cdn-apac.pumptalk.example/x.js"></script>',
        '<script src="https://pumptalk.example/x.js"></script>',
        '<script src="https://static12.eu.pumptalk.example/x.js"></script>',
        '<iframe src="https://app.pumptalk.example/box"></iframe>',
        '<link rel="dns-prefetch" href="//assets-eu2.pumptalk.example">',
        "<script>s.src = '//loader.pumptalk.example/1.js'</script>",
        '<form action="https://go.pumptalk.example/f"><input name="q"></form>',
    ],
)
def test_a_rule_for_one_host_takes_all_hosts_of_the_vendors_own_domain(html: str) -> None:
    assert fired(html, CHAT) == {"chat.pumptalk": True}


@pytest.mark.parametrize(
    "html",
    [
        '<script src="https://cdn.notpumptalk.example/x.js"></script>',
        '<script src="https://cdn.pumptalk.example.evil.example/x.js"></script>',
        '<a href="https://www.pumptalk.example/">Pumptalk</a>',
        '<img src="https://cdn.pumptalk.example/logo.png">',
        '<script src="https://analytics.pumptalk.example/x.js"></script>',
        '<script src="https://eu-pixel.pumptalk.example/x.js"></script>',
    ],
)
def test_other_domains_links_and_hosts_that_only_measure_are_not_taken(html: str) -> None:
    assert fired(html, CHAT) == {}


def test_another_host_of_the_domain_must_have_the_path_of_the_rule() -> None:
    assert fired('<script src="https://cdn-eu.pumptalk.example/widget/1.js"></script>', PATHED)
    assert not fired('<script src="https://cdn-eu.pumptalk.example/logo.js"></script>', PATHED)


def test_a_host_alone_speaks_weakly_for_a_rule_with_a_path() -> None:
    hint = '<link rel="preconnect" href="https://eu.pumptalk.example">'
    assert fired(hint, PATHED) == {"chat.pumptalk": False}


def test_a_host_asked_ahead_is_one_reason_for_all_marks_that_want_a_path() -> None:
    marks = {"script": ("cdn.pumptalk.example/w.js",), "frame": ("cdn.pumptalk.example/f",)}
    hint = '<link rel="preconnect" href="https://cdn.pumptalk.example">'
    assert len(signals(read_html(page(hint)), SignalIndex((rule("pumptalk", **marks),)))) == 1


@pytest.mark.parametrize(
    "html",
    [
        '<script src="https://static.pumptalk.example/x.js"></script>',
        '<link rel="preconnect" href="https://static.pumptalk.example">',
        "<script>s.src = 'https://static.pumptalk.example/1.js'</script>",
        '<iframe title="Hilfe" src="https://hilfe.pumptalk.example/box"></iframe>',
    ],
)
def test_on_a_vendors_own_site_only_the_hosts_of_its_rules_tell_a_product(html: str) -> None:
    own = "https://www.pumptalk.example/"
    index = SignalIndex((CHAT,), SHARED)
    assert signals(read_html(page(html, url=own)), index) == ()
    product = '<script src="https://cdn.pumptalk.example/w.js"></script>'
    assert signals(read_html(page(product, url=own)), index) != ()


def test_a_domain_of_two_vendors_is_neithers() -> None:
    rival = rule("rivaltalk", script=("other.pumptalk.example",))
    html = '<script src="https://third.pumptalk.example/x.js"></script>'
    assert fired(html, CHAT, rival) == {}
    assert own_domains((CHAT, rival), SHARED) == frozenset()


def test_the_same_host_of_another_region_is_taken_where_the_domain_has_two_vendors() -> None:
    rival = rule("rivaltalk", script=("other.pumptalk.example",))
    html = '<script src="https://cdn-us2.pumptalk.example/x.js"></script>'
    assert fired(html, CHAT, rival) == {"chat.pumptalk": True}


def test_a_tenant_of_a_shared_domain_says_nothing_of_another() -> None:
    tenant = rule("pumptalk", script=("pumptalk1.manycloud.example",))
    assert fired('<script src="https://pumptalk1.manycloud.example/x.js"></script>', tenant)
    assert not fired('<script src="https://pumptalk2.manycloud.example/x.js"></script>', tenant)


def test_a_vendor_and_its_product_are_one_vendor() -> None:
    product = rule("pumptalk live", frame=("live.pumptalk.example",))
    assert own_domains((CHAT, product), SHARED) == frozenset({"pumptalk.example"})
