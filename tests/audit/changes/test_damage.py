"""What is said where the history has lost a part of a run."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from audit.changes.between import changes_between
from audit.model.changes import Changes
from audit.model.company import Company, Competitors, Settings
from audit.model.result import LIST, CompanyResult, Snapshot
from audit.model.value import Reason
from audit.model.visit import Note
from audit.store.history import damage
from audit.store.missing import whole
from config.catalogue import load_catalogue
from reports.changed import changes_as_json, headline, not_compared
from tests.audit.changes.example import SITE, brief, feature, proof, result, run
from tests.audit.store.folders import changed
from tests.audit.test_run import run as command
from tests.hostile import Route, page, serving

BOREA = Company(name="Borea", website="https://borea.example/")
FORUM = feature("forum", vendor="Discourse")


def lost(shot: Snapshot, *names: str) -> Snapshot:
    """A run of which the rows of some companies are damaged."""
    kept = tuple(each for each in shot.results if each.company.name not in names)
    notes = tuple(damage(name, shot.run.id, ValueError("no text")) for name in names)
    return whole(replace(shot, results=kept, notes=notes))


def both(seen: CompanyResult) -> tuple[CompanyResult, CompanyResult]:
    return seen, result(company=BOREA)


def compared(before: Snapshot, now: Snapshot, *older: Snapshot) -> Changes:
    return changes_between(before, now, load_catalogue(), older=older)


@pytest.mark.parametrize("then", [True, False])
def test_a_company_that_one_run_has_lost_is_not_compared_and_not_blocked(then: bool) -> None:
    before, now = run(0, *both(result())), run(1, *both(result(FORUM)))
    names = ("Acme",)
    told = compared(lost(before, *names), now) if then else compared(before, lost(now, *names))
    assert told.changes == ()
    assert told.uncompared == ("Acme",)
    assert headline(told) == (
        "No change could be seen since the run of 1 Feb 2026. Of one company nothing could be "
        "compared."
    )
    day = "01 Feb 2026" if then else "03 May 2026"
    assert not_compared(told) == (
        f"The run of {day} is damaged, or not all saved: it lacks Acme.",
        "Nothing could be compared of Acme.",
    )
    as_json = changes_as_json(told)
    assert as_json is not None
    assert as_json["not_compared"] == ["Acme"]


def test_all_that_is_lost_is_said_beside_what_has_changed() -> None:
    before, now = run(0, *both(result())), run(1, *both(result(FORUM)))
    told = compared(lost(before, "Borea"), now)
    assert brief(told.changes) == ["feature.forum new real"]
    assert headline(told).endswith(
        "1 change at the companies. Of one company nothing could be compared."
    )
    assert compared(lost(before, "Acme", "Borea"), now).uncompared == ("Acme", "Borea")


def test_what_is_lost_is_compared_with_an_older_run_that_holds_it() -> None:
    older, before = run(0, *both(result())), run(1, *both(result()))
    told = compared(lost(before, "Acme"), run(2, *both(result(FORUM))), older)
    assert brief(told.changes) == ["feature.forum new real"]
    assert told.changes[0].old_run == "run-0"
    assert told.uncompared == ()
    assert len(told.damage) == 1
    assert told.notes[0].startswith("Acme is compared with the run of 01 Feb 2026")


def without_list(shot: Snapshot) -> Snapshot:
    """A run of which the list is damaged: what is read in its place has the usual settings."""
    listed = Competitors(path=Path("history"), companies=shot.competitors.companies)
    return replace(
        shot, competitors=listed, notes=(damage(LIST, shot.run.id, ValueError("no text")),)
    )


@pytest.mark.parametrize("then", [True, False])
def test_of_the_settings_of_a_run_whose_list_is_lost_nothing_is_said(then: bool) -> None:
    few = Settings(max_pages_per_site=20, lookback_days=90, timezone="Asia/Tokyo")
    deep = replace(FORUM, evidence=(proof(url=f"{SITE}deep/"),))
    cut = Note(what="website", reason=Reason.BUDGET, detail="20 of 90 pages")
    before = run(0, *both(result(deep)), settings=few)
    now = run(1, *both(result(notes=[cut])), settings=few)
    told = compared(without_list(before), now) if then else compared(before, without_list(now))
    assert told.notes == ()
    # Nor does anything become a matter of settings: both runs may have had the same.
    assert brief(told.changes) == ["feature.forum blocked access"]
    assert told.damage == (
        f"The list of the run of {'01 Feb' if then else '03 May'} 2026 is damaged, so that its "
        "settings are not known.",
    )


def test_a_company_is_neither_new_nor_gone_by_a_list_that_is_lost() -> None:
    alone, two = run(0, result(FORUM)), run(1, *both(result(FORUM)))
    told = compared(without_list(alone), two)
    assert (told.changes, told.uncompared) == ((), ("Borea",))
    told = compared(two, without_list(run(2, result(FORUM))))
    assert (told.changes, told.uncompared) == ((), ())


def test_of_whole_runs_nothing_is_said() -> None:
    told = compared(run(0, *both(result())), run(1, *both(result())))
    assert (told.damage, told.uncompared, not_compared(told)) == ((), (), ())


def test_a_damaged_history_is_said_by_every_command_that_compares(tmp_path: Path) -> None:
    file, web = tmp_path / "c.yaml", dict[str, Route | list[Route]]({"/": page("<h1>Acme</h1>")})
    with serving(web) as site:
        file.write_text(
            "settings: {delay_seconds: 0, browser: never, profiles: false}\n"
            f"companies:\n- {{name: Acme, website: '{site.url}/'}}\n",
            encoding="utf-8",
        )
        command(file, "--allow-private-hosts")
        changed(tmp_path / "audit-data", "UPDATE company SET result = '{' || result")
        again = command(file, "--allow-private-hosts", "--json", "--tell-unchanged")
    assert again.returncode == 1
    last = json.loads(again.stdout)
    assert last["unchanged"] is None
    assert any("damaged" in line for line in last["words"])
    shown = command("changes", file)
    assert shown.returncode == 1
    assert "Of one company nothing could be compared." in " ".join(shown.stdout.split())
    assert "Nothing has changed" not in shown.stdout
    as_json = command("changes", file, "--json")
    assert as_json.returncode == 1
    assert json.loads(as_json.stdout)["not_compared"] == ["Acme"]
    report = command("report", file)
    assert report.returncode == 1
    assert "damaged" in report.stderr
