"""Everything that became different between two runs: company by company, type by type."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from audit.changes import finders
from audit.changes.causes import RulesUsed, cause_of, rules_used
from audit.changes.earlier import Again, EarlierLooks, by_website, keys_left_out, look_of
from audit.changes.features import UNSEEN
from audit.changes.finder import Difference
from audit.changes.pair import Look, Pair, is_readable, was_visited
from audit.changes.severity import severity_of
from audit.measure.unmeasured import unmeasured
from audit.model.catalogue import Catalogue
from audit.model.change import Cause, Change, ChangeType, Event
from audit.model.changes import Changes, gravest_first
from audit.model.company import Company
from audit.model.result import CompanyResult, Snapshot
from audit.model.value import Known, Reason, Unknown

NOT_LISTED = Unknown(reason=Reason.NOT_CHECKED, detail="it was not part of that run")
BY_RULE = "the same archived pages say so by today's rules"


def changes_between(
    before: Snapshot,
    now: Snapshot,
    catalogue: Catalogue,
    *,
    since: Sequence[Snapshot] = (),
    older: Iterable[Snapshot] = (),
    again: Again | None = None,
) -> Changes:
    """Return the changes from one run to another, the gravest first.

    `since` are runs between both over some companies alone, the newest first: what these visited is
    compared with them. `older` are the runs before the earlier one, the newest first: what that
    could not read, or did not visit, is compared with the last of them that did; no more of them
    are asked for than are needed.
    `again` is the earlier run by the rules of the later one: then what is between both of its
    readings is a matter of rules, and all else is compared like with like.
    """
    now, before = _with_settings(now, before), _with_settings(before, now)
    if again is not None:
        again = replace(again, snapshot=_with_settings(again.snapshot, now))
    earlier = EarlierLooks(
        before,
        since=[_with_settings(each, now) for each in since],
        older=(_with_settings(each, now) for each in older),
        again=again,
    )
    work = _Comparing(before, now, catalogue, earlier)
    found = [*work.changes()]
    if again is not None:
        by_rule = _Comparing(before, again.snapshot, catalogue, EarlierLooks(before)).changes()
        found += _by_rule(by_rule, now)
    notes = again.notes if again is not None else _of_rules(before, now)
    return Changes(
        before=before.run,
        run=now.run,
        changes=gravest_first(found),
        notes=(*_notes(before, now), *_other_runs(earlier, now), *notes),
        like_with_like=again is not None and not again.unlike,
        damage=(*_lacks(before), *_lacks(now)),
        uncompared=work.uncompared(),
    )


def _by_rule(changes: Iterable[Change], now: Snapshot) -> Iterator[Change]:
    """Give what one run says otherwise by today's rules: each is a change of rules alone."""
    for change in changes:
        if change.type is not ChangeType.COMPANY and change.cause is not Cause.WINDOW:
            yield replace(change, cause=Cause.RULE, why=BY_RULE, new_run=now.run.id)


class _Comparing:
    """One comparison of two runs."""

    def __init__(
        self,
        before: Snapshot,
        now: Snapshot,
        catalogue: Catalogue,
        earlier: EarlierLooks,
    ) -> None:
        self._before, self._now, self._catalogue, self._earlier = before, now, catalogue, earlier
        self._titles = {rule.name: rule.title for rule in catalogue.platforms}
        self._used = RulesUsed(before=rules_used(before.results), now=rules_used(now.results))

    def changes(self) -> Iterator[Change]:
        """Give the changes of each company, in the order of the later list."""
        today = by_website(self._now)
        for key, result in today.items():
            before = self._earlier.last(key)
            if self._is_lost(result, before):
                continue
            if before is not None:
                yield from self._of_company(key, before, look_of(self._now, result))
            elif not self._earlier.is_listed(key):
                yield self._listed(result.company, Event.NEW)
        there = today.keys() | keys_left_out(self._now)
        for key, look in self._earlier.looks.items():
            if key not in there and not self._now.is_list_lost:
                yield self._listed(look.company, Event.GONE)

    def uncompared(self) -> tuple[str, ...]:
        """Return the companies of which one of both runs is lost, and no older one there."""
        return tuple(
            result.company.name
            for key, result in by_website(self._now).items()
            if self._is_lost(result, self._earlier.last(key))
        )

    def _is_lost(self, now: CompanyResult, before: Look | None) -> bool:
        """Tell whether the history lacks what is needed to compare a company."""
        if not was_visited(now):
            return True
        return self._before.is_list_lost if before is None else not was_visited(before.result)

    def _of_company(self, key: str, before: Look, now: Look) -> Iterator[Change]:
        """Give the changes of a company that is part of both runs."""
        seen = self._last_seen(key, before, now)
        pair = None if seen is None else Pair(before=seen, now=now, titles=self._titles)
        if not is_readable(now.result):
            if seen is before:
                yield self._access(before, now, Event.BLOCKED, unmeasured(now.result))
        elif pair is not None and pair.now_is_glimpse:
            if seen is before:
                yield self._access(before, now, Event.BLOCKED, _glimpse(now, before))
            yield from self._of_glimpse(pair)
        else:
            if not is_readable(before.result):
                yield self._access(before, now, Event.READABLE, unmeasured(before.result))
            elif seen is not before:
                yield self._access(before, now, Event.READABLE, _glimpse(before, now))
            yield from self._of_pair(pair) if pair is not None else ()

    def _last_seen(self, key: str, before: Look, now: Look) -> Look | None:
        """Return the last look that could see a company: the one before, or an older one.

        None where no run could. Of a site that has grown no older look saw more.
        """
        if not is_readable(before.result):
            return self._earlier.readable(key)
        if is_readable(now.result) and before.is_glimpse_beside(now):
            return self._earlier.seeing(key, now) or before
        return before

    def _of_glimpse(self, pair: Pair) -> Iterator[Change]:
        """Give what a run saw for certain that saw hardly anything: nothing by what was not met.

        Where a target stands rests on what was not met, too.
        """
        for change in self._of_pair(pair):
            if change.why not in UNSEEN and change.type is not ChangeType.KPI:
                yield change

    def _of_pair(self, pair: Pair) -> Iterator[Change]:
        """Give what each finder says of a company that both looks could read."""
        for finder in finders():
            for difference in finder.of_company(pair):
                if not difference.is_shown:
                    continue
                cause, why = cause_of(difference, finder.type, pair, self._used)
                settled = replace(difference, cause=cause, why=why)
                yield self._change(settled, finder.type, pair.before, pair.now)

    def _access(self, before: Look, now: Look, event: Event, lack: Unknown) -> Change:
        """Return that the website of a company cannot be seen any more, or can be again."""
        seen = Known(value="read", evidence=())
        difference = Difference(
            event=event,
            subject="website",
            what="Website",
            old=seen if event is Event.BLOCKED else lack,
            new=lack if event is Event.BLOCKED else seen,
            url=now.company.website,
            cause=Cause.ACCESS,
            why=lack.detail,
        )
        return self._change(difference, ChangeType.COMPANY, before, now)

    def _listed(self, company: Company, event: Event) -> Change:
        """Return that a company was put on the list, or taken off; all else of it is no change."""
        there = Known(value=company.website, evidence=())
        difference = Difference(
            event=event,
            subject="company",
            what="Website",
            old=NOT_LISTED if event is Event.NEW else there,
            new=there if event is Event.NEW else NOT_LISTED,
            url=company.website,
            cause=Cause.WINDOW,
            why=NOT_LISTED.detail,
        )
        looks = [
            Look(
                run=snapshot.run,
                settings=snapshot.competitors.settings,
                result=CompanyResult(company=company),
            )
            for snapshot in (self._before, self._now)
        ]
        return self._change(difference, ChangeType.COMPANY, *looks)

    def _change(self, each: Difference, kind: ChangeType, before: Look, now: Look) -> Change:
        """Make a change of a difference whose cause is settled."""
        own = now.company.own
        return Change(
            company=now.company.name,
            type=kind,
            event=each.event,
            subject=each.subject,
            what=each.what,
            old=each.old,
            new=each.new,
            severity=severity_of(each, kind, own=own, rules=self._catalogue.changes),
            cause=each.cause,
            old_run=before.run.id,
            new_run=now.run.id,
            url=each.url,
            unit=each.unit,
            why=each.why,
            kpi=each.kpi,
        )


def _with_settings(snapshot: Snapshot, other: Snapshot) -> Snapshot:
    """Return a run; where its list is lost with another's settings, as nobody knows its own."""
    if not snapshot.is_list_lost:
        return snapshot
    settings = other.competitors.settings
    return replace(snapshot, competitors=replace(snapshot.competitors, settings=settings))


def _lacks(snapshot: Snapshot) -> Iterator[str]:
    """Say what the history lacks of a run: companies, or its list; nothing of a whole run."""
    day = f"{snapshot.run.as_of:%d %b %Y}"
    names = [each.company.name for each in snapshot.results if not was_visited(each)]
    if names:
        yield f"The run of {day} is damaged, or not all saved: it lacks {_some(names)}."
    if snapshot.is_list_lost:
        yield f"The list of the run of {day} is damaged, so that its settings are not known."


def _some(names: Sequence[str]) -> str:
    """Name some companies, the first of many."""
    return f"{', '.join(names[:_NAMED])}{' and others' if len(names) > _NAMED else ''}"


def _glimpse(look: Look, other: Look) -> Unknown:
    """Return that hardly anything of a website was seen, beside what another run saw."""
    pages, others = len(look.paths), len(other.paths)
    return Unknown(
        reason=Reason.NOT_CHECKED,
        detail=f"{pages} page{'' if pages == 1 else 's'} of it could be read, and {others} in the "
        f"run of {other.run.as_of:%d %b %Y}",
    )


def _other_runs(earlier: EarlierLooks, now: Snapshot) -> Iterator[str]:
    """Say which companies are compared with another run than the one before, as it visited them."""
    companies = {key: result.company for key, result in by_website(now).items()}
    for run, names in earlier.elsewhere(companies).items():
        verb, last = ("is", "its") if len(names) == 1 else ("are", "their")
        day = f"{run.as_of:%d %b %Y}"
        yield f"{_some(names)} {verb} compared with the run of {day}, {last} last visit on record."


_NAMED = 5
"""So many companies are named in a sentence."""


def _notes(before: Snapshot, now: Snapshot) -> Iterator[str]:
    """Say what keeps two runs from being alike, each in a sentence."""
    old, new = before.competitors.settings, now.competitors.settings
    if now.run.as_of < before.run.as_of:
        yield "The run that is compared with looks at a later day."
    if old.lookback_days != new.lookback_days:
        yield (
            f"This run looks back {new.lookback_days} days, the earlier one "
            f"{old.lookback_days} days."
        )
    if old.max_pages_per_site != new.max_pages_per_site:
        yield (
            f"This run read up to {new.max_pages_per_site} pages of a website, the earlier one "
            f"up to {old.max_pages_per_site}."
        )
    if old.timezone != new.timezone:
        yield f"Days begin by {new.timezone} in this run, by {old.timezone} in the earlier one."


def _of_rules(before: Snapshot, now: Snapshot) -> tuple[str, ...]:
    """Say that other rules have read the earlier run."""
    return () if before.run.rules == now.run.rules else (_RULES,)


_RULES = "The rules have changed since the earlier run, so that some changes may be ours."
