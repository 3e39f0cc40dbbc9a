"""`audit rules`: what can be recognised, counted on a screen, or one thing of it explained."""

from collections.abc import Iterator, Sequence
from difflib import get_close_matches

from rich.table import Table

from audit.commands.terminal import Terminal
from audit.commands.words import counted
from audit.model.catalogue import (
    PLACES,
    Basis,
    Catalogue,
    FeatureRule,
    PlatformRule,
    Strength,
    Usage,
)
from audit.model.errors import AuditError
from config.catalogue import load_catalogue
from reports.words import Names, listed
from scrapers.platforms import platforms
from scrapers.platforms.kit.base import Confidence, Platform

PLATFORMS, FEATURES, KEYS = "platforms", "features", "keys"
"""Names of the lists; no platform, product or feature bears one of them."""

_LIKE = 5
"""Names that hold the word that was asked for are told, up to so many."""

_BIGGEST = ("youtube", "linkedin", "instagram", "facebook", "tiktok", "x")
"""Platforms that the screen names of those whose profiles are opened, as most people know them."""

_MORE = (
    "More: audit rules NAME         a platform, product or feature: youtube, HubSpot, forum",
    "      audit rules platforms    what is read on each platform",
    "      audit rules keys         what a key of yours would add",
    "      audit rules features     the features of websites, with their products",
)

_GET = (
    "",
    "How to get each, what it costs and what its terms ask: docs/keys.md",
    "Which of them would help your list most: audit doctor competitors.yaml",
)


def show_rules(name: str | None, *, patterns: bool = False) -> None:
    """Print what can be recognised, a list of it, or one platform, feature or product.

    `patterns` adds what the rules look for, in the words of web pages.

    Raises:
        AuditError: nothing bears that name; names what was probably meant.
    """
    catalogue, console = load_catalogue(), Terminal()
    wanted = " ".join((name or "").casefold().split())
    if not wanted:
        console.say(*_counts(catalogue), "", *_MORE)
    elif wanted in (PLATFORMS, KEYS):
        console.show(_platforms_read(catalogue) if wanted == PLATFORMS else _keys(catalogue))
        console.say(*(_GET if wanted == KEYS else ()))
    elif wanted == FEATURES:
        console.show(_features(catalogue))
    else:
        lines = list(_named(catalogue, wanted, patterns=patterns))
        if not lines:
            raise AuditError(f'no platform, product or feature "{name}"; {_meant(catalogue, name)}')
        console.say(*lines)


def _counts(catalogue: Catalogue) -> Iterator[str]:
    """Say how many platforms, features and products can be recognised."""
    readers, names = platforms(), Names(catalogue)
    others = [rule for rule in catalogue.platforms if rule.name not in readers]
    closed = [rule.title for rule in others if rule.dead]
    products = {rule.vendor for rule in catalogue.features if rule.vendor}
    features = {rule.feature for rule in catalogue.features}
    keys = [key for reader in readers.values() for key in reader.keys]
    first = listed([names.platform(each) for each in _BIGGEST if each in readers], len(_BIGGEST))
    yield "What social-audit recognises:"
    yield ""
    yield f"  {len(readers):5} platforms whose profiles are opened, such as {first}"
    yield f"  {len(others) - len(closed):5} platforms whose profiles are found and listed"
    yield f"  {len(closed):5} platforms that have closed: {listed(closed, 5)}"
    yield f"  {len(keys):5} free or paid keys of platforms that would add figures"
    yield f"  {len(features):5} features of a website, such as blog, forum and chat"
    yield f"  {len(products):5,} products by name that websites use or offer"


def _meant(catalogue: Catalogue, name: str | None) -> str:
    """Say which names hold a word that nothing is named, or which one is spelled most like it."""
    word = (name or "").casefold()
    vendors = {rule.vendor for rule in catalogue.features if rule.vendor}
    features = {rule.feature for rule in catalogue.features}
    names = sorted(vendors | features | {rule.name for rule in catalogue.platforms})
    holding = [each for each in names if word in each.casefold()]
    if holding:
        # First those that begin with what was typed, which is the beginning of a name most often.
        holding.sort(key=lambda each: not each.casefold().startswith(word))
        return f"there is {', '.join(holding[:_LIKE])}"
    lowered = {each.casefold(): each for each in names}
    close = get_close_matches(word[:80], lowered, n=1)
    return f"did you mean `{lowered[close[0]]}`?" if close else "count them with: audit rules"


def _platforms_read(catalogue: Catalogue) -> Table:
    """Draw the platforms whose profiles are opened, with what is read there without a key."""
    names, table = Names(catalogue), _table("Platform", "Read without a key", "How sure")
    for name, reader in sorted(platforms().items()):
        table.add_row(names.platform(name), reader.public, _SURE[reader.confidence])
    return table


def _keys(catalogue: Catalogue) -> Table:
    """Draw the keys that a person may get, with what each adds and where it is put."""
    names, table = Names(catalogue), _table("Platform", "A key adds", "Set it as")
    for name, reader in sorted(platforms().items()):
        for key in reader.keys:
            table.add_row(names.platform(name), key.adds, " and ".join(key.variables))
    return table


def _features(catalogue: Catalogue) -> Table:
    """Draw the features with how many products each is known of, and the first five of them."""
    products: dict[str, set[str]] = {}
    for rule in catalogue.features:
        products.setdefault(rule.feature, set()).add(rule.vendor)
    table = _table("Feature", "Products", "Such as")
    for feature in sorted(products):
        names = sorted(name for name in products[feature] if name)
        table.add_row(feature, str(len(names)), ", ".join(names[:5]))
    return table


def _table(*titles: str) -> Table:
    """Return an empty table with a line of space between its rows."""
    table = Table(*titles, box=None, pad_edge=False, header_style="bold")
    for column in table.columns:
        column.overflow = "fold"
    return table


def _named(catalogue: Catalogue, name: str, *, patterns: bool) -> Iterator[str]:
    """Explain what bears a name: a platform, a feature, or rules by their product or id."""
    for platform in catalogue.platforms:
        if name in _names_of(platform):
            yield from _platform(platform, patterns=patterns)
    feature = [rule for rule in catalogue.features if rule.feature.casefold() == name]
    if feature:
        yield from _feature(name, feature)
    product = [rule for rule in catalogue.features if name == rule.vendor.casefold()]
    if product:
        yield from _product(product)
    rules = [rule for rule in catalogue.features if rule.id.casefold() == name]
    shown = list(dict.fromkeys((*feature, *product, *rules)))
    if patterns or rules:
        for rule in shown:
            yield from _explained(rule)
    elif shown:
        yield f"  What its rules look for: audit rules {_quoted(name)} --patterns"


def _quoted(name: str) -> str:
    """Return a name as it is typed again: in quotes where it holds a space."""
    return f'"{name}"' if " " in name else name


def _names_of(platform: PlatformRule) -> frozenset[str]:
    """Return the names by which a platform is asked for, in small letters."""
    return frozenset(each.casefold() for each in (platform.name, platform.title, *platform.former))


def _platform(platform: PlatformRule, *, patterns: bool) -> Iterator[str]:
    """Say how a platform is read; patterns are the addresses of its profiles."""
    yield f"{platform.title}, a platform ({platform.kind})"
    yield from _how(platforms().get(platform.name), platform)
    yield f"  Its profiles are known by links to {', '.join(platform.hosts) or 'any server'}."
    if not patterns:
        yield f"  Which links are profiles: audit rules {_quoted(platform.name)} --patterns"
        return
    for url, handle in platform.examples.items():
        yield f"    {url} → {handle or 'no profile'}"


def _how(reader: Platform | None, platform: PlatformRule) -> Iterator[str]:
    """Say how one platform is read; without a reader it is only listed."""
    if reader is None:
        yield (
            "  It has closed: links to it are told as dead."
            if platform.dead
            else "  Its profiles are found and listed, and not opened."
        )
        return
    yield f"  Read without a key: {reader.public}."
    for key in reader.keys:
        names = " and ".join(key.variables)
        yield f"  With a key of yours: {key.adds}."
        yield f"    How to get it: docs/keys.md, {platform.title}."
        yield f"    Set it as {names}. It is sent to {key.host} alone, {key.calls} times at most."
    if reader.undocumented:
        yield f"  With settings.allow_undocumented in the list: {reader.undocumented}."
    yield f"  How sure: {_SURE[reader.confidence]}."


def _feature(name: str, rules: Sequence[FeatureRule]) -> Iterator[str]:
    """Say of a feature of which products it is known."""
    products = sorted({rule.vendor for rule in rules if rule.vendor}, key=str.casefold)
    yield f"{name}, a feature of a website"
    if products:
        yield f"  Known of {counted(len(products), 'product', 'products')}: {', '.join(products)}."
    if any(not rule.vendor for rule in rules):
        yield "  Recognised too where a company has built it itself."


def _product(rules: Sequence[FeatureRule]) -> Iterator[str]:
    """Say of a product as what it shows on a website, and when it is taken for there."""
    vendor = rules[0].vendor
    shows = sorted({f"{rule.feature} ({_DIRECTIONS[rule.direction]})" for rule in rules})
    alone = sum(rule.strength is Strength.STRONG for rule in rules)
    yield f"{vendor}, a product on websites"
    yield f"  Shown as: {', '.join(shows)}."
    yield f"  Recognised by {counted(len(rules), 'rule', 'rules')}: {_enough(alone, len(rules))}."


def _enough(alone: int, rules: int) -> str:
    """Say how many marks on a website are proof, of whose rules `alone` need one."""
    if alone == rules:
        return "one mark on a website is proof"
    if not alone:
        return "marks in two places of a website are needed"
    return f"for {alone} one mark on a website is proof, for the others marks in two places"


def _explained(rule: FeatureRule) -> Iterator[str]:
    """Explain a rule: what it looks for and where, what that rests on, and what is enough."""
    enough = (
        "one mark is proof" if rule.strength is Strength.STRONG else "marks in two places needed"
    )
    yield f"  {rule.id}: {rule.vendor or 'built by the company'}; {enough}"
    for place in PLACES:  # a rule has a field for each place, of the place's name
        if marks := getattr(rule, place):
            yield f"    {place:8}{', '.join(marks)}"
    yield f"    rests on what is {rule.rests_on}: {_GROUNDS[rule.rests_on]}"
    if rule.because:
        yield f"    {rule.strength} all the same: {rule.because}"


_DIRECTIONS = {Usage.USES: "in use", Usage.SUPPLIES: "offered to others"}

_SURE = {
    Confidence.DOCUMENTED: "the platform documents it",
    Confidence.RECORDED: "seen in its own answers",
    Confidence.TOOLS: "public tools read it so",
    Confidence.REPORTED: "users report it",
    Confidence.UNVERIFIED: "not verified",
}
"""What each way of knowing how a platform is read says to a reader."""

_GROUNDS = {
    Basis.DOCUMENTED: "the vendor's documentation or package has these marks",
    Basis.SEEN: "real pages, or public lists made of such, bear these marks",
    Basis.KNOWN: "general knowledge; nobody has looked these marks up",
}
"""What each basis of a rule means."""
