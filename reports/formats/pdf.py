"""The page printed on A4 by the Chromium that is there; it is drawn without any network."""

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from audit.browser import VARIABLE, find_browser, flags_as_root
from audit.model.errors import ReportError, SaveError
from reports.formats._base import Format
from reports.formats.html.page import page
from reports.report import Report
from reports.save import save

if TYPE_CHECKING:
    from playwright.sync_api import Browser

_SECONDS = 60.0
"""A page of many companies is printed in a few seconds; a browser that takes longer hangs."""

_WALLS = (
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
    "--disable-dev-shm-usage",
    # The page asks for nothing; should a browser want to, it finds a proxy that is not there.
    "--proxy-server=http://127.0.0.1:9",
    "--proxy-bypass-list=<-loopback>",
    "--host-resolver-rules=MAP * ^NOTFOUND",
)

_FOOT = (
    '<div style="width:100%;padding:0 11mm;font:9.4px Arial,sans-serif;color:#5A6672;'
    'text-align:right"><span class="pageNumber"></span> of <span class="totalPages"></span></div>'
)


_NO_BROWSER = (
    "a PDF is printed by Chromium or Chrome, and none was found; install one, or "
    f"name it in {VARIABLE}, or write --format html and print that in any browser"
)


def ready() -> None:
    """Check that a browser is there that can print.

    Raises:
        ReportError: there is none; with what to do.
    """
    if find_browser(os.environ) is None:
        raise ReportError(f"--format pdf: {_NO_BROWSER}")


def write_pdf(report: Report, path: Path) -> Path:
    """Print the page of a report; return the path as it really is.

    Raises:
        SaveError: there is no browser, or it could not print; with what to do.
    """
    browser = find_browser(os.environ)
    if browser is None:
        raise SaveError(f"{path}: {_NO_BROWSER}")
    text = page(report)
    return save(path, lambda temporary: _apart(browser, text, temporary, path))


def _apart(browser: Path, text: str, temporary: Path, path: Path) -> None:
    """Print in a thread of its own, as the driver refuses one in which an event loop runs."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(_print, browser, text, temporary, path).result()


def _print(executable: Path, text: str, temporary: Path, path: Path) -> None:
    """Open the page in a browser and print it."""
    from playwright.sync_api import Error

    try:
        with _running(executable) as browser:
            # Scripts are left out, as only they make the page wait; paper needs none of them.
            context = browser.new_context(offline=True, java_script_enabled=False)
            context.route("**/*", lambda route: route.abort())
            sheet = context.new_page()
            sheet.set_default_timeout(_SECONDS * 1_000)
            sheet.set_content(_encodable(text), wait_until="load")
            temporary.write_bytes(
                sheet.pdf(
                    prefer_css_page_size=True,
                    print_background=True,
                    display_header_footer=True,
                    header_template="<span></span>",
                    footer_template=_FOOT,
                    tagged=True,
                    outline=True,
                )
            )
    except Error as error:
        first = error.message.partition("\n")[0]
        raise SaveError(
            f"{path}: {executable} could not print the page ({first}); write --format html and "
            "print that in any browser"
        ) from error


@contextmanager
def _running(executable: Path) -> Iterator["Browser"]:
    """Start a browser and end it, whatever happens in between."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=executable,
            args=[*_WALLS, *flags_as_root()],
            handle_sigint=False,
            timeout=_SECONDS * 1_000,
        )
        try:
            yield browser
        finally:
            browser.close()


def _encodable(text: str) -> str:
    """Return a text without halves of surrogate pairs, which the driver cannot send."""
    return text.encode("utf-8", errors="replace").decode("utf-8")


FORMAT = Format(name="pdf", suffix="pdf", write=write_pdf, ready=ready)
