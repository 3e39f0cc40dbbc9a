"""A command, made of its function: it reads the words behind its name, and is called with them."""

from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from types import FunctionType

from audit.commands.params import Param, params_of
from audit.model.errors import AuditError

HELP = ("-h", "--help")
_NEAR = 0.6
_DASHES, _QUOTES = "\u2013\u2014\u2212\u2010\u2011", "\u201c\u201d\u201e\u2018\u201a"
"""What text programs and mail make of two hyphens, and of straight quotes."""

Words = dict[Param, list[str]]
"""The words for each parameter, in the order in which they were typed; "" for a flag."""


class MistypedError(AuditError):
    """Words that a command does not take; the message says what is wrong with them."""

    def __init__(self, message: str, command: str, option: str = "") -> None:
        """Take the name of the command, and the option where there is none of that name."""
        super().__init__(message)
        self.option, self._command = option, command

    @property
    def lines(self) -> tuple[str, ...]:
        """Return what is wrong, and where it is told how the command is written."""
        return (str(self), f"See how it is written: audit {self._command} --help")


class HelpAskedError(Exception):
    """Somebody asks for the help of a command in place of what it does."""

    def __init__(self, command: "Command") -> None:
        """Take the command."""
        super().__init__()
        self.command = command


class Command:
    """A command by its name and its function."""

    def __init__(self, name: str, function: FunctionType) -> None:
        """Learn from the function what may be typed."""
        self.name, self._function = name, function
        self.help = function.__doc__ or ""
        self.params = tuple(params_of(function))
        self.options = {name: param for param in self.params for name in param.names}

    def call(self, given: Mapping[str, object]) -> int:
        """Do what it is for, with a value for each parameter; return the exit status."""
        status: int | None = self._function(**given)
        return status or 0

    def read(self, words: Sequence[str]) -> dict[str, object]:
        """Return the values of all parameters, by their names.

        Raises:
            MistypedError: the words are none that it takes.
            HelpAskedError: `--help` is among them, and no option that it does not know.
            AuditError: an option lacks what belongs behind it, or its own parser refuses that.
        """
        typed, named = self._told_apart(words)
        more = self._add_named(typed, named)
        given = {param.name: self._value(param, each) for param, each in typed.items()}
        for param in self.params:
            if param.name not in given and param.is_required:
                raise MistypedError(f"{param.metavar} is missing: {param.help}", self.name)
        if more:
            raise MistypedError(f"{' '.join(more)}: nothing more can be named here", self.name)
        return {param.name: given.get(param.name, param.default) for param in self.params}

    def _told_apart(self, words: Sequence[str]) -> tuple[Words, list[str]]:
        """Return the options, each with what is given to it, and the words that are no options."""
        typed: Words = {}
        named: list[str] = []
        rest = iter(words)
        is_help_asked = False
        for word in rest:
            self._refuse_odd(word)
            if word == "--":  # behind it all is a name
                named += rest
            elif not word.startswith("-") or word == "-":
                named.append(word)
            else:
                for option, value in self._options_in(word, rest):
                    if option in HELP:
                        is_help_asked = True
                    else:
                        typed.setdefault(self.options[option], []).append(value)
        if is_help_asked:
            raise HelpAskedError(self)
        return typed, named

    def _refuse_odd(self, word: str) -> None:
        """Refuse a slip, or what a text program made of it: "", –only, “Acme, -only."""
        if not word:
            raise MistypedError('"" names nothing: leave it out, or write what is meant', self.name)
        if word[0] in _DASHES and word[1:2].isalpha():
            plain = f"{word}: this dash comes from a text program; write --{word[1:]}"
            raise MistypedError(plain, self.name)
        if word[0] in _QUOTES:
            raise MistypedError(
                f"{word}: this quote comes from a text program; write straight ones, as in "
                '"Acme Pumps"',
                self.name,
            )
        long = f"-{word.partition('=')[0]}"
        if long in self.options or (long in HELP and word not in HELP):
            raise MistypedError(f"{word}: has two dashes: {long}", self.name, long)

    def _options_in(self, word: str, rest: Iterator[str]) -> Iterator[tuple[str, str]]:
        """Yield each option in a word, as the two of `-qv`, with its value, perhaps of the next."""
        if word.startswith("--"):
            option, is_joined, value = word.partition("=")
            if is_joined and self._is_flag(option):
                raise MistypedError(f"{option}: is written alone, without =", self.name)
            yield option, self._given(option, value) if is_joined else self._next(option, rest)
            return
        for at, letter in enumerate(word[1:], 2):
            option = f"-{letter}"
            if self._is_flag(option):
                yield option, ""
            else:
                yield option, word[at:].removeprefix("=") or self._next(option, rest)
                return

    def _next(self, option: str, rest: Iterator[str]) -> str:
        """Return the word behind an option; "" for one that takes none."""
        if self._is_flag(option):
            return ""
        return self._given(option, next(rest, ""))

    def _given(self, option: str, value: str) -> str:
        """Return what belongs behind an option; nothing is a slip, as an empty $NAME."""
        if not value:
            raise AuditError(f"{option}: what belongs behind it is missing")
        return value

    def _is_flag(self, option: str) -> bool:
        """Tell whether an option stands alone; refuse one that there is not."""
        if option in HELP:
            return True
        if option not in self.options:
            raise MistypedError(self._no_option(option), self.name, option)
        return self.options[option].is_flag

    def _no_option(self, option: str) -> str:
        """Say of an option that there is none, and which one was probably meant."""
        names = [name for name in (*self.options, *HELP) if name.startswith("--")]
        # A long text is no slip of an option.
        meant = get_close_matches(option[:40], names, n=1, cutoff=_NEAR)
        hint = f"; did you mean {meant[0]}?" if meant else ""
        return f'no such option "{option}"{hint}'

    def _add_named(self, typed: Words, named: list[str]) -> list[str]:
        """Give the words that are no options to the arguments in turn; return what is left."""
        for param in self.params:
            if param.is_argument and named:
                count = len(named) if param.takes_many else 1
                typed[param], named = named[:count], named[count:]
        return named

    def _value(self, param: Param, words: Sequence[str]) -> object:
        """Return what the words for a parameter stand for; the last of them counts."""
        if param.is_flag:
            return True
        try:
            values = [param.taken(word) for word in (words if param.takes_many else words[-1:])]
        except ValueError as error:
            raise MistypedError(f"{param.names[0]}: {error}", self.name) from error
        return values if param.takes_many else values[0]
