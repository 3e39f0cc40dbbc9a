"""What is left out of a page's source, and what is not."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from scrapers.parse import tame
from tests.pace import yards


def test_deep_nesting_is_bounded() -> None:
    text = tame.tamed("<div>" * 50_000)
    assert text.source.count("<div>") <= 200
    assert text.left_out == "has more than 200 elements within each other"


def test_formatting_left_open_does_not_multiply_the_tree() -> None:
    source = "".join(f"<p><b a{number}>x</p>" for number in range(3_000))
    tree = LexborHTMLParser(tame.tamed(source).source)
    assert len(tree.css("*")) < 20_000
    assert len(tree.css("p")) == 3_000


NESTINGS = (
    "<div></x>",
    '<div a="</div>">',
    "<div><!--</div>-->",
    "<div/>",
    "<p><b a=1></p>",
    "<table><tr><td>",
    "<svg><g>",
    "<svg><title><div></title>",
    "<script><!--<script></script><div>",
    "<section><div></section><x-y></div>",
    "<select><div>",
    "<button><div></button>",
    "<svg></p><object>",
    "<math><mi><font color=x>",
    "<frameset>",
    "<dd><span></dd><li>",
    "<svg><![CDATA[></svg><div>]]>",
    "<form><i></form>",
    "<td></tbody><font><i></td>",
    "<a><x-y>",
)
"""Units that a parser nests in a way of its own, once they are repeated."""


@pytest.mark.parametrize("unit", NESTINGS)
def test_no_tree_is_deeper_than_the_limit(unit: str) -> None:
    tree = LexborHTMLParser(tame.tamed(unit * 12_000).source)
    assert depth(tree) <= 1.4 * tame.MAX_DEPTH, "a row may bring the body of its table"


def depth(tree: LexborHTMLParser) -> int:
    """Return how many elements stand in each other at most."""
    depths: dict[int, int] = {}
    for node in tree.css("*"):
        parent = node.parent
        depths[node.mem_id] = depths.get(parent.mem_id, 0) + 1 if parent is not None else 1
    return max(depths.values())


def test_honest_pages_are_left_as_they_are() -> None:
    rows = "".join(f"<tr><td>{row}<td><a href=/{row}>b</a></td></tr>" for row in range(800))
    items = "<ul>" + "<li><p>a <b>b <i>c</i></b><li>d" * 800 + "</ul>"
    script = "<script>if (a<b) { x('<div><div>') }</script><!-- <div> -->"
    source = f"<!doctype html><body><table>{rows}</table>{items}{script * 40}<p>end"
    assert tame.tamed(source) == tame.Tamed(source)


def test_an_element_keeps_its_first_attributes() -> None:
    many = "".join(f' a{number}="<"' for number in range(5_000))
    tree = LexborHTMLParser(tame.tamed(f"<p class=x{many}>y</p><a href=/z>z</a>").source)
    paragraph, link = tree.css("p, a")
    assert len(paragraph.attributes) == tame.MAX_ATTRIBUTES
    assert paragraph.text() == "y"
    assert link.attributes["href"] == "/z"


@pytest.mark.parametrize("unit", ["<a", "<a/b", "<a/b=", "<a b='"])
def test_signs_that_begin_no_tag_of_their_own_are_each_read_a_little_way(unit: str) -> None:
    source = f"{unit * 9_000}{'x' * 1_000_000}>"
    assert yards(lambda: tame.tamed(source)) < 20, "each was read to the end of the page"


def test_a_script_within_a_comment_within_a_script_does_not_end_it() -> None:
    script = "<script><!--<script></script><div>--></script>"
    source = "<p>" * 2_100 + script + "</p>"
    tree = LexborHTMLParser(tame.tamed(source).source)
    assert tree.css("div") == []
    assert len(tree.css("script")) == 1


def test_frames_within_frames_become_text() -> None:
    text = tame.tamed("<frameset>" * 11_000)
    assert text.left_out == "holds frames within frames"
    assert LexborHTMLParser(text.source).css("frameset") == []


def test_options_beyond_the_limit_lose_their_tags_and_keep_their_words() -> None:
    source = "<select>" + "".join(f"<option>o{number}" for number in range(7_000)) + "</select>"
    tree = LexborHTMLParser(tame.tamed(source).source)
    assert len(tree.css("option")) == tame.MAX_OPTIONS
    assert "o6999" in tree.css("option")[-1].text()
