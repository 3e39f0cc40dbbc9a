"""Who owns a host, and what the next owner is told."""

from audit.model.value import Reason
from scrapers.fetch.hosts import News
from scrapers.fetch.registry import Registry
from tests.scrapers.fetch.scripted import HandClock

HOST, A, B = "shop.example", "tcp://a:1", "tcp://b:1"
REFUSED = (Reason.HTTP_403, "shop.example refused a request (HTTP 403)")


def registry() -> tuple[Registry, HandClock]:
    clock = HandClock()
    return Registry(clock), clock


def test_the_first_that_asks_owns_a_host_and_begins_at_once() -> None:
    owners, _ = registry()
    first = owners.owner_of(HOST, A)
    assert (first.owner, first.left) == (A, None)
    assert owners.owner_of(HOST, B).owner == A


def test_hosts_are_owned_one_by_one() -> None:
    owners, _ = registry()
    owners.owner_of(HOST, A)
    assert owners.owner_of("other.example", B).owner == B


def test_the_next_owner_is_told_all_that_the_one_before_knew() -> None:
    owners, clock = registry()
    owners.owner_of(HOST, A)
    owners.heard(News(lane=HOST, crawl_delay=4.0))
    owners.heard(News(lane=HOST, calls={"KEY": 7}))
    owners.heard(News(lane=HOST, refusal=REFUSED))
    owners.heard(News(lane=HOST, pause=30.0))
    owners.gone(A)
    clock.now += 10.0
    deed = owners.owner_of(HOST, B)
    assert deed.owner == B
    assert deed.left is not None
    assert (deed.left.refusal, deed.left.crawl_delay) == (REFUSED, 4.0)
    assert (deed.left.pause, deed.left.calls) == (20.0, {"KEY": 7})


def test_an_owner_that_asks_twice_is_told_twice() -> None:
    owners, _ = registry()
    owners.owner_of(HOST, A)
    owners.gone(A)
    assert owners.owner_of(HOST, B) == owners.owner_of(HOST, B)
    assert owners.owner_of(HOST, B).left is not None


def test_the_first_refusal_stays() -> None:
    owners, _ = registry()
    owners.heard(News(lane=HOST, refusal=REFUSED))
    owners.heard(News(lane=HOST, refusal=(Reason.CAPTCHA, "another")))
    owners.gone(A)
    assert [news.refusal for news in owners.will()] == [REFUSED]


def test_who_comes_back_under_the_address_of_one_that_has_ended_waits_as_well() -> None:
    owners, _ = registry()
    owners.owner_of(HOST, A)
    owners.gone(A)
    assert owners.owner_of(HOST, A).left == News(lane=HOST)


def test_the_end_of_one_process_takes_nothing_from_others() -> None:
    owners, _ = registry()
    owners.owner_of(HOST, A)
    owners.gone(B)
    assert owners.owner_of(HOST, B).owner == A


def test_a_registry_that_follows_another_knows_all_and_no_owner() -> None:
    owners, clock = registry()
    owners.owner_of(HOST, A)
    owners.heard(News(lane=HOST, refusal=REFUSED, pause=30.0))
    clock.now += 5.0
    will = owners.will()
    clock.now += 5.0
    deed = Registry.succeeding(will, clock).owner_of(HOST, B)
    assert deed.owner == B
    assert deed.left is not None
    # What passes while nobody counts is not taken off: later is never too fast.
    assert (deed.left.refusal, deed.left.pause) == (REFUSED, 25.0)
