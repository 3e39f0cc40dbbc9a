"""Hand a run what people told of its companies' profiles, whichever run they told it after."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from audit.lists import runs_of
from audit.measure.manual import last_day, looks_back
from audit.model.company import Competitors
from audit.model.past import website_key
from audit.model.result import RunInfo
from audit.plan import window_of
from audit.store.history import History
from audit.typed_figures import latest_day


def with_records(
    competitors: Competitors, history: History, data_dir: Path, run: RunInfo
) -> Competitors:
    """Return a list whose companies bear what people told of their profiles, as far as a run goes.

    What was read after a run completes it, until the next run of its list; one that ends with a day
    that was asked for takes nothing of later days.

    Raises:
        StoreError: the history cannot be read.
    """
    records = history.by_hand()
    if not records:
        return competitors
    until = _until(competitors, history, data_dir, run)
    return replace(
        competitors,
        companies=tuple(
            replace(
                company,
                by_hand=tuple(
                    each
                    for each in records
                    if each.company == website_key(company.website) and each.on <= until
                ),
            )
            for company in competitors.companies
        ),
    )


def _until(competitors: Competitors, history: History, data_dir: Path, run: RunInfo) -> date:
    """Return the last day whose figures belong to a run."""
    window = window_of(run, competitors.settings)
    if looks_back(window):
        return last_day(window)
    listed = {each.id for each in runs_of(history, data_dir, competitors) if each.is_finished}
    ends = (each.as_of for each in history.runs() if each.id in listed)
    later = sorted(end for end in ends if end is not None and end > run.as_of)
    return last_day(replace(window, as_of=later[0])) if later else latest_day(datetime.now(UTC))
