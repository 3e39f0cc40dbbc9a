"""What most competitors have and we do not; blog and news are one thing."""

import pytest

from audit.model.result import CompanyResult
from reports.gaps import gaps
from reports.report import Report
from tests.reports import workbook_example as example
from tests.reports.workbook_example import company_result

BLOG, NEWS = {"blog": (9, 12, 3)}, {"news": (9, 12, 3)}
ONE_OF_EACH = (company_result("Brava", sections=BLOG), company_result("Corvid", sections=NEWS))


def told(own: CompanyResult, *rivals: CompanyResult) -> list[str]:
    """What the gaps of a company advise, beside these competitors."""
    shot = example.of((own, *rivals))
    return [gap.action for gap in gaps(Report(shot, example.compared(shot)), limit=20)]


@pytest.mark.parametrize("sections", [BLOG, NEWS])
def test_who_has_a_blog_or_news_is_not_told_to_begin_the_other(
    sections: dict[str, tuple[int, int, int]],
) -> None:
    actions = told(company_result("Acme", own=True, sections=sections), *ONE_OF_EACH)
    assert not [action for action in actions if "blog" in action or "news" in action]


def test_who_has_neither_is_told_once_whichever_of_the_two_competitors_have() -> None:
    actions = told(company_result("Acme", own=True), *ONE_OF_EACH)
    assert [action for action in actions if "Offer" in action] == ["Offer: blog"]
