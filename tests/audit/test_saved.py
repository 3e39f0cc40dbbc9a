"""Saved pages over the whole line: read, kept nowhere, replayed, told, and without any traffic."""

import gzip
import json
import re
import zipfile
from pathlib import Path

import pytest

from tests.audit.member_view import COUNT, MAIL, MEMBER, NAME
from tests.audit.test_run import PLAIN, Results, audited, company, run
from tests.hostile import page, serving
from tests.saved_files import MAKERS, put

PROFILE = "https://www.linkedin.com/company/acme/?trackingId=jadwiga"
HOME = (
    '<html lang="en"><title>Acme</title><footer>'
    '<a href="https://www.linkedin.com/company/acme">LinkedIn</a></footer>'
)


def _list(folder: Path, website: str, more: str = "") -> Path:
    file = folder / "acme.yaml"
    file.write_text(
        "settings: {delay_seconds: 0, browser: never}\n"
        f"companies:\n- name: Acme\n  website: {website}\n{more}",
        "utf-8",
    )
    return file


def _linkedin(results: Results) -> Results:
    """What the results say of the profile on LinkedIn."""
    channels = company(results, "Acme")["channels"]
    found: Results = next(each for each in channels if each["platform"] == "linkedin")
    return found


@pytest.mark.parametrize("name", ["single.html", "web.wacz"])
def test_a_members_page_is_read_and_nothing_of_the_member_is_kept(
    tmp_path: Path, name: str
) -> None:
    with serving({"/": page(HOME), "/robots.txt": page("", "text/plain")}) as site:
        file = _list(tmp_path, site.url)
        put(tmp_path / "saved", f"({COUNT}) {name}", MAKERS[name](PROFILE, MEMBER.encode()))
        put(tmp_path / "saved", "holiday.pdf", b"%PDF-1.7 nothing of use")
        results = audited(file, "-v")
    found = _linkedin(results)
    assert found["followers"]["value"] == 31_415
    assert found["followers"]["qualifiers"] == ["saved"]
    replayed = run("replay", file, "--format", "json", "-o", tmp_path / "again.json")
    assert replayed.returncode in (0, 1), replayed.stderr
    workbook = run("report", file, "--format", "xlsx,csv,html", "-o", tmp_path / "told")
    assert workbook.returncode in (0, 1), workbook.stderr
    told = b"".join(_unpacked(path) for path in tmp_path.glob("told*.html"))
    assert b"(s)" in told
    words = (replayed.stdout, replayed.stderr, workbook.stdout, workbook.stderr)
    _nothing_of_the_member(tmp_path, *words)


@pytest.fixture
def only_saved(tmp_path: Path) -> Path:
    """A list whose website and profile were both saved, on hosts that nobody can ask."""
    file = _list(tmp_path, "https://www.acme.example/")
    put(
        tmp_path / "saved",
        "home.html",
        MAKERS["chrome.htm"]("https://acme.example/", HOME.encode()),
    )
    put(tmp_path / "saved/networks", "in.mhtml", MAKERS["page.mhtml"](PROFILE, MEMBER.encode()))
    return file


def test_with_saved_pages_alone_nothing_is_asked_and_a_replay_says_the_same(
    only_saved: Path,
) -> None:
    with serving({}) as site:
        proxy = {"HTTP_PROXY": site.url, "HTTPS_PROXY": site.url, "NO_PROXY": ""}
        out = only_saved.with_name("results.json")
        done = run(
            *(only_saved, "--only-saved", "--as-of", "2026-11-24", "--format", "json", "-o", out),
            environment=PLAIN | proxy,
        )
        assert done.returncode in (0, 1), done.stderr
        assert site.requests == []
    results: Results = json.loads(out.read_text("utf-8"))
    found = _linkedin(results)
    assert found["followers"]["value"] == 31_415
    assert found["last_post"] == "2026-11-18T08:00:00+00:00"
    again = only_saved.with_name("again.json")
    for path in (only_saved.parent / "saved").rglob("*.*ht*"):
        path.unlink()
    done = run("replay", only_saved, "--format", "json", "-o", again)
    assert done.returncode in (0, 1), done.stderr
    replayed = json.loads(again.read_text("utf-8"))
    assert company(replayed, "Acme") == company(results, "Acme")
    assert replayed["evidence"] == results["evidence"]


def _nothing_of_the_member(folder: Path, *words: str) -> None:
    """Look for name, e-mail and number of messages in every file but the saved ones."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and "saved" not in path.relative_to(folder).parts:
            content = _unpacked(path)
            for plant in (NAME, NAME.split()[1], MAIL, "jadwiga"):
                assert plant.encode() not in content, f"{plant} in {path.relative_to(folder)}"
            # Digests and ids of records may hold its digits by chance.
            count = re.search(rb"(?<![0-9A-Fa-f-])%b(?![0-9A-Fa-f])" % COUNT.encode(), content)
            assert count is None, f"{COUNT} in {path.relative_to(folder)}"
    for text in words:
        assert NAME not in text
        assert MAIL not in text


def _unpacked(path: Path) -> bytes:
    content = path.read_bytes()
    if content.startswith(b"\x1f\x8b"):
        return content + gzip.decompress(content)
    if content.startswith(b"PK"):
        with zipfile.ZipFile(path) as whole:
            return b"".join(whole.read(name) for name in whole.namelist())
    return content


def test_saved_pages_alone_take_no_place_of_what_was_read(tmp_path: Path) -> None:
    """What a run did not look at is not shown worse than it was known."""
    with serving({"/": page(HOME), "/robots.txt": page("", "text/plain")}) as site:
        channels = "  channels: {linkedin: https://www.linkedin.com/company/acme}\n"
        file = _list(tmp_path, site.url, channels)
        put(tmp_path / "saved", "in.html", MAKERS["single.html"](PROFILE, MEMBER.encode()))
        done = run(file, "--allow-private-hosts", "-o", tmp_path / "acme.xlsx")
        assert done.returncode in (0, 1), done.stderr
    workbook = file.with_suffix(".xlsx")
    good = workbook.read_bytes()
    for again in (run(file, "--only-saved"), run(file, "--only-saved"), run("report", file)):
        assert again.returncode in (0, 1), again.stderr
        assert f"{workbook} is left as it is: this run fetched nothing, and lacks" in again.stderr
        assert "run without --only-saved: audit" in again.stderr
        assert "acme-partial.xlsx" in again.stdout
        assert workbook.read_bytes() == good


def test_the_first_run_of_saved_pages_alone_writes_its_workbook_and_the_next_over_it(
    only_saved: Path,
) -> None:
    for _ in range(2):
        done = run(only_saved, "--only-saved")
        assert done.returncode in (0, 1), done.stderr
        assert "is left as it is" not in done.stderr
        assert only_saved.with_suffix(".xlsx").exists()
    assert not [*only_saved.parent.glob("*-partial*")]
