"""Small words that several commands say: numbers with their nouns, and what went wrong."""

from audit.model.result import CompanyResult
from audit.model.value import Reason
from audit.model.visit import Note
from reports.words import explained

_LONGEST = 200
"""A detail may hold what a server sent; so many characters of it are enough for a line."""

_TOLD_ONCE = frozenset({Reason.STORAGE, Reason.INTERRUPTED})
"""Reasons that are explained once for the whole run, not again for each company."""


def counted(number: int, one: str, many: str) -> str:
    """Return a number with its noun, such as `1 company` or `3 companies`."""
    return f"{number:,} {one if number == 1 else many}"


def outcome(result: CompanyResult) -> str:
    """Return in a few words how a company's visit ended, such as `incomplete: website robots`."""
    broken = [f"{note.what} {note.reason}" for note in result.notes if note.incomplete]
    return f"incomplete: {'; '.join(broken)}" if broken else "complete"


def outcome_in_full(result: CompanyResult) -> str:
    """Return how a company's visit ended: the reason's word, what it means, and what to do."""
    broken = [note for note in result.notes if note.incomplete and note.reason not in _TOLD_ONCE]
    return " ".join([outcome(result) + ("." if broken else ""), *map(_in_words, broken)])


def _in_words(note: Note) -> str:
    """Return what a note's reason means, its detail in brackets, and what to do."""
    meaning, _ = explained(note.reason)
    detail = f" ({note.detail[:_LONGEST]})" if note.detail else ""
    return f"{meaning.rstrip('.')}{detail}. To do: {note.help}."
