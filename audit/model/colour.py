"""Colours as six hex digits: how well they are read, how alike they are, paler and darker ones."""

from collections.abc import Iterator

WHITE = "FFFFFF"
READABLE = 4.5
"""The least contrast of text with its ground, as WCAG 2 (1.4.3) asks for."""

_ALIKE = 25.0
"""Distance in CIELAB below which bars beside each other are taken for one colour."""

_TO_XYZ = (
    (0.4124, 0.3576, 0.1805),
    (0.2126, 0.7152, 0.0722),
    (0.0193, 0.1192, 0.9505),
)
_WHITE_POINT = (0.9505, 1.0, 1.089)
"""Daylight (D65), against which CIELAB measures."""

_STEPS = 100


def contrast(color: str, ground: str = WHITE) -> float:
    """Return the contrast of two colours, from 1 (none) to 21 (black on white)."""
    low, high = sorted((_luminance(color), _luminance(ground)))
    return (high + 0.05) / (low + 0.05)


def readable(color: str) -> str:
    """Return the colour as it is, or as much darker as text on white needs."""
    return next(
        darker
        for share in range(_STEPS + 1)
        if contrast(darker := mixed(color, "000000", share / _STEPS)) >= READABLE
    )


def as_light_as(color: str, other: str) -> str:
    """Return the mixture of a colour and white that is as light as another colour.

    What can be read on the one can be read on the other, as contrast asks for lightness alone.
    A colour that is lighter by itself is returned as it is.
    """
    wanted = _luminance(other)
    shades = (mixed(color, WHITE, share / _STEPS) for share in range(_STEPS + 1))
    return next((shade for shade in shades if _luminance(shade) >= wanted), WHITE)


def alike(one: str, other: str) -> bool:
    """Tell whether two colours can be taken for one another."""
    pairs = zip(_lab(one), _lab(other), strict=True)
    return sum((a - b) ** 2 for a, b in pairs) < _ALIKE**2


def mixed(color: str, other: str, share: float) -> str:
    """Return a colour with a share, from 0 to 1, of another one in it."""
    pairs = zip(_parts(color), _parts(other), strict=True)
    return "".join(f"{round(a + (b - a) * share):02X}" for a, b in pairs)


def _parts(color: str) -> Iterator[int]:
    """Give red, green and blue, from 0 to 255."""
    yield from bytes.fromhex(color)


def _linear(color: str) -> tuple[float, ...]:
    """Return red, green and blue as amounts of light, from 0 to 1."""
    shares = (part / 255 for part in _parts(color))
    # The curve of sRGB.
    return tuple(x / 12.92 if x <= 0.04045 else ((x + 0.055) / 1.055) ** 2.4 for x in shares)


def _xyz(color: str) -> tuple[float, ...]:
    """Return a colour as CIE XYZ."""
    light = _linear(color)
    return tuple(sum(a * b for a, b in zip(row, light, strict=True)) for row in _TO_XYZ)


def _luminance(color: str) -> float:
    """Return the relative luminance, from 0 (black) to 1 (white)."""
    return _xyz(color)[1]


def _lab(color: str) -> tuple[float, float, float]:
    """Return a colour in CIELAB, where distances are those that people see."""
    x, y, z = (_bent(part / white) for part, white in zip(_xyz(color), _WHITE_POINT, strict=True))
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def _bent(share: float) -> float:
    """Return the cube root of a share, straight near black."""
    return share ** (1 / 3) if share > 216 / 24389 else share * 841 / 108 + 4 / 29
