"""Erase runs and companies from the history file, so that no page of it holds them any more."""

import sqlite3
from collections.abc import Iterable
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path

from audit.model.breakdown import OVERLAPS, Breakdown
from audit.model.company import Competitors
from audit.model.errors import SaveError
from audit.model.past import website_key
from audit.model.result import CompanyResult
from audit.store.faults import in_words
from audit.store.rows import DamagedError, Row, competitors_of, fingerprint, packed, result_of
from audit.store.schema import connect


def is_meant(company: str | None, name: str) -> bool:
    """Tell whether a name is that of the company to forget; None means every company."""
    return company is None or name.casefold() == company.casefold()


def erase(path: Path, run: str | None, company: str | None) -> None:
    """Erase a company, or a whole run where no company is named; None is every run.

    Raises:
        StoreError: the history cannot be used.
        SaveError: it could not be written, or another program keeps traces in its journal.
    """
    with closing(connect(path)) as history:
        try:
            busy = _erase(history, run, company)
        except sqlite3.Error as error:
            raise SaveError(
                f"{path}: could not be cleared ({in_words(error)}); run the same command again"
            ) from error
        if busy:
            raise SaveError(
                f"{path}: another program reads it, so traces stay in its journal; close that "
                "program and run the same command again"
            )


def _erase(history: sqlite3.Connection, wanted: str | None, company: str | None) -> bool:
    """Delete in one transaction, then write the file anew; tell whether another program reads it.

    `secure_delete` writes zeros over deleted rows even where VACUUM fails for lack of room;
    VACUUM leaves no empty pages; the checkpoint empties the journal, which holds old pages.
    """
    history.execute("PRAGMA secure_delete = ON")
    with history:
        websites = _websites(history, company)
        runs = [str(row[0]) for row in history.execute("SELECT id FROM run ORDER BY number")]
        for run in runs:
            if wanted in (None, run):
                _erase_in(history, run, company)
        if wanted is None:
            _erase_by_hand(history, websites)
    # Behind the transaction: SQLite refuses VACUUM within one.
    history.execute("VACUUM")
    # the first column is 1 where a reader kept the checkpoint from emptying the journal
    return bool(history.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0])


def _erase_in(history: sqlite3.Connection, run: str, company: str | None) -> None:
    """Take a company out of a run: its result, its place in the list, what others share with it.

    The run itself goes only where no company is named, or the one that is was all of it.
    """
    query = "SELECT name, CAST(result AS BLOB), digest FROM company WHERE run_id = ?"
    rows = history.execute(query, (run,)).fetchall()
    others = [(name, tuple(row)) for name, *row in rows if not is_meant(company, name)]
    remaining = _remaining(history, run, company, [row for _, row in others])
    if company is None or (rows and not others and not remaining.companies):
        history.execute("DELETE FROM run WHERE id = ?", (run,))
        return
    history.execute(
        "UPDATE run SET competitors = ?, fingerprint = ? WHERE id = ?",
        (packed(remaining)[0] if remaining.companies else "", fingerprint(remaining), run),
    )
    # What later rules made of the run can be made again; others' results tell of the company too.
    history.execute("DELETE FROM again WHERE run_id = ?", (run,))
    for name in (row[0] for row in rows if is_meant(company, row[0])):
        history.execute("DELETE FROM company WHERE run_id = ? AND name = ?", (run, name))
    for name, row in others:
        if (apart := _apart(row, company)) is not None:
            history.execute(
                "UPDATE company SET result = ?, digest = ? WHERE run_id = ? AND name = ?",
                (*packed(apart), run, name),
            )


def _websites(history: sqlite3.Connection, company: str | None) -> frozenset[str]:
    """Return the keys of the websites of a company, as its results and the lists of runs say."""
    rows = history.execute("SELECT name, website FROM company").fetchall()
    for (text,) in history.execute("SELECT CAST(competitors AS BLOB) FROM run").fetchall():
        with suppress(DamagedError):
            rows += [(each.name, each.website) for each in competitors_of(text).companies]
    return frozenset(website_key(website) for name, website in rows if is_meant(company, name))


def _erase_by_hand(history: sqlite3.Connection, websites: Iterable[str]) -> None:
    """Erase what people told of the profiles of these companies."""
    history.executemany(
        "DELETE FROM hand_record WHERE company = ?", [(website,) for website in websites]
    )


def _remaining(
    history: sqlite3.Connection, run: str, company: str | None, others: list[Row]
) -> Competitors:
    """Give the list of a run without a company; a damaged one, which may name it, is made anew.

    What is made anew holds the companies of `others`, the rows that stay, as far as readable.
    """
    query = "SELECT CAST(competitors AS BLOB) FROM run WHERE id = ?"
    (text,) = history.execute(query, (run,)).fetchone()
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
