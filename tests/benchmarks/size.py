"""Audit ever more simulated sites of few pages, and say how time, CPU and memory grow with them.

`python -m tests.benchmarks.size 10 100 1000` measures these numbers of companies; a thousand take ten
minutes on two cores. No part of `make bench`, which holds 300 companies against ten.
"""

import sys
from collections.abc import Sequence

from tests.benchmarks import whole

FEW = whole.Sites(pages=8, delay=0.0, latency=0.0)
"""Few pages without pauses: what is left is what the program itself takes."""


def main(numbers: Sequence[int]) -> None:
    """Print a line for each number of companies."""
    if not whole.SIMULATED.is_file():
        return
    first = 0.0
    for hosts in numbers:
        cost = whole.cost_of(whole.AUDIT, hosts, FEW)
        first = first or cost.main_memory
        sys.stdout.write(
            f"{hosts:6,} companies  {cost.wall:7.1f} s  {cost.cpu:7.1f} s CPU"
            f"  {cost.cpu / cost.requests * 1_000:5.1f} s CPU per 1,000 requests"
            f"  {cost.main_memory:4.0f} MB, ÷ allowed {whole.grown(first, cost.main_memory):.2f}\n"
        )
        sys.stdout.flush()


if __name__ == "__main__":
    main([int(each) for each in sys.argv[1:]] or [10, 100])
