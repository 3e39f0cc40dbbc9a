"""Which browser is there: it draws pages in a run, and prints the report as a PDF."""

import os
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

VARIABLE = "SOCIAL_AUDIT_BROWSER"
_NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "microsoft-edge",
    "chrome",
    "msedge",
)


def find_browser(environment: Mapping[str, str]) -> Path | None:
    """Return the browser to use: that of our own variable, Playwright's download, the usual names.

    A variable that names no program means none: the user has asked for that one and no other.
    """
    wish = environment.get(VARIABLE, "")
    if wish:
        path = shutil.which(wish, path=environment.get("PATH"))
        return Path(path) if path else None
    downloaded = _downloaded(environment)
    if downloaded is not None:
        return downloaded
    paths = (shutil.which(name, path=environment.get("PATH")) for name in _NAMES)
    return next((Path(path) for path in paths if path), None)


def flags_as_root() -> tuple[str, ...]:
    """Return the flag for a start as root, where Chromium refuses to start its sandbox."""
    return ("--no-sandbox",) if hasattr(os, "geteuid") and os.geteuid() == 0 else ()


def _downloaded(environment: Mapping[str, str]) -> Path | None:
    """Return the newest Chromium that Playwright has downloaded, in its folder of each system."""
    homes = {
        "darwin": "~/Library/Caches/ms-playwright",
        "win32": r"~\AppData\Local\ms-playwright",
    }
    folder_wish = environment.get("PLAYWRIGHT_BROWSERS_PATH", "")
    home = Path(folder_wish or homes.get(sys.platform, "~/.cache/ms-playwright")).expanduser()
    names = ("chrome", "chrome.exe", "Chromium", "headless_shell")
    programs = (
        path
        for folder in sorted(home.glob("chromium*-*"), key=_build, reverse=True)
        for name in names
        for path in sorted(folder.glob(f"*/**/{name}"))
        if path.is_file()
    )
    return next(programs, None)


def _build(folder: Path) -> int:
    """Return the number behind a downloaded browser's name; a higher one is newer."""
    number = folder.name.rpartition("-")[2]
    return int(number) if number.isdecimal() else 0
