"""`audit import`: figures of profiles from a table that another tool exported."""

from pathlib import Path
from typing import Annotated

from audit.commands.options import LIST, Database, DataDir, File
from audit.commands.params import Argument, Option

Table = Annotated[
    Path,
    Argument(metavar="TABLE", help="the table: a .csv or .xlsx file, as it was exported"),
]
Map = Annotated[
    list[str] | None,
    Option(
        "--map",
        metavar='"HEADING=WHAT"',
        help="what a column is, where its heading is not known: company, channel, followers, "
        "posts, last post, likes, comments, on … or nothing; may be repeated",
    ),
]
OfCompany = Annotated[
    str | None, Option("--company", metavar="NAME", help="whose figures all rows are")
]
OnChannel = Annotated[
    str | None,
    Option("--channel", metavar="NAME", help="on which network all rows are, such as linkedin"),
]
OfMeasure = Annotated[
    str | None,
    Option(
        "--measure", metavar="NAME", help="what the columns count that are headed by names alone"
    ),
]
OfDays = Annotated[
    int | None,
    Option("--days", metavar="NUMBER", help="of how many days the posts are", limits=(1, 366)),
]
OnDay = Annotated[
    str | None,
    Option("--on", metavar="YYYY-MM-DD", help="of which day the rows are that tell none"),
]
Dates = Annotated[
    str | None,
    Option("--dates", metavar="ORDER", help="how days such as 03/04/2026 are written: dmy or mdy"),
]
DryRun = Annotated[bool, Option("--dry-run", help="show what would be taken, and change nothing")]
By = Annotated[
    str | None,
    Option(
        "--by", metavar="NAME", help="who stands for the figures; without it the table alone does"
    ),
]


def import_table(
    table: Table,
    file: File = LIST,
    map_: Map = None,
    company: OfCompany = None,
    channel: OnChannel = None,
    measure: OfMeasure = None,
    days: OfDays = None,
    on: OnDay = None,
    dates: Dates = None,
    dry_run: DryRun = False,
    by: By = None,
    data_dir: DataDir = None,
    database: Database = None,
) -> int:
    """Take figures of profiles from a table of another tool: a dashboard, a social suite.

    Writes into audit-data/ beside the list; nothing is fetched. 50,000 rows take some seconds.
    A row for each profile and day, a row for each figure, or a column for each company or network:
    headings, numbers and days are understood in ten languages. It says what was understood. The
    same table twice changes nothing. To add the audits of another history: audit import-history.

      audit import followers.csv competitors.yaml --dry-run
      audit import linkedin-page.xlsx --company "Acme Pumps" --channel linkedin
      audit import export.csv --map "Community size=followers" --dates dmy

    Exit status: 0 all was taken; 1 some cells were not; 2 too little was clear, nothing was
    changed.
    """
    from audit.commands.import_table import ImportOptions, take_table
    from audit.commands.places import use_database

    use_database(database)
    options = ImportOptions(
        company=company,
        channel=channel,
        measure=measure,
        days=days,
        on=on,
        dates=dates,
        maps=tuple(map_ or ()),
        by=by or "",
        dry_run=dry_run,
    )
    return take_table(table, file, options, data_dir)
