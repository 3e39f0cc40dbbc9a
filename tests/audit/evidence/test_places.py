"""Where runs have put their pages is known to whoever looks at them, or has them forgotten, later."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from audit import api
from audit.commands.explain import _record
from audit.evidence.kept import CACHE
from audit.evidence.opening import keep_evidence_in, kept_evidence
from audit.evidence.places import FILE, remember, remembered
from audit.evidence.store import EvidenceError
from audit.model.result import Snapshot
from audit.model.value import Evidence, Known
from audit.store.files import last_archive
from audit.store.forget import Wanted, forget
from config.evidence import evidence_place
from tests.audit.crew.small_web import DAY
from tests.hostile import page, serving

PAGES = {"/": page("<a href='/about/'>About</a>"), "/about/": page("<title>About</title>" * 50)}


@pytest.fixture
def audited(tmp_path: Path) -> Iterator[tuple[Path, Path, list[Snapshot]]]:
    """A data folder after two audits that had their pages put in two places; neither is named now."""
    data_dir, file = tmp_path / "data", tmp_path / "c.yaml"
    runs = []
    with serving(PAGES) as site:
        file.write_text(
            "settings: {delay_seconds: 0, profiles: false, browser: never}\n"
            f"companies: [{{name: Acme, website: '{site.url}/'}}]\n",
            encoding="utf-8",
        )
        config = api.load(file)
        for name in ("first", "second"):
            keep_evidence_in(data_dir, evidence_place(str(tmp_path / name), "x"))
            options = api.Options(data_dir=data_dir, as_of=DAY, allow_private_hosts=True)
            runs.append(api.run(config, options))
    keep_evidence_in(data_dir, None)
    yield data_dir, tmp_path, runs
    keep_evidence_in(data_dir, None)


def proof_of(snapshot: Snapshot) -> Evidence:
    """The proof of a figure."""
    values = (measure.value for measure in snapshot.results[0].measures)
    return next(value.evidence[0] for value in values if isinstance(value, Known))


def test_a_page_is_found_in_whichever_place_its_run_has_put_it(
    audited: tuple[Path, Path, list[Snapshot]],
) -> None:
    data_dir, _, runs = audited
    for path in (data_dir / CACHE).rglob("*.warc.gz"):
        path.unlink()
    for run in runs:
        assert "(HTTP 200" in _record(proof_of(run), data_dir)


def test_a_place_that_is_away_hides_nothing_that_lies_elsewhere(
    audited: tuple[Path, Path, list[Snapshot]],
) -> None:
    data_dir, places, (first, second) = audited
    for path in (data_dir / CACHE).rglob("*.warc.gz"):
        path.unlink()
    (places / "second").rename(places / "elsewhere")
    assert "(HTTP 200" in _record(proof_of(first), data_dir)
    assert "not to be read there" in _record(proof_of(second), data_dir)
    assert last_archive(data_dir, first.run.id, "Acme") is not None


def test_what_is_forgotten_is_in_none_of_the_places_and_no_copy_stays(
    audited: tuple[Path, Path, list[Snapshot]],
) -> None:
    data_dir, places, _ = audited
    assert len(list(places.glob("*/archive/*/*.warc.gz"))) == 2
    gone = forget(data_dir, Wanted())
    assert len(gone.archives) == 2
    assert list(places.rglob("*.warc.gz")) == []
    assert not (data_dir / FILE).exists()


def test_a_place_that_is_away_keeps_all_from_being_forgotten(
    audited: tuple[Path, Path, list[Snapshot]],
) -> None:
    data_dir, places, runs = audited
    (places / "first").rename(places / "elsewhere")
    with pytest.raises(EvidenceError, match="is the drive connected"):
        forget(data_dir, Wanted())
    assert api.run_ids(data_dir) == tuple(run.run.id for run in runs)


def test_the_last_place_comes_first_and_each_once(tmp_path: Path) -> None:
    for name in ("s3://a/b", "/mnt/Prüfung", "s3://a/b"):
        remember(tmp_path, evidence_place(name, "x"))
    assert [each.address for each in remembered(tmp_path)] == ["s3://a/b", "/mnt/Prüfung"]


@pytest.mark.parametrize("inside", [".", "archive", "x/y", "../data"])
def test_the_data_folder_is_no_place_to_share(inside: str, tmp_path: Path) -> None:
    data_dir = tmp_path / "data"
    keep_evidence_in(data_dir, evidence_place(str(data_dir / inside), "--evidence"))
    try:
        with pytest.raises(EvidenceError, match="is in the data folder"):
            kept_evidence(data_dir)
    finally:
        keep_evidence_in(data_dir, None)
