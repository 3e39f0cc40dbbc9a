"""What a page knows of itself, so that nobody looks for what it does not have."""

import pytest

from scrapers.parse.element_names import names_in
from tests.scrapers.parse.pages import document


@pytest.mark.parametrize(
    ("html", "tags"),
    [
        ("<main><A href=/a>Über uns</A></main>", {"main", "a"}),
        ("<svg><linearGradient/></svg>", {"svg", "linearGradient"}),
        ("<acme-chat\nid=c></acme-chat>", {"acme-chat"}),
        ("<table><tr><td>1</table>", {"table", "tbody", "tr", "td"}),
        ("</section>, 3 < 5, <!-- <i> --> <?php ?>", set()),
        ("<template><b></b></template>", {"audit-template", "b"}),
        ("", set()),
    ],
)
def test_tags_are_those_of_the_elements_of_a_page(html: str, tags: set[str]) -> None:
    assert set(document(html).tags) == {"html", "head", "body"} | tags


def test_names_with_either_quote_are_read_and_those_within_others_are_not() -> None:
    source = "<i class=\"a b\"><i class='c d'><i id='e' data-fuß-x=1><i id=\"it's\">"
    names, _ = names_in(source, ())
    assert names == {"a", "b", "c", "d", "e", "it's", "data-fu"}


def test_names_without_quotes_are_read_beside_those_with_them() -> None:
    source = '<i class="a"><div id=disqus_thread><p class=x:y-z data-q=1 id=w>id=no ?class=no'
    names, _ = names_in(source, ())
    assert {"a", "disqus_thread", "x:y-z", "w", "data-q"} <= names
    assert "?class" not in names


def test_elements_of_several_tags_come_in_the_order_of_the_page() -> None:
    page = document("<body><h2>b</h2><H1>a</H1><h2>c</h2><title>d</title></body>")
    assert [node.text() for node in page.elements("h1", "h2", "h3")] == ["b", "a", "c"]
    assert page.elements("h3") == []
    assert page.elements("h3", "h4") == []


@pytest.mark.parametrize("host", ["video.example", "video.example:8443"])
def test_links_are_found_by_their_host_with_its_port(host: str) -> None:
    page = document(
        f'<a href="/a">A</a><a href="https://{host}/1">1</a><a href="//VIDEO.example/x">x</a>'
        f'<a href="https://{host}">2</a><a href="https://user:word@{host}/3">3</a>'
    )
    places = page.links_on(lambda each: each == host)
    texts = [page.links[place].text for place in places]
    assert texts == [text for text in "1x23" if text != "x" or ":" not in host]
    assert page.links_on(lambda each: each == "absent.example") == []


def test_targets_are_as_they_are_written_with_those_that_lead_to_no_page() -> None:
    page = document(
        '<a href=" #respond ">Svar</a><a href="/b">B</a><area href="mailto:a@b.example">'
    )
    assert [target for target, _ in page.targets] == ["#respond", "/b", "mailto:a@b.example"]
    assert [link.text for link in page.links] == ["B"]


def test_microdata_is_seen_in_the_spelling_of_frameworks_too() -> None:
    source = '<div itemScope itemType="https://schema.org/Product"><b itemProp="ratingValue">4</b>'
    _, items = names_in(source, ())
    assert items == {"https://schema.org/Product", "ratingValue"}


def test_what_a_script_answers_to_is_looked_for_once_and_leads_nowhere() -> None:
    page = document(
        '<button>a</button><b role="button">b</b><b role="textbox">c</b><a href="#">d</a><a>e</a>'
        '<a href="javascript:go()">f</a><a href="/g">g</a><a href>h</a><b role="menu">i</b>'
    )
    assert "".join(node.text() for node in page.pressed()) == "abcdef"
    assert page.pressed() is page.pressed()


def test_an_element_whose_tag_only_a_script_names_is_none() -> None:
    page = document("<p>x</p><script>'<h1><table>'</script>")
    assert page.elements("h1") == []
    assert page.elements("h1", "table") == []
