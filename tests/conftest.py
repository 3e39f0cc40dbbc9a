"""What several tests share: the small invented web, served on loopback."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from audit.demo.invented import companies
from audit.demo.serve import Web, serving

TODAY = date(2026, 11, 24)


@pytest.fixture
def web() -> Iterator[Web]:
    """The invented companies' websites as they stand on a fixed day."""
    with serving(companies(), TODAY) as running:
        running.show(TODAY)
        yield running


@pytest.fixture
def file(web: Web, tmp_path: Path) -> Path:
    """A competitors.yaml over the invented web."""
    own = {company.name for company in companies() if company.own}
    listed = [
        {"name": name, "website": address, **({"own": True} if name in own else {})}
        for name, address in web.addresses().items()
    ]
    path = tmp_path / "competitors.yaml"
    with path.open("w", encoding="utf-8") as out:
        YAML().dump({"settings": {"delay_seconds": 0}, "companies": listed}, out)
    return path
