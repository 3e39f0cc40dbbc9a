"""Links that are written as text are what openpyxl would write of them, and reads again."""

from typing import Any

from lxml.etree import fromstring, tostring
from openpyxl.packaging.relationship import Relationship, RelationshipList
from openpyxl.worksheet.hyperlink import Hyperlink, HyperlinkList
from openpyxl.xml.constants import SHEET_MAIN_NS

from reports.formats.xlsx.grid import Styled
from reports.formats.xlsx.hyperlinks import MAX_TIP, Link, Relations, link_of, xml_of

ODD = 'a "b" <c> & d\té\n\U0001f600'
LINKS = [
    Link("A1", location="'Site features'!A6"),
    Link("B2", target="https://a.example/?x=1&y=<2>", tip=ODD),
    Link("C3", target="https://b.example/ü", tip="words"),
    Link("D4", location="'Data'!A1", tip=ODD),
]


def text_of(tree: Any) -> str:
    """An element as text, whichever library made it."""
    return tostring(tree, encoding="unicode")


def theirs() -> tuple[HyperlinkList, RelationshipList]:
    """The same links by openpyxl."""
    relations, links = RelationshipList(), []
    for each in LINKS:
        link = Hyperlink(ref=each.cell, location=each.location or None, tooltip=each.tip or None)
        if each.target:
            relation = Relationship("", type="hyperlink", TargetMode="External", Target=each.target)
            relations.append(relation)
            link.id = relation.Id
        links.append(link)
    return HyperlinkList(links), relations


def test_the_text_is_what_openpyxl_writes() -> None:
    relations = Relations()
    links, others = theirs()
    assert xml_of(LINKS, relations) == text_of(links.to_tree())
    assert text_of(relations.to_tree()) == text_of(others.to_tree())


def test_odd_signs_come_back_as_they_were() -> None:
    text = xml_of(LINKS, Relations()).replace("<hyperlinks", f'<hyperlinks xmlns="{SHEET_MAIN_NS}"')
    read = [dict(each.attrib) for each in fromstring(text)]
    assert [each.get("tooltip", "") for each in read] == [each.tip for each in LINKS]


def test_what_openpyxl_adds_later_is_counted_on() -> None:
    relations = Relations()
    xml_of(LINKS, relations)
    relations.append(Relationship("", type="drawing", Target="/xl/drawings/drawing1.xml"))
    ids = [each.get("Id") for each in relations.to_tree()]
    assert ids == ["rId1", "rId2", "rId3"]


def test_a_link_leads_into_the_workbook_or_to_the_web() -> None:
    inside = link_of("A1", Styled("words", link="#Site features!B7", tip="t" * 999))
    assert (inside.location, inside.target) == ("'Site features'!B7", "")
    assert len(inside.tip) == MAX_TIP
    outside = link_of("A1", Styled("words", link="https://a.example/#b!c"))
    assert (outside.location, outside.target) == ("", "https://a.example/#b!c")
