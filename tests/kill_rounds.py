"""Kill a run at a random moment, resume until it is done, and compare with an undisturbed run.

`python -m tests.kill_rounds --rounds 60` prints a line a round and `equal N of N` in the end.
"""

import argparse
import json
import random
import re
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from audit.demo.invented import companies
from audit.demo.serve import serving
from tests.audit.test_run import AUDIT, PLAIN
from tests.conftest import TODAY, listed
from tests.forked import started

FEW = ("Tidewater Coffee Machines", "Nordkopp", "Brava Espresso")
"""Companies of the invented web that are enough for a short round."""

ENDS = {0, 1}
_PASSING = {"started_at", "finished_at", "fetched_at", "record", "first_seen"}
"""What may differ between two runs over the same pages: times, and where a copy lies."""

_ID = re.compile(r"\d{8}T\d{9}(-\d+)?")


@dataclass(frozen=True, kw_only=True)
class Round:
    """How one round went: how often it was killed, and what came out in the end."""

    kills: int
    sound: bool
    outcome: object


def command(folder: Path, *more: str) -> list[str]:
    """A run over the list in a folder."""
    words = ["--allow-private-hosts", "--as-of", f"{TODAY}", "--format", "json", "--quiet"]
    few = [word for name in FEW for word in ("--only", name)]
    out = ["-o", str(folder / "o.json")]
    return [AUDIT, str(folder / "competitors.yaml"), *words, *few, *out, *more]


def start(folder: Path, *more: str) -> subprocess.Popen[str]:
    """Begin a run in the background."""
    nowhere = subprocess.DEVNULL
    return started(command(folder, *more), PLAIN, stdout=nowhere, stderr=nowhere)


def undisturbed(folder: Path) -> tuple[object, float]:
    """What a run comes to that nobody kills, and how long it takes."""
    began = time.monotonic()
    if start(folder).wait() not in ENDS:
        raise RuntimeError("the undisturbed run failed")
    return outcome(folder), time.monotonic() - began


def disturbed(folder: Path, chance: random.Random, seconds: float, most: int) -> Round:
    """Kill a run up to `most` times at random moments, going on after each; then let it end."""
    sound, kills, more = True, 0, tuple[str, ...]()
    for number in range(most):
        running = start(folder, *more)
        # Early at first: a machine that has less to do by now would be done before.
        latest = 0.8 if number else 0.25
        try:
            running.wait(timeout=chance.uniform(0.05, latest * seconds))
        except subprocess.TimeoutExpired:
            running.send_signal(signal.SIGKILL)
            running.wait()
            kills += 1
        else:
            break
        sound = sound and integrity(folder)
        if is_reported(folder):
            break
        more = ("--resume",)
    else:
        if start(folder, *more).wait() not in ENDS:
            raise RuntimeError("the last run of a round failed")
    return Round(kills=kills, sound=sound and integrity(folder), outcome=outcome(folder))


def is_reported(folder: Path) -> bool:
    """Whether the run had ended when it was killed: nothing is left to resume."""
    history = folder / "audit-data" / "history.sqlite3"
    if not history.exists():
        return False
    with closing(sqlite3.connect(history)) as connection:
        try:
            query = "SELECT 1 FROM run WHERE reported_at IS NOT NULL"
            return connection.execute(query).fetchone() is not None
        except sqlite3.OperationalError:  # killed before its tables were there
            return False


def integrity(folder: Path) -> bool:
    """Whether SQLite finds nothing wrong with the history; none yet is fine."""
    history = folder / "audit-data" / "history.sqlite3"
    if not history.exists():
        return True
    with closing(sqlite3.connect(history)) as connection:
        return bool(connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok")


def outcome(folder: Path) -> object:
    """The results file, without what may differ between two runs over the same pages."""
    kept = json.loads((folder / "o.json").read_text("utf-8"))
    kept["run"].pop("id")
    return _plain(kept)


def leaves(node: object, path: str = "") -> Iterator[str]:
    """Yield a line for each value of a results file: where it stands, and what it is."""
    if isinstance(node, dict):
        for key, each in node.items():
            yield from leaves(each, f"{path}.{key}")
    elif isinstance(node, list):
        for place, each in enumerate(node):
            yield from leaves(each, f"{path}[{place}]")
    else:
        yield f"{path}: {node!r}"


def _plain(item: object) -> object:
    if isinstance(item, dict):
        return {key: _plain(each) for key, each in item.items() if key not in _PASSING}
    if isinstance(item, list):
        return [_plain(each) for each in item]
    return _ID.sub("RUN", item) if isinstance(item, str) else item


@contextmanager
def places(pages: int) -> Iterator[tuple[Path, Iterator[Path]]]:
    """The invented web, a folder for the undisturbed run, and one more for each round."""
    with (
        serving(companies(), TODAY) as web,
        tempfile.TemporaryDirectory(prefix="kill-rounds-") as root,
    ):
        web.show(TODAY)

        def folders() -> Iterator[Path]:
            number = 0
            while True:
                number += 1
                folder = Path(root) / f"round-{number}"
                folder.mkdir()
                listed(web, folder, max_pages_per_site=pages)
                yield folder

        more = folders()
        yield next(more), more


def rounds(
    count: int, seed: int, pages: int = 40, most: int = 3
) -> Iterator[tuple[Round, list[str]]]:
    """Go through so many rounds; say of each what came out otherwise than undisturbed.

    Of each site so many `pages` are read at most, and a run is killed `most` times at most.
    """
    chance = random.Random(seed)  # noqa: S311  # repeatable, not secret
    with places(pages) as (first, more):
        expected, seconds = undisturbed(first)
        for _, folder in zip(range(count), more, strict=False):
            done = disturbed(folder, chance, seconds, most)
            yield done, sorted(set(leaves(done.outcome)) ^ set(leaves(expected)))


def main() -> int:
    """Print how each round went; 0 if all came to the same and no history was damaged."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    wanted = parser.parse_args()
    equal = 0
    for number, (done, other) in enumerate(rounds(wanted.rounds, wanted.seed), start=1):
        equal += done.sound and not other
        words = "\n  ".join(["DIFFERENT", *other[:10]]) if other else "equal"
        sound = "" if done.sound else ", history DAMAGED"
        sys.stdout.write(f"{number}: killed {done.kills} times{sound}, {words}\n")
        sys.stdout.flush()
    sys.stdout.write(f"equal {equal} of {wanted.rounds}\n")
    return 0 if equal == wanted.rounds else 1


if __name__ == "__main__":
    sys.exit(main())
