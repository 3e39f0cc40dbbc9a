"""Every status that is no success has a reason word."""

import pytest

from audit.model.value import Reason


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        (404, Reason.HTTP_404),
        (999, Reason.HTTP_999),
        (418, Reason.HTTP_4XX),
        (522, Reason.HTTP_5XX),
        (302, Reason.HTTP_OTHER),
    ],
)
def test_a_status_has_its_own_reason_or_that_of_its_class(status: int, reason: Reason) -> None:
    assert Reason.of_status(status) is reason
