"""What a cell says of a profile: active, silent, leading nowhere, there with what is known."""

from collections.abc import Sequence
from dataclasses import replace

from audit.model.channel import CLOSED, Channel, Promise
from audit.model.metric import Unit
from audit.model.profile import NOT_SHOWN, Count, counted
from audit.model.result import Cadence, CompanyResult, Status
from audit.model.value import GONE, Known, Qualifier, Unknown
from reports.report import Report
from reports.signs import BROKEN_WORDS, OF_STATUS, Sign
from reports.tables import Cell, Tone
from reports.words import counted as in_words
from reports.words import figure

_PALE = (Status.DORMANT, Status.ABANDONED)


def cadence_of(result: CompanyResult, channel: Channel) -> Cadence | None:
    """Return the cadence of a profile's posts, or None where they could not be read."""
    return next((row for row in result.cadence if row.url == channel.url), None)


def broken_words(channel: Channel) -> str:
    """Return what is broken about a profile, in a word; "" where nothing is."""
    if Promise.DEAD in channel.promises and channel.unread == CLOSED:
        return "closed"
    broken = (words for promise, words in BROKEN_WORDS.items() if promise in channel.promises)
    return next(broken, "")


def broken_in_words(channels: Sequence[Channel]) -> list[str]:
    """Return what is broken about social links, a phrase a kind: `one leads nowhere`.

    Each is counted once, by the gravest. All together they are as many as `presence.broken`.
    """
    broken = [channel for channel in channels if channel.promises]
    nowhere = [each for each in broken if each.leads_away]
    renamed = [each for each in broken if each not in nowhere and Promise.RENAMED in each.promises]
    silent = len(broken) - len(nowhere) - len(renamed)
    kinds = (
        (len(nowhere), "leads nowhere", "lead nowhere"),
        (len(renamed), "bears an old name", "bear an old name"),
        (silent, "leads to a silent profile", "lead to silent profiles"),
    )
    return [in_words(count, one, many) for count, one, many in kinds if count]


def active(report: Report, row: Cadence) -> Cell:
    """Return posts a week with the sign of how lately; `never posted` in words.

    Without the sign where posts without dates leave open how lately, and yet the rate is known.
    """
    proof = report.proof_of(row.posts_per_week)
    if isinstance(row.status, Unknown):
        if isinstance(row.posts_per_week, Known):
            return Cell(row.posts_per_week, unit=Unit.RATE, to=proof)
        return Cell(row.status)
    status = row.status.value
    if status is Status.NEVER:
        return Cell(status.value, tone=Tone.ASIDE)
    return Cell(
        row.posts_per_week,
        unit=Unit.RATE,
        tone=Tone.ASIDE if status in _PALE else Tone.PLAIN,
        mark=OF_STATUS[status],
        to=proof,
    )


def profile(report: Report, result: CompanyResult, channel: Channel) -> Cell:
    """Return one profile in the matrix: what is broken, else how active, else that it is there."""
    proof = report.proof(channel.evidence)
    if channel.found.listing:
        return Cell(rated(channel) or None, tone=Tone.ASIDE, mark=Sign.LISTED, to=proof)
    # Somebody else's profile has become a candidate; that an icon leads there is told all the same.
    if channel.candidate and Promise.FOREIGN not in channel.promises:
        return Cell(tone=Tone.ASIDE, mark=Sign.CANDIDATE, to=proof)
    row = cadence_of(result, channel)
    words = broken_words(channel)
    if row is not None and not channel.leads_away:
        cell = active(report, row)
        if not isinstance(cell.value, Unknown):
            return replace(cell, tone=Tone.ALERT) if words else cell
    if words:
        return Cell(words, tone=Tone.ALERT, mark=Sign.BROKEN, to=proof)
    return _without_posts(report, result, channel)


def _without_posts(report: Report, result: CompanyResult, channel: Channel) -> Cell:
    """Return a profile whose posts were not seen: a person's figure, else that it is there."""
    value = report.value(result.company.name, f"channel.{channel.platform}.posts_per_week")
    if isinstance(value, Known) and Qualifier.MANUAL in value.qualifiers:
        return Cell(value, unit=Unit.RATE, to=report.proof_of(value))
    return there(report, result, channel)


def there(report: Report, result: CompanyResult, channel: Channel) -> Cell:
    """Return a profile that is theirs, with how many follow it and what of it was not seen.

    One of which nothing but its name is known and whose page is gone is not said to be there.
    """
    unseen = _unseen(result, channel)
    if unseen is not None and unseen.reason in GONE:
        return Cell(unseen)
    counted_there = channel.audience and isinstance(channel.followers, Known)
    return Cell(
        channel.followers if counted_there else None,
        tone=Tone.THERE,
        mark=Sign.FOUND,
        to=report.proof(channel.evidence),
        unseen=unseen,
    )


def _unseen(result: CompanyResult, channel: Channel) -> Unknown | None:
    """Return why its posts were not seen; None where it has none by its nature."""
    if channel.unread is not None:
        return channel.unread
    row = cadence_of(result, channel)
    if row is not None and isinstance(row.status, Unknown):
        return row.status
    last = channel.last_post
    return last if isinstance(last, Unknown) and last != NOT_SHOWN else None


def rated(channel: Channel) -> str:
    """Return the rating of a listing with its number of votes, such as `4.6 (1,284)`."""
    figures = counted(channel.figures)
    if Count.RATING not in figures:
        return ""
    votes = figures.get(Count.RATINGS)
    rating = figure(float(figures[Count.RATING].value), Unit.RATE)
    return f"{rating} ({int(votes.value):,})" if votes is not None else rating
