"""Where a chart lies on its sheet, and what it says to those who cannot see it."""

from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, OneCellAnchor
from openpyxl.drawing.xdr import XDRPositiveSize2D
from openpyxl.utils.cell import coordinate_to_tuple

from reports.charts import described
from reports.formats.xlsx.cells import clean
from reports.formats.xlsx.grid import PlacedChart

_EMU_IN_PX = 9_525
_EMU_IN_CM = 360_000


class DescribedAnchor(OneCellAnchor):
    """The place of a chart, which gives the chart's frame its words.

    openpyxl 3.1.5 makes the frame of a chart when the workbook is saved and hands it to the anchor;
    it has no way to say what a chart shows. So the words are put in as the frame comes.
    """

    tagname = "oneCellAnchor"
    # openpyxl finds out anew for each class what of it is written, from the class's own body.
    __elements__ = OneCellAnchor.__elements__

    def __init__(self, drawing: PlacedChart) -> None:
        """Place a chart where its sheet wants it."""
        self.words = clean(described(drawing.chart))
        row, column = coordinate_to_tuple(drawing.anchor)
        corner = AnchorMarker(col=column - 1, row=row - 1, colOff=drawing.offset * _EMU_IN_PX)
        size = XDRPositiveSize2D(drawing.width * _EMU_IN_PX, int(drawing.height * _EMU_IN_CM))
        super().__init__(_from=corner, ext=size)

    def __setattr__(self, name: str, value: object) -> None:
        """Set an attribute; a frame of a chart is told what it shows."""
        if name == "graphicFrame" and value is not None:
            value.nvGraphicFramePr.cNvPr.descr = self.words  # type: ignore[attr-defined]  # a frame
        super().__setattr__(name, value)
