"""Load scikit-learn by itself: it brings pandas along where that is installed, unasked."""

import sys
from importlib import import_module


def is_loaded() -> bool:
    """Tell whether scikit-learn is loaded in this process, be it by somebody else."""
    return "sklearn" in sys.modules


def load_scikit_learn() -> None:
    """Load scikit-learn without pandas, of which it only asks the version as it is loaded.

    That saves each run with topics 64 MB and a second and a half. Who has loaded pandas already, or
    loads it later, has it.
    """
    if is_loaded() or "pandas" in sys.modules:
        return
    # The documented way to say that a module is not there (importlib, "The module cache").
    sys.modules["pandas"] = None  # type: ignore[assignment]
    try:
        import sklearn.utils.fixes  # noqa: F401 - where it asks
    finally:
        del sys.modules["pandas"]


def load_all() -> None:
    """Load all parts of scikit-learn and scipy that themes are found with."""
    load_scikit_learn()
    for name in ("scipy.optimize", "sklearn.decomposition", "sklearn.feature_extraction.text"):
        import_module(name)
