"""The page in the colours, with the logo and the foot, of the reader's own house."""

from base64 import b64encode
from dataclasses import replace

from audit.model.brand import Brand, Logo, PictureKind
from audit.model.colour import contrast
from reports.formats.html.brand import colours
from reports.formats.html.page import page
from reports.report import Report
from tests.reports import workbook_example as example
from tests.reports.formats.html.pages import parsed, words

BRAND = Brand(
    colours=("00AA55", "7722CC"),
    logo=Logo(kind=PictureKind.PNG, width=480, height=88, data=b"picture"),
    footer="Acme <Marketing>",
)


def test_logo_and_foot_stand_on_the_page() -> None:
    shot = example.of(
        [example.company_result("Acme Pumps", own=True, sections={"blog": (9, 9, 9)})]
    )
    shot = replace(shot, competitors=replace(shot.competitors, brand=BRAND))
    tree = parsed(page(Report(shot, example.compared(shot))))
    (logo,) = tree.css("img")
    assert logo.attributes["src"] == f"data:image/png;base64,{b64encode(b'picture').decode()}"
    assert (logo.attributes["width"], logo.attributes["height"]) == ("240", "44")
    assert "Acme <Marketing>" in [words(each) for each in tree.css("footer p")]


def test_own_and_blue_take_the_colours_of_the_brand_and_are_still_read() -> None:
    light, dark = (dict(part.split(":") for part in line.partition("root{")[2].rstrip("}").split(";"))
                   for line in colours(BRAND).splitlines())  # fmt: skip
    assert light["--own"] == f"#{BRAND.primary}"
    assert light["--blue"] == f"#{BRAND.accent}"
    for palette in (light, dark):
        for name in ("own", "blue"):
            assert contrast(palette[f"--{name}"][1:], palette["--card"][1:]) >= 4.5
        assert contrast(palette["--ink"][1:], palette["--heat"][1:]) >= 4.5
    assert colours(Brand()) != colours(BRAND)
