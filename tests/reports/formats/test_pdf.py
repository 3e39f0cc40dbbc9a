"""The page as a PDF: printed by a real browser, and a clear word where there is none."""

import os
from pathlib import Path

import pytest

from audit.browser import VARIABLE, find_browser
from audit.model.errors import SaveError
from reports.formats.pdf import write_pdf
from tests.reports.formats.html.pages import usual


@pytest.mark.browser
@pytest.mark.skipif(
    find_browser(os.environ) is None, reason="no browser is installed (make browser)"
)
async def test_the_page_is_printed_even_where_an_event_loop_runs(tmp_path: Path) -> None:
    path = write_pdf(usual(), tmp_path / "audit.pdf")
    content = path.read_bytes()
    assert content.startswith(b"%PDF-")
    assert b"/Title" in content
    assert b"/MediaBox [0 0 841.91998 594.95996]" in content, "A4, on its side"
    assert list(tmp_path.iterdir()) == [path]


def test_without_a_browser_it_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path / "gone"))
    with pytest.raises(SaveError, match=r"none was found; install one, .* --format html"):
        write_pdf(usual(), tmp_path / "audit.pdf")


def test_a_browser_that_does_not_start_leaves_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = tmp_path / "browser"
    broken.write_text("#!/bin/sh\nexit 1\n")
    broken.chmod(0o755)
    monkeypatch.setenv(VARIABLE, str(broken))
    with pytest.raises(SaveError, match="could not print the page"):
        write_pdf(usual(), tmp_path / "audit.pdf")
    assert list(tmp_path.iterdir()) == [broken]
