"""Where a team keeps its evidence, as a person writes it."""

from pathlib import Path

import pytest

from audit.measure.known import MEASURES
from audit.model.errors import AuditError, ConfigError
from config.catalogue import load_platforms
from config.evidence import evidence_in, evidence_place
from config.load import MAX_BYTES, load_competitors

LIST = "companies:\n- {name: One, website: 'https://one.example/'}\nsettings:\n  evidence: "


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("s3://", "names no bucket"),
        ("s3:///folder", "names no bucket"),
        ("s3://KEY:secret@bucket/x", "holds a key"),
        ("s3://KEY@bucket/x", "holds a key"),
        ("sftp://anna:secret@host/x", "holds a key"),
        ("s3://bucket/x?key=1", "endpoint and region may stand there"),
        ("s3://bucket/x#part", "is no address"),
        ("9p://host/x", "is no address"),
        ("s3://[bucket/x", "cannot be read"),
        ("a\nb", "names no place"),
    ],
)
def test_what_is_no_place_is_refused_without_its_secrets(text: str, words: str) -> None:
    with pytest.raises(AuditError, match=words) as refused:
        evidence_place(text, "--evidence")
    assert "secret" not in str(refused.value).replace("AWS_SECRET_ACCESS_KEY", "")


def test_a_store_is_named_by_its_url_and_a_folder_by_its_path(tmp_path: Path) -> None:
    bucket = evidence_place("s3://b/Ordner?endpoint=https://s3.example.com&region=eu", "x")
    assert (bucket.scheme, bucket.root) == ("s3", "s3://b/Ordner")
    assert bucket.options == {"endpoint": "https://s3.example.com", "region": "eu"}
    assert evidence_place("pages", "x", tmp_path).folder == tmp_path / "pages"
    for text in (f"{tmp_path}/p", f"file://{tmp_path}/p"):
        place = evidence_place(text, "x", Path("/elsewhere"))
        assert (place.scheme, place.folder) == ("", tmp_path / "p")


def test_a_list_says_it_in_its_settings(tmp_path: Path) -> None:
    file = tmp_path / "competitors.yaml"
    file.write_text(f"{LIST}s3://bucket/audits\n", "utf-8")
    place = evidence_in(file, MAX_BYTES)
    assert place is not None
    assert (
        load_competitors(file, load_platforms, MEASURES).settings.evidence
        == place.address
        == "s3://bucket/audits"
    )
    file.write_text(f"{LIST}s3://K:secret@bucket/audits\n", "utf-8")
    with pytest.raises(ConfigError, match=r"settings\.evidence: holds a key") as refused:
        load_competitors(file, load_platforms, MEASURES)
    assert "secret" not in str(refused.value).replace("AWS_SECRET_ACCESS_KEY", "")
    file.write_text("companies: []\n", "utf-8")
    assert evidence_in(file, MAX_BYTES) is None
