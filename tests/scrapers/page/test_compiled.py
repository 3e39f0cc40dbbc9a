"""The catalogue is compiled once in a process, and workers take it only where it is the same."""

from dataclasses import replace

from config.catalogue import load_catalogue
from scrapers.page.compiled import compiled, unpacked

HINT = ("acme", "id", "widget", "data-id")


def test_the_last_catalogue_is_kept_and_another_is_compiled() -> None:
    catalogue = load_catalogue()
    rules, packed = compiled(catalogue, [HINT])
    assert compiled(catalogue, [HINT])[0] is rules
    assert unpacked(packed) is rules
    other = replace(catalogue, version="other", features=())
    changed, repacked = compiled(other, [HINT])
    assert changed.catalogue is other
    assert compiled(catalogue, [HINT])[0] is not changed
    assert unpacked(repacked).catalogue.version == "other"


def test_a_worker_compiles_what_its_server_has_not() -> None:
    catalogue = replace(load_catalogue(), version="mine", features=())
    _, packed = compiled(catalogue, [HINT])
    compiled(load_catalogue(), [])
    for given in (packed, replace(packed, version=load_catalogue().version)):
        rules = unpacked(given)
        assert rules.catalogue.features == ()
        assert rules.hints == (HINT,)
