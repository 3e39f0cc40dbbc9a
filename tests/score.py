"""`make score`: audit the labelled corpus under its real host names, and score the results.

The corpus and the scorer lie beside the checkout, in ../shared. The saved sites are served by a
proxy on loopback; no request leaves this machine.
"""

import argparse
import json
import os
import shutil
import socket
import subprocess
import sys
import time
import venv
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

from ruamel.yaml import YAML

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
LABELS, SCORER = SHARED / "corpus" / "labels.yaml", SHARED / "web" / "score.py"
SCORE = ROOT / "score"
PROXY = "mitmproxy==11.0.2"
"""Kept in an environment of its own: its pins differ from ours."""
PATIENCE_SECONDS = 60
Labels = Mapping[str, Mapping[str, Any]]
"""The labels of sites and of pages, each by its key."""


def main() -> int:
    """Serve, audit, score; 0 also where there is no corpus, which is then said."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--part", choices=("sites", "pages", "all"), default="all")
    arguments.add_argument("--misses", action="store_true", help="list each error")
    chosen = arguments.parse_args()
    if not LABELS.exists():
        say(f"There is no labelled corpus in {SHARED}: nothing to score.")
        return 0
    web, results = laid_out(chosen.part), SCORE / "results.json"
    with proxy(web) as environment:
        audit(web / "competitors.yaml", results, environment)
    score(LABELS, results, web, ["--misses"] if chosen.misses else [])
    say_of_rare_vendors(results, web)
    return 0


def score(labels: Path, results: Path, web: Path, options: Sequence[str]) -> None:
    """Hold results against labels, and print what comes of it."""
    command: list[str | Path] = [sys.executable, SCORER, labels, results]
    subprocess.run([*command, "--names", web / "names.json", *options], check=True)


def say_of_rare_vendors(results: Path, web: Path) -> None:
    """Print how many vendors were found of those that occur on one site only.

    They are the nearest thing here to vendors that nobody has seen: a rule that was written for one
    of them was written for one site.
    """
    rare = SCORE / "rare.yaml"
    YAML().dump(of_rare_vendors(YAML(typ="safe").load(LABELS.read_text("utf-8"))), rare)
    scored = SCORE / "rare.json"
    with scored.open("w", encoding="utf-8") as stream:
        command: list[str | Path] = [sys.executable, SCORER, rare, results, "--json"]
        subprocess.run([*command, "--names", web / "names.json"], check=True, stdout=stream)
    rows = {row["what"]: row for row in json.loads(scored.read_text("utf-8"))["rows"]}
    found = rows["widgets (recall only)"]
    line = f"recall {found['recall']:.3f}   right {found['right']}, missed {found['missed']}"
    say(f"{'vendors of one site only':47}{line}")


def of_rare_vendors(labels: Labels) -> Labels:
    """Give the labels without the widgets of vendors that occur on more than one site."""
    on = Counter(
        name
        for group in ("sites", "pages")
        for label in labels[group].values()
        for name in {vendor_of(widget) for widget in label.get("widgets") or ()}
    )
    return {
        group: {
            key: label
            | {"widgets": [each for each in label.get("widgets") or () if on[vendor_of(each)] == 1]}
            for key, label in labels[group].items()
        }
        for group in ("sites", "pages")
    }


def vendor_of(widget: Mapping[str, object]) -> frozenset[str]:
    """Give the words by which a label names a vendor, as the scorer reads them."""
    scorer = scoring()
    name = str(widget["vendor"]).split("/", maxsplit=1)[0]
    return frozenset(scorer.words(scorer.one_name(name)) - scorer.GENERIC)


@cache
def scoring() -> ModuleType:
    """Load the scorer, whose names of vendors are those that count.

    Raises:
        SystemExit: it cannot be loaded.
    """
    described = spec_from_file_location("corpus_score", SCORER)
    if described is None or described.loader is None:
        raise SystemExit(f"{SCORER} cannot be loaded")
    module = module_from_spec(described)
    described.loader.exec_module(module)
    return module


def laid_out(part: str) -> Path:
    """Lay the saved sites out for the proxy, with the list of companies; give the folder."""
    web = SCORE / "web"
    shutil.rmtree(web, ignore_errors=True)
    script = SHARED / "web" / "corpus_web.py"
    subprocess.run(
        [sys.executable, script, SHARED / "corpus", web, "--part", part],
        check=True,
    )
    return web


def audit(
    file: Path,
    results: Path,
    environment: dict[str, str],
    options: Sequence[str] = ("--format", "json"),
) -> None:
    """Run the audit as a user behind a company proxy would."""
    shutil.rmtree(SCORE / "audit-data", ignore_errors=True)
    command: list[str | Path] = [Path(sys.executable).parent / "audit", "run", file]
    command += [*options, "--output", results]
    command += ["--data-dir", SCORE / "audit-data", "--quiet"]
    done = subprocess.run(command, env=environment, check=False)
    if done.returncode not in (0, 1):
        raise SystemExit(done.returncode)


@contextmanager
def proxy(web: Path) -> Iterator[dict[str, str]]:
    """Start the proxy; give the environment in which everything goes through it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    home = SCORE / "proxy"
    command: list[str | Path] = [tools() / "mitmdump", "-q", "-s", SHARED / "web" / "serve_web.py"]
    command += ["--listen-host", "127.0.0.1", "-p", str(port)]
    for option in ("connection_strategy=lazy", "upstream_cert=false", f"confdir={home}"):
        command += ["--set", option]
    command += ["--set", f"web={web}", "--set", f"requests_log={SCORE / 'requests.jsonl'}"]
    (SCORE / "requests.jsonl").unlink(missing_ok=True)
    running = subprocess.Popen(command)
    try:
        wait_for(port, running)
        address = f"http://127.0.0.1:{port}"
        certificate = str(home / "mitmproxy-ca-cert.pem")
        environment = {k: v for k, v in os.environ.items() if k.upper() != "NO_PROXY"}
        environment |= {"HTTPS_PROXY": address, "HTTP_PROXY": address}
        yield environment | {"SSL_CERT_FILE": certificate}
    finally:
        running.terminate()
        running.wait()


def tools() -> Path:
    """Install the proxy once, in an environment of its own; give its folder of programs."""
    place = SCORE / "tools"
    if not (place / "bin" / "mitmdump").exists():
        say("Installing the proxy (once) …")
        venv.create(place, clear=True, with_pip=True)
        subprocess.run([place / "bin" / "pip", "install", "-q", PROXY], check=True)
    return place / "bin"


def wait_for(port: int, running: subprocess.Popen[bytes]) -> None:
    """Wait until the proxy listens.

    Raises:
        SystemExit: it ended, or took longer than is sensible.
    """
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until and running.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    raise SystemExit("the proxy did not start")


def say(line: str) -> None:
    """Print a line."""
    sys.stdout.write(line + "\n")


if __name__ == "__main__":
    sys.exit(main())
