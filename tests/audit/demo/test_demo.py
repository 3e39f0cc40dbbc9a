"""The demo's invented web: whatever the readers ask for is there, and nothing leaves this machine."""

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import urlsplit

import pytest

from audit import api
from audit.compare import compare
from audit.demo.invented import companies
from audit.demo.platforms import ORIGINS
from audit.demo.profiles import profiles_on
from audit.demo.serve import Web, serving
from audit.demo.show import _write as write_list
from audit.demo.show import sealed
from reports.report import Report
from tests.audit.test_run import PLAIN, company, run
from tests.conftest import TODAY, listed
from tests.reports.counts_told import check_counts

FOLLOWED: dict[str, dict[str, int | str]] = {
    "Tidewater Coffee Machines": {
        "youtube": 8730,
        "facebook": "needs-key",
        "linkedin": "robots",
    },
    "Brava Espresso": {
        "youtube": 36_500,
        "instagram": 48_300,
        "pinterest": 6120,
        "tiktok": 3910,
        "facebook": "needs-key",
        "linkedin": "robots",
    },
    "Kessel & Dampf": {
        "github": 312,
        "mastodon": 1876,
        "youtube": "not-public",
        "linkedin": "robots",
    },
    "Nordkopp": {
        "bluesky": 2964,
        "mastodon": 1430,
        "instagram": "login-wall",
        "spotify": "not-public",
    },
    "Moulin Vert": {
        "youtube": 956,
        "discord": 1284,
        "facebook": "login-wall",
        "x": "login-wall",
        "pinterest": "http-404",
    },
}
"""Followers as the platform shows them, or why it shows none."""


@contextmanager
def gateway() -> Iterator[tuple[str, list[str]]]:
    """A proxy that lets nobody through and notes what was asked of it."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(502)

        do_CONNECT = do_POST = do_GET  # noqa: N815 - the names that the server looks for

        def log_message(self, format: str, *args: object) -> None:
            del format, args

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


Audited = tuple[dict[str, object], list[str]]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the demo is audited."""
    return tmp_path_factory.mktemp("demo")


@pytest.fixture(scope="module")
def audited(folder: Path) -> Audited:
    """The results over the invented web, and what was asked of other machines."""
    out = folder / "results.json"
    with gateway() as (address, asked), serving(companies(), TODAY) as web:
        web.show(TODAY)
        done = run(
            listed(web, folder),
            "--allow-private-hosts",
            *("--as-of", f"{TODAY}", "--format", "json", "-o", out),
            environment=PLAIN | {"HTTP_PROXY": address, "HTTPS_PROXY": address},
        )
    assert done.returncode == 1, done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    return json.loads(out.read_text("utf-8")), asked


def test_profiles_are_read_on_this_machine_and_say_what_they_are_known_to_say(
    audited: Audited,
) -> None:
    results, asked = audited
    assert asked == []
    followers = {name: followed(company(results, name), FOLLOWED[name]) for name in FOLLOWED}
    assert followers == FOLLOWED


@pytest.mark.usefixtures("audited")
def test_all_sheets_of_the_demo_count_alike(folder: Path) -> None:
    snapshot = api.kept_run(folder / "audit-data")
    check_counts(Report(snapshot, compare(snapshot.results, snapshot.competitors.settings)))


def followed(row: dict[str, object], wanted: dict[str, int | str]) -> dict[str, int | str]:
    """Read a company's followers on the wanted platforms, or the reason why they are unknown."""
    channels = {each["platform"]: each for each in row["channels"] if not each["candidate"]}  # type: ignore[attr-defined]
    values = {name: channels[name]["followers"] for name in wanted if name in channels}
    return {name: value.get("value", value.get("unknown")) for name, value in values.items()}


def test_the_demo_shows_what_profiles_promise_and_what_they_are_proved_by(
    audited: Audited,
) -> None:
    results, _ = audited

    def channel(name: str, platform: str) -> dict[str, object]:
        rows = company(results, name)["channels"]
        return next(row for row in rows if row["platform"] == platform)

    assert channel("Brava Espresso", "youtube")["promises_broken"] == ["renamed"]
    assert channel("Brava Espresso", "youtube")["former_handles"] == ["bravaespressodemo"]
    assert channel("Moulin Vert", "pinterest")["promises_broken"] == ["dead"]
    assert channel("Moulin Vert", "youtube")["promises_broken"] == ["dormant"]
    by_wikidata = channel("Kessel & Dampf", "mastodon")
    assert by_wikidata["found_on"] == []
    assert by_wikidata["links_back"] is True
    assert by_wikidata["candidate"] is False


def test_every_origin_stands_in_for_one_platform(web: Web) -> None:
    served = web.base_urls()
    assert set(served) == set(ORIGINS)
    assert len(set(served.values())) == len(served)
    assert {urlsplit(root).hostname for root in served.values()} == {"127.0.0.1"}


def test_every_profile_is_linked_by_its_company_or_named_by_wikidata() -> None:
    sites = {each.name: each.name for each in companies()}
    links = {
        (each.name, platform.casefold()): url
        for each in companies()
        for platform, url in {**each.channels, **each.channels_later}.items()
    }
    lost = [
        each.account.platform
        for each in profiles_on(sites, TODAY, TODAY)
        if (each.account.former or each.account.handle)
        not in links.get((each.site, each.account.platform), "")
    ]
    assert lost == ["mastodon", "spotify"]


def test_a_quarter_ago_there_were_fewer_followers_and_posts() -> None:
    sites = {each.name: "http://127.0.0.1/" for each in companies()}
    before = profiles_on(sites, TODAY - timedelta(days=91), TODAY)
    now = profiles_on(sites, TODAY, TODAY)
    for old, new in zip(before, now, strict=True):
        assert old.followers <= new.followers
        assert set(old.posts) <= set(new.posts)
    assert sum(each.followers for each in before) < sum(each.followers for each in now)
    assert profiles_on(sites, date(2000, 1, 1), TODAY)[0].posts == ()


def test_the_demo_uses_no_keys_and_no_proxy_of_the_users(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_TOKEN", "none of anybody's")
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.example:3128")
    before = dict(os.environ)
    with sealed():
        assert "GITHUB_TOKEN" not in os.environ
        assert "HTTPS_PROXY" not in os.environ
        assert os.environ["https_proxy"] == "http://127.0.0.1:9"
    assert dict(os.environ) == before


def of_itself(measures: Mapping[str, object]) -> Mapping[str, object]:
    """The measures without the shares, which hold a company against all others of a run."""
    return {name: value for name, value in measures.items() if ".share_of_" not in name}


def test_the_most_awkward_company_is_read_right_by_the_lines_that_point_at_it(
    audited: Audited, tmp_path: Path
) -> None:
    """A blog that no rule finds and two figures: without the lines nothing, with them all."""
    results, _ = audited
    kessel = company(results, "Kessel & Dampf")
    assert "none" in kessel["measures"]["blog.posts"]
    assert not [name for name in kessel["measures"] if name.startswith("figure.")]

    file, out = tmp_path / "competitors.yaml", tmp_path / "results.json"
    with serving(companies(), TODAY) as web:
        web.show(TODAY)
        write_list(file, web, TODAY, TODAY)
        lines = [line for line in file.read_text("utf-8").splitlines() if "- {" in line]
        assert len([line for line in lines if "werkstattbuch" in line or "ueber-uns" in line]) == 3
        done = run(
            file,
            *("--allow-private-hosts", "--only", "Kessel & Dampf", "--as-of", f"{TODAY}"),
            *("--format", "json", "-o", out),
        )
    assert done.returncode == 0, done.stdout + done.stderr
    kessel = company(json.loads(out.read_text("utf-8")), "Kessel & Dampf")
    assert kessel["measures"]["blog.posts"]["value"] == 28
    assert kessel["measures"]["figure.machines-in-service"]["value"] == 12_400
    assert kessel["measures"]["figure.service-rating"]["value"] == 4.6
    shown = run("explain", file, "Kessel & Dampf", "figure.machines-in-service").stdout
    assert "12.400 Maschinen im Einsatz (the first of 2 matches)" in shown
    again = run("replay", file, "--format", "json", "-o", tmp_path / "again.json")
    assert "Traceback" not in again.stdout + again.stderr
    replayed = company(json.loads((tmp_path / "again.json").read_text("utf-8")), "Kessel & Dampf")
    assert of_itself(replayed["measures"]) == of_itself(kessel["measures"])
