"""What our own company is strong and weak in, beside a typical competitor, with its proof."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from reports.actions import Action, actions
from reports.differences import Difference, differences
from reports.findings import ahead, behind
from reports.report import Report
from reports.tables import Sentence, ToProof
from reports.telling import against_typical

_FROM_GAPS = ("broken", "channel", "feature", "silent", "topic")
"""Gaps that are no difference of a measure, which is told already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """A strength or a weakness in a sentence; `id` is what it is called in every run."""

    id: str
    words: Sentence
    proof: ToProof | None


def strengths(report: Report) -> list[Side]:
    """Return in what we are ahead, one of each theme, what matters most first."""
    told = (each for each in differences(report, report.own) if each.better)
    found = [_side(report, each, "strength", _lead(report, each)) for each in _by_theme(told)]
    return found or [_none("strength", ahead(report))]


def weaknesses(report: Report) -> list[Side]:
    """Return in what we trail, one of each theme, and then the gaps that have an action."""
    trailing = [each for each in differences(report, report.own) if not each.better]
    found = [_side(report, each, "weakness", "") for each in _by_theme(trailing)]
    found += [
        Side(
            id=f"weakness.{each.id}",
            words=_gap(each),
            proof=report.proof(each.proof),
        )
        for each in actions(report)
        if each.place in _FROM_GAPS
    ]
    return found or [_none("weakness", behind(report))]


def _by_theme(told: Iterable[Difference]) -> Iterator[Difference]:
    """Give the first difference of each theme: how often and how lately is one thing."""
    themes: set[str] = set()
    for each in told:
        if each.theme not in themes:
            themes.add(each.theme)
            yield each


def _side(report: Report, difference: Difference, kind: str, more: str) -> Side:
    """Return a difference as a strength or a weakness, in the sentence that Summary would use."""
    sentence = against_typical(difference)
    return Side(
        id=f"{kind}.{difference.metric.id}",
        words=(*sentence, (f" {more}", False)) if more else sentence,
        proof=report.proof_of(difference.value),
    )


def _gap(action: Action) -> Sentence:
    """Return a gap with what may be done about it: `Offer a newsletter: 4 of 4 competitors …`."""
    reason = f"{action.reason[:1].lower()}{action.reason[1:]}"
    return ((action.do, True), (f": {reason}.", False))


def _lead(report: Report, difference: Difference) -> str:
    """Return that nobody is better, where that is so and the rules have words for it."""
    leads = report.comparisons[difference.metric.id].best == report.own
    return difference.wording.best if leads else ""


def _none(kind: str, sentence: Sentence) -> Side:
    """Return that there is none, in the words of sheet Summary."""
    return Side(id=f"{kind}.none", words=sentence, proof=None)
