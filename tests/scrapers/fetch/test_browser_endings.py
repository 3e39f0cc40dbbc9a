"""How a browser ends: a bad page costs itself, a signal ends all at once, and no process is left."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from audit.browser import find_browser
from scrapers.fetch.browser import Browser, BrowserError
from scrapers.fetch.chromium import MEMORY_BYTES
from scrapers.fetch.drawing import Drawn
from tests.hostile import page, serving
from tests.places import ROOT
from tests.scrapers.fetch.test_browser import SHELL
from tests.scrapers.fetch.test_browser_addresses import answer, nothing

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        find_browser(os.environ) is None, reason="no browser is installed (make browser)"
    ),
    pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="no /proc to look into"),
]
SPINNING = "<p>x</p><script>for (;;) {}</script>"
SITE = "https://example.test/"


def descendants(root: int) -> dict[int, str]:
    """The processes that a process has started, and theirs, with their first words.

    A browser leaves its parents' group and may outlive them: its profile's folder tells as well.
    """
    parents: dict[int, int] = {}
    words: dict[int, str] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            stat = (folder / "stat").read_text()
            words[int(folder.name)] = (
                (folder / "cmdline").read_text(errors="replace").replace("\0", " ")[:80]
            )
        except OSError:
            continue
        parents[int(folder.name)] = int(stat.rpartition(")")[2].split()[1])
    family = {root}
    for _ in parents:
        more = {each for each, parent in parents.items() if parent in family} - family
        if not more:
            break
        family |= more
    return {each: words[each] for each in family - {root} if words[each]}


def new(before: dict[int, str]) -> dict[int, str]:
    """The processes that this one has started since then."""
    return {k: words for k, words in descendants(os.getpid()).items() if k not in before}


async def left_of(processes: dict[int, str]) -> dict[int, str]:
    """Those processes that are still there a moment later."""
    still = processes
    for _ in range(100):
        still = {
            each: words for each, words in processes.items() if words and still_runs(each, words)
        }
        if not still:
            return {}
        await asyncio.sleep(0.1)
    return still


def still_runs(process: int, words: str) -> bool:
    """Tell whether a process is there, and the same as before."""
    try:
        line = Path(f"/proc/{process}/cmdline").read_text()
    except OSError:
        return False
    return line.replace("\0", " ")[:80] == words


@pytest.fixture
async def browser(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Browser]:
    """A browser with little time for a page, and enough beside one that spins; closed at the end."""
    monkeypatch.setattr("scrapers.fetch.browser.BROWSER_SECONDS", 6.0)
    running = Browser()
    yield running
    await running.close()


BAD = {
    "asks for ever": "<p>x</p><script>for (;;) alert(1)</script>",
    "takes all memory": "<p>x</p><script>const a = []; for (;;) a.push(Array(1e6).fill(1.5))</script>",
    "spins in workers": "<p>x</p><script>for (let n = 0; n < 8; n += 1) new Worker("
    "URL.createObjectURL(new Blob(['for (;;) {}'])))</script>" + SPINNING,
}


async def test_bad_pages_cost_themselves_and_leave_no_process(browser: Browser) -> None:
    processes: dict[int, str] = {}

    async def look() -> None:
        while True:
            processes.update(new(before))
            await asyncio.sleep(0.3)

    before = descendants(os.getpid())
    looking = asyncio.ensure_future(look())
    bad = [browser.draw(answer(SITE, each), nothing) for each in BAD.values()]
    good = [browser.draw(answer(SITE, "<p>beside them</p>"), nothing) for _ in BAD]
    turns = [each for pair in zip(bad, good, strict=True) for each in pair]
    drawn = await asyncio.gather(*turns, return_exceptions=True)
    looking.cancel()
    costs = dict(zip(BAD, drawn[::2], strict=True))
    assert {way for way, cost in costs.items() if not isinstance(cost, BrowserError)} == set()
    assert ["beside them" in each.html for each in drawn[1::2] if isinstance(each, Drawn)] == [
        True for _ in BAD
    ]
    await browser.close()
    assert any("chrom" in words for words in processes.values())
    assert await left_of(processes) == {}


HARMLESS = {
    "a thousand windows": "for (let n = 0; n < 1000; n += 1) { open('/w' + n); "
    "const a = document.createElement('a'); a.target = '_blank'; a.href = '/a' + n; a.click(); }",
    "asks now and then": "alert(1); confirm(2); prompt(3); print();",
    "asks before it leaves": "onbeforeunload = asked => { asked.preventDefault(); return 'x'; };",
    "leaves again and again": "setInterval(() => { location = '/?' + Math.random(); }, 5);",
    "changes every function": "String.prototype.slice = () => 'x'.repeat(5e8); "
    "window.getComputedStyle = () => { for (;;) {} };",
    "takes memory beside the heap": "const kept = []; try { for (let n = 0; n < 80; n += 1) "
    "{ const part = new Uint8Array(1e8); part.fill(7); kept.push(part); } } catch (e) { 0; }",
}


async def test_a_page_that_is_only_rude_is_drawn(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scrapers.fetch.browser.BROWSER_SECONDS", 20.0)
    monkeypatch.setattr("scrapers.fetch.drawing.DRAWING_SECONDS", 5.0)
    pages = [
        answer(SITE, f"<p>x</p><script>{each}</script><p>kept</p>") for each in HARMLESS.values()
    ]
    drawn = await asyncio.gather(
        *(browser.draw(each, nothing) for each in pages), return_exceptions=True
    )
    undrawn = {
        way: each
        for way, each in zip(HARMLESS, drawn, strict=True)
        if not (isinstance(each, Drawn) and "<p>kept</p>" in each.html and len(each.html) < 9_999)
    }
    assert undrawn == {}


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux bounds another process's memory")
async def test_no_process_of_a_browser_gets_more_memory_than_its_bound(browser: Browser) -> None:
    before = descendants(os.getpid())
    await browser.draw(answer(SITE, "<p>x</p>"), nothing)
    started = new(before)
    bounds = {
        words: limit
        for process, words in started.items()
        if "--type=" in Path(f"/proc/{process}/cmdline").read_text()
        for limit in Path(f"/proc/{process}/limits").read_text().splitlines()
        if limit.startswith("Max data size")
    }
    assert bounds
    assert {limit.split()[3] for limit in bounds.values()} == {str(MEMORY_BYTES)}


@pytest.mark.parametrize("seconds", [0.05, 0.5, 2.0])
async def test_a_drawing_that_is_broken_off_ends_with_all_its_processes(
    browser: Browser, seconds: float
) -> None:
    before = descendants(os.getpid())
    drawing = asyncio.ensure_future(browser.draw(answer(SITE, SPINNING), nothing))
    await asyncio.sleep(seconds)
    started = new(before)
    drawing.cancel()
    began = time.monotonic()
    with pytest.raises(asyncio.CancelledError):
        await drawing
    assert time.monotonic() - began < 10
    assert await left_of(started | new(before)) == {}


async def test_a_browser_that_hangs_itself_is_killed(browser: Browser) -> None:
    before = descendants(os.getpid())
    await browser.draw(answer(SITE, "<p>x</p>"), nothing)
    (running,) = (seat.running for seat in browser._seats if seat.running)
    hanging = new(before)
    os.kill(running.process, signal.SIGSTOP)
    began = time.monotonic()
    with pytest.raises(BrowserError, match="not drawn within 6 s"):
        await browser.draw(answer(SITE, "<p>x</p>"), nothing)
    assert time.monotonic() - began < 6 + 10
    assert await left_of(hanging) == {}
    again = await browser.draw(answer(SITE, "<p>again</p>"), nothing)
    assert "again" in again.html


async def test_a_hanging_browser_is_killed_even_where_its_driver_is_gone(browser: Browser) -> None:
    before = descendants(os.getpid())
    await browser.draw(answer(SITE, "<p>x</p>"), nothing)
    (running,) = (seat.running for seat in browser._seats if seat.running)
    hanging = new(before)
    (driver,) = (each for each, words in hanging.items() if "driver/node" in words)
    os.kill(running.process, signal.SIGSTOP)
    os.kill(driver, signal.SIGKILL)
    began = time.monotonic()
    await browser.close()
    assert time.monotonic() - began < 10
    assert await left_of(hanging) == {}


async def test_ctrl_c_in_the_middle_of_a_drawing_ends_run_and_browser(tmp_path: Path) -> None:
    routes = {"/": page(SHELL), "/app.js": page("for (;;) {}", "text/javascript")}
    clean = {name: value for name, value in os.environ.items() if "PROXY" not in name.upper()}
    with serving(routes) as site:
        settings = "settings: {delay_seconds: 0, profiles: false}"
        lines = (settings, "companies:", "- name: Acme", f"  website: {site.url}/", "")
        (tmp_path / "c.yaml").write_text("\n".join(lines))
        program = "import sys; from audit.cli import main; sys.exit(main())"
        run = subprocess.Popen(
            [sys.executable, "-c", program, "run", "c.yaml", "--allow-private-hosts"],
            cwd=tmp_path,
            env=clean | {"PYTHONPATH": str(ROOT)},
            start_new_session=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        for _ in range(300):
            if "/app.js" in site.paths:
                break
            await asyncio.sleep(0.1)
        await asyncio.sleep(1)
        processes = descendants(run.pid)
        began = time.monotonic()
        os.killpg(run.pid, signal.SIGINT)
        output, _ = await asyncio.to_thread(run.communicate, timeout=60)
        assert time.monotonic() - began < 8, output
    assert run.returncode == 130, output
    assert b"Traceback" not in output
    assert any("--type=renderer" in words or "chrom" in words for words in processes.values())
    assert await left_of(processes) == {}
