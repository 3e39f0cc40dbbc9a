"""Lists of companies for the tests to load, and what becomes of them."""

import sys
from functools import cache
from pathlib import Path

import pytest

from audit.measure.known import MEASURES
from audit.model.catalogue import PlatformRule
from audit.model.company import Competitors
from audit.model.errors import ConfigError
from config.catalogue import load_platforms
from config.load import load_competitors

CASES = Path(__file__).parent
PLATFORMS = ("youtube", "linkedin", "x", "facebook", "mastodon", "ghost")
COMPANY = "companies:\n- {name: A, website: 'https://a.example'}\n"
ON_LINUX = pytest.mark.skipif(sys.platform == "win32", reason="there are no such files")


def loaded(path: Path) -> Competitors:
    """Load a list in which profiles may be on a few platforms."""
    return load_competitors(path, lambda _extra: _rules(), MEASURES)


@cache
def _rules() -> tuple[PlatformRule, ...]:
    """Return the rules of these platforms as the package has them."""
    return tuple(rule for rule in load_platforms() if rule.name in PLATFORMS)


def refusal(path: Path) -> str:
    """Return the message with which a list is refused."""
    with pytest.raises(ConfigError) as caught:
        loaded(path)
    return str(caught.value)
