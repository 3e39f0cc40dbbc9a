"""The brand of a list: how its colours are drawn, and what is said of them."""

from pathlib import Path

import pytest

from audit.model.brand import BLUE, ORANGE, Brand
from audit.model.colour import READABLE, alike, as_light_as, contrast, readable
from config.looks import colour_remarks
from config.remarks import remarks
from tests.config.lists import COMPANY, loaded
from tests.pictures import png


def test_a_brand_is_read_with_its_logo(tmp_path: Path) -> None:
    (tmp_path / "logo.png").write_bytes(png(60, 20))
    path = tmp_path / "c.yaml"
    look = 'report: {logo: logo.png, colours: ["#7a1fa2", 00796B], footer: " Acme · intern "}\n'
    path.write_text(COMPANY + look, "utf-8")
    brand = loaded(path).brand
    assert brand.logo is not None
    assert brand.logo.data == png(60, 20)
    assert (brand.primary, brand.accent, brand.footer) == ("7A1FA2", "00796B", "Acme · intern")
    assert remarks(loaded(path)) == remarks(loaded(_plain(tmp_path)))


def _plain(folder: Path) -> Path:
    path = folder / "plain.yaml"
    path.write_text(COMPANY, "utf-8")
    return path


def test_without_a_brand_the_look_is_the_usual_one(tmp_path: Path) -> None:
    assert loaded(_plain(tmp_path)).brand == Brand()
    assert (Brand().primary, Brand().accent) == (ORANGE, BLUE)


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("000000") == pytest.approx(21)
    assert contrast("767676") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("written", ["FFD700", "FFFFFF", "00A0E9", "F0F0F0", "1F5F99"])
def test_a_pale_colour_is_drawn_as_dark_as_text_needs(written: str) -> None:
    drawn = readable(written)
    assert contrast(drawn) >= READABLE
    assert (drawn == written) == (contrast(written) >= READABLE)


def test_a_pale_shade_can_carry_the_same_text_as_the_usual_one() -> None:
    for usual in ("FDF2E6", "6FA8D6", "D9E8F5"):
        assert contrast("1B2733", as_light_as("00796B", usual)) >= contrast("1B2733", usual)


def test_a_house_with_one_blue_has_orange_amounts() -> None:
    assert Brand(colours=("0055A4",)).accent == ORANGE
    assert Brand(colours=("7A1FA2",)).accent == BLUE


def test_colours_are_told_apart_as_people_see_them() -> None:
    assert alike("0055A4", "1F5F99")
    assert not alike("A64400", "1F5F99")


def test_a_pale_colour_and_one_with_a_meaning_are_remarked_on() -> None:
    pale, taken = colour_remarks(Brand(colours=("FFD700", "A61B4A")))
    assert "report.colours[0]: #FFD700 is too pale for text on white (contrast 1.4" in pale
    assert f"it is drawn as #{readable('FFD700')}." in pale
    assert "report.colours[1]: #A61B4A is like the colour of what leads nowhere" in taken
