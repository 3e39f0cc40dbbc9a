"""`audit fill`: what only a person can read, asked on the terminal, one profile after the other."""

from typing import Annotated

from audit.commands.options import LIST, Database, DataDir, File
from audit.commands.params import Option

Open = Annotated[bool, Option("--open", help="open each profile in the browser as its turn comes")]
By = Annotated[
    str | None,
    Option("--by", metavar="NAME", help="who reads the figures; without it you are asked once"),
]


def fill(
    file: File = LIST,
    open_: Open = False,
    by: By = None,
    data_dir: DataDir = None,
    database: Database = None,
) -> int:
    """Ask for what a robot may not read: followers, posts, the day of the last post.

    It goes through the companies' own profiles that lack something, the most telling first: open
    the link, type what you see. Enter leaves a question out, "skip" a profile for today, "back"
    returns to the question before, "end" stops. Each profile is kept as soon as it is answered, and
    the next `audit fill` goes on from there. Takes about a minute and a half a profile; nothing is
    fetched. `audit report` then shows the figures.

      audit fill competitors.yaml --open

    Exit status: 0 done or ended; 2 there is no terminal, or no audit yet; 130 you stopped it.
    """
    from audit.commands.fill_session import fill_in
    from audit.commands.places import use_database

    use_database(database)
    return fill_in(file, by, data_dir, in_browser=open_)
