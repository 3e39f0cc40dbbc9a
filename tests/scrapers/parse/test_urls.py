"""Addresses: resolved as a browser does, compared as people mean them."""

import pytest

from scrapers.parse.urls import (
    host_of,
    in_letters,
    is_internal,
    is_trap,
    join,
    links_in,
    normalise,
    page_key,
    registrable,
    same_site,
    segments,
    template,
    unwrap,
)


def test_addresses_are_resolved_and_compared_as_people_mean_them() -> None:
    assert join("https://a.example/b/", "../c?x#y") == "https://a.example/c?x#y"
    assert join("https://a.example/", "http://e.com:99999/") is None
    assert normalise("HTTPS://A.example:443/x?utm_source=q&b=1#f") == "https://a.example/x?b=1"
    assert normalise("https://a.example/#%21/acme") == normalise("https://a.example/#!/acme")
    assert normalise("https://a.example/#%21acme") == "https://a.example/"
    assert page_key("http://www.a.example/x/index.html") == page_key("https://a.example/x/")
    assert template("https://a.example/p/12-long-title-here") == template(
        "https://a.example/p/9-other-long-title"
    )
    assert (
        unwrap("https://l.facebook.com/l.php?u=https%3A%2F%2Fx.com%2Facme") == "https://x.com/acme"
    )


def test_tenants_of_a_hosted_platform_are_sites_of_their_own() -> None:
    hosted = frozenset({"wordpress.com"})
    assert registrable("a.wordpress.com", hosted) == "a.wordpress.com"
    assert not same_site("https://a.wordpress.com/", "https://b.wordpress.com/", hosted)
    assert same_site("https://blog.acme.co.uk/", "https://www.acme.co.uk/", hosted)
    assert not same_site("http://127.0.0.1:1/", "http://127.0.0.1:2/", hosted)


@pytest.mark.parametrize(
    "path", ["/a/" * 25, "/x/x/x/x/", "/calendar/2026/11/", "/events/?ical=1", "/" + "y" * 3_000]
)
def test_traps_are_recognised(path: str) -> None:
    assert is_trap("https://a.example" + path)


@pytest.mark.parametrize(
    ("url", "target"),
    [
        (
            "https://www.linkedin.com/redir/redirect?url=https%3A%2F%2Fa.example%2F",
            "https://a.example/",
        ),
        (
            "https://www.google.com/url?q=https%3A%2F%2Fvk.com%2Faway.php%3Fto%3Dhttps%253A%252F%252Fa.example",
            "https://a.example",
        ),
        (
            "https://www.youtube.com/redirect?q=nowhere",
            "https://www.youtube.com/redirect?q=nowhere",
        ),
        ("https://a.example/?url=https://b.example", "https://a.example/?url=https://b.example"),
    ],
)
def test_a_reader_is_passed_on_as_far_as_the_address_tells(url: str, target: str) -> None:
    assert unwrap(url) == target


@pytest.mark.parametrize(
    ("text", "urls"),
    [
        ("See acme.com, or https://b.example/x.", ("https://acme.com/", "https://b.example/x")),
        ("Write to ann@acme.com", ()),
        ("The end.of a sentence and a readme.txt", ()),
        ("acme.com and https://acme.com/", ("https://acme.com/",)),
    ],
)
def test_addresses_in_a_text_are_told_from_other_words_around_a_dot(
    text: str, urls: tuple[str, ...]
) -> None:
    assert links_in(text) == urls


@pytest.mark.parametrize(
    ("url", "internal"),
    [
        ("http://10.0.0.1/", True),
        ("http://[::1]/", True),
        ("http://intranet/", True),
        ("http://files.corp:8080/", True),
        ("https://acme.com/", False),
    ],
)
def test_a_host_of_one_network_is_internal(url: str, internal: bool) -> None:
    assert is_internal(url) is internal


def test_the_route_of_a_page_drawn_by_scripts_is_part_of_its_path() -> None:
    assert segments("https://a.example/b/#/c%20d/?e=f") == ("b", "c d")
    assert segments("https://a.example/b/#top") == ("b",)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://www.bühler.example/x", "https://xn--bhler-kva.example/"),
        ("https://ПОМПА.example:8443/", "https://xn--80axfdc.example:8443"),
        ("https://日本.example", "https://xn--wgv71a.example"),
        ("https://acme.example/ü", "https://ACME.example/"),
    ],
)
def test_a_host_in_unicode_is_the_one_of_its_other_spelling(one: str, other: str) -> None:
    assert host_of(one) == host_of(other)
    assert same_site(one, other)


def test_a_host_that_no_browser_takes_stays_as_it_is_written() -> None:
    assert host_of("https://\u00ad\ufdd0.example/") == "\u00ad\ufdd0.example"
    assert in_letters("xn--\u00fc-.example") == "xn--\u00fc-.example"
    assert in_letters("xn--bhler-kva.example") == "bühler.example"


@pytest.mark.parametrize(
    ("url", "target"),
    [
        ("https://de-de.facebook.com/login/?next=%2Fborea%2F", "https://de-de.facebook.com/borea/"),
        ("https://away.vk.com/away.php?to=https%3A%2F%2Fa.example", "https://a.example"),
        ("https://eur02.safelinks.protection.outlook.com/?url=http%3A%2F%2Fa.example&data=1", "http://a.example"),
        ("https://l.instagram.com/?u=javascript:alert(1)", "https://l.instagram.com/?u=javascript:alert(1)"),
        ("https://www.facebook.com/borea?next=https%3A%2F%2Fa.example", "https://www.facebook.com/borea?next=https%3A%2F%2Fa.example"),
    ],
)  # fmt: skip
def test_a_login_passes_on_to_what_was_asked_for(url: str, target: str) -> None:
    assert unwrap(url) == target
