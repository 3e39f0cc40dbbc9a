"""A page's own document is served to its own navigation, however its address is spelled."""

import asyncio
import os
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import pytest_asyncio

from audit.browser import find_browser
from audit.model.exchange import Page, Request
from scrapers.fetch.archive import Archive
from scrapers.fetch.browser import Browser
from scrapers.fetch.drawing import Drawn
from scrapers.fetch.http import Fetcher
from tests.hostile import page, serving, status
from tests.scrapers.fetch.test_browser import FILE, nowhere, policy

pytestmark = [
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.browser,
    pytest.mark.skipif(
        find_browser(os.environ) is None, reason="no browser is installed (make browser)"
    ),
]

SPELLINGS = (
    "https://example.test",
    "https://example.test?a=1",
    "https://example.test/#/blog",
    "http://example.test:8080",
    "HTTPS://EXAMPLE.Test/A",
    "https://bücher.test/ä?q=ü#ö",
    "https://example.test./a",
    "https://example.test/a b?c d",
    "https://example.test/%7ea/%2e/b/../c",
    "https://example.test/%e4?q=%E4|\"'`^{}<>",
    "https://example.test\\a\\b",
    "https://[2001:db8:0:0::1]:443/a",
    "http://0300.0.0x02.1/a",
)
SCRIPTED = (
    "<p>before</p><script>document.body.append(['drawn', 'by its script'].join(' '))</script>"
)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    """A browser for all of these pages, as in a run, that waits less than usual for each."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("scrapers.fetch.drawing.FIRST_SECONDS", 0.2)
        patch.setattr("scrapers.fetch.drawing.QUIET_SECONDS", 0.3)
        running = Browser()
        yield running
        await running.close()


async def nothing(_url: str) -> Page | str:
    """No part of a page is there."""
    return "dns"


def answer(
    url: str,
    body: str = SCRIPTED,
    *,
    code: int = 200,
    headers: tuple[tuple[str, str], ...] = (("content-type", "text/html; charset=utf-8"),),
) -> Page:
    """A page as the client would have brought it."""
    return Page(
        url=url,
        requested_url=url,
        status=code,
        headers=headers,
        body=body.encode(),
        fetched_at=datetime.now(UTC),
        record="",
    )


async def all_drawn(browser: Browser, pages: list[Page]) -> list[Drawn | BaseException]:
    """Draw pages, as many at once as there are places."""
    drawing = (browser.draw(each, nothing) for each in pages)
    return await asyncio.gather(*drawing, return_exceptions=True)


async def test_a_page_is_drawn_however_its_address_is_spelled(browser: Browser) -> None:
    drawn = await all_drawn(browser, [answer(url) for url in SPELLINGS])
    undrawn = {
        url: each
        for url, each in zip(SPELLINGS, drawn, strict=True)
        if not isinstance(each, Drawn) or "drawn by its script" not in each.html
    }
    assert undrawn == {}
    assert [each.requests for each in drawn if isinstance(each, Drawn) and each.requests] == []


LEAVING = {
    "by script": "location = '/elsewhere'",
    "to another site": "location = 'https://other.test/'",
    "to itself": "location.reload()",
    "by a form": "document.body.insertAdjacentHTML('beforeend', "
    "'<form id=f method=post action=/send></form>'); document.getElementById('f').submit()",
    "by a link": "document.body.insertAdjacentHTML('beforeend', '<a id=l href=/next>x</a>'); "
    "document.getElementById('l').click()",
    "by refresh": "document.head.insertAdjacentHTML('beforeend', "
    "'<meta http-equiv=refresh content=\"0;url=/refreshed\">')",
    "asking first": "onbeforeunload = asked => asked.preventDefault(); location = '/elsewhere'",
    "to a download": "document.body.insertAdjacentHTML('beforeend', "
    "'<a id=l href=https://far.test/a.zip download>x</a>'); document.getElementById('l').click()",
}


async def test_a_page_that_leaves_itself_is_taken_as_it_was(browser: Browser) -> None:
    pages = [
        answer("https://example.test/", f"{SCRIPTED}<script>{script}</script>")
        for script in LEAVING.values()
    ]
    drawn = await all_drawn(browser, pages)
    lost = [
        way
        for way, each in zip(LEAVING, drawn, strict=True)
        if not isinstance(each, Drawn) or "drawn by its script" not in each.html
    ]
    assert lost == []
    followed = {each.outcome for one in drawn if isinstance(one, Drawn) for each in one.requests}
    assert followed == {"not-followed"}


async def test_a_page_may_ask_for_itself_as_a_part(browser: Browser) -> None:
    asked: list[str] = []

    async def part(url: str) -> Page | str:
        asked.append(url)
        return answer(url, "as a part")

    script = "fetch(location.href).then(a => a.text()).then(t => document.body.append(t))"
    url = "https://example.test"
    drawn = await browser.draw(answer(url, f"<p>whole</p><script>{script}</script>"), part)
    assert asked == ["https://example.test/"]
    assert "whole" in drawn.html
    assert "as a part" in drawn.html.partition("</script>")[2]


HTML = ("content-type", "text/html")
ANSWERS = {
    "to be saved": ((HTML, ("content-disposition", "attachment; filename=a.html")), 200),
    "no content": ((HTML,), 204),
    "to go on": ((HTML, ("refresh", "0;url=https://other.test/")), 200),
    "of many links": ((HTML, *[("link", "<https://a.test/>; rel=preconnect")] * 60), 200),
    "with odd letters": ((HTML, ("content-language", "dé\u2028€"), ("x y", "z")), 200),
    "with line ends": ((HTML, ("content-language", "de\r\nset-cookie: a=b")), 200),
    "of no kind": ((), 200),
}


async def test_a_page_is_drawn_whatever_headers_it_came_with(browser: Browser) -> None:
    pages = [
        answer("https://example.test/", headers=headers, code=code)
        for headers, code in ANSWERS.values()
    ]
    drawn = await all_drawn(browser, pages)
    undrawn = [
        way
        for way, each in zip(ANSWERS, drawn, strict=True)
        if not isinstance(each, Drawn) or "before" not in each.html
    ]
    assert undrawn == []


async def test_a_start_page_without_its_slash_and_one_behind_a_redirect_are_drawn(
    tmp_path: Path,
) -> None:
    clean = {name: value for name, value in os.environ.items() if "PROXY" not in name.upper()}
    routes = {
        "/": page(SCRIPTED),
        "/old": status(302, "Location: /new?a=b c\r\n"),
        "/new?a=b%20c": page(SCRIPTED),
    }
    with serving(routes) as site:
        async with Fetcher(policy(), environment=clean, resolver=nowhere) as fetcher:
            with Archive(tmp_path, FILE) as archive:
                session = fetcher.session(archive, {})
                for path in ("", "/old"):
                    first = await session.fetch(Request(url=f"{site.url}{path}"))
                    assert isinstance(first, Page)
                    drawn = await session.draw(first)
                    assert isinstance(drawn, Page)
                    assert b"drawn by its script" in drawn.body
    assert [path for path in site.paths if path != "/robots.txt"] == ["/", "/old", "/new?a=b%20c"]
