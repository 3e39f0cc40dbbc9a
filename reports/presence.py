"""What is said of a profile in a cell: active, silent, leading nowhere, unread, or only found."""

from audit.model.channel import CLOSED, Channel, Promise
from audit.model.metric import Unit
from audit.model.profile import Count, counted
from audit.model.result import Cadence, CompanyResult, Status
from audit.model.value import Absent, Known, Qualifier, Unknown
from reports.cells import Cell, number, unknown, words_right
from reports.look import ALERT, ALERT_TINT, BEST, HEAT_CAP, MUTED, Style, varied
from reports.report import Report
from reports.words import figure

MARKS = {
    Status.ACTIVE: ("● ", HEAT_CAP, ""),
    Status.SLOWING: ("○ ", BEST, ""),
    Status.DORMANT: ("◊ ", "", MUTED),
    Status.ABANDONED: ("abandoned ", "", MUTED),
}
BROKEN = {
    Promise.DEAD: "× gone",
    Promise.FOREIGN: "× not theirs",
    Promise.RENAMED: "× renamed",
}
"""Promises that lead nowhere, or not where they say; the gravest first."""


def cadence_of(result: CompanyResult, channel: Channel) -> Cadence | None:
    """The cadence of a profile's posts, where they could be read."""
    return next((row for row in result.cadence if row.url == channel.url), None)


def broken_words(channel: Channel) -> str:
    """What is broken about a profile, in a word; nothing where nothing is.

    A status such as `× 404` tells more than `× gone`.
    """
    for promise, words in BROKEN.items():
        if promise in channel.promises:
            unread = channel.unread
            status = unread.reason.removeprefix("http-") if unread is not None else ""
            if promise is Promise.DEAD and unread == CLOSED:
                return "× closed"
            return f"× {status}" if promise is Promise.DEAD and status.isdigit() else words
    return ""


def leads_nowhere(channel: Channel) -> bool:
    """Tell whether nothing is there, or somebody else; a renamed profile was still reached."""
    return Promise.DEAD in channel.promises or Promise.FOREIGN in channel.promises


def active(report: Report, row: Cadence, style: Style) -> Cell:
    """Posts a week with the sign of how lately; `never posted` in words."""
    if isinstance(row.status, Unknown):
        return unknown(row.status, style)
    if row.status.value is Status.NEVER:
        return words_right(row.status.value, varied(style, color=MUTED))
    sign, fill, color = MARKS[row.status.value]
    looks = varied(style, fill=fill or style.fill, color=color or style.color,
                   bold=bool(style.fill))  # fmt: skip
    link = report.proof_of(row.posts_per_week)
    return number(row.posts_per_week, Unit.RATE, looks, prefix=sign, link=link)


def profile(report: Report, result: CompanyResult, channel: Channel, style: Style) -> Cell:
    """One profile in the matrix: what is broken first, then how active, then why not known."""
    link = report.proof(channel.evidence)
    if channel.found.listing:
        return words_right(rated(channel) or "listed", varied(style, color=MUTED), link=link)
    if channel.candidate and Promise.FOREIGN not in channel.promises:
        return words_right("candidate", varied(style, color=MUTED), link=link)
    if words := broken_words(channel):
        return words_right(words, alert(style), link=link)
    row = cadence_of(result, channel)
    return (
        active(report, row, style) if row is not None else _unseen(report, result, channel, style)
    )


def _unseen(report: Report, result: CompanyResult, channel: Channel, style: Style) -> Cell:
    """A profile whose posts were not seen: a person's figure, the reason, or that it is there."""
    value = report.value(result.company.name, f"channel.{channel.platform}.posts_per_week")
    if isinstance(value, Known) and Qualifier.MANUAL in value.qualifiers:
        return number(value, Unit.RATE, style, link=report.proof_of(value))
    if channel.unread is not None:
        return unknown(channel.unread, style, noted=False)
    link = report.proof(channel.evidence)
    return words_right("found", varied(style, fill=BEST, bold=bool(style.fill)), link=link)


def alert(style: Style) -> Style:
    """The look of what leads nowhere."""
    return varied(style, color=ALERT, fill=ALERT_TINT, bold=True)


def rated(channel: Channel) -> str:
    """The rating of a listing with its number of votes, such as `4.6 (1,284)`."""
    known = counted(channel.figures)
    if Count.RATING not in known:
        return ""
    votes = known.get(Count.RATINGS)
    said = figure(float(known[Count.RATING].value), Unit.RATE)
    return f"{said} ({int(votes.value):,})" if votes is not None else said


def precision(channel: Channel) -> str:
    """What the figure counts and how exact it is: `subscribers, rounded`."""
    match channel.followers:
        case Known(exact=exact, qualifiers=marks, evidence=evidence):
            how = "exact" if exact else "rounded"
            if marks and evidence:
                how = f"{evidence[0].fetched_at:%Y-%m-%d}"
            return ", ".join(part for part in (channel.audience, how) if part)
        case Absent() | Unknown():
            return ""
