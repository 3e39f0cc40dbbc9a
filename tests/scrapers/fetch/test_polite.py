"""The polite wire over scripted answers: what is true of a host holds for all companies of a run."""

import asyncio
from dataclasses import replace

import pytest

from audit.model.exchange import Failure, Key, Kind, Request
from audit.model.value import Reason
from scrapers.fetch.polite import PoliteWire
from scrapers.fetch.wire import Answer, Trouble
from tests.scrapers.fetch.scripted import AT, HandClock, ScriptedWire, answer, profile, trouble

HOST = "https://acme.example"


async def outcomes(wire: PoliteWire, *requests: Request) -> list[int | Reason]:
    """The status of each answer, or the reason why there is none."""
    answers = [await wire.get(request.url, request, None) for request in requests]
    return [each.status if isinstance(each, Answer) else each.reason for each in answers]


def failure(url: str, reason: Reason) -> Failure:
    return Failure(url=url, reason=reason, detail="a bot wall (HTTP 200)", failed_at=AT)


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        (401, Reason.HTTP_401),
        (403, Reason.HTTP_403),
        (429, Reason.RATE_LIMITED),
        (999, Reason.HTTP_999),
    ],
)
async def test_a_refusal_leaves_a_platforms_host_alone_for_the_next_company(
    status: int, reason: Reason
) -> None:
    hosts, below = HandClock().hosts(), ScriptedWire([answer(status), answer()])
    assert await outcomes(PoliteWire(hosts, below), profile(f"{HOST}/a")) == [status]
    next_company = PoliteWire(hosts, below)
    left = await next_company.get(f"{HOST}/b", profile(f"{HOST}/b"), None)
    assert isinstance(left, Trouble)
    assert left.reason is reason
    assert left.detail == (
        f"acme.example refused a request (HTTP {status}) and was left alone for the run"
    )
    assert below.urls == [f"{HOST}/a"]


async def test_another_host_is_asked_all_the_same() -> None:
    hosts, below = HandClock().hosts(), ScriptedWire([answer(403), answer()])
    wire = PoliteWire(hosts, below)
    other = profile("https://other.example/a")
    assert await outcomes(wire, profile(f"{HOST}/a"), other) == [403, 200]


async def test_a_websites_refusal_of_one_page_leaves_nobody_alone() -> None:
    wire = PoliteWire(HandClock().hosts(), ScriptedWire([answer(403), answer()]))
    pages = (Request(url=f"{HOST}/a"), Request(url=f"{HOST}/b"))
    assert await outcomes(wire, *pages) == [403, 200]


async def test_any_host_that_asks_for_fewer_requests_is_left_alone() -> None:
    clock, below = HandClock(), ScriptedWire([answer(429)])
    wire = PoliteWire(clock.hosts(), below)
    pages = (Request(url=f"{HOST}/a"), Request(url=f"{HOST}/b"))
    assert await outcomes(wire, *pages) == [429, Reason.RATE_LIMITED]
    assert below.urls == [f"{HOST}/a"] * 3, "a website is tried again, a platform is not"


async def test_a_long_retry_after_stands_in_place_of_the_answer() -> None:
    hosts = HandClock().hosts()
    wire = PoliteWire(hosts, ScriptedWire([answer(503, (("Retry-After", "3600"),))]))
    kept = await wire.get(f"{HOST}/a", Request(url=f"{HOST}/a"), None)
    assert isinstance(kept, Trouble)
    assert (kept.reason, kept.detail) == (
        Reason.RATE_LIMITED,
        "acme.example asks to come back in 3600 s",
    )
    assert wire.without_asking(f"{HOST}/b", Request(url=f"{HOST}/b")) is not None


async def test_a_platforms_silent_host_is_tried_thrice_and_then_left_alone() -> None:
    clock, below = HandClock(), ScriptedWire([trouble(Reason.TIMEOUT, "nothing came")])
    wire = PoliteWire(clock.hosts(), below)
    requests = (profile(f"{HOST}/a"), profile(f"{HOST}/b"))
    assert await outcomes(wire, *requests) == [Reason.TIMEOUT] * 2
    assert below.urls == [f"{HOST}/a"] * 3
    assert [int(seconds) for seconds in clock.sleeps] == [1, 2]
    left = wire.without_asking(f"{HOST}/c", profile(f"{HOST}/c"))
    assert isinstance(left, Trouble)
    assert left.detail == (
        "acme.example did not answer (nothing came) and was left alone for the run"
    )


async def test_a_captcha_that_only_the_reader_of_the_page_sees_leaves_the_host_alone() -> None:
    wire = PoliteWire(HandClock().hosts(), ScriptedWire())
    request = profile(f"{HOST}/a")
    await wire.get(request.url, request, None)
    wire.turned_out(request.url, request, failure(request.url, Reason.CAPTCHA))
    assert await outcomes(wire, profile(f"{HOST}/b")) == [Reason.CAPTCHA]


@pytest.mark.parametrize(
    ("platform", "reason"), [("", Reason.CAPTCHA), ("acme", Reason.BAD_CONTENT)]
)
async def test_a_website_with_a_captcha_and_a_platform_with_an_odd_page_are_asked_on(
    platform: str, reason: Reason
) -> None:
    wire = PoliteWire(HandClock().hosts(), ScriptedWire())
    request = Request(url=f"{HOST}/a", platform=platform)
    wire.turned_out(request.url, request, failure(request.url, reason))
    assert wire.without_asking(f"{HOST}/b", request) is None


async def test_the_first_reason_stays() -> None:
    wire = PoliteWire(HandClock().hosts(), ScriptedWire([answer(403)]))
    request = profile(f"{HOST}/a")
    await wire.get(request.url, request, None)
    wire.turned_out(request.url, request, failure(request.url, Reason.CAPTCHA))
    left = wire.without_asking(f"{HOST}/b", request)
    assert isinstance(left, Trouble)
    assert left.reason is Reason.HTTP_403


async def test_who_waits_in_the_lane_hears_of_a_refusal_before_its_turn() -> None:
    hosts, below = HandClock().hosts(), ScriptedWire([answer(403)])
    requests = [profile(f"{HOST}/{number}") for number in range(4)]
    companies = [PoliteWire(hosts, below) for _ in requests]
    answers = await asyncio.gather(
        *(wire.get(each.url, each, None) for wire, each in zip(companies, requests, strict=True))
    )
    assert [isinstance(each, Answer) for each in answers] == [True, False, False, False]
    assert len(below.asked) == 1


@pytest.mark.parametrize("status", [200, 404, 502])
async def test_robots_txt_is_asked_for_once_a_run(status: int) -> None:
    hosts, below = HandClock().hosts(), ScriptedWire([answer(status)])
    request = Request(url=f"{HOST}/robots.txt", kind=Kind.ROBOTS)
    for _ in range(3):
        assert await outcomes(PoliteWire(hosts, below), request) == [status]
    assert len(below.asked) == (3 if status == 502 else 1), "a 502 is tried again, once for all"


async def test_companies_that_come_at_once_share_one_robots_txt() -> None:
    hosts, below = HandClock().hosts(), ScriptedWire()
    request = Request(url=f"{HOST}/robots.txt", kind=Kind.ROBOTS)
    companies = [PoliteWire(hosts, below) for _ in range(4)]
    await asyncio.gather(*(wire.get(request.url, request, None) for wire in companies))
    assert len(below.asked) == 1


async def test_robots_txt_that_was_read_stays_when_its_host_is_left_alone() -> None:
    wire = PoliteWire(HandClock().hosts(), ScriptedWire([answer(200), answer(403)]))
    robots = Request(url=f"{HOST}/robots.txt", kind=Kind.ROBOTS, platform="acme")
    assert await outcomes(wire, robots, profile(f"{HOST}/a"), robots) == [200, 403, 200]


async def test_the_quota_of_a_key_counts_requests_of_all_companies_and_no_second_tries() -> None:
    key = Key(variables=("ACME_KEY",), host="acme.example", adds="all", calls=2)
    hosts, below = HandClock().hosts(), ScriptedWire([answer(503), answer()])
    requests = [Request(url=f"{HOST}/{number}", key=key) for number in range(3)]
    answers = [
        await PoliteWire(hosts, below).get(request.url, request, None) for request in requests
    ]
    last = answers[-1]
    assert isinstance(last, Trouble)
    assert (last.reason, last.detail) == (
        Reason.BUDGET,
        "2 requests of one run with ACME_KEY are made",
    )
    assert below.urls == [f"{HOST}/0", f"{HOST}/0", f"{HOST}/1"]


async def test_the_pause_between_two_requests_is_the_longer_one_that_the_host_asks_for() -> None:
    clock = HandClock()
    wire = PoliteWire(clock.hosts(delay=0.25), ScriptedWire())
    pages = [Request(url=f"{HOST}/{number}") for number in range(2)]
    await outcomes(wire, *pages)
    assert clock.sleeps == [0.25]
    wire.slow_down(f"{HOST}/", 4.0)
    await outcomes(wire, *pages)
    assert clock.sleeps == [0.25, 0.25, 4.0]


async def test_a_part_of_a_page_is_tried_once_and_without_a_pause() -> None:
    clock, below = HandClock(), ScriptedWire([answer(503)])
    wire = PoliteWire(clock.hosts(delay=0.25), below)
    parts = [Request(url=f"{HOST}/{number}.js", kind=Kind.PART) for number in range(2)]
    await outcomes(wire, *parts)
    assert clock.sleeps == []
    assert len(below.asked) == 2


async def test_a_company_has_a_pause_of_its_own_for_its_sites_and_not_for_platforms() -> None:
    clock = HandClock()
    hosts = clock.hosts(delay=0.25)
    patient = PoliteWire(hosts, ScriptedWire(), delay=2.0)
    hasty = PoliteWire(hosts, ScriptedWire(), delay=0.0)
    pages = [Request(url=f"{HOST}/{number}") for number in range(2)]
    await outcomes(hasty, *pages)
    assert clock.sleeps == []
    await outcomes(patient, *pages)
    assert clock.sleeps == [2.0]
    other = [replace(each, url=f"https://p.example/{each.url[-1]}", platform="p") for each in pages]
    await outcomes(hasty, *other)
    assert clock.sleeps == [2.0, 0.25]


async def test_no_haste_goes_below_the_pause_that_a_host_asks_for() -> None:
    clock = HandClock()
    wire = PoliteWire(clock.hosts(delay=0.25), ScriptedWire(), delay=0.0)
    wire.slow_down(f"{HOST}/", 3.0)
    await outcomes(wire, *[Request(url=f"{HOST}/{number}") for number in range(2)])
    assert clock.sleeps == [3.0]
