"""Each platform on answers of its own: a public profile, a hidden one, one that is gone, a wall."""

import pytest

from audit.model.exchange import Failure, Request
from audit.model.profile import Profile
from audit.model.value import Known, Reason, Unknown
from scrapers.platforms import platforms
from scrapers.platforms.kit.base import Platform
from tests.scrapers.platforms.platform_cases import (
    FOLDER,
    NOW,
    Answers,
    Case,
    answered,
    ask,
    cases,
    driven,
    in_words,
    links,
    same,
)
from tests.shared import SHARED

REQUIRED = {"public", "hidden", "gone", "blocked"}
CASES = cases()
GARBAGE = (
    b"",
    b"<html><title>x</title><p>\xff\xfe\x00</p>",
    b"[]",
    b"{}",
    b'{"data": [1, null], "error": 3, "items": {"a": "b"}, "feed": "x", "count": "many"}',
    b"[" * 50_000,
    b"<rss><channel><item></item></channel></rss>",
)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_profile_is_read_to_the_values_beside_it(case: Case) -> None:
    if case.needs and not SHARED.exists():
        pytest.skip(f"../shared is not beside this checkout: {case.needs}")
    answers = Answers(case)
    found = driven(case.platform.read(ask(case)), answers)
    assert same(case.said["expected"], in_words(found)) == []
    assert set(answers.used) == set(answers.by_url), "not everything was asked for"


@pytest.mark.parametrize("platform", platforms().values(), ids=lambda each: each.name)
def test_a_platform_has_the_cases_that_matter(platform: Platform) -> None:
    there = {path.stem for path in (FOLDER / platform.name).glob("*.yaml")}
    assert sorted(REQUIRED - there) == []


@pytest.mark.parametrize("platform", platforms().values(), ids=lambda each: each.name)
def test_a_platform_is_in_the_catalogue(platform: Platform) -> None:
    assert platform.name in links().titles


def test_no_test_data_lies_about_without_a_platform() -> None:
    folders = {path.name for path in FOLDER.iterdir() if path.is_dir()} - {"__pycache__"}
    assert folders == set(platforms())


@pytest.mark.parametrize("body", GARBAGE, ids=range(len(GARBAGE)))
@pytest.mark.parametrize("platform", platforms().values(), ids=lambda each: each.name)
def test_garbage_never_becomes_a_figure(platform: Platform, body: bytes) -> None:
    """Whatever is answered to every request, no count comes of it, and no fault either."""
    case = next(each for each in CASES if each.platform is platform and each.name == "public")
    found = _always(case, {"status": 200}, body)
    assert isinstance(found, Unknown) or _figures(found) == []


@pytest.mark.parametrize("status", [401, 403, 429, 500, 999])
@pytest.mark.parametrize("platform", platforms().values(), ids=lambda each: each.name)
def test_a_refusal_is_a_reason_and_never_a_zero(platform: Platform, status: int) -> None:
    case = next(each for each in CASES if each.platform is platform and each.name == "public")
    found = _always(case, {"status": status}, b"")
    assert isinstance(found, Unknown) or _figures(found) == []
    if isinstance(found, Unknown):
        assert found.reason is not Reason.INTERNAL_ERROR


def _always(case: Case, said: dict[str, object], body: bytes) -> Profile | Unknown:
    steps = case.platform.read(ask(case))
    try:
        request: Request = next(steps)
        for _ in range(200):
            request = steps.send(answered(said, request.url, body))
    except StopIteration as done:
        found: Profile | Unknown = done.value
        return found
    raise AssertionError("the reader asks without end")


def _figures(profile: Profile) -> list[object]:
    values = [profile.audience, *(each.value for each in profile.figures)]
    return [value.value for value in values if isinstance(value, Known)]


def test_a_failure_keeps_what_the_server_said() -> None:
    found = answered({"status": 404}, "https://acme.example/", b"nothing here")
    assert isinstance(found, Failure)
    assert found.body == b"nothing here"
    assert found.failed_at == NOW
