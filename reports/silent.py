"""Since when a company has published nothing, where its last post is long ago."""

from audit.model.kinds import SECTIONS
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
    whose = next((each for each in report.results if each.company.name == company), None)
    rows = [row for row in (whose.cadence if whose else ()) if networks or row.channel in SECTIONS]
    newest = [row.newest.value for row in rows if isinstance(row.newest, Known)]
    if not newest or any(isinstance(row.newest, Unknown) for row in rows):
        return ""
    last = max(newest)
    days = (report.snapshot.run.as_of.date() - last.date()).days
    return day_in_words(last) if days > SILENT_DAYS else ""
