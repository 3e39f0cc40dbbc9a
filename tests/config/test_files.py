"""What is given in place of a list of companies: refused before it is read, in words."""

import gzip
import os
import socket
import zipfile
from pathlib import Path

import pytest

from audit.model.errors import ConfigError
from config.load import MAX_BYTES
from tests.audit.test_run import run
from tests.config.lists import COMPANY, ON_LINUX, loaded, refusal


def test_missing_file_names_the_way_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no such file; make one with `audit init`"):
        loaded(tmp_path / "absent.yaml")


def test_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="folder"):
        loaded(tmp_path)


def test_file_over_one_mebibyte_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "large.yaml"
    file.write_text(COMPANY + "#" * (MAX_BYTES + 1 - len(COMPANY)), encoding="utf-8")
    with pytest.raises(ConfigError, match="over 1 MiB"):
        loaded(file)


def test_file_of_one_mebibyte_is_read(tmp_path: Path) -> None:
    file = tmp_path / "large.yaml"
    file.write_text(COMPANY + "#" * (MAX_BYTES - len(COMPANY)), encoding="utf-8")
    assert loaded(file).companies[0].name == "A"


@ON_LINUX
@pytest.mark.parametrize("kind", ["pipe", "socket", "device", "endless", "link to a pipe"])
def test_what_is_no_file_is_refused_and_never_opened(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "c.yaml"
    match kind:
        case "pipe":
            os.mkfifo(path)
        case "socket":
            with socket.socket(socket.AF_UNIX) as bound:
                bound.bind(str(path))
        case "device":
            path = Path("/dev/null")
        case "endless":
            path = Path("/dev/zero")
        case _:
            os.mkfifo(tmp_path / "p")
            path.symlink_to(tmp_path / "p")
    assert "pipe or a device; name a YAML file" in refusal(path)


@ON_LINUX
@pytest.mark.parametrize("command", ["check", "run", "report", "replay"])
def test_no_command_waits_for_a_pipe(tmp_path: Path, command: str) -> None:
    os.mkfifo(tmp_path / "c.yaml")
    (tmp_path / "d.yaml").write_text("catalogue: [c.yaml]\n" + COMPANY, encoding="utf-8")
    for name in ("c.yaml", "d.yaml"):
        done = run(command, tmp_path / name)
        assert done.returncode == 2
        assert "Traceback" not in done.stderr
    assert not (tmp_path / "audit-data").exists()


def test_files_of_another_kind_are_named(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "book.xlsx", "w") as book:
        book.writestr("x", "y")
    contents = {
        "doc.xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "paper.pdf": b"%PDF-1.7\n",
        "text.rtf": b"{\\rtf1\\ansi hello}",
        "packed.gz": gzip.compress(b"companies: []"),
        "history.sqlite3": b"SQLite format 3\0",
        "utf16le.yaml": COMPANY.encode("utf-16"),
        "utf16be.yaml": b"\xfe\xff" + COMPANY.encode("utf-16-be"),
        "utf16bare.yaml": COMPANY.encode("utf-16-le"),
        "utf32.yaml": COMPANY.encode("utf-32"),
        "latin1.yaml": "companies: [{name: é}]".encode("latin-1"),
        "nul.yaml": b"companies:\0",
        "empty.yaml": b"",
    }
    words = {
        "book.xlsx": "is a workbook",
        "doc.xls": "Office document",
        "paper.pdf": "is a PDF",
        "text.rtf": "save it as plain text",
        "packed.gz": "packed file",
        "history.sqlite3": "is a history",
        "utf16le.yaml": "save it as UTF-8",
        "utf16be.yaml": "save it as UTF-8",
        "utf16bare.yaml": "save it as UTF-8",
        "utf32.yaml": "save it as UTF-8",
        "latin1.yaml": "save the file as UTF-8",
        "nul.yaml": "U+0000 is not allowed",
        "empty.yaml": "start with `companies:`",
    }
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
    assert [name for name in words if words[name] not in refusal(tmp_path / name)] == []


def test_a_place_that_cannot_be_read_says_why(tmp_path: Path) -> None:
    (tmp_path / "link.yaml").symlink_to(tmp_path / "gone.yaml")
    (tmp_path / "a").symlink_to(tmp_path / "a")
    (tmp_path / "file").write_text("x", encoding="utf-8")
    assert "this link leads to a file that is not there" in refusal(tmp_path / "link.yaml")
    assert "cannot be read" in refusal(tmp_path / "a")
    assert "cannot be read" in refusal(tmp_path / "file" / "c.yaml")
    assert "cannot be read" in refusal(tmp_path / ("x" * 300))


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the owner may all")
def test_a_file_without_the_right_to_read_says_so(tmp_path: Path) -> None:
    (tmp_path / "c.yaml").write_text(COMPANY, encoding="utf-8")
    (tmp_path / "c.yaml").chmod(0)
    assert "you have no right to read this file" in refusal(tmp_path / "c.yaml")


def test_a_size_is_known_before_anything_is_read(tmp_path: Path) -> None:
    path = tmp_path / "large.yaml"
    with path.open("wb") as file:
        file.truncate(2**40)
    assert "over 1 MiB" in refusal(path)


@pytest.mark.parametrize("name", ["a\nb:9:9: forged.yaml", "\x1b[2J.yaml", "[b].yaml"])
def test_a_message_is_one_line_whatever_the_file_is_called(tmp_path: Path, name: str) -> None:
    done = run("check", tmp_path / name)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert "\x1b" not in done.stderr
