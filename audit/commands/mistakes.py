"""What is wrong with a command line, in the words of who typed it and not of the parser."""

import re
from collections.abc import Sequence
from difflib import get_close_matches
from typing import Any

import typer
from typer.core import TyperArgument

_NEAR = 0.6
_MORE = re.compile(r"unexpected extra argument\(?s?\)? \((.*)\)$")
"""What the parser says of words behind all that a command takes."""


def in_words(mistake: typer.TyperException) -> str:
    """Return what is wrong and what was probably meant.

    The kinds of mistakes are told by their fields, as the parser's own classes are private.
    """
    option, context = str(getattr(mistake, "option_name", "") or ""), getattr(mistake, "ctx", None)
    param = getattr(mistake, "param", None)
    if option and hasattr(mistake, "possibilities"):
        return _no_option(option, context)
    if option:
        return f"{option}: what belongs behind it is missing"
    if isinstance(param, TyperArgument) and not getattr(mistake, "message", ""):
        return f"{param.metavar or param.name} is missing: {param.help}"
    message = " ".join(mistake.format_message().split())
    more = _MORE.search(message)
    return f"{more[1]}: nothing more can be named here" if more else message


def _no_option(option: str, context: Any) -> str:
    """Say of an option that there is none, and which one was probably meant."""
    names = [name for name in _options(context) if name.startswith("--")]
    # `--fromat=x` is cut at the value; a long text is no slip of an option.
    meant = get_close_matches(option.partition("=")[0][:40], names, n=1, cutoff=_NEAR)
    hint = f"; did you mean {meant[0]}?" if meant else ""
    return f'no such option "{option}"{hint}'


def _options(context: Any) -> Sequence[str]:
    """Return the names of the options of a command, with `--help`."""
    if context is None:
        return ()
    return [name for param in context.command.get_params(context) for name in param.opts]
