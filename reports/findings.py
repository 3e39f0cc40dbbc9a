"""What the figures say in words: ahead, behind, and what to know."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from audit.model.catalogue import Usage
from audit.model.kinds import SECTIONS
from audit.model.result import Cadence, CompanyResult
from audit.model.site import counted_features
from audit.model.value import Known, Number, Reason
from reports.beginnings import is_outpaced
from reports.differences import Difference, differences, is_half_seen
from reports.report import Report
from reports.seen import (
    cut_lists,
    own_profiles,
    told_profiles,
    unread_profiles,
    unread_sections,
)
from reports.tables import Run, Sentence
from reports.telling import against_typical, company_phrase, text_of
from reports.unread import is_lost, why_not_read
from reports.words import (
    capital,
    clause,
    company_clause,
    counted,
    listed,
)

BUSIEST, EVERYWHERE = "site.posts_per_week", "all.posts_per_week"

_CHARACTERS = 105
"""What a finding has room for up to the link at its end."""

_UNREAD: Sentence = (("Our own website could not be read, so there is nothing to compare.", False),)
_LITTLE: Sentence = (("Too little of our own website could be read to compare it.", False),)
_TOO_FEW: Sentence = (("Fewer than three competitors have figures to compare with.", False),)
_NOT_AHEAD: Sentence = (("Nothing in which we are clearly ahead of a typical competitor.", False),)
_NOT_BEHIND: Sentence = (("Nothing in which we clearly trail a typical competitor.", False),)
_NO_LEADER: Sentence = (("No company stands out from the others.", False),)


@dataclass(frozen=True, slots=True, kw_only=True)
class BestAndWorst:
    """The strength and the weakness of a company that matter most, each of another theme."""

    better: Difference | None
    worse: Difference | None


def known(value: Number | None) -> float | None:
    """Return the figure of a value, or None where there is none."""
    return value.value if isinstance(value, Known) else None


def busiest(result: CompanyResult) -> Cadence | None:
    """Return the section with the most posts a week; trend and silence are told of it."""
    own = _own_sections(result)
    rated = [(rate, row) for row in own if (rate := known(row.posts_per_week)) is not None]
    if not rated:
        return own[0] if own else None
    return max(rated, key=lambda pair: pair[0])[1]


def latest(result: CompanyResult) -> Cadence | None:
    """Return the section of the site with the newest post; the first where none has a date."""
    own = _own_sections(result)
    dated = [row for row in own if isinstance(row.newest, Known)]
    if not dated:
        return own[0] if own else None
    return max(dated, key=lambda row: row.newest.value if isinstance(row.newest, Known) else 0)


def _own_sections(result: CompanyResult) -> list[Cadence]:
    """Return the rows of the sections in which a company itself publishes."""
    return [row for row in result.cadence if row.channel in SECTIONS]


def pair(report: Report, company: str) -> BestAndWorst:
    """Return what a company is best and worst in, beside a typical competitor.

    The one that matters more is taken first, and the other of another theme where there is one: to
    say that there is nothing would be untrue.
    """
    found = differences(report, company)
    if not found:
        return BestAndWorst(better=None, worse=None)
    first = found[0]
    others = [each for each in found if each.better is not first.better]
    of_another_theme = (each for each in others if each.theme != first.theme)
    other = next(of_another_theme, others[0] if others else None)
    return (
        BestAndWorst(better=first, worse=other)
        if first.better
        else BestAndWorst(better=other, worse=first)
    )


def ahead(report: Report) -> Sentence:
    """Return the measure in which the own company is furthest ahead of a typical competitor."""
    best = pair(report, report.own).better
    if best is None:
        return _nothing(report, _NOT_AHEAD)
    sentence = against_typical(best)
    longer = (*sentence, (f" {best.wording.best}", False))
    leads = report.comparisons[best.metric.id].best == report.own
    leads = leads and not is_outpaced(report, report.own, best.metric.id)
    fits = len(text_of(longer)) <= _CHARACTERS
    return longer if best.wording.best and leads and fits else sentence


def behind(report: Report) -> Sentence:
    """Return the measure in which the own company is furthest behind a typical competitor."""
    worst = pair(report, report.own).worse
    if worst is None:
        return _nothing(report, _NOT_BEHIND)
    return against_typical(worst)


def standing(report: Report) -> Mapping[str, Sentence]:
    """Return in what we are ahead and behind; once what is to be said of both, as of too few."""
    best, worst = ahead(report), behind(report)
    return {"Compared": best} if best == worst else {"Ahead": best, "Behind": worst}


def _nothing(report: Report, words: Sentence) -> Sentence:
    """Return why there is no finding: too little was read, too few to compare with, or these."""
    own = next(each for each in report.results if each.company.own)
    if not_read(report, own) is not None:
        return _UNREAD
    if is_half_seen(own):
        return _LITTLE
    medians = [each.median for each in report.comparisons.values()]
    return words if any(isinstance(median, Known) for median in medians) else _TOO_FEW


def leader(report: Report, metric: str, *, last: bool = False) -> Sentence:
    """Return who has the best or the last figure by a telling distance, without an own company."""
    compared = report.comparisons.get(metric)
    name = (compared.last if last else compared.best) if compared else ""
    told = (each for each in (differences(report, name) if name else []))
    found = next((each for each in told if each.metric.id == metric), None)
    if found is None or found.better is last:
        return _NO_LEADER
    words = company_phrase(found)
    return ((name, True), (f" {words[:1].lower()}{words[1:]}.", False))


IN_NONE, IN_PART = " missing from every figure: ", " could not be read in full: "
IN_HALF = " half of the website or more could not be read: "
"""What is said where nothing of companies was read, not all, or no more than half of a website."""


def unread(report: Report) -> list[tuple[str, Reason]]:
    """Return the companies that could not be read in full, and why."""
    reasons = [(each.company.name, _reason(report, each)) for each in report.results]
    return [(name, reason) for name, reason in reasons if reason is not None]


def _reason(report: Report, result: CompanyResult) -> Reason | None:
    """Return why a company could not be read in full; None where it could."""
    noted = next((note.reason for note in result.notes if note.incomplete), None)
    return noted or not_read(report, result)


def not_read(report: Report, result: CompanyResult) -> Reason | None:
    """Return the reason why nothing of a company could be read; None where its site could."""
    value = why_not_read(report, result.company.name)
    return value.reason if value is not None else None


def to_know(report: Report) -> Sentence:
    """Return what could not be read, so that nobody takes it for nothing."""
    lost = [(each, reason) for each in report.results if (reason := not_read(report, each))]
    if any(each.company.own for each, _ in lost):
        reason = next(reason for each, reason in lost if each.company.own)
        return (("Our own website", True), (f" {clause(reason)}: nothing to compare.", False))
    lost = [(each, reason) for each, reason in lost if is_lost(report, each.company.name)]
    if lost:
        return _missing([(each.company.name, reason) for each, reason in lost], bool(report.own))
    if partly := unread(report):
        told = [name for name, _ in partly]
        head, tail = _in_part(report, told)
        room = _CHARACTERS - len(head + tail) - 1
        names = _fitting(told, room)
        # No name at all is better than half of one; sheet Coverage has them.
        words = f"{tail}{names}" if len(names) <= room else tail.rstrip(": ")
        return ((capital(head), True), (f"{words}.", False))
    return _profiles(report)


def not_whole(report: Report) -> Sentence:
    """Return who is in no figure and who was read in part, as all places say it; no full stop.

    Empty where all companies could be read in full.
    """
    names = [name for name, _ in unread(report)]
    lost = [name for name in names if is_lost(report, name)]
    partly = [name for name in names if name not in lost]
    be = "is" if len(lost) == 1 else "are"
    parts: list[Run] = []
    if lost:
        parts = [(_who(report, lost), True), (f" {be}{IN_NONE}{listed(lost)}", False)]
    if partly:
        parts += [("; ", False)] if lost else []
        head, tail = _in_part(report, partly)
        parts += [(head, True), (f"{tail}{listed(partly)}", False)]
    return ((capital(parts[0][0]), True), *parts[1:]) if parts else ()


def _in_part(report: Report, names: Sequence[str]) -> tuple[str, str]:
    """Return how many companies these are, and what is said of them: `of two companies`, ..."""
    who = _who(report, names)
    by_half = all(
        is_half_seen(each) and not_read(report, each) is None
        for each in report.results
        if each.company.name in names
    )
    return (f"of {who}", IN_HALF) if by_half else (who, IN_PART)


def _who(report: Report, names: Sequence[str]) -> str:
    """Return how many companies these are: `two competitors`, unless our own is among them."""
    if report.own and report.own not in names:
        return counted(len(names), "competitor")
    return counted(len(names), "company", "companies")


def _missing(lost: Sequence[tuple[str, Reason]], own: bool) -> Sentence:
    """Return which companies are in no figure, and why; without the reasons where all fit so."""
    one, many = ("competitor is", "competitors are") if own else ("company is", "companies are")
    head, tail = capital(counted(len(lost), one, many)), IN_NONE
    reasons = ", ".join(company_clause(name, reason) for name, reason in lost)
    room = _CHARACTERS - len(tail) - 1
    if len(reasons) <= room - len(head):
        return ((head, True), (f"{tail}{reasons}.", False))
    if len(reasons) <= room:
        return ((tail.strip().capitalize(), True), (f" {reasons}.", False))
    names = _fitting([name for name, _ in lost], room - len(head))
    return ((head, True), (f"{tail}{names}.", False))


def _fitting(names: Sequence[str], room: int) -> str:
    """Return as many names as there is room for; the rest is counted."""
    rows = [listed(names, limit) for limit in range(len(names), 0, -1)]
    return next((row for row in rows if len(row) <= room), rows[-1])


def _profiles(report: Report) -> Sentence:
    """Return of how many profiles the posts could be read; pages without any are left out."""
    own = [channel for result in report.results for channel in own_profiles(result)]
    read = len(own) - sum(len(unread_profiles(result)) for result in report.results)
    told = sum(len(told_profiles(result)) for result in report.results)
    if read == len(own):
        return _lists(report)
    if not read and not told:
        head, whose = capital(counted(len(own), "profile")), "Its" if len(own) == 1 else "Their"
        so = ", so all posting figures are for the websites only" if _websites_post(report) else ""
        return ((f"{head} found", True), (f". {whose} posts could not be read{so}.", False))
    by_hand, were = f", {told} read by hand" if told else "", "was" if read == 1 else "were"
    rest = ": figures for social networks leave out the others (sheet Fill in)"
    return (
        (f"{read or 'None'} of {len(own)} profiles", True),
        (f" {were} opened{by_hand}{rest if read + told < len(own) else ''}.", False),
    )


def _websites_post(report: Report) -> bool:
    """Tell whether it is known of any website how often it is written for."""
    return any(known(report.value(name, BUSIEST)) is not None for name in report.companies)


def _lists(report: Report) -> Sentence:
    """Return that all could be read, or of how many lists and sections that is not so."""
    cut = sum(len(cut_lists(result)) for result in report.results)
    lost = sum(len(unread_sections(result)) for result in report.results)
    if lost and not cut:
        head = capital(counted(lost, "section of a website", "sections of the websites"))
        return ((head, True), (" could not be read: nothing is known of the posts there.", False))
    if not cut:
        return (("Every website and every profile could be seen.", False),)
    head = capital(counted(cut, "list of posts shows", "lists of posts show"))
    return (
        (f"{head} only the newest", True),
        (": their figures are marked †.", False),
    )


def features_of(result: CompanyResult, direction: Usage = Usage.USES) -> set[str]:
    """Return the features of a company's site, without the technique behind it."""
    return {each.feature for each in counted_features(result.features, direction)}


def channels_of(result: CompanyResult) -> set[str]:
    """Return the platforms on which a company has a profile that is its own."""
    return {each.platform for each in result.channels if each.is_own}
