"""What shows that a role takes part is told as its cell elsewhere tells it: rounded, in part, by hand."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from audit.model.ladder import ROLES, Sign
from audit.model.value import Evidence, Unknown
from reports.report import Report
from reports.sheets.technographics import SHEET, _sign
from tests.reports.workbook_example import compared, snapshot

SHOT = snapshot()
REPORT = Report(SHOT, compared(SHOT))
PROOF = Evidence(
    url="https://a.example/", fetched_at=datetime(2026, 10, 1, tzinfo=UTC), rule="", excerpt="",
    record="",
)  # fmt: skip
AUDIENCE = Sign(
    what="followers", of="linkedin", value=12_400, at=None, at_least=False, evidence=(PROOF,)
)


@pytest.mark.parametrize(
    ("sign", "words"),
    [
        (AUDIENCE, "12,400 followers (LinkedIn), read 1 Oct 2026"),
        (replace(AUDIENCE, exact=False), "about 12,400 followers (LinkedIn), read 1 Oct 2026"),
        (replace(AUDIENCE, at_least=True), "at least 12,400 followers (LinkedIn), read 1 Oct 2026"),
        (replace(AUDIENCE, by_hand=True), "12,400 followers (LinkedIn), read by hand 1 Oct 2026"),
    ],
)
def test_a_sign_says_how_its_number_is_known(sign: Sign, words: str) -> None:
    assert _sign(REPORT, sign) == words


def test_a_company_that_could_not_be_read_says_so_at_every_role() -> None:
    table = SHEET.draw(REPORT)
    rows = [row for row in table.rows if row.subject == "Fjord Pumpen"]
    assert len(rows) == len(ROLES)
    assert all(isinstance(row.cells[2].value, Unknown) for row in rows)
