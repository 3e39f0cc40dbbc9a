"""What `audit import` says of a table: what was understood, taken, left aside, and what is next."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from audit.commands.words import counted
from audit.model.by_hand import HandRecord
from audit.model.by_hand import day_in_words as in_words
from audit.model.hand_words import record_in_words
from audit.tables.headings import Of, TableColumn
from audit.tables.names import KnownNames
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
    TableField.POST_TITLE: "which post",
    TableField.POSTED: "day of the post",
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


def understood(tables: Sequence[TableRead], names: KnownNames) -> Iterator[str]:
    """Yield what was understood of a table: where its rows are, and what each column is.

    All sheets of one kind have the columns of the first.
    """
    table = tables[0]
    where = f"sheet “{table.sheet}”" if table.sheet else table.notation
    rows = counted(table.figures.rows, "row", "rows")
    yield f"{table.file}: {rows} below the headings in row {table.header.number} ({where})."
    columns = [
        f"“{column.title}” is {meaning}"
        for column in table.header.columns
        if (meaning := _meaning(column, names))
    ]
    yield f"Understood: {'; '.join(columns)}."
    if len(tables) > 1:
        quoted = [f"“{each.sheet}” ({each.figures.rows:,})" for each in tables[1:]]
        yield f"Sheets with the same columns, and their rows: {listed(quoted, _NAMED)}."
    for each in tables[:_NAMED]:
        hints = each.layout.hints
        if hints.on is not None and not each.header.of(TableField.ON, TableField.POSTED):
            days = f", its counts of {hints.days} days" if hints.days else ""
            sheet = f" of sheet “{each.sheet}”" if len(tables) > 1 else ""
            yield f"All rows{sheet} are of {in_words(hints.on)}{days}."
    if table.unread:
        quoted = [f"“{name}”" for name in table.unread]
        yield (
            f"Not read, as their columns are others: {listed(quoted, _NAMED)}. Save such a sheet "
            "as a file of its own to import it."
        )


def entries(names: KnownNames, records: Sequence[HandRecord]) -> Iterator[str]:
    """Yield how many rows tell of which company, and the first records in plain words."""
    companies = Counter(record.company for record in records)
    days = {record.on for record in records}
    companies_in_words = [
        f"{names.titles.get(key, key)} ({number:,})" for key, number in companies.most_common()
    ]
    if days:
        span = _between(min(days), max(days))
        yield f"Entries of {span}, one a profile and day: {', '.join(companies_in_words)}."
        yield "For example:"
        yield from (f"  {_aloud(record, names)}" for record in records[:_ALOUD])


def left_out(table: TableRead) -> Iterator[str]:
    """Yield what was not taken, and why."""
    gains = table.header.gains
    columns = table.header.of(TableField.ASIDE)
    aside = [f"“{column.title}”" for column in columns if column.title not in gains]
    aside += [f"“{text}” ({number:,})" for text, number in table.figures.aside.most_common()]
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
    if table.figures.sums:
        sums = counted(table.figures.sums, "row adds", "rows add")
        be = "was" if table.figures.sums == 1 else "were"
        yield f"{sums} up others, and {be} not taken."
    if table.by_period.thinned:
        yield "Of several days of a month the last one is kept."
    yield from _without_period(table)
    yield from _strangers(table.figures.strangers)
    yield from _refused(table)


def _without_period(table: TableRead) -> Iterator[str]:
    """Yield which counts nobody knows the period of."""
    if number := table.by_period.without_days:
        numbers = counted(number, "number of posts was", "numbers of posts were")
        yield f"{numbers} left aside: of how many days are they? Add --days 30."
    if number := table.by_period.without_posts:
        numbers = counted(
            number, "number of likes or comments was", "numbers of likes or comments were"
        )
        yield f"{numbers} left aside: nobody says of how many posts they are."


def _strangers(strangers: Counter[Stranger]) -> Iterator[str]:
    """Yield the companies and channels that are not known, with what to do."""
    for lack, (what, helps, untold) in _STRANGE.items():
        strangers_of_kind = [
            (each.text, n) for each, n in strangers.most_common() if each.lack is lack
        ]
        names = [
            f"“{text}” ({counted(n, 'figure', 'figures')})" for text, n in strangers_of_kind if text
        ]
        if names:
            yield f"Not taken, as {what}: {listed(names, _NAMED)}; {helps}."
        if lost := sum(number for text, number in strangers_of_kind if not text):
            yield f"Not taken: {counted(lost, 'figure', 'figures')} {untold}."


def _refused(table: TableRead) -> Iterator[str]:
    """Yield the cells that were refused, each in a sentence."""
    refused = table.figures.refused
    if refused:
        yield f"Not taken, {counted(len(refused), 'cell', 'cells')}:"
        yield from (f"  {each.sentence}" for each in refused[:_REFUSED])
    if len(refused) > _REFUSED:
        yield f"  and {len(refused) - _REFUSED:,} more."


def unseen(records: Sequence[HandRecord], names: KnownNames, list_name: str) -> Iterator[str]:
    """Yield the profiles that no run has found, so that their figures would be shown nowhere."""
    if not names.platforms_of:
        return
    known = {profile.url.casefold() for profile in names.by_address.values()}
    lost = dict[str, None]()
    for record in records:
        has_platform = record.platform in names.platforms_of.get(record.company, ())
        if not (record.url.casefold() in known if record.url else has_platform):
            company, platform = _owner_in_words(record, names)
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
    figures_in_words = f"{figures} of {counted(profiles, 'profile', 'profiles')}"
    if dry_run:
        return f"{figures_in_words} would be taken{there}. Nothing was changed (--dry-run)."
    return f"Taken: {figures_in_words}{there}."


def twice(news: News) -> Iterator[str]:
    """Yield what of the new figures another source tells otherwise for the same day."""
    yield from (each.sentence for each in news.twice[:_TWICE])
    if len(news.twice) > _TWICE:
        rest = counted(len(news.twice) - _TWICE, "figure is", "figures are")
        yield f"{rest} told twice as well: those of the table hold, as they are told now."


def _meaning(column: TableColumn, names: KnownNames) -> str:
    """Return what a column is, in words; "" where it is not taken."""
    heading = column.heading
    if heading.field is None or heading.field is TableField.ASIDE:
        return ""
    words = _WORDS.get(heading.field, heading.field.value)
    parts = [names.titles.get(each, each) for each in (heading.company, heading.channel) if each]
    days = f" of {heading.days} days" if heading.days else _OF[heading.of]
    return f"{words}{days}{' of ' + ', '.join(parts) if parts else ''}"


def _aloud(record: HandRecord, names: KnownNames) -> str:
    """Return a record as a sentence, with the row where it stands."""
    company, platform = _owner_in_words(record, names)
    row = record.place.rpartition(", ")[2]
    return f"{company} on {platform}, {in_words(record.on)}: {record_in_words(record)} ({row})."


def _owner_in_words(record: HandRecord, names: KnownNames) -> tuple[str, str]:
    """Return the company and the platform of a record as people call them."""
    titles = names.titles
    return titles.get(record.company, record.company), titles.get(record.platform, record.platform)


def _between(first: date, last: date) -> str:
    """Return a span of days in words."""
    return in_words(first) if first == last else f"{in_words(first)} to {in_words(last)}"
