"""A whole run with samples over loopback: what comes out, and that nobody is stored anywhere."""

import base64
import gzip
import hashlib
import json
import re
import sqlite3
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest
from openpyxl import load_workbook

from tests.audit.test_run import PLAIN, run
from tests.forked import run_command
from tests.hostile import Route, page, serving, status
from tests.hostile import Site as Served

SALT = b"0123456789abcdefSALTSALT89abcdef"
API = "/xrpc/app.bsky"
Routes = dict[str, Route | list[Route]]


class FinishedRun(NamedTuple):
    """A run that is over, its servers gone: the list of companies, and their rows of results."""

    file: Path
    companies: dict[str, dict[str, object]]


def account(number: int) -> str:
    """The account of a follower; all that tells who it is begins with "secret"."""
    return f"did:plc:secretaccount{number:03}"


def follower(number: int) -> dict[str, object]:
    """A follower as the interface gives one: each fourth of one trade, each tenth a bot."""
    trade = ("mechanical engineer", "software developer", "journalist", "poet")[number % 4]
    return {
        "did": account(number),
        "handle": f"secrethandle{number:03}.example",
        "displayName": f"Secretname{number:03}",
        "description": f"Secretword{number:03} and {trade}, living happily with others in this town",
        "labels": [{"val": "bot"}] if number % 10 == 0 else [],
    }


def answer(content: object) -> bytes:
    """An answer of the interface: JSON."""
    return page(json.dumps(content), "application/json")


def profile(handle: str, followers: range, refusal: bytes = b"") -> Routes:
    """What the interface answers of one account, with its followers in parts of a hundred."""
    payload = {
        "did": f"did:plc:own{handle.partition('.')[0]}",
        "handle": handle,
        "displayName": handle,
        "followersCount": 12_400,
        "followsCount": 3,
        "postsCount": 0,
    }
    routes: Routes = {f"{API}.actor.getProfile?actor={handle}": answer(payload)}
    for at in range(0, len(followers), 100):
        more = f"&cursor=secretcursor{at}" if at else ""
        part: dict[str, object] = {
            "followers": [follower(number) for number in followers[at : at + 100]]
        }
        if at + 100 < len(followers):
            part["cursor"] = f"secretcursor{at + 100}"
        path = f"{API}.graph.getFollowers?actor={handle}&limit=100{more}"
        routes[path] = refusal or answer(part)
    feed = f"{API}.feed.getAuthorFeed?actor=did%3Aplc%3Aown{handle.partition('.')[0]}"
    routes[f"{feed}&filter=posts_no_replies&limit=100"] = answer({"feed": []})
    return routes


ACME, BORA = "acmepumps.bsky.social", "boravalves.bsky.social"
EVERYBODY = profile(ACME, range(120)) | profile(BORA, range(60, 160))


def home(handle: str) -> Routes:
    """A site that shows a profile as its own."""
    body = f"<footer>Follow us <a href='https://bsky.app/profile/{handle}'>Bluesky</a></footer>"
    return {"/": page(f"<title>A site</title><p>Pumps and valves.</p>{body}")}


@contextmanager
def world(
    folder: Path, answers: Mapping[str, Route | list[Route]], settings: str
) -> Iterator[tuple[Path, Served]]:
    """Two companies and the interface of their platform, served, and a list of them."""
    with serving(home(ACME)) as acme, serving(home(BORA)) as bora, serving(answers) as api:
        file = folder / "c.yaml"
        file.write_text(
            f"settings:\n  delay_seconds: 0\n{settings}"
            f"  base_urls: {{https://public.api.bsky.app: '{api.url}'}}\n"
            f"companies:\n- {{name: Acme Pumps, website: {acme.url}/, own: true}}\n"
            f"- {{name: Bora Valves, website: {bora.url}/}}\n",
            encoding="utf-8",
        )
        yield file, api


START = (
    "import secrets, sys\n"
    f"secrets.token_bytes = lambda size=32: {SALT!r}[:size]\n"
    "from audit.door import main\nmain()"
)


def audited(file: Path) -> dict[str, dict[str, object]]:
    """Run with a salt that the test knows; give the companies of the results file."""
    options = ("--allow-private-hosts", "--as-of", "2026-11-24", "--format", "json,xlsx")
    words = ["start.py", str(file), *options, "-o", str(file.with_name("out.json"))]
    program = run_command(words, PLAIN, START)
    assert program.returncode in (0, 1), program.stderr
    file.with_name("terminal.txt").write_text(program.stdout + program.stderr, encoding="utf-8")
    return {str(row["name"]): row for row in results_of(file)["companies"]}


def results_of(file: Path) -> dict[str, list[dict[str, object]]]:
    """The results file of a run, by its parts."""
    text = file.with_name("out.json").read_text("utf-8")
    results: dict[str, list[dict[str, object]]] = json.loads(text)
    return results


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> FinishedRun:
    """A run with samples of up to 200 followers."""
    folder = tmp_path_factory.mktemp("sampled")
    with world(folder, EVERYBODY, "  audience_sample: 200\n") as (file, _):
        return FinishedRun(file, audited(file))


def only_audience(companies: Mapping[str, Mapping[str, object]], name: str) -> dict[str, object]:
    """The only sampled audience of a company."""
    audiences = companies[name]["audiences"]
    assert isinstance(audiences, list)
    (audience,) = audiences
    assert isinstance(audience, dict)
    return audience


def everything(folder: Path) -> Iterator[bytes]:
    """The bytes of all files, and of what is packed in them."""
    packed = 0
    for path in sorted(folder.rglob("*")):
        if not path.is_file():
            continue
        raw = path.read_bytes()
        yield raw
        if path.suffix == ".gz":
            packed += 1
            yield gzip.decompress(raw)
        if path.suffix == ".xlsx":
            packed += 1
            with zipfile.ZipFile(path) as book:
                yield from (book.read(name) for name in book.namelist())
        if raw.startswith(b"SQLite format 3"):
            packed += 1
            with sqlite3.connect(path) as history:
                yield "\n".join(history.iterdump()).encode()
            history.close()
    assert packed >= 4


def test_a_run_counts_the_followers_of_each_profile_and_what_they_share(
    finished: FinishedRun,
) -> None:
    acme = only_audience(finished.companies, "Acme Pumps")
    bora = only_audience(finished.companies, "Bora Valves")
    assert (acme["sampled"], acme["described"], bora["sampled"]) == (120, 120, 100)
    assert acme["subjects"] == dict.fromkeys(
        ("engineering", "journalism", "software", "writing"), 0.25
    )
    assert acme["kinds"] == {"bot": 0.1}
    assert acme["overlaps"] == {"Bora Valves": 0.5}
    assert bora["overlaps"] == {"Acme Pumps": 0.6}


def test_the_proof_is_the_profile_and_how_many_were_looked_at(finished: FinishedRun) -> None:
    evidence = results_of(finished.file)["evidence"]
    (proof,) = [row for row in evidence if row["rule"] == "audience.sample"][:1]
    assert proof["url"] == f"https://bsky.app/profile/{ACME}"
    assert proof["excerpt"] == "120 of 12,400 followers looked at"
    assert ".warc.gz#" in str(proof["record"])


def test_nothing_of_a_follower_is_in_any_file(finished: FinishedRun) -> None:
    content = b"".join(everything(finished.file.parent))
    assert b"getProfile" in content
    assert b"12,400 followers looked at" in content
    assert not re.search(rb"(?i)secret(account|handle|name|word|cursor)", content)
    assert b"getFollowers" not in content
    assert b"living happily" not in content


def test_neither_salt_nor_hash_is_in_any_file(finished: FinishedRun) -> None:
    content = b"".join(everything(finished.file.parent))
    hashes = [
        hashlib.blake2b(account(number).encode(), key=SALT, digest_size=16).digest()
        for number in range(160)
    ]
    for secret in (SALT, *hashes):
        for form in (secret, secret.hex().encode(), base64.b64encode(secret).rstrip(b"=")):
            assert form not in content


def test_a_replay_gives_the_same_results_without_the_network(finished: FinishedRun) -> None:
    file = finished.file
    again = run("replay", file, "--format", "json", "-o", file.with_name("again.json"))
    assert again.returncode in (0, 1), again.stderr
    assert file.with_name("again.json").read_bytes() == file.with_name("out.json").read_bytes()


def test_the_sheet_is_in_the_workbook(finished: FinishedRun) -> None:
    book = load_workbook(finished.file.with_name("out.xlsx"))
    rows = list(book["Audience"].iter_rows(min_row=6, values_only=True))
    assert [row[0] for row in rows] == ["Acme Pumps", "Bora Valves"]
    assert rows[0][1:5] == ("Bluesky", 120, 12_400, 120)
    assert rows[0][5:8] == ("en 100%", "bot 10%", "Bora Valves 50%")


def test_off_by_default_no_list_of_followers_is_asked_for(tmp_path: Path) -> None:
    with world(tmp_path, EVERYBODY, "") as (file, api):
        companies = audited(file)
    assert any("getProfile" in path for path in api.paths)
    assert not any("getFollowers" in path for path in api.paths)
    assert [company["audiences"] for company in companies.values()] == [[], []]
    assert "Audience" not in load_workbook(file.with_name("out.xlsx")).sheetnames


def test_a_list_that_is_refused_gives_a_reason_in_a_replay_too(tmp_path: Path) -> None:
    answers = profile(ACME, range(10), refusal=status(403, body=b"secretrefusal"))
    with world(tmp_path, answers, "  audience_sample: 50\n") as (file, _):
        reasons = audited(file)["Acme Pumps"]["reasons"]
    assert isinstance(reasons, list)
    (lack,) = [row for row in reasons if row["what"] == "channel.bluesky.audience"]
    assert (lack["reason"], lack["incomplete"]) == ("http-403", False)
    assert f"https://bsky.app/profile/{ACME}" in lack["detail"]
    assert b"secretrefusal" not in b"".join(everything(tmp_path))
    run("replay", file, "--format", "json", "-o", tmp_path / "again.json")
    assert (tmp_path / "again.json").read_bytes() == (tmp_path / "out.json").read_bytes()
