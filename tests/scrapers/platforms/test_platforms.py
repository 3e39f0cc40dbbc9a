"""Each platform on answers of its own: a public profile, a hidden one, one that is gone, a wall."""

from collections.abc import Mapping

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
MOST_REQUESTS = 200
GARBAGE = (
    b"",
    b"<html><title>x</title><p>\xff\xfe\x00</p>",
    b"[]",
    b"{}",
    b'{"data": [1, null], "error": 3, "items": {"a": "b"}, "feed": "x", "count": "many"}',
    b"[" * 50_000,
    b"<rss><channel><item></item></channel></rss>",
)

every_platform = pytest.mark.parametrize(
    "platform", platforms().values(), ids=lambda platform: platform.name
)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_profile_is_read_to_the_values_beside_it(case: Case) -> None:
    if case.needs and not SHARED.exists():
        pytest.skip(f"../shared is not beside this checkout: {case.needs}")
    answers = Answers(case)
    result = driven(case.platform.read(ask(case)), answers)
    assert same(case.content["expected"], in_words(result)) == []
    assert answers.used == set(answers.by_request), "not everything was asked for"


@every_platform
def test_a_platform_has_the_cases_that_matter(platform: Platform) -> None:
    names = {path.stem for path in (FOLDER / platform.name).glob("*.yaml")}
    assert sorted(REQUIRED - names) == []


@every_platform
def test_a_platform_is_in_the_catalogue(platform: Platform) -> None:
    assert platform.name in links().titles


def test_no_test_data_lies_about_without_a_platform() -> None:
    folders = {path.name for path in FOLDER.iterdir() if path.is_dir()} - {"__pycache__"}
    assert folders == set(platforms())


@every_platform
@pytest.mark.parametrize("body", GARBAGE, ids=range(len(GARBAGE)))
def test_garbage_never_becomes_a_figure(platform: Platform, body: bytes) -> None:
    """Whatever is answered to every request, no count comes of it, and no fault either."""
    result = _read_with_one_answer(platform, {"status": 200}, body)
    assert isinstance(result, Unknown) or _figures(result) == []


@every_platform
@pytest.mark.parametrize("status", [401, 403, 429, 500, 999])
def test_a_refusal_is_a_reason_and_never_a_zero(platform: Platform, status: int) -> None:
    result = _read_with_one_answer(platform, {"status": status}, b"")
    assert isinstance(result, Unknown) or _figures(result) == []
    if isinstance(result, Unknown):
        assert result.reason is not Reason.INTERNAL_ERROR


def _read_with_one_answer(
    platform: Platform, answer: Mapping[str, object], body: bytes
) -> Profile | Unknown:
    """Ask for the profile of the case `public`, with this answer to every request."""
    case = next(case for case in CASES if case.platform is platform and case.name == "public")
    steps = platform.read(ask(case))
    try:
        request: Request = next(steps)
        for _ in range(MOST_REQUESTS):
            request = steps.send(answered(answer, request.url, body))
    except StopIteration as done:
        result: Profile | Unknown = done.value
        return result
    raise AssertionError("the reader asks without end")


def _figures(profile: Profile) -> list[object]:
    """Return the numbers of a profile that are known."""
    values = [profile.audience, *(figure.value for figure in profile.figures)]
    return [value.value for value in values if isinstance(value, Known)]


def test_a_failure_keeps_what_the_server_said() -> None:
    failure = answered({"status": 404}, "https://acme.example/", b"nothing here")
    assert isinstance(failure, Failure)
    assert failure.body == b"nothing here"
    assert failure.failed_at == NOW
