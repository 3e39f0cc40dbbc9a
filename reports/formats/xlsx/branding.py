"""The look in the colours of the reader's own house, and its logo."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from audit.model.brand import Brand, Logo
from audit.model.colour import as_light_as
from reports.formats.xlsx.look import (
    BEST,
    BLUE,
    HEAT_CAP,
    HEAT_HIGH,
    HEAT_LOW,
    HEAT_MID,
    OWN,
    OWN_HEAD,
    OWN_TINT,
)

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from openpyxl.chart._chart import ChartBase
    from openpyxl.drawing.image import Image
    from openpyxl.drawing.picture import PictureFrame
    from openpyxl.worksheet.worksheet import Worksheet

_LOGO = (220, 44)
"""Width and height in pixels that a logo takes at most: the two rows above the findings."""

_PIXELS = 7.0
"""Pixels of a unit of width in Excel, with Arial 10 as the type of the sheet."""

_LOGO_ID = 1_000
"""Charts of a sheet are numbered from 1 on, and no two drawings may share a number."""

_EMU = 9_525
"""English Metric Units of a pixel, at 96 an inch."""

_EDGE = 4
"""Pixels between the logo and the edges of its cells."""


class Palette:
    """The colours of the workbook: the usual ones, those of a brand in place of own and of blue.

    Every pale shade becomes one of the new colour that is as light, so that what is read on the one
    is read on the other, and words in a colour match the bars that they explain.
    """

    def __init__(self, brand: Brand) -> None:
        """Look up what each colour of the usual look becomes."""
        primary, accent = brand.primary, brand.accent
        own = {OWN: primary} | {each: as_light_as(primary, each) for each in (OWN_TINT, OWN_HEAD)}
        pale = (HEAT_LOW, HEAT_MID, HEAT_HIGH, HEAT_CAP, BEST)
        blue = {BLUE: accent} | {each: as_light_as(accent, each) for each in pale}
        self._drawn: Mapping[str, str] = {
            **(own if primary != OWN else {}),
            **(blue if accent != BLUE else {}),
        }

    def drawn(self, color: str) -> str:
        """Return the colour that is drawn for one of the usual look."""
        return self._drawn.get(color, color)

    def paint(self, chart: ChartBase) -> None:
        """Make openpyxl write a chart in these colours."""
        if not self._drawn:
            return
        write = chart._write  # type: ignore[attr-defined]  # noqa: SLF001  # its only way out

        def painted() -> Element:
            """Return the XML of the chart with each colour replaced."""
            tree: Element = write()
            for node in tree.iter():
                if f"{node.tag}".endswith("srgbClr"):
                    node.set("val", self.drawn(node.get("val", "")))
            return tree

        chart._write = painted  # type: ignore[attr-defined]  # noqa: SLF001


def place_logo(worksheet: Worksheet, logo: Logo, widths: Sequence[float], company: str) -> None:
    """Put a logo above the last column of a sheet, at its right edge."""
    from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, OneCellAnchor
    from openpyxl.drawing.xdr import XDRPositiveSize2D

    width, height = logo.within(*_LOGO)
    column, left = len(widths) - 1, int(widths[-1] * _PIXELS) - width - _EDGE
    while left < 0 and column > 0:
        column -= 1
        left += int(widths[column] * _PIXELS)
    corner = AnchorMarker(col=column, colOff=max(0, left) * _EMU, row=0, rowOff=_EDGE * _EMU)
    size = XDRPositiveSize2D(width * _EMU, height * _EMU)
    picture = _picture(logo)
    anchor = OneCellAnchor(_from=corner, ext=size)
    anchor.pic = _frame(company)
    picture.anchor = anchor
    worksheet.add_image(picture)


def _picture(logo: Logo) -> Image:
    """Return a picture as openpyxl writes it.

    Its own class unpacks each picture with Pillow to learn the size, which is known here.
    """
    from openpyxl.drawing.image import Image

    class Picture(Image):
        """A picture whose bytes go into the workbook as they are."""

        format = logo.kind.value
        width, height = logo.width, logo.height

        def __init__(self) -> None:
            """Leave the file alone."""

        def _data(self) -> bytes:
            """Return the bytes of the file."""
            return logo.data

    return Picture()


def _frame(company: str) -> PictureFrame:
    """Return the frame of the logo, with the words for those who cannot see it.

    openpyxl would write "Picture"; it keeps a frame that is there.
    """
    from openpyxl.drawing.fill import Blip, BlipFillProperties, StretchInfoProperties
    from openpyxl.drawing.geometry import PresetGeometry2D
    from openpyxl.drawing.picture import PictureFrame, PictureNonVisual
    from openpyxl.drawing.properties import NonVisualDrawingProps

    told = NonVisualDrawingProps(
        id=_LOGO_ID, name="Logo", descr=f"Logo of {company}" if company else "Logo"
    )
    frame = PictureFrame(
        nvPicPr=PictureNonVisual(cNvPr=told),
        blipFill=BlipFillProperties(blip=Blip(cstate="print"), stretch=StretchInfoProperties()),
    )
    frame.spPr.prstGeom = PresetGeometry2D(prst="rect")
    return frame
