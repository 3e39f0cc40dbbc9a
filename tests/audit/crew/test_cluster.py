"""A cluster as it is typed, and what its processes are asked before they are used."""

import pickle
from dataclasses import replace
from pathlib import Path

import pytest

from audit.crew import address
from audit.crew.address import Cluster, cluster_of
from audit.crew.afield import all_keys, secret
from audit.crew.dask_fit import Demand, demand_of, unfit
from audit.model.errors import AuditError
from scrapers.channels.overlap import Vault
from scrapers.fetch.archive import Archive
from tests.audit.test_run import PLAIN, run


@pytest.mark.parametrize(
    "typed",
    [" ", "local", "local:", "local:²", "4", "http://a:1", "tcp://a", "tcp://a b:1", "tls://:1"],
)
def test_what_is_no_cluster_is_refused_with_what_to_write(typed: str) -> None:
    with pytest.raises(AuditError, match=r"local:4 .* tcp://HOST:8786"):
        cluster_of(typed)


@pytest.mark.parametrize("typed", ["local:0", "local:65", "local:999999999999999999999999"])
def test_a_number_of_processes_that_cannot_be_is_refused(typed: str) -> None:
    with pytest.raises(AuditError, match="between 1 and 64"):
        cluster_of(typed)


def test_only_where_nobody_else_can_read_them_keys_may_be_sent() -> None:
    private = {
        typed: _meant(typed).is_private
        for typed in (
            "local:2",
            "tls://hub.example:8786",
            "tcp://hub.example:8786",
            "tcp://[::1]:8786",
        )
    }
    assert list(private.values()) == [True, True, False, False]
    assert cluster_of(" local:2 ") == Cluster(typed="local:2", local=2)
    assert cluster_of(None) is None


def test_without_dask_it_is_said_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(address, "find_spec", lambda _: None)
    with pytest.raises(AuditError, match=r"not installed; install it with: pipx inject"):
        cluster_of("local:2")


def test_a_variable_that_is_not_set_is_no_wish_for_one_process() -> None:
    with pytest.raises(AuditError, match="is no address of a cluster"):
        cluster_of("")


def test_a_slip_in_the_address_costs_nothing(tmp_path: Path) -> None:
    file = tmp_path / "c.yaml"
    file.write_text("companies:\n- {name: A, website: 'https://a.example/'}\n", "utf-8")
    done = run(file, "--cluster", "hub:8786", environment=PLAIN)
    assert done.returncode == 2
    assert "--cluster hub:8786: is no address of a cluster" in done.stderr
    assert not (tmp_path / "audit-data").exists()


def test_a_process_with_the_same_program_and_folder_is_fit(tmp_path: Path) -> None:
    demand = _demand(tmp_path)
    assert not unfit(demand)
    assert [path.name for path in tmp_path.iterdir()] == [demand.probe]


def test_another_version_is_named_with_what_helps(tmp_path: Path) -> None:
    here = _demand(tmp_path)
    for other in (
        replace(here, version="0.1"),
        replace(here, reading="another"),
    ):
        assert "install the same one on all machines" in unfit(other)
    assert "use the same on all machines" in unfit(replace(here, python="2.7"))


def test_another_disk_is_named_with_what_helps(tmp_path: Path) -> None:
    demand = _demand(tmp_path)
    (tmp_path / demand.probe).write_text("that of another run", "ascii")
    assert "must lie on a disk that all machines share" in unfit(demand)
    (tmp_path / demand.probe).unlink()
    assert "cannot use" in unfit(demand)
    assert not unfit(demand, folder=False)  # the scheduler reads no page


def test_two_visits_of_a_company_never_write_to_one_archive(tmp_path: Path) -> None:
    first, second = (Archive(tmp_path, "archive/r/acme.1.warc.gz") for _ in range(2))
    assert first.out.claim()
    assert not second.out.claim()
    with first:
        pass
    # Nothing was written: nothing is left that could be taken for the last visit.
    assert not list((tmp_path / "archive" / "r").iterdir())


def test_hashes_of_a_branch_count_and_come_home_without_the_salt() -> None:
    vault, names = Vault(b"salt of this run"), [f"user{n}" for n in range(60)]
    for company in ("A", "B"):
        branch = pickle.loads(pickle.dumps(vault.branch()))  # noqa: S301 - as it is sent
        branch.put((company, "mastodon", f"https://m.example/@{company}"), names)
        brought = pickle.dumps(branch.samples())
        assert b"salt of this run" not in brought
        assert b"user1" not in brought
        vault.join(pickle.loads(brought))  # noqa: S301 - as it comes home
    shares = [part.share for parts in vault.overlaps().values() for part in parts]
    assert shares == [1.0, 1.0]


def test_every_variable_of_a_key_is_known_as_one() -> None:
    assert {key.name for key in all_keys()} <= secret(all_keys())


def _meant(typed: str) -> Cluster:
    """The cluster of an address of one."""
    cluster = cluster_of(typed)
    assert cluster is not None
    return cluster


def _demand(folder: Path) -> Demand:
    """What a run asks whose data folder is this one."""
    demand = demand_of(folder, "20261124T120000000")
    (folder / demand.probe).write_text(demand.word, "ascii")
    return demand
