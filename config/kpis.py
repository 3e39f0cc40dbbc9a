"""What is wrong with KPIs whose values are each right by themselves: no such measure, its unit."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from difflib import get_close_matches
from typing import TYPE_CHECKING, NamedTuple

from audit.model.figure_ids import figure_id
from config.explain import Problem, problem_at
from config.positions import MappingNode

if TYPE_CHECKING:
    from audit.model.catalogue import PlatformRule
    from audit.model.metric import Unit
    from config.shape import File, KpiShape

_CHANNEL, _FIGURE = "channel.", "figure."
_FIELDS = ("followers", "posts_per_week", "share_of_posts", "share_of_interactions")
"""What is measured of the main profile on every platform."""

_WHOLE = 100
_IN_PER_CENT = 'is a share; write its target in per cent, such as ">= 25 %"'
_BEYOND = "is a share and lies between 0 % and 100 %; write a target that it can reach"
_NO_SHARE = "is no share; write its target without the per cent sign"


class Measures(NamedTuple):
    """The measures that there are: their ids, and the unit of each; None for an unknown id."""

    ids: Callable[[], Collection[str]]
    unit_of: Callable[[str], Unit | None]


def kpi_problems(
    file: File, root: MappingNode, platforms: Collection[PlatformRule], measures: Measures
) -> Iterator[Problem]:
    """Yield a mistake for each KPI whose measure is none, or whose target is not in its unit."""
    if not file.kpis:
        return
    from audit.model.metric import Unit

    names = frozenset(rule.name for rule in platforms)
    figures = {
        figure_id(figure.name): Unit(figure.unit)
        for company in file.companies
        for figure in company.figures
    }
    for index, kpi in enumerate(file.kpis):
        unit = _unit(kpi.measure, names, figures, measures)
        if unit is None:
            wrong = f"no such measure; {_meant(kpi.measure, names, figures, measures)}"
            yield problem_at(root, ("kpis", index, "measure"), wrong)
        elif wrong := _wrong_unit(kpi, unit):
            yield problem_at(root, ("kpis", index, "target"), wrong)


def _unit(
    name: str, platforms: Collection[str], figures: Mapping[str, Unit], measures: Measures
) -> Unit | None:
    """Return the unit of a measure; None where there is none of that name in this file."""
    if name.startswith(_FIGURE):
        return figures.get(name)
    if name.startswith(_CHANNEL):
        platform = name.removeprefix(_CHANNEL).rpartition(".")[0]
        return measures.unit_of(name) if platform in platforms else None
    return measures.unit_of(name)


def _meant(
    name: str, platforms: Collection[str], figures: Mapping[str, Unit], measures: Measures
) -> str:
    """Say which measure was probably meant, or where all of them are listed."""
    of_channels = (f"{_CHANNEL}{platform}.{field}" for platform in platforms for field in _FIELDS)
    known = sorted({*measures.ids(), *figures, *of_channels})
    close = get_close_matches(name[:80], known, n=1, cutoff=0.6)
    return f"did you mean `{close[0]}`?" if close else "docs/glossary.md lists all measures"


def _within_a_whole(kpi: KpiShape) -> bool:
    """Tell whether a target in per cent is one that a share can reach."""
    return 0 <= float(kpi.target.lstrip("<>= ").rstrip("% ")) <= _WHOLE


def _wrong_unit(kpi: KpiShape, unit: Unit) -> str:
    """Say why a target cannot be compared with its measure; empty where it can."""
    from audit.model.metric import Unit

    percent = kpi.target.endswith("%")
    if unit is Unit.SHARE and not percent:
        return f"`{kpi.measure}` {_IN_PER_CENT}"
    # A figure that a person points at may well be 140 %, as a growth of sales.
    if unit is Unit.SHARE and not kpi.measure.startswith(_FIGURE) and not _within_a_whole(kpi):
        return f"`{kpi.measure}` {_BEYOND}"
    return f"`{kpi.measure}` {_NO_SHARE}" if percent and unit is not Unit.SHARE else ""
