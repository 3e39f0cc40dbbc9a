"""What `audit import` says of a table: what was understood, taken, left aside, and what is next."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from audit.commands.words import counted
from audit.model.by_hand import HandRecord
from audit.model.by_hand import day_in_words as in_words
from audit.model.hand_words import record_in_words
from audit.tables.headings import Column, Of
from audit.tables.names import Names
from audit.tables.news import News
from audit.tables.reading import TableRead
from audit.tables.whose import Lack, Stranger
from config.table_words import TableField
from reports.words import listed

_ALOUD = 3
"""Records that are read out, so that a person sees whether they were understood."""

_NAMED = 8
"""Columns, measures and names of one kind that are told; the others are counted."""

_REFUSED = 10
"""Cells that were not taken and are told one by one."""

_TWICE = 5
"""Figures that another source tells otherwise and are told one by one."""

_WORDS = {
    TableField.LAST_POST: "day of the last post",
    TableField.ON: "day",
    TableField.START: "first day",
    TableField.DAYS: "days covered",
    TableField.ABOUT: "what they write about",
    TableField.ADDRESS: "address",
}
"""What a column holds, where its name alone does not say it."""


_STRANGE = {
    Lack.COMPANY: (
        "not in the list",
        "add the name under `aliases:` of its company",
        "of which nobody says of what company they are (--company NAME)",
    ),
    Lack.CHANNEL: (
        "no network that is known",
        "correct the name, or leave the rows out",
        "of which nobody says of what network they are (--channel NAME)",
    ),
    Lack.DAY: ("", "", "in rows that tell no day (--on YYYY-MM-DD)"),
    Lack.CLASH: (
        "told of two profiles at once",
        "correct the rows",
        "told of two profiles at once",
    ),
}
"""What is said of names that are not known, what helps, and what of figures without any name."""

_OF = {Of.PERIOD: "", Of.POST: " of one post", Of.LAST_POSTS: " of the last five posts"}


def understood(table: TableRead, names: Names) -> Iterator[str]:
    """Yield what was understood of a table: where its rows are, and what each column is."""
    where = f"sheet “{table.sheet}”" if table.sheet else table.notation
    rows = counted(table.told.rows, "row", "rows")
    yield f"{table.file}: {rows} below the headings in row {table.header.number} ({where})."
    columns = [
        f"“{column.title}” is {meaning}"
        for column in table.header.columns
        if (meaning := _meaning(column, names))
    ]
    yield f"Understood: {'; '.join(columns)}."
    asked = table.layout.asked
    if asked.on is not None and not table.header.of(TableField.ON):
        days = f", its counts of {asked.days} days" if asked.days else ""
        yield f"All rows are of {in_words(asked.on)}{days}."


def taken(names: Names, records: Sequence[HandRecord]) -> Iterator[str]:
    """Yield how many rows tell of which company, and the first records in plain words."""
    companies = Counter(record.company for record in records)
    days = {record.on for record in records}
    told = [f"{names.titles.get(key, key)} ({number:,})" for key, number in companies.most_common()]
    if days:
        span = _between(min(days), max(days))
        yield f"Entries of {span}, one a profile and day: {', '.join(told)}."
        yield "For example:"
        yield from (f"  {_aloud(record, names)}" for record in records[:_ALOUD])


def left_out(table: TableRead) -> Iterator[str]:
    """Yield what was not taken, and why."""
    gains = table.header.gains
    columns = table.header.of(TableField.ASIDE)
    aside = [f"“{column.title}”" for column in columns if column.title not in gains]
    aside += [f"“{text}” ({number:,})" for text, number in table.told.aside.most_common()]
    if aside:
        yield f"Left aside, as nothing is compared by it: {listed(aside, _NAMED)}."
    if gains:
        quoted = listed([f"“{title}”" for title in gains], _NAMED)
        yield f'New followers alone: {quoted}. If it is all: --map "{gains[0]}=followers".'
    unknown = [column.title for column in table.header.columns if column.field is None]
    if unknown:
        quoted = listed([f"“{title}”" for title in unknown], _NAMED)
        yield f'Not understood: {quoted}. Say what it is: --map "{unknown[0]}=followers".'
        if table.header.pivoted:
            yield "If it is a company, add the name under `aliases:` of that company."
    if table.told.sums:
        yield f"{counted(table.told.sums, 'row adds', 'rows add')} up others, and was not taken."
    if table.settled.thinned:
        yield "Of several days of a month the last one is kept."
    yield from _without_period(table)
    yield from _strangers(table.told.strangers)
    yield from _refused(table)


def _without_period(table: TableRead) -> Iterator[str]:
    """Yield which counts nobody knows the period of."""
    if number := table.settled.without_days:
        told = counted(number, "number of posts was", "numbers of posts were")
        yield f"{told} left aside: of how many days are they? Add --days 30."
    if number := table.settled.without_posts:
        told = counted(
            number, "number of likes or comments was", "numbers of likes or comments were"
        )
        yield f"{told} left aside: nobody says of how many posts they are."


def _strangers(strangers: Counter[Stranger]) -> Iterator[str]:
    """Yield the companies and channels that are not known, with what to do."""
    for lack, (what, helps, untold) in _STRANGE.items():
        found = [(each.text, n) for each, n in strangers.most_common() if each.lack is lack]
        told = [f"“{text}” ({counted(n, 'figure', 'figures')})" for text, n in found if text]
        if told:
            yield f"Not taken, as {what}: {listed(told, _NAMED)}; {helps}."
        if lost := sum(number for text, number in found if not text):
            yield f"Not taken: {counted(lost, 'figure', 'figures')} {untold}."


def _refused(table: TableRead) -> Iterator[str]:
    """Yield the cells that were refused, each in a sentence."""
    refused = table.told.refused
    if refused:
        yield f"Not taken, {counted(len(refused), 'cell', 'cells')}:"
        yield from (f"  {each.sentence}" for each in refused[:_REFUSED])
    if len(refused) > _REFUSED:
        yield f"  and {len(refused) - _REFUSED:,} more."


def unseen(records: Sequence[HandRecord], names: Names, list_name: str) -> Iterator[str]:
    """Yield the profiles that no run has found, so that their figures would be shown nowhere."""
    if not names.seen:
        return
    known = {profile.url.casefold() for profile in names.by_address.values()}
    lost = dict[str, None]()
    for record in records:
        has_platform = record.platform in names.seen.get(record.company, ())
        if not (record.url.casefold() in known if record.url else has_platform):
            company, platform = _named(record, names)
            lost[record.url or f"{company} on {platform}"] = None
    if lost:
        yield (
            f"No run has found these profiles yet: {listed(list(lost), _NAMED)}. Write them under "
            f"`channels:` in {list_name}: the next run shows their figures."
        )


def added(news: News, *, dry_run: bool) -> str:
    """Say what is new for the history, or would be."""
    profiles = len({(each.company, each.platform, each.url) for each in news.records})
    there = f"; {counted(news.same, 'was', 'were')} there already" if news.same else ""
    if not news.figures:
        return f"Nothing is new{there}. Nothing was changed."
    figures = counted(news.figures, "figure", "figures")
    told = f"{figures} of {counted(profiles, 'profile', 'profiles')}"
    if dry_run:
        return f"{told} would be taken{there}. Nothing was changed (--dry-run)."
    return f"Taken: {told}{there}."


def twice(news: News) -> Iterator[str]:
    """Yield what of the new figures another source tells otherwise for the same day."""
    yield from (each.sentence for each in news.twice[:_TWICE])
    if len(news.twice) > _TWICE:
        rest = counted(len(news.twice) - _TWICE, "figure is", "figures are")
        yield f"{rest} told twice as well: those of the table hold, as they are told now."


def _meaning(column: Column, names: Names) -> str:
    """Return what a column is, in words; "" where it is not taken."""
    heading = column.heading
    if heading.field is None or heading.field is TableField.ASIDE:
        return ""
    words = _WORDS.get(heading.field, heading.field.value)
    parts = [names.titles.get(each, each) for each in (heading.company, heading.channel) if each]
    days = f" of {heading.days} days" if heading.days else _OF[heading.of]
    return f"{words}{days}{' of ' + ', '.join(parts) if parts else ''}"


def _aloud(record: HandRecord, names: Names) -> str:
    """Return a record as a sentence, with the row where it stands."""
    company, platform = _named(record, names)
    row = record.place.rpartition(", ")[2]
    return f"{company} on {platform}, {in_words(record.on)}: {record_in_words(record)} ({row})."


def _named(record: HandRecord, names: Names) -> tuple[str, str]:
    """Return the company and the platform of a record as people call them."""
    titles = names.titles
    return titles.get(record.company, record.company), titles.get(record.platform, record.platform)


def _between(first: date, last: date) -> str:
    """Return a span of days in words."""
    return in_words(first) if first == last else f"{in_words(first)} to {in_words(last)}"
