"""Places of a page that no reader sees: templates, data attributes, pixels, hidden fields."""

import pytest

from tests.scrapers.parse.pages import document


@pytest.mark.parametrize(
    "html",
    [
        '<button data-src="https://v.example/e/1">Abspielen</button>',
        '<div class="lazy" data-embed-url="//v.example/e/1"></div>',
        '<template><a data-video-url="https://v.example/e/1">Film</a></template>',
        '<li data-iframe-src="https://v.example/e/1"></li>',
    ],
)
def test_an_address_that_waits_in_a_data_attribute_is_read(html: str) -> None:
    assert document(html).waiting == ("https://v.example/e/1",)


@pytest.mark.parametrize(
    "html",
    [
        '<img data-src="https://v.example/e/1.jpg">',
        '<div data-src="/own/part"></div>',
        '<div data-note="https://v.example/e/1"></div>',
        '<p data-src="javascript://v.example"></p>',
    ],
)
def test_pictures_and_parts_of_the_site_do_not_wait_for_a_frame(html: str) -> None:
    assert document(html).waiting == ()


@pytest.mark.parametrize(
    "html",
    [
        '<noscript><img src="https://p.example/i.gif"></noscript>',
        '<head><noscript><img alt="" src="https://p.example/i.gif"/></noscript></head>',
        '<body><img width="1" height="1" src="https://p.example/i.gif">',
        '<amp-pixel src="https://p.example/i.gif"></amp-pixel>',
    ],
)
def test_a_picture_that_only_counts_visitors_is_read(html: str) -> None:
    assert document(html).pixels == ("https://p.example/i.gif",)


def test_a_picture_for_readers_is_no_pixel() -> None:
    assert document('<img width="100" src="https://p.example/i.gif">').pixels == ()


def test_names_of_custom_elements_and_hidden_fields_are_names_of_the_page() -> None:
    html = '<pump-box></pump-box><form><input type="hidden" name="pump_list_id"></form>'
    assert {"pump-box", "pump_list_id"} <= document(html).names


def test_links_and_frames_of_a_template_are_read() -> None:
    read = document('<template><a href="/blog">Blog</a><iframe src="/map"></iframe></template>')
    assert [link.text for link in read.links] == ["Blog"]
    assert read.frames == ("https://www.acme.example/map",)


def test_a_place_for_an_address_is_no_address() -> None:
    read = document("<template><a href='{{url}}'>x</a><a href='/p/${id}'>y</a></template>")
    assert read.links == ()


def test_the_text_of_a_template_is_not_what_a_reader_sees() -> None:
    waits = "<div id=root></div><script>draw()</script>"
    text = f"<p>{'Pumps and valves. ' * 40}</p>"
    assert document(f"{waits}<template>{text}</template>").shell
    assert not document(f"{waits}<template shadowrootmode=open>{text}</template>").shell
