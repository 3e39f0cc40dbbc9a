"""The words behind a command: read as people write them, or refused with what is wrong."""

from pathlib import Path
from types import FunctionType
from typing import Annotated, cast

import pytest

from audit.commands.command import Command, HelpAskedError, MistypedError
from audit.commands.params import Argument, Option
from audit.model.errors import AuditError


def _copy(  # noqa: PLR0917 - one parameter of each sort
    what: Annotated[Path, Argument(metavar="WHAT", help="what is copied")],
    to: Annotated[Path | None, Argument(metavar="TO", help="where to")] = None,
    quiet: Annotated[bool, Option("--quiet", "-q", help="say nothing")] = False,
    verbose: Annotated[bool, Option("--verbose", "-v", help="say all")] = False,
    name: Annotated[str | None, Option("--name", "-n", metavar="NAME", help="a name")] = None,
    only: Annotated[list[str] | None, Option("--only", metavar="X", help="these")] = None,
    days: Annotated[
        int | None, Option("--days", metavar="N", help="so many", limits=(1, 9))
    ] = None,
    size: Annotated[int, Option("--size", metavar="N", help=lambda: "how large", parser=len)] = 5,
) -> int:
    """Copy."""
    return len(f"{what}{to}{quiet}{verbose}{name}{only}{days}{size}")


COPY = Command("copy", cast("FunctionType", _copy))


def read(*words: str) -> dict[str, object]:
    """What was typed, without what was not."""
    given = COPY.read(words)
    assert set(given) == {param.name for param in COPY.params}
    unsaid = {param.name: param.default for param in COPY.params}
    return {name: value for name, value in given.items() if value != unsaid[name]}


@pytest.mark.parametrize(
    ("words", "given"),
    [
        (["a"], {}),
        (["a", "b", "-q"], {"to": Path("b"), "quiet": True}),
        (["--name", "x", "a"], {"name": "x"}),
        (["--name=x=y", "a"], {"name": "x=y"}),
        (["-n=x", "a"], {"name": "x"}),
        (["-nx", "a"], {"name": "x"}),
        (["-n", "--quiet", "a"], {"name": "--quiet"}),
        (["-qvnx", "a"], {"quiet": True, "verbose": True, "name": "x"}),
        (["-qn", "x", "a"], {"quiet": True, "name": "x"}),
        (["a", "--name", "x", "--name", "y"], {"name": "y"}),
        (["a", "--only", "x", "--only=y"], {"only": ["x", "y"]}),
        (["a", "--days", "9"], {"days": 9}),
        (["a", "--size", "four"], {"size": 4}),
    ],
    ids=" ".join,
)
def test_words_are_read_as_they_are_written(words: list[str], given: dict[str, object]) -> None:
    assert read(*words) == {"what": Path("a"), **given}


def test_behind_two_dashes_all_is_a_name() -> None:
    assert read("--", "-q", "--name") == {"what": Path("-q"), "to": Path("--name")}
    assert read("-") == {"what": Path("-")}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ([], "WHAT is missing: what is copied"),
        (["a", "b", "c", "d"], "c d: nothing more can be named here"),
        (["--nmae", "x"], 'no such option "--nmae"; did you mean --name?'),
        (["--nmae=x"], 'no such option "--nmae"; did you mean --name?'),
        (["-qx"], 'no such option "-x"'),
        (["--quiet=yes"], "--quiet: is written alone, without ="),
        (["a", "--days", "ten"], "--days: write a whole number from 1 to 9"),
        (["a", "--days", "10"], "--days: write a whole number from 1 to 9"),
        (["a", "--days", "²"], "--days: write a whole number from 1 to 9"),
        (["-name", "x", "a"], "-name: has two dashes: --name"),
        (["-quiet"], "-quiet: has two dashes: --quiet"),
        (["-days=3", "a"], "-days=3: has two dashes: --days"),
        (["\u2013quiet"], "\u2013quiet: this dash comes from a text program; write --quiet"),
        (["\u2014name"], "\u2014name: this dash comes from a text program; write --name"),
        ([""], '"" names nothing: leave it out, or write what is meant'),
        (
            ["\u201cAcme", "Pumps\u201d"],
            "\u201cAcme: this quote comes from a text program; write straight ones, as in "
            '"Acme Pumps"',
        ),
    ],
    ids=" ".join,
)
def test_words_that_are_wrong_are_told(words: list[str], told: str) -> None:
    with pytest.raises(MistypedError) as caught:
        COPY.read(words)
    assert caught.value.lines == (told, "See how it is written: audit copy --help")


@pytest.mark.parametrize(
    "words",
    [["--name"], ["a", "-n"], ["a", "-qn"], ["a", "--name="], ["a", "--name", ""], ["a", "-n", ""]],
)
def test_an_option_lacks_what_belongs_behind_it(words: list[str]) -> None:
    with pytest.raises(AuditError, match="what belongs behind it is missing"):
        COPY.read(words)


def test_help_is_shown_before_anything_else_is_looked_at_but_unknown_options() -> None:
    for words in (["--help"], ["-h"], ["a", "b", "c", "-qh"], ["--days", "0", "--help"]):
        with pytest.raises(HelpAskedError):
            COPY.read(words)
    with pytest.raises(MistypedError):
        COPY.read(["--help", "--nmae"])
    assert COPY.read(["--", "--help"])["what"] == Path("--help")


def test_a_command_is_called_with_what_was_read() -> None:
    assert COPY.call(COPY.read(["a"])) == len("aNoneFalseFalseNoneNoneNone5")
