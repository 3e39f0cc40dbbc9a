"""What the history adds to a report: the changes since an earlier run, and figures of all runs."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from audit.model.changes import Changes
from audit.model.company import Company
from audit.model.result import RunInfo
from audit.model.value import Number


@dataclass(frozen=True, slots=True, kw_only=True)
class PastRun:
    """The figures of one run: `values` by the key of a company (its website), then by metric.

    `young` names, by the same key, the sections and platforms that began within that run's period:
    their posts a week over the whole period rise by themselves, as it fills.
    """

    run: RunInfo
    values: Mapping[str, Mapping[str, Number]]
    young: Mapping[str, frozenset[str]] = field(default_factory=lambda: MappingProxyType({}))

    def began_within(self, website: str) -> frozenset[str]:
        """Return the sections and platforms of a company that were younger than the period."""
        return self.young.get(website_key(website), frozenset())

    def value(self, website: str, metric: str) -> Number | None:
        """Return the value of a metric of a company; None where that run did not measure it."""
        return self.values.get(website_key(website), {}).get(metric)


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """What is known from before a run; made by `audit/past.py`.

    `changes` is None where no earlier run was finished. `before` is the run that they are told
    from, `runs` are all finished runs before this one, the oldest first. `boxes` are those of sheet
    Fill in that were read before the report, by the mark of their words (`reports/people.py`): ""
    for one that the history has by now, else why it was not taken.
    """

    changes: Changes | None = None
    before: PastRun | None = None
    runs: tuple[PastRun, ...] = ()
    boxes: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


NO_PAST = Past()


def website_key(website: str) -> str:
    """Return what tells a company from all others of a list, whatever its name.

    The address in small letters, without its scheme, `www.` and the slash at its end.
    """
    return website.partition("://")[2].rstrip("/").casefold().removeprefix("www.")


def keys_of_companies(companies: Iterable[Company]) -> Mapping[str, str]:
    """Return the key of each company of a list, by its name.

    That of its website; of two that share one, with the name besides, as only that tells them.
    """
    listed = tuple(companies)
    shared = Counter(website_key(company.website) for company in listed)
    return {
        company.name: key if shared[key] == 1 else f"{key} {company.name.casefold()}"
        for company in listed
        for key in (website_key(company.website),)
    }
