"""From what a visit brought home to one company's result: every subject measured, in order."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, replace
from typing import Any

from audit import languages
from audit.measure import metric_of, metrics, subjects
from audit.measure.altogether import together
from audit.measure.beginning import with_beginning
from audit.measure.cadence import cadence
from audit.measure.engagement import engagements
from audit.measure.followed import followed
from audit.measure.followers import sizes, with_counts
from audit.measure.hand_values import with_rows
from audit.measure.hashtags import hashtags
from audit.measure.hygiene import with_hygiene
from audit.measure.judging import reader_of
from audit.measure.manual import channels_with_manual, with_manual
from audit.measure.notes import notes_of
from audit.measure.platforms import with_told
from audit.measure.pointed import followed_figures, followed_sections
from audit.measure.purpose import with_purposes
from audit.measure.spoken import with_languages
from audit.measure.subject import Brief, Context, Together
from audit.measure.technographics import ladder
from audit.measure.themes.lexicon import lexicon
from audit.measure.timing import pattern_of_company
from audit.measure.vanished import (
    open_ones,
    still_looked_for,
    vanished,
    vanished_notes,
    without_given_up,
)
from audit.model.breakdown import Breakdown
from audit.model.catalogue import Catalogue
from audit.model.channel import Channel
from audit.model.company import Company
from audit.model.kinds import SECTIONS
from audit.model.metric import Unit
from audit.model.result import Cadence, CompanyResult, Measure, Window
from audit.model.site import Feature, Section, State
from audit.model.value import Known, Number, Reason, Unknown, with_saved
from audit.model.visit import Visit


def load_libraries(catalogue: Catalogue) -> None:
    """Load what posts are measured with, which takes longer than to measure those of a company."""
    languages.load()
    lexicon("en")
    reader_of(catalogue.purpose)


def measure(
    company: Company, visit: Visit, context: Context, earlier: CompanyResult | None = None
) -> CompanyResult:
    """Return one company's result: everything that this version can measure of a visit.

    `earlier` is what the run before knew: it tells what is new, renamed or no longer readable; None
    in a first run.
    """
    window = context.window
    channels = _channels(company, visit, context, earlier)
    silent = vanished(company, visit, earlier)
    features = still_looked_for(visit.features, silent, visit, earlier)
    sections = followed_sections(without_given_up(visit.sections, features), earlier)
    visit = replace(
        visit,
        channels=channels,
        features=features,
        sections=with_languages(
            with_purposes(_without_strangers(sections, channels), context.catalogue.purpose)
        ),
        figures=followed_figures(visit.figures, earlier),
    )
    sections, rows = with_rows(
        visit.sections,
        tuple(_row(section, window, channels) for section in visit.sections),
        channels,
        window,
    )
    visit = replace(visit, sections=sections)
    brief = Brief(
        company=company,
        visit=visit,
        rows=rows,
        proof=visit.start.evidence if isinstance(visit.start, Known) else (),
        context=context,
        earlier=earlier,
        lost={**_unseen(features), **open_ones(silent)},
    )
    values = _values(brief)
    return CompanyResult(
        # What people told stands in the history once, and what holds of it in the channels.
        company=replace(company, by_hand=()),
        channels=visit.channels,
        features=visit.features,
        posts=tuple(post for section in visit.sections for post in section.posts),
        cadence=rows,
        measures=tuple(Measure(metric=name, value=values[name]) for name in _in_order(values)),
        languages=visit.languages,
        robots=visit.robots,
        notes=(*visit.notes, *vanished_notes(silent), *notes_of(visit, company, window)),
        fetched=visit.fetched,
        parts=visit.parts,
        lists=visit.lists,
        audiences=visit.audiences,
        ladder=ladder(brief),
        pattern=start if isinstance(start := visit.start, Unknown) else pattern_of_company(brief),
        together=together(brief),
        engagement=engagements(brief),
        sizes=sizes(brief),
        hashtags=hashtags(brief),
        breakdowns=_breakdowns(brief),
    )


def _unseen(features: Sequence[Feature]) -> dict[str, Unknown]:
    """Return why sections may be there that were not seen: no site is silent that was not read."""
    known = {each.feature for each in features if each.state is State.KNOWN}
    return {
        each.feature: Unknown(reason=each.reason, detail=each.detail)
        for each in features
        if each.state is State.UNKNOWN and each.reason is not None
        if each.feature in SECTIONS and each.feature not in known
    }


def _channels(
    company: Company, visit: Visit, context: Context, earlier: CompanyResult | None
) -> tuple[Channel, ...]:
    """Return the channels of a visit with what earlier runs and a person know, and hygiene."""
    channels = followed(visit.channels, earlier, context.window.as_of)
    channels = channels_with_manual(channels, company, context.window)
    channels = with_counts(channels, earlier, context.window)
    return with_hygiene(channels, visit.fetched, context.catalogue)


def _row(section: Section, window: Window, channels: Sequence[Channel]) -> Cadence:
    """Return the cadence of a section or profile, with its beginning where that is recent."""
    made = (
        each.live.created_at
        for each in channels
        if (each.platform, each.url) == (section.channel, section.url) and each.live is not None
    )
    seen = _seen(section, window)
    row = with_beginning(cadence(section, seen), section, seen, next(made, None))
    marked: dict[str, Any] = {
        each.name: with_saved(value)
        for each in fields(row)
        if isinstance(value := getattr(row, each.name), Known)
    }
    return replace(row, **marked)


def _seen(section: Section, window: Window) -> Window:
    """Return the window of a section: one that was read from saved pages ends when they were saved.

    What was posted since then nobody has seen, and silence is no finding.
    """
    if not section.evidence or not all(proof.saved for proof in section.evidence):
        return window
    end = min(window.as_of, max(proof.fetched_at for proof in section.evidence))
    days = window.lookback_days - (window.as_of - end).days
    return replace(window, as_of=end, lookback_days=max(1, days))


def _without_strangers(
    sections: Sequence[Section], channels: Sequence[Channel]
) -> tuple[Section, ...]:
    """Leave out the posts of profiles that an earlier run showed to be somebody else's now."""
    others = {(channel.platform, channel.url) for channel in channels if channel.candidate}
    return tuple(section for section in sections if (section.channel, section.url) not in others)


def measure_all(
    results: Sequence[CompanyResult],
    together: Together,
    keep: Callable[[CompanyResult], CompanyResult] = lambda result: result,
) -> tuple[CompanyResult, ...]:
    """Return the results with what only all companies together tell, subject by subject.

    `keep` is given each result as it is made: of very many it puts aside what is large.
    """
    measured = tuple(results)
    for subject in subjects():
        if subject.of_all is not None:
            measured = tuple(map(keep, subject.of_all(measured, together)))
    return measured


def _in_order(values: Mapping[str, Number]) -> list[str]:
    """Return the names of values, those of metrics that every company has first."""
    fixed = [metric.id for metric in metrics()]
    return [*fixed, *(name for name in values if name not in fixed)]


def _values(brief: Brief) -> dict[str, Number]:
    """Return the values of all metrics; a site that could not be reached leaves each unknown.

    A person's figures stand in for what is unknown, and values about other values come last.
    """
    start = brief.visit.start
    if isinstance(start, Unknown):
        values = _of_saved(brief, start)
        # What a person points at may lie on another host, and has a reason of its own.
        values |= {each.figure.metric: each.value for each in brief.visit.figures}
    else:
        values = _of_subjects(brief)
    values = with_told(values, brief.visit.channels, brief.rows)
    values = with_manual(values, brief.company, brief.context.window)
    for subject in subjects():
        if subject.of_values is not None:
            values |= subject.of_values(values)
    return {name: _marked(value) for name, value in values.items()}


def _marked(value: Number) -> Number:
    """Return a value marked where any of its proof is a saved page."""
    return with_saved(value) if isinstance(value, Known) else value


def _of_saved(brief: Brief, start: Unknown) -> dict[str, Number]:
    """Return the values of profiles where the site was not reached, and saved pages were read.

    What is said of the company as a whole stays unknown: nobody has seen its website.
    """
    values: dict[str, Number] = {metric.id: start for metric in metrics()}
    if any(channel.live is not None for channel in brief.visit.channels):
        own = _of_subjects(brief)
        values |= {name: value for name, value in own.items() if name.startswith("channel.")}
    return values


def _of_subjects(brief: Brief) -> dict[str, Number]:
    """Return the values that all subjects give for one company."""
    values: dict[str, Number] = {}
    for subject in subjects():
        if subject.of_company is not None:
            own = subject.of_company(brief)
            values |= _unless_drawn(own, brief.visit) if subject.from_pages else own
    return values


def _breakdowns(brief: Brief) -> tuple[Breakdown, ...]:
    """Return what comes in named parts of one company; none where its site was not reached."""
    if isinstance(brief.visit.start, Unknown):
        return ()
    makers = (subject.breakdowns_of for subject in subjects() if subject.breakdowns_of is not None)
    return tuple(breakdown for make in makers for breakdown in make(brief))


def _unless_drawn(values: Mapping[str, Number], visit: Visit) -> Mapping[str, Number]:
    """Return values of the site's pages, those unknown that scripts would have to draw first.

    Where the HTML shows nothing of a site that is drawn by scripts, a zero or an absence proves
    nothing; a figure that is there all the same holds, and so do days, which need a post.
    """
    drawn = next((note for note in visit.notes if note.reason is Reason.BROWSER), None)
    if drawn is None:
        return values
    unknown = Unknown(reason=drawn.reason, detail=drawn.detail)
    return {
        name: value if isinstance(value, Known) and (value.value or _in_days(name)) else unknown
        for name, value in values.items()
    }


def _in_days(name: str) -> bool:
    """Tell whether a metric is a span of days: one of 0 is a post of today, and not no post."""
    metric = metric_of(name)
    return metric is not None and metric.unit is Unit.DAYS
