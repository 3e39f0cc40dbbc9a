"""Sheet Fill in: what a person can read where the program may not, with a box for each figure."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from audit.model.by_hand import Field, HandRecord, day_in_words
from audit.model.hand_records import told_of
from reports.lacking import LACK_WORDS, ToFill, figure_of, minutes, place_of, to_fill, word_of
from reports.people import (
    EXAMPLE,
    EXAMPLE_NAME,
    EXAMPLE_ROW,
    FILL,
    PersonsWord,
    Place,
    Yours,
    mark_in,
)
from reports.report import Report
from reports.sheets._base import Sheet
from reports.tables import (
    EMPTY,
    Cell,
    Column,
    ColumnKind,
    Importance,
    Row,
    Sentence,
    Table,
    Tone,
    ToWeb,
)
from reports.words import capital, counted

_COUNT = "A whole number such as 12400; 12.4k is fine, too. 0 where there is none."
_DAY = "A day such as 2026-10-03, not after today."
_BOXES = (
    (Field.FOLLOWERS, ColumnKind.FIGURE, f"How many follow. {_COUNT}"),
    (
        Field.POSTS,
        ColumnKind.FIGURE,
        f"Posts of the 30 days before you look. {_COUNT} Or an average: 2.5 a week.",
    ),
    (Field.LAST, ColumnKind.DAY, f"When the newest post appeared. {_DAY}"),
    (
        Field.LIKES,
        ColumnKind.FIGURE,
        f"Likes of the five newest posts together. {_COUNT} Or 42 per post.",
    ),
    (
        Field.COMMENTS,
        ColumnKind.FIGURE,
        f"Comments on the five newest posts together. {_COUNT} Or 4 per post.",
    ),
    (Field.ABOUT, ColumnKind.TEXT, "A few words, such as: new products, jobs."),
    (Field.ON, ColumnKind.DAY, f"When you looked. {_DAY} Left empty: the day you saved this file."),
    (Field.BY, ColumnKind.WORD, "Your name, so that others know whom to ask."),
)
_PAST = (Field.LAST, Field.ON)

_COLUMNS = (
    Column(title="Company", kind=ColumnKind.COMPANY),
    Column(title="Channel", importance=Importance.KEY),
    Column(title="Open this page", kind=ColumnKind.ADDRESS),
    Column(title="What is missing", kind=ColumnKind.TEXT, importance=Importance.DETAIL),
    *(
        Column(title=yours.title, kind=kind, yours=yours)
        for yours, kind in (
            (Yours(sheet=FILL, field=field, asks=asks, past=field in _PAST), kind)
            for field, kind, asks in _BOXES
        )
    ),
)


def draw(report: Report) -> Table:
    """Return the sheet: an example, then a row a profile, the most telling first."""
    rows = _to_fill(report)
    return Table(
        title="Figures that you can fill in",
        finding=_finding(rows),
        key=(
            "Open the page, type what it shows, save this file",
            "the next audit reads it; at once: audit report",
            "? for what is not shown there",
            "a changed box counts as of the day you save",
            "top rows tell most",
        ),
        columns=_COLUMNS,
        rows=[_example(), *_rows(report, rows)],
    )


def _to_fill(report: Report) -> tuple[ToFill, ...]:
    """Return the profiles that lack something, or of which only people know it."""
    channels = (channel for result in report.results for channel in result.channels)
    records = dict.fromkeys(record for channel in channels for record in channel.told)
    return to_fill(report.results, records, date.min)


def _finding(rows: Sequence[ToFill]) -> Sentence:
    """Return how many profiles wait for a figure, and about how long it takes to fill them in."""
    waiting = sum(bool(each.lacks) for each in rows)
    done = len(rows) - waiting
    known = (
        f" {capital(counted(done, 'profile'))} {'shows' if done == 1 else 'show'} what you read."
    )
    if not waiting:
        return (("Nothing waits to be filled in.", True), (known if done else "", False))
    took = counted(minutes(waiting), "minute")
    return (
        (capital(counted(waiting, "profile")), True),
        (f" could not be read in full; you can fill in what is missing in about {took}.", False),
        (known if done else "", False),
    )


def _example() -> Row:
    """Return the row that shows how a profile is filled in."""
    words = (EXAMPLE_NAME, "LinkedIn", "", "followers, last post")
    boxes = (Cell(PersonsWord(EXAMPLE[field]), tone=Tone.REASON) for field, _, _ in _BOXES)
    return Row(
        [*(Cell(word, tone=Tone.REASON) for word in words), *boxes],
        id=EXAMPLE_ROW,
        about=EXAMPLE_NAME,
        # By none of these is it known again, so that what was typed over it is no word of it.
        texts=(EXAMPLE_ROW,),
    )


def _rows(report: Report, rows: Sequence[ToFill]) -> Iterator[Row]:
    """Give a row a profile; what is known from people comes behind what is missing."""
    for at, each in enumerate(rows):
        title, url = report.names.platform(each.channel.platform), each.channel.url
        place = place_of(each, title)
        before = rows[at - 1] if at else None
        yield Row(
            [
                Cell(each.company),
                Cell(title),
                Cell(url, to=ToWeb(url)),
                Cell(_missing(report, each)),
                *(_box(report, each, place, field) for field, _, _ in _BOXES),
            ],
            subject=each.company,
            begins=before is None or (bool(before.lacks) and not each.lacks),
            id=place.row,
            also=place.also,
            about=place.about,
            texts=place.texts,
        )


def _missing(report: Report, each: ToFill) -> str:
    """Return what nobody knows, what was known before, and what people read and when."""
    parts = [", ".join(LACK_WORDS[lack] for lack in each.lacks)]
    if each.earlier is not None and Field.FOLLOWERS in each.lacks:
        count, on = each.earlier
        parts.append(f"{count:,} followers{f' on {day_in_words(on)}' if on else ' before'}")
    if Field.FOLLOWERS in each.by_hand and told_of(Field.FOLLOWERS, each.records) is None:
        parts.append("followers stand in the list of companies")
    if each.records:
        parts.append(_read(each.records[0], report.snapshot.run.as_of))
    return "; ".join(filter(None, parts))


def _read(record: HandRecord, until: datetime) -> str:
    """Return who read a profile, when, and how long ago that was."""
    days = max(0, (until.date() - record.on).days)
    ago = "today" if not days else f"{days} day{'' if days == 1 else 's'} ago"
    return f"{record.whence} on {day_in_words(record.on)}, {ago}"


def _box(report: Report, each: ToFill, place: Place, field: Field) -> Cell:
    """Return a box: what people told, what was refused in it with the reason, or nothing yet."""
    typed = report.kept.word(place, field)
    refusal = report.past.boxes.get(mark_in(place, field, typed)) if typed is not None else None
    if typed is not None and refusal:
        holds = figure_of(each.records, field)
        aside = f"Not taken: {refusal}." + (f" Until then {holds} counts." if holds else "")
        return Cell(PersonsWord(typed), tone=Tone.ALERT, aside=aside)
    if typed is not None and refusal is None:
        return EMPTY  # not looked at yet, and put back as it is
    word = word_of(each.records, field)
    if word is not None:
        return Cell(PersonsWord(word))
    # Of a period that is over: the history has it, and the box is free for what is so now.
    return Cell(PersonsWord("")) if typed is not None else EMPTY


def _wanted(report: Report) -> bool:
    """Tell whether there is a profile to fill in, or one that shows what people read."""
    return bool(_to_fill(report))


SHEET = Sheet(
    name="Fill in",
    order=42,
    draw=draw,
    of_all=True,
    wanted=_wanted,
    answers="What can be read by hand, and where?",
    for_people=True,
)
