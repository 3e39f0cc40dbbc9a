"""Since when a company has published nothing, where its last post is long ago."""

from collections.abc import Sequence
from datetime import datetime

from audit.model.kinds import SECTIONS
from audit.model.result import Cadence
from audit.model.value import Known, Unknown
from reports.report import Report
from reports.words import day_in_words

SILENT_DAYS = 90
"""Days without a post after which what published is told of in the past."""


def fell_silent(report: Report, company: str, *, networks: bool) -> str:
    """Return the day of a company's newest post if that is over 90 days ago; "" where it is not.

    Nor is it told where the newest post of a list is not known, as it may be of yesterday. With
    `networks` its profiles count beside its website.
    """
    rows = _rows(report, company, networks=networks)
    last = _newest(rows)
    if last is None or any(isinstance(row.newest, Unknown) for row in rows):
        return ""
    return "" if _is_late(report, last) else day_in_words(last)


def posts_now(report: Report, company: str) -> bool:
    """Tell whether a post of the last 90 days is known, on the website or a profile."""
    last = _newest(_rows(report, company, networks=True))
    return last is not None and _is_late(report, last)


def _rows(report: Report, company: str, *, networks: bool) -> list[Cadence]:
    """Return the sections of a company's website, and with `networks` its profiles too."""
    whose = next((each for each in report.results if each.company.name == company), None)
    return [row for row in (whose.cadence if whose else ()) if networks or row.channel in SECTIONS]


def _newest(rows: Sequence[Cadence]) -> datetime | None:
    """Return when the newest post that is known appeared."""
    return max((row.newest.value for row in rows if isinstance(row.newest, Known)), default=None)


def _is_late(report: Report, last: datetime) -> bool:
    """Tell whether a moment lies within the last 90 days."""
    return (report.snapshot.run.as_of.date() - last.date()).days <= SILENT_DAYS
