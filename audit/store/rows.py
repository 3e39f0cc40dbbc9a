"""Turn rows of the history into values; a damaged row is told from a sound one, and named."""

import hashlib
import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path

from audit.model.by_hand import HandRecord
from audit.model.company import Competitors
from audit.model.past import website_key
from audit.model.result import CompanyResult, RunInfo
from audit.store.codec import dumps, loads
from audit.store.history import ListedRun, RunSummary

Row = tuple[object, ...]


class DamagedError(Exception):
    """A row does not hold what was written into it."""


def packed(item: object) -> tuple[str, str]:
    """Give a value as the text that is kept, and the digest of that text."""
    text = dumps(item)
    return text, _digest(text.encode())


def result_of(row: Row) -> CompanyResult:
    """Read the result in a row of (text as bytes, digest).

    Raises:
        DamagedError: it is not what was saved.
    """
    text, digest = bytes_of(row[0]), str(row[1])
    # Rows from before there were digests have none, and are sound if they can be read.
    if digest and digest != _digest(text):
        raise DamagedError("the text is not the one that was saved")
    try:
        return loads(text.decode(), CompanyResult)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise DamagedError(f"{error}") from error


def hand_record_of(row: Row) -> HandRecord | None:
    """Read what a person told from a row of (text as bytes, digest); None where it is damaged."""
    text, digest = bytes_of(row[0]), str(row[1])
    if digest != _digest(text):
        return None
    try:
        return loads(text.decode(), HandRecord)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None


def records_in(text: bytes) -> frozenset[str]:
    """Return the places in the archive (`archive/RUN/FILE#OFFSET`) that a result's text names."""
    return frozenset(place.decode() for place in _PLACES.findall(text))


_PLACES = re.compile(rb'"(archive/[\w./-]{1,300}#\d{1,18})"')


def sound(row: Row) -> bool:
    """Tell whether a row of (text as bytes, digest) is what was saved.

    A row from before there were digests has "" for one, and is sound if it can be read.
    """
    text, digest = bytes_of(row[0]), str(row[1])
    if digest:
        return digest == _digest(text)
    try:
        result_of(row)
    except DamagedError:
        return False
    return True


def competitors_of(text: object) -> Competitors:
    """Read the list of companies of a run.

    Raises:
        DamagedError: it cannot be read.
    """
    try:
        return loads(bytes_of(text).decode(), Competitors)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise DamagedError(f"{error}") from error


def listed(run_id: str, row: Row, saved: Iterable[str]) -> ListedRun:
    """Read which list a run was made of from (whether it is finished, competitors).

    `saved` are the websites of its results, which stand in for a list that is damaged.
    """
    try:
        competitors = competitors_of(row[1])
    except DamagedError:
        path, websites = Path(), tuple(saved)
    else:
        path = competitors.path
        websites = tuple(company.website for company in competitors.companies)
    return ListedRun(
        id=run_id,
        path=path,
        websites=frozenset(map(website_key, websites)),
        is_finished=bool(row[0]),
    )


def run_of(run_id: str, row: Row) -> RunInfo:
    """Read a run from (as_of, started_at, finished_at, version, rules_version, reading).

    Raises:
        DamagedError: the end of its window or its beginning is no time.
    """
    as_of, started_at = moment(row[0]), moment(row[1])
    if as_of is None or started_at is None:
        raise DamagedError("its times cannot be read")
    return RunInfo(
        id=run_id,
        as_of=as_of,
        started_at=started_at,
        finished_at=moment(row[2]),
        version=str(row[3]),
        rules_version=str(row[4]),
        reading=str(row[5]),
    )


def moment(text: object) -> datetime | None:
    """Read a time of the history; None where there is none, or none that can be read.

    A time without an offset from UTC is none of ours, as all are written with one.
    """
    try:
        time = datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return time if time.tzinfo is not None else None


def summary_of(run_id: str, row: Row, companies: Mapping[str, tuple[bool, bool]]) -> RunSummary:
    """Summarise (as_of, started_at, finished_at, reported_at, rules_version, competitors).

    `companies` tells of each whether it is complete, and whether its row is sound.
    """
    as_of, started_at = moment(row[0]), moment(row[1])
    damaged = [name for name, (_, is_sound) in companies.items() if not is_sound]
    if as_of is None or started_at is None:
        damaged.insert(0, "the times of the run")
    planned = len(companies)
    try:
        planned = len(competitors_of(row[5]).companies)
    except DamagedError:
        damaged.insert(0, "the list of companies")
    return RunSummary(
        id=run_id,
        as_of=as_of,
        started_at=started_at,
        finished_at=moment(row[2]),
        reported_at=moment(row[3]),
        companies=planned,
        complete=sum(complete for complete, is_sound in companies.values() if is_sound),
        rules_version=str(row[4]),
        damaged=tuple(damaged),
    )


def fingerprint(competitors: Competitors) -> str:
    """Give what two lists of the same companies have in common: a digest of names and websites."""
    lines = "\n".join(f"{each.name}\t{each.website}" for each in competitors.companies)
    return hashlib.sha256(lines.encode()).hexdigest()[:16]


def bytes_of(value: object) -> bytes:
    """Give the bytes of a column that was cast to a blob; where it holds none, those of its text.

    CAST gives bytes for every value but NULL, which only a damaged file can hold there.
    """
    return value if isinstance(value, bytes) else str(value).encode()


def _digest(text: bytes) -> str:
    """Give the first half of the SHA-256 of a text: enough to see damage, which has no intent."""
    return hashlib.sha256(text).hexdigest()[:32]
