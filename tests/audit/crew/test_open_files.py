"""How many companies are visited at once, by the files that may be open."""

import subprocess
import sys
from pathlib import Path

import pytest

from scrapers.fetch.open_files import connections, visits
from tests.audit.crew.small_web import options, web

NOT_ON_WINDOWS = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit")
FEW = 72
LIMITED = """
import resource, sys
from pathlib import Path
from audit import api
resource.setrlimit(resource.RLIMIT_NOFILE, (int(sys.argv[3]), int(sys.argv[3])))
config = api.load(Path(sys.argv[1]))
snapshot = api.run(config, api.Options(data_dir=Path(sys.argv[2]), allow_private_hosts=True))
print("complete", sum(result.complete for result in snapshot.results))
"""
RAISED = """
import resource
from scrapers.fetch.open_files import allowed, ask_for_more
resource.setrlimit(resource.RLIMIT_NOFILE, (72, 200))
ask_for_more()
print("allowed", allowed())
"""


@pytest.mark.parametrize(
    ("files", "most", "under_way"),
    [(None, 256, 64), (1024, 256, 64), (256, 96, 32), (128, 32, 10), (96, 16, 5), (64, 8, 1)],
)
def test_open_files_are_shared_by_connections_and_visits(
    files: int | None, most: int, under_way: int
) -> None:
    assert connections(files) == most
    assert visits(files, 64) == under_way


@NOT_ON_WINDOWS
def test_a_run_with_few_open_files_takes_longer_and_loses_nothing(tmp_path: Path) -> None:
    with web(tmp_path, 24, seed=1, longest_seconds=0.0) as small:
        data = str(options(tmp_path).data_dir)
        assert said_by(LIMITED, str(small.file), data, str(FEW)) == "complete 24\n"


@NOT_ON_WINDOWS
def test_a_program_asks_for_as_many_open_files_as_everybody_may_have() -> None:
    assert said_by(RAISED) == "allowed 200\n"


def said_by(program: str, *args: str) -> str:
    """Return what a program says that is run in a process of its own."""
    return subprocess.run(
        [sys.executable, "-c", program, *args],
        capture_output=True,
        check=True,
        text=True,
        timeout=120,
    ).stdout
