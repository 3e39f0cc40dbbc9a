"""`make score`: audit the labelled corpus under its real host names, and score the results.

The corpus and the scorer lie beside the checkout, in ../shared. The saved sites are served by a
proxy on loopback; no request leaves this machine.
"""

import argparse
import os
import shutil
import socket
import subprocess
import sys
import time
import venv
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
SCORE = ROOT / "score"
PROXY = "mitmproxy==11.0.2"
"""Kept in an environment of its own: its pins differ from ours."""
PATIENCE_SECONDS = 60


def main() -> int:
    """Serve, audit, score; 0 also where there is no corpus, which is then said."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--part", choices=("sites", "pages", "all"), default="all")
    arguments.add_argument("--misses", action="store_true", help="list each error")
    chosen = arguments.parse_args()
    if not (SHARED / "corpus" / "labels.yaml").exists():
        say(f"There is no labelled corpus in {SHARED}: nothing to score.")
        return 0
    web, results = laid_out(chosen.part), SCORE / "results.json"
    with proxy(web) as environment:
        audit(web / "competitors.yaml", results, environment)
    labels, names = SHARED / "corpus" / "labels.yaml", web / "names.json"
    scorer: list[str | Path] = [
        sys.executable,
        SHARED / "web" / "score.py",
        labels,
        results,
        "--names",
        names,
    ]
    return subprocess.run(
        [*scorer, *(["--misses"] if chosen.misses else [])], check=False
    ).returncode


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
