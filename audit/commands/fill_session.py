"""Go through the profiles that lack something, and keep what a person types of each at once."""

import os
import sys
import webbrowser
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from audit import api
from audit.commands.again import kept
from audit.commands.interview import PLACE, Interview, Turn
from audit.commands.last_word import INTERRUPTED
from audit.commands.places import kept_folder
from audit.commands.streams import complain
from audit.commands.terminal import Terminal
from audit.commands.typed import Typed
from audit.commands.words import counted
from audit.model.by_hand import Field, HandRecord, Source, day_in_words
from audit.model.errors import AuditError, SaveError
from audit.model.hand_words import record_in_words
from audit.store.opening import open_history
from audit.told_twice import told_twice
from audit.typed_figures import TypedCell
from audit.typed_values import text_of
from reports.lacking import LACK_WORDS, ToFill, minutes, to_fill
from reports.words import Names

_HOW = (
    "Type what each page shows, such as 12400 or 12.4k; Enter where it shows nothing. "
    '"back" returns to the question before, "skip" leaves a profile for another day, "end" stops. '
    "What you typed is kept after each profile."
)
_SCREENS = ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER")
"""Variables of which one is set where a page can be opened, on systems that have them."""


def fill_in(file: Path, by: str | None, data_dir: Path | None, *, in_browser: bool) -> int:
    """Ask for each profile that lacks something; return the exit status.

    Raises:
        AuditError: there is no terminal to ask on, or no run yet.
    """
    _check_terminal()
    config = api.load(file)
    api.check_clock(datetime.now(UTC))
    folder, typed = kept_folder(file, data_dir), Typed(file=file, data_dir=data_dir)
    snapshot = kept(folder, None, typed, config.competitors)
    today = datetime.now(UTC).astimezone().date()
    with open_history(folder) as history:
        records = history.by_hand()
    since = today - timedelta(days=config.competitors.settings.lookback_days)
    all_of_them = [each for each in to_fill(snapshot.results, records, since) if each.lacks]
    waiting = [each for each in all_of_them if not _is_done(each, records, today)]
    console = Terminal()
    if not waiting:
        console.say(_nothing(len(all_of_them)))
        return 0
    names, number = Names(config.catalogue), len(waiting)
    console.say(
        f"{counted(number, 'profile lacks', 'profiles lack')} something; that takes about "
        f"{counted(minutes(number), 'minute', 'minutes')}."
    )
    console.tell(_HOW)
    opens = in_browser and _can_open(console)
    session = _Session(waiting, names, folder, today, opens=opens)
    return session.held(by, records, typed)


def _check_terminal() -> None:
    """Check that there is somebody to ask.

    Raises:
        AuditError: there is not.
    """
    # Python sets it to None where the program was started without a standard input.
    if sys.stdin is None or sys.stdin.closed or not sys.stdin.isatty():
        raise AuditError(
            "there is no terminal to ask on; fill in sheet Fill in of the workbook, or take a "
            "table with `audit import`"
        )


def _is_done(profile: ToFill, records: Sequence[HandRecord], today: date) -> bool:
    """Tell whether somebody was asked for a profile today, and answered or left it."""
    return any(
        record.on == today
        and record.source is Source.TERMINAL
        and (record.tells or not record.cleared)
        and record.company == profile.key
        and record.url.casefold() == profile.channel.url.casefold()
        for record in records
    )


def _nothing(left: int) -> str:
    """Say that nothing waits."""
    if not left:
        return "Nothing waits to be filled in."
    lacking = counted(left, "profile lacks", "profiles lack")
    return f"Nothing more for today: {lacking} something still, and you went through all of them."


def _can_open(console: Terminal) -> bool:
    """Tell whether links can be opened in a browser with windows; say it where they cannot."""
    has_screen = sys.platform in ("win32", "darwin") or any(map(os.environ.get, _SCREENS))
    try:
        has_browser = has_screen and webbrowser.get() is not None
    except webbrowser.Error:
        has_browser = False
    if not has_browser:
        console.say("No browser can be opened on this machine: open the links yourself.")
    return has_browser


@dataclass(slots=True)
class _Session:
    """The profiles that wait, and what was kept of them so far."""

    profiles: Sequence[ToFill]
    names: Names
    folder: Path
    today: date
    opens: bool
    console: Terminal = field(default_factory=Terminal)
    filled: set[str] = field(default_factory=set)
    left: set[str] = field(default_factory=set)
    unsaved: dict[str, HandRecord] = field(default_factory=dict)
    answers: defaultdict[int, dict[Field, TypedCell]] = field(
        default_factory=lambda: defaultdict(dict)
    )

    def held(self, by: str | None, records: Sequence[HandRecord], typed: Typed) -> int:
        """Ask for all profiles, or until somebody ends it; return the exit status."""
        status = 0
        try:
            self._ask_all(by if by is not None else self._name(records))
        except KeyboardInterrupt:
            self.console.say("")
            status = INTERRUPTED
        self._keep_unsaved(last=True)
        self._conclude(typed)
        return status

    def _name(self, records: Sequence[HandRecord]) -> str:
        """Ask once who reads the figures; the name of the last time is offered."""
        last = next((r.by for r in reversed(records) if r.source is Source.TERMINAL and r.by), "")
        offer = f" (Enter: {last})" if last else " (Enter: none)"
        answer = self.console.answer(f"Your name, so that others know whom to ask{offer}: ")
        return text_of(answer or "") or last

    def _ask_all(self, by: str) -> None:
        """Ask for one profile after the other."""
        at = 0
        while 0 <= at < len(self.profiles):
            profile = self.profiles[at]
            self._introduce(profile, at)
            end = Interview(
                profile=profile,
                today=self.today,
                by=by,
                ask=self.console.answer,
                say=self.console.say,
                cells=self.answers[at],
            ).held(datetime.now(UTC))
            record = end.record
            if record is None and end.turn in (Turn.NEXT, Turn.SKIP):
                record = self._left(profile, by)
            if record is not None:
                self._keep(record, profile)
            if end.turn is Turn.END:
                return
            at = max(0, at - 1) if end.turn is Turn.BACK else at + 1

    def _introduce(self, profile: ToFill, at: int) -> None:
        """Say which profile it is, what it lacks, and what was known before."""
        url, platform = profile.channel.url, self.names.platform(profile.channel.platform)
        lacks = ", ".join(LACK_WORDS[lack] for lack in profile.lacks)
        before = ""
        if profile.earlier is not None:
            count, on = profile.earlier
            before = f" Before: {count:,} followers{f' on {day_in_words(on)}' if on else ''}."
        self.console.say("")
        self.console.say(
            f"{at + 1} of {len(self.profiles)}: {profile.company}, {platform}", style="bold"
        )
        self.console.say(f"  {url}", f"  Missing: {lacks}.{before}")
        if self.opens and url.startswith(("https://", "http://")):
            webbrowser.open(url)

    def _left(self, profile: ToFill, by: str) -> HandRecord:
        """Return a record that tells nothing: somebody looked today, and left it."""
        return HandRecord(
            company=profile.key,
            platform=profile.channel.platform,
            url=profile.channel.url,
            on=self.today,
            by=by,
            source=Source.TERMINAL,
            place=PLACE,
            entered_at=datetime.now(UTC),
        )

    def _keep(self, record: HandRecord, profile: ToFill) -> None:
        """Keep what was told of a profile, and say it, with what another source tells otherwise."""
        self.unsaved[record.id] = record
        self.filled.discard(record.id)
        self.left.discard(record.id)
        (self.filled if record.tells else self.left).add(record.id)
        if self._keep_unsaved() and record.tells:
            self.console.say(f"  Kept: {record_in_words(record)}.")
            others = [each for each in profile.records if each.id != record.id]
            whose = f"{profile.company}, {self.names.platform(record.platform)}"
            twice = told_twice(record, others, whose, record.place)
            self.console.say(*(f"  {each.sentence}" for each in twice))

    def _keep_unsaved(self, *, last: bool = False) -> bool:
        """Write what is not in the history yet; where another run holds it, try again later.

        Raises:
            AuditError: it is the last time, and it could not be written.
        """
        if not self.unsaved:
            return True
        try:
            with open_history(self.folder, write=True) as history:
                history.keep_by_hand(self.unsaved.values())
        except AuditError as error:
            if last:
                raise SaveError(f"{error}. {len(self.unsaved)} profiles are not kept") from error
            complain(f"  Not kept yet ({error}); it is tried again after the next profile.")
            return False
        self.unsaved.clear()
        return True

    def _conclude(self, typed: Typed) -> None:
        """Say what was filled in, and what to type next."""
        filled = counted(len(self.filled), "profile was", "profiles were")
        rest = len(self.profiles) - len(self.filled) - len(self.left)
        waiting = f"; {counted(rest, 'waits', 'wait')} still" if rest else ""
        left = f"; {counted(len(self.left), 'is', 'are')} left for another day" if self.left else ""
        self.console.say("", f"{filled} filled in{left}{waiting}.")
        if self.filled:
            self.console.say(f"To see them in the workbook: {typed.command(name='report')}")
        if rest:
            self.console.say(f"To go on: {typed.command(name='fill')}")
