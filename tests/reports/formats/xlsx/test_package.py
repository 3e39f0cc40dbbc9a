"""The file as a whole: its properties and names, its brand, and links that Excel takes as they are."""

import re
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree
from openpyxl import Workbook, load_workbook

from audit.model.brand import Brand, Logo, PictureKind
from reports.formats.xlsx.branding import Palette
from reports.formats.xlsx.links import MAX_LINK, target_of
from reports.formats.xlsx.look import BEST, BLUE, HEAT_HIGH, INK, OWN, OWN_TINT
from reports.formats.xlsx.packed import LIST
from reports.formats.xlsx.ranges import name_of
from reports.formats.xlsx.workbook import write_workbook
from reports.report import Report
from tests.pictures import png
from tests.places import ROOT
from tests.reports import workbook_example as example

LOGO = Logo(kind=PictureKind.PNG, width=600, height=150, data=png(600, 150))
BRAND = Brand(colours=("7A1FA2", "00796B"), logo=LOGO, footer="R&D && Söhne " + "&" * 120)
STRANGE_NAMES = ("A & B", "<b>", "&P")


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    shot = example.of(
        [
            example.company_result(
                name, own=at == 0, sections={"blog": (9, 9, 9)}, channels=(("linkedin", 0.9),)
            )
            for at, name in enumerate(STRANGE_NAMES)
        ]
    )
    shot = replace(shot, competitors=replace(shot.competitors, brand=BRAND))
    report = Report(shot, example.compared(shot))
    return write_workbook(report, tmp_path_factory.mktemp("brand") / "a.xlsx")


@pytest.fixture(scope="module")
def book(path: Path) -> Workbook:
    return load_workbook(path)


def part(path: Path, name: str) -> bytes:
    with zipfile.ZipFile(path) as archive:
        return archive.read(name)


def test_properties_say_what_it_is_and_for_whom(book: Workbook, path: Path) -> None:
    told = book.properties
    assert told.title == "Social presence, 23 Nov 2026"
    assert told.subject == f"A & B compared with <b>, &P{LIST}competitors.yaml"
    assert (told.creator, told.keywords is not None) == ("social-audit", True)
    assert told.created == example.AS_OF.replace(tzinfo=None)
    app = etree.fromstring(part(path, "docProps/app.xml"))
    assert [node.text for node in app] == ["social-audit", "A & B"]


def test_each_table_has_a_filter_and_a_name_over_the_same_range(book: Workbook) -> None:
    named = {}
    for sheet in book.worksheets:
        if sheet.auto_filter.ref:
            place = book.defined_names[name_of(sheet.title)].attr_text
            named[sheet.title] = place
            assert place.replace("$", "").endswith(f"!{sheet.auto_filter.ref}")
    # The other names are those of people's columns.
    others = {name for name in book.defined_names if not name.startswith("yours_")}
    assert others == {name_of(title) for title in named}
    assert {"Comparison", "Evidence", "Posts", "Site features"} <= set(named)


def test_names_of_ranges_are_names_to_excel_and_documented() -> None:
    page = (ROOT / "docs/workbook.md").read_text("utf-8")
    assert name_of("Site features") == "Site_features_data"
    assert "`Site_features_data`" in page
    for sheet in ("KPIs", "R1", "Fill in", "Kept notes"):
        assert re.fullmatch(r"[A-Za-z_]\w{0,250}", name_of(sheet))


def test_no_macro_no_outer_workbook_no_formula_of_the_host(path: Path) -> None:
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
    assert not [name for name in names if "vba" in name.lower() or "externalLink" in name]


def test_the_foot_has_at_most_255_signs_and_no_code_of_the_users(path: Path) -> None:
    sheets = [
        etree.fromstring(part(path, name))
        for name in zipfile.ZipFile(path).namelist()
        if name.startswith("xl/worksheets/sheet")
    ]
    for sheet in sheets:
        (foot,) = sheet.iter("{*}oddFooter")
        text = f"{foot.text}"
        assert len(text) <= 255
        assert "R&&D &&&& Söhne" in text
        codes = re.findall(r"&(?!&)", text.replace("&&", ""))
        # Three places, three types with their sizes, the sheet, the page, the number of pages.
        assert len(codes) == 3 + 2 * 3 + 3


def test_the_logo_keeps_its_shape_and_says_whose_it_is(path: Path) -> None:
    drawing = etree.fromstring(part(path, "xl/drawings/drawing1.xml"))
    (picture,) = drawing.iter("{*}pic")
    (told,) = picture.iter("{*}cNvPr")
    assert told.get("descr") == "Logo of A & B"
    size = picture.getparent().find("{*}ext")  # type: ignore[union-attr]  # it has one
    assert size is not None
    assert (int(size.get("cx", 0)) // 9525, int(size.get("cy", 0)) // 9525) == (176, 44)
    assert part(path, "xl/media/image1.png") == LOGO.data
    ids = [node.get("id") for node in drawing.iter("{*}cNvPr")]
    assert len(ids) == len(set(ids))


def test_the_colours_of_the_brand_stand_in_cells_tabs_scales_and_charts(
    path: Path, book: Workbook
) -> None:
    with zipfile.ZipFile(path) as archive:
        drawn = b"".join(
            archive.read(name)
            for name in archive.namelist()
            if name.endswith(".xml") and "docProps" not in name and "theme" not in name
        )
    assert b"7A1FA2" in drawn
    assert not [color for color in (OWN, OWN_TINT, BLUE, HEAT_HIGH) if color.encode() in drawn]
    tab = book["Summary"].sheet_properties.tabColor
    assert tab is not None
    assert tab.rgb == "007A1FA2"


def test_a_palette_changes_own_and_blue_with_their_shades_and_nothing_else() -> None:
    palette = Palette(BRAND)
    assert (palette.drawn(OWN), palette.drawn(BLUE), palette.drawn(INK)) == (
        "7A1FA2",
        "00796B",
        INK,
    )
    assert palette.drawn(BEST) != BEST
    assert Palette(Brand()).drawn(BEST) == BEST


@pytest.mark.parametrize(
    ("url", "target"),
    [
        ("https://a.example/x?q=1#top", "https://a.example/x?q=1#top"),
        ("HTTP://A.example", "HTTP://A.example"),
        ("https://a.example/ü/日本", "https://a.example/ü/日本"),
        ('https://a.example/a|b[c]"d', "https://a.example/a%7Cb%5Bc%5D%22d"),
        ("https://a.example/100%/50%25", "https://a.example/100%25/50%25"),
        ("http://[::1]:80/", "http://[::1]:80/"),
        ("http://[bad/", ""),
        ("https://a.example/a b", ""),
        ("https://a.example/a\nb", ""),
        ("https://user@a.example/", ""),
        ("https:///x", ""),
        ("javascript:alert(1)", ""),
        ("https://a.example/" + "|" * 700, ""),
    ],
)
def test_links_are_written_as_browsers_send_them_or_not_at_all(url: str, target: str) -> None:
    assert target_of(url) == target
    assert len(target_of(url)) <= MAX_LINK


def test_the_blank_between_two_pieces_of_a_sentence_is_kept_and_letters_are_written_as_such(
    tmp_path: Path,
) -> None:
    results = [
        example.company_result(name, own=name != "Bora") for name in ("😀 & <Söhne>", "Bora")
    ]
    shot = example.of(results)
    path = write_workbook(Report(shot, example.compared(shot)), tmp_path / "a.xlsx")
    with zipfile.ZipFile(path) as archive:
        sheets = [
            archive.read(name)
            for name in archive.namelist()
            if name.startswith("xl/worksheets/sheet")
        ]
    assert "😀 &amp; &lt;Söhne&gt;".encode() in b"".join(sheets)
    bare = [
        node.text
        for sheet in sheets
        for node in etree.fromstring(sheet).iter("{*}t")
        if node.text != f"{node.text}".strip()
        and node.get("{http://www.w3.org/XML/1998/namespace}space") != "preserve"
    ]
    assert bare == []
