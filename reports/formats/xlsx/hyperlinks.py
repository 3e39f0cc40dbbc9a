"""The links of a sheet as text, where openpyxl makes two objects of each and four elements."""

from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

from lxml.etree import Element, SubElement
from openpyxl.packaging.relationship import Relationship, RelationshipList
from openpyxl.xml.constants import PKG_REL_NS, REL_NS

from reports.formats.xlsx.grid import Styled

MAX_TIP = 255
"""Characters that Excel shows where a pointer stands on a link."""

_KIND = f"{REL_NS}/hyperlink"
_AS_NUMBERS = {'"': "&quot;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}
"""What an attribute cannot hold as it is, beside what no text can."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link of a cell: to a place in the workbook or to an address, and what a pointer shows."""

    cell: str
    location: str = ""
    target: str = ""
    tip: str = ""


def link_of(place: str, cell: Styled) -> Link:
    """Return the link of a cell: to a place in the workbook (`#Sheet!A1`) or to the web."""
    tip = cell.tip[:MAX_TIP]
    if not cell.link.startswith("#"):
        return Link(place, target=cell.link, tip=tip)
    name, _, target = cell.link[1:].partition("!")
    # In quotes, as the names of some sheets have a space (Site features).
    return Link(place, location=f"'{name}'!{target}", tip=tip)


class Relations(RelationshipList):
    """What a sheet refers to: its links to the web, and what openpyxl adds."""

    def add_address(self, address: str) -> str:
        """Add a link to the web; return the number by which the sheet names it."""
        number = f"rId{len(self) + 1}"
        self.append(Relationship(number, _KIND, Target=address, TargetMode="External"))
        return number

    def to_tree(self) -> Any:
        """Return all of them as XML."""
        tree = Element("Relationships", {"xmlns": PKG_REL_NS})
        for each in self:
            given = {
                "Type": each.Type,
                "Target": each.Target,
                "TargetMode": each.TargetMode,
                "Id": each.Id,
            }
            SubElement(tree, "Relationship", {k: v for k, v in given.items() if v is not None})
        return tree


def xml_of(links: list[Link], relations: Relations) -> str:
    """Return the XML of the links of a sheet, of which those to the web become relations."""
    return f"<hyperlinks>{''.join(_xml_of(link, relations) for link in links)}</hyperlinks>"


def _xml_of(link: Link, relations: Relations) -> str:
    """Return the XML of one link."""
    space = f' xmlns:r="{REL_NS}"' if link.target else ""
    number = f' r:id="{relations.add_address(link.target)}"' if link.target else ""
    location = f' location="{_quoted(link.location)}"' if link.location else ""
    tip = f' tooltip="{_quoted(link.tip)}"' if link.tip else ""
    return f'<hyperlink{space} ref="{link.cell}"{location}{tip}{number}/>'


def _quoted(words: str) -> str:
    """Return words as an attribute holds them."""
    return escape(words, _AS_NUMBERS)
