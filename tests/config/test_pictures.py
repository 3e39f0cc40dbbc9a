"""The logo beside a list: read by its head, refused in words."""

import re
from pathlib import Path

import pytest

from audit.model.brand import PictureKind
from config.pictures import MAX_BYTES, read_logo
from tests.pictures import jpeg, png


def written(folder: Path, data: bytes, name: str = "logo.png") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("data", "kind"), [(png(600, 150), PictureKind.PNG), (jpeg(600, 150), PictureKind.JPEG)]
)
def test_a_picture_is_known_by_its_bytes_and_not_by_its_name(
    data: bytes, kind: PictureKind, tmp_path: Path
) -> None:
    logo = read_logo(written(tmp_path, data, "logo.dat"))
    assert (logo.kind, logo.width, logo.height, logo.data) == (kind, 600, 150, data)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"<?xml version='1.0'?>\n<svg/>", "is an SVG"),
        (b"GIF89a", "is a GIF, not PNG or JPEG; save the logo as PNG"),
        (b"hello", "is neither PNG nor JPEG"),
        (b"", "is neither PNG nor JPEG"),
        (png()[:40], "damaged or cut off"),
        (jpeg()[:-2], "damaged or cut off"),
        (b"\xff\xd8\xff" + b"\xff" * 40 + b"\xd9", "damaged or cut off"),
        (jpeg(inks=4), "CMYK"),
        (png(4001, 10), "4001 × 10 pixels; 4,000 a side are allowed"),
        (png() + b"\0" * MAX_BYTES, "over 1 MiB"),
    ],
)
def test_what_is_no_picture_for_a_report_is_refused_in_words(
    data: bytes, said: str, tmp_path: Path
) -> None:
    with pytest.raises(ValueError, match=re.escape(said)):
        read_logo(written(tmp_path, data))


@pytest.mark.parametrize("name", ["nowhere.png", "", "a\0b"])
def test_a_picture_that_is_not_there_is_said(name: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no such file"):
        read_logo(tmp_path / name)


def test_a_logo_is_shrunk_and_never_enlarged(tmp_path: Path) -> None:
    logo = read_logo(written(tmp_path, png(600, 150)))
    assert logo.within(220, 44) == (176, 44)
    assert logo.within(2000, 2000) == (600, 150)
