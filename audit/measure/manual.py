"""Figures that a person read where the program could not: shown as manual, with who and when."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from audit.measure import metric_of
from audit.model.channel import Channel
from audit.model.company import Company, ManualFigure
from audit.model.result import Window
from audit.model.value import Evidence, Known, Number, Qualifier, Reason
from audit.model.visit import Note


def with_manual(
    values: Mapping[str, Number], company: Company, window: Window
) -> dict[str, Number]:
    """Return the values, with a person's figure where the program has none; a measured one wins.

    Figures of measures that do not exist, and those from before the window, are left out
    (`manual_notes` tells of them).
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
    """Return the channels, with a person's audience figure where the program has none."""
    figures = _latest(company, window)
    return tuple(_with_figure(channel, figures, company) for channel in channels)


def _with_figure(
    channel: Channel, figures: Mapping[str, ManualFigure], company: Company
) -> Channel:
    """Return a channel with the person's figure for its platform, if it has none of its own.

    A candidate gets none: the person meant the company's own profile.
    """
    figure = figures.get(f"channel.{channel.platform}.followers")
    if figure is None or channel.candidate or isinstance(channel.followers, Known):
        return channel
    return replace(channel, by_hand=manual(figure, company))


def _latest(company: Company, window: Window) -> dict[str, ManualFigure]:
    """Return the newest figure of each measure, as a person may have read it several times.

    One that was read before the window began is none of this run.
    """
    by_day = sorted(company.manual, key=lambda figure: figure.on)
    return {figure.measure: figure for figure in by_day if not _is_old(figure, window)}


def _is_old(figure: ManualFigure, window: Window) -> bool:
    """Tell whether a figure was read before the window's first day, in the zone of the settings."""
    return figure.on < window.start.astimezone(ZoneInfo(window.timezone)).date()


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


def _is_followed(figure: ManualFigure, company: Company) -> bool:
    """Tell whether a person has read the same figure again since."""
    return any(each.measure == figure.measure and each.on > figure.on for each in company.manual)


def manual_notes(company: Company, window: Window) -> list[Note]:
    """Return a note for each manual figure that is of no measure, or from before the window."""
    old = [
        Note(
            what=figure.measure,
            reason=Reason.NOT_CHECKED,
            detail=f"{figure.place}: read on {figure.on}, before the period begins, so it is not "
            "shown",
            help="read the figure again, and write the day beside it",
        )
        for figure in company.manual
        if _is_old(figure, window) and not _is_followed(figure, company)
    ]
    return old + [
        Note(
            what=figure.measure,
            reason=Reason.NOT_CHECKED,
            detail=f"{figure.place}: no measure of that name, so the manual figure is not shown",
            help="use a measure of docs/glossary.md, such as channel.linkedin.followers",
        )
        for figure in company.manual
        if metric_of(figure.measure) is None
    ]
