"""The commands that there are: where each is, and the sentence by which `audit --help` tells of it.

What takes the arguments of a command is loaded when that one is typed, and no other.
"""

from collections.abc import Mapping
from typing import NamedTuple

OWN = frozenset({"-h", "--help", "--version"})
"""The options that go without a command."""


class Known(NamedTuple):
    """A command: its function, as `module:function` of `audit`, and the start of its help."""

    place: str
    words: str


GROUPS: Mapping[str, Mapping[str, Known]] = {
    "Make an audit": {
        "init": Known(
            "commands.starting:init",
            "Write a list of companies to fill in, with a remark beside each line",
        ),
        "check": Known(
            "commands.starting:check",
            "Say whether the list is right, and what would be visited",
        ),
        "run": Known(
            "commands.running:run",
            "Visit every company and write the workbook; `audit competitors.yaml` does the same",
        ),
        "fill": Known(
            "commands.fill:fill",
            "Ask for what a robot may not read: followers, posts, the day of the last post",
        ),
        "import": Known(
            "commands.importing:import_table",
            "Take figures of profiles from a table of another tool: a dashboard, a social suite",
        ),
        "schedule": Known(
            "commands.scheduling:schedule",
            "Have the audit made by itself, each quarter or at other times",
        ),
        "demo": Known(
            "demo.typed:demo",
            "Show it on eight invented companies on this machine, audited twice, a quarter apart",
        ),
    },
    "Look at what an audit found": {
        "report": Known(
            "commands.looking:report",
            "Write the workbook again, of the last audit or of an earlier one",
        ),
        "changes": Known(
            "commands.looking:changes",
            "Tell what has changed since the audit before, how grave it is, and whose doing",
        ),
        "history": Known(
            "commands.looking:history",
            "List the audits that were made: when, of how many companies, how much could be seen",
        ),
        "explain": Known(
            "commands.looking:explain",
            "Show the proof of a figure: the page, the time, the words on it, the saved copy",
        ),
    },
    "Keep, take along, delete": {
        "export": Known(
            "commands.export:export",
            "Write the whole history and all saved pages into one file, to take along or put away",
        ),
        "import-history": Known(
            "commands.import_history:import_history",
            "Add the audits of an exported history to that of a list",
        ),
        "copy-history": Known(
            "commands.copying:copy_history",
            "Copy all audits from a data folder into a team's database, or back, or between two",
        ),
        "forget": Known(
            "commands.forgetting:forget",
            "Delete what was kept: everything, one audit, one company, or only the saved pages",
        ),
    },
    "How it works": {
        "rules": Known(
            "commands.knowing:rules",
            "Tell what can be recognised: how many platforms, products and features, and how",
        ),
        "try": Known(
            "commands.trying:try_",
            "Show what rules and selectors give on one page, and what would be read next",
        ),
        "replay": Known(
            "commands.replaying:replay",
            "Read the saved pages of an audit once more, with the rules of today",
        ),
        "doctor": Known(
            "commands.knowing:doctor",
            "Look whether all is there that an audit needs: room, clock, browser, keys, network "
            "settings",
        ),
    },
}
"""By the heading of their group, in the order in which readers meet them."""

COMMANDS: Mapping[str, Known] = {
    name: known for group in GROUPS.values() for name, known in group.items()
}
