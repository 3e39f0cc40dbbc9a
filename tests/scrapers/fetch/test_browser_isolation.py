"""A browser behind its walls sends no packet: proved where every packet is heard."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from audit.browser import find_browser
from audit.model.exchange import Page
from scrapers.fetch.browser import Browser
from tests.places import ROOT

ANNOUNCING = "protocol 2 224.0.0.22"
"""Joining the group of mDNS: the kernel tells the own cable's router, and a page has no say in it."""

needs_browser = pytest.mark.skipif(
    find_browser(os.environ) is None, reason="no browser is installed (make browser)"
)


@dataclass(frozen=True, slots=True)
class Heard:
    """What a browser sent, which ways out were not heard, and what the page came to."""

    packets: frozenset[str]
    missed: tuple[str, ...]
    asked: frozenset[str]
    html: str


def begun(how: str) -> "subprocess.Popen[bytes]":
    """Do something in a network of its own."""
    alone = ["unshare", *(["-r"] if os.geteuid() else []), "-n", "-m"]
    command = [*alone, sys.executable, "-m", "tests.isolated", how]
    clean = {name: value for name, value in os.environ.items() if "PROXY" not in name.upper()}
    return subprocess.Popen(
        command, cwd=ROOT, env=clean, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


def ended(process: "subprocess.Popen[bytes]") -> Heard:
    """Wait for it, and read what it says."""
    report, complaints = process.communicate(timeout=120)
    assert process.returncode == 0, complaints.decode(errors="replace")[-2_000:]
    read = json.loads(report)
    packets, asked = frozenset(read["heard"]), frozenset(read["asked"])
    return Heard(packets, tuple(read["missed"]), asked, read["html"])


def _done_with(process: "subprocess.Popen[bytes]") -> None:
    """End what still runs, and close its pipes: a worker need not have run all the tests."""
    process.kill()
    with process:
        pass


@pytest.fixture(scope="module")
def heard() -> Iterator[dict[str, "subprocess.Popen[bytes]"]]:
    """The page of all ways out, drawn in three ways at the same time."""
    if sys.platform != "linux" or not (shutil.which("unshare") and shutil.which("ip")):
        pytest.skip("a network of its own needs Linux with unshare and ip")
    tried = begun("packet")
    _, trouble = tried.communicate(timeout=60)
    if tried.returncode:
        reason = (trouble.decode(errors="replace").strip().splitlines() or ["?"])[-1]
        pytest.skip(f"this machine gives tests no network of their own (unshare -n -m): {reason}")
    running = {how: begun(how) for how in ("ours", "walls", "open")}
    yield running
    for process in running.values():
        _done_with(process)


Running = dict[str, "subprocess.Popen[bytes]"]


@pytest.mark.browser
@needs_browser
def test_a_page_that_is_drawn_sends_no_packet_by_any_way_out(heard: Running) -> None:
    drawn = ended(heard["ours"])
    assert sorted(drawn.packets) == []
    assert "Ways out" in drawn.html
    assert {"https://worker-fetch.leak.test/", "https://blob-fetch.leak.test/"} <= drawn.asked


@pytest.mark.browser
@needs_browser
def test_the_walls_hold_without_routes_and_without_our_script(heard: Running) -> None:
    behind = ended(heard["walls"])
    assert "Ways out" in behind.html
    assert sorted(behind.packets - {ANNOUNCING}) == []


@pytest.mark.browser
@needs_browser
def test_a_browser_without_walls_is_heard_by_every_way_out(heard: Running) -> None:
    assert ended(heard["open"]).missed == ()


KINDS = ("RTCPeerConnection", "webkitRTCPeerConnection", "RTCDataChannel", "WebTransport")
LOOKING = f"""
<!doctype html><body><p id="here"></p><p id="bare"></p><p id="inner"></p><script>
const kinds = {list(KINDS)}, there = scope => kinds.filter(name => name in scope).join() || 'none';
const put = (place, words) => {{ document.getElementById(place).textContent = `${{place}}: ${{words}}`; }};
put('here', there(window));
const frame = document.createElement('iframe');
document.body.append(frame);
put('bare', there(frame.contentWindow));
const inner = document.createElement('iframe');
inner.onload = () => put('inner', there(inner.contentWindow));
inner.srcdoc = '<p>x</p>';
document.body.append(inner);
</script></body>
"""


@pytest.mark.browser
@needs_browser
async def test_what_connects_past_the_routes_is_gone_from_pages_and_frames() -> None:
    async def nothing(_url: str) -> Page | str:
        return "dns"

    browser = Browser()
    url = "https://site.test/"
    page = Page(
        url=url,
        requested_url=url,
        status=200,
        headers=(("content-type", "text/html"),),
        body=LOOKING.encode(),
        fetched_at=datetime.now(UTC),
        record="",
    )
    try:
        drawn = await browser.draw(page, nothing)
    finally:
        await browser.close()
    places = ("here", "bare", "inner")
    assert [place for place in places if f"{place}: none" not in drawn.html] == []
