"""A team of two machines that share the pages of their audits, and of the older ones what is left."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from audit import api
from audit.evidence.kept import CACHE, KeptEvidence
from audit.evidence.opening import keep_evidence_in, kept_evidence
from audit.model.result import Snapshot
from audit.model.value import Known
from audit.retention import let_go
from audit.store.files import last_archive, new_archive
from audit.store.forget import Wanted, forget
from audit.store.sqlite import SqliteHistory
from config.evidence import evidence_place
from scrapers.fetch.archive import read_record
from tests.audit.crew.small_web import DAY
from tests.audit.test_retention import TWO, visited
from tests.hostile import page, serving

ABOUT = f"<title>About</title>{'<p>We make pumps.</p>' * 100}"


@pytest.fixture
def team(tmp_path: Path) -> Iterator[tuple[Path, Path]]:
    """The data folders of two machines, with one store for both."""
    place = evidence_place(f"memory://{uuid4().hex}/audits", "x")
    folders = (tmp_path / "anna", tmp_path / "ben")
    for folder in folders:
        keep_evidence_in(folder, place)
    yield folders
    for folder in folders:
        keep_evidence_in(folder, None)


def figures(snapshot: Snapshot) -> list[object]:
    """What was found, of each company."""
    return [(each.company.name, each.measures, each.features) for each in snapshot.results]


def test_what_one_has_audited_the_other_replays_explains_and_forgets(
    team: tuple[Path, Path],
) -> None:
    anna, ben = team
    file = anna.with_name("c.yaml")
    with serving({"/": page("<a href='/about/'>About</a>"), "/about/": page(ABOUT)}) as site:
        file.write_text(
            "settings: {delay_seconds: 0, profiles: false, browser: never}\n"
            f"companies: [{{name: Jürgens Pümpe, website: '{site.url}/'}}]\n",
            encoding="utf-8",
        )
        config = api.load(file)
        options = api.Options(data_dir=anna, as_of=DAY, allow_private_hosts=True)
        api.run(config, options)
        second = api.run(config, options)
        asked = len(site.requests)
    assert list((anna / "archive").rglob("*")) == []
    assert new_archive(ben, second.run.id, "Jürgens Pümpe").endswith(".2.warc.gz")
    ben.mkdir()
    shutil.copy(anna / "history.sqlite3", ben)
    assert figures(api.replay(config, ben)) == figures(second)
    assert len(site.requests) == asked
    assert len(list((ben / CACHE).rglob("*.warc.gz"))) == 2  # of the first what did not change
    value = second.results[0].measures[0].value
    assert isinstance(value, Known)
    assert read_record(ben, value.evidence[0].record) is not None
    forget(ben, Wanted(company="Jürgens Pümpe"))
    evidence = KeptEvidence(anna, kept_evidence(anna).store)
    assert evidence.runs() == frozenset()
    evidence.tidy()
    assert read_record(anna, value.evidence[0].record) is None


def test_of_older_runs_the_store_keeps_what_later_ones_refer_to(team: tuple[Path, Path]) -> None:
    anna, ben = team
    anna.mkdir()
    with SqliteHistory.open(anna, write=True) as history:
        first = visited(anna, history, "r0", {"/": "home", "/old/": "old"})
        for number in range(1, 5):
            run = f"r{number}"
            visited(anna, history, run, {"/": first["/"], "/new/": f"new {number}"})
            for name in list(kept_evidence(anna).waiting(history.ids())):
                kept_evidence(anna).put_up(name)
            let_go(history, anna, TWO)
        whole = [bool(last_archive(anna, run, "Acme")) for run in history.ids()]
    assert whole == [False, False, False, True, True]
    there = KeptEvidence(ben, kept_evidence(ben).store)
    assert [name.split("/")[1] for run in sorted(there.runs()) for name in there.names(run)] == [
        "r0",
        "r3",
        "r4",
    ]
    there.bring([first["/"].partition("#")[0]])
    kept = read_record(ben, first["/"])
    assert kept is not None
    assert kept.body == b"home"
    assert read_record(ben, first["/old/"]) is None
