"""The own company beside its competitors: who was read, who has what; and what a gap is."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from audit.model.advice import ActionRule
from audit.model.result import CompanyResult
from audit.model.site import State
from audit.model.value import Evidence, Known
from reports.findings import channels_of
from reports.report import Report
from reports.words import listed

FEWEST = 3
"""Competitors of whom it must be known whether they have something."""

_HALF = 0.5
_NAMES_CHARACTERS = 46
"""Characters of names that sheet Summary shows beside a gap."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A gap that a rule found: `what` fills the words of the rule, `reason` has two figures.

    `who` does it, first the one with the best figure, and `proof` shows that. `effect` and
    `certainty` are in 0 to 1. `platform` is the name of the one that it is about, if any. `key`
    tells it from other gaps of its rule, in every run; empty where a rule has one gap at most.
    """

    key: str = ""
    what: str = ""
    platform: str = ""
    reason: str
    who: str
    proof: tuple[Evidence, ...]
    effect: float
    certainty: float = 1.0


class Scene:
    """The own company beside its competitors; those whose site could not be read take no part."""

    def __init__(self, report: Report, own: CompanyResult) -> None:
        """Look up once what the rules ask for again and again."""
        self.report, self.own = report, own
        self.read = [each for each in report.rivals if was_read(report, each)]
        self._kinds = {rule.name: rule.kind for rule in report.catalogue.platforms}
        self.dead = {rule.name for rule in report.catalogue.platforms if rule.dead}

    def share_of(self, looked: Sequence[CompanyResult]) -> float:
        """Return the share that some competitors are of all."""
        return len(looked) / len(self.report.rivals)

    def is_kind(self, platform: str, kinds: Collection[str]) -> bool:
        """Tell whether a platform is of one of some kinds."""
        return self._kinds.get(platform, "") in kinds

    def struck_out(self, finding: str) -> bool:
        """Tell whether a person has struck a finding out of the own company's."""
        return any(each.finding == finding for each in self.own.company.ignore)

    def platforms(self, result: CompanyResult, kinds: Collection[str]) -> set[str]:
        """Return the platforms of some kinds that a company is on."""
        return {name for name in channels_of(result) if self.is_kind(name, kinds)}

    def has_what_it_needs(self, rule: ActionRule) -> bool:
        """Tell whether we have one of the features without which a rule makes no sense."""
        has = {each.feature for each in self.own.features if each.state is State.KNOWN}
        return not rule.needs or bool(has & set(rule.needs))

    def done_already(self, rule: ActionRule) -> bool:
        """Tell whether we do what a rule is about, under this name or another.

        A profile that is perhaps ours counts, so that nobody is told to begin what may be there.
        """
        wanted = {*rule.names, *rule.same.get("feature", ())}
        has = {each.feature for each in self.own.features if each.state is State.KNOWN}
        on = {each.platform for each in self.own.channels}
        kinds = rule.same.get("kind", ())
        return bool(
            has & wanted
            or on & set(rule.same.get("platform", ()))
            or any(self.is_kind(platform, kinds) for platform in on)
        )


def was_read(report: Report, result: CompanyResult) -> bool:
    """Tell whether a company's site could be read, so that what is missing is missing."""
    return isinstance(report.value(result.company.name, "presence.channels"), Known)


def common(owners: Sequence[object], looked: Sequence[object]) -> bool:
    """Tell whether enough competitors have something: at least half, of at least three."""
    return len(looked) >= FEWEST and len(owners) > 1 and len(owners) >= len(looked) * _HALF


def names_from(best: str, others: Sequence[str], words: str = "") -> str:
    """Return the names of those who do it, the best first with its figure; the rest is counted.

    A second one is named where the line has room for it.
    """
    names = [f"{best} ({words})" if words else best, *(name for name in others if name != best)]
    two = listed(names, 2)
    return two if len(two) <= _NAMES_CHARACTERS else listed(names, 1)
