"""The catalogue that is kept on this machine: the same rules, sooner, and never anybody else's."""

import hashlib
import os
import pickle
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from audit.model.catalogue import Catalogue, Usage
from config import catalogue as rules
from config.kept_catalogue import _member, kept_or_made

PARTS = ("one", "two")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where catalogues are kept, empty."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))
    monkeypatch.setattr("sys.platform", "linux" if sys.platform == "darwin" else sys.platform)
    folder = tmp_path / "social-audit"
    yield folder
    if folder.is_dir():
        folder.chmod(0o700)


@pytest.fixture(scope="module")
def made() -> Catalogue:
    return rules._made(())


class Maker:
    """Makes a catalogue, and counts how often it has to."""

    def __init__(self, made: Catalogue) -> None:
        self.made, self.times = made, 0

    def __call__(self) -> Catalogue:
        self.times += 1
        return self.made


def test_it_is_made_once_and_then_read(folder: Path, made: Catalogue) -> None:
    maker = Maker(made)
    first, second = kept_or_made(PARTS, maker), kept_or_made(PARTS, maker)
    assert maker.times == 1
    assert first is made
    assert second.features == made.features
    assert second.platforms == made.platforms
    assert second.version == made.version
    assert second.purpose.wording.runs == made.purpose.wording.runs
    assert len(list(folder.iterdir())) == 1


def test_other_rules_are_kept_beside_it_and_the_oldest_go(folder: Path, made: Catalogue) -> None:
    maker = Maker(made)
    for parts in (PARTS, ("onet", "wo"), ("a",), ("b",), ("c",), ("d",)):
        kept_or_made(parts, maker)
    assert maker.times == 6
    assert len(list(folder.iterdir())) == 4
    kept_or_made(("d",), maker)
    assert maker.times == 6


@pytest.mark.parametrize(
    "content",
    [b"", b"\x80\x05", b"no pickle", pickle.dumps({"a": 1}), pickle.dumps(os.getcwd)],
    ids=["empty", "cut", "text", "other", "function"],
)
def test_what_is_damaged_is_made_anew(folder: Path, made: Catalogue, content: bytes) -> None:
    maker = Maker(made)
    kept_or_made(PARTS, maker)
    file = next(folder.iterdir())
    file.write_bytes(content)
    assert kept_or_made(PARTS, maker) is made
    assert maker.times == 2
    assert kept_or_made(PARTS, maker).features == made.features
    assert maker.times == 2


class Evil:
    """What does something where it is read."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.mkdir, ("done",)


def test_nothing_in_the_file_is_ever_run(
    folder: Path, made: Catalogue, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    maker = Maker(made)
    kept_or_made(PARTS, maker)
    next(folder.iterdir()).write_bytes(pickle.dumps(Evil()))
    kept_or_made(PARTS, maker)
    assert maker.times == 2
    assert not Path("done").exists()


@pytest.mark.skipif(os.name != "posix", reason="who may write is told by POSIX modes")
@pytest.mark.parametrize("what", ["file", "folder"])
def test_what_others_may_write_is_not_believed(folder: Path, made: Catalogue, what: str) -> None:
    maker = Maker(made)
    kept_or_made(PARTS, maker)
    (folder if what == "folder" else next(folder.iterdir())).chmod(0o777)
    kept_or_made(PARTS, maker)
    assert maker.times == 2


@pytest.mark.skipif(os.name != "posix", reason="links need rights elsewhere")
def test_a_link_in_its_place_is_not_followed(folder: Path, made: Catalogue) -> None:
    maker = Maker(made)
    kept_or_made(PARTS, maker)
    file = next(folder.iterdir())
    file.rename(folder / "aside")
    file.symlink_to(folder / "aside")
    kept_or_made(PARTS, maker)
    assert maker.times == 2
    assert (folder / "aside").exists()


def test_where_nothing_can_be_written_it_is_made_each_time(folder: Path, made: Catalogue) -> None:
    folder.write_text("a file in the folder's place", "utf-8")
    maker = Maker(made)
    assert kept_or_made(PARTS, maker) is made
    assert kept_or_made(PARTS, maker) is made
    assert maker.times == 2


def test_a_home_that_is_not_there_is_not_made(
    tmp_path: Path, made: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home" / ".cache"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "home" / ".cache"))
    assert kept_or_made(PARTS, Maker(made)) is made
    assert list(tmp_path.iterdir()) == []


def test_another_process_finds_what_the_first_has_kept(folder: Path, made: Catalogue) -> None:
    code = (
        "from config.catalogue import load_catalogue; c = load_catalogue()\n"
        "print(c.version, len(c.features))"
    )
    told = [
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True
        ).stdout
        for _ in range(2)
    ]
    assert [each.split() for each in told] == [[made.version, str(len(made.features))]] * 2
    assert len(list(folder.iterdir())) == 1


def test_a_bit_that_has_turned_is_noticed(folder: Path, made: Catalogue) -> None:
    maker = Maker(made)
    kept_or_made(PARTS, maker)
    file = next(folder.iterdir())
    whole = file.read_bytes()
    at = whole.index(b"youtube")
    file.write_bytes(whole[:at] + b"n" + whole[at + 1 :])
    assert kept_or_made(PARTS, maker) is made
    assert maker.times == 2
    assert file.read_bytes() == whole


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="a system without pipes that have names")
def test_a_pipe_in_its_place_is_not_waited_for(folder: Path, made: Catalogue) -> None:
    maker = Maker(made)
    kept_or_made(PARTS, maker)
    file = next(folder.iterdir())
    file.unlink()
    os.mkfifo(file)
    assert kept_or_made(PARTS, maker) is made


class _Asks:
    """Asks for `getattr` of something that is no word."""

    def __init__(self, *asked: object) -> None:
        self.asked = asked

    def __reduce__(self) -> tuple[object, ...]:
        return getattr, self.asked


@pytest.mark.parametrize("asked", [(Catalogue, "__init__"), ("text", "upper")])
def test_words_alone_are_found_by_their_names(
    folder: Path, made: Catalogue, asked: tuple[object, str]
) -> None:
    """Python 3.11.2 writes a word as `getattr` of its type; anything else is not looked up."""
    maker = Maker(made)
    kept_or_made(PARTS, maker)
    content = pickle.dumps(_Asks(*asked))
    next(folder.iterdir()).write_bytes(hashlib.sha256(content).digest() + content)
    assert kept_or_made(PARTS, maker) is made
    assert maker.times == 2
    assert _member(Usage, "USES") is Usage.USES
    with pytest.raises(pickle.UnpicklingError):
        _member(Catalogue, "__init__")
