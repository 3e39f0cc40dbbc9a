"""Take a table into the history, and say what was understood of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from audit import api
from audit.commands.import_words import added, entries, left_out, twice, understood, unseen
from audit.commands.places import place_of_data
from audit.commands.terminal import Terminal
from audit.commands.typed import Typed
from audit.model.by_hand import HandRecord
from audit.model.channel import Channel
from audit.model.past import website_key
from audit.store.files import make_data_folder
from audit.store.opening import kept_in, open_history
from audit.tables.figures import TableHints
from audit.tables.names import KnownNames, company_asked, known_names, platform_asked
from audit.tables.news import News, news_in, records_in
from audit.tables.notation import DateOrder
from audit.tables.reading import TableRead, mapped_by, measure_named, read_tables
from audit.tables.rows import TableError
from audit.typed_figures import latest_day
from audit.typed_values import day_of


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportOptions:
    """What was typed behind `audit import`, beside table and list; None for what was not.

    `by` is who stands for the figures.
    """

    company: str | None = None
    channel: str | None = None
    measure: str | None = None
    days: int | None = None
    on: str | None = None
    dates: str | None = None
    maps: tuple[str, ...] = ()
    by: str = ""
    dry_run: bool = False


def take_table(table: Path, file: Path, options: ImportOptions, data_dir: Path | None) -> int:
    """Read a table, say what was understood, and keep what is new; return the exit status.

    Raises:
        AuditError: table or list cannot be read, or too little is clear; nothing is changed.
    """
    now = datetime.now(UTC)
    config = api.load(file)
    api.check_clock(now)
    folder = place_of_data(file, data_dir)
    names = _names(config, folder)
    tables = _read(table, config, names, options, latest_day(now))
    records = [record for each in tables for record in records_in(each, options.by, now)]
    console = Terminal()
    lines = (line for each in tables for line in left_out(each))
    console.say(*understood(tables, names), *entries(names, records), *dict.fromkeys(lines))
    if not records:
        raise TableError(f"{table}: no figure could be taken, so nothing was changed")
    news = _news_kept(records, folder, names, dry_run=options.dry_run)
    console.say(
        *unseen(records, names, file.name),
        added(news, dry_run=options.dry_run),
        *twice(news),
        *_next(news, file, options, data_dir),
    )
    return int(any(each.figures.refused or each.figures.strangers for each in tables))


def _names(config: api.Config, folder: Path) -> KnownNames:
    """Return by which names companies and profiles are known, with those of the last run."""
    return known_names(config.competitors, config.catalogue.platforms, _channels(config, folder))


def _channels(config: api.Config, folder: Path) -> Mapping[str, tuple[Channel, ...]]:
    """Return the own profiles that the last run found, by the key of their company."""
    if not _is_there(folder) or not api.runs_of_list(folder, config.competitors):
        return {}
    snapshot = api.kept_run(folder, None, config.competitors)
    return {
        website_key(result.company.website): tuple(
            channel for channel in result.channels if not channel.candidate
        )
        for result in snapshot.results
    }


def _read(
    table: Path, config: api.Config, names: KnownNames, options: ImportOptions, today: date
) -> tuple[TableRead, ...]:
    """Read the table, or those of all its sheets, by what was typed of it."""
    company = options.company
    hints = TableHints(
        company=company_asked(company, config.competitors) if company else "",
        channel=platform_asked(options.channel, names) if options.channel else "",
        measure=measure_named(options.measure) if options.measure else None,
        days=options.days,
        on=_on(options.on, today),
        order=_order(options.dates),
    )
    longest = config.competitors.settings.lookback_days
    return read_tables(table, names, hints, mapped_by(options.maps), today, longest)


def _on(text: str | None, today: date) -> date | None:
    """Return the day of `--on`.

    Raises:
        TableError: it is none, or one that has not come yet.
    """
    day = day_of(text, today)
    if isinstance(day, str):
        raise TableError(f"--on {text}: {day}")
    return day


def _order(text: str | None) -> DateOrder | None:
    """Return the order of days of `--dates`.

    Raises:
        TableError: it is none.
    """
    if text is None:
        return None
    try:
        return DateOrder(text.strip().lower())
    except ValueError as error:
        raise TableError(f"--dates {text}: write dmy (31/12/2026) or mdy (12/31/2026)") from error


def _news_kept(
    records: Sequence[HandRecord], folder: Path, names: KnownNames, *, dry_run: bool
) -> News:
    """Keep in the history what it does not have, in one transaction; return what that is.

    Raises:
        AuditError: the history cannot be used; it is as it was.
    """
    if dry_run:
        if not _is_there(folder):
            return news_in(records, (), names)
        with open_history(folder) as history:
            return news_in(records, history.by_hand(), names)
    make_data_folder(folder)
    with open_history(folder, write=True) as history:
        news = news_in(records, history.by_hand(), names)
        if news.records:
            history.keep_by_hand(news.records)
        return news


def _is_there(folder: Path) -> bool:
    """Tell whether there may be a history: a data folder, or a database in its place."""
    return folder.is_dir() or kept_in(folder) is not None


def _next(news: News, file: Path, options: ImportOptions, data_dir: Path | None) -> Sequence[str]:
    """Say what to type next."""
    typed = Typed(file=file, data_dir=data_dir)
    if options.dry_run or not news.figures:
        return ()
    return (f"To see them in the workbook: {typed.command(name='report')}",)
