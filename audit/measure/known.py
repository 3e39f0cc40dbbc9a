"""The measures that a list of companies may name, as its reader asks for them."""

from audit.measure import measure_ids, metric_of
from audit.model.metric import Unit
from config.kpis import Measures


def _unit_of(name: str) -> Unit | None:
    """Return what the metric of an id counts; None for an id that no subject knows."""
    metric = metric_of(name)
    return metric.unit if metric is not None else None


MEASURES = Measures(ids=measure_ids, unit_of=_unit_of)
