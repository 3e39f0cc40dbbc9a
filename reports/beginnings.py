"""What is younger than the period: how often it posts since it began, so that nobody seems slow."""

from collections.abc import Sequence
from dataclasses import dataclass

from audit.measure.outlets import is_community
from audit.model.kinds import SECTIONS
from audit.model.metric import Unit
from audit.model.result import Cadence, CompanyResult
from audit.model.value import Known
from reports.report import Report
from reports.words import day_in_words, figure

_RATE = ".posts_per_week"
_CHANNEL = "channel."


@dataclass(frozen=True, slots=True, kw_only=True)
class SinceBeginning:
    """Posts a week where each section and profile is counted from its beginning on.

    `rate` is None where one of them is too young for a rate. `words` say it: "0.8 since 3 Sep
    2026", of a sum "0.8 since each began".
    """

    rate: float | None
    words: str


def since_beginning(
    report: Report, result: CompanyResult, metric: str, rate: float
) -> SinceBeginning | None:
    """Return a rate counted from each beginning of what it is of; None where nothing is young.

    `rate` is that of the whole period. Of a sum only the young parts count from their beginning on.
    """
    rows = _rows(result, metric)
    young = [row for row in rows if is_young(row)]
    if not young:
        return None
    added = [_added(row) for row in young]
    known = [each for each in added if each is not None]
    if len(rows) == 1:
        words = row_words(report, rows[0])
        return SinceBeginning(rate=rate + known[0] if known else None, words=words)
    if len(known) < len(added):
        return SinceBeginning(rate=None, words="some of it began lately")
    total = rate + sum(known)
    return SinceBeginning(rate=total, words=f"{figure(total, Unit.RATE)} since each began")


def is_young(row: Cadence) -> bool:
    """Tell whether a row began so lately that its rate since then is another one, as shown."""
    if row.began is None:
        return False
    since, whole = row.began.posts_per_week, row.posts_per_week
    if not isinstance(since, Known) or not isinstance(whole, Known):
        return True
    return figure(since.value, Unit.RATE) != figure(whole.value, Unit.RATE)


def row_words(report: Report, row: Cadence) -> str:
    """Return how often a section or profile posts since it began; empty for what is older."""
    if row.began is None or not is_young(row):
        return ""
    day = day_in_words(row.began.at.astimezone(report.zone))
    rate = row.began.posts_per_week
    return (
        f"{figure(rate.value, Unit.RATE)} since {day}"
        if isinstance(rate, Known)
        else f"begun {day}"
    )


def is_outpaced(report: Report, company: str, metric: str) -> bool:
    """Tell whether somebody else has posted more often than a company since it began.

    Such a one began within the period, so that over the whole of it the company seems to post more.
    """
    value = report.value(company, metric)
    if not metric.endswith(_RATE) or not isinstance(value, Known):
        return False
    others = (each for each in report.results if each.company.name != company)
    rates = (_since_it_began(report, each, metric) for each in others)
    return any(rate is not None and rate > value.value for rate in rates)


def _since_it_began(report: Report, result: CompanyResult, metric: str) -> float | None:
    """Return the posts a week of a company since it began; None where it is not young."""
    value = report.value(result.company.name, metric)
    if not isinstance(value, Known):
        return None
    young = since_beginning(report, result, metric, value.value)
    return young.rate if young is not None else None


def young_note(report: Report, result: CompanyResult, metric: str) -> str:
    """Return the note of a rate that a late beginning makes look slow; empty for all others."""
    value = report.value(result.company.name, metric)
    if not isinstance(value, Known):
        return ""
    young = since_beginning(report, result, metric, value.value)
    if young is None:
        return ""
    return f"Over the whole period. {young.words[:1].upper()}{young.words[1:]}."


def _added(row: Cadence) -> float | None:
    """Return how much more a row posts a week since it began than over the whole period."""
    began, whole = row.began, row.posts_per_week
    if began is None or not isinstance(began.posts_per_week, Known) or not isinstance(whole, Known):
        return None
    return began.posts_per_week.value - whole.value


def _rows(result: CompanyResult, metric: str) -> Sequence[Cadence]:
    """Return the rows that a rate is made of; none for every other metric."""
    of = metric.removesuffix(_RATE)
    if of == metric:
        return ()
    networks = {each.url for each in result.channels if each.is_own and not is_community(each)}
    if of == "site":
        return [row for row in result.cadence if row.channel in SECTIONS]
    if of == "channels":
        return [row for row in result.cadence if row.url in networks]
    if of == "all":
        return [row for row in result.cadence if row.channel in SECTIONS or row.url in networks]
    # Of several sections or profiles of a kind the first one counts.
    return [row for row in result.cadence if row.channel == of.removeprefix(_CHANNEL)][:1]
