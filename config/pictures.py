"""Read the logo beside a list, or say what it is instead and what to do."""

from pathlib import Path

from audit.model.brand import Logo, PictureKind

MAX_BYTES = 1024 * 1024
"""Bytes of a picture; it goes into every report as it is."""

MAX_SIDE = 4000
"""Pixels of a side: a small file may unpack to a picture that no program can hold."""

_PNG, _PNG_END = b"\x89PNG\r\n\x1a\n", b"IEND"
_JPEG, _JPEG_END = b"\xff\xd8\xff", b"\xff\xd9"
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""Markers of a JPEG that begin a frame, with its size; three of that range mean other things."""

_BARE = frozenset({0x01, *range(0xD0, 0xD8)})
"""Markers of a JPEG without a length behind them."""

_FOUR_INKS = 4
_OTHERS = {
    b"GIF8": "a GIF",
    b"RIFF": "a WebP",
    b"%PDF": "a PDF",
    b"BM": "a BMP",
    b"II*\0": "a TIFF",
    b"MM\0*": "a TIFF",
}
"""How files of other kinds begin that are taken for a logo."""


def read_logo(path: Path) -> Logo:
    """Read a picture; its size is taken from its head, and nothing of it is unpacked.

    Raises:
        ValueError: it is missing, too large, damaged, or neither PNG nor JPEG; says what to do.
    """
    data = _read(path)
    if data.startswith(_PNG):
        kind, size = PictureKind.PNG, _png_size(data)
    elif data.startswith(_JPEG):
        kind, size = PictureKind.JPEG, _jpeg_size(data)
    else:
        raise ValueError(f"{_what_instead(path, data)}; save the logo as PNG")
    if size is None:
        raise ValueError("the picture is damaged or cut off; save it anew")
    if not all(0 < side <= MAX_SIDE for side in size):
        raise ValueError(
            f"the picture has {size[0]} × {size[1]} pixels; {MAX_SIDE:,} a side are allowed"
        )
    return Logo(kind=kind, width=size[0], height=size[1], data=data)


def _read(path: Path) -> bytes:
    """Return the bytes of a file that is no device and not too large."""
    try:
        # A pipe would wait for its writer for ever; `is_file` is False for a name with U+0000 too.
        if not path.is_file():
            raise ValueError("no such file beside this one; check the path")
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise ValueError(f"cannot be read ({error.strerror or error}); check the path") from error
    if len(data) > MAX_BYTES:
        raise ValueError("the picture is over 1 MiB; make it smaller")
    return data


def _what_instead(path: Path, data: bytes) -> str:
    """Say what a file is that is no picture for a report."""
    if path.suffix.lower() in {".svg", ".svgz"} or b"<svg" in data[:2000]:
        return "is an SVG, which many versions of Excel and PowerPoint do not show"
    other = next((name for start, name in _OTHERS.items() if data.startswith(start)), "")
    return f"is {other}, not PNG or JPEG" if other else "is neither PNG nor JPEG"


def _png_size(data: bytes) -> tuple[int, int] | None:
    """Return the size that the first chunk of a PNG gives; None where the file has no end."""
    if data[12:16] != b"IHDR" or _PNG_END not in data:
        return None
    return int.from_bytes(data[16:20]), int.from_bytes(data[20:24])


def _jpeg_size(data: bytes) -> tuple[int, int] | None:
    """Return the size that the first frame of a JPEG gives; None where there is none."""
    at = 2
    while at + 9 < len(data) and data[at] == 0xFF and _JPEG_END in data:
        marker = data[at + 1]
        if marker in _FRAMES:
            return _frame_size(data[at + 4 : at + 10])
        if marker == 0xFF:  # a byte of filling before a marker
            at += 1
        elif marker in _BARE:
            at += 2
        else:
            at += 2 + max(2, int.from_bytes(data[at + 2 : at + 4]))
    return None


def _frame_size(frame: bytes) -> tuple[int, int]:
    """Return width and height of a frame of a JPEG, by the bytes behind its length."""
    if frame[5] == _FOUR_INKS:
        raise ValueError("is a JPEG for print (CMYK), which looks wrong on screens; save it as PNG")
    return int.from_bytes(frame[3:5]), int.from_bytes(frame[1:3])
