"""The terminal: text is text, it comes after the files, and losing it loses nothing."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pytest
from rich.table import Table

from audit.commands.streams import complain, one_line
from audit.commands.terminal import Terminal
from tests.audit.test_run import AUDIT, PLAIN, run
from tests.forked import started
from tests.hostile import page, serving
from tests.places import CODE, INSTALLED
from tests.planted import command

NAMES = (
    "Evil [/b] Co",
    "[red]x[bold]",
    "[link=https://x.example]Link",
    ":smile: & Söhne",
    "日本 ● × ▲ … – Café",
    "[/]{task.description}%s{0}",
    "\u202eoC live\u202c \u200bInc",
)
SHOWN = (*NAMES[:-1], "oC live Inc")


@pytest.fixture(scope="module")
def audited(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A list of companies with such names, and the history of a run over them."""
    folder = tmp_path_factory.mktemp("names")
    with serving({"/": page("<p>Hello</p>")}) as site:
        file = folder / "list [b]:smile:.yaml"
        rows = "".join(
            f"- name: '{name}'\n  website: {site.url}/{n}\n" for n, name in enumerate(NAMES)
        )
        file.write_text(f"settings: {{delay_seconds: 0}}\ncompanies:\n{rows}", encoding="utf-8")
        done = run(file, "--allow-private-hosts")
        assert done.returncode == 1, done.stderr
        (folder / "stdout").write_text(done.stdout, encoding="utf-8")
        (folder / "stderr").write_text(done.stderr, encoding="utf-8")
        yield file


def flat(text: str) -> str:
    """Give the text without what a table adds to it: line ends and padding."""
    return re.sub(r"\s+", "", text)


def test_names_are_printed_as_they_were_typed(audited: Path) -> None:
    errors = audited.with_name("stderr").read_text("utf-8")
    table = flat(audited.with_name("stdout").read_text("utf-8"))
    for name in SHOWN:
        assert f"{name}: visiting" in errors
        assert f"{name}: incomplete" in errors
    for name in SHOWN[:4]:
        assert flat(name)[:6] in table
    assert audited.with_suffix(".xlsx").exists()


@pytest.mark.parametrize(
    "words",
    [
        ("check", "{file}"),
        ("report", "{file}"),
        ("history", "{file}"),
        ("explain", "{file}", "{name}", "presence.features"),
        ("explain", "{file}", "[/b] :smile:", "x"),
        ("explain", "{file}", "{name}", "[/b] :smile:"),
        ("{file}", "--only", "[/b] :smile:"),
        ("rules", "[/b] :smile:"),
        ("check", "[/b] :smile:"),
        ("[/b] :smile:",),
        ("check", "{file}", "[/b] :smile:"),
        ("{file}", "--as-of", "[/b] :smile:"),
        ("{file}", "--format", "[/b] :smile:"),
        ("{file}", "--data-dir", "/nowhere/[/b] :smile:"),
        ("{file}", "-o", "/nowhere/[/b] :smile:"),
        ("init", "/nowhere/[/b] :smile:"),
        ("init", "{file}"),
        ("doctor", "/nowhere/[/b] :smile:/c.yaml"),
        ("init", "{folder}/x.yaml", "-w", "https://[/b] :smile:"),
    ],
    ids=" ".join,
)
def test_no_command_reads_markup_out_of_what_was_typed(audited: Path, words: Sequence[str]) -> None:
    typed = [
        word.format(file=audited, name=NAMES[0], folder=audited.parent) if "{" in word else word
        for word in words
    ]
    done = run(*typed)
    assert done.returncode in (0, 1, 2), done.stderr
    assert "made a mistake" not in done.stderr
    output = done.stdout + done.stderr
    if any("[/b] :smile:" in word for word in words):
        assert "[/b] :smile:" in output
    assert "😄" not in output


def test_bars_take_names_as_text_too(audited: Path) -> None:
    pty = pytest.importorskip("pty")
    master, slave = pty.openpty()
    with serving({"/": page("<p>Hello</p>")}) as site:
        file = audited.with_name("bars.yaml")
        rows = "".join(
            f"- {{name: '{name}', website: {site.url}/{n}}}\n" for n, name in enumerate(NAMES)
        )
        file.write_text(f"settings: {{delay_seconds: 0}}\ncompanies:\n{rows}", encoding="utf-8")
        data = audited.parent / "bars"
        running = started(
            [
                AUDIT,
                str(file),
                "--allow-private-hosts",
                "--format",
                "json",
                "--data-dir",
                str(data),
            ],
            {**PLAIN, "COLUMNS": "100", "TERM": "xterm"},
            stdout=subprocess.DEVNULL,
            stderr=slave,
        )
        os.close(slave)
        output = _everything(master)
        assert running.wait(60) == 1, output
    os.close(master)
    assert "Evil [/b] Co" in output
    assert ":smile: & Söhne" in output
    assert "Traceback" not in output


def _everything(master: int) -> str:
    """Read all that is written to a terminal, until nobody has it open any more."""
    parts = []
    try:
        while part := os.read(master, 65536):
            parts.append(part)
    except OSError:  # how Linux says that the other end is closed
        pass
    return b"".join(parts).decode("utf-8", "replace")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain – ● 日本", "plain – ● 日本"),
        ("a\nb\r\tc", r"a\nb\r\tc"),
        ("\x1b[2J\x1b]0;title\x07", r"\x1b[2J\x1b]0;title\x07"),
        ("\x9b31m\x85\u2028\u2029", r"\x9b31m\x85\u2028\u2029"),
        ("\u202eab\u2066c\u200e\u200b\ufeff", "abc"),
        (
            "family 👨\u200d👩 \u0645\u06cc\u200c\u062e",
            "family 👨\u200d👩 \u0645\u06cc\u200c\u062e",
        ),
        ("no\xa0break", "no break"),
        (os.fsdecode(b"caf\xe9.yaml"), r"caf\xe9.yaml"),
        ("\ud800", r"\ud800"),
    ],
)
def test_what_would_command_a_terminal_is_spelled_out(text: str, shown: str) -> None:
    assert one_line(text) == shown


def test_every_way_to_the_terminal_takes_text_as_text(capsys: pytest.CaptureFixture[str]) -> None:
    evil = "[red]x[/b] :smile: \x1b[2J"
    table = Table(evil, title=evil, caption=evil, box=None)
    table.add_row(evil)
    console = Terminal()
    console.show(table)
    console.say(evil, f"one\n{evil}")
    console.print(evil)
    complain(evil)
    output, errors = capsys.readouterr()
    harmless = flat(r"[red]x[/b] :smile: \x1b[2J")
    assert flat(output).count(harmless) == 7
    assert flat(errors) == harmless
    assert "\x1b" not in output + errors
    assert rf"one\n{evil.partition(' ')[0]}" in output


def test_one_file_alone_speaks_on_the_terminal() -> None:
    speaks = re.compile(r"Console\(|import Console|sys\.std(out|err)|\bprint\(|\.print\(")
    speakers = {
        path.relative_to(INSTALLED).as_posix()
        for path in CODE
        if speaks.search(path.read_text("utf-8"))
    }
    assert speakers <= {
        "audit/commands/terminal.py",
        "audit/commands/streams.py",
        "audit/commands/last_word.py",
    }


@pytest.mark.parametrize(
    ("encoding", "words"),
    [
        *((each, ("report",)) for each in ("cp932", "latin-1:strict")),
        *(("ascii", (each,)) for each in ("check", "explain", "--help")),
    ],
)
def test_a_terminal_that_knows_few_signs_shows_what_it_can(
    audited: Path, encoding: str, words: tuple[str, ...]
) -> None:
    workbook = audited.with_name(f"{encoding[:5]}.xlsx")
    more: dict[str, tuple[str | Path, ...]] = {
        "--help": (),
        "report": (audited, "-o", workbook),
        "explain": (audited, NAMES[4], "presence.features"),
    }
    done = subprocess.run(
        [AUDIT, *words, *map(str, more.get(words[0], (audited,)))],
        capture_output=True,
        env={**PLAIN, "PYTHONIOENCODING": encoding},
        stdin=subprocess.DEVNULL,
        timeout=120,
        check=False,
    )
    output = (done.stdout + done.stderr).decode(encoding.partition(":")[0])
    assert done.returncode == (1 if words == ("report",) else 0), output
    assert "Traceback" not in output
    if words == ("report",):
        assert workbook.exists()
    if words == ("explain",) and encoding == "ascii":
        assert "?? * x ^ ... - Cafe" in output


BUFFERED = {key: value for key, value in PLAIN.items() if key != "PYTHONUNBUFFERED"}
"""As people have it: what is written waits, and may fail when the interpreter ends."""

CLOSED = {
    "a pipe that nobody reads": '"$@" | head -0; exit "${PIPESTATUS[0]}"',
    "both in such a pipe": '"$@" 2>&1 | head -0; exit "${PIPESTATUS[0]}"',
    "all closed": '"$@" 0<&- 1>&- 2>&-',
    "output closed": '"$@" 1>&-',
    "errors closed": '"$@" 2>&-',
    "a full disk": '"$@" >/dev/full',
    "a full disk for both": '"$@" >/dev/full 2>&1',
}


@pytest.mark.parametrize("how", ["both in such a pipe", "all closed", "a full disk"])
def test_a_lost_terminal_loses_no_file_and_no_status(tmp_path: Path, how: str) -> None:
    with serving({"/": page("<p>Hello</p>")}) as site:
        file = tmp_path / "c.yaml"
        file.write_text(
            f"settings: {{delay_seconds: 0}}\ncompanies:\n- {{name: A, website: {site.url}/}}\n",
            encoding="utf-8",
        )
        words = ("--allow-private-hosts", "--verbose", "--format", "json")
        done = shell(CLOSED[how], AUDIT, str(file), *words)
    assert done.returncode == 0
    assert tmp_path.joinpath("c.json").stat().st_size > 5_000
    told = [line for line in done.stderr.splitlines() if "is the only company" not in line]
    assert all(line.startswith("A: ") for line in told)


def test_no_file_takes_the_place_of_a_closed_stream(tmp_path: Path) -> None:
    """What a child of ours says of its own would be written into it."""
    start = (
        "import os, sys\nfrom audit.commands.streams import open_streams\nopen_streams()\n"
        "with open(sys.argv[1], 'w') as out:\n"
        "    number = out.fileno()\n    os.write(2, b'a child complains')\n    out.write(str(number))"
    )
    shell(CLOSED["all closed"], sys.executable, "-P", "-c", start, str(tmp_path / "file"))
    assert int((tmp_path / "file").read_text("utf-8")) > 2


def test_an_interrupt_is_told_from_a_fault_without_any_stream(tmp_path: Path) -> None:
    for body, status in (("raise KeyboardInterrupt", 130), ("raise ValueError", 1)):
        words = command(tmp_path, "audit.listed:load_competitors", body, "check", "x")
        assert shell(CLOSED["all closed"], *words).returncode == status


@pytest.mark.parametrize(
    ("how", "words", "status"),
    [
        ("a pipe that nobody reads", ("rules",), 0),
        ("both in such a pipe", ("--help",), 0),
        ("all closed", ("--version",), 0),
        ("output closed", ("--help",), 0),
        ("errors closed", ("check", "x"), 2),
        ("a full disk for both", ("--bogus",), 2),
        ("all closed", ("check", "x"), 2),
    ],
)
def test_no_command_minds_a_lost_terminal(how: str, words: tuple[str, ...], status: int) -> None:
    done = shell(CLOSED[how], AUDIT, *words)
    assert done.returncode == status
    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr
    assert "BrokenPipe" not in done.stderr


@pytest.mark.parametrize("encoding", ["utf-8", "ascii"])
def test_a_pipe_that_closes_in_the_middle_is_no_fault(encoding: str) -> None:
    more: Mapping[str, str] = {"PYTHONIOENCODING": encoding}
    done = shell(
        '"$@" | head -2 >/dev/null; exit "${PIPESTATUS[0]}"', AUDIT, "rules", "chat", **more
    )
    assert (done.returncode, done.stderr) == (0, "")


def shell(line: str, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run a line of the shell in which `$@` are the words; `more` is put into the environment."""
    return subprocess.run(
        ["bash", "-c", line, "bash", *words],
        capture_output=True,
        text=True,
        env={**BUFFERED, **more},
        timeout=120,
        check=False,
    )


def test_the_reports_are_written_before_the_terminal_is_spoken_to(tmp_path: Path) -> None:
    """Whoever sees the first line of the end finds the workbook in its place."""
    with serving({"/": page("<p>Hello</p>")}) as site:
        file = tmp_path / "c.yaml"
        file.write_text(
            f"settings: {{delay_seconds: 0}}\ncompanies:\n- {{name: A, website: {site.url}/}}\n",
            encoding="utf-8",
        )
        words = ("--allow-private-hosts", "--quiet", "--format", "xlsx,json")
        running = started([AUDIT, str(file), *words], PLAIN)
        assert running.stdout is not None
        assert running.stdout.readline().strip() == str(file.with_suffix(".xlsx"))
        assert file.with_suffix(".xlsx").exists()
        assert file.with_suffix(".json").exists()
        running.communicate(timeout=20)


def test_a_file_whose_name_is_no_text_can_be_talked_about(tmp_path: Path) -> None:
    if sys.platform in ("darwin", "win32"):
        pytest.skip("names of files are text there")
    file = os.fsencode(tmp_path) + b"/caf\xe9\n[b].yaml"
    done = subprocess.run(
        [AUDIT, b"check", file], capture_output=True, env=PLAIN, timeout=60, check=False
    )
    assert done.returncode == 2
    assert rb"caf\xe9\n[b].yaml: no such file" in done.stderr
    assert done.stderr.count(b"\n") == 1


@pytest.mark.parametrize("width", [20, 40, 79, 200])
def test_no_cell_of_a_table_is_cut(width: int, capsys: pytest.CaptureFixture[str]) -> None:
    table = Table("Run", "What", "Before", "Now", box=None)
    table.columns[0].no_wrap = True
    words = ("2026-11-29T12-00-00Z", "channel.instagram.posts_per_week", "12,400", "")
    table.add_row(*words)
    table.add_row(*words)
    console = Terminal()
    console.width = width
    console.show(table)
    shown = capsys.readouterr().out
    assert "…" not in shown
    assert all(shown.count(word) == 2 for word in words if word)


def test_a_table_whose_columns_may_fold_stays_a_table(capsys: pytest.CaptureFixture[str]) -> None:
    table = Table("Company", "Address", box=None)
    for column in table.columns:
        column.overflow = "fold"
    table.add_row("Acme", "https://acme.example/a-very-long-address")
    console = Terminal()
    console.width = 30
    console.show(table)
    assert "Company: Acme" not in capsys.readouterr().out
