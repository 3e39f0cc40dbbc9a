"""What looks like a slip in a list that is right: said, and not refused."""

from audit.model.company import Competitors
from config.checks import website_key


def remarks(competitors: Competitors) -> tuple[str, ...]:
    """Say of each company that has the website of one above it; one line a company.

    Brands of one company can share a website; their rows will then be the same.
    """
    first: dict[str, str] = {}
    lines: list[str] = []
    for company in competitors.companies:
        other = first.setdefault(website_key(company.website), company.name)
        if other != company.name:
            lines.append(
                f'"{company.name}" has the same website as "{other}" ({company.website}): '
                "is that meant? Both rows will show the same."
            )
    return tuple(lines)
