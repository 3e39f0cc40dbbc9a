"""Figures that a person read where the program could not: shown as manual, with who and when."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

from audit.measure import metric_of
from audit.model.channel import Channel
from audit.model.company import Company, ManualFigure
from audit.model.value import Evidence, Known, Number, Qualifier, Reason
from audit.model.visit import Note


def with_manual(values: Mapping[str, Number], company: Company) -> dict[str, Number]:
    """The values, with a person's figure where the program has none; what was measured wins."""
    joined = dict(values)
    for each in _latest(company).values():
        if metric_of(each.measure) is None or isinstance(values.get(each.measure), Known):
            continue
        joined[each.measure] = manual(each, company)
    return joined


def channels_with_manual(channels: tuple[Channel, ...], company: Company) -> tuple[Channel, ...]:
    """The channels with a person's audience figure where the program has none."""
    figures = _latest(company)
    return tuple(_with_figure(each, figures, company) for each in channels)


def _with_figure(
    channel: Channel, figures: Mapping[str, ManualFigure], company: Company
) -> Channel:
    figure = figures.get(f"channel.{channel.platform}.followers")
    if figure is None or channel.candidate or isinstance(channel.followers, Known):
        return channel
    return replace(channel, by_hand=manual(figure, company))


def _latest(company: Company) -> dict[str, ManualFigure]:
    """The newest figure of each measure."""
    return {each.measure: each for each in sorted(company.manual, key=lambda each: each.on)}


def manual(figure: ManualFigure, company: Company) -> Known[int] | Known[float]:
    """A person's figure as a value, with its line of the file as proof."""
    named = figure.measure.removeprefix("channel.").partition(".")[0]
    url = next((each.url for each in company.channels if each.platform == named), company.website)
    value = int(figure.value) if figure.value == int(figure.value) else figure.value
    proof = Evidence(
        url=url,
        fetched_at=datetime(figure.on.year, figure.on.month, figure.on.day, tzinfo=UTC),
        rule="config.manual",
        excerpt=f"{value:,} read by {figure.by} on {figure.on}",
        record=figure.place,
    )
    return Known(value=value, evidence=(proof,), qualifiers=(Qualifier.MANUAL,))


def manual_notes(company: Company) -> list[Note]:
    """Manual figures of measures that do not exist."""
    return [
        Note(
            what=each.measure,
            reason=Reason.NOT_CHECKED,
            detail=f"{each.place}: no measure of that name, so the manual figure is not shown",
            help="use a measure of docs/glossary.md, such as channel.linkedin.followers",
        )
        for each in company.manual
        if metric_of(each.measure) is None
    ]
