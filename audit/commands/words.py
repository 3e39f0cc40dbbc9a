"""Small words that several commands say: numbers with their nouns, and what went wrong."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from audit.model.result import CompanyResult
from audit.model.value import Reason
from audit.model.visit import Note
from reports.seen import cut_lists, not_seen, own_profiles, told_profiles, unread_profiles
from reports.words import Names, catalogue_of, clause, listed, of_all

_LONGEST = 200
"""A detail may hold what a server sent; so many characters of it are enough for a line."""

_PARTS: Mapping[str, str] = {
    "website": "the website",
    "archive": "what is saved of its pages",
    "history": "its line in the history",
    "channels": "its profiles",
}
"""What a note is about, as the subject of a sentence."""

_MOST_PLATFORMS = 4
"""Platforms that one reason names; the others are counted."""

_MOST_REASONS = 4
"""Reasons for which profiles could not be opened that are told, the most frequent first."""

_TOLD_ONCE = frozenset({Reason.STORAGE, Reason.INTERRUPTED})
"""Reasons that are explained once for the whole run, not again for each company."""


def counted(number: int, one: str, many: str) -> str:
    """Return a number with its noun, such as `1 company` or `3 companies`."""
    return f"{number:,} {one if number == 1 else many}"


def outcome(result: CompanyResult) -> str:
    """Return in a few words how a company's visit ended.

    Such as `incomplete: the website asks robots to stay away`. `complete` is said only where
    everything was seen: beside a list that was cut off, or a profile that could not be read, it is
    `read; one list of posts cut off`.
    """
    broken = dict.fromkeys(why(note, result) for note in result.notes if note.incomplete)
    if broken:
        return f"incomplete: {'; '.join(broken)}"
    lacking = not_seen(result)
    return f"read; {', '.join(lacking)}" if lacking else "complete"


def why(note: Note, result: CompanyResult | None = None) -> str:
    """Return what a note says of its part, such as `the website did not answer`.

    A figure that the list points at goes by the name that it has there.
    """
    if note.what == "archive" and note.reason is Reason.STORAGE:
        # A disk that was full and a file that was damaged since come to the same.
        return f"{_PARTS['archive']} is not whole"
    return f"{_subject(note.what, result)} {clause(note.reason)}"


def _subject(what: str, result: CompanyResult | None) -> str:
    """Return what a note is about as readers call it; its name in the program stays inside."""
    figures = result.company.figures if result is not None else ()
    named = next((f"“{each.name}”" for each in figures if each.metric == what), "")
    if named or what in _PARTS:
        return named or _PARTS[what]
    kind, _, rest = what.partition(".")
    if kind == "channel" and rest:
        return f"its profile on {Names(catalogue_of(())).platform(rest.partition('.')[0])}"
    return f"the {what.replace('.', ' ').replace('_', ' ').replace('-', ' ')}"


def all_of_it_seen(results: Iterable[CompanyResult]) -> int:
    """Count the companies that were read in full: those whose outcome is `complete`."""
    return sum(outcome(result) == "complete" for result in results)


def given_up(result: CompanyResult) -> tuple[str, ...]:
    """Say of each section that had posts in the run before that its page is gone."""
    return tuple(f"{result.company.name}: {note.what}: {note.detail}" for note in result.given_up)


def outcome_in_short(result: CompanyResult) -> str:
    """Return how much was seen of a company, for a narrow column: all, `in part` or `not all`."""
    told = outcome(result)
    if told == "complete":
        return "all"
    return "in part" if told.startswith("read; ") else told.removeprefix("incomplete: ")


def seen_in_all(results: Sequence[CompanyResult]) -> str:
    """Say what was and what was not seen of all companies.

    `2 of 3 websites read; 12 of 37 profiles could be opened. Not opened: LinkedIn (6) and …`
    """
    sites = sum(bool(result.measures) and not _is_lost(result) for result in results)
    own = sum(len(own_profiles(result)) for result in results)
    opened = own - sum(len(unread_profiles(result)) for result in results)
    cut = sum(len(cut_lists(result)) for result in results)
    parts = [
        f"{sites} of {of_all(len(results), 'website', 'websites')} read",
        f"{opened:,} of {of_all(own, 'profile', 'profiles')} could be opened" if own else "",
        f"{counted(cut, 'list of posts shows', 'lists of posts show')} only the newest"
        if cut
        else "",
    ]
    sentences = [f"{'; '.join(part for part in parts if part)}."]
    if opened < own:
        sentences.append(f"Not opened: {'; '.join(_not_opened(results))}.")
        told = sum(len(told_profiles(result)) for result in results)
        sentences += [f"Of {told:,} of them the posts are filled in."] if told else []
        sentences.append("See sheets Fill in and Coverage.")
    elif all_of_it_seen(results) < len(results):
        sentences.append("See sheet Coverage.")
    return " ".join(sentences)


def _not_opened(results: Sequence[CompanyResult]) -> Iterator[str]:
    """Yield for each reason the platforms of the profiles that could not be opened for it.

    `LinkedIn (6) and Facebook (2), each of which asks robots to stay away`.
    """
    names = Names(catalogue_of(()))
    platforms: dict[str, Counter[str]] = {}
    for channel in (each for result in results for each in unread_profiles(result)):
        told = clause(channel.unread.reason) if channel.unread else "could not be read"
        platforms.setdefault(told, Counter())[names.platform(channel.platform)] += 1
    reasons = sorted(platforms.items(), key=lambda item: -item[1].total())
    for told, counts in reasons[:_MOST_REASONS]:
        row = listed([f"{name} ({n})" for name, n in counts.most_common()], _MOST_PLATFORMS)
        yield f"{row}, {'each of ' if len(counts) > 1 else ''}which {told}"
    if rest := sum(counts.total() for _, counts in reasons[_MOST_REASONS:]):
        yield f"and {rest} more for other reasons"


def _is_lost(result: CompanyResult) -> bool:
    """Tell whether nothing of a company's website could be read."""
    return any(note.what == "website" and note.incomplete for note in result.notes)


def outcome_in_full(result: CompanyResult) -> str:
    """Return how a company's visit ended: what was not read and why, and what to do.

    `incomplete: the website did not answer (HTTP 503). To do: run again later.`
    """
    broken = [note for note in result.notes if note.incomplete]
    if not broken:
        return outcome(result)
    parts = dict.fromkeys(f"{why(note, result)}{_detail(note)}" for note in broken)
    advice = dict.fromkeys(note.help for note in broken if note.reason not in _TOLD_ONCE)
    to_do = f". To do: {'; '.join(advice)}." if advice else ""
    return f"incomplete: {'; '.join(parts)}{to_do}"


def _detail(note: Note) -> str:
    """Return the detail of a note in brackets; none where the whole run is told it once."""
    is_told = note.reason in _TOLD_ONCE or not note.detail
    return "" if is_told else f" ({note.detail[:_LONGEST].rstrip('.')})"
