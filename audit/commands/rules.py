"""`audit rules`: what the catalogue knows, as a list or one thing of it explained."""

from difflib import get_close_matches

from rich.table import Table

from audit.commands.terminal import Terminal
from audit.model.catalogue import PLACES, Basis, Catalogue, FeatureRule, Strength
from audit.model.errors import AuditError
from config.catalogue import load_catalogue
from scrapers.platforms import platforms
from scrapers.platforms.kit.base import Platform

_FEW = 4
"""Up to so many rules are explained, more are listed."""


_LIKE = 5
"""Names that hold the word that was asked for are told, up to so many."""


def show_rules(name: str | None) -> None:
    """Print the catalogue, or one platform, feature or rule of it."""
    catalogue = load_catalogue()
    console = Terminal()
    if name is None:
        console.show(_platforms_read())
        for line in _platforms_listed(catalogue):
            console.tell(line)
        console.show(_features(catalogue))
        console.say(f"Catalogue {catalogue.version}. One of them: audit rules NAME")
        return
    lines = _named(catalogue, name.casefold())
    if not lines:
        raise AuditError(f'no platform, feature or rule "{name}"; {_meant(catalogue, name)}')
    console.say(*lines)


def _meant(catalogue: Catalogue, name: str) -> str:
    """Say which names hold a word that nothing is named, or which one is spelled most like it."""
    vendors = {rule.vendor for rule in catalogue.features if rule.vendor}
    names = sorted(vendors | {rule.name for rule in catalogue.platforms})
    holding = [each for each in names if name.casefold() in each.casefold()][:_LIKE]
    if holding:
        return f"there is {', '.join(holding)}"
    close = get_close_matches(name, names, n=1)
    return f"did you mean `{close[0]}`?" if close else "list them with: audit rules"


def _platforms_read() -> Table:
    """Draw the platforms that are read, with and without a key, and how sure the reader is."""
    table = Table(box=None, pad_edge=False, header_style="bold", show_lines=True)
    for title, ratio in _WIDTHS.items():
        table.add_column(title, no_wrap=ratio is None, ratio=ratio)
    for name, reader in sorted(platforms().items()):
        adds = "\n".join(key.adds for key in reader.keys) or "–"
        variables = "\n".join(variable for key in reader.keys for variable in key.variables)
        table.add_row(name, reader.public, adds, variables or "–", reader.confidence.value)
    return table


_WIDTHS = {
    "Platform": None,
    "Read without a key": 5,
    "A key adds": 4,
    "Variable": None,
    "How sure": 1,
}
"""Shares of the width that the names leave to the sentences; a name (None) is never broken."""


def _platforms_listed(catalogue: Catalogue) -> list[str]:
    """Name the platforms whose profiles are found and not read, and those that are closed."""
    others = [rule for rule in catalogue.platforms if rule.name not in platforms()]
    dead = ", ".join(rule.name for rule in others if rule.dead)
    listed = ", ".join(rule.name for rule in others if not rule.dead)
    return [f"Found and listed only: {listed}.", f"Closed, found and said to be dead: {dead}."]


def _features(catalogue: Catalogue) -> Table:
    """Draw the features with how many vendors each is known of, and the first five of them."""
    vendors: dict[str, set[str]] = {}
    for rule in catalogue.features:
        vendors.setdefault(rule.feature, set()).add(rule.vendor)
    table = Table(box=None, pad_edge=False, header_style="bold")
    for title in ("Feature", "Vendors", "Such as"):
        table.add_column(title)
    for feature in sorted(vendors):
        names = sorted(name for name in vendors[feature] if name)
        table.add_row(feature, str(len(names)), ", ".join(names[:5]))
    return table


def _named(catalogue: Catalogue, name: str) -> list[str]:
    """Explain what bears a name: platforms, and rules by their id, feature or vendor."""
    lines: list[str] = []
    for platform in catalogue.platforms:
        if platform.name == name:
            lines += [f"{platform.title} ({platform.kind}): links on {', '.join(platform.hosts)}"]
            lines += _how(platforms().get(name))
            lines += [
                f"  {url} → {handle or 'no profile'}" for url, handle in platform.examples.items()
            ]
    rules = [
        rule
        for rule in catalogue.features
        if name in (rule.id.casefold(), rule.feature.casefold(), rule.vendor.casefold())
    ]
    for rule in rules:
        lines += _explained(rule) if len(rules) <= _FEW else [_in_short(rule)]
    return lines


def _how(reader: Platform | None) -> list[str]:
    """Say how one platform is read; without a reader it is only listed."""
    if reader is None:
        return ["  its profiles are found and listed, not read"]
    lines = [f"  read    {reader.public} ({reader.confidence})"]
    if reader.undocumented:
        lines += [f"  with settings.allow_undocumented: {reader.undocumented}"]
    for key in reader.keys:
        names = " and ".join(key.variables)
        lines += [f"  with {names} (only to {key.host}, {key.calls} requests a run): {key.adds}"]
    return lines


def _in_short(rule: FeatureRule) -> str:
    """Give a rule in one line: its id, its vendor, its worth, and all marks that it looks for."""
    # A rule has a field for each place, of the place's name.
    marks = ", ".join(mark for place in PLACES for mark in getattr(rule, place))
    return f"{rule.id}: {rule.vendor or 'self-built'} ({rule.strength}, {rule.rests_on}): {marks}"


def _explained(rule: FeatureRule) -> list[str]:
    """Explain a rule: what it looks for and where, what that rests on, and what is enough."""
    enough = (
        "one mark is proof" if rule.strength is Strength.STRONG else "marks in two places needed"
    )
    lines = [f"{rule.id}: {rule.vendor or 'self-built'}, {rule.direction}; {enough}"]
    lines += [
        f"  {place:8}{', '.join(getattr(rule, place))}" for place in PLACES if getattr(rule, place)
    ]
    lines += [f"  rests on what is {rule.rests_on}: {_GROUNDS[rule.rests_on]}"]
    return lines + ([f"  {rule.strength} all the same: {rule.because}"] if rule.because else [])


_GROUNDS = {
    Basis.DOCUMENTED: "the vendor's documentation or package has these marks",
    Basis.SEEN: "real pages, or public lists made of such, bear these marks",
    Basis.KNOWN: "general knowledge; nobody has looked these marks up",
}
"""What each basis of a rule means."""
