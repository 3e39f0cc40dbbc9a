"""Changes between two runs as the terminal, the sheets and the results file tell them."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime

from audit.model.change import THERE, Cause, Change, Event, Side
from audit.model.changes import Changes
from audit.model.metric import Unit
from audit.model.result import RunInfo
from audit.model.value import Absent, Evidence, Known, Qualifier, Reason, Unknown
from reports.events import kpi_in_words, silence_in_words
from reports.evidence import EvidenceIndex
from reports.words import clause, counted, day_in_words, figure

Json = dict[str, object]

CAUSES: Mapping[Cause, str] = {
    Cause.REAL: "company's doing",
    Cause.RULE: "our way of looking",
    Cause.ACCESS: "not to be seen",
    Cause.WINDOW: "our settings or list",
}
"""Each cause in the words of the sheet Changes and of the terminal."""

NO_RUN_BEFORE = "This is the first run: changes are told from the next one on."
NOTHING_CHANGED = "Nothing has changed since the run of {day}."
LONGEST = 200
"""Letters of a text that are shown; a biography may be longer."""


def side_in_words(side: Side, unit: Unit | None) -> str:
    """Return what was so in a run: "12,400", "12 Oct 2026", "Discourse", "–", "asks robots …"."""
    match side:
        case Known(value=datetime() as at):
            return day_in_words(at)
        case Known(value=str() as words):
            return words if len(words) <= LONGEST else f"{words[: LONGEST - 1]}…"
        case Known(value=int() | float() as number):
            words = figure(number, unit or Unit.COUNT)
            return _marked(words, exact=side.exact, qualifiers=side.qualifiers)
        case Unknown(reason=Reason.NOT_CHECKED):
            return "not looked at"
        case Unknown(reason=reason):
            return clause(reason)
        case _:
            return "–"


def _marked(number: str, *, exact: bool, qualifiers: Sequence[Qualifier]) -> str:
    """Return a number with what is to be known of it: "at least about 4,400 (by hand)"."""
    least = "at least " if Qualifier.TRUNCATED in qualifiers else ""
    about = "" if exact else "about "
    ways = {Qualifier.MANUAL: " (by hand)", Qualifier.SAVED: " (from a saved page)"}
    way = "".join(words for mark, words in ways.items() if mark in qualifiers)
    return f"{least}{about}{number}{way}"


def headline(changes: Changes) -> str:
    """Say in one sentence how much has changed, of it what the companies did themselves.

    Where nothing could be compared of some companies a second sentence says so.
    """
    day = day_in_words(changes.before.as_of)
    count = len(changes.uncompared)
    lost = f" Of {counted(count, 'company', 'companies')} nothing could be compared."
    if not changes.changes:
        if count:
            return f"No change could be seen since the run of {day}.{lost}"
        return NOTHING_CHANGED.format(day=day)
    real = len(changes.real)
    rest = len(changes.changes) - real
    words = "1 change" if real == 1 else f"{real or 'no'} changes"
    ours = f", and {rest} that {'is' if rest == 1 else 'are'} no doing of theirs" if rest else ""
    return f"Since the run of {day}: {words} at the companies{ours}.{lost if count else ''}"


def biggest(changes: Changes, room: int) -> str:
    """Return the gravest change that is a company's own doing, as a sentence of so many letters.

    Where no company did anything it says so, with how much else has changed.
    """
    if not changes.real:
        return headline(changes)
    words = sentence(changes.real[0], changes.run.as_of)
    others = len(changes.real) - 1
    more = f" And {others} more." if others else ""
    return shortened(words, room - len(more)) + more


def biggest_of(changes: Changes, company: str, room: int) -> str:
    """Return the gravest change that a company brought about itself, without its name; "" of none.

    Cut behind a word where it is longer than so many letters.
    """
    own = [change for change in changes.real if change.company == company]
    if not own:
        return ""
    words = sentence(own[0], changes.run.as_of).removeprefix(f"{company}: ").removesuffix(".")
    more = f", {len(own) - 1} more" if len(own) > 1 else ""
    # The name of a profile says less than what became of it.
    named = _HANDLE.sub(r"\1: ", words)
    brief = [named.partition(end)[0] for end in (" (", " from ", ", before") if end in named]
    forms = (words + more, words, named + more, named, *(form + more for form in brief))
    return next((form for form in forms if len(form) <= room), shortened(named, room))


_HANDLE = re.compile(r"^(\S+) \S+: ")
"""A platform and a handle before what is told of it: "YouTube @acme: ..."."""


def shortened(words: str, room: int) -> str:
    """Return words of so many letters at most, cut behind a word and marked so."""
    if len(words) <= room:
        return words
    head, blank, _ = words[: max(0, room - 1)].rpartition(" ")
    # One long word, as a name may be, is cut all the same: nothing would be left of it.
    return f"{head.rstrip() if blank else words[: max(0, room - 1)]}…"


def now_in_words(change: Change, as_of: datetime) -> str:
    """Return what is so in the later run, which looked up to a day; of a silence since when."""
    return silence_in_words(change, as_of) or side_in_words(change.new, change.unit)


def sentence(change: Change, as_of: datetime) -> str:
    """Say one change in a sentence: "Acme Pumps: Forum is gone (it was: Discourse)."."""
    if change.kpi is not None:
        return kpi_in_words(change.kpi)
    if silence := silence_in_words(change, as_of):
        return f"{change.company}: {change.what} is {silence}."
    old, new = (side_in_words(side, change.unit) for side in (change.old, change.new))
    words = _SENTENCES[change.event]
    if THERE in {old, new}:  # of what bears no name it is enough to say that it is there
        words = words.partition(" (")[0]
    return f"{change.company}: {words.format(what=change.what, old=old, new=new)}."


_SENTENCES: Mapping[Event, str] = {
    Event.NEW: "{what} is new ({new})",
    Event.GONE: "{what} is gone (it was: {old})",
    Event.LOST: "{what} was read before and cannot be read now",
    Event.RENAMED: "{what} was called {old} before",
    Event.TAKEN_OVER: "{what} belongs to another account now",
    Event.SWITCHED: "{what} is {new}, before it was {old}",
    Event.BLOCKED: "{what} could be seen before and cannot be seen now",
    Event.READABLE: "{what} can be seen again",
    Event.UP: "{what} went up from {old} to {new}",
    Event.DOWN: "{what} went down from {old} to {new}",
    Event.BEGUN: "{what} has fallen silent",
    Event.ENDED: "{what} is in use again: a silence since {old} is over",
    Event.MOVED: "{what} is told otherwise now",
}


def not_compared(changes: Changes) -> tuple[str, ...]:
    """Say what of the runs is damaged, and of which companies nothing could be compared."""
    names = ", ".join(changes.uncompared[:_NAMED])
    more = " and others" if len(changes.uncompared) > _NAMED else ""
    lost = (f"Nothing could be compared of {names}{more}.",) if names else ()
    return (*changes.damage, *lost)


_NAMED = 5
"""So many companies are named in a sentence."""


def changes_as_json(changes: Changes | None, index: EvidenceIndex | None = None) -> Json | None:
    """Return all changes for other programs; None for a first run.

    With the evidence of the report, whose ids are named; without it each side has its addresses.
    """
    if changes is None:
        return None
    return {
        "before": _run(changes.before),
        "run": _run(changes.run),
        "like_with_like": changes.like_with_like,
        "notes": [*not_compared(changes), *changes.notes],
        "not_compared": list(changes.uncompared),
        "changes": [_change(change, index) for change in changes.changes],
    }


def first_run_as_json(run: RunInfo) -> Json:
    """Return that nothing is compared, as there is no run before."""
    return {
        "before": None,
        "run": _run(run),
        "like_with_like": False,
        "notes": [NO_RUN_BEFORE],
        "not_compared": [],
        "changes": [],
    }


def _run(run: RunInfo) -> Json:
    """Return which run one side is of."""
    return {"id": run.id, "as_of": run.as_of.isoformat(), "rules_version": run.rules_version}


def _change(change: Change, index: EvidenceIndex | None) -> Json:
    """Return one change."""
    return {
        "company": change.company,
        "type": change.type.value,
        "event": change.event.value,
        "subject": change.subject,
        "what": change.what,
        "url": change.url or None,
        "old": side_as_json(change.old),
        "new": side_as_json(change.new),
        "unit": change.unit.value if change.unit is not None else None,
        "severity": change.severity.value,
        "cause": change.cause.value,
        "why": change.why,
        "old_run": change.old_run,
        "new_run": change.new_run,
        "old_evidence": _places(change.old_evidence),
        "new_evidence": _places(change.evidence),
        "evidence": index.ids(change.evidence) if index is not None else [],
    }


def side_as_json(side: Side) -> Json:
    """Return what was so in a run, in the form of all values of the results file."""
    match side:
        case Known(value=value, exact=exact):
            shown = value.isoformat() if isinstance(value, datetime) else value
            return {"value": shown, "exact": exact}
        case Absent(detail=detail):
            return {"none": True, "detail": detail}
        case Unknown(reason=reason, detail=detail):
            return {"unknown": reason.value, "detail": detail}


def _places(evidence: Sequence[Evidence]) -> list[Json]:
    """Return where one side was seen and by which rule; without times, which differ by the run."""
    return [{"url": proof.url, "rule": proof.rule} for proof in evidence]
