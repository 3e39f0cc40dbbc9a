"""Small words that several commands say: numbers with their nouns, and what went wrong."""

from collections.abc import Iterable, Sequence

from audit.model.result import CompanyResult
from audit.model.value import Reason
from audit.model.visit import Note
from reports.seen import cut_lists, not_seen, own_profiles, unread_profiles
from reports.words import explained, of_all

_LONGEST = 200
"""A detail may hold what a server sent; so many characters of it are enough for a line."""

_TOLD_ONCE = frozenset({Reason.STORAGE, Reason.INTERRUPTED})
"""Reasons that are explained once for the whole run, not again for each company."""


def counted(number: int, one: str, many: str) -> str:
    """Return a number with its noun, such as `1 company` or `3 companies`."""
    return f"{number:,} {one if number == 1 else many}"


def outcome(result: CompanyResult) -> str:
    """Return in a few words how a company's visit ended, such as `incomplete: website robots`.

    `complete` is said only where everything was seen: beside a list that was cut off, or a profile
    that could not be read, it is `read; one list of posts cut off`.
    """
    broken = [f"{note.what} {note.reason}" for note in result.notes if note.incomplete]
    if broken:
        return f"incomplete: {'; '.join(broken)}"
    lacking = not_seen(result)
    return f"read; {', '.join(lacking)}" if lacking else "complete"


def all_of_it_seen(results: Iterable[CompanyResult]) -> int:
    """Count the companies that were read in full: those whose outcome is `complete`."""
    return sum(outcome(result) == "complete" for result in results)


def given_up(result: CompanyResult) -> tuple[str, ...]:
    """Say of each section that had posts in the run before that its page is gone."""
    return tuple(f"{result.company.name}: {note.what}: {note.detail}" for note in result.given_up)


def outcome_in_short(result: CompanyResult) -> str:
    """Return how a company's visit ended for a narrow column: `in part` for all not seen of it."""
    told = outcome(result)
    return "in part" if told.startswith("read; ") else told


def seen_in_all(results: Sequence[CompanyResult]) -> str:
    """Say what was seen of all companies: `2 of 3 websites read; 12 of 37 profiles could be …`."""
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
    whole = "; ".join(part for part in parts if part)
    in_full = all_of_it_seen(results) == len(results)
    return f"{whole}." if in_full else f"{whole}: see sheet Coverage."


def _is_lost(result: CompanyResult) -> bool:
    """Tell whether nothing of a company's website could be read."""
    return any(note.what == "website" and note.incomplete for note in result.notes)


def outcome_in_full(result: CompanyResult) -> str:
    """Return how a company's visit ended: the reason's word, what it means, and what to do."""
    broken = [note for note in result.notes if note.incomplete and note.reason not in _TOLD_ONCE]
    return " ".join([outcome(result) + ("." if broken else ""), *map(_in_words, broken)])


def _in_words(note: Note) -> str:
    """Return what a note's reason means, its detail in brackets, and what to do."""
    meaning, _ = explained(note.reason)
    detail = f" ({note.detail[:_LONGEST]})" if note.detail else ""
    return f"{meaning.rstrip('.')}{detail}. To do: {note.help}."
