"""Tell one version of the readers from another, so that no reading outlives what made it."""

import sys
from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import audit.model
import scrapers
from scrapers.page.rules import Rules

_LIBRARIES = ("ada-url", "dateparser", "feedparser", "lxml", "protego", "selectolax")
"""What the readers read with; another version may read the same bytes another way."""


def stamp_of(rules: Rules) -> str:
    """Return a digest of rules, readers and their libraries; "" where nobody can tell.

    Everything below `scrapers` and `audit/model` counts: too much rather than too little, as an
    update costs no more than reading each page once.
    """
    code = _code()
    about = (rules.catalogue.version, sorted(rules.hints), sys.version, code)
    return sha256(repr(about).encode()).hexdigest() if code else ""


@cache
def _code() -> str:
    """Return a digest of the readers' source and libraries; "" where no source is there."""
    folders = [Path(place) for package in (scrapers, audit.model) for place in package.__path__]
    digest, found = sha256(), False
    try:
        for path in (path for folder in folders for path in sorted(folder.rglob("*.py"))):
            digest.update(path.read_bytes())
            found = True
        digest.update(" ".join(map(version, _LIBRARIES)).encode())
    except (OSError, PackageNotFoundError):
        return ""
    return digest.hexdigest() if found else ""
