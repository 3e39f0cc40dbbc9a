"""Pages of the invented networks, really saved by Chromium as MHTML, read as through the network."""

import os
from dataclasses import replace
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import ProxyHandler, build_opener

import pytest
from playwright.async_api import Page as BrowserPage
from playwright.async_api import async_playwright

from audit.browser import find_browser
from audit.demo.invented import companies
from audit.demo.platforms import NETWORKS
from audit.demo.profiles import InventedProfile, profiles_on
from audit.demo.serve import serving
from audit.model.channel import FoundChannel
from audit.model.company import Company, Settings
from audit.model.exchange import Kind, Request
from audit.model.profile import Profile
from scrapers.channels.drive import Inquiry, read_profile
from scrapers.channels.saved_profile import read_saved_profile
from scrapers.fetch.wire import Answer, Trouble, Validators
from tests.conftest import TODAY
from tests.fake_session import HOME, NOW, planned, rules
from tests.saved_files import browser_html, put
from tests.scrapers.platforms.platform_cases import in_words
from tests.scrapers.saved.shelved import Web, errand_of, shelf_of, talk

BROWSER = find_browser(os.environ)
pytestmark = pytest.mark.skipif(BROWSER is None, reason="no browser is installed (make browser)")
PAGES = {"instagram", "facebook", "tiktok", "linkedin", "youtube", "spotify"}
"""Networks whose readers ask for a page of the web."""


class Loopback(Web):
    """A wire that asks servers of this machine, and nobody else."""

    async def get(self, url: str, request: Request, known: Validators | None) -> Answer | Trouble:
        del known
        self.asked.append(url)
        if request.kind is Kind.ROBOTS or not url.startswith("http://127.0.0.1:"):
            return Answer(url=url, status=404, headers=(), wire=b"", at=NOW)
        try:
            with build_opener(ProxyHandler({})).open(url, timeout=10) as answer:
                return Answer(
                    url=answer.url,
                    status=answer.status,
                    headers=(("content-type", answer.headers["Content-Type"]),),
                    wire=answer.read(),
                    at=NOW,
                )
        except HTTPError as error:
            with error:
                return Answer(url=url, status=error.code, headers=(), wire=error.read(), at=NOW)


def _inquiry(web: Web, folder: Path | None, base_urls: dict[str, str]) -> Inquiry:
    settings = Settings(base_urls=tuple(base_urls.items()))
    shelf = None
    if folder is not None:
        own = Company(name="Acme", website=HOME, also=tuple(base_urls.values()))
        shelf = shelf_of(folder, own, base_urls=tuple(base_urls.items()))
    errand = replace(errand_of(talk(web, shelf)), plan=planned(settings=settings))
    return Inquiry(errand, HOME)


def _found(profile: InventedProfile) -> FoundChannel | None:
    origin = next(each.origin for each in NETWORKS if each.platform == profile.account.platform)
    paths = {"linkedin": "company/", "youtube": "@", "tiktok": "@", "spotify": "show/"}
    url = f"{origin}/{paths.get(profile.account.platform, '')}{profile.account.handle.strip('@')}"
    match = rules().platforms.match(url)
    if match is None:
        return None
    return FoundChannel(
        platform=match.platform, url=match.url, handle=match.handle, found_on=(), evidence=()
    )


async def _save(page: BrowserPage, urls: list[str], folder: Path) -> None:
    """Save pages as MHTML by CDP, and as HTML as the browser has it by then."""
    cdp = await page.context.new_cdp_session(page)
    for place, url in enumerate(dict.fromkeys(urls)):
        answer = await page.goto(url)
        if answer is None or answer.status != 200 or "html" not in answer.headers["content-type"]:
            continue
        snapshot = await cdp.send("Page.captureSnapshot", {"format": "mhtml"})
        put(folder / "mhtml", f"{place}.mhtml", snapshot["data"].encode(), NOW)
        whole = browser_html(url, (await page.content()).encode())
        put(folder / "html", f"{place}.html", whole, NOW)


async def _compared(
    channel: FoundChannel, page: BrowserPage, folder: Path, base_urls: dict[str, str]
) -> str:
    """Compare a profile as saved with the network's; return the ways in which it is the same."""
    asked = Loopback()
    usual = await read_profile(channel, _inquiry(asked, None, base_urls))
    urls = [url for url in asked.asked if not url.endswith("/robots.txt")]
    if not isinstance(usual, Profile):
        return ""
    await _save(page, urls, folder)
    same = ""
    for way in ("html", "mhtml"):
        inquiry = _inquiry(Loopback(), folder / way, base_urls)
        saved = await read_saved_profile(channel, inquiry)
        # MHTML leaves scripts out, and with them what some networks only tell their scripts.
        assert in_words(saved) == in_words(usual) or (way == "mhtml" and _in_scripts(folder))
        same += f"{way} " * (in_words(saved) == in_words(usual))
    return same


def _in_scripts(folder: Path) -> bool:
    """Tell whether a page keeps what it says in a script."""
    return any(b"</script>" in path.read_bytes() for path in (folder / "html").iterdir())


async def test_what_chromium_saves_of_the_networks_reads_as_the_network_does(
    tmp_path: Path,
) -> None:
    compared = dict[str, str]()
    with serving(companies(), TODAY) as web:
        web.show(TODAY)
        invented = profiles_on(web.addresses(), TODAY, TODAY)
        async with async_playwright() as driver:
            browser = await driver.chromium.launch(
                executable_path=BROWSER, args=["--no-sandbox", "--no-proxy-server"]
            )
            page = await browser.new_page()
            for number, each in enumerate(invented):
                channel = _found(each)
                if channel is not None and channel.platform in PAGES - compared.keys():
                    folder = tmp_path / str(number)
                    same = await _compared(channel, page, folder, web.base_urls())
                    compared |= {channel.platform: same} if same else {}
            await browser.close()
    assert compared["instagram"] == compared["facebook"] == "html mhtml "
    assert compared["youtube"].startswith("html")
    assert len(compared) >= 4
