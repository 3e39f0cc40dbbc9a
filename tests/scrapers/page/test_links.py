"""Link shapes: every profile shape is found in one form, every other shape is refused.

Beside it, in `links`, stand the shapes that are documented and the near misses; the spellings of
each (scheme, capitals of the host, `www.`, last slash, tracking) are made here.
"""

from collections.abc import Collection, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from ruamel.yaml import YAML

from audit.model.catalogue import PlatformRule
from config.catalogue import load_catalogue
from scrapers.page.addresses import PlatformIndex
from tests.shared import SHARED, needs_shared

LINKS = Path(__file__).parent / "links"
FILES = sorted(LINKS.glob("*.yaml"))


@cache
def index() -> PlatformIndex:
    return PlatformIndex(load_catalogue().platforms)


def profile_url(url: str) -> str | None:
    profile = index().match(url)
    return profile.url if profile is not None else None


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_each_profile_shape_has_one_canonical_form(file: Path) -> None:
    shapes = YAML(typ="safe", pure=True).load(file.read_text("utf-8"))["profiles"]
    assert {url: profile_url(url) for url in shapes} == shapes


def spellings(url: str, hosts: Collection[str]) -> Iterator[str]:
    """Give the other ways to write an address that mean the same on every platform."""
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"}:
        return
    bare = parts.netloc.removeprefix("www.")
    yield parts._replace(scheme="http").geturl()
    yield parts._replace(netloc=parts.netloc.upper()).geturl()
    yield parts._replace(netloc=f"{parts.netloc}:443").geturl()
    if bare in hosts:
        yield from (parts._replace(netloc=label + bare).geturl() for label in ("", "www.", "m."))
    if not parts.fragment:
        query = "&".join(filter(None, (parts.query, "utm_source=acme")))
        yield parts._replace(query=query).geturl()
    if not parts.query and not parts.fragment:
        path = parts.path.rstrip("/")
        yield from (parts._replace(path=path).geturl(), parts._replace(path=f"{path}/").geturl())


@pytest.mark.parametrize("rule", load_catalogue().platforms, ids=lambda rule: rule.name)
def test_every_spelling_of_a_documented_address_is_the_same_profile(rule: PlatformRule) -> None:
    shapes = YAML(typ="safe", pure=True).load((LINKS / f"{rule.name}.yaml").read_text("utf-8"))
    documented = {url: profile for url, profile in rule.examples.items() if profile is not None}
    keys = {
        spelling: (profile_url(spelling), profile)
        for url, profile in {**shapes["profiles"], **documented}.items()
        for spelling in spellings(url, rule.hosts)
    }
    assert keys
    assert {url: pair for url, pair in keys.items() if pair[0] != pair[1]} == {}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_share_login_post_and_pixel_links_are_no_profiles(file: Path) -> None:
    shapes = YAML(typ="safe", pure=True).load(file.read_text("utf-8"))["not_profiles"]
    wrong = {
        url: profile
        for url in shapes
        if (profile := profile_url(url)) and file.stem in profile.replace(".", "")
    }
    assert wrong == {}


@pytest.mark.parametrize("rule", load_catalogue().platforms, ids=lambda rule: rule.name)
def test_the_examples_of_a_platform_are_what_its_rule_finds(rule: PlatformRule) -> None:
    assert rule.examples, f"{rule.name} needs examples"
    assert false_examples(rule, index()) == []


def false_examples(rule: PlatformRule, known: PlatformIndex) -> list[str]:
    """Say of each example that is not what it says, what the address is found to be."""
    profiles = {url: known.match(url) for url in rule.examples}
    found = {url: profile.url if profile else None for url, profile in profiles.items()}
    return [
        f"{rule.name}: {url} should be {expected or 'no profile'}, is {found[url] or 'no profile'}"
        for url, expected in rule.examples.items()
        if found[url] != expected
    ]


def test_a_false_example_is_told_with_what_is_found() -> None:
    rule = next(each for each in load_catalogue().platforms if each.name == "dailymotion")
    site = "https://www.dailymotion.com"
    wrong = replace(rule, examples={f"{site}/video/x1": f"{site}/x1", f"{site}/acme": None})
    assert false_examples(wrong, index()) == [
        f"dailymotion: {site}/video/x1 should be {site}/x1, is no profile",
        f"dailymotion: {site}/acme should be no profile, is {site}/acme",
    ]


def test_every_platform_has_its_shapes_written_down() -> None:
    assert {file.stem for file in FILES} == set(index().kinds)


def test_at_least_45_platforms_are_known() -> None:
    assert len(index().kinds) >= 45


def test_the_platforms_of_the_results_file_are_all_there() -> None:
    expected = """youtube linkedin x facebook instagram tiktok threads bluesky mastodon reddit
    pinterest telegram discord github medium substack tumblr vimeo flickr soundcloud
    apple-podcasts spotify twitch snapchat whatsapp slack trustpilot g2 capterra yelp
    google-business app-store google-play stack-overflow quora slideshare xing vk weibo wechat
    line wikipedia google-plus"""
    assert set(expected.split()) <= set(index().kinds)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "https://",
        "https://facebook.com",
        "https://x.com/%00",
        "https://x.com/" + "a" * 3_000,
        "https://www.facebook.com/" + "%F0%9F" * 200,
        "not a url",
        "https://www.linkedin.com/company/",
        "mailto:someone@facebook.com",
    ],
)
def test_odd_addresses_are_no_profiles_and_no_errors(url: str) -> None:
    assert profile_url(url) is None


@needs_shared
@pytest.mark.parametrize(
    "name", ["youtube", "linkedin", "x", "facebook", "instagram", "tiktok", "reddit", "github"]
)
def test_the_shared_table_and_the_catalogue_reserve_the_same_words(name: str) -> None:
    table = YAML(typ="safe", pure=True).load((SHARED / "platforms-urls.yaml").read_text("utf-8"))
    host = {"x": "x.com", "reddit": "www.reddit.com"}.get(name, f"www.{name}.com")
    words = [word for word in table["platforms"][name]["reserved"] if word not in ("me", "r")]
    assert {
        word: profile for word in words if (profile := profile_url(f"https://{host}/{word}"))
    } == {}
