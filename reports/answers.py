"""What the audit can say to the questions of the plan: a sentence of the own company each.

The sentences are those of the sheets they lead to, or are made of the same values.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from audit.measure.habits import has_quiet_weekend, usual_hour, usual_weekdays
from audit.measure.themes.gaps import Reading
from audit.model.kpi import KpiProgress, KpiStanding
from audit.model.ladder import TAKING_PART
from audit.model.result import MEDIAN_NEEDS, CompanyResult
from audit.model.value import Known
from reports.actions import Action, actions
from reports.changed import headline
from reports.findings import ahead, behind, channels_of, pair
from reports.gaps.scene import was_read
from reports.phrases import how_active
from reports.presence import broken_in_words
from reports.report import Report
from reports.tables import Sentence, Target, ToSheet
from reports.telling import figure_words
from reports.words import capital, counted, listed

_OF_SITE = ("?", "No ")
_MOST = 4
"""Names that a sentence tells before it counts the rest."""

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, slots=True)
class Answer:
    """What the audit knows, and where the proof of it stands."""

    words: Sentence
    to: Target | None


def nothing(report: Report) -> None:
    """Answer a question that people alone can answer."""
    del report


def where_competitors_are(report: Report) -> Answer | None:
    """Tell the platforms on which most competitors are, of those whose site could be read."""
    read = [each for each in report.rivals if was_read(report, each)]
    counts = Counter(name for each in read for name in sorted(channels_of(each)))
    if not counts:
        return None
    most = sorted(counts.items(), key=lambda each: (-each[1], each[0]))
    told = [f"{report.names.platform(name)} ({number} of {len(read)})" for name, number in most]
    return _told(f"{listed(told, _MOST)}.", "Channels")


def where_we_are(report: Report) -> Answer | None:
    """Tell how active our website is, and on which platforms we are."""
    own = _own(report)
    if own is None or not was_read(report, own):
        return None
    names = sorted(report.names.platform(name) for name in channels_of(own))
    on = f"profiles on {listed(names, _MOST)}" if names else "no profile found"
    words = how_active(report, own)
    # What begins so is told of the website alone, and does not say so.
    of_site = "Website: " if words.startswith(_OF_SITE) else ""
    return _told(f"{of_site}{words}; {on}.", "Profiles")


def what_we_do_better(report: Report) -> Answer | None:
    """Tell what sheet Summary says of us under Ahead."""
    best = pair(report, report.own).better
    return Answer(ahead(report), report.proof_of(best.value)) if best is not None else None


def where_we_trail(report: Report) -> Answer | None:
    """Tell what sheet Summary says of us under Behind."""
    worst = pair(report, report.own).worse
    return Answer(behind(report), report.proof_of(worst.value)) if worst is not None else None


def what_others_write(report: Report) -> Answer | None:
    """Tell the topics of which competitors' posts hold a larger share than ours."""
    return _topics(report, Reading.CATCH_UP)


def our_themes(report: Report) -> Answer | None:
    """Tell the topics on which we write more than competitors do."""
    found = _topics(report, Reading.OURS)
    if found is None:
        return None
    return Answer((("What we write about more than others: ", False), *found.words), found.to)


def open_fields(report: Report) -> Answer | None:
    """Tell the topics on which few write, and that readers want."""
    return _topics(report, Reading.OPEN_FIELD)


def _topics(report: Report, reading: Reading) -> Answer | None:
    """Return the topics of one reading, as sheet Topics has them, known of three competitors."""
    names = [
        gap.topic.name
        for gap in report.topic_gaps
        if gap.reading is reading and gap.rivals >= MEDIAN_NEEDS
    ]
    return _told(f"{listed(names, _MOST)}.", "Topics") if names else None


def whom_we_invite(report: Report) -> Answer | None:
    """Tell the roles of readers that we invite in one way at least."""
    own = _own(report)
    if own is None or not own.ladder:
        return None
    roles = [rung.role for rung in own.ladder if rung.ways and rung.role in TAKING_PART]
    rest = [role for role in TAKING_PART if role not in roles]
    if not roles:
        return _told("None of them is invited.", "Technographics")
    tail = f"; not {listed(rest, len(rest))}" if rest else ""
    return _told(f"{capital(listed(roles, len(roles)))}{tail}.", "Technographics")


def our_goals(report: Report) -> Answer | None:
    """Tell the goals of the KPIs in the list of companies."""
    goals = list(dict.fromkeys(each.kpi.goal for each in _kpis(report) if each.kpi.goal))
    return _told(f"{'; '.join(goals)}.", "KPIs") if goals else None


def our_stakeholders(report: Report) -> Answer | None:
    """Tell the stakeholders in the list of companies, with the roles that matter for them."""
    groups = report.snapshot.competitors.stakeholders
    told = [f"{group.name} ({listed(group.roles, len(group.roles))})" for group in groups]
    return _told(f"{listed(told, _MOST)}.", "Technographics") if told else None


def channels_to_consider(report: Report) -> Answer | None:
    """Tell what the actions say of channels: to open, to take up again, to close."""
    return _advice(each for each in actions(report) if each.place in ("channel", "silent"))


def what_to_mend(report: Report) -> Answer | None:
    """Tell what the actions say of links that lead nowhere."""
    return _advice(each for each in actions(report) if each.place == "broken")


def what_to_try(report: Report) -> Answer | None:
    """Tell the first action that takes no weeks."""
    quick = [each for each in actions(report) if each.effort != "large"]
    return _advice(quick[:1])


def _advice(chosen: Iterable[Action]) -> Answer | None:
    """Return actions as they stand on sheet Actions."""
    words = [each.do for each in chosen]
    return _told(f"{'; '.join(words)}.", "Actions") if words else None


def how_often(report: Report) -> Answer | None:
    """Tell our posts a week beside those of a typical competitor."""
    return _beside(report, "all.posts_per_week", "times a week")


def what_readers_do(report: Report) -> Answer | None:
    """Tell the interactions with one post of ours beside those of a typical competitor."""
    return _beside(report, "engagement.per_post", "interactions a post")


def _beside(report: Report, metric: str, unit: str) -> Answer | None:
    """Return our figure of a metric, with that of a typical competitor where it is known."""
    value = report.value(report.own, metric)
    if not isinstance(value, Known):
        return None
    about, typical = report.metric(metric), report.comparisons[metric].median
    ours: Sentence = ((capital(figure_words(value, about)), True), (f" {unit}", False))
    theirs: Sentence = ((".", False),)
    if isinstance(typical, Known):
        theirs = (
            ("; a typical competitor ", False),
            (figure_words(typical, about), True),
            (".", False),
        )
    return Answer((*ours, *theirs), report.proof_of(value))


def when_we_post(report: Report) -> Answer | None:
    """Tell the hour at which we post most, else the weekdays; nothing where there is no habit."""
    own = _own(report)
    if own is None or not isinstance(own.pattern, Known):
        return None
    pattern = own.pattern.value
    slot = usual_hour(pattern)
    if slot is not None:
        hours = f"between {slot.hour} and {slot.hour + 1}"
        return _told(f"Most often on {_DAYS[slot.weekday]}s {hours}.", "Timing")
    days = [f"{_DAYS[day]}s" for day in usual_weekdays(pattern)]
    if not days and has_quiet_weekend(pattern):
        return _told("Clearly less on Saturdays and Sundays than on other days.", "Timing")
    if not days:
        return _told("On no weekday clearly more often than on others.", "Timing")
    return _told(f"Most often on {listed(days)}.", "Timing")


def whether_links_work(report: Report) -> Answer | None:
    """Tell what is broken about the social links of our website."""
    own, value = _own(report), report.value(report.own, "presence.broken")
    if own is None or not isinstance(value, Known):
        return None
    words = broken_in_words(own.channels)
    if not words:
        return _told("None of those that could be looked at is broken.", "Profiles")
    return _told(f"{capital(', '.join(words))}.", "Profiles")


def our_kpis(report: Report) -> Answer | None:
    """Tell how many KPIs stand where."""
    standings = Counter(each.standing for each in _kpis(report))
    told = [f"{standings[each]} {each}" for each in KpiStanding if standings[each]]
    if not told:
        return None
    head = capital(counted(standings.total(), "KPI"))
    return _told(f"{head}: {', '.join(told)}.", "KPIs")


def what_changed(report: Report) -> Answer | None:
    """Tell how much has changed since the run before."""
    changes = report.past.changes
    return _told(headline(changes), "Changes") if changes is not None else None


def _kpis(report: Report) -> tuple[KpiProgress, ...]:
    """Return the KPIs of the own company."""
    own = _own(report)
    return own.kpis if own is not None else ()


def _own(report: Report) -> CompanyResult | None:
    """Return the result of the own company; None without one."""
    return next((each for each in report.results if each.company.own), None)


def _told(words: str, sheet: str) -> Answer:
    """Return an answer of which the proof stands on a sheet."""
    return Answer(((words, False),), ToSheet(sheet))
