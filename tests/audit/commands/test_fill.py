"""`audit fill`: it asks, takes, asks again, keeps each profile at once, and goes on later."""

import os
import pty
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from audit.commands.fill_session import fill_in
from audit.model.by_hand import HandRecord, Source
from audit.model.errors import AuditError
from audit.store.lock import Lock
from audit.store.sqlite import SqliteHistory
from audit.told_twice import emptied
from tests.audit.store.examples import COMPANIES, LIST, NOW, PROOF, result
from tests.audit.store.examples import run as begun
from tests.audit.test_run import AUDIT, PLAIN, run
from tests.channel_example import channel

URLS = ("https://www.linkedin.com/company/acme", "https://www.instagram.com/acme")


class Keyboard:
    """What somebody types, line by line; then the input is at its end."""

    closed = False

    def __init__(self, lines: tuple[str, ...]) -> None:
        self._lines = list(lines)

    def isatty(self) -> bool:
        return True

    def readline(self) -> str:
        return f"{self._lines.pop(0)}\n" if self._lines else self.at_end()

    def at_end(self) -> str:
        return ""


class Interrupted(Keyboard):
    """A keyboard at which somebody presses Ctrl-C where the lines end."""

    def at_end(self) -> str:
        raise KeyboardInterrupt


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A list with a run in which two own profiles of a company could not be read."""
    listed = tmp_path / "competitors.yaml"
    listed.write_text(
        "companies:\n"
        + "".join(f"  - {{name: {each.name}, website: {each.website}}}\n" for each in COMPANIES),
        "utf-8",
    )
    folder = tmp_path / "audit-data"
    folder.mkdir()
    unread = tuple(
        channel(url.split("/")[2].split(".")[1], url, "acme", proof=(PROOF,)) for url in URLS
    )
    with SqliteHistory.open(folder, write=True) as history:
        history.begin(begun(), replace(LIST, path=listed))
        history.save("r1", replace(result(), channels=unread))
        history.save("r1", result(COMPANIES[1]))
        history.finish("r1", NOW)
    return listed


def typed(
    file: Path,
    monkeypatch: pytest.MonkeyPatch,
    *lines: str,
    by: str | None = "Jo",
    keyboard: type[Keyboard] = Keyboard,
) -> int:
    """Type some lines; return the exit status."""
    monkeypatch.setattr(sys, "stdin", keyboard(lines))
    return fill_in(file, by, None, in_browser=False)


def kept(file: Path) -> tuple[HandRecord, ...]:
    with SqliteHistory.open(file.with_name("audit-data")) as history:
        return history.by_hand()


def today() -> str:
    return f"{datetime.now(UTC).astimezone().date()}"


def test_each_profile_is_asked_for_and_kept(
    file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    day = today()
    first = ("12,4k", day, "14", "120", "7", "new pumps")
    assert typed(file, monkeypatch, *first, "", "", "0", "", "", "") == 0
    found = {each.platform: each for each in kept(file)}
    linkedin, instagram = found["linkedin"], found["instagram"]
    one = instagram if instagram.followers else linkedin
    other = linkedin if one is instagram else instagram
    assert (one.followers, one.posts, one.likes, one.comments) == (12400, 14, 120, 7)
    assert (f"{one.last_post}", one.about, one.by, f"{one.on}") == (day, "new pumps", "Jo", day)
    assert (one.source, one.place) == (Source.TERMINAL, "typed on the terminal")
    assert one.url in URLS
    assert (other.followers, other.posts) == (None, 0)
    said = capsys.readouterr().out
    assert "2 profiles lack something; that takes about 3 minutes." in said
    assert "1 of 2: Acme," in said
    assert "2 profiles were filled in." in said
    assert "audit report" in said


def test_what_cannot_be_right_is_told_and_asked_again(
    file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = ("lots", "-5", "12 %", "12", "2999-01-01", "3/4/2026", today(), "0", "3", "end")
    assert typed(file, monkeypatch, *lines) == 0
    (record,) = kept(file)
    assert (record.followers, record.posts, f"{record.last_post}") == (12, 3, today())
    said = capsys.readouterr().out
    for text in ("lots", "-5", "12 %", "2999-01-01", "3/4/2026", "0"):
        assert f'"{text}" is not taken: ' in said


def test_what_a_workbook_told_otherwise_on_the_same_day_is_said(
    file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    workbook = HandRecord(
        company="acme.example",
        platform="linkedin",
        url=URLS[0],
        on=datetime.now(UTC).astimezone().date(),
        by="Kim",
        source=Source.WORKBOOK,
        place="acme.xlsx, Fill in!I7",
        entered_at=NOW,
        likes=40,
        comments=7,
    )
    with SqliteHistory.open(file.with_name("audit-data"), write=True) as history:
        history.keep_by_hand([workbook])
    of_instagram = ("", "", "", "", "", "")
    typed(file, monkeypatch, *of_instagram, "", "", "", "90", "7", "")
    said = capsys.readouterr().out
    assert "90 likes of the last five posts (typed on the terminal) and 40 likes" in said
    assert "acme.xlsx, Fill in!I7, by Kim). The first holds" in said
    assert "7 comments on the last five posts (typed" not in said


def test_it_goes_on_where_it_was_ended(
    file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert typed(file, monkeypatch, "12", "end") == 0
    assert "1 profile was filled in; 1 waits still." in capsys.readouterr().out
    assert typed(file, monkeypatch, "13", "end") == 0
    assert "1 profile lacks something" in capsys.readouterr().out
    assert sorted(each.followers or 0 for each in kept(file)) == [12, 13]
    assert typed(file, monkeypatch) == 0
    assert "Nothing more for today" in capsys.readouterr().out


def test_a_profile_that_is_skipped_comes_again_another_day_and_not_today(
    file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert typed(file, monkeypatch, "skip", "skip") == 0
    assert "0 profiles were filled in; 2 are left for another day." in capsys.readouterr().out
    typed(file, monkeypatch)
    assert "Nothing more for today: 2 profiles lack something still" in capsys.readouterr().out
    left = kept(file)
    assert [each.tells for each in left] == [(), ()]
    with closing(sqlite3.connect(file.with_name("audit-data") / "history.sqlite3")) as database:
        database.execute("DELETE FROM hand_record")
        database.commit()
    with SqliteHistory.open(file.with_name("audit-data"), write=True) as history:
        history.keep_by_hand(
            [replace(each, on=each.on.replace(year=each.on.year - 1)) for each in left]
        )
    typed(file, monkeypatch)
    assert "2 profiles lack something;" in capsys.readouterr().out


def test_a_profile_whose_answers_were_taken_back_is_asked_for_again_today(
    file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typed(file, monkeypatch, "12", "end")
    (answered,) = kept(file)
    with SqliteHistory.open(file.with_name("audit-data"), write=True) as history:
        history.keep_by_hand([emptied(answered, "acme.xlsx, Fill in", NOW)])
    typed(file, monkeypatch)
    assert "2 profiles lack something;" in capsys.readouterr().out


def test_back_returns_to_what_was_answered_and_enter_keeps_it(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    back = ("12", "back", "13", "", "4", "", "", "")
    again = ("back", "", "", "5", "", "", "", "end")
    assert typed(file, monkeypatch, *back, *again) == 0
    (record,) = kept(file)
    assert (record.followers, record.posts) == (13, 5)


def test_ctrl_c_loses_the_profile_under_way_at_most(
    file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = ("12", "", "", "", "", "", "13")
    assert typed(file, monkeypatch, *lines, keyboard=Interrupted) == 130
    assert [each.followers for each in kept(file)] == [12]
    assert "1 profile was filled in; 1 waits still." in capsys.readouterr().out


def test_the_name_is_asked_once_and_offered_the_next_time(
    file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert typed(file, monkeypatch, "Mia", "12", "end", by=None) == 0
    capsys.readouterr()
    assert typed(file, monkeypatch, "", "13", "end", by=None) == 0
    assert "(Enter: Mia)" in capsys.readouterr().out
    assert [each.by for each in kept(file)] == ["Mia", "Mia"]


def test_while_a_run_holds_the_history_nothing_typed_is_lost(
    file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lock = Lock(file.with_name("audit-data"))
    lock.take()

    class Freeing(Keyboard):
        """A keyboard; the run ends while the second profile is typed."""

        def readline(self) -> str:
            line = super().readline()
            if line == "13\n":
                lock.release()
            return line

    lines = ("12", "", "", "", "", "", "13", "end")
    assert typed(file, monkeypatch, *lines, keyboard=Freeing) == 0
    assert "Not kept yet" in capsys.readouterr().err
    assert sorted(each.followers or 0 for each in kept(file)) == [12, 13]


def test_without_a_terminal_or_a_run_it_says_so(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = run("fill", file)
    assert done.returncode == 2
    assert "there is no terminal to ask on" in done.stderr
    other = tmp_path / "other"
    other.mkdir()
    (other / file.name).write_text(file.read_text("utf-8"), "utf-8")
    with pytest.raises(AuditError, match="no run yet"):
        typed(other / file.name, monkeypatch, "end")


def on_a_terminal(file: Path, **more: str) -> subprocess.CompletedProcess[str]:
    """Fill in one profile on a terminal as a user does, with `--open`."""
    ours, theirs = pty.openpty()
    bare = {key: value for key, value in PLAIN.items() if "DISPLAY" not in key}
    try:
        with os.fdopen(ours, "wb", buffering=0) as terminal:
            terminal.write(b"Jo\n12\nend\n")
            return subprocess.run(
                [AUDIT, "fill", str(file), "--open"],
                stdin=theirs,
                capture_output=True,
                text=True,
                env={**bare, **more},
                timeout=60,
                check=False,
            )
    finally:
        os.close(theirs)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is always a screen")
def test_on_a_terminal_each_profile_opens_in_the_browser_where_there_is_one(file: Path) -> None:
    done = on_a_terminal(file)
    assert (done.returncode, [each.followers for each in kept(file)]) == (0, [12])
    assert "open the links yourself" in done.stdout
    browser, opened = file.with_name("browser"), file.with_name("opened")
    browser.write_text(f'#!/bin/sh\necho "$1" >> {opened}\n', "utf-8")
    browser.chmod(0o755)
    done = on_a_terminal(file, BROWSER=f"{browser} %s")
    assert "open the links yourself" not in done.stdout
    assert opened.read_text("utf-8").strip() in URLS
