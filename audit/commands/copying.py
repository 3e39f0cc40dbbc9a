"""`audit copy-history`: all audits of one history in another, as from a folder to a database."""

from typing import Annotated

from audit.commands.params import Argument

From = Annotated[
    str,
    Argument(metavar="FROM", help="a data folder such as audit-data, or the address of a database"),
]
To = Annotated[str, Argument(metavar="TO", help="where to copy to: a data folder or an address")]


def copy_history(source: From, target: To) -> None:
    """Copy all audits from a data folder into a team's database, or back, or between two.

    What is in TO stays, and nothing is copied twice: type it again whenever you like. In the end
    every row is read back and compared. Saved pages stay where they are. A thousand
    companies take some seconds; nothing is fetched.

      audit copy-history audit-data postgresql://anna@db.example.com/audits

    Exit status: 0 all is in TO, and compared; 1 TO could not be written, and is as it was; 2
    refused.
    """
    from audit.commands.copy_history import copy

    copy(source, target)
