"""What `audit import` says of a table: what was understood, taken, left aside, and what is next."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from audit.commands.words import counted
from audit.model.by_hand import Field, HandRecord
from audit.tables.headings import Column
from audit.tables.names import Names
from audit.tables.news import News
from audit.tables.reading import TableRead
from audit.tables.whose import Lack, Stranger
from audit.typed_figures import in_words
from config.table_words import TableField
from reports.words import listed

_ALOUD = 3
"""Records that are read out, so that a person sees whether they were understood."""

_NAMED = 8
"""Columns, measures and names of one kind that are told; the others are counted."""

_REFUSED = 10
"""Cells that were not taken and are told one by one."""

_WORDS = {
    TableField.LAST_POST: "day of the last post",
    TableField.ON: "day",
    TableField.START: "first day",
    TableField.DAYS: "days covered",
    TableField.ABOUT: "what they write about",
    TableField.ADDRESS: "address",
}
"""What a column holds, where its name alone does not say it."""


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


def taken(names: Names, records: Sequence[HandRecord]) -> Iterator[str]:
    """Yield how many rows tell of which company, and the first records in plain words."""
    companies = Counter(record.company for record in records)
    days = {record.on for record in records}
    told = [f"{names.titles.get(key, key)} ({number})" for key, number in companies.most_common()]
    if days:
        span = _between(min(days), max(days))
        yield f"Profiles by day, {span}: {', '.join(told)}."
        yield "For example:"
        yield from (f"  {_aloud(record, names)}" for record in records[:_ALOUD])


def left_out(table: TableRead) -> Iterator[str]:
    """Yield what was not taken, and why."""
    aside = [f"“{column.title}”" for column in table.header.of(TableField.ASIDE)]
    aside += [f"“{text}” ({number:,})" for text, number in table.told.aside.most_common()]
    if aside:
        yield f"Left aside, as nothing is compared by it: {listed(aside, _NAMED)}."
    unknown = [column.title for column in table.header.columns if column.field is None]
    if unknown:
        quoted = listed([f"“{title}”" for title in unknown], _NAMED)
        yield f'Not understood: {quoted}. Say what it is: --map "{unknown[0]}=followers".'
    if table.told.sums:
        yield f"{counted(table.told.sums, 'row adds', 'rows add')} up others, and was not taken."
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
    for lack, what, helps in (
        (Lack.COMPANY, "not in the list", "add the name under `aliases:` of its company"),
        (Lack.CHANNEL, "no channel that is known", "say what it is with --channel, or rename it"),
        (Lack.CLASH, "told of two profiles at once", "correct the row"),
    ):
        found = [
            (each.text, number) for each, number in strangers.most_common() if each.lack is lack
        ]
        if found:
            told = [f"“{text}” ({counted(number, 'figure', 'figures')})" for text, number in found]
            yield f"Not taken, as {what}: {listed(told, _NAMED)}; {helps}."


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
    known = {profile.url.casefold() for profile in names.by_address.values()}
    lost = dict[tuple[str, str, str], None]()
    for record in records:
        has_platform = record.platform in names.seen.get(record.company, ())
        is_known = record.url.casefold() in known if record.url else has_platform
        if names.seen and not is_known:
            lost[record.company, record.platform, record.url] = None
    for company, platform, url in list(lost)[:_NAMED]:
        title = names.titles.get(platform, platform)
        which = f" at {url}" if url else ""
        yield (
            f"No {title} profile of {names.titles.get(company, company)}{which} is known yet: "
            f"write it under `channels:` in {list_name}, and its figures are shown."
        )
    if len(lost) > _NAMED:
        yield f"So it is with {len(lost) - _NAMED:,} more profiles."


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


def _meaning(column: Column, names: Names) -> str:
    """Return what a column is, in words; "" where it is not taken."""
    heading = column.heading
    if heading.field is None or heading.field is TableField.ASIDE:
        return ""
    words = _WORDS.get(heading.field, heading.field.value)
    parts = [names.titles.get(each, each) for each in (heading.company, heading.channel) if each]
    days = f" of {heading.days} days" if heading.days else ""
    return f"{words}{days}{' of ' + ', '.join(parts) if parts else ''}"


def _aloud(record: HandRecord, names: Names) -> str:
    """Return a record as a sentence, with the row where it stands."""
    company = names.titles.get(record.company, record.company)
    platform = names.titles.get(record.platform, record.platform)
    told = {
        Field.FOLLOWERS: f"{record.followers or 0:,} followers",
        Field.POSTS: f"{record.posts or 0:,} posts in {record.days} days",
        Field.LAST: f"a last post of {in_words(record.last_post)}" if record.last_post else "",
        Field.LIKES: f"{record.likes or 0:,} likes of five posts",
        Field.COMMENTS: f"{record.comments or 0:,} comments on five posts",
        Field.ABOUT: f"the subjects “{record.about}”",
    }
    parts = listed([told[each] for each in record.tells], len(told))
    row = record.place.rpartition(", ")[2]
    return f"{company} on {platform}, {in_words(record.on)}: {parts} ({row})."


def _between(first: date, last: date) -> str:
    """Return a span of days in words."""
    return in_words(first) if first == last else f"{in_words(first)} to {in_words(last)}"
