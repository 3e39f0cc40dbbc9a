"""Sentences from the templates of the rules: a figure, marked where it is a part, and its word."""

import math
import re
from collections.abc import Iterator

from audit.model.bounds import bound_of
from audit.model.metric import Bound, Metric, Unit
from audit.model.result import Cadence, TrendDirection
from audit.model.rounding import rounded
from audit.model.value import Absent, Known
from reports.differences import Difference, Figure
from reports.tables import Run, Sentence
from reports.words import capital, figure

_SLOT = re.compile(r"\{([^{}]{0,80})\}")
_PHRASE = 52
"""Characters of a phrase that its cell on sheet Summary shows."""

_FAR_MORE = 1.25
"""How much more a shown figure may be than what there is at least of it."""

_LEAST_RATE = "less than 0.1"
"""A rate that is shown as 0.0 and is none."""


def against_typical(difference: Difference) -> Sentence:
    """Return our figure beside that of a typical competitor, as a whole sentence.

    "We publish 0.8 times a week on our website; a typical competitor publishes 1.1 times."
    """
    wording, typical, metric = difference.wording, difference.typical, difference.metric
    if isinstance(difference.value, Absent):
        return _begun((*_runs(wording.none, typical, metric), (".", False)))
    return _begun(
        (
            *_runs(wording.we, difference.value, metric),
            *([(f" ({difference.since})", False)] if difference.since else []),
            ("; ", False),
            *_runs(wording.typical, typical, metric),
            (".", False),
        )
    )


def company_phrase(difference: Difference) -> str:
    """Return a company's figure: "Posts 3.3 times a week on its site (typical 1.1)".

    The typical figure is left out where the cell has no room for it.
    """
    wording, typical, metric = difference.wording, difference.typical, difference.metric
    if isinstance(difference.value, Absent):
        return text_of(tuple(_runs(wording.lacks, typical, metric)))
    words = text_of(_begun(tuple(_runs(wording.company, difference.value, metric))))
    usual = figure_words(typical, metric)
    # What began lately says so first: it is not as slow as it looks.
    asides = ([difference.since] if difference.since else []) + [f"typical {usual}"]
    longer = (f"{words} ({aside})" for aside in asides)
    return next((each for each in longer if len(each) <= _PHRASE), words)


def text_of(sentence: Sentence) -> str:
    """Return a sentence without its emphasis."""
    return "".join(piece for piece, _ in sentence)


def figure_words(value: Figure, metric: Metric) -> str:
    """Return a figure as its cell has it, and what it is where it is not the whole: `at least 0.8`.

    A figure that the platform has rounded is about so high.
    """
    words, bound = figure(value.value, metric.unit), bound_of(value, metric)
    if is_hardly_any(value, metric):
        # "Less than" of a part would say of the whole what nobody knows.
        return _LEAST_RATE if bound is None else f"{bound} {_small(value.value, bound)}"
    if bound is Bound.LEAST and _is_rounded_up(value, metric):
        return f"{bound} {_small(value.value, bound)}"
    if bound is not None:
        return f"{bound} {words}"
    return words if value.exact else f"about {words}"


def is_hardly_any(value: Figure, metric: Metric) -> bool:
    """Tell whether a figure is a rate that is shown as 0.0 and is none."""
    shown = figure(value.value, metric.unit)
    return metric.unit is Unit.RATE and value.value > 0 and shown == figure(0.0, Unit.RATE)


def _is_rounded_up(value: Figure, metric: Metric) -> bool:
    """Tell whether a rate is shown as far more than it is: 0.054 as 0.1."""
    shown = rounded(value.value, metric.unit)
    return metric.unit is Unit.RATE and shown > _FAR_MORE * value.value > 0


def _small(value: float, bound: Bound) -> str:
    """Return a small rate with one digit that tells; of a bound never on its wrong side."""
    places = -math.floor(math.log10(value))
    whole = {Bound.LEAST: math.floor, Bound.MOST: math.ceil}.get(bound, round)
    return f"{whole(value * 10**places) / 10**places:.{places}f}"


def _begun(sentence: Sentence) -> Sentence:
    """Return a sentence with a capital at its head, which may be a figure: "At least 3 …"."""
    (first, strong), *rest = sentence
    return ((capital(first), strong), *rest)


def _runs(template: str, value: Figure, metric: Metric) -> Iterator[Run]:
    """Give the pieces of a template, the figure as what matters most.

    `{}` is the figure, `{title}` the metric's title, `{one|many}` the word that fits the figure.
    """
    words, at = figure_words(value, metric), 0
    for slot in _SLOT.finditer(template):
        if slot.start() > at:
            yield template[at : slot.start()], False
        one, bar, many = slot[1].partition("|")
        if bar:
            yield (one if words == "1" else many), False
        else:
            yield (metric.title, False) if one == "title" else (words, True)
        at = slot.end()
    if at < len(template):
        yield template[at:], False


def trend_words(row: Cadence | None) -> list[str]:
    """Return whether posts become more or fewer; nothing where neither is proved."""
    if row is None or not isinstance(row.trend, Known):
        return []
    trend = row.trend.value.direction
    return [] if trend is TrendDirection.STEADY else [trend.value]
