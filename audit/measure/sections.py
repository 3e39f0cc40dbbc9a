"""How a company writes in each kind of section of its site: blog, news, podcast, release notes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from audit.measure.presence import FEATURES
from audit.measure.subject import Brief, Family, Subject, Values
from audit.measure.unmeasured import absent_after_a_look
from audit.model.kinds import SECTION_KINDS, SectionKind
from audit.model.metric import Bound, Metric, Phrase, Unit
from audit.model.result import Cadence, CompanyResult
from audit.model.value import Absent, Number, Unknown


@dataclass(frozen=True, slots=True, kw_only=True)
class _Figure:
    """One figure that every kind of section has, as a pattern of its metric.

    In the words `{section}` stands for the kind, such as "blog", and `{entry}` for one of its
    entries, such as "blog post". `value` picks the
    figure from the cadence of a section; its formula is in `audit/measure/cadence.py`.
    """

    field: str
    title: str
    unit: Unit
    higher_is_better: bool
    definition: str
    phrase: Phrase
    value: Callable[[Cadence], Number]
    of_period: bool = False
    bound: Bound = Bound.LEAST


_FIGURES = (
    _Figure(
        field="posts",
        title="{entry}s in the period",
        unit=Unit.COUNT,
        higher_is_better=True,
        definition="Dated {entry}s within the period.",
        phrase=Phrase(unit="{entry}s", after=" in the period"),
        value=lambda row: row.posts,
        of_period=True,
    ),
    _Figure(
        field="posts_per_week",
        title="{entry}s a week",
        unit=Unit.RATE,
        higher_is_better=True,
        definition="Posts ÷ weeks of the period; of a list of which n items are public, (n − 1) "
        "÷ weeks since the oldest of them.",
        phrase=Phrase(unit="{entry}s a week"),
        value=lambda row: row.posts_per_week,
    ),
    _Figure(
        field="recency_days",
        title="days since the last {entry}",
        unit=Unit.DAYS,
        higher_is_better=False,
        definition="Days from the newest post to the end of the period.",
        phrase=Phrase(before="last {entry} ", unit="days ago", one="day ago"),
        value=lambda row: row.recency_days,
        bound=Bound.MOST,
    ),
    _Figure(
        field="longest_gap_days",
        title="longest {section} pause, days",
        unit=Unit.DAYS,
        higher_is_better=False,
        definition="Longest time between two posts that follow each other; a pause that still "
        "goes on counts up to today.",
        phrase=Phrase(before="a {section} pause of ", unit="days", one="day"),
        value=lambda row: row.longest_gap_days,
        of_period=True,
    ),
    _Figure(
        field="weeks_with_post",
        title="weeks with a {entry}",
        unit=Unit.SHARE,
        higher_is_better=True,
        definition="Share of the observed weeks with at least one post.",
        phrase=Phrase(before="a {entry} in ", unit="of the weeks"),
        value=lambda row: row.weeks_with_post,
    ),
)


def _metric(figure: _Figure, kind: SectionKind) -> Metric:
    """Return the metric of a figure for one kind of section: `blog.posts`, "Blog posts …"."""
    words = {"section": kind.title, "entry": kind.entry_title}
    title = figure.title.format(**words)
    return Metric(
        id=f"{kind.name}.{figure.field}",
        title=title[:1].upper() + title[1:],
        theme="Activity",
        unit=figure.unit,
        higher_is_better=figure.higher_is_better,
        definition=figure.definition.format(**words),
        phrase=Phrase(
            before=figure.phrase.before.format(**words),
            unit=figure.phrase.unit.format(**words),
            one=figure.phrase.one,
            after=figure.phrase.after,
        ),
        of_period=figure.of_period,
        bound=figure.bound,
    )


def _of_company(brief: Brief) -> Values:
    """Return the values of each kind of section; absent where a look at the site found none.

    What had posts in the run before and has none now is unknown. Of a rare kind there is no value
    where it was not found.
    """
    values: dict[str, Number] = {}
    for kind in SECTION_KINDS:
        rows = [row for row in brief.rows if row.channel == kind.name]
        if kind.rare and not rows and kind.name not in brief.lost:
            continue
        absent = Absent(evidence=brief.proof, detail=f"no {kind.title} found")
        values |= _of_section(kind, rows, brief.lost.get(kind.name) or absent)
    return values


def _of_section(kind: SectionKind, rows: Sequence[Cadence], missing: Absent | Unknown) -> Values:
    """Return the values of one kind of section; of several sections the first one counts.

    `missing` stands for all of them where there is no section, or one that has lost its posts.
    """
    read = rows if isinstance(missing, Absent) else ()
    return {
        f"{kind.name}.{figure.field}": figure.value(read[0]) if read else missing
        for figure in _FIGURES
    }


_RARE = tuple(_metric(figure, kind) for kind in SECTION_KINDS if kind.rare for figure in _FIGURES)
"""The metrics of kinds that few companies have."""


def _rare(name: str) -> Metric | None:
    """Return the metric of a rare kind by its id; None for every other id."""
    return next((metric for metric in _RARE if metric.id == name), None)


def _in_results(results: Sequence[CompanyResult]) -> Sequence[Metric]:
    """Return the metrics of the rare kinds that some company has."""
    known = {measure.metric for result in results for measure in result.measures}
    return [metric for metric in _RARE if metric.id in known]


def _missing(result: CompanyResult, metric: Metric) -> Number:
    """Return what stands for a company without a rare kind: Absent only if its site was read."""
    kind = next(kind for kind in SECTION_KINDS if metric.id.startswith(f"{kind.name}."))
    return absent_after_a_look(result, FEATURES, f"no {kind.title} found")


SUBJECT = Subject(
    name="sections",
    order=30,
    metrics=tuple(
        _metric(figure, kind) for kind in SECTION_KINDS if not kind.rare for figure in _FIGURES
    ),
    family=Family(
        of=_rare,
        in_results=_in_results,
        missing=_missing,
        ids=tuple(metric.id for metric in _RARE),
    ),
    of_company=_of_company,
)
