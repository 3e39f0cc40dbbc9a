"""Ask a person what one profile shows; an answer that cannot be right is asked for again."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum

from audit.model.by_hand import DAYS, Field, HandRecord, Source
from audit.typed_figures import TypedCell, TypedRow, read_rows
from reports.lacking import ToFill

PLACE = "typed on the terminal"

_QUESTIONS: Mapping[Field, str] = {
    Field.FOLLOWERS: "Followers",
    Field.LAST: "Day of the last post",
    Field.POSTS: f"Posts in the last {DAYS} days",
    Field.LIKES: "Likes of the five newest posts together",
    Field.COMMENTS: "Comments on the five newest posts together",
    Field.ABOUT: "What they write about",
}


class Turn(Enum):
    """What comes after a profile: the next one, the one before, or the end."""

    NEXT = "next"
    SKIP = "skip"
    BACK = "back"
    END = "end"


_WORDS = {
    "skip": Turn.SKIP,
    "back": Turn.BACK,
    **dict.fromkeys(("end", "quit", "exit", "stop"), Turn.END),
}
"""Answers that are none, but say where to go."""

Ask = Callable[[str], str | None]
"""Puts a question and gives what was typed; None where nothing more will come."""

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class InterviewEnd:
    """What a person was asked of one profile: the record, or None, and where to go from there."""

    record: HandRecord | None
    turn: Turn


@dataclass(slots=True, kw_only=True)
class Interview:
    """The questions of one profile; `today` and `by` are those of the person who answers.

    `cells` are the answers so far: of who comes back to a profile those of before, which Enter
    keeps.
    """

    profile: ToFill
    today: date
    by: str
    ask: Ask
    say: Say
    cells: dict[Field, TypedCell] = field(default_factory=dict)

    def held(self, now: datetime) -> InterviewEnd:
        """Put all questions; what was answered before somebody leaves is in the record."""
        fields, at = self._fields(), 0
        while at < len(fields):
            turn = self._answered(fields[at], now)
            if turn is Turn.BACK and at > 0:
                at -= 1
            elif turn is not Turn.NEXT:
                return InterviewEnd(record=self._record(now), turn=turn)
            else:
                at += 1
        return InterviewEnd(record=self._record(now), turn=Turn.NEXT)

    def _fields(self) -> tuple[Field, ...]:
        """Return what is asked: what the profile lacks, then what no robot reads there."""
        lacking = tuple(each for each in _QUESTIONS if each in self.profile.lacks)
        return (*lacking, Field.LIKES, Field.COMMENTS, Field.ABOUT)

    def _answered(self, name: Field, now: datetime) -> Turn:
        """Put one question until its answer can be right, is left out, or leads elsewhere."""
        known = self.cells.get(name)
        offer = f" (Enter: {known.value})" if known is not None and known.value else ""
        while True:
            answer = self.ask(f"  {_QUESTIONS[name]}{offer}: ")
            if answer is None:
                return Turn.END
            if (turn := _WORDS.get(answer.casefold())) is not None:
                return turn
            if answer == "" and known is not None:
                return Turn.NEXT
            self.cells[name] = TypedCell(value=answer, place=_QUESTIONS[name])
            refused = read_rows((self._row(),), Source.TERMINAL, now).refused
            if not refused:
                return Turn.NEXT
            del self.cells[name]
            if known is not None:
                self.cells[name] = known
            self.say(f'  "{refused[0].text}" is not taken: {refused[0].words}.')

    def _record(self, now: datetime) -> HandRecord | None:
        """Return what was answered; None where that tells nothing."""
        records = read_rows((self._row(),), Source.TERMINAL, now).records
        return records[0] if records else None

    def _row(self) -> TypedRow:
        """Return the answers so far."""
        return TypedRow(
            company=self.profile.key,
            platform=self.profile.channel.platform,
            url=self.profile.channel.url,
            cells=dict(self.cells),
            place=PLACE,
            saved=self.today,
            by=self.by,
        )
