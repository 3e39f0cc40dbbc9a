"""`audit check`: whether the file is right, and what a run would visit."""

import os
from collections.abc import Iterator
from pathlib import Path

from rich.table import Table

from audit import api
from audit.commands.slips import slips
from audit.commands.terminal import Terminal
from audit.commands.words import counted
from audit.model.company import Company, Competitors
from audit.model.plan import Plan
from audit.plan import plan
from audit.saved import folder_of
from audit.schedule.notify import missing_here
from config.remarks import remarks
from scrapers.fetch.keys import Keyring
from scrapers.platforms import platforms
from scrapers.saved.folder import files_in


def show_plan(file: Path, competitors: Competitors) -> None:
    """Say that a list is right and show what a run would visit; nothing is fetched.

    Raises:
        AuditError: the catalogue that it asks for has a mistake.
    """
    catalogue = api.with_catalogue(competitors).catalogue
    console = Terminal()
    console.show(_table(plan(competitors)))
    settings = competitors.settings
    pages = counted(settings.max_pages_per_site, "page", "pages")
    console.say(
        f"{file} is right: {counted(len(competitors.companies), 'company', 'companies')}, at most "
        f"{pages} each with {settings.delay_seconds:g} s between two, posts of the last "
        f"{counted(settings.lookback_days, 'day', 'days')}. Nothing was fetched.",
        _profiles(settings),
        *_saved(competitors),
        *remarks(competitors),
        *_nobody_ours(competitors),
        *slips(competitors, catalogue),
        *missing_here(settings.notify, os.environ),
    )


def _nobody_ours(competitors: Competitors) -> Iterator[str]:
    """Say what is left out where no company is our own; said here alone, as it may be meant.

    A list with KPIs hears of it anyway (`remarks`), and one company has nobody beside it.
    """
    ours = any(company.own for company in competitors.companies)
    if not ours and not competitors.kpis and len(competitors.companies) > 1:
        yield (
            "No company is marked as yours, so that all are compared with each other and no "
            "actions are proposed. If one is yours, write own: true under its name."
        )


def _profiles(settings: api.Settings) -> str:
    """Return whether and with which keys the profiles that are found will be read."""
    if not settings.profiles:
        return "Profiles on public platforms are listed and not opened (settings.profiles: false)."
    keys = [key for platform in platforms().values() for key in platform.keys]
    names = sorted({key.name for key in keys if Keyring(os.environ).has(key)})
    with_keys = f"with {', '.join(names)}" if names else "without any key"
    return f"Profiles are opened on {len(platforms())} platforms, {with_keys} (audit rules keys)."


def _saved(competitors: Competitors) -> Iterator[str]:
    """Say how many saved pages there are; nothing where there is none."""
    folder = folder_of(competitors)
    files, troubles = files_in(folder)
    if files:
        number = counted(len(files), "file", "files")
        yield f"{number} of saved pages in {folder} will be read first."
    yield from (f"{each.file}: {each.detail}; {each.help}." for each in troubles)


def _own_settings(company: Company) -> Iterator[str]:
    """Give what a company has for itself in place of the settings of the file."""
    own = company.overrides
    if own.max_pages_per_site is not None:
        yield f"at most {counted(own.max_pages_per_site, 'page', 'pages')}"
    if own.delay_seconds is not None:
        yield f"{own.delay_seconds:g} s between two requests"
    if own.lookback_days is not None:
        yield f"{counted(own.lookback_days, 'day', 'days')} back"
    if own.browser is not None:
        yield f"browser {own.browser}"


def _table(planned: Plan) -> Table:
    """Draw a row for each company: where its visit starts, and what follows."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for title in ("Company", "Website", "What is read there"):
        table.add_column(title, overflow="fold")
    for visit in planned.companies:
        company, known = visit.company, len(visit.company.channels)
        then = "what its menus and feeds lead to"
        counts = (
            (len(company.also), "further site", "further sites"),
            (len(company.sections), "section pointed at", "sections pointed at"),
            (len(company.figures), "figure pointed at", "figures pointed at"),
            (known, "known profile", "known profiles"),
        )
        more = [counted(number, one, many) for number, one, many in counts if number]
        table.add_row(
            company.name + (" (ours)" if company.own else ""),
            visit.start.url,
            "; ".join([then, *more, *_own_settings(company)]),
        )
    return table
