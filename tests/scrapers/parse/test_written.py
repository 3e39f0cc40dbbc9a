"""Addresses that inline scripts and page data name."""

import pytest

from scrapers.parse.jsonld import read_jsonld
from scrapers.parse.written import LOADER, Written, read_written

FAR = "var x = 1;" * (LOADER // 10 + 1)
URL = "https://cdn.pump.example/w.js"


def written(script: str) -> Written:
    return read_written([script], [])


@pytest.mark.parametrize(
    "script",
    [
        "s.src = 'https://cdn.pump.example/w.js';",
        'load("//cdn.pump.example/w.js?v=3")',
        '{"scripts":["https:\\/\\/cdn.pump.example\\/w.js"]}',
        '("https:" == location.protocol ? "https://" : "http://") + "cdn.pump.example/w.js"',
        "import(`https://cdn.pump.example/w.js`)",
    ],
)
def test_a_loader_anywhere_in_a_script_is_read(script: str) -> None:
    assert written(FAR + script).scripts == (URL,)


@pytest.mark.parametrize(
    "script",
    [
        "// see https://cdn.pump.example/w.js for more",
        '/* https://cdn.pump.example/w.js */ var a = "b";',
        'var home = "https://www.pump.example/about";',
        'img.src = "https://cdn.pump.example/w.png";',
        '"file.w.js"',
    ],
)
def test_comments_pages_and_pictures_are_no_scripts(script: str) -> None:
    assert written(script).scripts == ()


def test_a_source_without_an_ending_is_a_script_where_one_is_made() -> None:
    source = "e.src = 'https://cdn.pump.example/load/7';"
    assert written(source).scripts == ()
    for maker in (
        "e = d.createElement('script');",
        '(function(w,d,t){})(window,document,"script");',
    ):
        assert written(maker + source).scripts == ("https://cdn.pump.example/load/7",)


@pytest.mark.parametrize(
    "script",
    [
        '{"embedUrl":"https:\\/\\/player.pump.example\\/v\\/1"}',
        "var iframeSrc = '//player.pump.example/v/1';",
        '{"playerUrl": "https://player.pump.example/v/1"}',
        '{"html":"<iframe width=\\"560\\" src=\\"https://player.pump.example/v/1\\"></iframe>"}',
    ],
)
def test_a_frame_in_page_data_is_read(script: str) -> None:
    assert written(FAR + script).frames == ("https://player.pump.example/v/1",)


def test_a_player_in_structured_data_is_a_frame() -> None:
    video = '{"@type":"VideoObject","name":"Filmpje","embedUrl":"https://player.pump.example/v/1"}'
    assert read_written([], read_jsonld([video])).frames == ("https://player.pump.example/v/1",)


def test_an_address_of_another_kind_is_no_frame() -> None:
    assert written('{"shareUrl":"https://pump.example/v/1"}').frames == ()


@pytest.mark.parametrize(
    "script",
    [
        '{"CHAT_URL":"https://api.pump.example/v1"}',
        '{"one":"{\\"url\\":\\"https:\\\\\\/\\\\\\/api.pump.example\\\\\\/v1\\"}"}',
        "einstellungen = {dienst: 'https://api.pump.example/v1'}",
    ],
)
def test_the_addresses_of_settings_are_read(script: str) -> None:
    assert written(FAR + script).settings == ("https://api.pump.example/v1",)


def test_a_long_list_of_addresses_is_no_settings() -> None:
    listed = ",".join(f'"https://v{number}.example/privacy"' for number in range(101))
    assert written(f"[{listed}]").settings == ()
