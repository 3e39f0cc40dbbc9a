"""The tree of a page, and how deep it may be."""

from selectolax.lexbor import LexborNode

from scrapers.parse.charset import decode_page
from scrapers.parse.grown import Grown, grow
from scrapers.parse.tame import MAX_DEPTH


def grown(html: str) -> Grown:
    return grow(decode_page(html.encode(), "text/html"))


def deepest(node: LexborNode) -> int:
    element, depth = node, 0
    while element.parent is not None:
        element, depth = element.parent, depth + 1
    return depth


def test_a_page_of_few_tags_is_read_however_deep_it_is() -> None:
    page = grown("<div>" * 1_000)
    assert (len(page.index.tagged("div")), page.left_out) == (1_000, "")


def test_links_within_each_other_are_cut_where_their_readers_would_take_seconds() -> None:
    page = grown("<svg><a href=x>" * 1_500 + "</a></svg>" * 1_500)
    assert page.left_out == f"has more than {MAX_DEPTH} elements within each other"
    assert max(map(deepest, page.index.nodes)) <= 1.4 * MAX_DEPTH


def test_a_long_page_that_is_not_deep_is_whole() -> None:
    page = grown("<div><p>a</p></div>" * 2_400)
    assert (len(page.index.tagged("p")), page.left_out) == (2_400, "")


def test_templates_are_part_of_a_page_of_any_length() -> None:
    for rows in (1, 6_000):
        page = grown("<p>a</p>" * rows + "<template><h2>b</h2></template>")
        assert [node.text() for node in page.index.tagged("h2")] == ["b"]
        assert "template" not in page.index.by_tag


def test_the_bytes_of_a_page_and_its_text_grow_the_same_tree() -> None:
    html = "<p>Größe 中文 🙂</p>"
    whole, marked = grown(html), grow(decode_page(b"\xef\xbb\xbf" + html.encode(), ""))
    assert whole.tree.html == marked.tree.html
