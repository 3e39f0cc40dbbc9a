"""Forms and fields in which readers search a site are known by what they are called."""

import pytest

from tests.analysed import page

SEARCHES = [
    "<form action='/search/?fa=results'><input name='qry' placeholder='Type here'></form>",
    "<form action='/suche.php'><input type='text' name='q'><input type='submit' value='Los'></form>",
    "<form action='/'><label>Rechercher <input type='text' name='s'></label></form>",
    "<form action='/index.php'><input name='a'><input name='tx[word]' placeholder='検索'></form>",
    "<form id='main' action='/'><textarea name='x'></textarea><input id='site_txtSearch'></form>",
    "<div><input type='text' class='topSearchBox'></div>",
    "<div><input name='q' placeholder='Введите слово для поиска' aria-label='Поиск'></div>",
    "<div><input name='q' placeholder='상품 검색어를 입력하세요'></div>",
    "<form role='search'><input type='search' name='q'></form>",
]
NONE = [
    "<form action='/research/'><input type='text' name='q'></form>",
    "<form action='/search'><select name='region'><option>North</option></select></form>",
    "<form action='/letters'><input type='email' name='mail' placeholder='Search no more'></form>",
    "<form action='/join'><input type='text' name='name'><input name='town'></form>",
    "<form action='/search'><input name='town'><input name='from'><input name='to'>"
    "<input type='number' name='rooms'></form>",
    "<input type='hidden' name='search' value='1'>",
    "<form action='/ask'><input name='q' placeholder='What the search of a job is like'></form>",
]


def searched(html: str) -> bool:
    return any(signal.feature == "search" for signal in page(html).signals)


@pytest.mark.parametrize("html", SEARCHES)
def test_a_search_is_known_by_its_action_its_names_or_its_label(html: str) -> None:
    assert searched(html)


@pytest.mark.parametrize("html", NONE)
def test_what_asks_for_something_else_is_no_search(html: str) -> None:
    assert not searched(html)
