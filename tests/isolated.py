"""Draw the page of all ways out where every packet can be seen: a network that only is here.

Run as `unshare -n -m python -m tests.isolated HOW`; says in JSON which packets there were.
Every address of the world leads to loopback here, every name to an address.
"""

import asyncio
import json
import os
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Collection
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.async_api import Route, async_playwright

from audit.browser import find_browser
from audit.model.exchange import Page
from scrapers.fetch.browser import Browser
from scrapers.fetch.walls import DROPPED, FLAGS
from tests.leaks import DOCUMENT, HEADERS, SERVED, SITE, WAYS

ANSWER = "198.51.100.200"
SECONDS = 10.0
LATE_SECONDS = 2.0
BACKGROUND = (
    "--disable-background-networking",
    "--disable-component-update",
    "--metrics-recording-only",
)
_ALL = 3
_FILES = {
    "/etc/resolv.conf": "nameserver 192.0.2.53\n",
    "/etc/chromium/master_preferences": "{}",
    "/etc/chromium.d/default-flags": "",
}
"""A distribution's own caution is taken away: on the next machine it is not there."""
_UDP, _TCP = 17, 6


def prepared() -> None:
    """Let every address lead to loopback, and a card with an address be there for WebRTC."""
    for command in (
        "ip link set lo up",
        "ip link add out type veth peer name beyond",
        "ip addr add 203.0.113.2/24 dev out",
        "ip link set out up",
        "ip link set beyond up",
        "ip route add local default dev lo",
        "ip -6 route add local default dev lo",
    ):
        subprocess.run(command.split(), check=True, capture_output=True)
    for card in ("out", "beyond"):
        Path(f"/proc/sys/net/ipv6/conf/{card}/disable_ipv6").write_text("1")
    folder = Path(tempfile.mkdtemp())
    for path, text in _FILES.items():
        if Path(path).exists():
            own = folder / Path(path).name
            own.write_text(text)
            subprocess.run(["mount", "--bind", str(own), path], check=True)


class Ear:
    """Hears every packet of this network."""

    def __init__(self) -> None:
        self.heard: set[str] = set()
        self._socket = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(_ALL))
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        while True:
            frame = self._socket.recv(65_536)
            self.heard.add(words(frame[14:], int.from_bytes(frame[12:14], "big")))


def words(packet: bytes, kind: int) -> str:
    """Name a packet by where it goes, or by the name that it asks for."""
    if kind == 0x0800:
        protocol, size = packet[9], (packet[0] & 15) * 4
        target = socket.inet_ntoa(packet[16:20])
    elif kind == 0x86DD:
        protocol, size = packet[6], 40
        target = socket.inet_ntop(socket.AF_INET6, packet[24:40])
    else:
        return f"ethernet {kind:#x}"
    if protocol not in (_UDP, _TCP):
        return f"protocol {protocol} {target}"
    source, port = struct.unpack("!HH", packet[size : size + 4])
    if protocol == _TCP:
        return f"tcp {target} {port}" if port < 32_768 else f"tcp answer {source}"
    if port in (53, 5353):
        return f"dns {question(packet[size + 8 :])}"
    return f"udp {target} {port}" if port < 32_768 else f"udp answer {source}"


def question(message: bytes) -> str:
    """The name that a DNS message asks for."""
    labels, at = [], 12
    while at < len(message) and message[at]:
        labels.append(message[at + 1 : at + 1 + message[at]].decode("ascii", "replace"))
        at += 1 + message[at]
    return ".".join(labels)


def names() -> None:
    """Answer each question for an address with the same one."""
    server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    server.bind(("0.0.0.0", 53))
    while True:
        asked, sender = server.recvfrom(4_096)
        end = asked.index(0, 12) + 5
        head = asked[:2] + b"\x81\x80\x00\x01"
        wants = asked[end - 4 : end - 2] == b"\x00\x01"
        answer = b"\xc0\x0c\x00\x01\x00\x01\x00\x00\x00\x3c\x00\x04" + socket.inet_aton(ANSWER)
        body = b"\x00\x01\x00\x00\x00\x00" if wants else b"\x00\x00\x00\x00\x00\x00"
        reply = head + body + asked[12:end] + (answer if wants else b"")
        server.sendto(reply, sender)


def answer(url: str, headers: tuple[tuple[str, str], ...], text: str) -> Page:
    """An answer as the client would have brought it."""
    return Page(
        url=url,
        requested_url=url,
        status=200,
        headers=headers,
        body=text.encode(),
        fetched_at=datetime.now(UTC),
        record="",
    )


async def ours(asked: set[str]) -> str:
    """As a run draws it."""

    async def part(url: str) -> Page | str:
        asked.add(url)
        kind, text = SERVED.get(urlsplit(url).path, ("", ""))
        if not (kind and url.startswith(SITE)):
            return "dns"
        return answer(url, (("content-type", kind),), text)

    browser = Browser()
    try:
        drawn = await browser.draw(answer(SITE, tuple(HEADERS.items()), DOCUMENT), part)
        await asyncio.sleep(LATE_SECONDS)
        return drawn.html
    finally:
        await browser.close()


async def walls(ear: Ear) -> str:
    """Only the way the browser is started holds: no routes, no script before the page's own."""
    return await opened(ear, 1, args=list(FLAGS), ignore_default_args=list(DROPPED))


async def open_field(ear: Ear) -> str:
    """A browser as it comes: what the page does is heard, or the other two prove nothing."""
    return await opened(ear, 6, args=["--no-sandbox"], ignore_default_args=list(BACKGROUND))


async def opened(ear: Ear, times: int, **how: Any) -> str:
    """Open the page in a browser that only answers for the page's own site.

    A busy machine may not get round to every way at once: until all are heard, it is opened again,
    each time in a browser of its own, as one remembers what it has tried.
    """
    html = ""
    for _ in range(times):
        html = await opened_once(ear, **how)
        if not missed(ear.heard):
            break
    return html


async def opened_once(ear: Ear, **how: Any) -> str:
    """Open the page once, and wait until all ways are heard or the time is up."""

    async def serve(route: Route) -> None:
        kind, text = SERVED.get(urlsplit(route.request.url).path, ("", ""))
        if kind:
            await route.fulfill(content_type=kind, body=text)
        else:
            await route.fulfill(headers=HEADERS, body=DOCUMENT)

    async with async_playwright() as driver:
        context = await driver.chromium.launch_persistent_context(
            tempfile.mkdtemp(), executable_path=find_browser(os.environ), **how
        )
        await context.route(f"{SITE}**", serve)
        sheet = await context.new_page()
        await sheet.goto(SITE)
        html = await sheet.content()
        until = time.monotonic() + SECONDS
        while time.monotonic() < until and missed(ear.heard):
            await asyncio.sleep(0.2)
        await context.close()
    return html


def missed(heard: Collection[str]) -> list[str]:
    """The ways of which nothing is heard."""
    return [way for way, packets in WAYS.items() if packets.isdisjoint(heard)]


def one_packet() -> str:
    """Send a datagram to nobody, to show that one is heard."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
        sender.sendto(b"x", ("198.51.100.1", 9))
    time.sleep(0.5)
    return ""


def main(how: str) -> None:
    """Do one of the four things, and say what was heard."""
    prepared()
    threading.Thread(target=names, daemon=True).start()
    ear, asked = Ear(), set[str]()
    if how == "packet":
        html = one_packet()
    elif how == "ours":
        html = asyncio.run(ours(asked))
    else:
        html = asyncio.run({"walls": walls, "open": open_field}[how](ear))
    said = {"heard": sorted(ear.heard), "asked": sorted(asked), "html": html}
    sys.stdout.write(json.dumps(said | {"missed": missed(ear.heard)}))


if __name__ == "__main__":
    main(sys.argv[1])
