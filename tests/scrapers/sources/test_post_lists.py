"""Interfaces that list the posts of a site: what they say, and answers that are none."""

import json
from dataclasses import replace

import pytest

from audit.model.exchange import Page
from audit.model.value import DateSource
from scrapers.sources.posts.source import lists_worth_asking, post_sources
from tests.analysed import page as analysed
from tests.fake_session import HOME, page

API = f"{HOME}wp-json/wp/v2/posts?per_page=100&orderby=date"
WORDPRESS = '<meta name="generator" content="WordPress 6.6">'
LINK = '<link rel="https://api.w.org/" href="/wp-json/">'


def answer(body: object, total: str = "3", pages: str = "1", url: str = API) -> Page:
    headers = (("X-WP-Total", total), ("X-WP-TotalPages", pages))
    return replace(page(url, json.dumps(body)), headers=headers)


def post(**fields: object) -> dict[str, object]:
    given: dict[str, object] = {
        "link": f"{HOME}blog/a-new-hall/",
        "date_gmt": "2026-10-29T09:30:00",
        "title": {"rendered": "A new hall &#8211; at last"},
        "excerpt": {"rendered": "<p>We <b>moved</b>.</p>"},
        "_embedded": {"wp:term": [[{"name": "Care &amp; repair"}], [{"name": "halls"}]]},
    }
    return given | fields


def test_a_post_of_wordpress_has_address_title_time_words_and_terms() -> None:
    listed = post_sources()["posts.wordpress"].read(answer([post()], total="1"))
    assert listed is not None
    (item,) = listed.items
    assert (item.url, item.title) == (f"{HOME}blog/a-new-hall/", "A new hall – at last")
    assert item.published is not None
    assert item.published.source is DateSource.API
    assert item.published.at.isoformat() == "2026-10-29T09:30:00+00:00"
    assert (item.summary, item.tags) == ("We moved.", ("Care & repair", "halls"))
    assert (listed.stated, listed.next_url) == (1, "")


@pytest.mark.parametrize(
    ("url", "pages", "following"),
    [
        (API, "1", ""),
        (API, "3", f"{API}&page=2"),
        (f"{API}&page=2", "3", f"{API}&page=3"),
        (f"{API}&page=3", "3", ""),
        (f"{HOME}?rest_route=/wp/v2/posts", "2", f"{HOME}?rest_route=/wp/v2/posts&page=2"),
    ],
)
def test_the_headers_tell_whether_a_page_follows(url: str, pages: str, following: str) -> None:
    listed = post_sources()["posts.wordpress"].read(answer([post()], pages=pages, url=url))
    assert listed is not None
    assert listed.next_url == following


def test_an_empty_page_leads_no_further() -> None:
    listed = post_sources()["posts.wordpress"].read(answer([], pages="9"))
    assert listed is not None
    assert (listed.items, listed.next_url) == ((), "")


@pytest.mark.parametrize(
    "odd",
    [
        post(link=None),
        post(link="javascript:alert(1)"),
        post(title=3, excerpt=[]),
        post(title={"rendered": ""}, excerpt={"rendered": ""}),
        {},
    ],
)
def test_an_odd_post_costs_itself(odd: dict[str, object]) -> None:
    listed = post_sources()["posts.wordpress"].read(answer([odd, 7, None, post()]))
    assert listed is not None
    assert len(listed.items) == 1


@pytest.mark.parametrize("terms", [None, 3, [[3]], [{"name": 1}], {"a": 1}, [[{"name": "x" * 99}]]])
def test_odd_terms_are_none(terms: object) -> None:
    odd = post(_embedded={"wp:term": terms}, date_gmt="0000-00-00T00:00:00")
    listed = post_sources()["posts.wordpress"].read(answer([odd]))
    assert listed is not None
    assert (listed.items[0].tags, listed.items[0].published) == ((), None)


@pytest.mark.parametrize("name", sorted(post_sources()))
@pytest.mark.parametrize(
    "body",
    [b"", b"<html>", b"{}", b"[", b'{"code":"rest_forbidden"}', b"\xff\xfe", b"[1]", b"[" * 99_999],
)
def test_another_answer_is_none(name: str, body: bytes) -> None:
    assert post_sources()[name].read(replace(page(API, ""), body=body)) is None


@pytest.mark.parametrize("total", ["", "-1", "many", "9" * 40])
def test_without_its_counts_an_answer_is_not_the_interface(total: str) -> None:
    assert post_sources()["posts.wordpress"].read(answer([post()], total=total)) is None


def test_the_lists_are_asked_for_where_the_page_names_them() -> None:
    named = analysed(f"<head>{WORDPRESS}{LINK}</head><p>x", HOME)
    ((name, url),) = lists_worth_asking(named)
    assert name == "posts.wordpress"
    assert url.startswith(f"{HOME}wp-json/wp/v2/posts?per_page=100")
    assert lists_worth_asking(analysed(f"<head>{WORDPRESS}</head><p>x", HOME)) == []
    assert lists_worth_asking(analysed(f"<head>{LINK}</head><p>x", HOME)) == []


def test_the_feed_of_blogger_is_asked_for_whole() -> None:
    feed = '<link rel="alternate" type="application/atom+xml" href="/feeds/posts/default">'
    generator = '<meta name="generator" content="blogger">'
    ((name, url),) = lists_worth_asking(analysed(f"<head>{generator}{feed}</head><p>x", HOME))
    assert name == "posts.blogger"
    assert url == f"{HOME}feeds/posts/default?max-results=150&redirect=false"
