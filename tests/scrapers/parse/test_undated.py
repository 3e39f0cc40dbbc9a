"""Entries of a list that bear no date, or none that can be read, beside those that do."""

import pytest

from scrapers.parse.items import read_items
from tests.scrapers.parse.pages import NOW, document, style

ROWS = {
    "cards": "<div class='card'><h3><a href='/blog/{n}'>Pump number {n}</a></h3><p>{day}</p></div>",
    "Liste": "<li class='eintrag e{n}'><b>{day}</b> <a href='/aktuelles/{n}'>Pumpe Nummer {n}</a></li>",
    "表": "<tr><td>{day}</td><td><a href='/news/{n}.html'>新しいポンプ{n}を発売</a></td></tr>",
    "定義": "<dt>{day}</dt><dd><a href='/news/{n}.html'>新しいポンプ{n}を発売</a></dd>",
    "by month": "<p><a href='/{n}/pompe'>Pompe {n}</a> <time>{day}</time></p>",
}
DAYS = ("am Tag der offenen Tür", "2026-09-04", "2026-08-12", "", "2026-05-02")
AROUND = {"表": "<table>%s</table>", "定義": "<dl>%s</dl>", "Liste": "<ul>%s</ul>"}


def _dates(html: str) -> list[tuple[str, bool]]:
    items = read_items(document(f"<main><h1>News</h1>{html}</main>"), NOW, style())
    return sorted((item.title, item.published is not None) for item in items)


def _list(name: str) -> str:
    rows = "".join(ROWS[name].format(n=n, day=day) for n, day in enumerate(DAYS))
    return AROUND.get(name, "%s") % rows


@pytest.mark.parametrize("name", ROWS)
def test_entries_without_a_readable_date_stay_beside_dated_ones(name: str) -> None:
    assert [dated for _, dated in _dates(_list(name))] == [False, True, True, False, True]


LINKS = {
    "another card": "<div class='card'><h3><a href='/prices'>All our prices</a></h3></div>",
    "a card of another build": "<div class='card'><a href='/blog/all'>All of our posts</a></div>",
    "another block": "<div class='promo'><h3><a href='/blog/x'>Ten reasons</a></h3></div>",
}


@pytest.mark.parametrize("name", LINKS)
def test_what_is_built_otherwise_or_leads_elsewhere_is_no_entry(name: str) -> None:
    assert len(_dates(_list("cards") + LINKS[name])) == len(DAYS)


def test_beside_a_single_date_nothing_is_an_entry() -> None:
    rows = "".join(
        ROWS["cards"].format(n=n, day="<time>2026-09-04</time>" if n == 0 else "") for n in range(4)
    )
    assert _dates(rows) == [("Pump number 0", True)]


def test_the_second_link_of_an_entry_is_no_entry() -> None:
    row = "<dt>2026-0{n}-04</dt><dd><a href='/news/{n}'>Pompe {n}</a> <a href='/news/{n}/pdf'>PDF</a></dd>"
    rows = "".join(row.format(n=n) for n in (1, 2, 3))
    assert len(_dates(f"<dl>{rows}</dl>")) == 3


SHORT = {
    "dl": "<dt>2026年{n}月4日</dt><dd><a href='/news/{n}'>新製品</a></dd>",
    "divs": "<div><span class='date'>4.{n}.2026</span> <a href='/n/{n}'>Neu</a></div>",
    "table": "<tr><td>2026-0{n}-04</td><td><a href='/n/{n}'>Ny pump</a></td></tr>",
    "list": "<li><a href='/n/{n}'>새 펌프 {n}</a> <time>2026-0{n}-04</time></li>",
}


@pytest.mark.parametrize("name", SHORT)
def test_the_heading_of_a_list_is_not_the_title_of_its_entries(name: str) -> None:
    rows = "".join(SHORT[name].format(n=n) for n in (1, 2, 3))
    wrap = {"dl": "<dl>%s</dl>", "table": "<table>%s</table>", "list": "<ul>%s</ul>"}
    assert not any(title == "News" for title, _ in _dates(wrap.get(name, "%s") % rows))


def test_a_title_of_a_few_wide_signs_stands_before_the_heading_of_its_entry() -> None:
    row = "<section><h2>お知らせ</h2><time>2026-0{n}-04</time><a href='/n/{n}'>新しい工場{n}が完成</a></section>"
    rows = "".join(row.format(n=n) for n in (1, 2, 3))
    assert [title for title, _ in _dates(rows)] == [f"新しい工場{n}が完成" for n in (1, 2, 3)]
