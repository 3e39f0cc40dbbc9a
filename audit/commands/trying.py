"""The arguments of `audit try`, with the help that readers see; no logic."""

from pathlib import Path
from typing import Annotated

from audit.commands.params import Argument, Option


def try_(
    url: Annotated[
        str, Argument(metavar="ADDRESS", help="a page, a path with --company, a saved file")
    ],
    company: Annotated[
        str | None,
        Option("--company", metavar="NAME", help="whose page it is, a name of the list"),
    ] = None,
    file: Annotated[
        Path | None,
        Option("--file", metavar="FILE", help="the list; default: competitors.yaml"),
    ] = None,
    css: Annotated[str, Option(metavar="CSS", help="a figure: the element it is in")] = "",
    json: Annotated[str, Option(metavar="PATH", help="a figure: its place in JSON")] = "",
    regex: Annotated[
        str, Option(metavar="REGEX", help="a figure: the first group that matches")
    ] = "",
    unit: Annotated[
        str, Option(metavar="UNIT", help="count, rate (decimals), share or days")
    ] = "count",
    kind: Annotated[
        str, Option(metavar="KIND", help="what it is, such as blog, news or forum")
    ] = "blog",
    item: Annotated[str, Option(metavar="CSS", help="a section: one entry")] = "",
    title: Annotated[str, Option(metavar="CSS", help="its title within the entry")] = "",
    date: Annotated[str, Option(metavar="CSS", help="its date within the entry")] = "",
    next_: Annotated[str, Option("--next", metavar="CSS", help="the link to older entries")] = "",
    everything: Annotated[
        bool, Option("--all", help="every post and link, not the first of them")
    ] = False,
    private: Annotated[
        bool, Option("--allow-private-hosts", help="open intranet and loopback hosts")
    ] = False,
) -> int:
    """Show what rules and selectors give on one page, and what would be read next.

    Fetches this page and robots.txt alone, takes some seconds, writes nothing.
    So you learn why something was not seen, and which selector sees it.

    What is seen on a page, and the number in an element:

      audit try https://rival.example/about/ --css ".customers b"

    A blog that no rule finds:

      audit try https://rival.example/log/ --item .entry --date .when

    What the lines in competitors.yaml give:

      audit try /about/ --company "Rival Pumps"

    Exit status: 0 all that is pointed at is there; 1 something is not;
    2 a mistake in the command or the file, nothing fetched.
    """
    from audit.commands.try_page import Pointers, show_trial

    pointers = Pointers(
        css=css,
        json=json,
        regex=regex,
        unit=unit,
        kind=kind,
        item=item,
        title=title,
        date=date,
        next=next_,
    )
    return show_trial(url, pointers, company, file, everything=everything, private=private)
