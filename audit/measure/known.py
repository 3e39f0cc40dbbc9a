"""The measures that a list of companies may name, as its reader asks for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.measure import measure_ids, metric_of
from config.kpis import Measures

if TYPE_CHECKING:
    from audit.model.metric import Unit


def _unit_of(name: str) -> Unit | None:
    """Return what the metric of an id counts; None for an id that no subject knows."""
    metric = metric_of(name)
    return metric.unit if metric is not None else None


MEASURES = Measures(ids=measure_ids, unit_of=_unit_of)
