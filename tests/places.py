"""Where things lie: the checkout, its tests, and what lies beside it."""

from pathlib import Path

TESTS = Path(__file__).resolve().parent
ROOT = TESTS.parent
