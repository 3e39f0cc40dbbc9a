"""A shelf that is sent to another process: its pages answer there, and what was used is told here."""

import pickle
from datetime import timedelta
from pathlib import Path

from tests.fake_session import HOME, NOW
from tests.saved_files import put, single_file
from tests.scrapers.saved.shelved import OWN, shelf_of

URL = "https://www.facebook.com/acme"
BODY = (
    f'<html lang="en"><main><h1>Acme</h1><p>9 followers</p><a href="{HOME}">Site</a></main></html>'
)


def test_a_branch_answers_elsewhere_and_what_it_has_used_comes_home(tmp_path: Path) -> None:
    for name, url in (("a.html", URL), ("b.html", f"{URL}two")):
        put(tmp_path, name, single_file(url, BODY.encode(), NOW - timedelta(days=4)))
    shelf = shelf_of(tmp_path, OWN)
    sent = pickle.loads(pickle.dumps(shelf.branch()))  # noqa: S301 - as it is sent
    there = sent.branch(shelf.index)
    page = there.profile(URL)
    assert page is not None
    there.newer_than({}).used(page)
    used, troubles = there.gains()
    assert (len(used), troubles) == (1, ())
    # Another visit of the same process has gained nothing, and the run nothing yet.
    assert sent.branch(shelf.index).gains() == (frozenset(), ())
    assert {note.what for note in shelf.notes()} == {"saved/a.html", "saved/b.html"}
    shelf.join(used, troubles)
    assert {note.what for note in shelf.notes()} == {"saved/b.html"}


def test_what_a_branch_tells_of_an_old_page_comes_home(tmp_path: Path) -> None:
    put(tmp_path, "a.html", single_file(URL, BODY.encode(), NOW - timedelta(days=4)))
    shelf = shelf_of(tmp_path, OWN)
    branch = shelf.branch(shelf.index)
    assert branch.newer_than({URL: NOW}).profile(URL) is None
    shelf.join(*branch.gains())
    (note,) = shelf.notes()
    assert "read this profile itself" in note.detail
