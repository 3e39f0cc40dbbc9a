"""Four runs over a web that changes: every planted change is told, and nothing else is."""

import json
from collections.abc import Iterator
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

import pytest

from audit import api
from audit.commands.calling import command_named
from audit.model.change import Cause, ChangeType, Event, Severity
from audit.model.changes import Changes
from audit.model.result import Snapshot
from tests.changing_web import QUARTERS, changing_web

PLANTED: dict[int, set[tuple[str, ChangeType, Event, str, Cause]]] = {
    1: {
        ("Birch Lamps", ChangeType.FEATURE, Event.NEW, "feature.forum", Cause.REAL),
        ("Cedar Desks", ChangeType.CHANNEL, Event.RENAMED, "channel.bluesky", Cause.REAL),
        ("Dune Chairs", ChangeType.COMPANY, Event.BLOCKED, "website", Cause.ACCESS),
        ("Elm Tools", ChangeType.SILENCE, Event.BEGUN, "blog.recency_days", Cause.REAL),
        ("Gorse Rugs", ChangeType.CADENCE, Event.UP, "blog.posts_per_week", Cause.REAL),
    },
    2: {
        ("Birch Lamps", ChangeType.FEATURE, Event.GONE, "feature.forum", Cause.REAL),
        ("Birch Lamps", ChangeType.CHANNEL, Event.TAKEN_OVER, "channel.bluesky", Cause.REAL),
        ("Cedar Desks", ChangeType.CHANNEL, Event.BLOCKED, "channel.mastodon", Cause.ACCESS),
        ("Dune Chairs", ChangeType.COMPANY, Event.READABLE, "website", Cause.ACCESS),
        # Told against the first quarter, as nobody could see the second.
        ("Dune Chairs", ChangeType.FEATURE, Event.NEW, "feature.newsletter", Cause.REAL),
        ("Fern Beds", ChangeType.VENDOR, Event.SWITCHED, "vendor.cms", Cause.REAL),
        ("Hazel Pots", ChangeType.COMPANY, Event.NEW, "company", Cause.WINDOW),
    },
    3: {
        ("Birch Lamps", ChangeType.VENDOR, Event.SWITCHED, "vendor.chat", Cause.REAL),
        ("Cedar Desks", ChangeType.CHANNEL, Event.READABLE, "channel.mastodon", Cause.ACCESS),
        ("Cedar Desks", ChangeType.CHANNEL, Event.NEW, "channel.linkedin", Cause.REAL),
        ("Elm Tools", ChangeType.SILENCE, Event.ENDED, "blog.recency_days", Cause.REAL),
        ("Fern Beds", ChangeType.FEATURE, Event.LOST, "feature.blog", Cause.ACCESS),
        ("Gorse Rugs", ChangeType.AUDIENCE, Event.UP, "channel.bluesky.followers", Cause.REAL),
        ("Hazel Pots", ChangeType.COMPANY, Event.GONE, "company", Cause.WINDOW),
    },
}
"""What each quarter brings, by its number from 0. Another layout, in the second one, is no change."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of four runs, with the list of the last one; the fifth sees the fourth's web."""
    place = tmp_path_factory.mktemp("quarters")
    file = place / "competitors.yaml"
    with changing_web() as web:
        for quarter, day in (*enumerate(QUARTERS), (3, QUARTERS[3])):
            web.show(quarter)
            web.write_list(file, quarter)
            options = api.Options(
                data_dir=place / "audit-data", as_of=day, allow_private_hosts=True
            )
            api.run(api.load(file), options)
    return place


@pytest.fixture(scope="module")
def told(folder: Path) -> dict[int, Changes]:
    """The changes of each run since the one before it, by the number of its quarter; 4 is the fifth."""
    return dict(_each(folder))


def _each(folder: Path) -> Iterator[tuple[int, Changes]]:
    config, data = api.load(folder / "competitors.yaml"), folder / "audit-data"
    for number, run in enumerate(api.run_ids(data)):
        changes = api.past_of(data, api.kept_run(data, run), config.catalogue).changes
        assert (changes is None) is (number == 0)
        if changes is not None:
            yield number, changes


@pytest.mark.parametrize("quarter", PLANTED)
def test_every_planted_change_is_told_and_nothing_else(
    told: dict[int, Changes], quarter: int
) -> None:
    found = [
        (each.company, each.type, each.event, each.subject, each.cause)
        for each in told[quarter].changes
    ]
    assert set(found) == PLANTED[quarter]
    assert len(found) == len(PLANTED[quarter])


def test_the_same_web_on_the_same_day_brings_no_change(told: dict[int, Changes]) -> None:
    assert told[4].changes == ()
    assert told[4].notes == ()


def test_a_change_of_a_quarter_that_could_not_be_seen_is_told_against_the_one_before(
    told: dict[int, Changes], folder: Path
) -> None:
    first = api.run_ids(folder / "audit-data")[0]
    newsletter = next(each for each in told[2].changes if each.subject == "feature.newsletter")
    assert newsletter.old_run == first


def test_a_list_that_had_posts_and_shows_none_is_grave_and_makes_the_company_incomplete(
    told: dict[int, Changes], folder: Path
) -> None:
    lost = next(each for each in told[3].changes if each.event is Event.LOST)
    assert lost.severity is Severity.HIGH
    snapshot: Snapshot = api.kept_run(folder / "audit-data", api.run_ids(folder / "audit-data")[3])
    assert [r.company.name for r in snapshot.results if not r.complete] == ["Fern Beds"]


def test_every_real_change_has_the_proof_of_its_runs(told: dict[int, Changes]) -> None:
    real = [change for changes in told.values() for change in changes.real]
    assert len(real) > 5
    assert all(change.evidence or change.old_evidence for change in real)


def test_any_two_runs_can_be_compared(folder: Path) -> None:
    first, *_, fourth, _ = api.run_ids(folder / "audit-data")
    done = _audit(folder, "changes", "--run", fourth, "--against", first, "--json")
    told = json.loads(done)
    pairs = {(each["company"], each["type"], each["event"]) for each in told["changes"]}
    assert told["before"]["id"] == first
    # What came and went in between is no difference of these two.
    assert ("Birch Lamps", "feature", "new") not in pairs
    assert ("Dune Chairs", "feature", "new") in pairs
    assert not any(each["company"] == "Hazel Pots" for each in told["changes"])


def test_a_measure_is_told_over_all_runs(folder: Path) -> None:
    told = json.loads(_audit(folder, "changes", "--measure", "blog.posts", "--json"))
    assert [each["as_of"][:10] for each in told["runs"]] == [
        *(str(day) for day in QUARTERS),
        str(QUARTERS[3]),
    ]
    gorse = [each["values"]["Gorse Rugs"]["value"] for each in told["runs"]]
    assert gorse[0] < gorse[1] < gorse[2] < gorse[3] == gorse[4]
    # Blocked in the second quarter: unknown, and no zero.
    assert told["runs"][1]["values"]["Dune Chairs"]["unknown"] == "http-403"


def test_a_slip_in_a_run_or_a_measure_is_answered_with_what_was_meant(folder: Path) -> None:
    run = api.run_ids(folder / "audit-data")[0]
    file = str(folder / "competitors.yaml")
    with pytest.raises(api.AuditError, match=f"did you mean {run}"):
        _call("changes", file, "--against", run[:-1])
    with pytest.raises(api.AuditError, match=r"did you mean blog\.posts"):
        _call("changes", file, "--measure", "blog.post")


def _audit(folder: Path, command: str, *options: str) -> str:
    """What a command prints for the list of the folder."""
    return _call(command, str(folder / "competitors.yaml"), *options)


def _call(name: str, *words: str) -> str:
    """What a command prints; what it raises is raised."""
    command = command_named(name)
    with redirect_stdout(StringIO()) as told:
        command.call(command.read(words))
    return told.getvalue()
