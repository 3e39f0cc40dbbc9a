"""What a command may be given: how it is declared, and what follows from that.

A command is a function. Each of its parameters is declared by its type, its default and an
`Argument` or `Option`: `quiet: Annotated[bool, Option("--quiet", "-q", help="…")] = False`.
"""

from collections.abc import Callable, Iterator
from types import FunctionType, NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints


class Argument:
    """What is named without an option, in the order of the parameters."""

    def __init__(self, *, metavar: str, help: str) -> None:
        """Take what stands for it in the help, and what is said of it there."""
        self.metavar, self.help = metavar, help


class Option:
    """What is given by a name, `--output FILE` or `-o FILE`; one that is true or false is alone."""

    def __init__(
        self,
        *names: str,
        help: str | Callable[[], str],
        metavar: str = "",
        parser: Callable[[str], object] | None = None,
        limits: tuple[int, int] | None = None,
    ) -> None:
        """Take its names; `parser` reads what is typed, `limits` are those of a number.

        A help that takes long to make is given as a function.
        """
        self.names, self.help, self.metavar = names, help, metavar
        self.parser, self.limits = parser, limits


class Param:
    """A parameter of a command: what is typed for it, and what is taken where nothing is."""

    def __init__(self, name: str, hint: Any, *default: object) -> None:
        """Take a parameter with its type; without a default it must be typed."""
        whole, declared = get_args(hint)
        kinds = get_args(whole) if isinstance(whole, UnionType) else (whole,)
        kind = next(each for each in kinds if each is not NoneType)
        self.takes_many, self.is_flag = get_origin(kind) is list, kind is bool
        self._kind = get_args(kind)[0] if self.takes_many else kind
        self.name = name
        self.is_required, self.default = not default, default[0] if default else None
        self.is_argument = isinstance(declared, Argument)
        self.names: tuple[str, ...] = () if self.is_argument else declared.names or (f"--{name}",)
        self.metavar = declared.metavar
        self._declared = declared

    @property
    def help(self) -> str:
        """Return what is said of it in the help of the command."""
        words: str | Callable[[], str] = self._declared.help
        return words if isinstance(words, str) else words()

    def taken(self, typed: str) -> object:
        """Return the value that a word stands for.

        Raises:
            ValueError: it stands for none; says what to write.
            AuditError: it is refused by the option's own parser.
        """
        if self.is_argument or self._declared.parser is None:
            return self._number(typed) if self._kind is int else self._kind(typed)
        return self._declared.parser(typed)

    def _number(self, typed: str) -> int:
        """Return a whole number within the limits."""
        least, most = self._declared.limits
        if not typed.strip().isdecimal() or not least <= int(typed) <= most:
            raise ValueError(f"write a whole number from {least} to {most}")
        return int(typed)


def params_of(function: FunctionType) -> Iterator[Param]:
    """Yield the parameters of a command."""
    names = function.__code__.co_varnames[: function.__code__.co_argcount]
    defaults = function.__defaults__ or ()
    hints = get_type_hints(function, include_extras=True)
    for at, name in enumerate(names, len(defaults) - len(names)):
        yield Param(name, hints[name], *(defaults[at : at + 1] if at >= 0 else ()))
