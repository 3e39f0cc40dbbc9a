"""Audit a simulated web of fifty sites as a user would, and hold the time against what it must take.

The simulated web lies beside the checkout; without it there is nothing to measure here.
`python -m tests.benchmarks.whole [COMMAND]` measures another `audit` command the same way.
"""

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from urllib.request import ProxyHandler, build_opener

SIMULATED = Path(__file__).resolve().parents[2].parent / "shared" / "bench" / "perf" / "simweb.py"
AUDIT = str(Path(sys.executable).parent / "audit")
HOSTS, PAGES, DELAY, LATENCY = 50, 20, 0.25, 0.08
FEW, MANY = 10, 300
"""Held against each other for memory; `python -m tests.benchmarks.size 1000` takes more, and longer."""

GROWN, ROOM = 1.15, 60.0
"""So much more memory many companies may take than few: a factor, and MB beside it."""

FIRST_HOST = ip_address("127.77.0.1")
ALLOWED_SECONDS = 3.0


@dataclass(frozen=True, slots=True)
class Sites:
    """The sites that are simulated: pages of each, seconds between requests and of an answer."""

    pages: int = PAGES
    delay: float = DELAY
    latency: float = LATENCY


USUAL = Sites()


@dataclass(frozen=True, slots=True)
class Cost:
    """What one audit took: seconds, CPU seconds, peak memory of all its processes in MB."""

    wall: float
    cpu: float
    main_memory: float
    all_memory: float
    requests: int
    lane: float


def main(command: str = AUDIT) -> list[tuple[str, float, str]]:
    """Measure; give the rows of the table."""
    if not SIMULATED.is_file():
        return []
    few = cost_of(command, FEW).main_memory  # first, as it compiles modules that have changed
    cost = cost_of(command, HOSTS)
    many = cost_of(command, MANY).main_memory
    bound = max(cost.lane, cost.cpu / (os.cpu_count() or 1)) + ALLOWED_SECONDS
    return [
        (f"S2  {HOSTS} sites of {PAGES} pages, seconds", cost.wall, ""),
        ("S2  the same ÷ (longest lane or CPU ÷ cores, + 3 s)", cost.wall / bound, "≤ 1.25"),
        ("    CPU seconds", cost.cpu, ""),
        ("C4  CPU seconds per 1,000 requests", cost.cpu / cost.requests * 1_000, ""),
        (f"C7  peak memory of the main process, {FEW} companies, MB", few, ""),
        (f"    {HOSTS} companies", cost.main_memory, "≤ 250"),
        (f"    {MANY} companies", many, ""),
        (f"    the same ÷ ({GROWN} × that of {FEW}, + {ROOM:.0f} MB)", grown(few, many), "≤ 1"),
        (f"    all processes, {HOSTS} companies, MB", cost.all_memory, ""),
    ]


def grown(few: float, many: float) -> float:
    """Hold the memory that many companies took against what they may take."""
    return many / (GROWN * few + ROOM)


def cost_of(command: str, hosts: int, sites: Sites = USUAL) -> Cost:
    """Audit so many simulated sites and return what it took."""
    with simulated_web(hosts, sites) as port:
        return _audited(command, hosts, port, sites)


@contextmanager
def simulated_web(hosts: int, sites: Sites = USUAL) -> Iterator[int]:
    """Serve so many simulated sites; give the port of all of them."""
    with socket.create_server(("127.77.0.1", 0)) as probe:
        port = int(probe.getsockname()[1])
    command = [sys.executable, str(SIMULATED), "--warm", "--hosts", str(hosts)]
    command += ["--pages", str(sites.pages), "--latency", str(sites.latency), "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as web:
        try:
            assert web.stdout is not None
            web.stdout.readline()
            yield port
        finally:
            web.terminate()


def _audited(command: str, hosts: int, port: int, sites: Sites) -> Cost:
    with tempfile.TemporaryDirectory() as folder:
        file = listed(Path(folder), hosts, port, sites)
        began = time.monotonic()
        cpu, main_memory, all_memory = audited_once(command, file)
        wall = time.monotonic() - began
    requests, lane = _seen(port, sites)
    return Cost(wall, cpu, main_memory, all_memory, requests, lane)


def listed(folder: Path, hosts: int, port: int, sites: Sites = USUAL) -> Path:
    """Write a list of the simulated companies."""
    file = folder / "c.yaml"
    rows = [
        f"- {{name: Company {n}, website: 'http://{FIRST_HOST + n}:{port}/'}}" for n in range(hosts)
    ]
    settings = (
        f"{{delay_seconds: {sites.delay}, max_pages_per_site: {sites.pages}, profiles: false}}"
    )
    file.write_text(f"settings: {settings}\ncompanies:\n" + "\n".join(rows), "utf-8")
    return file


def audited_once(command: str, file: Path) -> tuple[float, float, float]:
    """Audit a list; give CPU seconds, and peak memory of the run alone and with its processes."""
    run = subprocess.Popen(
        [command, str(file), "--allow-private-hosts", "--quiet"],
        env=_plain(os.environ),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    return _watched(run)


def _watched(run: "subprocess.Popen[bytes]") -> tuple[float, float, float]:
    """CPU seconds, and peak memory of the run alone and with the processes that it started."""
    most_main = most_all = 0.0
    cpu: dict[int, float] = {}
    while run.poll() is None:
        family = _family(run.pid)
        sizes = {number: _memory(number) for number in family}
        most_main = max(most_main, sizes.get(run.pid, 0.0))
        most_all = max(most_all, sum(sizes.values()))
        cpu |= {number: _cpu(number) or cpu.get(number, 0.0) for number in family}
        time.sleep(0.1)
    return sum(cpu.values()), most_main, most_all


def _family(root: int) -> list[int]:
    """A process and all that it started, as /proc tells."""
    parents: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with suppress(OSError, IndexError):
                parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
                parents.setdefault(parent, []).append(int(entry.name))
    found, waiting = [root], [root]
    while waiting:
        children = parents.get(waiting.pop(), [])
        found += children
        waiting += children
    return found


def _memory(number: int) -> float:
    """Its own share of memory in MB: what several share is counted once between them."""
    with suppress(OSError):
        for line in (Path("/proc") / str(number) / "smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    return 0.0


def _cpu(number: int) -> float:
    with suppress(OSError, IndexError):
        fields = (Path("/proc") / str(number) / "stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return 0.0


def _seen(port: int, sites: Sites) -> tuple[int, float]:
    """How many requests the web saw, and the seconds that its longest lane needs."""
    opener = build_opener(ProxyHandler({}))
    with opener.open(f"http://127.77.0.1:{port}/__stats/hosts", timeout=10) as answer:
        hosts = json.load(answer)["hosts"]
    asked = [int(host["requests"]) for host in hosts.values()]
    return sum(asked), max(asked) * (sites.delay + sites.latency)


def _plain(environment: Mapping[str, str]) -> dict[str, str]:
    # Compiled modules are kept, as where the program is installed.
    kept = {
        name: value
        for name, value in environment.items()
        if "PROXY" not in name.upper() and name != "PYTHONDONTWRITEBYTECODE"
    }
    return kept | {"SOCIAL_AUDIT_BROWSER": "/nowhere/chromium"}


if __name__ == "__main__":
    for name, figure, target in main(*sys.argv[1:2]):
        sys.stdout.write(f"{name:54} {figure:9.2f}   {target and 'target ' + target}\n")
