"""`python -m tests.fuzz`: spoil the project's own test data and give it to every reader.

Prints how much each reader was given, what it raised (it must be nothing), and the slowest input.
"""

import argparse
import sys
import time
import traceback
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context
from random import Random

from tests.mutations import spoiled
from tests.readers import Reader, readers, stored


@dataclass(slots=True)
class Report:
    """What came of some inputs."""

    counts: Counter[str] = field(default_factory=Counter)
    seconds: Counter[str] = field(default_factory=Counter)
    raised: dict[str, tuple[int, bytes]] = field(default_factory=dict)
    slowest: tuple[float, str, bytes] = (0.0, "", b"")

    def add(self, other: "Report") -> None:
        """Take what came of others."""
        self.counts += other.counts
        self.seconds += other.seconds
        self.slowest = max(self.slowest, other.slowest)
        for said, (count, body) in other.raised.items():
            self.raised[said] = (self.raised.get(said, (0, body))[0] + count, body)


def main() -> int:
    """Spoil inputs in some processes; 1 where a reader raised."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--inputs", type=int, default=20_000)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--processes", type=int, default=2)
    arguments.add_argument("--only", default="", help="a part of a reader's name")
    chosen = arguments.parse_args()
    each, seeds = chosen.inputs // chosen.processes, range(chosen.processes)
    parts = [(each, chosen.seed * 1_000 + seed, chosen.only) for seed in seeds]
    report, began = Report(), time.monotonic()
    with ProcessPoolExecutor(chosen.processes, get_context("spawn")) as pool:
        for part in pool.map(run, *zip(*parts, strict=True)):
            report.add(part)
    _print(report, time.monotonic() - began)
    return 1 if report.raised else 0


def run(inputs: int, seed: int, only: str = "") -> Report:
    """Give so many spoiled inputs to the readers, each in its turn."""
    report, random = Report(), Random(seed)  # noqa: S311 - the same inputs each time
    named = [each for each in readers() if only in each.name]
    chosen = [each for each in named for _ in range(_often(each))]
    for number in range(inputs):
        _give(chosen[number % len(chosen)], random, report)
    return report


def _often(reader: Reader) -> int:
    """Pages, feeds and the like come in more shapes than one platform's answers."""
    return 1 if reader.name.startswith(("platform", "source")) else 20


def _give(reader: Reader, random: Random, report: Report) -> None:
    body = spoiled(random.choice(reader.seeds), reader.grammar, random)
    report.counts[reader.name] += 1
    began = time.process_time()
    try:
        stored(reader.read(body))
    except Exception as error:  # noqa: BLE001 - whatever it is, it is the finding
        last = traceback.extract_tb(error.__traceback__)[-1]
        said = f"{reader.name}: {type(error).__name__} {str(error)[:90]} in {last.filename}:{last.lineno}"
        report.raised[said] = (report.raised.get(said, (0, body))[0] + 1, body)
    spent = time.process_time() - began
    report.seconds[reader.name] += spent  # type: ignore[assignment]
    report.slowest = max(report.slowest, (spent, reader.name, body))


def _print(report: Report, seconds: float) -> None:
    out = sys.stdout.write
    for name, count in sorted(report.counts.items()):
        out(f"{count:8}  {report.seconds[name] / count * 1_000:7.2f} ms  {name}\n")
    total = sum(report.counts.values())
    out(f"{total:8}  inputs in {seconds:.0f} s\n")
    spent, name, body = report.slowest
    out(f"slowest: {spent:.3f} s of CPU, {name}, {len(body)} bytes: {body[:120]!r}\n")
    for said, (count, body) in sorted(report.raised.items(), key=lambda pair: -pair[1][0]):
        out(f"raised {count} times: {said}\n    {body[:300]!r}\n")
    out("no reader raised\n" if not report.raised else f"{len(report.raised)} faults\n")


if __name__ == "__main__":
    sys.exit(main())
