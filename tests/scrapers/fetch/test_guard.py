"""Where a request may go: addresses in every spelling, and the hosts that the file names."""

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path

import pytest

from audit.api import _policy
from audit.model.company import Company, Competitors, ConfiguredChannel, Settings
from scrapers.fetch.guard import canonical, host_of, is_local, refused
from scrapers.fetch.resolver import Resolver
from tests.audit.test_run import run
from tests.hostile import page, serving, status
from tests.places import ROOT
from tests.scrapers.fetch.test_fetch import get, policy, reason

NEVER = [
    "169.254.169.254",
    "169.254.170.2",
    "169.254.0.23",
    "169.254.42.42",
    "100.100.100.200",
    "168.63.129.16",
    "192.0.0.192",
    "fd00:ec2::254",
    "fd00:ec2::23",
    "fd20:ce::254",
    "fd00:42::42",
    "fe80::a9fe:a9fe",
    "::ffff:169.254.169.254",
    "::ffff:168.63.129.16",
    "64:ff9b::a9fe:a9fe",
    "64:ff9b:1::a9fe:a9fe",
    "64:ff9b:1:a9fe:a9:fe00::",
    "64:ff9b:1:a9:fe:a9fe::",
    "64:ff9b:1:0:a9:fea9:fe00:0",
    "2002:a9fe:a9fe::",
    "2001:0:a9fe:a9fe::1",
    "2001:db8:1::5efe:a9fe:a9fe",
    "2a00:1450::200:5efe:a83f:8110",
    "::127.0.0.1",
    "::8.8.8.8",
    "::ffff:0:127.0.0.1",
    "::ffff:0:8.8.8.8",
    "fec0::1",
    "3fff::1",
    "5f00::1",
    "2001:db8::1",
    "2001:2::1",
    "2001:20::1",
    "100::1",
    "4000::1",
    "ff02::1",
    "::",
    "0.0.0.0",
    "0.1.2.3",
    "192.0.2.1",
    "192.88.99.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "nonsense",
]
INSIDE = [
    "127.0.0.1",
    "127.8.9.1",
    "10.1.2.3",
    "172.16.0.1",
    "192.168.1.1",
    "100.64.0.1",
    "198.18.0.1",
    "::1",
    "fc00::1",
    "fd12:3456::1",
    "::ffff:127.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b:1::a00:1",
    "64:ff9b:1:7f00:0:100:808:808",
    "64:ff9b:1:7f:0:1:808:808",
    "64:ff9b:1:0:7f:0:108:808",
    "2002:7f00:1::",
    "2a00:1450::5efe:10.0.0.1",
]
PUBLIC = [
    "8.8.8.8",
    "93.184.216.34",
    "168.63.129.17",
    "2a00:1450:4001:82b::200e",
    "2606:4700::1111",
    "::ffff:8.8.8.8",
    "64:ff9b::808:808",
    "64:ff9b:1::808:808",
    "2002:808:808::1",
    "2a00:1450::5efe:8.8.8.8",
]


@pytest.mark.parametrize("address", NEVER)
def test_metadata_and_reserved_addresses_are_never_open(address: str) -> None:
    assert refused(address, allow_private=False)
    assert refused(address, allow_private=True)


@pytest.mark.parametrize("address", INSIDE)
def test_private_addresses_are_open_only_where_that_is_asked_for(address: str) -> None:
    assert refused(address, allow_private=False)
    assert not refused(address, allow_private=True)


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_are_open(address: str) -> None:
    assert not refused(address, allow_private=False)


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "127.1", "0x7f.1", "2130706433", "017700000001", "0x7f000001", "127.0.0.1."],
)
def test_every_spelling_of_a_number_is_the_same_host(host: str) -> None:
    assert canonical(host) == host_of(f"http://{host}:8080/") == "127.0.0.1"


def test_hosts_are_compared_as_browsers_read_them() -> None:
    assert host_of("https://WWW.Example.COM./x") == "www.example.com"
    assert canonical("faß.example") == "xn--fa-hia.example"
    assert canonical("::1") == canonical("[0:0::1]") == "::1"
    assert host_of("http://[") == ""


@pytest.mark.parametrize(
    ("host", "local"),
    [
        ("localhost", True),
        ("a.localhost", True),
        ("db.internal", True),
        ("printer.local", True),
        ("box.lan", True),
        ("nas.home.arpa", True),
        ("wiki.intranet", True),
        ("wiki.corp", True),
        ("host.localdomain", True),
        ("intranet", True),
        ("acme.example", False),
        ("local.acme.example", False),
        ("127.0.0.1", False),
    ],
)
def test_names_of_one_network_are_known_by_their_ending(host: str, local: bool) -> None:
    assert is_local(host) is local


async def test_an_address_of_another_private_host_stays_shut(tmp_path: Path) -> None:
    """A link, a redirect, a feed: only what the file names is open, on any port."""
    with serving({"/": page("secret")}) as other:
        port = other.url.rpartition(":")[2]
        lead = status(302, f"Location: http://127.0.0.2:{port}/\r\n")
        by_name = status(302, f"Location: http://localhost:{port}/\r\n")
        with serving({"/": page("x"), "/a": lead, "/b": by_name}) as site:
            asked = [site.url + path for path in ("/", "/a", "/b")]
            answers = await get(tmp_path, *asked, f"http://[::1]:{port}/", other.url + "/")
    assert [reason(each) for each in answers] == [
        "ok",
        "blocked-address",
        "blocked-address",
        "blocked-address",
        "ok",
    ]


async def test_a_public_name_that_leads_inside_is_open_only_where_it_is_named(
    tmp_path: Path,
) -> None:
    async def inside(_host: str, _port: int) -> Iterable[str]:
        return ["127.0.0.1"]

    with serving({"/": page("x")}) as site:
        port = site.url.rpartition(":")[2]
        urls = [f"http://{name}.example:{port}/" for name in ("named", "other")]
        rules = policy(private_hosts=frozenset({"named.example"}))
        answers = await get(tmp_path, *urls, rules=rules, resolver=inside)
    assert [reason(each) for each in answers] == ["ok", "blocked-address"]


async def test_a_named_host_opens_no_metadata_address(tmp_path: Path) -> None:
    async def inside(host: str, _port: int) -> Iterable[str]:
        return ["168.63.129.16" if host == "a.example" else "93.184.216.34"]

    names = frozenset({"169.254.169.254", "metadata.google.internal", "a.example"})
    urls = [f"http://{name}/" for name in sorted(names)]
    answers = await get(tmp_path, *urls, rules=policy(private_hosts=names), resolver=inside)
    assert [reason(each) for each in answers] == ["blocked-address"] * 3


def test_the_flag_opens_the_hosts_that_the_file_names() -> None:
    company = Company(
        name="A",
        website="http://Wiki.Corp:8080/",
        channels=(ConfiguredChannel(platform="x", url="http://10.0.0.7/@a", place=""),),
    )
    base = (("https://api.github.com", "http://0x7f.1:81/v3"),)
    listed = Competitors(
        path=Path("c.yaml"), companies=(company,), settings=Settings(base_urls=base)
    )
    assert _policy(listed, private=True).private_hosts == {"wiki.corp", "10.0.0.7", "127.0.0.1"}
    assert _policy(listed, private=False).private_hosts == frozenset()


def test_a_run_opens_what_is_named_and_nothing_else(tmp_path: Path) -> None:
    with serving({"/": page("<p>secret</p>")}) as other:
        port = other.url.rpartition(":")[2]
        elsewhere = f"http://127.0.0.3:{port}/"
        home = f"<nav><a href='{elsewhere}blog/'>Blog</a></nav>"
        with serving({"/": page(home), "/m": status(302, f"Location: {elsewhere}\r\n")}) as site:
            file = tmp_path / "c.yaml"
            file.write_text(
                f"settings: {{delay_seconds: 0, profiles: false}}\ncompanies:\n"
                f"- {{name: A, website: {site.url}/}}\n- {{name: B, website: {site.url}/m}}\n",
                encoding="utf-8",
            )
            out = tmp_path / "o.json"
            done = run(file, "--allow-private-hosts", "--format", "json", "-o", out)
    assert done.returncode == 1
    assert other.requests == []
    companies = json.loads(out.read_text("utf-8"))["companies"]
    by_name = {company["name"]: company for company in companies}
    assert by_name["A"]["complete"]
    assert {each["reason"] for each in by_name["B"]["reasons"]} == {"blocked-address"}


async def test_names_that_hang_are_asked_for_once_and_bounded() -> None:
    asked: list[str] = []
    free = asyncio.Event()
    loop = asyncio.get_running_loop()

    def slow(host: str, _port: int) -> list[str]:
        asked.append(host)
        asyncio.run_coroutine_threadsafe(free.wait(), loop).result(20)
        return ["93.184.216.34"]

    names = Resolver(slow, at_once=2)
    waiting = [asyncio.ensure_future(names(host, 80)) for host in ("a", "a", "b", "b", "c")]
    while len(asked) < 2:
        await asyncio.sleep(0.01)
    for _ in range(5):
        await asyncio.sleep(0.01)
    assert sorted(asked) == ["a", "b"]
    waiting[0].cancel()
    free.set()
    assert [list(each) for each in await asyncio.gather(*waiting[1:])] == [["93.184.216.34"]] * 4
    assert sorted(asked) == ["a", "b", "c"]


@pytest.mark.parametrize("host", ["a" * 70 + ".example", "a..example", "xn--a"])
async def test_a_name_that_cannot_be_one_does_not_resolve(tmp_path: Path, host: str) -> None:
    def never(host: str, _port: int) -> list[str]:
        host.encode("idna")
        raise OSError("no such name")

    (answer,) = await get(tmp_path, f"http://{host}/", resolver=Resolver(never))
    assert reason(answer) in ("dns", "bad-content")


HANGING = """
import asyncio, signal, sys, time
from pathlib import Path
from audit.model.exchange import Request
from scrapers.fetch.archive import Archive
from scrapers.fetch.http import Fetcher
from scrapers.fetch.policy import Policy
from scrapers.fetch.resolver import Resolver

def hang(host, port):
    print("looking up", host, flush=True)
    time.sleep(120)

async def main():
    rules = Policy(timeout_seconds=60.0, delay_seconds=0.0, user_agent="x")
    async with Fetcher(rules, environment={}, resolver=Resolver(hang)) as fetcher:
        with Archive(Path(sys.argv[1]), "a.warc.gz") as archive:
            await fetcher.session(archive, {}).fetch(Request(url="http://acme.invalid/"))

signal.signal(signal.SIGINT, signal.default_int_handler)  # a job in the background ignores it
try:
    asyncio.run(main())
except KeyboardInterrupt:
    print("ended", flush=True)
"""


def test_a_name_server_that_hangs_keeps_no_run_from_ending(tmp_path: Path) -> None:
    command = [sys.executable, "-c", HANGING, str(tmp_path)]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as running:
        assert running.stdout is not None
        try:
            assert "looking up acme.invalid" in running.stdout.readline()
            began = time.monotonic()
            running.send_signal(signal.SIGINT)
            output, _ = running.communicate(timeout=30)
            assert "ended" in output
            assert time.monotonic() - began < 20, "the look-up itself takes two minutes"
        finally:
            running.kill()
