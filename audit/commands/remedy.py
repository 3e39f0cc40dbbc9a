"""`audit doctor FILE`: what would help a list most, by the cells that its last audit left open."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from audit import api
from audit.browser import find_browser
from audit.commands.again import kept
from audit.commands.places import kept_folder
from audit.commands.typed import Typed
from audit.model.errors import AuditError
from audit.model.exchange import Key
from audit.model.result import Snapshot
from audit.model.value import Unknown
from reports.lacking import minutes
from reports.remedies import Remedy, Way, figure_cells, remedies, unknown_cells
from reports.words import Names, catalogue_of, day_in_words, in_short, listed, of_all
from scrapers.fetch.keys import Keyring
from scrapers.platforms import platforms

Keys = Mapping[str, tuple[Key, ...]]
"""The keys of each platform, by its name."""


_WORDS: Mapping[Way, tuple[str, str]] = {
    Way.AGAIN: ("Running again, tomorrow or later,", "{again}"),
    Way.BROWSER: ("Chromium or Chrome on this machine", "install it, then: {again}"),
    Way.BUDGET: (
        "Reading more pages",
        "raise max_pages_per_site under settings in {file}, then: {again}",
    ),
    Way.ADDRESS: ("Correcting addresses", "{places}"),
    Way.BY_HAND: (
        "Filling in {profiles} (about {minutes})",
        "{fill}, or sheet Fill in of the workbook",
    ),
    Way.SAVED: (
        "Saving {pages} from your browser",
        "put them into the folder saved/ beside {file}, then: {again}{instead}",
    ),
    Way.KEY: ("A key for {title}{whose}", "see docs/keys.md, {title}"),
    Way.NOTHING: ("Nothing that we know", "{why}"),
}
"""Each way as the subject of a sentence, and what to do."""

_BROWSER_NOW = ("Reading again with the browser that is there now", "{again}")
"""What is said in place of that where a browser has been installed since."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Speaker:
    """What the sentences about ways need: the list, its audit, how many cells are open."""

    typed: Typed
    keys: Keys
    names: Names
    has_browser: bool
    open_cells: int

    def sentence(self, remedy: Remedy) -> str:
        """Return a way to fill cells with how many of them it fills, and what to do for it."""
        words = _WORDS[remedy.way]
        if remedy.way is Way.BROWSER and self.has_browser:
            words = _BROWSER_NOW
        fills = f"fills {len(remedy.cells):,} of {of_all(self.open_cells, 'unknown cell')}"
        what, step = (each.format_map(self._facts(remedy)) for each in words)
        return f"{what} {fills}: {step}"

    def _facts(self, remedy: Remedy) -> dict[str, str]:
        """Return what the words of any way may name."""
        # Either is enough for a profile; nobody can fill in a website.
        same = sum(cell.is_profile for cell in remedy.cells)
        own = any(key.own_only for key in self.keys.get(remedy.platform, ()))
        return {
            "again": self.typed.command(),
            "fill": self.typed.command(name="fill"),
            "file": self.typed.file.name,
            "places": listed(list(dict.fromkeys(cell.url for cell in remedy.cells))),
            "profiles": of_all(remedy.pages, "profile"),
            "pages": of_all(remedy.pages, "page"),
            "minutes": of_all(minutes(remedy.pages), "minute"),
            "instead": f" (for {same:,} of them filling in does, too)" if same else "",
            "title": self.names.platform(remedy.platform),
            "whose": " of your own pages" if own else "",
            "why": _reasons(remedy),
        }


def what_would_help(
    file: Path, data_dir: Path | None, environment: Mapping[str, str]
) -> Iterator[str]:
    """Give what would fill most cells of the last audit of a list, in sentences.

    Of a list that was never audited what can be told beforehand; of one that cannot be read why.
    """
    typed = Typed(file=file, data_dir=data_dir)
    try:
        config = api.load(file)
    except AuditError:  # the mistakes of a list are told in full by the command for them
        yield "What would help this list most can be told once it can be read."
        yield f"What is wrong with it says: {typed.command(name='check')}"
        return
    try:
        folder = kept_folder(file, data_dir)
        if not api.runs_of_list(folder, config.competitors):
            yield from _beforehand(config, typed, environment)
            return
        snapshot = kept(folder, None, typed, config.competitors)
    except AuditError as error:
        yield "What would help this list most cannot be told:"
        yield from (f"  {line}" for line in error.lines)
        return
    yield from _ranked(snapshot, typed, environment)


def _ranked(snapshot: Snapshot, typed: Typed, environment: Mapping[str, str]) -> Iterator[str]:
    """Give how many cells are open, and each way to fill some of them, the best first."""
    cells = figure_cells(snapshot.results)
    left, day = unknown_cells(cells), day_in_words(snapshot.run.as_of)
    if not left:
        yield f"The audit of {day} left no audience, last post or posts a week unknown."
        return
    keys = _keys()
    speaker = _Speaker(
        typed=typed,
        keys=keys,
        names=Names(catalogue_of(snapshot.competitors.catalogue)),
        has_browser=find_browser(environment) is not None,
        open_cells=len(left),
    )
    be = "is" if len(left) == 1 else "are"
    yield f"What would help {typed.file.name} most, by its audit of {day}:"
    yield (
        f"  {len(left):,} of {of_all(len(cells), 'cell')} for audience, last post and posts a week "
        f"{be} unknown. Several ways may fill the same one."
    )
    for rank, remedy in enumerate(remedies(cells, keys, _keys_set(keys, environment)), 1):
        sign = "  -" if remedy.way is Way.NOTHING else f"{rank:2}."
        yield f" {sign} {speaker.sentence(remedy)}"


def _beforehand(config: api.Config, typed: Typed, environment: Mapping[str, str]) -> Iterator[str]:
    """Give what can be told of a list before its first audit: what its profiles need."""
    names, keys = Names(config.catalogue), _keys()
    keys_set = _keys_set(keys, environment)
    profiles_listed = Counter(
        each.platform for company in config.competitors.companies for each in company.channels
    )
    yield f"{typed.file.name} was not audited yet: what would help it most can be told after that."
    for platform, count in profiles_listed.most_common():
        reader = platforms().get(platform)
        title = f"  {names.platform(platform)} ({of_all(count, 'profile')} of the list)"
        if reader is None:
            yield f"{title}: profiles are listed and not opened; fill them in after the audit"
            continue
        lacking = [key for key in reader.keys if key.name not in keys_set]
        more = [f"with a key also {key.adds} (docs/keys.md)" for key in lacking]
        yield f"{title}: {'; '.join([reader.public, *more])}"
    yield f"  Start with: {typed.command()}"


def _keys() -> Keys:
    """Return the keys that platforms give, by platform."""
    return {name: each.keys for name, each in platforms().items()}


def _keys_set(keys: Keys, environment: Mapping[str, str]) -> frozenset[str]:
    """Return the names of the keys that are set."""
    return Keyring(environment).given([key for row in keys.values() for key in row])


def _reasons(remedy: Remedy) -> str:
    """Return why cells stay open, in short, with how many for each reason."""
    reasons = Counter(
        in_short(cell.value) for cell in remedy.cells if isinstance(cell.value, Unknown)
    )
    return listed([f"{words} ({count})" for words, count in reasons.most_common()], limit=5)
