"""The newest runs keep their archived pages; of older ones stays what a later run refers to."""

import socket
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from audit import api, retention
from audit.model.company import Company, Competitors, Settings
from audit.retention import let_go
from audit.store.files import last_archive, new_archive
from audit.store.history import History
from audit.store.sqlite import SqliteHistory
from scrapers.fetch.archive import Archive, read_archive, read_record
from scrapers.fetch.wire import Answer
from tests.audit.crew.small_web import options, web
from tests.audit.store.examples import COMPANIES, LIST, NOW, result, run
from tests.audit.test_run import run as command
from tests.hostile import page, serving

ACME, BOREALIS = COMPANIES
TWO = replace(LIST, settings=Settings(keep_evidence=2))


@pytest.fixture
def history(tmp_path: Path) -> Iterator[History]:
    with SqliteHistory.open(tmp_path, write=True) as history:
        yield history


def visited(
    folder: Path,
    history: History,
    name: str,
    pages: Mapping[str, str],
    companies: tuple[Company, ...] = (ACME,),
    *,
    finished: bool = True,
    competitors: Competitors = LIST,
) -> dict[str, str]:
    """Keep a run whose archive holds these pages; one with a place for its body is a revisit.

    Gives the record of each page.
    """
    history.begin(
        replace(run(name), started_at=NOW + timedelta(days=len(history.ids()))), competitors
    )
    records: dict[str, str] = {}
    for company in companies:
        with Archive(folder, new_archive(folder, name, company.name)) as archive:
            for url, body in pages.items():
                kept = archive.keep(answer(url, body), ())
                records[url] = kept.refers_to or kept.record
        if finished:
            history.save(name, replace(result(company), fetched=()))
    if finished:
        history.finish(name, NOW)
    return records


def answer(url: str, body: str) -> Answer:
    refers_to = body if "#" in body else ""
    wire = b"" if refers_to else body.encode()
    address = f"https://acme.example{url}"
    return Answer(url=address, status=200, headers=(), wire=wire, at=NOW, refers_to=refers_to)


def kept(folder: Path, *runs: str, name: str = "Acme") -> list[str]:
    return [run for run in runs if last_archive(folder, run, name)]


def test_only_the_newest_runs_keep_their_pages(tmp_path: Path, history: History) -> None:
    for number in range(4):
        visited(tmp_path, history, f"r{number}", {"/": "home"})
    assert let_go(history, tmp_path, TWO) > 0
    assert kept(tmp_path, "r0", "r1", "r2", "r3") == ["r2", "r3"]
    assert sorted(path.name for path in (tmp_path / "archive").iterdir()) == ["r2", "r3"]
    assert history.ids() == ("r0", "r1", "r2", "r3")
    assert len(history.load("r0").results) == 1


def test_a_page_that_a_later_run_found_unchanged_stays(tmp_path: Path, history: History) -> None:
    first = visited(tmp_path, history, "r0", {"/": "home", "/old/": "old"})
    place = first["/"]
    for number in range(1, 9):
        visited(tmp_path, history, f"r{number}", {"/": place, "/new/": f"new {number}"})
        let_go(history, tmp_path, TWO)
    record = read_record(tmp_path, place)
    assert record is not None
    assert record.body == b"home"
    assert read_record(tmp_path, first["/old/"]) is None
    assert kept(tmp_path, *history.ids()) == ["r7", "r8"]


def test_a_page_that_changed_at_last_goes_with_the_last_run_that_refers_to_it(
    tmp_path: Path, history: History
) -> None:
    place = visited(tmp_path, history, "r0", {"/": "home"})["/"]
    visited(tmp_path, history, "r1", {"/": place})
    visited(tmp_path, history, "r2", {"/": "changed"})
    let_go(history, tmp_path, TWO)
    assert read_record(tmp_path, place) is not None  # r1 refers to it
    visited(tmp_path, history, "r3", {"/": "changed again"})
    let_go(history, tmp_path, TWO)
    assert read_record(tmp_path, place) is None
    assert sorted(path.name for path in (tmp_path / "archive").iterdir()) == ["r2", "r3"]


def test_runs_of_another_list_neither_count_nor_lose_their_pages(
    tmp_path: Path, history: History
) -> None:
    other = replace(LIST, path=Path("other.yaml"))
    for number in range(6):
        listed = LIST if number % 2 else other
        visited(tmp_path, history, f"r{number}", {"/": "home"}, competitors=listed)
    assert let_go(history, tmp_path, TWO) > 0
    assert kept(tmp_path, *history.ids()) == ["r0", "r2", "r3", "r4", "r5"]
    assert let_go(history, tmp_path, replace(other, settings=TWO.settings)) > 0
    assert kept(tmp_path, *history.ids()) == ["r2", "r3", "r4", "r5"]


def test_what_a_kept_result_is_proved_by_stays_though_no_archive_refers_to_it(
    tmp_path: Path, history: History
) -> None:
    place = visited(tmp_path, history, "r0", {"/": "home"})["/"]
    for name in ("r1", "r2"):
        visited(tmp_path, history, name, {"/": "other"})
    (page,) = result(ACME).fetched
    history.save("r2", replace(result(ACME), fetched=(replace(page, record=place),)))
    let_go(history, tmp_path, TWO)
    assert read_record(tmp_path, place) is not None
    assert kept(tmp_path, "r0") == []


def test_a_reference_over_two_runs_is_followed(tmp_path: Path, history: History) -> None:
    """An archive of an older version may hold a revisit of a revisit."""
    place = visited(tmp_path, history, "r0", {"/": "home"})["/"]
    visited(tmp_path, history, "r1", {"/": place})
    file = last_archive(tmp_path, "r1", "Acme") or ""
    (middle,) = read_archive(tmp_path / file, file).answers
    for name in ("r2", "r3"):
        visited(tmp_path, history, name, {"/": middle.record})
    let_go(history, tmp_path, TWO)
    assert read_record(tmp_path, middle.record) is not None
    assert read_record(tmp_path, place) is not None


@pytest.mark.parametrize("number", ["x", "-1", "²", "9" * 5000, "7"])
def test_a_reference_to_no_place_costs_no_run(
    tmp_path: Path, history: History, number: str
) -> None:
    """The last is a number at which no record begins: then the archive stays as it is."""
    visited(tmp_path, history, "r0", {"/": "home"})
    file = last_archive(tmp_path, "r0", "Acme")
    visited(tmp_path, history, "r1", {"/": f"{file}#{number}"})
    visited(tmp_path, history, "r2", {"/": "home"})
    let_go(history, tmp_path, TWO)
    assert kept(tmp_path, "r0", "r1", "r2") == ["r0"] * (number == "7") + ["r1", "r2"]


def test_runs_that_were_broken_off_count_for_nothing(tmp_path: Path, history: History) -> None:
    for number in range(2):
        visited(tmp_path, history, f"r{number}", {"/": "home"})
    for number in range(2, 6):
        visited(tmp_path, history, f"r{number}", {"/": "home"}, finished=False)
    assert let_go(history, tmp_path, TWO) == 0
    assert kept(tmp_path, *history.ids()) == list(history.ids())


def test_a_company_that_is_seldom_visited_keeps_its_last_two_visits(
    tmp_path: Path, history: History
) -> None:
    for number in range(3):
        visited(tmp_path, history, f"r{number}", {"/": "home"}, companies=COMPANIES)
    for number in range(3, 6):
        visited(tmp_path, history, f"r{number}", {"/": "home"})
    let_go(history, tmp_path, TWO)
    assert kept(tmp_path, *history.ids(), name="Acme") == ["r4", "r5"]
    assert kept(tmp_path, *history.ids(), name="Borealis") == ["r1", "r2"]


def test_a_company_that_left_the_list_keeps_no_more_than_the_others(
    tmp_path: Path, history: History
) -> None:
    for number in range(4):
        visited(tmp_path, history, f"r{number}", {"/": "home"}, companies=COMPANIES)
    for number in range(4, 6):
        visited(tmp_path, history, f"r{number}", {"/": "home"})
    alone = Competitors(path=LIST.path, companies=(ACME,), settings=TWO.settings)
    let_go(history, tmp_path, alone)
    assert kept(tmp_path, *history.ids(), name="Borealis") == []


def test_archives_of_runs_that_the_history_does_not_know_stay(
    tmp_path: Path, history: History
) -> None:
    """The history may have been moved away as it was damaged; its pages are still proof."""
    with Archive(tmp_path, new_archive(tmp_path, "lost", "Acme")) as archive:
        archive.keep(answer("/", "home"), ())
    for number in range(4):
        visited(tmp_path, history, f"r{number}", {"/": "home"})
    let_go(history, tmp_path, TWO)
    assert kept(tmp_path, "lost") == ["lost"]


def test_where_it_is_not_known_what_is_referred_to_nothing_goes(
    tmp_path: Path, history: History, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(4):
        visited(tmp_path, history, f"r{number}", {"/": "home"})

    def refuse(path: Path) -> Iterator[str]:
        raise OSError(5, f"{path}: Input/output error")

    monkeypatch.setattr(retention, "referred", refuse)
    assert let_go(history, tmp_path, TWO) == 0
    assert kept(tmp_path, *history.ids()) == list(history.ids())


def test_a_copy_that_a_person_made_of_an_archive_is_theirs(
    tmp_path: Path, history: History
) -> None:
    visited(tmp_path, history, "r0", {"/": "home"})
    archive = tmp_path / (last_archive(tmp_path, "r0", "Acme") or "")
    copy = archive.with_name(archive.name.replace(".1.", ".mine."))
    copy.write_bytes(archive.read_bytes())
    for number in range(1, 4):
        visited(tmp_path, history, f"r{number}", {"/": "home"})
    let_go(history, tmp_path, TWO)
    assert copy.exists()
    assert not archive.exists()


def test_quarter_after_quarter_the_newest_runs_can_be_analysed_again(tmp_path: Path) -> None:
    """The start page never changes and is archived once, in a run whose other pages are gone."""

    def start(connection: socket.socket, head: bytes) -> None:
        full = page("<title>Acme</title><p>Pumps.</p>", extra='ETag: "v1"\r\n')
        short = b'HTTP/1.1 304 X\r\nETag: "v1"\r\nConnection: close\r\n\r\n'
        connection.sendall(short if b"if-none-match" in head.lower() else full)

    with serving({"/": start}) as site:
        file = tmp_path / "c.yaml"
        file.write_text(
            "settings: {delay_seconds: 0, profiles: false, keep_evidence: 2}\n"
            f"companies: [{{name: Acme, website: '{site.url}/'}}]\n",
            encoding="utf-8",
        )
        for _ in range(4):
            done = command(file, "--allow-private-hosts", "--format", "json")
            assert done.returncode == 0, done.stderr
    listing = command("history", file).stdout.splitlines()
    assert [" no " in line for line in listing if line.startswith("2")] == [
        True,
        True,
        False,
        False,
    ]
    data = tmp_path / "audit-data"
    assert "keep_evidence 2: let" in (data / "audit.log").read_text("utf-8")
    results = (tmp_path / "c.json").read_bytes()
    assert command("replay", file, "--format", "json").returncode == 0
    assert (tmp_path / "c.json").read_bytes() == results
    oldest = api.run_ids(data)[0]
    gone = command("replay", file, "--run", oldest, "--format", "json")
    assert gone.returncode == 1
    assert "keep_evidence" in gone.stderr
    proof = command("explain", file, "Acme", "presence.features").stdout
    assert "HTTP 200" in proof


def test_runs_of_one_company_alone_cost_the_others_no_pages(tmp_path: Path) -> None:
    with web(tmp_path, 2, seed=1, longest_seconds=0.0) as small:
        config = api.load(small.file)
        settings = replace(config.competitors.settings, keep_evidence=2, profiles=False)
        config = replace(config, competitors=replace(config.competitors, settings=settings))
        for only in ((), (), ("Acme 0",), ("Acme 0",), ("Acme 0",)):
            api.run(config, replace(options(tmp_path), only=only))
    data = options(tmp_path).data_dir
    runs = api.run_ids(data)
    assert kept(data, *runs, name="Acme 0") == list(runs[3:])
    assert kept(data, *runs, name="Acme 1") == list(runs[:2])
