"""Two lists in one folder: each has its own runs, also after its file was renamed."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from audit.lists import other_lists, runs_like, runs_of, strangers
from audit.model.company import Company, Competitors
from audit.model.errors import StoreError
from audit.runs import kept_run
from audit.store.sqlite import SqliteHistory
from tests.audit.store.examples import COMPANIES, NOW, result, run
from tests.audit.store.folders import changed
from tests.audit.store.in_memory import InMemory
from tests.audit.test_run import run as command
from tests.hostile import page, serving

OURS = COMPANIES[0]
OTHERS = tuple(
    Company(name=name, website=f"https://{name.lower()}.example/")
    for name in ("Birch", "Cedar", "Dogwood")
)


def of(name: str, *companies: Company) -> Competitors:
    return Competitors(path=Path(name), companies=companies)


def history(*made: Competitors) -> InMemory:
    """A history of finished runs r0, r1 and so on, over these lists."""
    kept = InMemory()
    for number, competitors in enumerate(made):
        kept.begin(run(f"r{number}"), competitors)
        kept.finish(f"r{number}", NOW)
    return kept


def ids(kept: InMemory, folder: Path, competitors: Competitors) -> list[str]:
    return [each.id for each in runs_of(kept, folder / "audit-data", competitors)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the files of two lists."""
    for name in ("a.yaml", "b.yaml"):
        (tmp_path / name).write_text("", "utf-8")
    return tmp_path


def test_lists_that_share_our_own_company_have_their_own_runs(folder: Path) -> None:
    one, two = of("a.yaml", OURS, OTHERS[0]), of("b.yaml", OURS, OTHERS[1])
    kept = history(one, two, one, two)
    assert ids(kept, folder, one) == ["r0", "r2"]
    assert ids(kept, folder, two) == ["r1", "r3"]
    assert other_lists(kept, folder / "audit-data", one) == {"b.yaml": ["r1", "r3"]}
    assert [each.id for each in runs_like(kept, folder / "audit-data", "r3")] == ["r1", "r3"]


def test_a_list_typed_from_elsewhere_is_the_same(folder: Path) -> None:
    kept = history(of("a.yaml", OURS), of("../lists/a.yaml", OURS))
    assert ids(kept, folder, of(str(folder / "a.yaml"), OURS)) == ["r0", "r1"]


def test_two_lists_of_one_name_are_told_apart_where_both_are_there(tmp_path: Path) -> None:
    files = [tmp_path / name / "a.yaml" for name in ("eu", "us")]
    for file in files:
        file.parent.mkdir()
        file.write_text("", "utf-8")
    eu, us = (of(str(file), OURS, OTHERS[n]) for n, file in enumerate(files))
    kept = history(eu, us, eu)
    assert ids(kept, tmp_path, eu) == ["r0", "r2"]
    assert ids(kept, tmp_path, us) == ["r1"]
    assert other_lists(kept, tmp_path / "audit-data", us) == {str(files[0]): ["r0", "r2"]}
    files[1].unlink()
    assert ids(kept, tmp_path, us) == ["r0", "r1", "r2"]


def test_runs_without_a_company_in_common_may_be_of_another_list(folder: Path) -> None:
    kept = history(of("a.yaml", OTHERS[0]), of("a.yaml", OURS, OTHERS[0]), of("a.yaml", OURS))
    data = folder / "audit-data"
    assert strangers(kept, data, of("a.yaml", OURS)) == ("r0",)
    assert strangers(kept, data, of("a.yaml", OURS, OTHERS[0])) == ()


def test_a_list_whose_companies_were_all_exchanged_keeps_its_runs(folder: Path) -> None:
    kept = history(of("a.yaml", OURS), of("a.yaml", OTHERS[0]))
    assert ids(kept, folder, of("a.yaml", OTHERS[1])) == ["r0", "r1"]


def test_a_list_that_was_renamed_keeps_its_runs(folder: Path) -> None:
    """Also the second time, and where the companies changed little by little."""
    kept = history(
        of("z.yaml", OURS, OTHERS[0]), of("y.yaml", OTHERS[0], OTHERS[1]), of("a.yaml", OTHERS[1])
    )
    assert ids(kept, folder, of("a.yaml", OTHERS[2])) == ["r0", "r1", "r2"]
    assert ids(kept, folder, of("a.yaml")) == ["r0", "r1", "r2"]


@pytest.mark.parametrize(
    "made",
    [
        (of("z.yaml", OTHERS[0]), of("a.yaml", OURS)),
        (of("a.yaml", OURS), of("z.yaml", OURS)),
        (of("z.yaml", OURS), of("a.yaml", OURS), of("z.yaml", OURS)),
        (of("b.yaml", OURS), of("a.yaml", OURS)),
    ],
    ids=["no company in common", "made afterwards", "made in turns", "still there"],
)
def test_runs_of_another_list_are_not_taken_for_those_of_a_renamed_one(
    folder: Path, made: Sequence[Competitors]
) -> None:
    own = [f"r{number}" for number, each in enumerate(made) if each.path.name == "a.yaml"]
    assert ids(history(*made), folder, of("a.yaml", OURS)) == own


def test_a_list_is_there_also_where_it_was_typed_though_the_data_lie_elsewhere(
    folder: Path, tmp_path: Path
) -> None:
    kept = history(of(str(folder / "b.yaml"), OURS), of(str(folder / "a.yaml"), OURS))
    runs = runs_of(kept, tmp_path / "far" / "data", of("a.yaml", OURS))
    assert [each.id for each in runs] == ["r1"]


def test_a_run_whose_list_is_damaged_goes_by_what_it_saved(folder: Path) -> None:
    data = folder / "audit-data"
    data.mkdir()
    with SqliteHistory.open(data, write=True) as kept:
        for number, company in enumerate((OURS, OTHERS[0])):
            kept.begin(run(f"r{number}"), of(f"{'ab'[number]}.yaml", company))
            kept.save(f"r{number}", result(company))
            kept.finish(f"r{number}", NOW)
    changed(data, "UPDATE run SET competitors = 'x'")
    with SqliteHistory.open(data) as kept:
        assert [each.id for each in runs_of(kept, data, of("a.yaml", OURS))] == ["r0"]
        assert [each.id for each in runs_of(kept, data, of("b.yaml", OTHERS[0]))] == ["r1"]
    assert kept_run(data, competitors=of("a.yaml", OURS)).run.id == "r0"
    with pytest.raises(StoreError, match="no run"):
        kept_run(data, competitors=of("c.yaml", OTHERS[1]))


def test_the_commands_take_the_runs_of_the_list_that_is_named(tmp_path: Path) -> None:
    with serving({"/": page("<title>One</title><p>Hello"), "/2": page("<p>Hello")}) as site:
        for name, path in (("a", "/"), ("b", "/2")):
            (tmp_path / f"{name}.yaml").write_text(
                "settings: {delay_seconds: 0, profiles: false, schedule: daily}\ncompanies:\n"
                f"- {{name: Company {name}, website: '{site.url}{path}'}}\n",
                "utf-8",
            )
            done = command(
                *(tmp_path / f"{name}.yaml", "--allow-private-hosts", "--format", "json"),
                *("-o", tmp_path / "o.json", "--if-due"),
            )
            assert (tmp_path / "o.json").exists(), done.stderr
    names: dict[str, list[str]] = {}
    for name in "ab":
        for verb in ("report", "replay"):
            out = tmp_path / f"{verb}-{name}.json"
            command(verb, tmp_path / f"{name}.yaml", "--format", "json", "-o", out)
            companies = json.loads(out.read_text("utf-8"))["companies"]
            names.setdefault(name, []).extend(company["name"] for company in companies)
    assert names == {"a": ["Company a"] * 2, "b": ["Company b"] * 2}
    assert "no finished run before" in command("changes", tmp_path / "b.yaml").stdout
    listed = command("history", tmp_path / "b.yaml").stdout
    assert "Of a.yaml: 1 run in this folder, too" in listed
    (tmp_path / "c.yaml").write_text(
        "companies:\n- {name: C, website: 'https://c.example/'}\n", "utf-8"
    )
    refused = command("report", tmp_path / "c.yaml")
    assert refused.returncode == 2
    assert "only of other lists (a.yaml, b.yaml)" in refused.stderr.replace("\n", " ")


def test_a_list_that_was_copied_with_its_data_keeps_its_runs(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name / "audit-data").mkdir(parents=True)
        (tmp_path / name / "c.yaml").write_text("", "utf-8")
    first = of(f"{tmp_path / 'one' / 'c.yaml'}", OURS, OTHERS[0])
    copied = of(f"{tmp_path / 'two' / 'c.yaml'}", OURS, OTHERS[0])
    assert ids(history(first, copied), tmp_path / "two", copied) == ["r0", "r1"]
    (tmp_path / "one" / "audit-data").rmdir()
    assert ids(history(first, copied), tmp_path / "two", copied) == ["r1"]
