"""The page in a real browser: sorting, filtering, keyboard, light and dark; it reaches nobody."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from audit.browser import find_browser
from tests.places import ROOT
from tests.reports.formats.html.pages import usual_text

BROWSER = find_browser(os.environ)
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
SERIOUS = ("serious", "critical")

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(BROWSER is None, reason="no browser is installed (make browser)"),
]


@dataclass(frozen=True, slots=True)
class Opened:
    """A page that was opened from disk, with all it asked for and complained of."""

    page: Page
    asked: list[str]
    complaints: list[str]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as driver:
        started = driver.chromium.launch(
            executable_path=BROWSER,
            args=["--no-sandbox"] if os.geteuid() == 0 else [],
        )
        yield started
        started.close()


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "audit.html"
    path.write_text(usual_text(), "utf-8")
    return path


@pytest.fixture
def opened(browser: Browser, file: Path) -> Iterator[Opened]:
    context = browser.new_context(viewport={"width": 1366, "height": 768})
    page = context.new_page()
    asked: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(file.as_uri())
    yield Opened(page, asked, complaints)
    assert asked == [file.as_uri()]
    assert not complaints
    context.close()


def column(page: Page, table: str, at: int, rows: str = "tbody tr") -> list[str]:
    return page.locator(f"{table} {rows} > *:nth-child({at})").all_inner_texts()


def test_a_head_sorts_down_and_up_and_back(opened: Opened) -> None:
    page, table = opened.page, "#summary .wide >> nth=0"
    board = page.locator("#summary table").first
    names = "tbody tr:not(.rank):not(.middle) > :first-child"
    before = board.locator(names).all_inner_texts()
    head = board.locator("thead th").nth(1)
    head.locator("button").click()
    assert head.get_attribute("aria-sort") == "descending"
    figures = board.locator("tbody tr:not(.rank):not(.middle) > :nth-child(2)")
    values = [each.get_attribute("data-v") for each in figures.all()]
    known = [float(value) for value in values if value is not None]
    assert known == sorted(known, reverse=True)
    assert values[-1] is None, "what is not known stands last"
    head.locator("button").click()
    assert head.get_attribute("aria-sort") == "ascending"
    values = [each.get_attribute("data-v") for each in figures.all()]
    known = [float(value) for value in values if value is not None]
    assert known == sorted(known)
    assert values[-1] is None
    head.locator("button").click()
    assert head.get_attribute("aria-sort") is None
    assert board.locator(names).all_inner_texts() == before
    assert page.locator(table).is_visible()


def test_a_filter_leaves_one_company_one_channel_one_topic(opened: Opened) -> None:
    page = opened.page
    page.locator("#posts details > summary").click()
    page.locator("#filter > summary").click()
    page.select_option("select[name=c]", label="Borealis Valves")
    assert set(column(page, "#posts", 2, "tbody tr:not(.off)")) == {"Borealis Valves"}
    assert page.locator("#posts .row[data-c]:not(.off)").count() == 1
    assert (
        page.locator("#summary tbody tr[data-c]:not(.off)")
        .first.inner_text()
        .startswith("Borealis Valves")
    )
    assert not page.locator("#summary tr.rank").is_visible()
    heads = page.locator("#channels thead th:not(.off)").all_inner_texts()
    assert "Borealis Valves" in heads
    assert "Corvid Flow" not in heads
    page.select_option("select[name=k]", label="News")
    assert set(column(page, "#posts", 3, "tbody tr:not(.off)")) == {"News"}
    page.select_option("select[name=k]", label="All channels")
    page.select_option("select[name=t]", label="Heat pumps")
    topics = column(page, "#posts", 5, "tbody tr:not(.off)")
    assert topics
    assert all("Heat pumps" in each for each in topics)
    assert page.locator("#topics tbody tr[data-t]:not(.off)").count() == 1
    assert page.locator("#filter > summary").inner_text() == "Filter: Borealis Valves, Heat pumps"
    page.locator("#filter button").click()
    # No `wait_for_function`: it evaluates a string, which the policy of the page forbids.
    expect(page.locator(".off")).to_have_count(0)
    assert page.locator("#filter > summary").inner_text() == "Filter"


def test_all_is_reached_by_the_keyboard(opened: Opened) -> None:
    page = opened.page
    page.keyboard.press("Tab")
    focused = "document.activeElement.textContent"
    assert page.evaluate(focused) == "Skip to the findings"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    head = page.locator("#summary thead button").first
    head.focus()
    page.keyboard.press("Enter")
    assert page.locator("#summary thead th").first.get_attribute("aria-sort") == "descending"
    outline = "getComputedStyle(document.activeElement).outlineStyle"
    assert page.evaluate(outline) == "solid"
    summary = page.locator("#filter > summary")
    summary.focus()
    page.keyboard.press("Enter")
    assert page.locator("select[name=c]").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("select[name=c]").is_visible()
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"


def test_without_scripts_all_is_there_to_read(browser: Browser, file: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(file.as_uri())
    assert not page.locator("#filter").is_visible()
    assert page.locator("th button").count() == 0
    page.locator("#posts details > summary").click()
    assert page.locator("#posts tbody tr").first.is_visible()
    context.close()


def test_it_is_dark_where_the_system_is_and_light_on_paper(opened: Opened) -> None:
    ground = "getComputedStyle(document.body).backgroundColor"
    page = opened.page
    light = page.evaluate(ground)
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(ground) != light
    ink = "getComputedStyle(document.body).color"
    dark_ink = page.evaluate(ink)
    page.emulate_media(color_scheme="dark", media="print")
    assert page.evaluate(ink) != dark_ink
    assert not page.locator("nav").is_visible()


@pytest.mark.parametrize("width", [360, 390, 768, 1366])
def test_the_page_is_as_wide_as_its_window(opened: Opened, width: int) -> None:
    opened.page.set_viewport_size({"width": width, "height": 800})
    assert opened.page.evaluate("document.documentElement.scrollWidth") == width


@pytest.mark.parametrize(("width", "cut"), [(390, True), (1366, False)])
def test_a_table_that_is_cut_off_says_so(opened: Opened, width: int, cut: bool) -> None:
    page = opened.page
    page.set_viewport_size({"width": width, "height": 800})
    board = page.locator("#summary .wide").first
    told = "each => getComputedStyle(each, '::after').fontSize !== '0px'"
    assert board.evaluate(told) == cut
    assert board.evaluate("each => each.scrollWidth > each.clientWidth") == cut


@pytest.mark.skipif(not AXE.is_file(), reason="no axe-core (npm install --no-save axe-core)")
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1366])
def test_axe_finds_nothing_serious(browser: Browser, file: Path, width: int, scheme: str) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 800},
        color_scheme="dark" if scheme == "dark" else "light",
        bypass_csp=True,
    )
    page = context.new_page()
    page.goto(file.as_uri())
    page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate("axe.run()")
    assert [each["id"] for each in found["violations"] if each["impact"] in SERIOUS] == []
    context.close()
