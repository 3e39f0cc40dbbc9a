"""Erase runs and companies from the tables of a history, and what others' rows tell of them."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from audit.model.breakdown import OVERLAPS, Breakdown
from audit.model.company import Competitors
from audit.model.past import website_key
from audit.model.result import CompanyResult
from audit.store.rows import DamagedError, Row, competitors_of, fingerprint, packed, result_of
from audit.store.tables import Change, Tables


def is_meant(company: str | None, name: str) -> bool:
    """Tell whether a name is that of the company to forget; None means every company."""
    return company is None or name.casefold() == company.casefold()


def erase_in(tables: Tables, wanted: str | None, company: str | None) -> None:
    """Erase from the tables of a history, in one transaction.

    Raises:
        StoreError: they cannot be read.
        SaveError: they could not be written.
    """
    websites = _websites(tables, company)
    runs = [str(row[0]) for row in tables.rows("SELECT id FROM run ORDER BY number")]
    changes = [
        change
        for run in runs
        if wanted in (None, run)
        for change in _changes_in(tables, run, company)
    ]
    if wanted is None and company is None:
        changes.append(("DELETE FROM hand_record", ()))
    elif wanted is None:
        # What people told of the profiles of these companies.
        changes += [("DELETE FROM hand_record WHERE company = ?", (each,)) for each in websites]
    tables.write(*changes)


def _changes_in(tables: Tables, run: str, company: str | None) -> Iterator[Change]:
    """Take a company out of a run: its result, its place in the list, what others share with it.

    The run itself goes only where no company is named, or the one that is was all of it.
    """
    query = "SELECT name, CAST(result AS BLOB), digest FROM company WHERE run_id = ?"
    rows = [(str(name), tuple(row)) for name, *row in tables.rows(query, run)]
    others = [(name, row) for name, row in rows if not is_meant(company, name)]
    remaining = _remaining(tables, run, company, [row for _, row in others])
    if company is None or (rows and not others and not remaining.companies):
        yield "DELETE FROM run WHERE id = ?", (run,)
        return
    yield (
        "UPDATE run SET competitors = ?, fingerprint = ? WHERE id = ?",
        (packed(remaining)[0] if remaining.companies else "", fingerprint(remaining), run),
    )
    # What later rules made of the run can be made again; others' results tell of the company too.
    yield "DELETE FROM again WHERE run_id = ?", (run,)
    for name in (name for name, _ in rows if is_meant(company, name)):
        yield "DELETE FROM company WHERE run_id = ? AND name = ?", (run, name)
    for name, row in others:
        if (apart := _apart(row, company)) is not None:
            yield (
                "UPDATE company SET result = ?, digest = ? WHERE run_id = ? AND name = ?",
                (*packed(apart), run, name),
            )


def _websites(tables: Tables, company: str | None) -> frozenset[str]:
    """Return the keys of the websites of a company, as its results and the lists of runs say."""
    rows = [
        (str(each[0]), str(each[1])) for each in tables.rows("SELECT name, website FROM company")
    ]
    for (text,) in tables.rows("SELECT CAST(competitors AS BLOB) FROM run"):
        with suppress(DamagedError):
            rows += [(each.name, each.website) for each in competitors_of(text).companies]
    return frozenset(website_key(website) for name, website in rows if is_meant(company, name))


def _remaining(tables: Tables, run: str, company: str | None, others: list[Row]) -> Competitors:
    """Give the list of a run without a company; a damaged one, which may name it, is made anew.

    What is made anew holds the companies of `others`, the rows that stay, as far as readable.
    """
    ((text,),) = tables.rows("SELECT CAST(competitors AS BLOB) FROM run WHERE id = ?", run)
    try:
        competitors = competitors_of(text)
    except DamagedError:
        results = [result for result in map(_readable, others) if result is not None]
        known = tuple(result.company for result in results)
        competitors = Competitors(path=Path(), companies=known)
    companies = tuple(each for each in competitors.companies if not is_meant(company, each.name))
    return replace(competitors, companies=companies)


def _readable(row: Row) -> CompanyResult | None:
    """Read a result, or give None where it is damaged."""
    try:
        return result_of(row)
    except DamagedError:
        return None


def _apart(row: Row, company: str) -> CompanyResult | None:
    """Give another company's result without the followers that it shares with this one.

    None where it shares none, so that its row can stay as it is, and where it is damaged.
    """
    result = _readable(row)
    if result is None:
        return None
    audiences = tuple(
        replace(
            audience,
            breakdowns=tuple(_without(breakdown, company) for breakdown in audience.breakdowns),
        )
        for audience in result.audiences
    )
    return replace(result, audiences=audiences) if audiences != result.audiences else None


def _without(breakdown: Breakdown, company: str | None) -> Breakdown:
    """Return the breakdown of shared followers without the part that names a company."""
    if breakdown.metric != OVERLAPS:
        return breakdown
    kept = tuple(part for part in breakdown.parts if not is_meant(company, part.name))
    return replace(breakdown, parts=kept)
