"""Hand a run what people told of its companies' profiles, whichever run they told it after."""

from dataclasses import replace

from audit.model.company import Competitors
from audit.model.past import website_key
from audit.store.history import History


def with_records(competitors: Competitors, history: History) -> Competitors:
    """Return a list whose companies bear what people told of their profiles.

    Raises:
        StoreError: the history cannot be read.
    """
    records = history.by_hand()
    if not records:
        return competitors
    return replace(
        competitors,
        companies=tuple(
            replace(
                company,
                by_hand=tuple(
                    each for each in records if each.company == website_key(company.website)
                ),
            )
            for company in competitors.companies
        ),
    )
