"""What is told of a company of whose website hardly anything was seen."""

from dataclasses import replace

import pytest

from audit.model.company import Settings
from audit.model.result import CompanyResult
from audit.model.site import State
from audit.model.value import Reason
from audit.model.visit import Note
from tests.audit.changes.example import SITE, brief, feature, proof, result, run, told

FORUM = feature("forum", vendor="Discourse")
NO_FORUM = feature("forum", state=State.NONE)
BUDGET = Note(what="website", reason=Reason.BUDGET, detail="40 of 90 pages")


def pages_of(seen: CompanyResult, *paths: str, outcome: str = "ok") -> CompanyResult:
    """A company of which the start page and these were read."""
    start = seen.fetched[0]
    others = (replace(start, url=f"{SITE}{path}", why="menu", outcome=outcome) for path in paths)
    return replace(seen, fetched=(*seen.fetched, *others))


PATHS = ("forum/", "about/", "contact/", "products/")


def test_a_page_that_stands_in_for_a_whole_site_proves_nothing_gone_and_nothing_new() -> None:
    chat = feature("chat", vendor="Intercom")
    whole = pages_of(result(FORUM, chat), *PATHS)
    closed = result(NO_FORUM, feature("chat", state=State.NONE))
    first, second = run(0, whole), run(1, closed)
    changes = told(first, second)
    assert brief(changes) == ["website blocked access"]
    assert changes[0].why.startswith("1 page of it could be read, and 5 in the run of ")
    # Closed once more, that is no news; open again, what it had is not new.
    assert told(second, run(2, closed), older=[first]) == ()
    back = told(second, run(2, whole), older=[first])
    assert brief(back) == ["website readable again access"]
    # What came meanwhile is told against the last run that could see it.
    more = pages_of(result(FORUM, chat, feature("quiz")), *PATHS)
    changes = told(second, run(2, more), older=[first])
    assert brief(changes) == ["feature.quiz new real", "website readable again access"]
    assert changes[0].old_run == "run-0"


def test_what_such_a_page_does_show_is_told() -> None:
    whole = pages_of(result(FORUM), *PATHS)
    seen = told(run(0, whole), run(1, result(NO_FORUM, feature("chat", vendor="Drift"))))
    assert brief(seen) == ["feature.chat new real", "website blocked access"]
    # The very address says that nothing is there any more.
    its_own = replace(FORUM, evidence=(proof(url=f"{SITE}forum/"),))
    gone = pages_of(result(NO_FORUM), "forum/", outcome=Reason.HTTP_404)
    changes = told(run(0, pages_of(result(its_own), *PATHS)), run(1, gone))
    assert brief(changes) == ["feature.forum gone real", "website blocked access"]


def test_a_first_run_that_saw_a_single_page_makes_nothing_new_afterwards() -> None:
    whole = pages_of(result(replace(FORUM, evidence=(proof(url=f"{SITE}forum/"),))), *PATHS)
    assert brief(told(run(0, result(NO_FORUM)), run(1, whole))) == [
        "feature.forum readable again access"
    ]


@pytest.mark.parametrize(
    ("before", "now"),
    [
        (PATHS, PATHS[1:]),  # its own page went with it
        (PATHS, tuple(f"new/{path}" for path in PATHS)),  # a site made anew
        ((*PATHS, "a/", "b/", "c/", "d/", "e/"), PATHS),  # four of nine are no glimpse
        (("forum/",), ()),  # a site of two pages
    ],
)
def test_a_site_of_which_a_fair_share_was_read_has_lost_what_is_not_there(
    before: tuple[str, ...], now: tuple[str, ...]
) -> None:
    then, today = pages_of(result(FORUM), *before), pages_of(result(NO_FORUM), *now)
    assert brief(told(run(0, then), run(1, today))) == ["feature.forum gone real"]


def test_a_site_that_has_grown_has_what_is_new() -> None:
    small, large = pages_of(result(NO_FORUM), *PATHS[:1]), pages_of(result(FORUM), *PATHS, *"abcd")
    assert brief(told(run(0, small), run(1, large))) == ["feature.forum new real"]


def test_fewer_posts_and_fewer_pages_by_our_own_choice_are_no_smaller_look() -> None:
    start = result(FORUM)
    posts = tuple(replace(start.fetched[0], url=f"{SITE}{each}", why="post") for each in range(9))
    then = replace(start, fetched=(*start.fetched, *posts))
    assert brief(told(run(0, then), run(1, result(NO_FORUM)))) == ["feature.forum gone real"]
    few = run(1, result(NO_FORUM, notes=[BUDGET]), settings=Settings(max_pages_per_site=1))
    changes = told(run(0, pages_of(result(FORUM), *PATHS)), few)
    assert not any(each.subject == "website" for each in changes)
