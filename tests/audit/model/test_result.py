"""A result tells whether it is complete, and what the next run need not fetch again."""

from audit.model.company import Company
from audit.model.exchange import Fetched
from audit.model.result import CompanyResult
from audit.model.value import Reason
from audit.model.visit import Note
from tests.brief_example import AS_OF

RIVAL = Company(name="A", website="https://a.example")


def test_a_result_is_complete_unless_a_note_says_otherwise() -> None:
    note = Note(what="x", reason=Reason.ROBOTS, detail="")
    grave = Note(what="x", reason=Reason.ROBOTS, detail="", incomplete=True)
    assert CompanyResult(company=RIVAL, notes=(note,)).complete
    assert not CompanyResult(company=RIVAL, notes=(note, grave)).complete


def test_only_what_came_or_had_not_changed_is_kept_for_the_next_run() -> None:
    outcomes = ("ok", "unchanged", "http-404")
    fetched = tuple(
        Fetched(url=outcome, why="nav", outcome=outcome, fetched_at=AS_OF, record="")
        for outcome in outcomes
    )
    assert list(CompanyResult(company=RIVAL, fetched=fetched).kept) == ["ok", "unchanged"]
