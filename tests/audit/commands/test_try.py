"""`audit try` over real HTTP: what one page gives, and what it does not leave behind."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.audit.test_run import run
from tests.hostile import Site, page, serving, status

LOG = """<!doctype html><html lang="nl"><title>Werkboek</title><body>
<nav><a href="/">Start</a> <a href="/over/">Over ons</a> <a href="/nieuws/">Nieuws</a></nav>
<div class="stuk"><b class="kop">Pomp open</b><i class="dag">3 maart 2026</i></div>
<div class="stuk"><b class="kop">Ventiel dicht</b><i class="dag">17 februari 2026</i></div>
<footer><a href="https://www.youtube.com/@pompenbv">YouTube</a></footer>"""
ABOUT = '<html lang="nl"><p class="klanten"><strong>12.400</strong> klanten</p>'
WEB = {
    "/robots.txt": page("User-agent: *\nDisallow: /geheim/", "text/plain"),
    "/": page('<html lang="nl"><nav><a href="/werkboek/">Werkboek</a></nav><p>Pompen'),
    "/werkboek/": page(LOG),
    "/over/": page(ABOUT),
    "/stand.json": page('{"nu": {"pompen": 71}}', "application/json"),
    "/weg/": status(410),
}
LIST = """companies:
  - name: Pompen BV
    website: {root}/
    sections:
      - {{kind: blog, url: /werkboek/, item: .stuk, title: .kop, date: .dag}}
    figures:
      - {{name: Klanten, url: /over/, css: .klanten strong}}
      - {{name: Pompen, url: /stand.json, json: nu.pompen}}
"""


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    """The site of a company whose blog no rule finds."""
    with serving(WEB) as running:
        yield running


def tried(site: Site, path: str, *options: str, folder: Path | None = None) -> tuple[int, str]:
    """The exit status and the output of a trial of one page."""
    command = ["try", f"{site.url}{path}", "--allow-private-hosts", *options]
    listed = ("--file", str(folder / "competitors.yaml")) if folder is not None else ()
    done = run(*command, *listed)
    assert "Traceback" not in done.stdout + done.stderr
    return done.returncode, done.stdout + done.stderr


@pytest.fixture
def folder(site: Site, tmp_path: Path) -> Path:
    """A folder with the list of that company."""
    (tmp_path / "competitors.yaml").write_text(LIST.format(root=site.url), encoding="utf-8")
    return tmp_path


def test_a_page_shows_what_the_rules_see_and_why_a_blog_is_none(site: Site) -> None:
    code, shown = tried(site, "/werkboek/")
    assert code == 0
    assert "a page: “Werkboek”, language nl" in shown
    assert "none: the rules see no list of entries; where there is one, try --item" in shown
    assert "point at it with `sections:`" in shown or "no section" not in shown
    assert "youtube: https://www.youtube.com/@pompenbv, perhaps theirs" in shown
    assert "link in footer" in shown
    assert f"{site.url}/nieuws/  (menu: Nieuws)" in shown


def test_typed_selectors_show_entries_with_dates_and_the_line_to_keep(site: Site) -> None:
    code, shown = tried(site, "/werkboek/", "--item", ".stuk", "--title", ".kop", "--date", ".dag")
    assert code == 0
    assert "blog, by what you typed: 2 posts" in shown
    assert "2026-03-03  visible text   Pomp open  (in full on this page)" in shown
    assert "item: '.stuk', title: '.kop', date: '.dag'}" in shown


def test_a_typed_figure_shows_its_number_and_the_line_to_keep(site: Site) -> None:
    code, shown = tried(site, "/over/", "--css", ".klanten strong")
    assert code == 0
    assert "12,400  “12.400 klanten”" in shown
    assert f"- {{name: '…', url: '{site.url}/over/', css: '.klanten strong'}}" in shown
    code, shown = tried(site, "/stand.json", "--json", "nu.pompen")
    assert (code, "71  “nu.pompen: 71”" in shown) == (0, True)


def test_a_selector_that_matches_nothing_ends_with_one_and_says_what_is_like_it(
    site: Site,
) -> None:
    code, shown = tried(site, "/over/", "--css", ".klant strong")
    assert code == 1
    assert "no element matches `.klant strong`; the page has `.klanten`" in shown


def test_the_lines_of_the_list_are_tried_by_company_and_path(site: Site, folder: Path) -> None:
    file = str(folder / "competitors.yaml")
    done = run(
        "try", "/werkboek/", "--company", "pompen bv", "--file", file, "--allow-private-hosts"
    )
    assert done.returncode == 0, done.stderr
    assert 'as a page of "Pompen BV"' in done.stdout
    assert "blog, by competitors.yaml:5: 2 posts" in done.stdout
    code, shown = tried(site, "/stand.json", folder=folder)
    assert (code, "Pompen: 71" in shown) == (0, True)


def test_nothing_but_the_page_and_robots_txt_is_fetched_and_nothing_is_written(
    site: Site, folder: Path
) -> None:
    before = len(site.paths)
    code, _ = tried(site, "/", folder=folder)
    assert code == 0
    assert site.paths[before:] == ["/robots.txt", "/"]
    assert [entry.name for entry in folder.iterdir()] == ["competitors.yaml"]


def test_what_cannot_be_read_ends_with_one_and_the_reason(site: Site) -> None:
    code, shown = tried(site, "/geheim/")
    assert (code, "× robots: " in shown) == (1, True)
    assert "/geheim/" not in site.paths
    code, shown = tried(site, "/weg/")
    assert (code, "× http-410: " in shown) == (1, True)


def test_private_hosts_stay_shut_unless_they_are_asked_for(site: Site) -> None:
    done = run("try", f"{site.url}/over/")
    assert done.returncode == 1
    assert "blocked-address" in done.stdout
    assert "--allow-private-hosts" in done.stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("https://a.example/", "--css", "b["), "--css b[: is no CSS selector"),
        (("https://a.example/", "--regex", "(a"), "--regex (a: is no regular expression"),
        (("https://a.example/", "--json", "a..b"), "--json a..b: is no path into JSON"),
        (("https://a.example/", "--css", "b", "--unit", "cont"), "did you mean `count`?"),
        (("https://a.example/", "--item", "b", "--kind", "newz"), "did you mean `news`?"),
        (("https://a.example/", "--date", ".d"), "add --item"),
        (("https://a.example/", "--json", "a", "--regex", "b"), "keep one of them"),
        (("saved/page.html",), "saved/page.html: no such file"),
        (("../sida.htm",), "../sida.htm: no such file"),
        (("sida.html",), "sida.html: no such file"),
        (("/about/",), "a path needs --company"),
        (("ftp://a.example/",), "is not http or https"),
        (("https://u:secret@a.example/",), "must not hold a user or password"),
        (("/x/", "--company", "Acme", "--file", "nowhere.yaml"), "no such file"),
    ],
)
def test_a_slip_ends_with_two_and_says_what_to_write(words: tuple[str, ...], said: str) -> None:
    done = run("try", *words)
    assert done.returncode == 2
    assert said in done.stderr
    assert "secret" not in done.stderr


def test_a_company_that_is_not_in_the_list_is_told_the_nearest(folder: Path) -> None:
    file = str(folder / "competitors.yaml")
    done = run("try", "/x/", "--company", "Pompem BV", "--file", file)
    assert done.returncode == 2
    assert 'did you mean "Pompen BV"?' in done.stderr


def test_a_saved_page_is_read_from_its_file_and_nothing_is_fetched(
    site: Site, tmp_path: Path
) -> None:
    saved, before = tmp_path / "werkboek.html", len(site.paths)
    address = "https://pompen.example/werkboek/"
    saved.write_text(f"<!-- saved from url=(0032){address} -->{LOG}", encoding="utf-8")
    done = run("try", str(saved), "--item", ".stuk", "--title", ".kop", "--date", ".dag")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(address)
    assert f"a page saved in {saved}; nothing was fetched" in done.stdout
    assert "blog, by what you typed: 2 posts" in done.stdout
    assert len(site.paths) == before


def test_a_saved_page_without_an_address_is_read_and_says_what_would_help(tmp_path: Path) -> None:
    saved = tmp_path / "page.html"
    saved.write_text("<p>hallo", encoding="utf-8")
    done = run("try", str(saved))
    assert done.returncode == 0, done.stderr
    assert "does not say where it was saved from, so --company tells whose it is" in done.stdout
