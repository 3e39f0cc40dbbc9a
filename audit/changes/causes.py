"""Tell a change of ours from one of the company's: rules, or the world."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from audit.changes.finder import Difference
from audit.changes.pair import Pair
from audit.model.change import Cause, ChangeType, Event
from audit.model.result import CompanyResult
from audit.model.value import Evidence

UNCHANGED = "the page is as it was, and the rules are others than in the earlier run"
RULE_IS_NEW = "the rules are others than in the earlier run, in which this one found nothing yet"
RULE_IS_GONE = "the rules are others than in the earlier run, and the one that found it is gone"
IGNORED = "the list ignores it in one of the runs"
BACKWARDS = "the runs do not follow each other in time"

_OF_RULES = frozenset({ChangeType.FEATURE, ChangeType.VENDOR, ChangeType.CHANNEL})
"""What rules of the catalogue find, by name."""

_OF_TIME = frozenset(
    {ChangeType.SILENCE, ChangeType.CADENCE, ChangeType.TOPIC, ChangeType.PURPOSE, ChangeType.KPI}
)
"""What is so on one day, and otherwise on another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RulesUsed:
    """The ids of the rules by which two runs have found anything at any company."""

    before: frozenset[str]
    now: frozenset[str]


def rules_used(results: Iterable[CompanyResult]) -> frozenset[str]:
    """Return the ids of the rules by which features and profiles of some results were found."""
    return frozenset(
        proof.rule
        for result in results
        for proofs in (
            *(feature.evidence for feature in result.features),
            *(channel.evidence for channel in result.channels),
        )
        for proof in proofs
    )


def cause_of(
    difference: Difference, kind: ChangeType, pair: Pair, used: RulesUsed
) -> tuple[Cause, str]:
    """Return whose doing a difference is, and why; real where nothing speaks against it.

    What a finder knows to be ours stands. Else it is the list's where that ignores the finding in
    one run; the window's where the runs do not follow each other; and the rules' where these differ
    and the page does not, or where the rule that found it was not there.
    """
    if difference.cause is not Cause.REAL:
        return difference.cause, difference.why
    if _is_ignored(difference, pair):
        return Cause.WINDOW, IGNORED
    if kind in _OF_TIME and pair.now.run.as_of < pair.before.run.as_of:
        return Cause.WINDOW, BACKWARDS
    if not pair.same_rules and kind in _OF_RULES and (why := _by_rule(difference, pair, used)):
        return Cause.RULE, why
    return Cause.REAL, difference.why


def _is_ignored(difference: Difference, pair: Pair) -> bool:
    """Tell whether one list of both strikes a finding out."""
    before, now = (
        {entry.finding for entry in look.company.ignore} for look in (pair.before, pair.now)
    )
    return difference.subject in before ^ now


def _by_rule(difference: Difference, pair: Pair, used: RulesUsed) -> str:
    """Return why other rules may have made a difference; empty where they have not."""
    if difference.event is Event.NEW:
        if any(_is_unchanged(proof.url, pair) for proof in difference.new_evidence):
            return UNCHANGED
        return "" if _knows(difference.new_evidence, used.before) else RULE_IS_NEW
    if difference.event is Event.GONE:
        if any(_is_unchanged(proof.url, pair) for proof in difference.old_evidence):
            return UNCHANGED
        return "" if _knows(difference.old_evidence, used.now) else RULE_IS_GONE
    if difference.event is Event.SWITCHED:
        both = (*difference.old_evidence, *difference.new_evidence)
        return UNCHANGED if any(_is_unchanged(proof.url, pair) for proof in both) else ""
    return ""


def _knows(evidence: Iterable[Evidence], used: frozenset[str]) -> bool:
    """Tell whether one of the rules behind a finding was at work in a run; also without proof."""
    rules = {proof.rule for proof in evidence}
    return not rules or bool(rules & used)


def _is_unchanged(url: str, pair: Pair) -> bool:
    """Tell whether a page is byte for byte what it was: its server says so by its validators."""
    before, now = (set(_validators(look.result, url)) for look in (pair.before, pair.now))
    outcomes = {page.outcome for page in pair.now.result.fetched if page.url == url}
    return "unchanged" in outcomes or bool(before & now)


def _validators(result: CompanyResult, url: str) -> Iterator[tuple[str, int]]:
    """Give the strong validators of a page with its size, if its server gave any."""
    for page in result.fetched:
        if page.url == url and page.etag and not page.etag.startswith("W/"):
            yield page.etag, page.size
