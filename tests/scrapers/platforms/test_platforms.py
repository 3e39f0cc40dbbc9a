"""Each platform on answers of its own: a public profile, a hidden one, one that is gone, a wall."""

from collections.abc import Mapping

import pytest
from ruamel.yaml import YAML

from audit.model.exchange import Failure, Request
from audit.model.profile import Profile
from audit.model.value import Known, Reason, Unknown
from scrapers.platforms import platforms
from scrapers.platforms.kit.base import Platform
from tests.scrapers.platforms.case_keys import wrong_keys
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
    assert wrong_keys(case) == []
    answers = Answers(case)
    result = driven(case.platform.read(ask(case)), answers)
    assert same(case.content["expected"], in_words(result)) == []
    assert answers.used == set(answers.by_request), "not everything was asked for"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("{url: x, expected: {audence: 1}}", "unknown key `expected.audence`; known are standing,"),
        ("{url: x, expected: {figures: {fans: 1}}}", "unknown key `expected.figures.fans`; known"),
        ("{url: x, expected: {newest: {day: 1}}}", "unknown key `expected.newest.day`; known are"),
        ("{url: x, expects: {}}", "needs the key `expected`"),
        ("{url: x, expects: {}, expected: {}}", "unknown key `expects`; known are url, answers,"),
        ("{url: x, answers: [{jsn: 1}], expected: {}}", "unknown key `answers[0].jsn`; known are"),
    ],
)
def test_a_wrong_key_of_a_case_is_told_with_those_that_are_known(content: str, said: str) -> None:
    case = Case(platforms()["vimeo"], "public", YAML(typ="safe", pure=True).load(content))
    assert wrong_keys(case)[0].startswith(f"vimeo/public.yaml: {said}")


@every_platform
def test_a_platform_has_the_cases_that_matter(platform: Platform) -> None:
    names = {path.stem for path in (FOLDER / platform.name).glob("*.yaml")}
    lacking = ", ".join(sorted(f"{platform.name}/{name}.yaml" for name in REQUIRED - names))
    assert lacking == "", f"put these cases into tests/scrapers/platforms: {lacking}"


@every_platform
def test_a_platform_is_in_the_catalogue(platform: Platform) -> None:
    assert platform.name in links().titles, (
        f"PLATFORM has the name {platform.name!r}, which no rule of config/rules/platforms has"
    )


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
    public = [case for case in CASES if case.platform is platform and case.name == "public"]
    assert public, f"there is no tests/scrapers/platforms/{platform.name}/public.yaml"
    steps = platform.read(ask(public[0]))
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
