"""The budgeted wire over a clock: who has no time left asks for nothing more."""

from audit.model.exchange import Request
from audit.model.value import Reason
from scrapers.fetch.budgeted import BudgetedWire, Span
from scrapers.fetch.polite import PoliteWire
from scrapers.fetch.wire import Answer, Trouble
from tests.scrapers.fetch.scripted import HandClock, ScriptedWire, trouble

REQUEST = Request(url="https://acme.example/")


async def test_within_its_time_a_company_is_answered() -> None:
    clock, below = HandClock(), ScriptedWire()
    wire = BudgetedWire(Span(600.0, clock), below)
    clock.now = 600.0
    assert isinstance(await wire.get(REQUEST.url, REQUEST, None), Answer)


async def test_after_its_time_nothing_is_asked() -> None:
    clock, below = HandClock(), ScriptedWire()
    wire = BudgetedWire(Span(600.0, clock), below)
    clock.now = 600.1
    over = await wire.get(REQUEST.url, REQUEST, None)
    assert isinstance(over, Trouble)
    assert (over.reason, over.detail) == (Reason.BUDGET, "600 s for one company are over")
    assert below.asked == []


async def test_what_needs_no_asking_is_said_however_late_it_is() -> None:
    clock, below = HandClock(), ScriptedWire(settled=trouble(Reason.HTTP_403))
    wire = BudgetedWire(Span(600.0, clock), below)
    clock.now = 601.0
    assert await wire.get(REQUEST.url, REQUEST, None) == below.settled


async def test_a_renewed_span_is_as_long_as_the_first() -> None:
    clock, below = HandClock(), ScriptedWire()
    span = Span(600.0, clock)
    wire = BudgetedWire(span, below)
    clock.now = 700.0
    span.renew()
    clock.now = 1300.0
    assert isinstance(await wire.get(REQUEST.url, REQUEST, None), Answer)
    clock.now = 1300.1
    assert isinstance(await wire.get(REQUEST.url, REQUEST, None), Trouble)


async def test_time_that_runs_out_in_the_lane_is_noticed_there() -> None:
    """The stack as it is: the same span above and below the lane of a host."""
    clock, below = HandClock(), ScriptedWire()
    span = Span(600.0, clock)
    polite = PoliteWire(clock.hosts(delay=400.0), BudgetedWire(span, below))
    wire = BudgetedWire(span, polite)
    answers = [await wire.get(REQUEST.url, REQUEST, None) for _ in range(3)]
    assert [isinstance(each, Answer) for each in answers] == [True, True, False]
    assert len(below.asked) == 2
    assert clock.now == 800.0, "the third one waited for its turn, and then had no time left"


async def test_what_others_have_to_hear_is_passed_on() -> None:
    below = ScriptedWire()
    BudgetedWire(Span(600.0, HandClock()), below).slow_down(REQUEST.url, 4.0)
    assert below.pauses == [(REQUEST.url, 4.0)]


def test_what_a_company_waits_for_others_is_not_its_own_time() -> None:
    clock, waited = HandClock(), [0.0]
    span = Span(600.0, clock, lambda: waited[0])
    clock.now, waited[0] = 900.0, 500.0
    assert not span.is_over()
    clock.now = 1_101.0
    assert span.is_over()
    span.renew()
    clock.now, waited[0] = 2_000.0, 900.0
    assert not span.is_over()
