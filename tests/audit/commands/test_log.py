"""The log: bounded, and silent where it cannot be written."""

import subprocess
import sys
from pathlib import Path


def test_a_log_on_a_disk_that_is_full_or_gone_says_nothing(tmp_path: Path) -> None:
    code = (
        "import logging, shutil, sys\n"
        "from pathlib import Path\n"
        "from audit.commands.log import log_to\n"
        "folder = Path(sys.argv[1])\n"
        "log_to(folder)\n"
        "log = logging.getLogger('audit')\n"
        "log.warning('first')\n"
        "import resource, signal\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (100, resource.RLIM_INFINITY))\n"
        "for _ in range(50): log.warning('x' * 900)\n"
        "shutil.rmtree(folder)\n"
        "for _ in range(50): log.warning('x' * 200_000)\n"
        "print('done')\n"
    )
    data = tmp_path / "data"
    data.mkdir()
    done = subprocess.run(
        [sys.executable, "-c", code, str(data)], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "done\n", "")


def test_the_log_does_not_grow_for_ever(tmp_path: Path) -> None:
    code = (
        "import logging, sys\n"
        "from pathlib import Path\n"
        "from audit.commands import log\n"
        "log.BYTES = 10_000\n"
        "log.log_to(Path(sys.argv[1]))\n"
        "for number in range(1000): logging.getLogger('audit').warning('line %d', number)\n"
    )
    subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=True)
    sizes = {path.name: path.stat().st_size for path in tmp_path.iterdir()}
    assert set(sizes) == {"audit.log", "audit.log.1"}
    assert max(sizes.values()) <= 10_000
    assert "line 999" in (tmp_path / "audit.log").read_text("utf-8")
