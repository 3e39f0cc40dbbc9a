"""What is typed for `audit schedule`, told apart: its own words, and behind `--` those of each run.

Where no list was named, the first word behind `--` would be taken for it.
"""

from collections.abc import Sequence
from difflib import get_close_matches

from audit.commands.calling import command_named
from audit.commands.command import Command, MistypedError
from audit.model.errors import AuditError
from audit.schedule.targets import target_names


class ScheduleCommand(Command):
    """`audit schedule`, whose last argument is what stands behind `--`."""

    def read(self, words: Sequence[str]) -> dict[str, object]:
        """Read the words before `--`, and take the others as they are.

        Raises:
            MistypedError: as with every command.
            AuditError: an option of `audit run` stands before it, or more than the list.
        """
        at = words.index("--") if "--" in words else len(words)
        try:
            given = super().read(words[:at])
        except MistypedError as mistake:
            if mistake.option not in command_named("run").options:
                raise
            raise AuditError(
                f"{mistake.option}: is for each run; write it at the end, behind --, such as: "
                f"audit schedule FILE -- {mistake.option}"
            ) from mistake
        more = given["options"]
        if isinstance(more, list):
            raise AuditError(self._no_option_is(str(more[0])))
        return {**given, "options": list(words[at + 1 :])}

    def _no_option_is(self, word: str) -> str:
        """Say of a word behind the list that it is no option, and what was probably meant."""
        if word.lower() in target_names():
            return f"{word}: did you mean --for {word.lower()}?"
        names = [name for name in self.options if name.startswith("--")]
        meant = get_close_matches(f"--{word[:40].lower()}", names, n=1, cutoff=0.75)
        if meant:
            return f"{word}: did you mean {meant[0]}?"
        return (
            f"{word}: only the list stands here; options of each run stand behind --, and when it "
            "is made stands in the list (settings.schedule)"
        )
