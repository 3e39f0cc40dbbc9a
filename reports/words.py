"""The words of the workbook: figures rounded once, reasons explained, names for readers."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from audit.model import by_hand
from audit.model.catalogue import Catalogue
from audit.model.errors import ConfigError
from audit.model.metric import Metric, Unit
from audit.model.rounding import rounded
from audit.model.value import (
    Absent,
    Evidence,
    Known,
    Moment,
    Number,
    Qualifier,
    Reason,
    Unknown,
)
from audit.model.visit import Note
from audit.model.what_helps import help_on
from config.catalogue import load_catalogue
from reports.cases import wording_of
from reports.reasons import WORDINGS

_NUMBERS = (
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)


def figure(value: float, unit: Unit) -> str:
    """Return a figure in a sentence: the same digits as in its cell."""
    number = rounded(value, unit)
    if unit is Unit.SHARE:
        return f"{number * 100:.0f}%"
    return f"{number:,.1f}" if isinstance(number, float) else f"{number:,}"


STEPS: Sequence[tuple[int, int, str]] = ((1_000_000, 1, "M"), (10_000, 0, "k"), (1_000, 1, "k"))
"""From which number on how many decimals of which thousands tell enough; less is told whole."""


def compact(number: float) -> str:
    """Return a count for a narrow cell: `950`, `1.2k`, `12k`, `1.2M`."""
    for least, decimals, letter in STEPS:
        if number >= least:
            size = Decimal(str(number)) / (1_000_000 if letter == "M" else 1_000)
            step = Decimal(1).scaleb(-decimals)
            return f"{size.quantize(step, ROUND_HALF_UP):f}{letter}"
    return f"{number:,.0f}"


def value_in_words(value: Number, unit: Unit) -> str:
    """Return a value in a sentence: the figure, `none`, or why not: `? behind a login`."""
    match value:
        case Known(value=number):
            return figure(number, unit)
        case Absent():
            return "none"
        case Unknown():
            return f"? {in_short(value)}"


def counted(number: int, one: str, many: str = "") -> str:
    """Return a number with its noun: `one company`, `14 companies`."""
    word = _NUMBERS[number] if 0 <= number < len(_NUMBERS) else f"{number:,}"
    return f"{word} {one if number == 1 else many or one + 's'}"


def of_all(number: int, one: str, many: str = "") -> str:
    """Return a whole behind its part, in digits as the part is: `8 websites` in `2 of 8`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def capital(sentence: str) -> str:
    """Return the sentence with a capital letter."""
    return sentence[:1].upper() + sentence[1:]


def listed(names: Sequence[str], limit: int = 3) -> str:
    """Return names in a row: `A, B and C`; beyond the limit the rest is counted."""
    if len(names) <= limit:
        return " and ".join(part for part in (", ".join(names[:-1]), *names[-1:]) if part)
    return f"{', '.join(names[:limit])} and {len(names) - limit} more"


def day_in_words(at: date) -> str:
    """Return a day such as `23 Nov 2026`, in English whatever the machine speaks."""
    return by_hand.day_in_words(at)


def with_day(excerpt: str) -> str:
    """Return the words of a proof for readers: its day, which stands at an end, as they say it.

    `Cold brew · 2026-05-19` becomes `Cold brew · 19 May 2026`; a day amid a title is the title's.
    """
    return _DAY.sub(_spoken, excerpt)


def _spoken(day: re.Match[str]) -> str:
    """Return a day as readers say it; what is no day, such as `2026-13-40`, as it is."""
    try:
        return day_in_words(date.fromisoformat(day[0]))
    except ValueError:
        return day[0]


_DAY = re.compile(r"^\d{4}-\d{2}-\d{2}(?= )|(?<= · )\d{4}-\d{2}-\d{2}$", re.ASCII)


def catalogue_of(extra: Sequence[Path]) -> Catalogue:
    """Return the catalogue of a run; a file of the user's that is gone is done without."""
    try:
        return load_catalogue(extra)
    except ConfigError:
        return load_catalogue()


class Names:
    """Names of platforms and features as readers know them; platforms from the catalogue."""

    def __init__(self, catalogue: Catalogue) -> None:
        """Take the titles of a catalogue."""
        self._titles = {rule.name: rule.title for rule in catalogue.platforms}
        self._kinds = {rule.name: rule.kind for rule in catalogue.platforms}

    def platform(self, name: str) -> str:
        """Return the title of a platform, such as `YouTube`."""
        return self._titles.get(name) or capital(name.replace("-", " "))

    def kind(self, platform: str) -> str:
        """Return the kind of a platform, such as `video`; "" for one that is in no rule."""
        return self._kinds.get(platform, "")

    def feature(self, name: str) -> str:
        """Return the name of a feature, such as `Knowledge base`."""
        if name in ("cms", "api", "rss"):
            return name.upper()
        return capital(name.replace("-", " "))

    def channel(self, name: str) -> str:
        """Return the name of a section of the own site or of a platform."""
        return self._titles.get(name) or self.feature(name)


def in_short(value: Unknown) -> str:
    """Return why something is not known in 16 characters at most: `behind a login`."""
    return wording_of(value).short


def explained(reason: Reason, detail: str = "") -> tuple[str, str]:
    """Return why something is unknown, and what would help; a sentence each."""
    words = wording_of(Unknown(reason=reason, detail=detail))
    return words.why, words.helps or _sentence(help_on(reason))


def helps(note: Note, names: Names) -> str:
    """Return what would help against what a note tells; a key by the network that gives it.

    The note itself names the variable in which whoever starts the audit puts the key.
    """
    words = note.help or explained(note.reason)[1]
    if note.reason is Reason.NEEDS_KEY and note.what.startswith("channel."):
        network = names.platform(note.what.split(".")[1])
        words = f"fill in the figure on sheet Fill in, or use a key for {network} (docs/keys.md)"
    # Backticks mark commands on the terminal; in a cell they are only odd signs.
    return words.replace("`", "")


def clause(reason: Reason, detail: str = "") -> str:
    """Return a reason as the end of a sentence about a site or a profile: `did not answer`."""
    return wording_of(Unknown(reason=reason, detail=detail)).clause


def company_clause(name: str, reason: Reason) -> str:
    """Return why a company could not be read: "Porto Grão's site did not answer".

    That robots shall stay away is asked by the company; all else its site does.
    """
    if reason is Reason.ROBOTS:
        return f"{name} {clause(reason)}"
    whose = f"{name}'" if name.endswith("s") else f"{name}'s"
    return f"{whose} site {clause(reason)}"


def unknown_note(value: Unknown) -> str:
    """Return the note of an unknown: why, and what helps if anything does."""
    words = wording_of(value)
    # A case of its own, such as too few posts, says all in its sentence.
    is_case = words != WORDINGS[value.reason]
    helps = words.helps or ("" if is_case else _sentence(help_on(value.reason)))
    return "\n".join(filter(None, (words.why, helps)))


def _sentence(text: str) -> str:
    """Return a clause as a sentence."""
    return f"{capital(text)}."


_BY_HAND = ("by-hand", "config.manual")
"""How a figure that a person told was recognised."""


def person_note(value: Number | Moment, until: datetime) -> str:
    """Return who read a figure by hand or when its page was saved, and how old it is by now.

    "" for any other value.
    """
    if not isinstance(value, Known):
        return ""
    told = list[str]()
    if Qualifier.MANUAL in value.qualifiers:
        told += [_with_age(each, until) for each in value.evidence if each.rule in _BY_HAND]
    saved = [each for each in value.evidence if each.saved]
    if Qualifier.SAVED in value.qualifiers and saved:
        newest = max(saved, key=lambda each: each.fetched_at)
        part = "From" if len(saved) == len(value.evidence) else "In part from"
        day = day_in_words(newest.fetched_at)
        # The file is named, too, as of two notes of a row that say the same one is left out.
        told.append(f"{part} {newest.file}, a page that was saved on {day}, {_age(newest, until)}.")
    return "\n".join(told)


def _with_age(proof: Evidence, until: datetime) -> str:
    """Return what was read by whom and when, how long ago that is, and what they write about."""
    read, _, about = proof.excerpt.partition("; ")
    return f"{capital(read)}, {_age(proof, until)}{f'; {about}' if about else ''}."


def _age(proof: Evidence, until: datetime) -> str:
    """Return how many days before the end of the period something was read."""
    days = max(0, (until.date() - proof.fetched_at.date()).days)
    return "today" if not days else f"{days} day{'' if days == 1 else 's'} ago"


def formerly_note(note: str, before: Known[int] | Known[float], on: date | None = None) -> str:
    """Return the note of an unknown with the day on which a figure was last read."""
    read = max((each.fetched_at.date() for each in before.evidence), default=None)
    when = on or read
    return f"{note}\nRead on {day_in_words(when)}." if when else note


def phrase(metric: Metric, value: str) -> tuple[str, str, str]:
    """Return a figure of a metric as a phrase: what stands before it, it with its unit, behind."""
    words = metric.phrase
    # "at least 1" is of one, too.
    one = value.rpartition(" ")[2] == "1"
    unit = words.one if one and words.one else words.unit
    # A figure that a person points at has a name and no unit.
    return words.before, f"{value} {unit}".rstrip(), words.after
