"""Metrics by what the workbook calls them, as people type them from there."""

from collections.abc import Iterable

from audit.measure.platforms import PREFIX
from audit.model.metric import Metric
from config.names import folded
from reports.words import Names, catalogue_of


def by_title(metrics: Iterable[Metric]) -> dict[str, Metric]:
    """Return metrics by their titles, in the letters of `folded`: "x (twitter), audience"."""
    names, found = Names(catalogue_of(())), dict[str, Metric]()
    for metric in metrics:
        title = metric.title
        if metric.id.startswith(PREFIX):
            platform = metric.id.removeprefix(PREFIX).rpartition(".")[0]
            title = f"{names.platform(platform)}, {title.partition(', ')[2]}"
        found[folded(title)] = metric
    return found
