"""Help and slips: words of who types them, none of Python's, and what to type instead."""

import re
import sys
from pathlib import Path

import pytest

from audit import cli
from audit.commands.calling import command_named
from audit.commands.explain import asked
from audit.commands.known import COMMANDS
from audit.commands.paragraphs import paragraphs
from audit.commands.params import Param
from audit.measure import metrics
from audit.model.errors import AuditError

NOT_A_READERS = re.compile(
    r"<\w|list\[|\[bold\]|\bbool\b|\bPath\b|None|candidate|truncated|(?<![-.])evidence"
)


def typed(*words: str, monkeypatch: pytest.MonkeyPatch) -> int:
    """Run the command line in this process; return its exit status."""
    monkeypatch.setattr(sys, "argv", ["audit", *words])
    return cli.main()


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder that the commands are typed in, on a terminal of 80 columns."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    return tmp_path


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize("columns", [40, 300])
def test_help_is_in_a_readers_words_at_any_width(
    name: str, columns: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", f"{columns}")
    assert typed(name, "--help", monkeypatch=monkeypatch) == 0
    told = capsys.readouterr().out
    assert not NOT_A_READERS.search(told), told
    folded = [line for line in told.splitlines() if not line.lstrip().startswith("audit ")]
    assert all(len(line) <= columns for line in folded)
    assert "show this text" in " ".join(told.split())


@pytest.mark.parametrize("name", COMMANDS)
def test_help_says_what_is_written_or_fetched(
    name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typed(name, "--help", monkeypatch=monkeypatch)
    told = " ".join(capsys.readouterr().out.split())
    assert re.search(r"[Ww]rites|fetche[sd]|changes nothing|Deletes?", told)
    assert re.search(r"second|minute|at once|asks", told)


def test_a_figure_of_an_example_in_help_is_one_of_the_workbook() -> None:
    titles = {metric.title for metric in metrics()} | {metric.id for metric in metrics()}
    told = [command_named(name).help for name in COMMANDS]
    examples = [name for text in told for name in re.findall(r'--measure "(.+?)"', text)]
    examples += [name for text in told for name in re.findall(r'explain ".+?" "(.+?)"', text)]
    assert len(examples) > 1
    assert set(examples) <= titles


def test_every_option_is_told_with_what_it_does() -> None:
    for name in COMMANDS:
        params = command_named(name).params
        lacking = [param.name for param in params if not param.help or not _is_named(param)]
        assert (name, lacking) == (name, [])


def _is_named(param: Param) -> bool:
    """Whether the help has a name for it, or for what is typed behind it."""
    return param.is_flag or bool(param.metavar)


def test_the_program_lists_all_its_commands_in_groups(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typed("--help", monkeypatch=monkeypatch)
    told = capsys.readouterr().out
    assert [name for name in COMMANDS if not re.search(rf"^  {name} ", told, re.M)] == []


@pytest.mark.parametrize("name", COMMANDS)
def test_the_list_of_commands_tells_how_the_help_of_each_begins(name: str) -> None:
    first = next(paragraphs(command_named(name).help))
    assert f"{COMMANDS[name].words}." == first


@pytest.mark.parametrize("columns", [20, 40, 300])
def test_the_list_of_commands_fits_the_terminal(
    columns: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", f"{columns}")
    typed("--help", monkeypatch=monkeypatch)
    told = capsys.readouterr().out.splitlines()
    folded = [line for line in told if not line.lstrip().startswith("audit ")]
    assert all(len(line) <= max(columns, 32) for line in folded)


def test_an_example_is_never_folded_and_a_text_is() -> None:
    assert list(paragraphs("One\nline.\n\n  audit x\n  audit y\n")) == [
        "One line.",
        ["  audit x", "  audit y"],
    ]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["chekc"], 'no such command "chekc"; did you mean check?'),
        (["report", "--formt", "x"], 'no such option "--formt"; did you mean --format?'),
        (["report", "--run"], "--run: what belongs behind it is missing"),
        (["check", "a.yaml", "b.yaml"], "b.yaml: nothing more can be named here"),
        (["try"], "ADDRESS is missing: a page"),
        (["explain", "Acme"], "name a company and a measure"),
        (["rules", "yuotube"], "did you mean `youtube`?"),
        (["check"], "competitors.yaml: no such file"),
        (["report"], "competitors.yaml: no such file"),
        (["history"], "competitors.yaml: no such file"),
        (["replay"], "competitors.yaml: no such file"),
    ],
    ids=" ".join,
)
def test_a_slip_is_answered_with_what_to_type(
    words: list[str],
    told: str,
    empty: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert typed(*words, monkeypatch=monkeypatch) == 2
    assert told in capsys.readouterr().err
    assert list(empty.iterdir()) == []


def test_the_list_may_be_left_out_before_a_company() -> None:
    usual = Path("competitors.yaml")
    assert asked(["Acme", "blog.posts"], usual) == (usual, "Acme", "blog.posts")
    assert asked(["c.yaml", "Acme", "blog.posts"], usual)[0] == Path("c.yaml")
    with pytest.raises(AuditError, match="in quotes"):
        asked(["c.yaml", "Rival", "Pumps", "blog.posts"], usual)


def test_alone_it_tells_what_to_type_next(
    empty: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert typed(monkeypatch=monkeypatch) == 0
    first = capsys.readouterr().out
    assert "audit init --website" in first
    assert "audit demo" in first
    assert typed("init", monkeypatch=monkeypatch) == 0
    assert "2. audit check" in capsys.readouterr().out
    assert typed(monkeypatch=monkeypatch) == 0
    second = capsys.readouterr().out
    assert "the list competitors.yaml, not audited yet" in second
    assert "audit init" not in second
    assert typed("check", monkeypatch=monkeypatch) == 0
    assert "still the example of audit init" in capsys.readouterr().out
    assert {path.name for path in empty.iterdir()} == {"competitors.yaml"}


@pytest.mark.parametrize(
    ("word", "meant"),
    [("--verison", "--version"), ("--halp", "--help"), ("--Version", "--version")],
)
def test_a_slip_in_an_option_of_the_program_is_told_as_one(
    word: str,
    meant: str,
    empty: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    del empty
    assert typed(word, monkeypatch=monkeypatch) == 2
    assert capsys.readouterr().err.strip() == f'no such option "{word}"; did you mean {meant}?'


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("help", "nosuch"), 'no such command "nosuch"; see them all: audit --help'),
        (("help", "rnu"), 'no such command "rnu"; did you mean run?'),
        (("help", ""), 'no such command ""; see them all: audit --help'),
        (("CHECK",), 'no such command "CHECK"; did you mean check?'),
        (("version",), 'no such command "version"; did you mean --version?'),
        (("mine",), 'no such command "mine"; did you mean mine.yaml?'),
    ],
)
def test_a_word_that_is_no_command_is_answered_with_what_there_is(
    words: tuple[str, ...],
    told: str,
    empty: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (empty / "mine.yaml").touch()
    assert typed(*words, monkeypatch=monkeypatch) == 2
    assert capsys.readouterr().err.strip() == told
