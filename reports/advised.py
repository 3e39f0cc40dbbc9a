"""What follows from the measures, as the results file has it: averages, findings, actions, KPIs."""

from collections.abc import Mapping

from audit.model.kpi import KpiProgress
from audit.model.result import Averages, Comparison
from reports.actions import Action, actions
from reports.differences import Difference
from reports.evidence import EvidenceIndex
from reports.findings import ahead, behind, pair, to_know
from reports.measured import Json, value_of
from reports.phrases import stands_out, weak_spot
from reports.report import Report
from reports.tables import Sentence
from reports.telling import text_of


def comparison_of(report: Report) -> Json:
    """Return the averages and ranks of each measure, by its id."""
    return {
        name: _compared(compared, report.evidence) for name, compared in report.comparisons.items()
    }


def _compared(compared: Comparison, index: EvidenceIndex) -> Json:
    """Return one measure across companies."""
    rank = compared.rank
    return {
        "competitors": _averages(compared.competitors, index),
        "everyone": _averages(compared.everyone, index),
        "best": compared.best or None,
        "last": compared.last or None,
        "rank": {"place": rank.place, "of": rank.of} if rank is not None else None,
        "read": compared.read,
    }


def _averages(averages: Averages, index: EvidenceIndex) -> Json:
    """Return median and mean, and of how many companies the value is known."""
    return {
        "median": value_of(averages.median, index),
        "mean": value_of(averages.mean, index),
        "known": averages.known,
        "of": averages.of,
    }


def findings_of(report: Report) -> Json:
    """Return what sheet Summary says in words, and by which measures it says so."""
    own = pair(report, report.own) if report.own else None
    return {
        "ahead": _told(ahead(report), own.better) if own is not None else None,
        "behind": _told(behind(report), own.worse) if own is not None else None,
        "to_know": text_of(to_know(report)),
        "companies": {name: _of_company(report, name) for name in report.companies},
    }


def _told(sentence: Sentence, difference: Difference | None) -> Json:
    """Return a sentence with the measure that it is about; None where there is none to tell."""
    return {
        "sentence": text_of(sentence),
        "measure": difference.metric.id if difference is not None else None,
        "score": difference.score if difference is not None else None,
    }


def _of_company(report: Report, name: str) -> Mapping[str, Json]:
    """Return in what a company stands out, and its weak spot."""
    found = pair(report, name)
    result = next(each for each in report.results if each.company.name == name)
    return {
        "stands_out": _phrased(found.better, stands_out(report, result)),
        "weak_spot": _phrased(found.worse, weak_spot(report, result)),
    }


def _phrased(difference: Difference | None, sentence: str) -> Json:
    """Return a phrase of a company with the measure that it is about, if there is one."""
    return {
        "sentence": sentence,
        "measure": difference.metric.id if difference is not None else None,
        "score": difference.score if difference is not None else None,
    }


def actions_of(report: Report) -> list[Json]:
    """Return the actions, what matters most first."""
    return [_action(each, report.evidence) for each in actions(report)]


def _action(action: Action, index: EvidenceIndex) -> Json:
    """Return one action."""
    return {
        "do": action.do,
        "reason": action.reason,
        "who": action.who or None,
        "kpi": action.kpi or None,
        "effort": action.effort.value,
        "score": action.score,
        "evidence": index.ids(action.proof),
    }


def kpis_of(report: Report) -> list[Json]:
    """Return the KPIs of the own company against what was measured, in the order of the file."""
    own = (each.kpis for each in report.results if each.company.own)
    return [_kpi(each, report.evidence) for each in next(own, ())]


def _kpi(progress: KpiProgress, index: EvidenceIndex) -> Json:
    """Return where one KPI stands."""
    kpi = progress.kpi
    return {
        "name": kpi.name,
        "goal": kpi.goal or None,
        "measure": kpi.measure,
        "target": kpi.target,
        "due": kpi.due.isoformat() if kpi.due is not None else None,
        "baseline": value_of(progress.baseline, index),
        "since": progress.since.isoformat() if progress.since is not None else None,
        "last": value_of(progress.last, index),
        "now": value_of(progress.now, index),
        "standing": progress.standing.value,
        "short_by": progress.short_by,
    }
