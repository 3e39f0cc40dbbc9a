"""Lists of companies for the tests to load, and what becomes of them."""

import sys
from pathlib import Path

import pytest

from audit.model.company import Competitors
from audit.model.errors import ConfigError
from config.load import load_competitors

CASES = Path(__file__).parent
PLATFORMS = ("youtube", "linkedin", "x")
COMPANY = "companies:\n- {name: A, website: 'https://a.example'}\n"
ON_LINUX = pytest.mark.skipif(sys.platform == "win32", reason="there are no such files")


def loaded(path: Path) -> Competitors:
    """Load a list in which profiles may be on three platforms."""
    return load_competitors(path, lambda _extra: PLATFORMS)


def refusal(path: Path) -> str:
    """Return the message with which a list is refused."""
    with pytest.raises(ConfigError) as caught:
        loaded(path)
    return str(caught.value)
