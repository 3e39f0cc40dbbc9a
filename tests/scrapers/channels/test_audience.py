"""Who follows: counted by their words, compared by hashes, and nobody is stored anywhere."""

import base64
import gzip
import hashlib
import json
import re
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest
from openpyxl import load_workbook

from audit.compare import compare
from audit.measure.audience import overlaps_of, with_overlaps
from audit.measure.subject import Together
from audit.model.audience import KINDS, LANGUAGES, OVERLAPS, SUBJECTS, Audience
from audit.model.breakdown import Breakdown, Part
from audit.model.channel import Channel, Role
from audit.model.company import Settings
from audit.model.errors import ConfigError
from audit.model.result import Snapshot
from audit.model.value import Evidence, Known, Number, Reason, Unknown
from audit.model.visit import Note
from config.catalogue import load_catalogue
from reports.formats.xlsx.workbook import grid_of, write_workbook
from reports.report import Report
from reports.sheets import audience as sheet
from scrapers.channels.audiences import sample_followers
from scrapers.channels.followers import FEWEST, OTHER, Bios, composed
from scrapers.channels.named import Channels
from scrapers.channels.overlap import Vault
from scrapers.channels.sightings import Sightings
from scrapers.page.names import folded
from scrapers.platforms import platforms
from scrapers.platforms.kit.base import Follower
from scrapers.site.conclusion import VisitedSite
from tests.audit.test_run import PLAIN, run
from tests.channel_example import channel, live
from tests.fake_session import FakeSession, errand, planned
from tests.hostile import Route, page, serving, status
from tests.hostile import Site as Served
from tests.reports import workbook_example as example

# ---- words ----


@cache
def bios() -> Bios:
    return Bios(load_catalogue().audience)


@pytest.mark.parametrize(
    ("about", "subjects"),
    [
        ("Mechanical engineer in Leeds", {"engineering"}),
        ("Software engineer. Coffee.", {"software", "food"}),
        ("Maschinenbauingenieurin aus Stuttgart", {"engineering"}),
        ("Ingénieure en énergie à Lyon, j'ai deux chats", {"engineering", "energy"}),
        ("Lärare i Göteborg", {"education"}),
        ("PhD student in physics", {"research"}),
        ("Periodista de energías renovables", {"journalism", "energy"}),
        ("ソフトウェアを書く", {"software"}),
        ("Marketing manager for a data platform", {"marketing", "data"}),
        ("natürlich gut, in jeder Art", {"art"}),
        ("Just here to read.", set()),
        ("Engines and engineered wood", set()),
    ],
)
def test_a_bio_names_its_subjects(about: str, subjects: set[str]) -> None:
    assert bios().subjects(folded(about)) == subjects


@pytest.mark.parametrize(
    ("about", "stated", "kinds"),
    [
        ("We build valves for water works. Family owned since 1953.", "", {"company"}),
        ("Engineer at Borealis GmbH", "", set()),
        ("Universität Musterstadt, Presse", "", {"education"}),
        ("Professor at the University of Examples", "", set()),
        ("Gemeinnütziger Verein für Gewässerschutz", "", {"non-profit"}),
        ("Ville de Modèle – compte officiel", "", {"public body"}),
        ("Werbeagentur aus Musterstadt", "", {"agency"}),
        ("Fachzeitschrift für Pumpen", "", {"media"}),
        ("", "Organization", {"organisation"}),
        ("I post the weather", "bot", {"bot"}),
        ("Pump lover", "User", set()),
    ],
)
def test_a_kind_is_what_speaks_for_more_than_one_person(
    about: str, stated: str, kinds: set[str]
) -> None:
    assert bios().kinds(folded(about), stated) == kinds


def test_every_subject_heads_a_narrow_column_and_none_is_called_other() -> None:
    words = load_catalogue().audience
    assert 25 <= len(words.subjects) <= 30
    assert [name for name in words.subjects if len(name) > 11] == []
    assert OTHER not in {*words.subjects, *words.kinds}


def test_every_phrase_names_its_own_subject() -> None:
    words = load_catalogue().audience
    wrong = [
        (name, phrase)
        for name, phrases in words.subjects.items()
        for phrase in phrases
        if name not in bios().subjects(folded(phrase.removesuffix("*")))
    ]
    assert wrong == []


def test_a_users_catalogue_replaces_a_subject_and_adds_one(tmp_path: Path) -> None:
    mine = tmp_path / "ours.yaml"
    mine.write_text(
        "audience:\n  subjects:\n    pumps: {en: [pump*]}\n    art: {en: [sculpture]}\n"
    )
    words = load_catalogue((mine,)).audience
    assert words.subjects["pumps"] == ("pump*",)
    assert words.subjects["art"] == ("sculpture",)
    assert "music" in words.subjects


@pytest.mark.parametrize(
    "text",
    ["audience: [x]", "audience: {topics: {}}", "audience: {subjects: {a: [x]}}",
     "audience: {subjects: {a: {en: x}}}"],
)  # fmt: skip
def test_a_part_that_is_built_wrongly_is_refused(text: str, tmp_path: Path) -> None:
    mine = tmp_path / "ours.yaml"
    mine.write_text(text)
    with pytest.raises(ConfigError):
        load_catalogue((mine,))


# ---- counting ----

ENGLISH = "I have been working on large machines for many years, mostly with the people next door"
FRENCH = "Je travaille depuis longtemps avec les machines, et je vis avec ma famille en Provence"


def crowd(*groups: tuple[int, str]) -> list[Follower]:
    texts = [text for count, text in groups for _ in range(count)]
    return [Follower(account=f"a{at}", about=text) for at, text in enumerate(texts)]


def test_groups_under_five_are_not_shown_and_are_other_together() -> None:
    said = composed(
        crowd((5, "poet"), (4, "lawyer"), (3, "nurse"), (8, "x"), (20, "")), bios()
    )  # fmt: skip
    assert (said.sampled, said.described) == (40, 20)
    assert said.subjects == (("writing", 5 / 20), ("other", 7 / 20))


def test_a_small_rest_is_not_shown_either() -> None:
    said = composed(crowd((6, "poet"), (4, "lawyer")), bios())
    assert said.subjects == (("writing", 6 / 10),)


def test_who_is_in_a_group_that_is_shown_is_not_in_other() -> None:
    said = composed(crowd((FEWEST, "poet, lawyer"), (FEWEST - 1, "poet, nurse")), bios())
    assert dict(said.subjects) == {"law": 5 / 9, "writing": 1.0}


def test_kinds_are_shares_of_all_who_were_looked_at() -> None:
    listed = [Follower(account=f"a{at}", kind="Organization") for at in range(5)]
    said = composed([*listed, *(replace(each, account="x" + each.account, kind="User")
                                for each in listed)], bios())  # fmt: skip
    assert said.kinds == (("organisation", 0.5),)
    assert (said.described, said.subjects) == (0, ())


def test_languages_are_told_where_the_text_is_long_and_sure_enough() -> None:
    said = composed(crowd((6, ENGLISH), (5, FRENCH), (9, "coffee")), bios())
    assert said.languages == (("en", 6 / 20), ("fr", 5 / 20))


def test_a_language_that_the_platform_states_comes_first_and_is_a_code() -> None:
    stated = [Follower(account=f"a{at}", about=ENGLISH, language="sv-SE") for at in range(5)]
    free = [Follower(account=f"b{at}", about=ENGLISH, language="Jane Doe") for at in range(5)]
    assert composed([*stated, *free], bios()).languages == (("en", 0.5), ("sv", 0.5))


def test_an_account_that_is_listed_twice_counts_once() -> None:
    said = composed([*crowd((6, "poet")), *crowd((6, "poet"))], bios())
    assert said.sampled == 6


# ---- overlap ----


def vault_of(**samples: range) -> Vault:
    vault = Vault(b"s" * 32)
    for name, each in samples.items():
        vault.put((name, "bluesky", f"https://{name}.example"), (f"did:{at}" for at in each))
    return vault


def shared(vault: Vault) -> dict[str, dict[str, float]]:
    return {key[0]: {o.name: o.share for o in each} for key, each in vault.overlaps().items()}


def test_an_overlap_is_the_share_of_a_sample_that_is_in_the_other() -> None:
    found = shared(vault_of(a=range(100), b=range(80, 130), c=range(96, 200)))
    assert found == {"a": {"b": 0.2}, "b": {"c": 34 / 50, "a": 0.4}, "c": {"b": 34 / 104}}


def test_small_samples_are_not_compared() -> None:
    assert shared(vault_of(a=range(49), b=range(100))) == {"a": {}, "b": {}}


def test_platforms_are_not_mixed_and_a_companys_profiles_are_taken_together() -> None:
    vault = vault_of(a=range(60), b=range(30))
    vault.put(("b", "bluesky", "https://b.example/2"), (f"did:{at}" for at in range(30, 60)))
    vault.put(("c", "mastodon", "https://c.example"), (f"did:{at}" for at in range(60)))
    assert shared(vault)["a"] == {"b": 1.0}


def test_a_dropped_vault_knows_nothing() -> None:
    vault = vault_of(a=range(60), b=range(60))
    vault.drop()
    assert vault.overlaps() == {}


def test_the_same_account_has_another_hash_in_another_run() -> None:
    one, two = Vault(b"a" * 32), Vault(b"b" * 32)
    assert one._hash("did:1") != two._hash("did:1")


def test_overlaps_are_put_beside_their_profiles_and_found_again() -> None:
    result = replace(example.company_result("Acme"), audiences=(audience("Acme"),))
    key = ("Acme", "bluesky", "https://bluesky.example/acme")
    overlaps = {key: (Part(name="Bora", share=0.25),)}
    (joined,) = with_overlaps((result,), Together(overlaps=overlaps))
    assert joined.audiences[0].parts(OVERLAPS) == overlaps[key]
    assert overlaps_of([joined]) == overlaps
    assert with_overlaps((result,), Together(overlaps={}))[0] is result


# ---- a whole run over loopback ----

SALT = b"0123456789abcdefSALTSALT89abcdef"
SECRETS = [f"{at:03}" for at in range(160)]


def follower(at: int) -> dict[str, object]:
    job = ("mechanical engineer", "software developer", "journalist", "poet")[at % 4]
    return {
        "did": f"did:plc:secretaccount{SECRETS[at]}",
        "handle": f"secrethandle{SECRETS[at]}.example",
        "displayName": f"Secretname{SECRETS[at]}",
        "description": f"Secretword{SECRETS[at]} and {job}, living happily with others in this town",
        "labels": [{"val": "bot"}] if at % 10 == 0 else [],
    }


API = "/xrpc/app.bsky"


def answer(content: object) -> bytes:
    return page(json.dumps(content), "application/json")


def profile(handle: str, followers: range, refusal: bytes = b"") -> dict[str, Route | list[Route]]:
    """What the interface answers of one account, with its followers in parts of a hundred."""
    said = {
        "did": f"did:plc:own{handle.partition('.')[0]}",
        "handle": handle,
        "displayName": handle,
        "followersCount": 12_400,
        "followsCount": 3,
        "postsCount": 0,
    }
    routes: dict[str, Route | list[Route]] = {
        f"{API}.actor.getProfile?actor={handle}": answer(said)
    }
    for at in range(0, len(followers), 100):
        more = f"&cursor=secretcursor{at}" if at else ""
        part: dict[str, object] = {"followers": [follower(n) for n in followers[at : at + 100]]}
        if at + 100 < len(followers):
            part["cursor"] = f"secretcursor{at + 100}"
        path = f"{API}.graph.getFollowers?actor={handle}&limit=100{more}"
        routes[path] = refusal or answer(part)
    feed = f"{API}.feed.getAuthorFeed?actor=did%3Aplc%3Aown{handle.partition('.')[0]}"
    routes[f"{feed}&filter=posts_no_replies&limit=100"] = answer({"feed": []})
    return routes


ACME, BORA = "acmepumps.bsky.social", "boravalves.bsky.social"
EVERYBODY = profile(ACME, range(120)) | profile(BORA, range(60, 160))


def home(handle: str) -> dict[str, Route | list[Route]]:
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
    done = subprocess.run(
        [sys.executable, "-c", START, str(file), "--allow-private-hosts", "--as-of", "2026-11-24",
         "--format", "json,xlsx", "-o", str(file.with_name("out.json"))],
        capture_output=True, text=True, env=dict(PLAIN), timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode in (0, 1), done.stderr
    file.with_name("terminal.txt").write_text(done.stdout + done.stderr, encoding="utf-8")
    said = json.loads(file.with_name("out.json").read_text("utf-8"))
    return {row["name"]: row for row in said["companies"]}


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, dict[str, object]]]:
    """A run with samples, over; its servers are gone."""
    folder = tmp_path_factory.mktemp("sampled")
    with world(folder, EVERYBODY, "  audience_sample: 200\n") as (file, _):
        return file, audited(file)


def of(rows: Mapping[str, Mapping[str, object]], name: str) -> dict[str, object]:
    found = rows[name]["audiences"]
    assert isinstance(found, list)
    (said,) = found
    assert isinstance(said, dict)
    return said


Done = tuple[Path, dict[str, dict[str, object]]]


def test_a_run_counts_the_followers_of_each_profile_and_what_they_share(done: Done) -> None:
    acme, bora = of(done[1], "Acme Pumps"), of(done[1], "Bora Valves")
    assert (acme["sampled"], acme["described"], bora["sampled"]) == (120, 120, 100)
    assert acme["subjects"] == dict.fromkeys(
        ("engineering", "journalism", "software", "writing"), 0.25
    )
    assert acme["kinds"] == {"bot": 0.1}
    assert acme["overlaps"] == {"Bora Valves": 0.5}
    assert bora["overlaps"] == {"Acme Pumps": 0.6}


def test_the_proof_is_the_profile_and_how_many_were_looked_at(done: Done) -> None:
    said = json.loads(done[0].with_name("out.json").read_text("utf-8"))
    (proof,) = [row for row in said["evidence"] if row["rule"] == "audience.sample"][:1]
    assert proof["url"] == f"https://bsky.app/profile/{ACME}"
    assert proof["excerpt"] == "120 of 12,400 followers looked at"
    assert ".warc.gz#" in proof["record"]


def test_nothing_of_a_follower_is_in_any_file(done: Done) -> None:
    content = b"".join(everything(done[0].parent))
    assert b"getProfile" in content
    assert b"12,400 followers looked at" in content
    assert not re.search(rb"(?i)secret(account|handle|name|word|cursor)", content)
    assert b"getFollowers" not in content
    assert b"living happily" not in content


def test_neither_salt_nor_hash_is_in_any_file(done: Done) -> None:
    content = b"".join(everything(done[0].parent))
    hashes = [
        hashlib.blake2b(f"did:plc:secretaccount{each}".encode(), key=SALT, digest_size=16).digest()
        for each in SECRETS
    ]
    for secret in (SALT, *hashes):
        for form in (secret, secret.hex().encode(), base64.b64encode(secret).rstrip(b"=")):
            assert form not in content


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


def test_a_replay_gives_the_same_results_without_the_network(done: Done) -> None:
    file = done[0]
    again = run("replay", file, "--format", "json", "-o", file.with_name("again.json"))
    assert again.returncode in (0, 1), again.stderr
    assert file.with_name("again.json").read_bytes() == file.with_name("out.json").read_bytes()


def test_the_sheet_is_in_the_workbook(done: Done) -> None:
    book = load_workbook(done[0].with_name("out.xlsx"))
    rows = list(book["Audience"].iter_rows(min_row=6, values_only=True))
    assert [row[0] for row in rows] == ["Acme Pumps", "Bora Valves"]
    assert rows[0][1:8] == (
        "Bluesky", 120, 12_400, 120, "en 100%", "bot 10%", "Bora Valves 50%",
    )  # fmt: skip


def test_off_by_default_no_list_of_followers_is_asked_for(tmp_path: Path) -> None:
    with world(tmp_path, EVERYBODY, "") as (file, api):
        rows = audited(file)
    assert any("getProfile" in path for path in api.paths)
    assert not any("getFollowers" in path for path in api.paths)
    assert [row["audiences"] for row in rows.values()] == [[], []]
    assert "Audience" not in load_workbook(file.with_name("out.xlsx")).sheetnames


def test_a_list_that_is_refused_gives_a_reason_in_a_replay_too(tmp_path: Path) -> None:
    answers = profile(ACME, range(10), refusal=status(403, body=b"secretrefusal"))
    with world(tmp_path, answers, "  audience_sample: 50\n") as (file, _):
        reasons = audited(file)["Acme Pumps"]["reasons"]
    assert isinstance(reasons, list)
    (why,) = [row for row in reasons if row["what"] == "channel.bluesky.audience"]
    assert (why["reason"], why["incomplete"]) == ("http-403", False)
    assert f"https://bsky.app/profile/{ACME}" in why["detail"]
    assert b"secretrefusal" not in b"".join(everything(tmp_path))
    run("replay", file, "--format", "json", "-o", tmp_path / "again.json")
    assert (tmp_path / "again.json").read_bytes() == (tmp_path / "out.json").read_bytes()


# ---- one visit ----

NOW = datetime(2026, 11, 24, tzinfo=UTC)
PROOF = Evidence(url="https://x.example/", fetched_at=NOW, rule="r", excerpt="e", record="f#1")
AUDIENCE = Known(value=900, evidence=(PROOF,))


def own(platform: str = "bluesky", audience: Number = AUDIENCE, **changes: object) -> Channel:
    profile = live(audience=audience)
    url = f"https://{platform}.example/acme"
    return channel(platform, url, "acme", proof=(PROOF,), profile=profile, **changes)  # type: ignore[arg-type]


async def looked_at(channel: Channel) -> tuple[tuple[Audience, ...], tuple[Note, ...]]:
    start = Known(value="https://acme.example/", evidence=(PROOF,))
    site = VisitedSite(start=start, pages=(), languages=(), features=(), sections=(), notes=())
    sightings = Sightings(names=(), pages=0, first_page="", places=())
    company_plan = planned(settings=Settings(profiles=False, audience_sample=50))
    about = errand(FakeSession({}), company_plan)
    return await sample_followers(about, site, Channels(sightings, (channel,)), None)


@pytest.mark.parametrize(
    "passed_over",
    [
        own(candidate=True),
        own(role=Role.PERSON),
        own(listing=True),
        own("youtube"),
        own(audience=Unknown(reason=Reason.NOT_PUBLIC)),
    ],
)
async def test_only_own_profiles_with_a_known_audience_are_looked_at(passed_over: Channel) -> None:
    assert await looked_at(passed_over) == ((), ())


async def test_a_bug_of_ours_is_logged_without_its_words(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(ask: object, wanted: int) -> object:
        del ask, wanted
        raise ValueError("what somebody says")

    faulty = replace(platforms()["bluesky"], sample=broken)  # type: ignore[arg-type]
    monkeypatch.setattr("scrapers.channels.audiences.platforms", lambda: {"bluesky": faulty})
    _, (note,) = await looked_at(own())
    assert note.reason is Reason.INTERNAL_ERROR
    assert "ValueError" in caplog.text
    assert "what somebody says" not in caplog.text + note.detail


# ---- the sheet ----


Shares = tuple[tuple[str, float], ...]


def broken_down(
    of: int = 150,
    subjects: Shares = (("engineering", 0.32), ("software", 0.12), ("other", 0.08)),
    languages: Shares = (("en", 0.62), ("de", 0.21), ("fr", 0.04)),
    kinds: Shares = (
        ("organisation", 0.12),
        ("public body", 0.06),
        ("non-profit", 0.04),
        ("bot", 0.03),
    ),
    overlaps: Shares = (),
) -> tuple[Breakdown, ...]:
    wholes = (
        (SUBJECTS, of, subjects),
        (LANGUAGES, of, languages),
        (KINDS, 200, kinds),
        (OVERLAPS, 200, overlaps),
    )
    return tuple(
        Breakdown(
            metric=metric,
            of=of,
            parts=tuple(Part(name=name, share=share) for name, share in shares),
        )
        for metric, of, shares in wholes
        if shares or metric != OVERLAPS
    )


def audience(
    name: str, described: int = 150, breakdowns: tuple[Breakdown, ...] = broken_down()
) -> Audience:
    slug = name.split(maxsplit=1)[0].lower()
    return Audience(
        platform="bluesky",
        url=f"https://bluesky.example/{slug}",
        sampled=200,
        described=described,
        breakdowns=breakdowns,
        evidence=example.proof(
            f"https://bluesky.example/{slug}", "audience.sample", "200 of 2,931 followers looked at"
        ),
    )


def sampled() -> Snapshot:
    """The example with three sampled profiles."""
    shot = example.snapshot()
    borealis = broken_down(
        180,
        subjects=(
            ("software", 0.41),
            ("energy", 0.11),
            ("marketing", 0.1),
            ("journalism", 0.08),
            ("environment", 0.06),
            ("art", 0.05),
        ),
        languages=(("en", 0.5), ("sv", 0.21), ("de", 0.1), ("fr", 0.05), ("es", 0.03)),
    )
    shared_with = broken_down(overlaps=(("Corvid Flow", 0.14), ("Borealis Valves", 0.08)))
    few = broken_down(3, subjects=(), languages=(), kinds=())
    more = {
        "Acme Pumps": audience("Acme Pumps", breakdowns=shared_with),
        "Borealis Valves": audience("Borealis Valves", 180, borealis),
        "Corvid Flow": audience("Corvid Flow", 3, few),
    }
    results = tuple(
        replace(each, audiences=(more[name],)) if (name := each.company.name) in more else each
        for each in shot.results
    )
    return replace(shot, results=results)


def drawn(shot: Snapshot) -> list[list[object]]:
    lines = grid_of(sheet.SHEET, Report(shot, compare(shot.results))).lines
    return [[cell.value if cell else None for cell in line.cells] for line in lines]


def test_a_group_too_small_to_be_shown_is_neither_zero_nor_left_out() -> None:
    rows = drawn(sampled())
    assert rows[4][9:12] == ["Software", "Engineering", "Energy"]
    assert len(rows[4][9:]) == sheet.SUBJECTS
    assert [row[9:12] for row in rows[5:]] == [[0.12, 0.32, "<5"], [0.41, "<5", 0.11], ["<5"] * 3]


def test_the_cells_name_the_largest_groups_and_count_the_rest() -> None:
    rows = drawn(sampled())
    assert rows[5][7] == "Corvid Flow 14%, Borealis Valves 8%"
    assert rows[6][5] == "en 50%, sv 21%, de 10%, 2 more"
    assert rows[7][5:8] == ["<5", "<5", None]


def test_the_finding_names_the_largest_group_of_all() -> None:
    assert drawn(sampled())[1][0] == (
        "600 followers of three profiles were looked at; the largest group is software, 41% "
        "of those of Borealis Valves on Bluesky."
    )


def test_without_samples_the_sheet_is_left_out(tmp_path: Path) -> None:
    shot = example.snapshot()
    bare = replace(shot, results=tuple(replace(each, audiences=()) for each in shot.results))
    path = write_workbook(Report(bare, compare(bare.results)), tmp_path / "a.xlsx")
    assert "Audience" not in load_workbook(path).sheetnames
    full = write_workbook(Report(sampled(), compare(shot.results)), tmp_path / "b.xlsx")
    assert "Audience" in load_workbook(full).sheetnames
