"""A data folder that is full, read-only or gone costs what it cannot take, and nothing else."""

import json
import os
import random
import resource
import shutil
import signal
import sqlite3
import subprocess
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import FileIO
from pathlib import Path

import pytest

import audit.run
from audit.commands.places import load
from audit.commands.progress import Lines, watching
from audit.model.company import Company
from audit.model.result import CompanyResult, Snapshot
from audit.store.history import Store
from audit.store.saving import Saving
from scrapers.fetch.archive import Archive, read_archive, read_record
from scrapers.fetch.policy import Policy
from scrapers.fetch.wire import Answer
from tests.audit.store.test_store import LIST, result
from tests.audit.store.test_store import run as example
from tests.audit.test_run import AUDIT, PLAIN
from tests.hostile import page, serving

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
LIMIT = 300_000
LARGE = random.Random(7).randbytes(LIMIT).hex().encode()  # noqa: S311  # the same each time
"""Noise that cannot be made much smaller."""

Act = Callable[[Path], None]


def answer(body: bytes, name: str = "/") -> Answer:
    return Answer(url=f"https://a.example{name}", status=200, headers=(), wire=body, at=NOW)


@contextmanager
def files_of_at_most(size: int) -> Iterator[None]:
    """Let no file of this process grow beyond a size: a quota, or a disk that is full."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, before)


def test_a_record_that_does_not_fit_is_none_and_those_around_it_are_whole(tmp_path: Path) -> None:
    file = "archive/r/a.1.warc.gz"
    with Archive(tmp_path, file) as archive:
        first = archive.keep(answer(b"one", "/one"), ())
        with files_of_at_most(LIMIT):
            second = archive.keep(answer(LARGE, "/two"), ())
            third = archive.keep(answer(b"three", "/three"), ())
            kept = archive.remember("keys", ["a"])
        last = archive.keep(answer(LARGE, "/four"), ())
    assert second.record == ""
    assert kept == ["a"]
    assert archive.lost == 1
    assert "a.1.warc.gz" in archive.failed
    for each in (first, third, last):
        found = read_record(tmp_path, each.record)
        assert found is not None
        assert (found.url, found.body) == (each.url, each.wire)
    read = read_archive(tmp_path / file, file).answers
    assert [each.url.rpartition("/")[2] for each in read if isinstance(each, Answer)] == [
        "one",
        "three",
        "urn:social-audit:keys",
        "four",
    ]


def test_a_record_that_does_not_fit_leaves_no_torn_end(tmp_path: Path) -> None:
    file = tmp_path / "archive" / "a.1.warc.gz"
    with Archive(tmp_path, "archive/a.1.warc.gz") as archive:
        archive.keep(answer(b"one", "/one"), ())
        whole = file.stat().st_size
        with files_of_at_most(whole + 1000):
            archive.remember("much", LARGE.decode())
    assert archive.lost == 1
    assert file.stat().st_size == whole


def test_a_disk_that_is_full_from_the_first_byte_leaves_a_file_that_can_go_on(
    tmp_path: Path,
) -> None:
    file = "archive/r/a.1.warc.gz"
    with Archive(tmp_path, file) as archive:
        with files_of_at_most(10):
            assert archive.keep(answer(b"one", "/one"), ()).record == ""
        second = archive.keep(answer(b"two", "/two"), ())
    assert archive.lost == 1
    found = read_record(tmp_path, second.record)
    assert found is not None
    assert found.body == b"two"
    assert len(read_archive(tmp_path / file, file).answers) == 1


def test_a_torn_end_that_could_not_be_taken_back_is_taken_back_later(tmp_path: Path) -> None:
    file = "archive/r/a.1.warc.gz"
    with Archive(tmp_path, file) as archive:
        first = archive.keep(answer(b"one", "/one"), ())
        with (tmp_path / file).open("ab") as torn:
            torn.write(b"half a record")
        second = archive.keep(answer(b"two", "/two"), ())
    assert [read_record(tmp_path, each.record) is not None for each in (first, second)] == [
        True,
        True,
    ]
    assert len(read_archive(tmp_path / file, file).answers) == 2


@pytest.mark.parametrize("how", ["folder deleted", "file in place of the folder", "file deleted"])
def test_an_archive_whose_place_is_gone_says_so_and_makes_no_other(
    tmp_path: Path, how: str
) -> None:
    data, file = tmp_path / "data", "archive/r/a.1.warc.gz"
    data.mkdir()
    with Archive(data, file) as archive:
        if how == "file deleted":
            assert archive.keep(answer(b"one"), ()).record
            (data / file).unlink()
        elif how == "folder deleted":
            data.rmdir()
        else:
            (data / "archive").write_text("in the way", "utf-8")
        assert archive.keep(answer(b"two"), ()).record == ""
    assert archive.failed
    assert how != "folder deleted" or not data.exists()


def test_a_failure_of_closing_is_remembered_and_not_raised(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A network share may say only at the end that it is full."""

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with Archive(tmp_path, "archive/a.1.warc.gz") as archive:
        archive.keep(answer(b"one"), ())
    assert "No space left" in archive.failed
    with FileIO(tmp_path / "archive/a.1.warc.gz") as stream:
        assert stream.read(2) == b"\x1f\x8b"


@dataclass
class Run:
    """A run in the making: what the sites do to its data folder when they are asked."""

    folder: Path
    seen: list[str] = field(default_factory=list)
    running: subprocess.Popen[str] | None = None

    @property
    def data(self) -> Path:
        """The data folder as the running program sees it, whose mounts may be its own."""
        folder = self.folder / "audit-data"
        if self.running is None or not (self.folder / "mounted").exists():
            return folder
        return Path(f"/proc/{self.running.pid}/root{folder}")

    def company(self, acts: Mapping[str, Act], bodies: Mapping[str, bytes]) -> dict[str, object]:
        """The pages of a company: all are linked from the first, some do something first."""
        links = "".join(f"<li><a href='{path}'>About us {path}</a></li>" for path in bodies)
        start = page(f"<title>Start</title><nav><ul>{links}</ul></nav><p>Hello.</p>")
        pages = {"/": start, **{path: page(body) for path, body in bodies.items()}}

        def route(path: str) -> Callable[[object, bytes], None]:
            def send(connection: object, _head: bytes) -> None:
                if path in acts:
                    acts[path](self.data)
                    self.seen.append(path)
                connection.sendall(pages[path])  # type: ignore[attr-defined]

            return send

        return {path: route(path) for path in pages}

    def go(self, sites: Mapping[str, str], *begin: str) -> tuple[int, str]:
        """Run over these sites, one company after the other; give status and words."""
        file, out = self.folder / "c.yaml", self.folder / "o.json"
        rows = "".join(f"- {{name: {name}, website: {url}/}}\n" for name, url in sites.items())
        file.write_text(f"settings: {{delay_seconds: 0}}\ncompanies:\n{rows}", encoding="utf-8")
        (self.folder / "audit-data").mkdir(exist_ok=True)
        command = [*begin, AUDIT, str(file), "--allow-private-hosts", "-o", str(out)]
        self.running = subprocess.Popen(
            [*command, "--format", "json"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=PLAIN,
        )
        told, errors = self.running.communicate(timeout=120)
        assert "Traceback" not in told + errors
        assert "Logging error" not in told + errors
        assert "Exception ignored" not in told + errors
        return self.running.returncode, errors

    def reasons(self) -> dict[str, list[tuple[str, str]]]:
        """What is incomplete of each company, by the results file."""
        kept = json.loads((self.folder / "o.json").read_text("utf-8"))
        return {
            each["name"]: [(row["what"], row["reason"]) for row in each["reasons"]]
            for each in kept["companies"]
        }


def sound(data: Path) -> bool:
    with closing(sqlite3.connect(data / "history.sqlite3")) as history:
        return bool(history.execute("PRAGMA integrity_check").fetchone()[0] == "ok")


WORDS = {"/about/": b"<p>About us.</p>"}


def test_a_quota_costs_the_pages_that_do_not_fit(tmp_path: Path) -> None:
    """For the machine where nobody may mount: no file of the run may be larger than a limit."""
    run = Run(tmp_path)
    script = f'ulimit -f {LIMIT // 512}; exec "$@"'
    large = run.company({}, {"/large/": b"<!--" + LARGE + b"-->", **WORDS})
    with serving(large) as one, serving(run.company({}, WORDS)) as two:  # type: ignore[arg-type]
        status, errors = run.go({"Large": one.url, "Small": two.url}, "sh", "-c", script, "sh")
    assert status == 1
    assert "Large: incomplete: archive storage" in errors
    assert "make room" in errors
    assert run.reasons()["Small"] == []
    assert ("archive", "storage") in run.reasons()["Large"]
    for path in (tmp_path / "audit-data").rglob("large*.warc.gz"):
        kept = read_archive(path, path.name).answers
        assert any(each.url.endswith("/about/") for each in kept)


def test_a_data_folder_that_is_deleted_in_mid_run_costs_no_result(tmp_path: Path) -> None:
    run = Run(tmp_path)
    acts = {"/about/": shutil.rmtree}
    with serving(run.company(acts, WORDS)) as one, serving(run.company({}, WORDS)) as two:  # type: ignore[arg-type]
        status, errors = run.go({"One": one.url, "Two": two.url})
    assert run.seen
    assert status == 1
    assert set(run.reasons()) == {"One", "Two"}
    assert ("history", "storage") in run.reasons()["One"]
    assert "is gone from its place" in errors
    assert not (tmp_path / "audit-data").exists()


def test_a_file_in_place_of_the_archive_costs_the_archive_only(tmp_path: Path) -> None:
    run = Run(tmp_path)
    (tmp_path / "audit-data").mkdir()
    (tmp_path / "audit-data" / "archive").write_text("in the way", "utf-8")
    with serving(run.company({}, WORDS)) as one:  # type: ignore[arg-type]
        status, errors = run.go({"One": one.url})
    assert status == 1
    assert run.reasons()["One"] == [("archive", "storage")]
    assert "One: incomplete: archive storage" in errors


def hold(data: Path) -> None:
    """Lock the history as another program may, until it is told to let go."""
    _HELD.append(sqlite3.connect(data / "history.sqlite3", check_same_thread=False))
    _HELD[-1].execute("BEGIN IMMEDIATE")


_HELD: list[sqlite3.Connection] = []


def test_a_history_that_another_program_holds_is_said_and_the_run_ends(tmp_path: Path) -> None:
    run = Run(tmp_path)
    with serving(run.company({"/": hold}, WORDS)) as one:  # type: ignore[arg-type]
        status, errors = run.go({"One": one.url})
    while _HELD:
        _HELD.pop().close()
    assert status == 1
    assert run.reasons()["One"] == [("history", "storage")]
    assert "another program is using it" in errors
    again = Run(tmp_path)
    with serving(again.company({}, WORDS)) as one:  # type: ignore[arg-type]
        assert again.go({"One": one.url})[0] == 0


@pytest.mark.parametrize("already", [False, True], ids=["new", "there already"])
def test_a_history_that_cannot_be_written_to_is_2_and_nothing_is_fetched(
    tmp_path: Path, already: bool
) -> None:
    run, data = Run(tmp_path), tmp_path / "audit-data"
    data.mkdir()
    if already:
        Store.open(data, write=True).__exit__(None, None, None)
    hold(data)
    with serving(run.company({}, WORDS)) as one:  # type: ignore[arg-type]
        status, errors = run.go({"One": one.url})
        _HELD.pop().close()
        assert status == 2
        assert "history.sqlite3" in errors
        full = run.go({"One": one.url}, "sh", "-c", 'ulimit -f 8; exec "$@"', "sh")
    assert full[0] == 2
    assert "history.sqlite3" in full[1]
    assert one.hits == []


SMALL = 'mount -t tmpfs -o size={size}k none "$0" && exec "$@"'
FILLER = "filler"


def mounted(run: Run, size: int) -> tuple[str, ...]:
    """Give a run a small disk of its own for its data; skipped by name where not allowed."""
    tried = subprocess.run(["unshare", "-m", "true"], capture_output=True, check=False)
    if tried.returncode != 0 or os.geteuid() != 0:
        pytest.skip("a small disk needs root and mounts of its own")
    (run.folder / "mounted").touch()
    data = run.folder / "audit-data"
    data.mkdir(exist_ok=True)
    return ("unshare", "-m", "sh", "-c", SMALL.format(size=size), str(data))


def fill(data: Path) -> None:
    """Fill a disk to its last byte."""
    with (data / FILLER).open("wb", buffering=0) as out:
        for size in (65_536, 4096, 1):
            with _until_full():
                while True:
                    out.write(b"\0" * size)


@contextmanager
def _until_full() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        assert error.errno == 28  # noqa: PT017  # the condition that is waited for


def clear(data: Path) -> None:
    (data / FILLER).unlink()


def test_a_full_disk_costs_the_companies_it_hits_and_ends_nothing(tmp_path: Path) -> None:
    run = Run(tmp_path)
    begin = mounted(run, 2000)
    with (
        serving(run.company({"/about/": fill}, WORDS)) as one,  # type: ignore[arg-type]
        serving(run.company({}, WORDS)) as two,  # type: ignore[arg-type]
    ):
        status, errors = run.go({"One": one.url, "Two": two.url}, *begin)
    assert run.seen
    assert status == 1
    assert set(run.reasons()) == {"One", "Two"}
    assert {reason for _, reason in run.reasons()["One"]} == {"storage"}
    assert "make room" in errors


def test_a_disk_that_is_full_for_a_moment_costs_no_more_than_archived_copies(
    tmp_path: Path,
) -> None:
    run = Run(tmp_path)
    begin = mounted(run, 2000)
    large = b"<p>Us.</p><!--" + LARGE[:40_000] + b"-->"
    bodies = {"/about/": b"<p>About us.</p>", "/company/": large, "/team/": b"<p>We.</p>"}
    acts = {"/about/": fill, "/team/": clear}
    with serving(run.company(acts, bodies)) as one, serving(run.company({}, WORDS)) as two:  # type: ignore[arg-type]
        status, _ = run.go({"One": one.url, "Two": two.url}, *begin)
    assert run.seen == ["/about/", "/team/"]
    assert status == 1
    assert run.reasons()["One"] == [("archive", "storage")]


def test_a_workbook_that_does_not_fit_leaves_the_old_one_and_names_the_history(
    tmp_path: Path,
) -> None:
    run = Run(tmp_path)
    with serving(run.company({}, WORDS)) as one:  # type: ignore[arg-type]
        assert run.go({"One": one.url})[0] == 0
    old = tmp_path / "o.xlsx"
    old.write_bytes(b"the old one")
    report = [AUDIT, "report", str(tmp_path / "c.yaml"), "-o", str(old)]
    done = subprocess.run(
        ["sh", "-c", 'ulimit -f 8; exec "$@"', "sh", *report],
        capture_output=True,
        text=True,
        env=PLAIN,
        check=False,
    )
    errors = done.stderr
    assert done.returncode == 1, errors
    assert "could not be saved" in errors
    assert "audit report" in errors
    assert "Traceback" not in errors
    assert old.read_bytes() == b"the old one"
    assert [path.name for path in tmp_path.glob(".o.*")] == []


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
    import sys

    data = tmp_path / "data"
    data.mkdir()
    done = subprocess.run(
        [sys.executable, "-c", code, str(data)], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "done\n", "")


def test_the_log_does_not_grow_for_ever(tmp_path: Path) -> None:
    import sys

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


def test_what_could_not_be_saved_is_saved_when_the_run_ends(tmp_path: Path) -> None:
    """Another program holds the history for a moment; the company is not lost by it."""
    with Store.open(tmp_path, write=True) as store:
        store.begin(example(), LIST)
        saving = Saving(store, "r1", sleep=lambda _seconds: _HELD.pop().close())
        hold(tmp_path)
        saving.save(result())
        assert store.load("r1").results == ()
        assert saving.again() == {}
        assert store.load("r1").results == (result(),)


def test_what_cannot_be_saved_says_so_and_how_to_go_on(tmp_path: Path) -> None:
    with Store.open(tmp_path, write=True) as store:
        store.begin(example(), LIST)
        saving = Saving(store, "r1", sleep=lambda _seconds: None)
        hold(tmp_path)
        saving.save(result())
        said = saving.again(patiently=False)["Acme"].notes[-1]
        (end,) = saving.finish(NOW)
        _HELD.pop().close()
    assert (said.reason, said.incomplete) == ("storage", True)
    assert "--resume" in said.help
    assert end.reason == "storage"


def test_a_fault_of_ours_in_one_company_leaves_the_others_as_they_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A fault is planted where nothing else catches it; it ends in the company's own result."""
    real = audit.run.measure

    def faulty(company: Company, *more: object) -> CompanyResult:
        if company.name in ("One", "Two"):
            raise OSError(28, "full") if company.name == "One" else ZeroDivisionError
        return real(company, *more)  # type: ignore[arg-type]

    monkeypatch.setattr(audit.run, "measure", faulty)
    snapshot = audited(tmp_path)
    reasons = {each.company.name: [note.reason for note in each.notes] for each in snapshot.results}
    assert reasons == {"One": ["storage"], "Two": ["internal-error"], "Three": []}
    assert snapshot.run.finished_at is not None


def test_a_fault_in_telling_how_a_run_gets_on_loses_no_company(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def deaf(_watcher: Lines, _result: CompanyResult) -> None:
        raise BrokenPipeError

    monkeypatch.setattr(Lines, "finished", deaf)
    snapshot = audited(tmp_path)
    assert [each.complete for each in snapshot.results] == [True] * 3
    assert snapshot.run.finished_at is not None


def audited(folder: Path) -> Snapshot:
    """Run over three companies within this process."""
    run = Run(folder)
    with serving(run.company({}, WORDS)) as site:  # type: ignore[arg-type]
        file = folder / "c.yaml"
        rows = "".join(
            f"- {{name: {name}, website: {site.url}/}}\n" for name in ("One", "Two", "Three")
        )
        file.write_text(f"settings: {{delay_seconds: 0}}\ncompanies:\n{rows}", encoding="utf-8")
        competitors, catalogue = load(file)
        policy = Policy(
            timeout_seconds=5,
            delay_seconds=0,
            user_agent="t",
            private_hosts=frozenset({"127.0.0.1"}),
        )
        options = audit.run.Options(data_dir=folder, as_of=NOW, policy=policy)
        with watching(quiet=True, verbose=False) as watcher:
            return audit.run.audit(competitors, catalogue, options, watcher)
