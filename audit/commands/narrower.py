"""Tell where a run looked at less than an earlier one, so that its reports replace none of that."""

from collections.abc import Iterator

from audit.commands.typed import Typed
from audit.model.exchange import BY_HAND, RECALLED
from audit.model.past import Past, PastRun, keys_of_companies
from audit.model.result import CompanyResult, Snapshot
from audit.model.value import Known
from reports.words import listed
from scrapers.session import ONLY_SAVED

_UNASKED = frozenset({RECALLED, BY_HAND})
"""Outcomes of addresses that nobody was asked for."""


def left_unseen(snapshot: Snapshot, past: Past, typed: Typed) -> str:
    """Say what earlier runs knew and this one fetched nothing of; "" where it looked at all.

    That is so of saved pages alone (`--only-saved`): what lacks is not gone.
    """
    names = [result.company.name for result in _poorer(snapshot, past)]
    if not names:
        return ""
    whole = typed.command()
    return (
        f"this run fetched nothing, and lacks what an earlier one had read of {listed(names)}; "
        f"to have both, run without --only-saved: {whole} (it reads the saved pages, too)"
    )


def left_out(snapshot: Snapshot, past: Past, typed: Typed) -> str:
    """Say which companies of the list a run was not to visit and earlier ones know; "" for none."""
    competitors = snapshot.competitors
    keys = keys_of_companies((*competitors.companies, *competitors.left_out))
    known = {key for run in past.runs for key, values in run.values.items() if values}
    lost = [each.name for each in competitors.left_out if keys[each.name] in known]
    if not lost:
        return ""
    return f"this run is not over {listed(lost)}; to visit all: {typed.command()}"


def _poorer(snapshot: Snapshot, past: Past) -> Iterator[CompanyResult]:
    """Yield the companies that nothing was fetched of and that an earlier run knows more of."""
    keys = keys_of_companies(result.company for result in snapshot.results)
    for result in snapshot.results:
        key = keys[result.company.name]
        if _of_saved_pages(result) and any(_knew_more(run, key, result) for run in past.runs):
            yield result


def _of_saved_pages(result: CompanyResult) -> bool:
    """Tell whether nobody was asked for anything of a company, as nothing was to be fetched."""
    if result.robots or any(page.outcome not in _UNASKED for page in result.fetched):
        return False
    return bool(result.fetched) or any(note.detail == ONLY_SAVED for note in result.notes)


def _knew_more(run: PastRun, key: str, result: CompanyResult) -> bool:
    """Tell whether an earlier run has a figure of a company that this one lacks."""
    now = {each.metric for each in result.measures if isinstance(each.value, Known)}
    values = run.values.get(key, {})
    return any(isinstance(value, Known) and name not in now for name, value in values.items())
