"""No traceback ever reaches a person: a mistake of ours ends in a sentence, its details in the log."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.audit.test_run import PLAIN
from tests.hostile import page, serving
from tests.planted import run_planted, start_planted

EVIL = "https://u:secret@h.example/\\x1b[31m"
FAULT = f"raise RuntimeError('planted {EVIL}')"
STEPS = {
    "catalogue": "audit.api:load_catalogue",
    "compare": "audit.reporting:compare",
    "conclude": "audit.commands.run:conclude",
    "fetch": "scrapers.fetch.conversation:Conversation.fetch",
    "load": "audit.listed:load_competitors",
    "measure": "audit.run:measure",
    "outputs": "audit.commands.run:check_outputs",
    "plan": "audit.run:plan",
    "report": "reports.formats.xlsx.workbook:_write",
    "save": "audit.store.sqlite:SqliteHistory.save",
    "table": "audit.commands.summary:_table",
    "visit": "audit.crew.company:visit",
}
EARLY = {"load", "catalogue", "outputs"}
"""Steps before there is a data folder, and with it a log."""

LATE = {"conclude", "report", "table"}
"""Steps after the run, which lose nothing of it."""

QUIETLY = ("--allow-private-hosts", "--quiet")
TO_JSON = ("--format", "json")


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path]:
    """A list of one company whose site is served."""
    with serving({"/": page("<p>Hello</p>")}) as site:
        file = tmp_path / "c.yaml"
        file.write_text(
            f"settings: {{delay_seconds: 0}}\ncompanies:\n- {{name: One, website: {site.url}/}}\n",
            encoding="utf-8",
        )
        yield file


@pytest.mark.parametrize("step", STEPS)
def test_a_fault_in_a_step_ends_in_words_and_leaves_its_details_in_the_log(
    small: Path, step: str
) -> None:
    done = run_planted(small.parent, STEPS[step], FAULT, small, "--allow-private-hosts")
    log = small.parent / "audit-data" / "audit.log"
    assert done.returncode == 1, done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    assert "secret" not in done.stdout + done.stderr
    assert "\x1b" not in done.stderr
    if step in EARLY:
        assert "There is no log" in done.stderr
        assert not log.exists()
    else:
        assert str(log) in done.stderr or "the log in the data folder" in done.stderr
        assert "RuntimeError: planted" in log.read_text("utf-8")
    if step in LATE:
        nothing_is_lost(small)


def nothing_is_lost(small: Path) -> None:
    """The run before is whole in the history: its report can be written anew."""
    out = small.with_name("again.json")
    done = run_planted(
        small.parent, "audit.run:plan", FAULT, "report", small, "--format", "json", "-o", out
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(out.read_text("utf-8"))["companies"][0]["complete"]


@pytest.mark.parametrize(
    "error",
    [
        "EOFError()",
        "BrokenPipeError(32, 'Broken pipe')",
        "RecursionError('deep')",
        "MemoryError()",
        "asyncio.CancelledError()",
        "ModuleNotFoundError('x', name='rich.table')",
        "OSError(28, 'No space left on device', '/a/b')",
        "UnicodeEncodeError('ascii', 'é', 0, 1, 'no')",
        "ExceptionGroup('many', [ValueError('secret')])",
    ],
)
def test_no_kind_of_error_is_turned_into_silence_or_a_traceback(tmp_path: Path, error: str) -> None:
    done = run_planted(tmp_path, STEPS["load"], f"raise {error}", "check", tmp_path / "c.yaml")
    assert done.returncode == 1
    assert done.stderr.startswith("audit: the program made a mistake")
    assert error.partition("(")[0].removeprefix("asyncio.") in done.stderr
    assert len(done.stderr.splitlines()) == 3
    assert "Traceback" not in done.stderr
    assert "secret" not in done.stderr


def started_by(script: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Start the program by a script, with some words of a command."""
    return subprocess.run(
        [sys.executable, "-P", str(script), *words],
        capture_output=True,
        text=True,
        env=PLAIN,
        timeout=60,
        check=False,
    )


def test_a_library_that_is_missing_is_named(tmp_path: Path) -> None:
    start = "import sys; sys.modules['ruamel'] = None\nfrom audit.door import main\nmain()"
    script = tmp_path / "start.py"
    script.write_text(start, encoding="utf-8")
    done = started_by(script, "check", __file__)
    assert done.returncode == 1
    assert "ruamel.yaml is missing; install the program again" in done.stderr
    assert "Traceback" not in done.stderr


EARLY_BIRD = """
import sys
class Finder:
    done = False
    def find_spec(self, name, *_):
        if name == "audit.commands.last_word" and not Finder.done:
            Finder.done = True
            raise KeyboardInterrupt
sys.meta_path.insert(0, Finder())
from audit.door import main
main()
"""


def test_an_interrupt_before_the_first_module_is_there_is_one_line(tmp_path: Path) -> None:
    script = tmp_path / "start.py"
    script.write_text(EARLY_BIRD, encoding="utf-8")
    done = started_by(script, "--version")
    assert done.returncode == 130
    assert done.stderr.startswith("Interrupted.")
    assert len(done.stderr.splitlines()) == 1


WAIT = "sys.stderr.write('ready\\n'); sys.stderr.flush(); time.sleep(60)"


@pytest.mark.parametrize(
    ("where", "words", "sent", "status"),
    [
        ("audit.listed:load_competitors", ("check",), signal.SIGINT, 130),
        ("audit.listed:load_competitors", (), signal.SIGINT, 130),
        ("reports.formats.xlsx.workbook:_write", (), signal.SIGINT, 130),
        ("reports.formats.xlsx.workbook:_write", (), signal.SIGTERM, 143),
    ],
)
def test_an_interrupt_outside_of_the_run_is_one_line(
    small: Path, where: str, words: tuple[str, ...], sent: signal.Signals, status: int
) -> None:
    more = () if words else QUIETLY
    running = start_planted(small.parent, where, WAIT, *words, small, *more)
    assert running.stderr is not None
    assert running.stderr.readline() == "ready\n"
    running.send_signal(sent)
    _, errors = running.communicate(timeout=20)
    assert running.returncode == status
    assert errors.startswith("Interrupted.")
    assert len(errors.splitlines()) == 1
    assert list(small.parent.glob(".audit-*")) == []


ASIDE = """
class Dying:
    def __del__(self):
        raise ValueError('in a finalizer')
async def forgetful():
    async def fails():
        raise ValueError('in a task')
    task = asyncio.ensure_future(fails())
    await asyncio.sleep(0)
    await asyncio.sleep(0)
def fails():
    raise ValueError('in a thread')
thread = threading.Thread(target=fails)
thread.start()
thread.join()
Dying()
asyncio.run(forgetful())
import gc
gc.collect()
warnings.warn('old', DeprecationWarning, stacklevel=1)
logging.getLogger('library').error('%d', 'no number')
logging.getLogger('library').error('to nobody')
return was(*given, **named)
"""


@pytest.mark.parametrize("more", [{}, {"PYTHONWARNINGS": "error"}, {"PYTHONWARNINGS": "always"}])
def test_what_goes_wrong_aside_is_not_told_to_a_person(small: Path, more: dict[str, str]) -> None:
    done = run_planted(small.parent, "audit.commands.check:plan", ASIDE, "check", small, more=more)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    assert "Nothing was fetched" in done.stdout


def test_what_goes_wrong_aside_is_in_the_log(small: Path) -> None:
    # without the task: the run has an event loop of its own by then
    body = ASIDE.replace("asyncio.run(forgetful())", "")
    done = run_planted(small.parent, "audit.run:plan", body, small, *QUIETLY, *TO_JSON)
    assert (done.returncode, done.stderr) == (0, "")
    log = (small.parent / "audit-data" / "audit.log").read_text("utf-8")
    assert "in a thread" in log
    assert "in a finalizer" in log


@pytest.mark.parametrize("kind", ["folder", "pipe", "full"])
def test_a_log_that_cannot_be_written_costs_nothing(small: Path, kind: str) -> None:
    (small.parent / "audit-data").mkdir()
    log = small.parent / "audit-data" / "audit.log"
    if kind == "folder":
        log.mkdir()
    elif kind == "pipe":
        os.mkfifo(log)
    else:
        log.symlink_to("/dev/full")
    body = "logging.getLogger('x').warning('one')\nreturn was(*given, **named)"
    done = run_planted(small.parent, "audit.run:plan", body, small, *QUIETLY, *TO_JSON)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_line_of_a_page_cannot_look_like_a_line_of_the_log(small: Path) -> None:
    words = r"logging.getLogger('x').warning('title: %s', 'a\n2026-01-01 CRITICAL \x1b[2J')"
    body = f"{words}\nreturn was(*given, **named)"
    run_planted(small.parent, "audit.run:plan", body, small, *QUIETLY, *TO_JSON)
    lines = (small.parent / "audit-data" / "audit.log").read_text("utf-8").splitlines()
    assert [line for line in lines if "title: " in line] == [
        line for line in lines if line.endswith(r"title: a\n2026-01-01 CRITICAL \x1b[2J")
    ]
    assert any("title: " in line for line in lines)
