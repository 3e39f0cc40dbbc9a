"""The replayed wire: archived answers in their order, and nothing else."""

from dataclasses import replace

from audit.model.exchange import Kind, Request
from audit.model.value import Reason
from scrapers.fetch.replayed import ReplayedWire
from scrapers.fetch.wire import Answer, Trouble, archive_name
from tests.scrapers.fetch.scripted import answer

URL = "https://acme.example/"


def under(name: str, wire: bytes) -> Answer:
    return replace(answer(wire=wire), url=name)


async def bodies(wire: ReplayedWire, request: Request, times: int) -> list[bytes]:
    answers = [await wire.get(request.url, request, None) for _ in range(times)]
    return [each.wire for each in answers if isinstance(each, Answer)]


async def test_answers_come_in_their_order_and_the_last_one_stays() -> None:
    wire = ReplayedWire([under(URL, b"1"), under(URL, b"2")])
    assert await bodies(wire, Request(url=URL), 3) == [b"1", b"2", b"2"]


async def test_an_answer_to_another_wish_is_found_by_its_name_and_has_its_address() -> None:
    wish = Request(url=URL, accept="application/json")
    wire = ReplayedWire([under(URL, b"page"), under(archive_name(URL, wish), b"json")])
    replayed = await wire.get(URL, wish, None)
    assert isinstance(replayed, Answer)
    assert (replayed.url, replayed.wire) == (URL, b"json")


async def test_what_is_not_there_was_not_checked() -> None:
    missing = await ReplayedWire([]).get(URL, Request(url=URL), None)
    assert isinstance(missing, Trouble)
    assert missing.reason is Reason.NOT_CHECKED


async def test_an_archive_of_another_program_may_hold_no_robots_txt() -> None:
    request = Request(url=f"{URL}robots.txt", kind=Kind.ROBOTS)
    missing = await ReplayedWire([]).get(request.url, request, None)
    assert isinstance(missing, Answer)
    assert missing.status == 404


def test_what_was_remembered_is_read_and_never_made_again() -> None:
    wire = ReplayedWire([under("urn:social-audit:keys", b'["ACME_KEY"]')])
    assert wire.remembered("keys", lambda: ["OTHER"]) == ["ACME_KEY"]
    assert wire.remembered("shares", lambda: {"a": 1}) is None


def test_a_damaged_value_is_as_if_it_were_not_there() -> None:
    wire = ReplayedWire([under("urn:social-audit:keys", b'["ACME_')])
    assert wire.remembered("keys", lambda: ["OTHER"]) is None
