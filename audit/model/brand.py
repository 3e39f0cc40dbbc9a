"""What the reader's own house lends to a report: two colours, a logo, words for the foot."""

from dataclasses import dataclass, field
from enum import StrEnum

from audit.model.colour import alike, readable

ORANGE, BLUE = "A64400", "1F5F99"
"""The colours of the own company and of amounts, where the list names no others."""


class PictureKind(StrEnum):
    """The kinds of pictures that every format can show."""

    PNG = "png"
    JPEG = "jpeg"


@dataclass(frozen=True, slots=True, kw_only=True)
class Logo:
    """A picture that lies beside the list; its size in pixels, `data` as it is in the file."""

    kind: PictureKind
    width: int
    height: int
    data: bytes = field(repr=False)

    def within(self, width: int, height: int) -> tuple[int, int]:
        """Return width and height in a frame: shrunk to fit, and never enlarged, as that blurs."""
        share = min(1.0, width / self.width, height / self.height)
        return max(1, round(self.width * share)), max(1, round(self.height * share))


@dataclass(frozen=True, slots=True, kw_only=True)
class Brand:
    """What `report:` of competitors.yaml says; without it, the usual look.

    `colours` are as they were written, in six hex digits: none, that of the own company, or both.
    Formats draw with `primary` and `accent`. `footer` is one line, "" for the usual foot.
    """

    colours: tuple[str, ...] = ()
    logo: Logo | None = None
    footer: str = ""

    @property
    def primary(self) -> str:
        """Return the colour of the own company, dark enough for text on white."""
        return readable(self.colours[0]) if self.colours else ORANGE

    @property
    def accent(self) -> str:
        """Return the colour of amounts and links, dark enough for text on white.

        Without one it is blue, and orange where the own company is blue itself.
        """
        if len(self.colours) > 1:
            return readable(self.colours[1])
        return ORANGE if alike(self.primary, BLUE) else BLUE
