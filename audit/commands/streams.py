"""What reaches the terminal: streams that never fail, and text that is only text."""

import codecs
import io
import os
import sys
import unicodedata
from contextlib import suppress
from pathlib import Path
from typing import TextIO

_ERRORS = "audit.readable"
"""The name under which Python knows `_readable` as a way to deal with signs it cannot encode."""

_INSTEAD = {
    "–": "-",
    "—": "-",
    "‐": "-",
    "‑": "-",
    "−": "-",
    "‘": "'",
    "’": "'",
    "“": '"',
    "”": '"',
    "„": '"',
    "•": "*",
    "·": "-",
    "●": "*",
    "○": "o",
    "×": "x",
    "▲": "^",
    "▼": "v",
    "→": "->",
    "≥": ">=",
    "≤": "<=",
    "⁄": "/",
    "ß": "ss",
    "æ": "ae",
    "Æ": "AE",
    "œ": "oe",
    "Œ": "OE",
    "ø": "o",
    "Ø": "O",
    "ł": "l",
    "Ł": "L",
    "đ": "d",
    "ı": "i",
}
"""What stands for a sign that a terminal cannot show, where Unicode names no plainer one."""

_JOINERS = "\u200c\u200d"
"""Part of the spelling in Persian and in emoji, and harmless."""


def open_streams() -> None:
    """Make standard output and errors safe to write to, whatever they lead to.

    They may be closed, a pipe that nobody reads, a full disk, or a terminal that knows few signs.
    """
    codecs.register_error(_ERRORS, _readable)
    for number in range(3):
        _fill(number)
    sys.stdout, sys.stderr = _sturdy(sys.stdout), _sturdy(sys.stderr)


def one_line(content: str) -> str:
    """Return text from outside as it may stand in a line of the terminal.

    Control characters are spelled out, so that none of them commands the terminal; marks that turn
    the direction of writing, or cannot be seen, are left out.
    """
    return content if content.isprintable() else "".join(map(_harmless, content))


def say(*lines: str) -> None:
    """Print each text as one line, for what is said before any library is loaded."""
    sys.stdout.writelines(f"{one_line(line)}\n" for line in lines)


def remark(*lines: str) -> None:
    """Say on standard error, a line each, what is no complaint."""
    sys.stderr.writelines(f"{one_line(line)}\n" for line in lines)


def complain(*lines: str) -> None:
    """Say on standard error what is wrong, in red where that is a terminal that shows colours."""
    red = _shows_colours(sys.stderr)
    for line in lines:
        sys.stderr.write(f"\x1b[31m{one_line(line)}\x1b[0m\n" if red else f"{one_line(line)}\n")


def _shows_colours(stream: TextIO) -> bool:
    """Tell whether a stream is a terminal that colours may be sent to; see no-color.org."""
    refused = os.environ.get("NO_COLOR") or os.environ.get("TERM", "dumb") in ("dumb", "unknown")
    return stream.isatty() and not refused


def _harmless(sign: str) -> str:
    """Return a sign as it may be printed: itself, a space, its number in Python's way, or nothing.

    By the category of Unicode: Zs are spaces, Cf marks that cannot be seen, Cc control characters,
    Zl and Zp ends of lines and paragraphs, Cs halves of characters.
    """
    if sign.isprintable() or sign in _JOINERS:
        return sign
    match unicodedata.category(sign):
        case "Zs":
            return " "
        case "Cf":
            return ""
        case "Cc" | "Zl" | "Zp" | "Cs":
            return ascii(sign)[1:-1].replace("\\udc", "\\x")  # a byte that is no text in a path
        case _:
            return sign


def _fill(number: int) -> None:
    """Open the null device in place of a closed standard stream, given by its number.

    The system gives a file that is opened the lowest free number: the next one, such as the
    history, would be written into by whoever prints.
    """
    try:
        os.fstat(number)
    except OSError:
        with suppress(OSError):
            os.set_inheritable(os.open(os.devnull, os.O_RDWR), True)


def _sturdy(stream: TextIO | None) -> TextIO:
    """Return a stream that does not fail over the same file.

    None stands for a closed one; what takes its place leads nowhere. A stream that is no plain one
    stays as it is, as that of a test which listens.
    """
    if stream is None:
        return _Sturdy(Path(os.devnull).open("wb"), encoding="utf-8", errors=_ERRORS)
    if not isinstance(stream, io.TextIOWrapper) or isinstance(stream, _Sturdy):
        return stream
    return _Sturdy(
        stream.buffer,
        encoding=stream.encoding,
        errors=_ERRORS,
        line_buffering=stream.line_buffering,
        write_through=stream.write_through,
    )


class _Sturdy(io.TextIOWrapper):
    """A stream that shows what it can; one that is lost takes no file and no exit status along."""

    def write(self, text: str, /) -> int:
        """Write, or let the text go where there is nobody to read it."""
        try:
            return super().write(text)
        except (OSError, ValueError):
            self._let_go()
            return len(text)

    def flush(self) -> None:
        """Pass on what was written, or let it go."""
        try:
            super().flush()
        except (OSError, ValueError):
            self._let_go()

    def _let_go(self) -> None:
        """Lead the stream nowhere, so that the interpreter's last flush does not fail either."""
        with suppress(OSError, ValueError):
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, self.fileno())
            os.close(nowhere)


def _readable(error: UnicodeError) -> tuple[str, int]:
    """Return what stands for signs that the encoding of a stream lacks, and where to go on.

    `Porto Grao` for `Porto Grão`. Python calls it by the name in `_ERRORS`.

    Raises:
        UnicodeError: the fault is another one than a sign that cannot be encoded.
    """
    if not isinstance(error, UnicodeEncodeError):
        raise error
    unknown = error.object[error.start : error.end]
    return "".join(map(_plainer, unknown)), error.end


def _plainer(sign: str) -> str:
    """Return plain letters for a sign: `e` for `é`, which NFKD takes apart; `?` if it has none."""
    parts = (part for part in unicodedata.normalize("NFKD", sign) if not _mark(part))
    return "".join(part if part.isascii() else _INSTEAD.get(part, "?") for part in parts)


def _mark(sign: str) -> bool:
    """Tell whether a sign is an accent that NFKD took off a letter, or cannot be seen."""
    return unicodedata.category(sign) in {"Mn", "Cf"}
