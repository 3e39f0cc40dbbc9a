"""What the history adds to a run: a rule that is new is no move of a company's."""

import json
import subprocess
from pathlib import Path
from typing import Any

from tests.audit.test_run import run as command
from tests.hostile import Route, page, serving

HTML = (
    "<title>Acme</title><h1>Acme</h1><p>Pumps.</p>"
    '<script src="https://cdn.pumptalk.example/w.js"></script>'
)
OURS = (
    "features:\n- {id: chat.pumptalk, feature: chat, vendor: Pumptalk, "
    "script: [cdn.pumptalk.example]}\n"
)


def audit(file: Path, *more: str) -> subprocess.CompletedProcess[str]:
    """Audit a list; the history is what counts here, so the quickest report will do."""
    return command(file, "--allow-private-hosts", "--format", "json", *more)


def changes_after_a_new_rule(folder: Path, *, pages_kept: bool) -> dict[str, object]:
    """Audit a page, then again with a rule more and a forum; tell what has changed."""
    (folder / "ours.yaml").write_text(OURS, encoding="utf-8")
    file, web = (
        folder / "c.yaml",
        dict[str, Route | list[Route]]({"/": page(HTML), "/forum/": page("<h1>Forum</h1>")}),
    )
    with serving(web) as site:
        for catalogue in ("", "catalogue: [ours.yaml]\n"):
            if catalogue:
                web["/"] = page(f"{HTML}<nav><a href='/forum/'>Forum</a></nav>")
            file.write_text(
                "settings: {delay_seconds: 0, browser: never, profiles: false}\n"
                f"{catalogue}companies:\n- {{name: Acme, website: '{site.url}/'}}\n",
                encoding="utf-8",
            )
            done = audit(file)
            assert "Traceback" not in done.stderr
            if not catalogue and not pages_kept:
                for archive in (folder / "audit-data").rglob("*.warc.gz"):
                    archive.unlink()
    told: dict[str, object] = json.loads(command("changes", file, "--json").stdout)
    return told


def causes(told: dict[str, object]) -> dict[str, str]:
    """The cause of each change, by what it is about."""
    changes = told["changes"]
    assert isinstance(changes, list)
    return {each["subject"]: each["cause"] for each in changes}


def test_what_a_new_rule_finds_on_the_pages_of_then_is_no_change_of_theirs(tmp_path: Path) -> None:
    told = changes_after_a_new_rule(tmp_path, pages_kept=True)
    found = causes(told)
    assert found["feature.forum"] == "real"
    assert {cause for subject, cause in found.items() if "chat" in subject} == {"rule"}
    assert "analysed again with today's rules" in str(told["notes"])


def test_without_the_pages_of_then_it_is_said_that_rules_have_changed(tmp_path: Path) -> None:
    told = changes_after_a_new_rule(tmp_path, pages_kept=False)
    found = causes(told)
    assert {cause for subject, cause in found.items() if "chat" in subject} == {"rule"}
    assert "not there any more" in str(told["notes"])


def test_a_run_over_one_company_is_no_run_before_for_the_others(tmp_path: Path) -> None:
    forum = page(f"{HTML}<nav><a href='/forum/'>Forum</a></nav>")
    acme = {"/": page(HTML), "/forum/": page("<h1>Forum</h1>")}
    borea = dict(acme)
    file = tmp_path / "c.yaml"
    with serving(acme) as first, serving(borea) as second:
        file.write_text(
            "settings: {delay_seconds: 0, browser: never, profiles: false}\ncompanies:\n"
            f"- {{name: Acme, website: '{first.url}/'}}\n"
            f"- {{name: Borea, website: '{second.url}/'}}\n",
            encoding="utf-8",
        )
        audit(file)
        acme["/"] = forum
        audit(file, "--only", "Acme")
        narrowed = _told(file)
        borea["/"] = forum
        audit(file)
    whole = _told(file)
    assert {each["company"] for each in narrowed["changes"]} == {"Acme"}
    assert {each["type"] for each in narrowed["changes"]} == {"feature"}
    # What was told of Acme then is not told again, and the first run is the run before.
    assert {each["company"] for each in whole["changes"]} == {"Borea"}
    assert whole["before"]["id"] == narrowed["before"]["id"]


def test_a_site_that_is_being_mended_has_lost_nothing(tmp_path: Path) -> None:
    links = "".join(f"<a href='/{each}/'>{each}</a> " for each in ("Forum", "about", "contact"))
    open_web = {
        "/": page(
            f"{HTML}<nav>{links}<a href='https://www.linkedin.com/company/acme'>in</a></nav>"
        ),
        **{f"/{each}/": page(f"{HTML}<p>{each}</p>") for each in ("Forum", "about", "contact")},
    }
    closed = dict.fromkeys(open_web, page("<title>Acme</title><h1>Back soon</h1>"))
    web, file = dict(open_web), tmp_path / "c.yaml"
    told = []
    with serving(web) as site:
        file.write_text(
            "settings: {delay_seconds: 0, browser: never, profiles: false}\n"
            f"companies:\n- {{name: Acme, website: '{site.url}/'}}\n",
            encoding="utf-8",
        )
        for state in (open_web, closed, open_web):
            web |= state
            audit(file)
            told.append({f"{e['what']} {e['event']} {e['cause']}" for e in _told(file)["changes"]})
    assert told == [set(), {"Website blocked access"}, {"Website readable again access"}]


def _told(file: Path) -> Any:
    """The changes of the last run."""
    return json.loads(command("changes", file, "--json").stdout)
