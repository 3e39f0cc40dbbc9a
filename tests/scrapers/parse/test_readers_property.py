"""No reader raises for what others send, and what it gives can be kept in a file."""

import json
from collections.abc import Callable
from dataclasses import replace
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audit.model.facts import FeedPage, SitemapPage
from scrapers.fetch import robots
from scrapers.fetch.robots_groups import own_groups
from scrapers.parse.feeds import read_feed
from scrapers.parse.html import read_html
from scrapers.parse.readable import each_readable, read_json
from scrapers.parse.sitemaps import read_sitemap
from scrapers.parse.text import unescaped
from scrapers.parse.urls import page_key, split, template, unwrap
from scrapers.platforms import platforms
from scrapers.platforms.kit.base import JsonAnswer, Platform
from scrapers.platforms.kit.paging import Listing, _readable
from scrapers.sources.source import sources
from tests.mutations import ODD_TEXTS, TOKENS, spoiled
from tests.readers import Reader, driven, page, read_text, readers, stored
from tests.scrapers.platforms.platform_cases import ask, cases

quick = settings(
    derandomize=True,
    deadline=None,
    max_examples=60,
    database=None,
    suppress_health_check=list(HealthCheck),
)
few = settings(quick, max_examples=12)
ALL = readers()
PUBLIC = {each.platform.name: each for each in cases() if each.name == "public"}
DOCUMENTS = [each for each in ALL if not each.name.startswith(("platform", "source"))]
SOURCES = [each for each in ALL if each.name.startswith("source")]

ODD = st.sampled_from(ODD_TEXTS)
TEXT = st.text(st.characters(), max_size=30) | ODD
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=8,
)


@quick
@given(st.integers(0, 2**32))
@pytest.mark.parametrize("reader", DOCUMENTS + SOURCES, ids=lambda each: each.name)
def test_a_spoiled_document_is_read_or_refused(reader: Reader, seed: int) -> None:
    random = Random(seed)  # noqa: S311 - the same inputs each time
    stored(reader.read(spoiled(random.choice(reader.seeds), reader.grammar, random)))


@quick
@given(
    st.lists(st.sampled_from(TOKENS["html"] + TOKENS["xml"]) | st.binary(max_size=20), max_size=20)
)
@pytest.mark.parametrize("reader", DOCUMENTS, ids=lambda each: each.name)
def test_any_bytes_are_read_or_refused(reader: Reader, pieces: list[bytes]) -> None:
    stored(reader.read(b"".join(pieces)))


@quick
@given(st.binary(max_size=3_000))
@pytest.mark.parametrize("reader", DOCUMENTS, ids=lambda each: each.name)
def test_bytes_without_a_grammar_are_read_or_refused(reader: Reader, body: bytes) -> None:
    stored(reader.read(body))


@quick
@given(TEXT)
def test_any_text_is_read_or_refused(text: str) -> None:
    stored(read_text(text))


@few
@given(JSON)
@pytest.mark.parametrize("reader", SOURCES, ids=lambda each: each.name)
def test_any_json_of_a_forum_or_wiki_is_read_or_refused(reader: Reader, payload: object) -> None:
    stored(reader.read(json.dumps(payload).encode()))


@few
@given(JSON, st.integers(0, 2**32))
@pytest.mark.parametrize("platform", platforms().values(), ids=lambda each: each.name)
def test_a_platform_may_answer_anything(platform: Platform, payload: object, seed: int) -> None:
    steps = platform.read(ask(PUBLIC[platform.name]))
    stored(driven(steps, lambda _: json.dumps(payload).encode()))
    own_readers = [each for each in ALL if each.name.startswith(f"platform {platform.name}-")]
    random = Random(seed)  # noqa: S311 - the same inputs each time
    for reader in random.sample(own_readers, min(2, len(own_readers))):
        stored(reader.read(spoiled(random.choice(reader.seeds), reader.grammar, random)))


ITEM = "<item><title>{0}</title><link>https://acme.example/{0}</link>{1}</item>"


@pytest.mark.parametrize(
    "odd",
    [
        "&#99999999999;",
        "&#xD800;",
        "<pubDate>&#99999999999;</pubDate>",
        "<l:>",
        "<!-- a -->",
        "<author>" + "a" * 40_000 + "</author>",
        "\x00",
        "&nbsp;",
    ],
)
def test_an_odd_entry_of_a_feed_costs_at_most_itself(odd: str) -> None:
    items = "".join(ITEM.format(number, odd if number == 2 else "") for number in (1, 2, 3))
    feed = read_feed(page(f"<rss><channel><title>a</title>{items}</channel></rss>".encode()))
    assert isinstance(feed, FeedPage)
    assert {"1", "3"} <= {item.title for item in feed.items}


@pytest.mark.parametrize(
    "odd",
    ["<!-- a -->", "<?a b?>", "<l:>x</l:>", "<l:/>", "&#xD800;", "&a;", "<loc>http://[</loc>"],
)
def test_an_odd_part_of_a_sitemap_costs_at_most_its_entry(odd: str) -> None:
    entries = "".join(
        f"<url>{odd if number == 2 else ''}<loc>https://acme.example/{number}</loc></url>"
        for number in (1, 2, 3)
    )
    sitemap = read_sitemap(page(f"<urlset>{entries}</urlset>".encode()))
    assert isinstance(sitemap, SitemapPage)
    urls = {url for url, _ in sitemap.entries}
    assert {"https://acme.example/1", "https://acme.example/3"} <= urls


@pytest.mark.parametrize(
    "odd",
    [
        '{"sameAs":' * 900 + "1" + "}" * 900,
        "[" * 2_000,
        '{"a": ' + "9" * 5_000 + "}",
        '{"name":"\\ud800"}',
    ],
)
def test_an_odd_script_costs_at_most_itself(odd: str) -> None:
    script = '<script type="application/ld+json">{}</script>'
    good = script.format('{"@type":"Organization","name":"Acme"}')
    document = read_html(page(f"{script.format(odd)}{good}<title>a</title>".encode()))
    assert document.site_name == "Acme"


def test_a_number_without_end_costs_itself() -> None:
    assert read_json('{"a": ' + "9" * 5_000 + ', "b": 2, "c": NaN}') == {
        "a": None,
        "b": 2,
        "c": None,
    }


def test_half_a_character_is_replaced_and_a_whole_one_kept() -> None:
    assert read_json(r'["\ud800x", "\ud83d\ude00", "\\ud800"]') == ["\ufffdx", "😀", r"\ud800"]
    assert read_json(b'["\xed\xa0\x80"]') == ["\ufffd" * 3]


def test_a_reference_of_thousands_of_digits_is_no_fault() -> None:
    assert unescaped("a&#" + "9" * 5_000 + ";b&#8211;") == "a\ufffdb–"


def test_entries_that_cannot_be_read_are_left_out_and_faults_of_ours_are_not_hidden() -> None:
    def read(entry: object) -> str | None:
        return {"a": "A", "b": None}[entry] if isinstance(entry, str) else entry.strip()  # type: ignore[attr-defined]

    assert list(each_readable(["a", ["x"], "b", "c", 3, "a"], read)) == ["A", "A"]
    with pytest.raises(MemoryError):
        list(each_readable(["a"], _fault))


def _fault(_: object) -> str:
    raise MemoryError


def test_a_post_that_cannot_be_read_costs_itself_and_not_the_others() -> None:
    answer = JsonAnswer(
        page=page(b"{}"), payload={"data": {"items": [{"id": 1}, {"id": []}, {"id": 3}]}}
    )
    listing: Listing[int] = Listing(
        first="",
        within=("data", "items"),
        after=lambda *_: "",
        items=lambda answer: (2 * int(str(post["id"])) for post in answer.items("data", "items")),
    )
    assert _readable(listing, answer) == [2, 6]


@pytest.mark.parametrize(
    "url",
    [
        "http://[",
        "https://[@x.com/acme",
        "http://xn--a/",
        "https://a:b/",
        "http://\ud800/",
        "",
        "//",
    ],
)
@pytest.mark.parametrize("read", [page_key, template, unwrap, split])
def test_what_is_no_address_is_no_fault(read: Callable[[str], object], url: str) -> None:
    read(url)
    unwrap(f"https://l.facebook.com/l.php?u={url}")


def test_a_page_of_links_that_are_none_is_read() -> None:
    addresses = ("http://[", "https://[@x.com/a", "http://xn--a/", "//")
    links = "".join(f'<a href="{address}">x</a>' for address in addresses)
    html = f"<a href='https://l.facebook.com/l.php?u=http://['>a</a>{links}"
    assert read_html(page(html.encode())).links[0].text == "a"


def test_a_list_where_a_word_is_expected_costs_the_thread() -> None:
    items = '{"id":1,"conversation":{"style":["a"]}},{"id":2,"subject":"Two","view_href":"/t5/2",\
"post_time":"2026-11-01T00:00:00Z","conversation":{"style":"forum"}}'
    threads = sources()["khoros"].read(
        page(f'{{"status":"success","data":{{"items":[{items}]}}}}'.encode())
    )
    assert threads is not None
    assert [thread.title for thread in threads.items] == ["Two"]


def test_a_type_that_is_half_a_character_can_be_kept() -> None:
    script = rb'<script type="application/ld+json">{"@type":"Organiz\ud800ation"}</script>'
    reader = next(each for each in ALL if each.name == "page")
    stored(reader.read(script))


def test_a_count_in_signs_that_are_no_digits_is_none() -> None:
    answer = replace(page(b"[]"), headers=(("x-wp-total", "²"),))
    assert sources()["wordpress"].read(answer) is None


def test_an_address_that_is_none_is_not_fetched() -> None:
    ruled = robots.parse(
        "https://acme.example", b"User-agent: *\nDisallow: /x\nSitemap: http://[\nSitemap: /s.xml"
    )
    assert not ruled.allows("http://[")
    assert ruled.robots.sitemaps == ("https://acme.example/s.xml",)


def test_the_groups_that_name_us_are_kept_and_no_others() -> None:
    text = (
        "Sitemap: /a.xml\nUser-agent: other\nUser-agent: social-audit/2.0 # us\nDisallow: /a\n"
        "User-agent: *\nDisallow: /b\nuser agent social\nDisallow: /c\nUser-agent: SOCIAL-AUDIT\nAllow: /a/d\n"
    )
    assert own_groups(text, "social-audit").splitlines() == [
        "User-agent: social-audit",
        "Disallow: /a",
        "Allow: /a/d",
        "Sitemap: /a.xml",
    ]
    assert (
        own_groups("User-agent: *\nDisallow: /b\n", "social-audit") == "User-agent: *\nDisallow: /b"
    )
    assert own_groups("User-agent: other\nDisallow: /b\n", "social-audit") == ""
