"""A history of quite other companies is not mixed into ours unless that is wanted."""

from dataclasses import replace
from pathlib import Path

import pytest

from audit.model.company import Company, Competitors
from audit.model.errors import StoreError
from audit.store.sqlite import SqliteHistory
from audit.transfer import import_history
from tests.audit.exports import exported, ids, kept, seen
from tests.audit.store.examples import LIST, run
from tests.audit.store.folders import listed
from tests.audit.test_run import run as command

STRANGER = Company(name="Acme", website="https://another.example/")
"""It has the name of one of ours, and is another company all the same."""


def of(*websites: str) -> Competitors:
    companies = tuple(Company(name=each, website=each) for each in websites)
    return replace(LIST, companies=companies)


def strangers(folder: Path) -> Path:
    """An exported history of a company that we do not know."""
    with SqliteHistory.open(folder, write=True) as history:
        history.begin(run("s1"), replace(LIST, companies=(STRANGER,)))
    return exported(folder)


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    return strangers(_made(tmp_path / "theirs"))


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    """A data folder with one run, over the companies of `LIST`."""
    kept(tmp_path / "ours", "r1")
    return tmp_path / "ours"


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


@pytest.mark.parametrize("competitors", [None, LIST, of("https://third.example/")])
def test_what_shares_no_company_is_refused(
    bundle: Path, ours: Path, competitors: Competitors | None
) -> None:
    before = seen(ours)
    with pytest.raises(StoreError, match=r"other companies \(another\.example\).*--anyway"):
        import_history(bundle, ours, competitors)
    assert seen(ours) == before
    assert not list(ours.glob(".import-*"))


def test_it_is_refused_by_the_list_alone_where_there_is_no_run_yet(
    bundle: Path, tmp_path: Path
) -> None:
    with pytest.raises(StoreError, match="Nothing was added"):
        import_history(bundle, tmp_path / "new", LIST)
    assert import_history(bundle, tmp_path / "new").new == ("s1",)


@pytest.mark.parametrize("website", ["https://another.example/", "http://WWW.another.example"])
def test_one_company_of_the_list_is_enough(bundle: Path, ours: Path, website: str) -> None:
    """As for a list to which a company was added, whose history somebody else has."""
    listed = of("https://third.example/", website)
    assert import_history(bundle, ours, listed).new == ("s1",)


def test_one_company_of_the_history_is_enough(tmp_path: Path, ours: Path) -> None:
    kept(tmp_path / "more", "r2", 30)
    assert import_history(exported(tmp_path / "more"), ours, of("https://x.example/")).new == (
        "r2",
    )


def test_it_is_added_all_the_same_where_that_is_wanted(bundle: Path, ours: Path) -> None:
    assert import_history(bundle, ours, LIST, anyway=True).new == ("s1",)
    assert set(ids(ours)) == {"r1", "s1"}


def test_the_command_says_what_to_add(tmp_path: Path, bundle: Path) -> None:
    file = listed(tmp_path)
    refused = command("import-history", bundle, file)
    assert refused.returncode == 2
    assert "none of them is on this list" in " ".join(refused.stderr.split())
    done = command("import-history", bundle, file, "--anyway")
    assert done.returncode == 0, done.stderr
    assert "1 run" in done.stdout
