"""The recorded material beside the checkout; tests that need it are skipped, by name, without."""

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[1].parent / "shared"

needs_shared = pytest.mark.skipif(
    not (SHARED / "README.md").exists(), reason="../shared is not beside this checkout"
)
