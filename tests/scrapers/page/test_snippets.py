"""What vendors document is seen, and what only looks like it is not."""

import pytest

from tests.analysed import rules
from tests.snippets import documented, faults, features


@pytest.mark.parametrize("feature", features())
def test_what_a_vendor_documents_is_seen_and_what_looks_like_it_is_not(feature: str) -> None:
    entries = documented(feature)
    assert [fault for entry in entries for fault in faults(entry, rules().signals)] == []


def test_the_products_that_are_used_most_are_held() -> None:
    entries = [entry for feature in features() for entry in documented(feature)]
    assert len({entry.product for entry in entries}) >= 300
    assert all(entry.documented.startswith("https://") for entry in entries)
    assert all(entry.home.startswith("https://") for entry in entries)
    assert len({(entry.feature, entry.product) for entry in entries}) == len(entries)
