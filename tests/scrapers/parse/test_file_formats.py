"""What a file holds: by the ending of its address, else by its media type."""

import pytest

from scrapers.parse.file_formats import format_of_file


@pytest.mark.parametrize(
    ("address", "media_type", "form"),
    [
        ("https://a.example/1.mp3?download=1", "", "audio"),
        ("https://a.example/FILM.MP4", "", "video"),
        ("https://a.example/report.pdf#page=2", "text/html", "document"),
        ("https://a.example/logo.svg", "audio/mpeg", "image"),
        ("https://a.example/stream", "Audio/MPEG; codecs=x", "audio"),
        ("https://a.example/stream", "application/vnd.ms-powerpoint", "document"),
        ("https://a.example/stream", "application/octet-stream", ""),
        ("https://a.example/pdf", "", ""),
        ("https://a.example/mp3/", "", ""),
        ("https://pdf", "", ""),
        ("", "", ""),
        ("http://[", "audio", ""),
        ("x" * 100_000, "y" * 100_000, ""),
    ],
)
def test_the_ending_counts_before_the_type(address: str, media_type: str, form: str) -> None:
    assert format_of_file(address, media_type) == form
