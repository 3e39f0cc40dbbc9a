"""Whom a run tells, when, and what; through the real Apprise over loopback. No address is shown."""

import base64
import json
import logging
import re
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from audit.model.change import Cause, Change, ChangeType, Event, Severity
from audit.model.company import Notify
from audit.model.value import Absent
from audit.schedule.notify import EXTRA, is_installed, is_wanted, message, missing, send
from audit.schedule.outcome import Result, RunOutcome
from tests.places import ROOT

needs_apprise = pytest.mark.skipif(not is_installed(), reason="needs the extra notify (Apprise)")
PASSWORD = "sesame-of-the-test"  # noqa: S105 - no password, but a word to be looked for
GUIDES = ("schedule.md", "configuration.md")
ALL = Notify(to=("AUDIT_MAIL",), when=("finish", "failure", "change"))


def changed(what: str = "blog", severity: str = "high", cause: str = "real") -> Change:
    """A change of a company."""
    return Change(
        company="Acme",
        type=ChangeType.FEATURE,
        event=Event.GONE,
        subject="feature.blog",
        what=what,
        old=Absent(),
        new=Absent(),
        severity=Severity(severity),
        cause=Cause(cause),
        old_run="r0",
        new_run="r1",
    )


def outcome(
    result: Result = Result.COMPLETE, changes: tuple[Change, ...] | None = ()
) -> RunOutcome:
    return RunOutcome(
        result=result,
        status=0,
        list_file="/home/jo/competitors.yaml",
        ended_at=datetime(2027, 1, 1, 6, 30, tzinfo=UTC),
        run="r1",
        companies=6,
        complete=5,
        in_full=3,
        seen="5 of 6 websites read: see sheet Coverage.",
        reports={},
        changes=changes,
    )


HIGH, LOW = (changed(),), (changed(severity="low"),)


@pytest.mark.parametrize(
    ("when", "ended", "wanted"),
    [
        (("finish",), outcome(), True),
        (("finish",), outcome(Result.INCOMPLETE), True),
        (("finish",), outcome(Result.REFUSED), False),
        (("failure",), outcome(), False),
        (("failure",), outcome(Result.REFUSED), True),
        (("failure",), outcome(Result.BROKEN_OFF), True),
        (("failure",), outcome(Result.FAILED), True),
        (("change",), outcome(), False),
        (("change",), outcome(changes=None), False),
        (("change",), outcome(changes=LOW), False),
        (("change",), outcome(changes=HIGH), True),
        (("change",), outcome(changes=(changed(cause="access"),)), False),
        (("change",), outcome(Result.FAILED, HIGH), False),
        (("finish", "failure", "change"), outcome(Result.NOT_DUE), False),
        (("finish", "failure", "change"), outcome(Result.UNDER_WAY), False),
    ],
)
def test_people_hear_of_what_they_asked_for(
    when: tuple[str, ...], ended: RunOutcome, wanted: bool
) -> None:
    assert is_wanted(Notify(to=("X",), when=when), ended) is wanted


def test_a_change_counts_from_the_severity_on_that_was_asked_for() -> None:
    asked = Notify(to=("X",), when=("change",), severity="medium")
    assert not is_wanted(asked, outcome(changes=LOW))
    assert is_wanted(asked, outcome(changes=(*LOW, changed(severity="medium"))))
    assert is_wanted(asked, outcome(changes=HIGH))


def test_nobody_is_told_where_nobody_asked() -> None:
    assert not is_wanted(replace(ALL, to=()), outcome(Result.FAILED))
    assert missing(Notify(), {}) == ()


def test_the_message_says_how_it_ended_and_what_weighs_most() -> None:
    changes = (*(changed(severity="low", what=f"topic {n}") for n in range(15)), *HIGH)
    title, body = message(outcome(changes=changes))
    assert title == "social-audit, competitors.yaml: the audit is made"
    lines = body.splitlines()
    assert lines[:4] == [
        "3 of 6 companies could be read in full.",
        "5 of 6 websites read: see sheet Coverage.",
        "Changes since the run before: 1 high, 0 medium, 15 low.",
        "- Acme: blog: gone",
    ]
    assert lines[-1] == "and 6 more, in the workbook"
    assert "Nothing has changed since the run before." in message(outcome())[1]
    assert "change" not in message(outcome(changes=None))[1].lower()


def test_a_message_is_never_empty() -> None:
    bare = outcome(Result.REFUSED, None)._replace(companies=0, seen="")
    assert message(bare)[1] == "competitors.yaml"


@contextmanager
def listening(status: int = 200) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Listen on loopback for what Apprise sends to a `json://` address."""
    heard: list[dict[str, Any]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            heard.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(status)
            self.end_headers()

        def log_message(self, *_words: object) -> None:
            """Say nothing on standard error."""

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"json://jo:{PASSWORD}@127.0.0.1:{server.server_port}", heard
        finally:
            server.shutdown()


@pytest.fixture(autouse=True)
def direct(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no proxy stand between the test and itself."""
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    monkeypatch.setenv("no_proxy", "127.0.0.1")


@needs_apprise
def test_the_message_comes_with_the_workbook(tmp_path: Path) -> None:
    workbook = tmp_path / "zoë's competitors.xlsx"
    workbook.write_bytes(b"PK workbook")
    ended = outcome(changes=HIGH)._replace(reports={"xlsx": str(workbook)})
    with listening() as (address, heard):
        assert send(ALL, ended, {"AUDIT_MAIL": address}) == ()
    (got,) = heard
    assert got["title"] == "social-audit, competitors.yaml: the audit is made"
    assert "- Acme: blog: gone" in got["message"]
    (file,) = got["attachments"]
    assert base64.b64decode(file["base64"]) == b"PK workbook"


@needs_apprise
@pytest.mark.parametrize("attach", [True, False])
def test_without_a_workbook_or_the_wish_for_it_none_is_sent(attach: bool, tmp_path: Path) -> None:
    there = tmp_path / "a.xlsx"
    there.write_bytes(b"PK")
    path = tmp_path / "gone.xlsx" if attach else there
    with listening() as (address, heard):
        ended = outcome()._replace(reports={"xlsx": str(path)})
        assert send(replace(ALL, attach=attach), ended, {"AUDIT_MAIL": address}) == ()
    assert heard[0]["attachments"] == []


@needs_apprise
@pytest.mark.parametrize(
    "address",
    [
        f"json://jo:{PASSWORD}@127.0.0.1:9",
        f"nothing://{PASSWORD}",
        PASSWORD,
        f"json://jo:{PASSWORD}@[bad",
        f"slack://{PASSWORD}",
    ],
)
def test_an_address_that_fails_is_named_by_its_variable_and_shown_nowhere(
    address: str, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    with caplog.at_level(logging.DEBUG):
        (line,) = send(ALL, outcome(), {"AUDIT_MAIL": address})
    assert line.startswith("AUDIT_MAIL: the message could not be delivered")
    told = capfd.readouterr()
    assert PASSWORD not in line + caplog.text + told.out + told.err
    assert not logging.root.manager.disable


@needs_apprise
def test_a_server_that_refuses_is_told_and_the_next_address_is_tried() -> None:
    notify = Notify(to=("FIRST", "NONE", "SECOND"))
    with listening(500) as (bad, _), listening() as (good, heard):
        said = send(notify, outcome(), {"FIRST": bad, "SECOND": good, "NONE": " "})
    assert [line.partition(":")[0] for line in said] == ["NONE is not set", "FIRST"]
    assert len(heard) == 1


@pytest.mark.parametrize(
    ("changes", "unchanged"),
    [
        (None, None),
        ((), True),
        ((changed(cause="access"), changed(cause="rule")), True),
        ((changed(severity="low"), changed(cause="window")), False),
    ],
)
def test_only_what_companies_did_is_a_change_of_theirs(
    changes: tuple[Change, ...] | None, unchanged: bool | None
) -> None:
    assert outcome(changes=changes).is_unchanged is unchanged


def test_no_page_and_no_message_installs_the_program_by_its_bare_name() -> None:
    """An index may have a package of that name that is somebody else's; README has the checkout."""
    texts = [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("audit/**/*.py")]
    by_name = re.compile(r"\binstall\b(?: -\S+)* [\"']?social-audit\b(?!\S* @ )")
    assert by_name.search('pip install "social-audit[notify]"')
    found = [path.name for path in texts if by_name.search(path.read_text("utf-8"))]
    assert found == []


def test_every_word_on_apprise_names_the_version_that_the_project_was_tried_with() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    (pinned,) = project["optional-dependencies"]["notify"]
    texts = [EXTRA, *((ROOT / "docs" / name).read_text("utf-8") for name in GUIDES)]
    told = [word for text in texts for word in re.findall(r"apprise==[0-9.]*[0-9]", text)]
    assert set(told) == {pinned}
    assert len(told) == len(texts)
