"""Three phrases a company: in what it stands out, how active it is, and its weak spot."""

from audit.model.bounds import is_whole
from audit.model.kinds import RELEASES, SECTION_KINDS
from audit.model.metric import Unit
from audit.model.result import CompanyResult
from audit.model.value import Absent, Known, Unknown
from audit.model.visit import unread_site
from reports.beginnings import since_beginning
from reports.differences import is_half_seen
from reports.findings import BUSIEST, EVERYWHERE, busiest, known, latest, not_read, pair
from reports.report import Report
from reports.seen import told_by_feed
from reports.silent import SILENT_DAYS
from reports.telling import company_phrase, figure_words, trend_words
from reports.words import capital, clause, day_in_words, figure, phrase

_NETWORKS = "channels.posts_per_week"
_RECENCY, _RECENCY_ANYWHERE = "site.recency_days", "all.recency_days"
_YEAR = 365

PHRASE_ROOM = 62
"""Letters of a phrase about a company that a line of sheet Summary has room for."""

NO_STRENGTH, NO_WEAKNESS = "Nothing stands out", "No weak spot found"
NOT_COMPARED = "Too few to compare with"
_HALF = "? half of its website or more could not be read"
_LITTLE = "? too little of its website was seen"


def stands_out(report: Report, result: CompanyResult) -> str:
    """Return in what a company is best beside a typical competitor, or that nothing stands out."""
    best = pair(report, result.company.name).better
    if best is not None:
        return company_phrase(best)
    return _nothing_found(report, result, NO_STRENGTH)


def weak_spot(report: Report, result: CompanyResult) -> str:
    """Return in what a company is worst, how long it has been silent, or that nothing was found."""
    worst = pair(report, result.company.name).worse
    if worst is not None:
        return company_phrase(worst)
    row = latest(result)
    # Of what was only come upon, there may be newer ones.
    silence = "" if row is not None and row.picked else _silence(report, result)
    return silence or _nothing_found(report, result, NO_WEAKNESS)


def _nothing_found(report: Report, result: CompanyResult, words: str) -> str:
    """Return why nothing is known of a company, or these words where it was looked at."""
    reason = not_read(report, result)
    if reason is not None:
        return f"? {clause(reason)}"
    if is_half_seen(result):
        return _LITTLE
    return words if _is_compared(report) else NOT_COMPARED


def _is_compared(report: Report) -> bool:
    """Tell whether a typical competitor is known of any measure."""
    return any(isinstance(each.median, Known) for each in report.comparisons.values())


def _silence(report: Report, result: CompanyResult) -> str:
    """Return how long nothing new was on a company's website, where that is over 90 days.

    Only where nothing newer is elsewhere, and every profile could be read, it is silent altogether.
    """
    value = report.value(result.company.name, _RECENCY)
    days, row = known(value), latest(result)
    if days is None or days <= SILENT_DAYS or row is None or not isinstance(row.newest, Known):
        return ""
    if row.picked:  # there may be a newer one that is in no list that was read
        return f"Newest post seen: {day_in_words(row.newest.value.astimezone(report.zone))}"
    anywhere = report.value(result.company.name, _RECENCY_ANYWHERE)
    whole = known(anywhere) == days and anywhere is not None and is_whole(anywhere)
    if days <= _YEAR:
        return f"{'Silent' if whole else 'Site silent'} for {figure(days, Unit.DAYS)} days"
    at = day_in_words(row.newest.value.astimezone(report.zone))
    if whole:
        return f"Silent for over a year; the last post is of {at}"
    return f"Site silent for over a year; last post {at}"


def _unread_section(report: Report, result: CompanyResult, value: Unknown) -> str:
    """Return why nothing is known of how active a website is: the site, or its section."""
    row = busiest(result)
    words = clause(value.reason, value.detail)
    # What is said of the site has a reason of its own there.
    of_site = value.detail in {note.detail for note in unread_site(result.notes)}
    if row is None or of_site or not_read(report, result) is not None:
        in_part = is_half_seen(result) and not_read(report, result) is None
        return _HALF if in_part else f"? {words}"
    kind = next(kind for kind in SECTION_KINDS if kind.name == row.channel)
    # A page of them: these words have a verb for one thing.
    title = f"page of {kind.title}" if kind is RELEASES else kind.title
    return f"? its {'feed' if told_by_feed(result, kind) else title} {words}"


def how_active(report: Report, result: CompanyResult) -> str:
    """Return posts a week over website and networks, where that goes, how old the last post is.

    What could be seen of the website alone is said to be of the website.
    """
    name = result.company.name
    everywhere, site = report.value(name, EVERYWHERE), report.value(name, BUSIEST)
    whole = isinstance(everywhere, Known) and known(report.value(name, _NETWORKS)) is not None
    metric, value = (EVERYWHERE, everywhere) if whole else (BUSIEST, site)
    if not isinstance(value, Known):
        if isinstance(value, Absent):
            return "No blog, news, podcast or release notes found"
        return _unread_section(report, result, value) if isinstance(value, Unknown) else ""
    recency = _RECENCY_ANYWHERE if whole else _RECENCY
    days = known(report.value(name, recency))
    if (days is None or days > SILENT_DAYS) and (silence := _silence(report, result)):
        return silence
    young = since_beginning(report, result, metric, value.value)
    where = "" if whole else " on its website"
    since = f" ({young.words})" if young is not None else ""
    parts = [f"{figure_words(value, report.metric(metric))} posts a week{where}{since}"]
    parts += trend_words(result.together if whole else busiest(result))
    if days is not None:
        parts.append(f"the last {_ago(report, recency, days)}")
    words = capital(", ".join(parts))
    # Without what has room on sheet Cadence, rather than without an end.
    return words.replace(since, "") if len(words) > PHRASE_ROOM and since else words


_LATELY = {"0": "today", "1": "yesterday"}
"""What nobody counts in days."""


def _ago(report: Report, recency: str, days: float) -> str:
    """Return how long ago something was: `today`, `yesterday`, `14 days ago`."""
    words = figure(days, Unit.DAYS)
    return _LATELY.get(words) or phrase(report.metric(recency), words)[1]
