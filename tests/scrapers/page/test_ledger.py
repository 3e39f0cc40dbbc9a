"""A change of a rule is meant: the ledger says what the catalogue holds, and rules that break are noticed."""

import pytest

from config.catalogue import load_catalogue
from tests.broken_rules import breaks, noticed_by
from tests.ledger import FILE, differences, ledger

RULES = load_catalogue().features


def test_the_catalogue_is_what_the_ledger_says() -> None:
    changed = differences(ledger(RULES))
    assert changed == [], "renew it where the change is meant: python -m tests.ledger --write"


def test_the_ledger_does_not_depend_on_the_order_of_rules() -> None:
    assert ledger(reversed(RULES)) == FILE.read_text("utf-8").splitlines()


@pytest.mark.parametrize("seed", [1, 2])
def test_ten_rules_broken_at_random_are_noticed_each(seed: int) -> None:
    broken = list(breaks(RULES, seed, 10))
    assert [each.what for each in broken if not any(noticed_by(each).values())] == []


def test_most_breaks_of_documented_products_are_noticed_by_their_snippets() -> None:
    broken = list(breaks(RULES, 3, 30, covered=True))
    assert sum(bool(noticed_by(each)["snippets"]) for each in broken) >= 20
