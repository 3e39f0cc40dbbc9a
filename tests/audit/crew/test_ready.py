"""What workers find made for them in the process that they are forked from."""

from importlib import import_module, reload

import pytest

from config.catalogue import load_catalogue
from scrapers.page import compiled as compiling
from scrapers.page.compiled import compiled, unpacked
from scrapers.platforms import widget_hints
from scrapers.workers.process import PRELOADED


def test_the_rules_of_the_package_are_made_once_for_all_workers(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _, packed = compiled(load_catalogue(), widget_hints())
    monkeypatch.setattr(compiling, "_kept", compiling._Kept())
    loaded = {name: import_module(name) for name in PRELOADED}
    reload(loaded["audit.crew.ready"])
    made = compiling._kept.rules
    assert made is not None
    assert unpacked(packed) is made
