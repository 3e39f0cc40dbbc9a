"""The whole line over real HTTP on loopback: run, resume, replay, interrupt, explain."""

import json
import os
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from openpyxl import load_workbook

from audit.browser import VARIABLE
from audit.demo.invented import companies
from audit.demo.serve import serving as serving_web
from reports.formats.json import results_schema
from scrapers.platforms import platforms
from tests.conftest import TODAY, listed
from tests.filled_demo import filled_demo
from tests.forked import run_command, started
from tests.hostile import page, serving

AUDIT = str(Path(sys.executable).parent / "audit")
UNREADABLE = {"Facebook", "Instagram", "LinkedIn", "Discord", "Spotify", "X (Twitter)", "XING"}
"""Networks of which no profile of the demo can be read to its end without a person."""

KEYS = {name for each in platforms().values() for key in each.keys for name in key.variables}
PLAIN = {
    key: value
    for key, value in os.environ.items()
    if "PROXY" not in key.upper() and key not in KEYS
} | {
    VARIABLE: "/nowhere/chromium",
    "HTTP_PROXY": "http://127.0.0.1:9",
    "HTTPS_PROXY": "http://127.0.0.1:9",
    "NO_PROXY": "127.0.0.1,localhost",
}
"""Without keys and without a browser, so that a run is the same on every machine; whatever is not
on this machine would be asked of a proxy that does not exist, and fails at once."""

Results = dict[str, Any]
"""A results file, or a part of it; its shape is checked against its JSON Schema."""


def run(
    *arguments: str | Path, environment: Mapping[str, str] = PLAIN
) -> subprocess.CompletedProcess[str]:
    """Run the command to its end, as a user would."""
    return run_command([AUDIT, *map(str, arguments)], environment)


def audited(file: Path, *more: str | Path) -> Results:
    out = file.with_name("results.json")
    done = run(
        file, "--allow-private-hosts", "--as-of", "2026-11-24", "--format", "json", "-o", out, *more
    )
    assert done.returncode in (0, 1), done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    results: Results = json.loads(out.read_text("utf-8"))
    return results


def company(results: Results, name: str) -> Results:
    """What a results file says of one company."""
    row: Results = next(row for row in results["companies"] if row["name"] == name)
    return row


@dataclass(frozen=True, slots=True)
class Kept:
    """An audit of the whole invented web, which is silent by now: the list, and what was said."""

    file: Path
    done: subprocess.CompletedProcess[str]

    @property
    def results(self) -> Path:
        return self.file.with_name("results.json")


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    with serving_web(companies(), TODAY) as web:
        web.show(TODAY)
        file = listed(web, tmp_path_factory.mktemp("kept"))
        out = file.with_name("results.json")
        more = ("--as-of", "2026-11-24", "--format", "json", "-o", out)
        return Kept(file, run(file, "--allow-private-hosts", *more))


def test_the_invented_web_is_read_as_it_was_written(kept: Kept) -> None:
    found = json.loads(kept.results.read_text("utf-8"))
    jsonschema.validate(found, results_schema())
    brava = company(found, "Brava Espresso")
    assert {row["platform"] for row in brava["channels"] if not row["candidate"]} == {
        "instagram",
        "facebook",
        "youtube",
        "linkedin",
        "pinterest",
        "tiktok",
    }
    states = {row["feature"]: row["state"] for row in company(found, "Moulin Vert")["features"]}
    assert states["forum"] == "known"
    assert states["wiki"] == "none"
    silent = company(found, "Moulin Vert")["cadence"][0]
    assert silent["status"] == "abandoned"
    assert silent["posts"]["value"] == 0
    read = {
        row["channel"]: row["posts"].get("value") for row in company(found, "Nordkopp")["cadence"]
    }
    assert read["bluesky"] > 100
    assert read["mastodon"] > 40
    assert {row["reason"] for row in company(found, "Sol y Grano")["reasons"]} == {"browser"}
    assert {row["reason"] for row in company(found, "Granite Roasters")["reasons"]} == {"robots"}
    wiki = {
        row["feature"]: row["vendor"]
        for row in company(found, "Kessel & Dampf")["features"]
        if row["state"] == "known"
    }
    assert wiki["wiki"] == "MediaWiki" or "wiki" in wiki


def test_incomplete_companies_are_named_and_the_status_is_1(kept: Kept) -> None:
    done = kept.done
    assert done.returncode == 1
    assert "Traceback" not in done.stdout + done.stderr
    assert "Granite Roasters: incomplete: the website asks robots to stay away" in done.stderr
    assert "Porto Grão: incomplete: the website did not answer" in done.stderr
    assert str(kept.results) in done.stdout


def test_a_replay_gives_the_same_bytes_without_the_network(kept: Kept, tmp_path: Path) -> None:
    again = tmp_path / "again.json"
    done = run("replay", kept.file, "--format", "json", "-o", again)
    assert done.returncode == 1
    assert again.read_bytes() == kept.results.read_bytes()


def test_only_the_named_company_is_visited(file: Path) -> None:
    found = audited(file, "--only", "nordkopp")
    assert [row["name"] for row in found["companies"]] == ["Nordkopp"]
    assert run(file, "--only", "Nobody").returncode == 2


def test_a_run_over_one_company_takes_no_place_of_the_lists_own_workbook(
    file: Path, tmp_path: Path
) -> None:
    audited(file)
    workbook = file.with_suffix(".xlsx")
    workbook.write_bytes(b"")
    done = run(file, "--only", "Nordkopp", "--allow-private-hosts")
    assert done.returncode in (0, 1), done.stderr
    assert f"{workbook} is left as it is: this run is not over " in done.stderr
    assert workbook.read_bytes() == b""
    elsewhere = tmp_path / "nordkopp.xlsx"
    for _ in range(2):
        done = run("report", file, "-o", elsewhere)
        assert "is left as it is" not in done.stderr


def test_history_report_and_explain_read_what_was_kept(kept: Kept, tmp_path: Path) -> None:
    file = kept.file
    assert "5 of 8" in run("history", file).stdout
    told = run("explain", file, "Nordkopp", "blog.posts_per_week").stdout
    assert "feed.read" in told
    assert "HTTP 200" in told
    share = run("explain", file, "Nordkopp", "blog.weeks_with_post").stdout
    assert "% " in share or "%\n" in share
    assert run("explain", file, "Nordkopp", "nothing").returncode == 2
    again = run("report", file, "--format", "json", "-o", tmp_path / "r.json")
    assert again.returncode == 1
    assert (tmp_path / "r.json").read_bytes() == kept.results.read_bytes()


def test_without_the_flag_loopback_is_refused_and_never_asked(tmp_path: Path) -> None:
    with serving({"/": page("x")}) as site:
        file = tmp_path / "c.yaml"
        file.write_text(f"companies:\n- {{name: A, website: {site.url}/}}\n", encoding="utf-8")
        done = run(file, "--format", "json", "-o", tmp_path / "o.json")
    assert done.returncode == 1
    assert "blocked-address" in done.stderr
    assert site.requests == []


def test_a_run_is_told_to_be_going_on_and_broken_off_leaves_a_finished_report(
    tmp_path: Path,
) -> None:
    out = tmp_path / "o.json"
    out.write_text("finished last quarter", encoding="utf-8")
    with serving({"/robots.txt": lambda _connection, _head: time.sleep(20)}) as site:
        file = tmp_path / "c.yaml"
        file.write_text(f"companies:\n- {{name: Stuck, website: {site.url}/}}\n", encoding="utf-8")
        command = [AUDIT, str(file), "--allow-private-hosts", "--format", "json", "-o", str(out)]
        running = started(command, PLAIN)
        assert running.stderr is not None
        assert any("Stuck: visiting" in line for line in running.stderr)
        during = run("history", file).stdout
        assert f"A run is going on (process {running.pid})" in during
        shown = run("report", file, "--format", "json", "-o", tmp_path / "during.json")
        assert f"still going on (process {running.pid})" in shown.stderr
        assert "--resume" not in shown.stderr
        running.send_signal(signal.SIGINT)
        _, errors = running.communicate(timeout=20)
    assert running.returncode == 130
    assert f"{out} is left as it is" in errors
    assert out.read_text("utf-8") == "finished last quarter"
    assert json.loads((tmp_path / "o-partial.json").read_text("utf-8"))["companies"]


def test_an_interrupt_saves_what_is_finished_and_resume_goes_on(tmp_path: Path) -> None:
    def slow(_connection: object, _head: bytes) -> None:
        time.sleep(30)

    fast = page("<nav><a href='/about/'>About us</a></nav><p>Hello there.</p>")
    with serving({"/": fast}) as quick, serving({"/robots.txt": slow}) as stuck:
        file = tmp_path / "c.yaml"
        file.write_text(
            f"settings: {{delay_seconds: 0}}\ncompanies:\n- {{name: Quick, website: {quick.url}/}}\n"
            f"- {{name: Stuck, website: {stuck.url}/}}\n",
            encoding="utf-8",
        )
        out = tmp_path / "o.json"
        command = [AUDIT, str(file), "--allow-private-hosts", "--format", "json", "-o", str(out)]
        running = started(command, PLAIN)
        assert running.stderr is not None
        while "Quick: complete" not in running.stderr.readline():
            assert running.poll() is None
        began = time.monotonic()
        running.send_signal(signal.SIGINT)
        _, errors = running.communicate(timeout=20)
        assert running.returncode == 130
        assert time.monotonic() - began < 10
        assert "--resume" in errors
        reasons = {
            row["name"]: [each["reason"] for each in row["reasons"]]
            for row in json.loads(out.read_text("utf-8"))["companies"]
        }
        assert reasons["Stuck"] == ["interrupted"]
        before = len(quick.requests)
    with serving({"/": fast}):
        done = run(file, "--allow-private-hosts", "--format", "json", "-o", out, "--resume")
    assert done.returncode == 1
    assert len(quick.requests) == before
    assert {
        row["name"]: row["complete"] for row in json.loads(out.read_text("utf-8"))["companies"]
    } == {"Quick": True, "Stuck": False}


def test_a_second_run_on_the_data_folder_is_refused_before_any_fetch(
    file: Path, tmp_path: Path
) -> None:
    from audit.store.sqlite import SqliteHistory

    (tmp_path / "audit-data").mkdir()
    with SqliteHistory.open(tmp_path / "audit-data", write=True):
        done = run(file, "--allow-private-hosts", "--format", "json", "-o", tmp_path / "o.json")
    assert done.returncode == 2
    assert "run.lock" in done.stderr
    assert str(os.getpid()) in done.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["missing.yaml"], "missing.yaml"),
        (["{file}", "--format", "docx"], "docx"),
        (["{file}", "-o", "{folder}"], "folder"),
        (["{file}", "-o", "{folder}/no/such/place/x.xlsx"], "does not exist"),
        (["{file}", "--data-dir", "{folder}/no/such/place"], "data folder"),
        (["{file}", "--as-of", "yesterday"], "yesterday"),
        (["check", "{bad}"], "bad.yaml, line 2:"),
        (["{bad}"], "compnies"),
        (["explain", "{file}", "Nordkopp", "x"], "no run yet"),
        (["rules", "nonsense"], "nonsense"),
        (["nonsense"], "nonsense"),
    ],
)
def test_bad_usage_is_2_with_what_to_do_and_no_request(
    arguments: list[str], said: str, tmp_path: Path
) -> None:
    with serving({"/": page("x")}) as site:
        (tmp_path / "c.yaml").write_text(
            f"companies:\n- {{name: A, website: {site.url}/}}\n", encoding="utf-8"
        )
        (tmp_path / "bad.yaml").write_text("settings: {}\ncompnies: []\n", encoding="utf-8")
        names = {"file": tmp_path / "c.yaml", "bad": tmp_path / "bad.yaml", "folder": tmp_path}
        done = run(*(each.format(**names) for each in arguments))
    assert done.returncode == 2, done.stderr
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert site.requests == []


HEAVY = frozenset(
    [
        "pandas",
        "numpy",
        "openpyxl",
        "playwright",
        "httpx",
        "lxml",
        "sklearn",
        "selectolax",
        "py3langid",
        "scipy",
        "wordfreq",
        "snowballstemmer",
        "sqlalchemy",
        "psycopg",
        "sqlite3",
    ]
)

SLOW = frozenset({"dataclasses", "inspect", "shutil", "hashlib", "secrets", "zoneinfo"})
"""Modules of Python that take a tenth as long to load as a mistake in the list may wait."""


@pytest.mark.parametrize(
    ("words", "more"),
    [
        (("--help",), {"rich", "ruamel"}),
        (("--version",), {"rich", "ruamel"}),
        (("{list}",), {"rich", "asyncio", *SLOW}),
        (("{list}", "--quiet", "--only", "A"), {"rich", "asyncio", *SLOW}),
        (("{list}", "--json"), {"rich", "asyncio", *SLOW}),
        (("check", "{list}"), {"rich", "asyncio", *SLOW}),
    ],
)
def test_what_is_answered_at_once_loads_no_library_of_an_audit(
    words: tuple[str, ...], more: set[str], tmp_path: Path
) -> None:
    file = tmp_path / "c.yaml"
    file.write_text("companies:\n- {name: A, webs: https://a.example/}\n", encoding="utf-8")
    code = (
        "import atexit, sys\n"
        "atexit.register(lambda: sys.stdout.write('loaded ' + ' '.join(sys.modules)))\n"
        "from audit.door import main\n"
        "main()\n"
    )
    typed = [word.format(list=file) for word in words]
    done = subprocess.run(
        [sys.executable, "-c", code, *typed], capture_output=True, text=True, check=False
    )
    assert done.returncode == (0 if words[0].startswith("--") else 2), done.stderr
    assert (HEAVY | more) & set(done.stdout.rpartition("loaded ")[2].split()) == set()
    if done.returncode:
        assert "webs: unknown key; did you mean `website`?" in done.stderr


def test_init_writes_a_file_that_check_accepts_and_never_over_another(tmp_path: Path) -> None:
    file = tmp_path / "competitors.yaml"
    assert (
        run("init", file, "--website", "https://acme.example", "-w", "borealis.example").returncode
        == 0
    )
    assert "2 companies" in run("check", file).stdout
    assert run("init", file).returncode == 2


def test_doctor_and_rules_tell_what_is_there(tmp_path: Path) -> None:
    assert "catalogue" in run("doctor", tmp_path / "c.yaml").stdout
    assert "youtube" in run("rules").stdout
    assert "Intercom" in run("rules", "chat").stdout


def test_a_users_catalogue_adds_a_platform_and_a_vendor(tmp_path: Path) -> None:
    (tmp_path / "ours.yaml").write_text(
        "platforms:\n- {name: pumpbook, title: Pumpbook, kind: network, hosts: [pumpbook.example],\n"
        "   profile: ['^/firm/(?P<id>[a-z]+)$'], canonical: 'https://pumpbook.example/firm/{id}'}\n"
        "features:\n- {id: chat.pumptalk, feature: chat, vendor: Pumptalk, script: [cdn.pumptalk.example]}\n",
        encoding="utf-8",
    )
    html = """<script src="https://cdn.pumptalk.example/w.js"></script>
    <footer><a href="https://pumpbook.example/firm/acme">Pumpbook</a></footer>"""
    with serving({"/": page(html)}) as site:
        file = tmp_path / "c.yaml"
        file.write_text(
            f"settings: {{delay_seconds: 0}}\ncatalogue: [ours.yaml]\ncompanies:\n- name: Acme\n  website: {site.url}/\n"
            "  channels: {pumpbook: 'https://pumpbook.example/firm/acme'}\n",
            encoding="utf-8",
        )
        found = company(audited(file), "Acme")
    assert [row["platform"] for row in found["channels"]] == ["pumpbook"]
    assert "Pumptalk" in [row["vendor"] for row in found["features"]]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("platforms:\n- {title: x}\n", "needs the key `name`"),
        ("plattforms: []\n", "plattforms"),
        ("features:\n- {id: a.b, feature: a, vendr: x}\n", "unknown key `vendr`"),
        ("platforms: [\n", "ours.yaml"),
    ],
)
def test_a_mistake_in_a_users_catalogue_is_2_with_its_file(
    tmp_path: Path, text: str, said: str
) -> None:
    (tmp_path / "ours.yaml").write_text(text, encoding="utf-8")
    file = tmp_path / "c.yaml"
    file.write_text(
        "catalogue: [ours.yaml]\ncompanies:\n- {name: A, website: 'http://127.0.0.1:9/'}\n",
        encoding="utf-8",
    )
    done = run("check", file)
    assert done.returncode == 2
    assert said in done.stderr
    assert "ours.yaml" in done.stderr


def test_with_nothing_to_resume_it_says_so_and_runs(tmp_path: Path) -> None:
    with serving({"/": page("<p>Hello</p>")}) as site:
        file = tmp_path / "c.yaml"
        file.write_text(
            f"settings: {{delay_seconds: 0}}\ncompanies:\n- {{name: A, website: {site.url}/}}\n",
            encoding="utf-8",
        )
        done = run(
            file, "--resume", "--allow-private-hosts", "--format", "json", "-o", tmp_path / "o.json"
        )
    assert done.returncode == 0
    assert "Nothing to resume" in done.stderr
    assert "/" in site.paths


@pytest.mark.parametrize(
    ("begin", "sent"),
    [
        (("sh", "-c", 'trap "" INT; exec "$@"', "sh"), signal.SIGTERM),
        ((), signal.SIGHUP),
    ],
    ids=["in the background of a script", "terminal closed"],
)
def test_a_signal_to_end_ends_with_its_status_and_saves(
    tmp_path: Path, begin: tuple[str, ...], sent: signal.Signals
) -> None:
    def stuck(_connection: object, _head: bytes) -> None:
        time.sleep(20)

    with serving({"/robots.txt": stuck}) as site:
        file = tmp_path / "c.yaml"
        file.write_text(f"companies:\n- {{name: Stuck, website: {site.url}/}}\n", encoding="utf-8")
        command = [
            *begin,
            AUDIT,
            str(file),
            "--allow-private-hosts",
            "--format",
            "json",
            "-o",
            str(tmp_path / "o.json"),
        ]
        running = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=PLAIN
        )
        assert running.stderr is not None
        assert any("Stuck: visiting" in line for line in running.stderr)
        running.send_signal(sent)
        _, errors = running.communicate(timeout=20)
    assert running.returncode == 128 + sent
    assert (tmp_path / "o.json").exists()
    go_on = [*command[len(begin) + 1 :], "--resume"]
    assert f"Go on with: audit {shlex.join(go_on)}" in errors


def test_any_archive_can_be_replayed(file: Path, tmp_path: Path) -> None:
    audited(file, "--only", "Nordkopp")
    (archive,) = (tmp_path / "audit-data" / "archive").glob("*/nordkopp*.warc.gz")
    moved = tmp_path / "elsewhere.warc.gz"
    archive.rename(moved)
    done = run("replay", file, "--warc", moved, "--format", "json", "-o", tmp_path / "w.json")
    assert done.returncode in (0, 1), done.stderr
    found = json.loads((tmp_path / "w.json").read_text("utf-8"))
    assert company(found, "Nordkopp")["complete"]


def test_filled_in_the_demo_has_no_grey_profile_but_those_that_nobody_filled(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between its quarters somebody types into sheet Fill in, and saves two pages."""
    monkeypatch.setenv(VARIABLE, "/nowhere/chromium")
    output = tmp_path / "demo.xlsx"
    assert filled_demo(output) == 0
    with closing(load_workbook(output, read_only=True)) as book:
        listed = [row for row in book["Channels"].iter_rows(values_only=True) if len(row) > 1]
        rows = {row[1]: row[2:8] for row in listed}
        networks = {name: row for name, row in rows.items() if name in UNREADABLE}
        forms = {str(cell.number_format) for row in book["Channels"].iter_rows() for cell in row}
    assert set(networks) == UNREADABLE
    grey = {name for name, row in networks.items() if any("?" in str(each) for each in row)}
    assert grey == {"XING"}
    assert {sign for form in forms for sign in ("(m)", "(s)") if sign in form} == {"(m)", "(s)"}
    runs = run("history", tmp_path / "competitors.yaml").stdout
    # A company that could be read in the first quarter cannot in the second.
    assert [runs.count(f"{number} of 8") for number in (6, 5)] == [1, 1]
    found = json.loads((tmp_path / "demo.json").read_text("utf-8"))
    figures = {
        row["platform"]: row["followers"]
        for name in ("Tidewater Coffee Machines", "Nordkopp")
        for row in company(found, name)["channels"]
    }
    # Of two that people read the newer one holds: here the line of the list, and not the box.
    assert figures["linkedin"]["value"] == 2140
    assert [figures[name]["qualifiers"] for name in ("linkedin", "instagram")] == [["manual"]] * 2
    assert figures["facebook"]["qualifiers"] == ["saved"]
