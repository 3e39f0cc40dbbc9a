"""Turn rows of the history into values; a damaged row is told from a sound one, and named."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from audit.model.channel import Channel
from audit.model.company import Competitors
from audit.model.result import CompanyResult, RunInfo
from audit.model.value import Reason
from audit.model.visit import Note
from audit.store.codec import dumps, loads

Row = tuple[object, ...]


class DamagedError(Exception):
    """A row does not hold what was written into it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunSummary:
    """A run as `audit history` lists it; `damaged` names what of it cannot be read."""

    id: str
    as_of: datetime | None
    started_at: datetime | None
    finished_at: datetime | None
    reported_at: datetime | None
    companies: int
    complete: int
    rules_version: str
    damaged: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """What the runs before knew of a company; `notes` say what of it could not be read."""

    result: CompanyResult | None = None
    notes: tuple[Note, ...] = ()


def packed(item: object) -> tuple[str, str]:
    """A value as it is kept, with its digest."""
    text = dumps(item)
    return text, _digest(text.encode())


def result_of(row: Row) -> CompanyResult:
    """The result in a row of (text as bytes, digest).

    Raises:
        DamagedError: it is not what was saved.
    """
    text, digest = bytes_of(row[0]), str(row[1])
    if digest and digest != _digest(text):
        raise DamagedError("the text is not the one that was saved")
    try:
        return loads(text.decode(), CompanyResult)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise DamagedError(f"{error}") from error


def sound(row: Row) -> bool:
    """Whether a row of (text as bytes, digest) is what was saved."""
    text, digest = bytes_of(row[0]), str(row[1])
    if digest:
        return digest == _digest(text)
    try:
        result_of(row)
    except DamagedError:
        return False
    return True


def competitors_of(text: object) -> Competitors:
    """The list of companies of a run.

    Raises:
        DamagedError: it cannot be read.
    """
    try:
        return loads(bytes_of(text).decode(), Competitors)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise DamagedError(f"{error}") from error


def run_of(run_id: str, row: Row) -> RunInfo:
    """A run from (as_of, started_at, finished_at, version, rules_version).

    Raises:
        DamagedError: a time in it is none.
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
    )


def moment(text: object) -> datetime | None:
    """A time of the history; None where there is none, or none that can be read."""
    try:
        found = datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return found if found.tzinfo is not None else None


def summary_of(run_id: str, row: Row, companies: Mapping[str, tuple[bool, bool]]) -> RunSummary:
    """A run from (as_of, started_at, finished_at, reported_at, rules_version, competitors).

    `companies` says of each whether it is complete, and whether its row is sound.
    """
    as_of, started_at = moment(row[0]), moment(row[1])
    damaged = [name for name, (_, whole) in companies.items() if not whole]
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
        complete=sum(complete for complete, whole in companies.values() if whole),
        rules_version=str(row[4]),
        damaged=tuple(damaged),
    )


def damage(what: str, run_id: str, error: Exception) -> Note:
    """Say that a row of the history is damaged and was done without."""
    return Note(
        what=what,
        reason=Reason.STORAGE,
        detail=f"what run {run_id} kept is damaged in the history ({error})",
        help="put a copy of the data folder back, or go on without it",
    )


def unread(error: Exception) -> Note:
    """Say that nothing of the runs before could be read."""
    return Note(
        what="history",
        reason=Reason.STORAGE,
        detail=f"the runs before this one could not be read, so nothing is compared ({error})",
        help="look at the data folder and run again",
        incomplete=True,
    )


def joined(results: Sequence[CompanyResult]) -> CompanyResult | None:
    """The newest result, with the channels that only older ones have seen."""
    channels: dict[str, Channel] = {}
    for channel in (each for result in results for each in result.channels):
        key = f"{channel.platform} {channel.account or channel.url.casefold()}"
        channels.setdefault(key, channel)
    return replace(results[0], channels=tuple(channels.values())) if results else None


def fingerprint(competitors: Competitors) -> str:
    """What makes two lists the same work: the companies' names and websites."""
    named = "\n".join(f"{each.name}\t{each.website}" for each in competitors.companies)
    return hashlib.sha256(named.encode()).hexdigest()[:16]


def bytes_of(value: object) -> bytes:
    """The bytes of a column that was asked for as such."""
    return value if isinstance(value, bytes) else str(value).encode()


def _digest(text: bytes) -> str:
    return hashlib.sha256(text).hexdigest()[:32]
