"""What earlier runs saw of each company: each is held against its own last visit."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from audit.changes.pair import Look, is_readable, was_visited
from audit.model.company import Company
from audit.model.past import keys_of_companies
from audit.model.result import CompanyResult, RunInfo, Snapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class Again:
    """An earlier run as the rules of the later one read it, and in sentences what was done.

    `unlike` names the companies of which that could not be: they stand as they were saved.
    """

    snapshot: Snapshot
    unlike: frozenset[str] = frozenset()
    notes: tuple[str, ...] = ()


class EarlierLooks:
    """The looks of a run that is compared with, of those since, and of those before it.

    `since` are runs over some companies alone that came after it, the newest first: what these
    visited is held against them. `older` are read as far back as anybody asks.
    """

    def __init__(
        self,
        before: Snapshot,
        *,
        since: Sequence[Snapshot] = (),
        older: Iterable[Snapshot] = (),
        again: Again | None = None,
    ) -> None:
        """Take the runs; `again` is the one compared with by the rules of the later run."""
        self._before, self._since, self._again = before, since, again
        self._rest, self._read = iter(older), list[Snapshot]()
        self.looks = self._newest()
        """The last look at each company of these runs and the ones since, by its key."""

    def last(self, key: str) -> Look | None:
        """Return the last visit to a company, whether or not it could be read; None without any."""
        look = self.looks.get(key)
        if look is not None and was_visited(look.result):
            return look
        return next(self._of_older(key), look)

    def readable(self, key: str) -> Look | None:
        """Return the newest look of the runs before that could read a company; None without any."""
        return next((look for look in self._of_older(key) if is_readable(look.result)), None)

    def seeing(self, key: str, look: Look) -> Look | None:
        """Return the newest look of the runs before that saw no less than another one did."""
        readable = (each for each in self._of_older(key) if is_readable(each.result))
        return next((each for each in readable if not each.is_glimpse_beside(look)), None)

    def is_listed(self, key: str) -> bool:
        """Tell whether a company was on the list already, and only left out by a choice."""
        return any(key in keys_left_out(each) for each in (*self._since, self._before))

    def elsewhere(self, companies: Mapping[str, Company]) -> Mapping[RunInfo, Sequence[str]]:
        """Return by run the companies that are held against another one than the run before."""
        found: dict[RunInfo, list[str]] = {}
        for key, company in companies.items():
            look = self.last(key)
            if look is not None and look.run.id != self._before.run.id:
                found.setdefault(look.run, []).append(company.name)
        return found

    def _newest(self) -> Mapping[str, Look]:
        """Return the last look at each company of the run before and those since."""
        looks = _looks(self._before)
        if (again := self._again) is not None:
            looks |= {
                key: look
                for key, look in _looks(again.snapshot).items()
                if look.company.name not in again.unlike
            }
        for snapshot in reversed(self._since):
            looks |= {
                key: look for key, look in _looks(snapshot).items() if was_visited(look.result)
            }
        return looks

    def _of_older(self, key: str) -> Iterator[Look]:
        """Give the visits to a company in the runs before, the newest first."""
        for snapshot in self._all_older():
            result = by_website(snapshot).get(key)
            if result is not None and was_visited(result):
                yield look_of(snapshot, result)

    def _all_older(self) -> Iterator[Snapshot]:
        """Give all of them, those first that were read already."""
        yield from tuple(self._read)
        for snapshot in self._rest:
            self._read.append(snapshot)
            yield snapshot


def look_of(snapshot: Snapshot, result: CompanyResult) -> Look:
    """Return what a run saw of a company."""
    return Look(run=snapshot.run, settings=snapshot.competitors.settings, result=result)


def by_website(snapshot: Snapshot) -> Mapping[str, CompanyResult]:
    """Return the results of a run by their websites: a company may be called otherwise later."""
    keys = keys_of_companies(result.company for result in snapshot.results)
    return {keys[result.company.name]: result for result in snapshot.results}


def keys_left_out(snapshot: Snapshot) -> frozenset[str]:
    """Return the keys of the companies of the list that a run was not to visit."""
    listed = snapshot.competitors
    keys = keys_of_companies((*listed.companies, *listed.left_out))
    return frozenset(keys[company.name] for company in listed.left_out)


def _looks(snapshot: Snapshot) -> dict[str, Look]:
    """Return what a run saw of each company."""
    return {key: look_of(snapshot, each) for key, each in by_website(snapshot).items()}
