"""The words of an element, with blanks where readers see them apart."""

import pytest

from scrapers.parse.element_text import Words
from tests.scrapers.parse.pages import document

APART = {
    "<a><b>Questions Board</b><span>Ask us</span></a>": "Questions Board Ask us",
    "<a><div>Pumps</div>and valves</a>": "Pumps and valves",
    "<a>Neues<p>aus dem Werk</p></a>": "Neues aus dem Werk",
    "<a>Nos<br>pompes</a>": "Nos pompes",
    "<a><span>12</span><span>Nov</span><span>2026</span></a>": "12 Nov 2026",
    "<a><h3>Which oil?</h3><p>Ask us</p></a>": "Which oil? Ask us",
    "<a><ul><li>お知らせ<li>一覧</ul></a>": "お知らせ 一覧",
}
ONE_WORD = {
    "<a>Pump<b>house</b></a>": "Pumphouse",
    "<a><b>Pump</b>house <i>news</i></a>": "Pumphouse news",
    "<a><span>B</span><span>l</span><span>o</span><span>g</span></a>": "Blog",
    "<a><span>V</span><span>entile</span></a>": "Ventile",
    "<a><span>4</span><span>.5</span></a>": "4.5",
    "<a><i>«</i><span>Neuves</span><i>»</i></a>": "«Neuves»",
    "<a><p>Pumps</p>, new and old</a>": "Pumps, new and old",
    "<a><span>L'</span><span>atelier</span></a>": "L'atelier",
}


def words(html: str, remaining: int = 1_000) -> str:
    node = document(html).tree.css_first("a")
    assert node is not None
    return Words(remaining=remaining).of(node)


@pytest.mark.parametrize("html", APART)
def test_a_blank_stands_between_what_readers_see_apart(html: str) -> None:
    assert words(html) == APART[html]


@pytest.mark.parametrize("html", ONE_WORD)
def test_a_word_whose_parts_are_drawn_otherwise_stays_one(html: str) -> None:
    assert words(html) == ONE_WORD[html]


@pytest.mark.parametrize("html", [*APART, *ONE_WORD])
def test_once_much_was_read_the_words_are_the_same(html: str) -> None:
    expected = APART.get(html) or ONE_WORD[html]
    assert words(html, remaining=0) == expected


def test_elements_within_each_other_cost_no_more_than_their_text() -> None:
    words, depth = Words(remaining=0, apart=1_000), 50
    tree = document(f"<main>{'<div>a<b>b</b>' * depth}{'</div>' * depth}</main>").tree
    for _ in range(3):
        for node in tree.css("div"):
            words.of(node, 120)
    assert words.apart <= 0
    assert " " not in words.of(tree.css("div")[0], 20)
