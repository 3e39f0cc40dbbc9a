"""Where things lie: the checkout, its tests, and what lies beside it."""

from pathlib import Path

import audit

TESTS = Path(__file__).resolve().parent
ROOT = TESTS.parent
INSTALLED = Path(audit.__file__).resolve().parents[1]
"""Where the rooms lie whose code runs: the checkout, or the packages of an environment."""

CODE = tuple(
    path
    for room in ("audit", "config", "reports", "scrapers")
    for path in sorted((INSTALLED / room).rglob("*.py"))
)
