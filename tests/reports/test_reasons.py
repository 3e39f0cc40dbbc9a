"""Every reason and every case of it has words of its own, and readers meet no code."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from audit.measure.own_posts import FEWEST_POSTS
from audit.model.value import Reason, Unknown
from audit.model.what_helps import help_on, help_on_profile, help_on_site
from reports.cases import wording_of
from reports.reasons import WORDINGS
from reports.words import clause, company_clause, explained, in_short, unknown_note
from tests.places import ROOT

_LITTLE = Reason.TOO_LITTLE_DATA


def details(path: Path) -> Iterator[str]:
    """The details that a module leaves with too little data; a 2 for what it puts in."""
    tree = ast.parse(path.read_text("utf-8"))
    for function in ast.walk(tree):
        if not isinstance(function, ast.FunctionDef | ast.Module):
            continue
        texts = {
            node.targets[0].id: node.value
            for node in ast.walk(function)
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
        }
        for node in ast.walk(function):
            if isinstance(node, ast.Call) and _is_little(node):
                told = next((each.value for each in node.keywords if each.arg == "detail"), None)
                told = texts.get(told.id) if isinstance(told, ast.Name) else told
                yield from [_text(told)] if told is not None else []


def _is_little(call: ast.Call) -> bool:
    """Tell whether a call makes an Unknown of too little data."""
    return getattr(call.func, "id", "") == "Unknown" and any(
        isinstance(each.value, ast.Attribute) and each.value.attr == "TOO_LITTLE_DATA"
        for each in call.keywords
    )


def _text(node: ast.expr) -> str:
    """A text with a 2 for each value that is put into it."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    assert isinstance(node, ast.JoinedStr), ast.dump(node)
    return "".join(
        str(part.value) if isinstance(part, ast.Constant) else "2" for part in node.values
    )


_AS_SAID = {
    "2 2 no usable date": "2 posts have no usable date",
    "fewer than 2 posts with a date in the period": f"fewer than {FEWEST_POSTS} posts with a date",
}
"""Details that are other words with what is really put into them."""


@cache
def found() -> tuple[str, ...]:
    """All details that a module leaves."""
    texts = {
        _AS_SAID.get(text, text)
        for folder in ("audit", "scrapers", "reports")
        for path in (ROOT / folder).rglob("*.py")
        if "TOO_LITTLE_DATA" in path.read_text("utf-8")
        for text in details(path)
    }
    return tuple(sorted(texts))


def test_the_details_of_the_measures_are_found() -> None:
    assert len(found()) > 25
    assert "one post seen" in found()


def test_every_case_of_too_little_data_has_a_sentence_of_its_own() -> None:
    told = {detail: wording_of(Unknown(reason=_LITTLE, detail=detail)) for detail in found()}
    assert [detail for detail, words in told.items() if words == WORDINGS[_LITTLE]] == []


@pytest.mark.parametrize("reason", list(Reason))
def test_every_reason_has_words_for_a_cell_a_sentence_and_a_note(reason: Reason) -> None:
    words = WORDINGS[reason]
    assert 0 < len(words.short) <= 16
    assert reason not in (words.short, words.clause, words.why)
    assert words.clause[0].islower()
    assert not words.clause.endswith(".")
    assert words.why.endswith(".")
    why, helps = explained(reason)
    assert helps[0].isupper()
    assert helps.endswith(".")
    assert unknown_note(Unknown(reason=reason)) == f"{why}\n{helps}"
    assert why == words.why


@pytest.mark.parametrize("reason", list(Reason))
def test_help_on_a_site_and_on_a_profile_is_a_clause(reason: Reason) -> None:
    for words in (help_on(reason), help_on_site(reason), help_on_profile(reason)):
        assert words[0].islower()
        assert not words.endswith(".")


def test_two_cases_never_share_their_words_and_one_never_has_two() -> None:
    of_cases = [wording_of(Unknown(reason=_LITTLE, detail=each)) for each in found()]
    told = {*WORDINGS.values(), *of_cases}
    for part in ("short", "clause", "why"):
        assert len({getattr(each, part) for each in told}) == len(told), part
    assert all(len(each.short) <= 16 for each in told)


def test_a_site_that_did_not_answer_is_one_case_whatever_its_code() -> None:
    codes = (Reason.ROBOTS_UNREACHABLE, Reason.CONNECTION, Reason.TIMEOUT, Reason.HTTP_503)
    assert {clause(each) for each in codes} == {"did not answer"}
    assert {in_short(Unknown(reason=each)) for each in (Reason.HTTP_403, Reason.CAPTCHA)} == {
        "blocks visits"
    }


def test_a_company_asks_robots_away_and_its_site_does_all_else() -> None:
    assert company_clause("Granite", Reason.ROBOTS) == "Granite asks robots to stay away"
    assert company_clause("Porto", Reason.HTTP_503) == "Porto's site did not answer"
    assert company_clause("Roasters", Reason.DNS).startswith("Roasters' site could not be found")


def test_a_case_is_known_behind_its_number() -> None:
    told = [
        explained(_LITTLE, detail)[0]
        for detail in ("12 posts in 180 days", "1 post has no usable date")
    ]
    assert told == [
        "Fewer than four posts in 180 days are too few for a trend.",
        "One of its posts carries no date, so that this cannot be told.",
    ]


def test_a_profile_that_is_perhaps_theirs_is_not_merely_not_looked_at() -> None:
    for detail in (
        "a profile that is perhaps theirs was found",
        "a candidate was found, not proved theirs",
    ):
        assert in_short(Unknown(reason=Reason.NOT_CHECKED, detail=detail)) == "perhaps theirs"
    assert in_short(Unknown(reason=Reason.NOT_CHECKED)) == "not looked at"
