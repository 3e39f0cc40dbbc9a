"""Figures that a person read where the program could not: shown as manual, with who and when."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

from audit.measure import metric_of
from audit.measure.hand_values import count_of, with_last_post
from audit.model.by_hand import Field, HandRecord
from audit.model.channel import Channel
from audit.model.company import Company, ManualFigure
from audit.model.hand_records import records_of, told_of
from audit.model.result import Window
from audit.model.value import Evidence, Known, Number, Qualifier, Reason
from audit.model.visit import Note

_FIRST_ZONE = timezone(timedelta(hours=14))
"""Where each day begins first: Kiribati's Line Islands (IANA `Pacific/Kiritimati`)."""

_LAST_SECOND = time(23, 59, 59)
"""When the window of a day ends that was asked for (`--as-of`)."""


def with_manual(
    values: Mapping[str, Number], company: Company, window: Window
) -> dict[str, Number]:
    """Return the values, with a person's figure where the program has none; a measured one wins.

    Figures of measures that do not exist, and those from before the window or after it, are left
    out (`manual_notes` tells of them).
    """
    joined = dict(values)
    for figure in _latest(company, window).values():
        if metric_of(figure.measure) is None or isinstance(values.get(figure.measure), Known):
            continue
        joined[figure.measure] = manual(figure, company)
    return joined


def channels_with_manual(
    channels: tuple[Channel, ...], company: Company, window: Window
) -> tuple[Channel, ...]:
    """Return the channels, with what people told of them where the program has read nothing.

    Of figures that people told the newer day holds, whether it stands in the file or elsewhere. A
    candidate gets none: the person meant the company's own profile. Records are those of the run
    (`audit/records_of_run.py`): one that was read after its end completes it, until the next run.
    """
    figures = _latest(company, window)
    records = tuple(each for each in company.by_hand if not _is_old(each.on, window))
    return tuple(
        channel
        if channel.candidate
        else _with_figure(
            with_last_post(
                channel, _outdated(records_of(channel, channels, records), figures), window
            ),
            figures,
            company,
        )
        for channel in channels
    )


def _outdated(
    records: Sequence[HandRecord], figures: Mapping[str, ManualFigure]
) -> tuple[HandRecord, ...]:
    """Return records without the counts of posts that a newer figure of the file stands for."""
    name = next((f"channel.{each.platform}.posts_per_week" for each in records), "")
    rate = figures.get(name)
    if rate is None:
        return tuple(records)
    return tuple(replace(each, posts=None) if each.on < rate.on else each for each in records)


def _with_figure(
    channel: Channel, figures: Mapping[str, ManualFigure], company: Company
) -> Channel:
    """Return a channel with a person's figure for its audience, if it has none of its own."""
    figure = figures.get(f"channel.{channel.platform}.followers")
    if isinstance(channel.followers, Known):
        return channel
    record = told_of(Field.FOLLOWERS, channel.told)
    if record is not None and (figure is None or figure.on <= record.on):
        return replace(channel, by_hand=count_of(record, Field.FOLLOWERS, channel.url))
    return channel if figure is None else replace(channel, by_hand=manual(figure, company))


def _latest(company: Company, window: Window) -> dict[str, ManualFigure]:
    """Return the newest figure of each measure, as a person may have read it several times.

    One that was read before the window began, or after its end, is none of this run.
    """
    by_day = sorted(company.manual, key=lambda figure: figure.on)
    return {
        figure.measure: figure
        for figure in by_day
        if not _is_old(figure.on, window) and not _is_later(figure.on, window)
    }


def _is_old(day: date, window: Window) -> bool:
    """Tell whether a day lies before the window's first one, in the zone of the settings."""
    return day < window.start.astimezone(ZoneInfo(window.timezone)).date()


def _is_later(day: date, window: Window) -> bool:
    """Tell whether a day lies after the window's last day, as in a run that looks back.

    The last day is one of the zone of the settings. Of a run until now it is the latest that it is
    anywhere, as for the reader it may be tomorrow already.
    """
    return day > last_day(window)


def looks_back(window: Window) -> bool:
    """Tell whether a window ends with a day that was asked for (`--as-of`)."""
    end = window.as_of.astimezone(ZoneInfo(window.timezone))
    return end.time().replace(microsecond=0) == _LAST_SECOND


def last_day(window: Window) -> date:
    """Return the last day on which a figure of a window may have been read."""
    zone = ZoneInfo(window.timezone) if looks_back(window) else _FIRST_ZONE
    return window.as_of.astimezone(zone).date()


def manual(figure: ManualFigure, company: Company) -> Known[int] | Known[float]:
    """Return a person's figure as a value, with its line of the file as proof.

    The address is that of the profile, if the file names one of that platform, else the website.
    """
    platform = figure.measure.removeprefix("channel.").partition(".")[0]
    urls = (channel.url for channel in company.channels if channel.platform == platform)
    # The file is read as floats; a count of followers is shown without a point.
    value = int(figure.value) if figure.value == int(figure.value) else figure.value
    proof = Evidence(
        url=next(urls, company.website),
        fetched_at=datetime(figure.on.year, figure.on.month, figure.on.day, tzinfo=UTC),
        rule="config.manual",
        excerpt=f"{value:,} read by {figure.by} on {figure.on}",
        record=figure.place,
    )
    return Known(value=value, evidence=(proof,), qualifiers=(Qualifier.MANUAL,))


def manual_notes(company: Company, window: Window) -> list[Note]:
    """Return a note for each manual figure that is of no measure, or outside the window.

    Where a person has read a figure several times, and one of them counts, the others need none.
    """
    return [*_outside_notes(company, window), *_unmeasured_notes(company)]


def _outside_notes(company: Company, window: Window) -> list[Note]:
    """Return a note for each measure of which no figure lies in the window: of the nearest one."""
    used, notes = _latest(company, window), list[Note]()
    older, later = dict[str, ManualFigure](), dict[str, ManualFigure]()
    for figure in sorted(company.manual, key=lambda each: each.on):
        if figure.measure not in used and _is_old(figure.on, window):
            older[figure.measure] = figure
        elif figure.measure not in used:
            later.setdefault(figure.measure, figure)
    for figure in older.values():
        notes.append(_outside(figure, "before the period begins", _AGAIN))
    for figure in later.values():
        if figure.measure not in older:
            notes.append(_outside(figure, "after the period ends", _LATER))
    return notes


_AGAIN = "read the figure again, and write the day beside it"
_LATER = "nothing to do: a run until that day shows it"


def _outside(figure: ManualFigure, where: str, help: str) -> Note:
    detail = f"{figure.place}: read on {figure.on}, {where}, so it is not shown"
    return Note(what=figure.measure, reason=Reason.NOT_CHECKED, detail=detail, help=help)


def _unmeasured_notes(company: Company) -> list[Note]:
    """Return a note for each manual figure that is of no measure."""
    return [
        Note(
            what=figure.measure,
            reason=Reason.NOT_CHECKED,
            detail=f"{figure.place}: no measure of that name, so the manual figure is not shown",
            help="use a measure of docs/glossary.md, such as channel.linkedin.followers",
        )
        for figure in company.manual
        if metric_of(figure.measure) is None
    ]
