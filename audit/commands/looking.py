"""The arguments of commands that look at what audits found, with their help; no logic."""

from typing import Annotated

from audit.commands.options import (
    LIST,
    Against,
    Database,
    DataDir,
    Evidence,
    File,
    Fill,
    Formats,
    Output,
    Run,
)
from audit.commands.params import Argument, Option


def report(
    file: File = LIST,
    run: Run = None,
    against: Against = None,
    output: Output = None,
    formats: Formats = "xlsx",
    data_dir: DataDir = None,
    fill: Fill = None,
    database: Database = None,
    evidence: Evidence = None,
) -> int:
    """Write the workbook again, of the last audit or of an earlier one.

    Writes competitors.xlsx beside the list, from what is kept in audit-data/; nothing is fetched.
    Figures that you typed on its sheet Fill in are taken and shown. Takes some seconds.

      audit report --run 2026-08-30 -o august.xlsx
    """
    from audit.commands.again import report_again
    from audit.commands.places import use_team

    use_team(database, evidence)
    return report_again(file, run, against, output, formats, data_dir, fill)


def changes(
    file: File = LIST,
    run: Run = None,
    against: Against = None,
    measure: Annotated[
        str | None,
        Option("--measure", metavar="NAME", help="one figure over all audits, a line for each"),
    ] = None,
    as_json: Annotated[bool, Option("--json", help="as JSON, for other programs")] = False,
    data_dir: DataDir = None,
    database: Database = None,
    evidence: Evidence = None,
) -> int:
    """Tell what has changed since the audit before, how grave it is, and whose doing.

    Writes and fetches nothing; takes some seconds.

      audit changes --measure "Posts a week, website"

    Exit status: 0 done; 1 a damaged history, so that not all could be compared; 2 no such audit or
    figure.
    """
    from audit.commands.changes import show_changes, show_trend
    from audit.commands.places import use_team

    use_team(database, evidence)
    if measure is None:
        return show_changes(file, run, against, data_dir, as_json=as_json)
    show_trend(file, measure, run, data_dir, as_json=as_json)
    return 0


def history(
    file: File = LIST,
    data_dir: DataDir = None,
    database: Database = None,
    evidence: Evidence = None,
) -> None:
    """List the audits that were made: when, of how many companies, how much could be seen.

    Writes and fetches nothing; takes a second.
    """
    from audit.commands.history import show_history
    from audit.commands.places import use_team

    use_team(database, evidence)
    show_history(file, data_dir)


def explain(
    words: Annotated[
        list[str],
        Argument(
            metavar="[FILE] COMPANY MEASURE",
            help="the list may be left out; COMPANY is a name of the list; MEASURE a figure as the "
            "workbook calls it, or its short name, such as blog.posts_per_week",
        ),
    ],
    run: Run = None,
    data_dir: DataDir = None,
    database: Database = None,
    evidence: Evidence = None,
) -> None:
    """Show the proof of a figure: the page, the time, the words on it, the saved copy.

    Writes and fetches nothing; takes a second.

      audit explain "Rival Pumps" "Posts a week, website"
      audit explain "Rival Pumps" channel.youtube
    """
    from audit.commands.explain import asked, show_evidence
    from audit.commands.places import use_team

    use_team(database, evidence)
    file, company, measure = asked(words, LIST)
    show_evidence(file, company, measure, run, data_dir)
