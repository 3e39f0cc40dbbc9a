"""An encyclopedia's article is a listing of the company where its title fits the company's name."""

import pytest

from scrapers.channels.articles import is_titled
from tests.scrapers.channels.owned import decided

FIT = [
    ("Borea_Pumps", "Borea Pumps AB"),
    ("Borea_(company)", "Borea Pumps"),
    ("Borea_Pumps_S.p.A.", "Borea Pumps"),
    ("History_of_Borea_Pumps", "Borea Pumps"),
    ("BoreaPumps", "Borea Pumps"),
    ("%D0%91%D0%BE%D1%80%D0%B5%D1%8F_(%D0%B7%D0%B0%D0%B2%D0%BE%D0%B4)", "Борея"),
    ("BPGA", "Borea Public Goods Alliance"),
]
ANOTHER = [
    ("Pump", "Borea Pumps"),
    ("Pumps", "Borea Pumps"),
    ("Secure_Shell", "Borea Pumps"),
    ("Wasserpumpe", "Borea Pumpen GmbH"),
    ("Bore", "Borea Pumps"),
    ("(disambiguation)", "Borea Pumps"),
    ("", "Borea Pumps"),
]


@pytest.mark.parametrize(("title", "name"), FIT)
def test_a_title_that_fits_the_name_is_about_the_company(title: str, name: str) -> None:
    assert is_titled(title, ("Another Name", name))


@pytest.mark.parametrize(("title", "name"), ANOTHER)
def test_any_other_title_is_about_something_else(title: str, name: str) -> None:
    assert not is_titled(title, ("Another Name", name))


def test_an_article_that_only_explains_a_word_is_no_listing() -> None:
    text = '<p>Use <a href="https://en.wikipedia.org/wiki/Secure_Shell">SSH</a> and read of '
    own = '<a href="https://sv.wikipedia.org/wiki/Borea_Pumps">us</a></p>'
    assert list(decided(text + own)) == ["wikipedia Borea_Pumps"]


def test_an_article_that_the_companys_own_data_name_is_about_it_in_any_script() -> None:
    data = (
        '<script type="application/ld+json">{"@type": "Organization", "name": "Borea Pumps",'
        ' "sameAs": ["https://ja.wikipedia.org/wiki/ボレア"]}</script>'
    )
    assert list(decided(data)) == ["wikipedia ボレア"]
