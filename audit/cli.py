"""The command `audit`: arguments, exit status, progress; no logic."""


def main() -> None:
    """Run the command line."""
