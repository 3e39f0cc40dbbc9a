"""The words of the results: figures rounded once, every reason with its remedy."""

import pytest

from audit.model.metric import Unit
from audit.model.value import Reason
from reports.words import explained, rounded


def test_a_half_is_rounded_up_as_a_reader_would() -> None:
    assert (rounded(0.25, Unit.RATE), rounded(0.125, Unit.SHARE)) == (0.3, 0.13)


@pytest.mark.parametrize("reason", list(Reason))
def test_every_reason_is_explained_and_has_a_remedy(reason: Reason) -> None:
    assert all(words.endswith(".") for words in explained(reason))
